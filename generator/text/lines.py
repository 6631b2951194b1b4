"""Building one line: segments in reading order become pieces with their places.

In: the segments of a line. Out: a `Line`. Visual order by levels (UAX #9, L2); pieces stay in logical order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plain import replace
from generator.text.parts import ready_word
from generator.text.types import Line, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.text.parts import Part, ReadyWord, Segment
    from generator.text.types import Setting


def build_line(segments: Sequence[Segment], setting: Setting, width: float, *, first: bool, last: bool) -> Line:
    """Set one line; `first` and `last` say where in its paragraph it stands."""
    indent = setting.indent if first else 0.0
    final = segments[-1]
    if segments[0].trims is not None or final.trims is not None:
        segments = _trimmed(segments)
        final = segments[-1]
    word = segments[0].word
    if word is not None and setting.align != "justify" and word.home.level == setting.rtl and (last or not final.hard or final.space):
        home = word.home
        if all([s.word is not None and s.word.home is home for s in segments]):  # noqa: C419 - a list is quicker
            return (_backwards if setting.rtl else _of_words)(segments, setting, width, indent, last=last)
    parts = _parts(segments, last=last)
    if not parts:
        return Line((), 0.0, "", hard=True)  # an empty line of code
    natural = sum(s.width for s in segments) + sum(s.glue for s in segments[:-1])
    if final.soft and not last and final.parts[-1].shelf is not None:
        natural += final.parts[-1].shelf.hyphen().width
    hard = last or final.hard
    stretch = 0.0
    if setting.align == "justify" and not hard:
        gaps = sum(1 for s in segments[:-1] if s.glue)
        stretch = (width - indent - natural) / gaps if gaps else 0.0
        natural = natural + stretch * gaps
    offset = _offset(setting, width, natural, indent)
    trailing = _trailing(final, last=last)
    text = "".join(p.shaped.word.text if p.shaped else "\ufffc" for p, _ in parts)
    if setting.rtl or any(p.level for p, _ in parts):
        pieces = _visual(parts, offset, stretch, trailing, rtl=setting.rtl)
    else:
        pieces = _straight(parts, offset, stretch, trailing)
    return Line(tuple(pieces), natural, text, hard)


def _trimmed(segments: Sequence[Segment]) -> list[Segment]:
    """Take the empty halves out of the full-width signs at a line's ends."""
    out = list(segments)
    for index, kind in ((0, 0), (-1, 1)):
        item = out[index]
        lean = item.trims[kind] if item.trims is not None else None
        if lean is not None:
            parts = [lean, *item.parts[1:]] if kind == 0 else [*item.parts[:-1], lean]
            width = item.width + lean.width - item.parts[index].width
            out[index] = replace(item, parts=parts, width=width, word=_as_word(parts, item))
    return out


def _as_word(parts: list[Part], item: Segment) -> ReadyWord | None:
    """Give a trimmed segment as a word, if it was one and its sign has the same face."""
    shaped = [p.shaped for p in parts if p.shaped is not None]
    if item.word is None or item.space is not None or any(s.face is not item.word.home.face for s in shaped):
        return None
    return ready_word(item.word.home, [s.word for s in shaped], None)


def _of_words(segments: Sequence[Segment], setting: Setting, width: float, indent: float, *, last: bool) -> Line:
    """Set a line of whole words in one style: the common case, in few steps."""
    final = segments[-1]
    words = [s.word for s in segments if s.word is not None]
    home, closing = words[0].home, words[-1]
    natural = sum([s.width for s in segments]) + sum([s.glue for s in segments[:-1]])
    shows, texts = [w.show for w in words], [w.text for w in words]
    drawn = [w for ready in words for w in ready.words]
    texts[-1] = closing.bare[0]
    if last and closing.spaced:
        shows[-1] = closing.bare[1]
        drawn.pop()
    style = home.shelf.style
    show = b"".join(shows).replace(b")(", b"")
    piece = Piece(_offset(setting, width, natural, indent), natural, home.tag, home.face, style.size, show, tuple(drawn), home.rise,
                  style.letter_spacing)  # fmt: skip
    return Line((piece,), natural, "".join(texts), last or final.hard)


