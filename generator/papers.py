"""Papers by name, in points. The one place where a paper's size stands. Imports nothing of the project."""

from __future__ import annotations

PAPERS: dict[str, tuple[float, float]] = {
    "letter": (612.0, 792.0),
    "a4": (595.276, 841.89),
    "half-letter": (396.0, 612.0),
    "a5": (419.528, 595.276),
    "card-4x6": (288.0, 432.0),
    "a6": (297.638, 419.528),
}
ALIASES = {"4x6": "card-4x6", "us-letter": "letter", "half": "half-letter"}
OF_FORMAT = {
    "booklet": ("letter", "a4", "half-letter", "a5"),
    "cards": ("half-letter", "card-4x6", "a6", "letter"),
}


def paper_name(text: str) -> str:
    """Give the name that a paper goes by here; an unknown one comes back as it is."""
    name = text.strip().lower().replace(" ", "-")
    return ALIASES.get(name, name)
