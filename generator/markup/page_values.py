"""What a page template may use besides the values that a handout's text has too: the parts of the handout, the logo, what cards say in brief.

In: a piece and its parts. Out: values by name. What is to be noticed while a template runs is added to a list. Knows no environment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup as Safe
from markupsafe import escape

from generator.errors import BrandError, Notice
from generator.localize.habits import same_language
from generator.markup.brief import first_item, heart, in_brief
from generator.markup.sections import Notes, Parts, Section, notes_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.markup.records import Piece
    from generator.project.records import Brand


def page_values(piece: Piece, parts: Parts, said: list[Notice]) -> dict[str, Any]:
    """Give what a page template may use; what is to be noticed while it runs is added to `said`."""

    def brief(section: Section) -> str:
        line, whole = in_brief(section.html, piece.locale)
        if not whole:
            message = f"the line of step {section.number} for a small card ends before its list: “{line}”"
            if not line:
                message = f"step {section.number} has no sentence short enough for a small card"
            said.append(Notice(message, piece.handout.source.position(section.line), "mark a short paragraph {: .brief }"))
        return line

    def qr(text: str) -> Safe:
        from generator.images.qr import qr_svg

        if not isinstance(text, str):
            raise TypeError("qr() takes an address between quotation marks")
        return Safe(qr_svg(text))

    brand, source = piece.brand, piece.project.settings.default_locale
    steps = parts.steps
    step = steps[piece.step - 1] if piece.step is not None else None
    logo = _logo(brand)
    return {
        "piece": {"kind": "card" if piece.is_card else "booklet", "paper": piece.paper, "edition": piece.edition,
                  "neutral": piece.neutral == "pages",
                  "locale": piece.locale, "dir": piece.words.direction, "digits": piece.words.digits,
                  "source": source, "foreign": not same_language(piece.locale, source)},
        "sections": parts.sections, "steps": steps, "intro": parts.intro, "body": parts.body,
        "key_box": parts.boxes.get("key", Safe("")), "safety_box": parts.boxes.get("safety", Safe("")),
        "footnotes": notes_for(parts.footnotes, step.heading + step.html) if step else parts.footnotes, "notes": _notes(piece, parts),
        "safety_before": parts.safety_before, "safety_title": parts.titles.get("safety", Safe("")),
        "step": step, "step_count": len(steps), "qr": qr, "logo": logo, "lines": piece.lines,
        "in_brief": brief, "first_item": first_item, "heart": heart,
        "card_hotlines": [h for h in piece.shown_hotlines if h.card] or piece.shown_hotlines,
    }  # fmt: skip


def _notes(piece: Piece, parts: Parts) -> Callable[[str | None], Safe]:
    """Give what tells a section's footnotes, or those that are left; two languages have theirs together at the end."""
    if piece.second is None and parts.footnotes:
        return Notes(parts.footnotes).cited
    return lambda text: parts.footnotes if text is None else Safe("")


def _logo(brand: Brand) -> Safe:
    """Give the logo as HTML: a drawing in line, so that it takes the brand's colours, or a picture. Raises BrandError."""
    if brand.logo is None:
        return Safe("")
    if brand.logo.suffix.lower() != ".svg":
        return Safe('<img class="decorative" src="%s" alt="">') % logo_name(brand)
    shown = f"{brand.source.shown.rpartition('/')[0]}/{brand.logo.name}"
    try:
        text = brand.logo.read_text(encoding="utf-8")
    except UnicodeDecodeError as exc:
        raise BrandError(f"the logo {brand.logo.name} is not UTF-8", brand.source.find("logo"), "export it again as SVG") from exc
    return Safe(text.replace("<svg", f'<svg data-name="{escape(shown)}"', 1))


def logo_name(brand: Brand) -> str:
    """Name a logo as no handout names a picture."""
    return quote(f"brands/{brand.slug}:{brand.logo.name}", safe="/:") if brand.logo is not None else ""