def _backwards(segments: Sequence[Segment], setting: Setting, width: float, indent: float, *, last: bool) -> Line:
    """Set a line of whole words in one style that read from right to left, each a piece with its space: from the left, which is the end."""
    final = segments[-1]
    words = [s.word for s in segments if s.word is not None]
    home, closing = words[0].home, words[-1]
    natural = sum([s.width for s in segments]) + sum([s.glue for s in segments[:-1]])
    size, spacing = home.shelf.style.size, home.shelf.style.letter_spacing
    x = _offset(setting, width, natural, indent)
    pieces = [Piece(x, final.width, home.tag, home.face, size, closing.bare[1], closing.words[:1], home.rise, spacing, reversed=True)]
    if final.space is not None and final.space.shaped is not None and not last:
        space = final.space.shaped.word
        pieces.insert(0, Piece(x - final.space.width, 0.0, home.tag, home.face, size, space.show, (space,), home.rise, spacing, reversed=True))
    x += final.width
    for item, word in zip(segments[-2::-1], words[-2::-1], strict=True):
        span = item.width + item.glue
        pieces.append(Piece(x, span, home.tag, home.face, size, word.show, word.words, home.rise, spacing, None, True))  # noqa: FBT003 - quicker by place
        x += span
    text = "".join([*[w.text for w in words[:-1]], closing.bare[0]])
    return Line(tuple(reversed(pieces)), natural, text, last or final.hard)


def _trailing(final: Segment, *, last: bool) -> Part | None:
    """Give the space that ends a line inside a paragraph, so that copied words stay apart; it has no width."""
    if last:
        return None
    if final.space is not None:
        return final.space
    shelf = final.parts[-1].shelf if final.hard and final.parts else None
    return final.parts[-1]._replace(shaped=shelf.space, width=shelf.space.width) if shelf is not None else None


def _parts(segments: Sequence[Segment], *, last: bool) -> list[tuple[Part, bool]]:
    """Flatten a line into (part, is a space)."""
    out: list[tuple[Part, bool]] = []
    for index, item in enumerate(segments):
        out += [(p, False) for p in item.parts]
        if item.space is not None and index < len(segments) - 1:
            out.append((item.space, True))
    final = segments[-1]
    if final.soft and not last and final.parts[-1].shelf is not None:
        hyphen = final.parts[-1].shelf.hyphen()
        out.append((final.parts[-1]._replace(shaped=hyphen, width=hyphen.width), False))
    return out


def _offset(setting: Setting, width: float, natural: float, indent: float) -> float:
    """Give where the line's ink begins."""
    align = setting.align
    if align == "justify":
        align = "start"
    if align in ("start", "end"):
        align = "right" if (align == "start") == setting.rtl else "left"
    if align == "right":
        return width - natural - (indent if setting.rtl else 0.0)
    return (width - natural) / 2 if align == "center" else indent


def _straight(parts: list[tuple[Part, bool]], x: float, stretch: float, trailing: Part | None) -> list[Piece]:
    """Merge neighbours of one face, size and tag into pieces, left to right."""
    if not stretch and (whole := _single(parts, x, trailing)) is not None:
        return [whole]
    pieces: list[Piece] = []
    group: list[Part] = []
    shows: list[bytes] = []
    start = x
    if trailing is not None:
        parts = [*parts, (trailing, True)]
    for part, is_space in parts:
        if group and not _joins(group[-1], part):
            pieces.append(_piece(group, shows, start, x - start))
            group, shows, start = [], [], x
        group.append(part)
        if part.shaped is not None:
            shows.append(part.shaped.word.show)
            if is_space and stretch and part.shelf is not None:
                shows.append(b"%.2f" % (-stretch / part.shelf.scale))
        x += part.width + (stretch if is_space else 0.0)
    if group:
        end = x - (trailing.width + stretch if trailing is not None else 0.0)
        pieces.append(_piece(group, shows, start, max(0.0, end - start)))
    return pieces


