"""Lines and boxes to fill in: `{{ lines(4) }}`, `{{ checkbox("…") }}`, `{{ field("name", "…") }}` in a handout.

In: the calls, while Jinja renders a handout; then its HTML. Out: marks around each label, which is Markdown like any text; then
the HTML of form controls (<input>, <textarea>), each with a name of its own and its label in `aria-label`. Knows nothing of how a
control looks or what it becomes on a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator.errors import ContentError, TemplateError
from generator.markup.jinja import WrongCall
from generator.markup.lines import strip_marks
from generator.plain import NamedTuple
from generator.tree import drop, parse_fragment, serial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.errors import HandoutsError, Position

    Place = Callable[[Any, str], Position | None]

OPEN, SAYS, CLOSE = "\ue0f2", "\ue0f3", "\ue0f4"
OPENED = re.compile(f"{OPEN}([0-9]+){SAYS}")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
MOST = 40
"""No page holds more lines to write on."""
CONTROLS = ("input", "textarea")
WHOLE = frozenset({"p", "li", "td", "th", "dd", "div"})


class Call(NamedTuple):
    """A call as it was written. `name` "": one is given by kind and number; `rows` 0: a checkbox."""

    kind: str
    name: str
    rows: int


class Worksheet:
    """The calls of one handout: what its Jinja knows as lines, checkbox and field."""

    def __init__(self) -> None:
        """Begin without any."""
        self.calls: list[Call] = []

    @property
    def functions(self) -> dict[str, Callable[..., str]]:
        """Give what a text may call. Each raises WrongCall."""
        return {"lines": self._lines, "checkbox": self._checkbox, "field": self._field}

    def _lines(self, count: object = None, label: object = "", /) -> str:
        return self._add(Call("lines", "", _rows("lines", count)), label)

    def _checkbox(self, label: object = "", /) -> str:
        if not _has_words(label):
            raise WrongCall("a checkbox has no text", 'say what is ticked: {{ checkbox("I picked a quiet moment") }}', "checkbox(")
        return self._add(Call("checkbox", "", 0), label)

    def _field(self, name: object = "", label: object = "", /, lines: object = 1) -> str:
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise WrongCall(f'a field cannot be named "{name}"', 'use letters, digits and -, beginning with a letter: field("my-wish", "My wish")',
                            "field(")  # fmt: skip
        if not _has_words(label):
            raise WrongCall(f'the field "{name}" has no label', f'say what is to be written there: field("{name}", "My wish")', f"{name}")
        if any(call.name == name for call in self.calls):
            raise WrongCall(f'two fields are named "{name}"', "give each a name of its own", name)
        return self._add(Call("field", name, _rows("field", lines)), label)

    def _add(self, call: Call, label: object) -> str:
        if not isinstance(label, str):
            raise WrongCall(f"the label of {call.kind}() is no text", "write it between quotation marks", f"{call.kind}(")
        self.calls.append(call)
        return f"{OPEN}{len(self.calls) - 1}{SAYS}{' '.join(label.split())}{CLOSE}"

    def apart(self, text: str) -> str:
        """Set fields and lines that stand alone on their lines apart, so that each is a block and prints its label."""
        if OPEN not in text:
            return text
        out: list[str] = []
        before: Call | None = None
        for line in text.split("\n"):
            call = self._alone(line)
            if call is not None and before is not None and {call.kind, before.kind} != {"checkbox"}:
                out.append("")
            out.append(line)
            before = call
        return "\n".join(out)

    def _alone(self, line: str) -> Call | None:
        """Give the call that a line holds and nothing else."""
        bare = strip_marks(line).strip()
        match = OPENED.match(bare)
        alone = match is not None and bare.count(OPEN) == 1 and bare.endswith(CLOSE)
        return self.calls[int(match[1])] if match is not None and alone else None

    def settled(self, text: str, place: Place) -> str:
        """Turn the marks in a handout's HTML into controls. Raises ContentError."""
        if OPEN not in text:
            return text
        root = parse_fragment(OPENED.sub(r'<label data-call="\1">', text).replace(CLOSE, "</label>"))
        names = _names(self.calls)
        for label in list(root.iter("label")):
            at = int(label.attrib.pop("data-call", "-1"))
            if at >= 0:
                _settle(label, self.calls[at], names[at], place)
        return str(serial(list(root)))


