"""The `color` block of a brand.yml in, the colour roles out, each text colour readable on its ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.project.contrast import READABLE, contrast, mix, nearest_readable, parse_hex
from generator.project.nearest import did_you_mean
from generator.project.records import Colours

if TYPE_CHECKING:
    from generator.errors import HandoutsError
    from generator.project.fields import Fields

_ROLES = (
    *("foreground", "background", "primary", "secondary", "tertiary", "light"),
    *("success", "info", "warning", "danger", "dark", "link"),
)
_USED = ("foreground", "background", "primary", "secondary", "tertiary", "light")
_DEFAULTS = {"foreground": "#1A1A1A", "background": "#FFFFFF"}


def read_colours(block: Fields, *, solid: bool) -> Colours:
    """Return the roles that templates use. `solid`: the panel is filled, so paper-coloured text stands on primary."""
    known = ("palette", *_ROLES)
    for name in block:
        if name not in known:
            raise block.fail(f'unknown field "{name}"', name, did_you_mean(name, known, "known fields"))
        if name not in block:
            raise _commented(block, name)
    palette = _palette(block)
    given = {name: _colour(block, name, palette) for name in _ROLES if name in block}
    if "primary" not in given:
        raise block.fail('the colour "primary" is missing', None, "add primary: with a dark colour of the brand")
    roles = _with_defaults(given)
    _check_contrast(block, roles, given, solid=solid)
    return Colours(**{name: roles[name] for name in _USED}, palette=tuple(palette.items()))


def _palette(block: Fields) -> dict[str, str]:
    """Read the brand's own colour names; one may stand for another that comes before it."""
    entries = block.child("palette", None)
    palette: dict[str, str] = {}
    for name in entries or ():
        assert entries is not None  # noqa: S101
        palette[name] = _colour(entries, name, palette)
    return palette


def _colour(fields: Fields, name: str, palette: dict[str, str]) -> str:
    """Return a field's colour: "#rrggbb" or a name of the palette."""
    if name not in fields:
        raise _commented(fields, name)
    value = fields.text(name)
    colour = palette.get(value) or parse_hex(value)
    if colour is None:
        hint = 'write it as "#2A7E50", in quotes'
        if palette and not value.startswith("#"):
            hint = f"{did_you_mean(value, palette)}; or {hint}"
        raise fields.fail(f'"{value}" is not a colour', name, hint)
    return colour


def _commented(fields: Fields, name: str) -> HandoutsError:
    """Say that a colour is empty: in YAML what follows a # that stands alone is a comment."""
    return fields.fail(f'the colour "{name}" is empty: a # without quotes begins a comment', name, f'write it in quotes: {name}: "#2A7E50"')


def _with_defaults(given: dict[str, str]) -> dict[str, str]:
    """Fill in what is not given: tints of primary for the motif's colours and for light."""
    roles = _DEFAULTS | given
    paper, primary = roles["background"], roles["primary"]
    roles.setdefault("light", mix(paper, primary, 0.08))
    roles.setdefault("secondary", mix(paper, primary, 0.6))
    roles.setdefault("tertiary", mix(paper, primary, 0.3))
    return roles


def _check_contrast(block: Fields, roles: dict[str, str], given: dict[str, str], *, solid: bool) -> None:
    """Refuse text that cannot be read on its ground, and name the nearest shade that can.

    Text in paper colour on a filled panel has the same ratio as primary text on paper, so one rule serves both.
    """
    for role in ("foreground", "primary"):
        grounds = ("background", "light")
        for ground in grounds:
            ratio = contrast(roles[role], roles[ground])
            if ratio < READABLE:
                pair = f"{role} {roles[role]} on {ground} {roles[ground]}"
                panel = ", and the filled panel's text with it" if solid and role == "primary" else ""
                message = f"{pair} has a contrast of {ratio:.2f}:1, below {READABLE}:1{panel}"
                shade = _shade(role, given)
                hint = f'the nearest shade of {role} that can be read is "{shade}"' if shade else f"choose another {ground}"
                raise block.fail(message, role if role in block else ground, hint)


def _shade(role: str, given: dict[str, str]) -> str:
    """Give the nearest shade of a role that can be read, on the tints too that are made of it; "" where there is none."""
    shade = ""
    for _ in range(8):  # a darker primary makes a darker tint; each step is a tenth of the one before
        roles = _with_defaults(given | ({role: shade} if shade else {}))
        if shade and all(contrast(shade, roles[name]) >= READABLE for name in ("background", "light")):
            break
        shade = nearest_readable(roles[role], (roles["background"], roles["light"]))
        if not shade:
            break
    return shade