def _single(parts: list[tuple[Part, bool]], x: float, trailing: Part | None) -> Piece | None:
    """Give the whole line as one piece, if all of it is of one face and tag: the common case, kept quick."""
    first = parts[0][0]
    shaped, shelf, tag = first.shaped, first.shelf, first.tag
    if shaped is None:
        return None
    face = shaped.face
    for part, _ in parts:
        if part.tag != tag or part.shelf is not shelf or part.shaped is None or part.shaped.face is not face:
            return None
    width = sum([p.width for p, _ in parts])
    if trailing is not None:
        if trailing.tag != tag or trailing.shelf is not shelf or trailing.shaped is None or trailing.shaped.face is not face:
            return None
        parts = [*parts, (trailing, True)]
    group = [p for p, _ in parts]
    return _piece(group, [p.shaped.word.show for p in group if p.shaped], x, width)


def _joins(before: Part, after: Part) -> bool:
    return (
        before.shaped is not None
        and after.shaped is not None
        and before.shaped.face is after.shaped.face
        and before.tag == after.tag
        and before.shelf is after.shelf
        and before.rise == after.rise
    )


def _piece(group: list[Part], shows: list[bytes], x: float, width: float) -> Piece:
    first = group[0]
    if first.shaped is None or first.shelf is None:
        return Piece(x, width, first.tag)
    show = b"".join(shows).replace(b")(", b"")
    words = tuple(p.shaped.word for p in group if p.shaped is not None)
    style = first.shelf.style
    backwards = bool(first.level & 1)
    return Piece(x, width, first.tag, first.shaped.face, style.size, show, words, first.rise, style.letter_spacing,
                 reversed=backwards)  # fmt: skip


def _visual(parts: list[tuple[Part, bool]], x: float, stretch: float, trailing: Part | None, *, rtl: bool) -> list[Piece]:
    """Place each part by its level; give the pieces in logical order. The space at the end goes with the paragraph (L1)."""
    places = [0.0] * len(parts)
    for index in visual_order([p.level for p, _ in parts]):
        places[index] = x
        part, is_space = parts[index]
        x += part.width + (stretch if is_space else 0.0)
    pieces = [_shown([parts[i] for i in group], [places[i] for i in group], stretch) for group in _runs(parts)]
    if trailing is not None and trailing.shaped is not None:
        at = min(p.x for p in pieces) - trailing.width if rtl else max(p.x + p.width for p in pieces)
        pieces.append(_piece([trailing._replace(level=int(rtl))], [trailing.shaped.word.show], at, 0.0))
    return pieces


def _shown(group: list[tuple[Part, bool]], places: list[float], stretch: float) -> Piece:
    """Make one piece of neighbours that read from left to right, or of one part that reads from right to left, with its space."""
    shows: list[bytes] = []
    for part, is_space in group if not group[0][0].level & 1 else reversed(group):
        if part.shaped is not None:
            shows.append(part.shaped.word.show)
            if is_space and stretch and part.shelf is not None:
                shows.append(b"%.2f" % (-stretch / part.shelf.scale))
    width = sum([p.width + (stretch if is_space else 0.0) for p, is_space in group])
    return _piece([p for p, _ in group], shows, min(places), width)


def _runs(parts: list[tuple[Part, bool]]) -> Iterator[list[int]]:
    """Yield what is shown at once: neighbours that are alike and read from left to right.

    Words that read from right to left stay apart, each with the space behind it, so that the content of a page has its words in
    reading order.
    """
    group: list[int] = []
    for index, (part, is_space) in enumerate(parts):
        last = parts[group[-1]][0] if group else part
        joins = group and part.level == last.level and (not part.level & 1 or (is_space and len(group) == 1)) and _joins(last, part)
        if group and not joins:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def visual_order(levels: Sequence[int]) -> list[int]:
    """Give indices from left to right (UAX #9, rule L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level & 1]
    if not odd:
        return order
    if max(levels) == min(levels):
        return order[::-1]
    for level in range(max(levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < level:
                start += 1
                continue
            stop = start
            while stop < len(order) and levels[order[stop]] >= level:
                stop += 1
            order[start:stop] = order[start:stop][::-1]
            start = stop
    return order
