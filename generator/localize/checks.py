"""What a translation must not lose or add: placeholders, links, pictures, tags, breaks, the second half of a pair of marks.

What stands where no reader looks (a comment, a link's title) counts as lost.

In: a source text and its translation; or the blocks before and after. Out: what is wrong and what to do, or None. Knows no
files.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html import unescape
from itertools import zip_longest
from typing import TYPE_CHECKING

from generator.localize.labels import labels_alone, lacks_label, unlabelled
from generator.localize.messages import NO_TEXT, has_words, messages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|%\(\w+\)[sd]")
HALF_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{%|%\}|\{##|##\}")
NAMED = re.compile(r"%\(\w+\)[sd]")
LINK = re.compile(r"\]\(\s*([^()\s]*(?:\([^()]*\)[^()\s]*)*)")
REFERENCE = re.compile(r"\]\[([^\]]*)\]")
OPEN_LINK = re.compile(r"\[[^\[\]]*\](?![(\[:{])|\]\(\s*\)|\]\([^)]*$")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
HALF_TAG = re.compile(r"</?[a-zA-Z][^<>]*$")
NOTE = re.compile(r"\[\^[^\]]+\]")
COMMENT = re.compile(r"<[!?].*?(?:-->|$)", re.DOTALL)
ATTRIBUTES = re.compile(r"(?<!\{)\{(?::|[ ]*[.\#]|[ ]*[\w-]+[ ]*=)[^{}\n]*\}(?!\})")
UNSEEN = re.compile(r"!\[[^\]]*\]|\]\([^()]*[\"'][^()]*\)")  # a text alternative, a link with its title
UNTITLED = re.compile(r"""\]\(\s*[^()\s]+\s+(?!(?:"[^"]*"|'[^']*')\s*\))""")
ADDRESS = re.compile(r"(?:https?://|www\.)[\w./%?&=~+#:@-]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
BOXED = re.compile(r"^!!!", re.MULTILINE)
STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
TURNS = {**dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"), **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
LINKED = re.compile(r"\[([^\[\]]*)\][(\[]")
SIGNS = re.compile(r"[*_`~#>|()\[\]{}\\]")
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs that show nothing
CODE = re.compile(r"(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
AROUND = tuple(re.compile(rf"(?<!\\){mark}(?=\S)(.+?)(?<=[^\s\\]){mark}", re.DOTALL) for mark in (r"\*\*", "~~"))
STARRED = re.compile(r"(?<![\\*])\*(?![\s*])(.+?)(?<![\s\\*])\*(?!\*)", re.DOTALL)
UNDERLINED = tuple(re.compile(rf"(?<![\w\\]){mark}(?=\S)(.+?)(?<=[^\s\\]){mark}(?!\w)", re.DOTALL) for mark in ("__", "_"))
LEFT = re.compile(r"\*\*|~~|`|(?<!\\)\*(?=\S)|(?<=\S)(?<!\\)\*|(?<![\w\\])_+(?=\w)|(?<=\w)_+(?!\w)")
MARKED = re.compile(r"[*_`~{}%<\[\]]")  # most texts have none of these, and nothing to lose
Fault = tuple[str, str]
HEADED = re.compile(r"\A#{1,6}[ \t]|^#{2,6}", re.MULTILINE)
FRONT_MARKS = re.compile(r"\*\*|__|~~|`|\]\(")
NO_BLOCK = ("Markdown reads something else than this one block",
            'a mark such as | " # - > 1. or {.x} has a meaning here: write a backslash before it, or another mark')  # fmt: skip


def fault(source: str, translation: str) -> Fault | None:
    """Give the first thing that is wrong with a translation: the message and a hint."""
    wrong = None
    if MARKED.search(source) or MARKED.search(translation):
        wrong = _placeholders(source, translation) or _links(source, translation) or _marks(source, translation)
    return wrong or _signs(source, translation) or _addresses(source, translation) or _breaks(source, translation)


def front_fault(source: str, translation: str) -> Fault | None:
    """Give what is wrong with the translation of a title or summary, in which Markdown means nothing."""
    found = next((mark for mark in FRONT_MARKS.findall(translation) if mark not in source), None)
    return (f"{found} would be printed", "take it out: Markdown means nothing in a title or summary") if found else None


def _placeholders(source: str, translation: str) -> Fault | None:
    if lacks_label(translation):
        return "a field has lost its label", "translate the words between the quotation marks"
    source, translation = unlabelled(source), unlabelled(translation)
    wanted, there = (Counter(re.sub(r"\s+", "", p) for p in PLACEHOLDER.findall(COMMENT.sub("", t))) for t in (source, translation))
    wrong = _compare(wanted, there, "the placeholder")
    if wrong:
        return wrong
    rest, before = PLACEHOLDER.sub("", translation), PLACEHOLDER.sub("", source)
    half = HALF_PLACEHOLDER.search(rest)
    if half and half[0] not in before:
        return f"{half[0]} stands without its other half", "close it as in the source, or take it out"
    if _unseen(translation) > _unseen(source):
        return "a placeholder stands where nobody reads it", "put it among the words, as in the source"
    if NAMED.search(source) and "%" in rest.replace("%%", ""):
        return "% stands alone beside placeholders", "write %% for the sign"
    return None


def _signs(source: str, translation: str) -> Fault | None:
    """Find what was no letter when it was written, and marks of direction that turn more than they were meant for."""
    strange = next((sign for sign in STRANGE.findall(translation) if sign not in source), None)
    if strange:
        return f"U+{ord(strange):04X} is no letter", "write the letter that was meant; it was lost where the text was copied or saved"
    turned = _unpaired(translation)
    if turned and not _unpaired(source):
        return f"U+{ord(turned):04X} stands without its pair", "take it out: text finds its direction by itself"
    return None


def _unpaired(text: str) -> str:
    """Give the first mark that turns the direction of text and is not ended, or ends none; "" where there is none."""
    awaited: list[tuple[str, str]] = []
    for mark in TURNED.findall(text):
        if mark in TURNS:
            awaited.append((TURNS[mark], mark))
        elif not awaited or awaited.pop()[0] != mark:
            return str(mark)
    return awaited[-1][1] if awaited else ""


def _addresses(source: str, translation: str) -> Fault | None:
    """Find an address that is written out and is not that of the source: it becomes a link."""
    bare = (TAG.sub("", PLACEHOLDER.sub("", LINK.sub("](", text))) for text in (source, translation))
    wanted, there = (Counter(ADDRESS.findall(text)) if "@" in text or "." in text else Counter() for text in bare)
    return _compare(wanted, there, "the address")


def _unseen(text: str) -> int:
    """Count the placeholders that stand in what no page shows."""
    return sum(found.count("\0") for found in UNSEEN.findall(PLACEHOLDER.sub("\0", text)))


def _shows(text: str) -> bool:
    """Tell whether a reader sees anything of a text."""
    plain = SIGNS.sub("", unescape(TAG.sub("", LINK.sub("]", text))))
    return any(unicodedata.category(c)[0] in "LNPS" and c not in BLANK for c in plain)


def _links(source: str, translation: str) -> Fault | None:
    comments = Counter(COMMENT.findall(translation)) - Counter(COMMENT.findall(source))
    if comments:
        return f"the comment {_first(comments)} is not in the source", "take it out: nobody reads what stands in it"
    if OPEN_LINK.search(NOTE.sub("", translation)) and not OPEN_LINK.search(NOTE.sub("", source)):
        return "a link has lost its target", "write [words](target), with the target of the source"
    if UNTITLED.search(translation) and not UNTITLED.search(source):
        return "a link's title has lost its quotation marks", 'write straight ones around it, as in the source: [words](target "title")'
    return _parts_of_links(source, translation)


def _parts_of_links(source: str, translation: str) -> Fault | None:
    """Find a target, a tag, a call or an attribute list that is lost or added, and a link without words."""
    kinds = ((LINK, "the link target"), (REFERENCE, "the link target"), (TAG, "the tag"), (NOTE, "the footnote call"),
             (ATTRIBUTES, "the attribute list"))  # fmt: skip
    for pattern, what in kinds:
        found = _compare(Counter(pattern.findall(source)), Counter(pattern.findall(translation)), what)
        if found:
            return found
    empty, before = ([w for w in LINKED.findall(PLACEHOLDER.sub("x", t)) if not _shows(w)] for t in (translation, source))
    if len(empty) > len(before):
        return "a link or picture has lost its words", "translate the words between [ and ]"
    half = HALF_TAG.search(translation)
    if half and not HALF_TAG.search(source):
        return f"the tag {half[0].split()[0]} is not closed", "close it as in the source, or write &lt; for the sign"
    return None


def _marks(source: str, translation: str) -> Fault | None:
    """Find a mark that means nothing, since it has no pair or a space within: it would be printed."""
    lost = _left(translation) - _left(source)
    if lost:
        mark = _first(lost)
        return f"{mark} stands without its pair", f"write {mark} right before and right behind the words it means, with no space between"
    return None


def _left(text: str) -> Counter[str]:
    """Count the marks of emphasis and code that belong to no pair."""
    text = labels_alone(text)
    for pattern, put in ((PLACEHOLDER, "x"), (CODE, "x"), (LINK, "]("), (TAG, "")):
        text = pattern.sub(put, text)
    for _ in range(2):  # one within the other
        for pattern in (*AROUND, STARRED, *UNDERLINED):
            text = pattern.sub(r"\1", text)
    return Counter(LEFT.findall(text))


def _breaks(source: str, translation: str) -> Fault | None:
    if translation.strip().count("\n") != source.count("\n"):
        return "the line breaks are not those of the source", "write \\n where the source has it, and nowhere else"
    if has_words(source) and (NO_TEXT.match(translation) or not _shows(labels_alone(translation))):
        return "no words are left", "translate the text; marks of Markdown alone are none"
    if any(mark.search(translation) and not mark.search(source) for mark in (HEADED, BOXED)):
        return NO_BLOCK
    return None


def _compare(wanted: Counter[str], there: Counter[str], what: str) -> Fault | None:
    lost, added = wanted - there, there - wanted
    if lost:
        return f"{what} {_first(lost)} is lost" + (f"; {_first(added)} stands in its place" if added else ""), "copy it from the source"
    if added:
        return f"{what} {_first(added)} is not in the source", "take it out"
    return None


def _first(found: Iterable[str]) -> str:
    return next(iter(found))


def broken_block(texts: Sequence[str], lines: Sequence[str]) -> int | None:
    """Cut the translated lines again; give the index of the first of `texts` that does not come back as the one block it was."""
    wanted = [(index, _even(text)) for index, text in enumerate(texts) if has_words(text)]
    found = [_even(message.text) for message in messages_of(lines)]
    for there, again in zip_longest(wanted, found):
        if there is None:
            return len(texts) - 1
        if there[1] != again:
            return there[0]
    return None


def _even(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def is_copy(source: str, translation: str) -> bool:
    """Tell whether a text was translated by itself though it has words that could be: two, in lower case."""
    bare = PLACEHOLDER.sub(" ", TAG.sub(" ", labels_alone(source)))
    return source == translation and len(re.findall(r"\b[^\W\d_]*[a-z][^\W\d_]{2,}\b", bare)) > 1 and bare != bare.title()