def _has_words(label: object) -> bool:
    return not isinstance(label, str) or bool(label.strip())


def _rows(function: str, count: object) -> int:
    if not isinstance(count, int) or isinstance(count, bool) or not 0 < count <= MOST:
        shown = "" if count is None else repr(count) if isinstance(count, int | float | str) else "…"
        what = f"lines({shown})" if function == "lines" else f"a field of {shown} lines"
        raise WrongCall(f"{what} cannot be ruled on a page", f"take a whole number from 1 to {MOST}", f"{function}(")
    return count


def _names(calls: list[Call]) -> list[str]:
    """Give each call its name, the same in every language; those without one are counted by kind."""
    taken = {call.name for call in calls}
    counts: dict[str, int] = {}
    out = []
    for call in calls:
        name = call.name
        while not name:
            counts[call.kind] = counts.get(call.kind, 0) + 1
            numbered = f"{call.kind}-{counts[call.kind]}"
            name = "" if numbered in taken else numbered
        out.append(name)
    return out


# -- from marks to controls


def _settle(label: Any, call: Call, name: str, place: Place) -> None:
    says = _text(label)
    if call.kind == "checkbox":
        _tick(label, name, says)
    elif call.kind == "field" and call.rows == 1 and not _is_whole(label):
        _blank(label, name, says)
    else:
        _ruled(label, call, name, says or _heading(label), place)


def _tick(label: Any, name: str, says: str) -> None:
    """Put a box in front of a label; alone in its paragraph or list item, it stands where the bullet would."""
    box = etree.Element("input", {"type": "checkbox", "name": name, "aria-label": says})
    box.tail, label.text = f"\u00a0{label.text or ''}", None  # the box stays with its first word
    label.insert(0, box)
    label.set("class", "tick")
    holder = label.getparent()
    if holder.tag not in ("p", "li") or any(e.get("class") != "tick" and e.get("data-call") is None for e in _labels(holder)):
        return
    if _text(holder) != " ".join(_text(e) for e in _labels(holder)):
        return
    if label.getprevious() is not None and holder.tag == "p":
        holder = _split(label)
    item = holder.getparent() if holder.tag == "p" else holder
    target = item if item.tag == "li" and (holder is item or item[0] is holder) else holder
    label.text, box.tail = box.tail[1:], None
    label.addprevious(box)
    _add_class(target, "check")


def _labels(holder: Any) -> list[Any]:
    return [e for e in holder if e.tag == "label"]


def _split(label: Any) -> Any:
    """Begin another paragraph with a label."""
    holder = label.getparent()
    rest = etree.Element("p", dict(holder.attrib))
    at = holder.index(label)
    rest.extend(holder[at:])
    last = holder[-1]
    last.tail = (last.tail or "").rstrip() or None
    holder.addnext(rest)
    rest.tail, holder.tail = holder.tail, None
    return rest


def _blank(label: Any, name: str, says: str) -> None:
    """Put a short line into running text; the words around it say what it is for."""
    blank = etree.Element("input", {"type": "text", "name": name, "aria-label": says})
    blank.tail, label.tail = label.tail, None
    label.getparent().replace(label, blank)


