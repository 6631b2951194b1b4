"""Hotlines as HTML: a table of them, and a link that a telephone dials.

In: hotlines and the reader's region. Out: safe HTML. Knows no page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup as Safe
from markupsafe import escape

from generator.localize import phones
from generator.markup.unbroken import LONGEST

if TYPE_CHECKING:
    from generator.project.records import Hotline


def hotline_rows(hotlines: list[Hotline], reader: str) -> Safe:
    """Write hotlines as a table: number, then name and hours."""
    rows = []
    for line in hotlines:
        notes = [line.hours or line.description, line.note]
        kept = ' class="nobr"' if len(line.name) <= LONGEST else ""
        name = f"<strong{kept}>{escape(line.name)}</strong>"
        rest = "".join(f"<br>{escape(t)}" for t in notes if t)
        phone = tel_link(line, reader)
        rows.append(f'<tr><th scope="row">{phone}</th><td>{name}{rest}</td></tr>')
    return Safe('<table class="hotlines"><tbody>' + "".join(rows) + "</tbody></table>")


def tel_link(line: Hotline, reader: str) -> Safe:
    """Write a hotline's number as a link that a telephone dials."""
    home = line.regions[0] if len(line.regions) == 1 else reader
    return Safe('<a class="tel nobr" dir="ltr" href="tel:%s">%s</a>') % (phones.tel(line.phone, home), line.phone)
