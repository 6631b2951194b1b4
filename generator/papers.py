"""Papers by name, in points. The one place where a paper's size stands. Imports nothing of the project."""

from __future__ import annotations

PAPERS: dict[str, tuple[float, float]] = {
    "letter": (612.0, 792.0),
    "a4": (595.276, 841.89),
    "half-letter": (396.0, 612.0),
    "a5": (419.528, 595.276),
    "card-4x6": (288.0, 432.0),
    "a6": (297.638, 419.528),
    "card-3x5": (216.0, 360.0),
    "card-3.5x2": (252.0, 144.0),
    "card-85x55": (240.945, 155.906),
    "tabloid": (792.0, 1224.0),
    "a3": (841.89, 1190.551),
}
ALIASES = {"4x6": "card-4x6", "3x5": "card-3x5", "3.5x2": "card-3.5x2", "85x55": "card-85x55", "3.5x8": "wallet",
           "us-letter": "letter", "half": "half-letter", "11x17": "tabloid"}  # fmt: skip
OF_FORMAT = {
    "booklet": ("letter", "a4", "half-letter", "a5"),
    "cards": ("half-letter", "card-4x6", "a6", "letter", "card-3x5", "card-3.5x2", "card-85x55"),
}
BRIEF = ("card-3.5x2", "card-85x55", "card-3x5")
"""Cards too small for a step: they have its title, a line of advice and the hotline;
3 x 5 in has the words to say as well."""
PRINTED = {"saddle": OF_FORMAT["booklet"], "cards": (*OF_FORMAT["cards"], "wallet")}
"""What each way of printing takes: pages to fold, cards to cut out. A wallet card is folded from panels of 3.5 x 2 in."""
WALLET_PANEL = "card-3.5x2"
SHEETS = ("letter", "a4", "tabloid", "a3")
FOLDED = {"half-letter": "letter", "a5": "a4", "letter": "tabloid", "a4": "a3"}
"""The sheet that holds two pages of a paper side by side."""


def paper_name(text: str) -> str:
    """Give the name that a paper goes by here; an unknown one comes back as it is."""
    name = text.strip().lower().replace(" ", "-")
    return ALIASES.get(name, name)