def _ruled(label: Any, call: Call, name: str, says: str, place: Place) -> None:
    """Put lines to write on below their label; in a table, the heads of row and column stand for it."""
    if not says:
        raise ContentError("these lines have no label", place(label, "lines("),
                           'write a paragraph or a heading before them, or {{ lines(4, "What I heard") }}')  # fmt: skip
    ruled = etree.Element("textarea", {"class": "lines", "name": name, "rows": str(call.rows), "aria-label": says})
    holder = label.getparent()
    shown = bool(_text(label)) and holder.tag not in ("td", "th")
    rest, label.tail = label.tail or "", None
    if holder.tag != "p":
        label.addprevious(ruled) if not shown else label.addnext(ruled)
        ruled.tail = rest
        _show(label, shown=shown)
        return
    after = etree.Element("p")
    after.text = rest.lstrip()
    after.extend(holder[holder.index(label) + 1 :])
    holder.addnext(ruled)
    ruled.tail, holder.tail = holder.tail, None
    _show(label, shown=shown)
    if _text(after) or len(after):
        ruled.addnext(after)
        after.tail, ruled.tail = ruled.tail, None
    if not _text(holder) and not len(holder):
        ruled.set("data-line", holder.get("data-line") or "0")
        drop(holder)
    else:
        _add_class(holder, "field-label")


def _show(label: Any, *, shown: bool) -> None:
    """Keep a label's words in the text, or take it out."""
    if shown:
        label.set("class", "field-label")
    else:
        drop(label)


def _heading(label: Any) -> str:
    """Give the words that a reader takes for the label: those before it in its block, the block before, or a cell's heads."""
    holder = label.getparent()
    before = " ".join([holder.text or "", *(_text(e) + " " + (e.tail or "") for e in label.itersiblings(preceding=True))])
    words = " ".join(before.split())
    if words:
        return words
    if holder.tag in ("td", "th"):
        return _heads(holder)
    earlier = holder.getprevious()
    while earlier is not None and earlier.tag in CONTROLS:
        earlier = earlier.getprevious()
    if earlier is None or earlier.tag not in ("p", "h2", "h3", "h4", "h5", "h6", "dt"):
        return ""
    return _text(earlier)


def _heads(cell: Any) -> str:
    """Give the heads of a cell's column and row."""
    row = cell.getparent()
    at = row.index(cell)
    first = next(row.getparent().getparent().iter("tr"))
    heads = [first[at] if first is not row and at < len(first) else None, row[0] if at else None]
    return ", ".join(text for head in heads if head is not None and (text := _text(head)))


def _is_whole(label: Any) -> bool:
    """Tell whether a label is all that its block holds."""
    holder = label.getparent()
    return holder.tag in WHOLE and len(holder) == 1 and not (holder.text or "").strip() and not (label.tail or "").strip()


def _add_class(element: Any, name: str) -> None:
    classes = (element.get("class") or "").split()
    if name not in classes:
        element.set("class", " ".join([*classes, name]))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


# -- the whole page


def check(root: Any, position: Callable[[Any], Position | None]) -> None:
    """Insist on a name and a label for each control of a page; in a second language each is another one. Raises TemplateError."""
    check_lines(root, position, TemplateError)
    taken: set[str] = set()
    for control in _controls(root):
        if not (control.get("aria-label") or "").strip() or not NAME.fullmatch(control.get("name") or ""):
            raise TemplateError(f"this <{control.tag}> has no name or no label", position(control),
                                "give it name and aria-label; in a handout, write {{ checkbox(…) }} or {{ field(…) }}")  # fmt: skip
        name, count = control.get("name"), 1
        while control.get("name") in taken:
            count += 1
            control.set("name", f"{name}-{count}")
        taken.add(control.get("name"))


def check_lines(root: Any, position: Callable[[Any], Position | None], error: type[HandoutsError]) -> None:
    """Insist on lines that a page holds, with nothing in them. Raises `error`."""
    for control in root.iter("textarea"):
        rows = control.get("rows") or "2"  # as HTML has it
        if not rows.isdecimal() or len(rows) > MOST or not 1 <= int(rows) <= MOST:
            raise error(f"this <textarea> has no number of rows from 1 to {MOST}", position(control), 'write rows="4"')
        if "".join(control.itertext()).strip():
            raise error("words stand in a <textarea>, where no page shows them", position(control),
                        "write them before it; in a handout, write {{ lines(4) }}")  # fmt: skip


def _controls(root: Any) -> Iterator[Any]:
    yield from root.iter(*CONTROLS)
