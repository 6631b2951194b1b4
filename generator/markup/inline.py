"""Inline Markdown beyond Python-Markdown's own: what is struck out, bare addresses, blanks to write on, code in HTML's tags.

In: text. Out: elements. Knows no blocks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

from generator.markup.quotes import TEX
from generator.project.formulas import INLINE

if TYPE_CHECKING:
    from markdown import Markdown

# Signs and letters that no address has, but what stands right behind it, without a space, in their languages: Arabic commas, the danda,
# Thai, Lao, Burmese, Hangul, Ethiopic, Khmer, general punctuation, Chinese and Japanese, full-width forms.
FOREIGN = ("«»\u060c\u061b\u061f\u06d4\u0964\u0965\u0e00-\u109f\u1100-\u137f\u1780-\u17ff\u2010-\u2027\u2030-\u205e\u3000-\u9fff"
           "\uac00-\ud7af\uf900-\ufaff\uff00-\uffef")  # fmt: skip
ADDRESS = r"(?<![\"'=<\[/@.])(?<!\]\()((?:https?://|www\.(?=[^\s<>]+\.))[^\s<>\[\]\"'“”\x02\x03]+)"  # \x02 begins what is put away by now
MAIL = r"(?<![\"'=(<\[/@.:+-])([a-zA-Z0-9][\w.+-]*@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,})(?![@-])"
BARE = re.compile(r"(?:https?://|www\.)\S{2}")
FINAL = ".,;:!?)*_~"  # marks that belong to the sentence, where an address ends with them
STASHED, RAW = re.compile("\x02klzzwxh:([0-9]+)\x03"), re.compile("\x02wzxhzdk:([0-9]+)\x03")
CODE = r"<(code|kbd|samp)>([^<>*`\[\]\n]+)</\1>"
SIGNS = {
    "backtick": "`", "escape": "\\", "linebreak": "  \n", "footnote": "[^", "reference": "[", "link": "](",
    "image_link": "![", "image_reference": "![", "short_reference": "[", "short_image_ref": "![", "autolink": "<", "automail": "<",
    "html_code": "<", "html": "<", "entity": "&", "del": "~~", "bare_mail": "@", "blanks": "__", "formula": "$",
}  # fmt: skip
"""What a text has at least where a pattern finds anything; most texts have few of these signs, and each pattern costs a look at every block."""


class BareLinks(InlineProcessor):
    """An address that stands in the text becomes a link; what leads there is not for typography to change."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int, int]:  # type: ignore[override]  # noqa: N802
        """Build the link."""
        if self._in_raw_link(data[: m.start(0)]):
            return None, None, None  # type: ignore[return-value]  # as Python-Markdown says that there is nothing here
        text = _own(m.group(1))
        stop = m.start(1) + len(text)
        if not text or _goes_on(data[m.start(1) - 1 : m.start(1)]) or ("@" in text and _goes_on(data[stop : stop + 1])):
            return None, None, None  # type: ignore[return-value]
        scheme = "" if text.startswith("http") else "mailto:" if "@" in text.partition("/")[0] else "http://"
        link = Element("a", {"href": scheme + text})
        link.text = AtomicString(text)
        return link, m.start(0), stop

    def _in_raw_link(self, before: str) -> bool:
        """Tell whether HTML's <a> is open behind a text; its tags are put away twice by now."""
        put_away = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]
        for match in reversed(list(STASHED.finditer(before))):
            node = put_away.get(match[1], "")
            raw = RAW.fullmatch(node) if isinstance(node, str) else None
            tag = self.md.htmlStash.rawHtmlBlocks[int(raw[1])] if raw else ""
            if isinstance(tag, str) and tag.lower().startswith(("<a ", "</a")):
                return tag[1] != "/"
        return False


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    """Compile so wide a class of letters only where a text has some of them beside an address."""
    return re.compile(f"[{FOREIGN}]")


def _own(text: str) -> str:
    """Give what of a stretch without spaces is the address."""
    if text.isascii() and text[-1] not in FINAL:
        return text
    foreign = None if text.isascii() else _foreign().search(text)
    own = (text[: foreign.start()] if foreign else text).rstrip(FINAL)
    return own if "@" in own or BARE.match(own) else ""


def _goes_on(letter: str) -> bool:
    """Tell whether a word goes on with a letter, "" for none, beside an address."""
    return (letter.isalnum() or letter == "_") and (letter.isascii() or _foreign().match(letter) is None)


class Blanks(InlineProcessor):
    """Runs of underscores are blanks to write on, unless a pair of them stands around words."""

    RUN = r"(?<![_\\])_{2,}"
    AROUND = re.compile(
        r"(?<![\w\\])(?P<mark>_{2,3})(?=[^\s_/.,:;)|–-])(?:(?!(?P=mark)).)+?(?<=[^\s_/(:|–-])(?P=mark)(?!\w)"
        r"|(?<![\w\\:])(?P<label>_{2,3})(?=[^\W_])(?:(?!(?P=label)).)+?:(?P=label)(?!\w)",  # __Note:__, and not Name:__Date:__
        re.DOTALL)  # fmt: skip

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int, int]:  # type: ignore[override]  # noqa: N802
        """Keep the run as it is."""
        if any(pair.start() <= m.start() < pair.end() for pair in self.AROUND.finditer(data)):
            return None, m.start(0), m.end(0)
        return m[0], m.start(0), m.end(0)


class Formulas(InlineProcessor):
    """A formula in TeX stands as it was typed, from left to right: no mark of Markdown is turned in it."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        """Keep it whole."""
        span = Element("span", {"class": TEX, "dir": "ltr"})
        span.text = AtomicString(m[0])
        return span, m.start(0), m.end(0)


class HtmlCode(InlineProcessor):
    """Code between HTML's tags is code, in which no mark is turned."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        """Build the element."""
        code = Element(m.group(1))
        code.text = AtomicString(unescape(m.group(2)))
        return code, m.start(0), m.end(0)


class Needed(Preprocessor):
    """Lets those patterns alone be tried whose sign is anywhere in the text."""

    def __init__(self, md: Markdown) -> None:
        """Begin with all patterns that are registered when the first text comes."""
        super().__init__(md)
        self._idle: dict[str, tuple[Any, float]] = {}

    def run(self, lines: list[str]) -> list[str]:
        """Change the patterns, and no line."""
        text, patterns = "\n".join(lines), self.md.inlinePatterns
        for name, sign in SIGNS.items():
            if sign in text:
                if name in self._idle:
                    pattern, priority = self._idle.pop(name)
                    patterns.register(pattern, name, priority)
            elif name not in self._idle:
                priority = next(p.priority for p in patterns._priority if p.name == name)  # type: ignore[attr-defined]  # noqa: SLF001
                self._idle[name] = (patterns[name], priority)
                patterns.deregister(name)
        return lines


def register(md: Markdown) -> None:
    """Add these patterns."""
    md.inlinePatterns.register(Formulas(INLINE, md), "formula", 185)  # behind code (190), before a backslash is read (180)
    md.inlinePatterns.register(HtmlCode(CODE, md), "html_code", 95)  # before HTML's tags (90)
    md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(.+?)~~", "del"), "del", 75)
    md.inlinePatterns.register(BareLinks(ADDRESS, md), "bare_links", 70)
    md.inlinePatterns.register(Blanks(Blanks.RUN, md), "blanks", 65)  # before emphasis (60, 50)
    md.preprocessors.register(Needed(md), "needed", 26)  # behind what rewrites lines (27), before what takes them out (25)
    md.inlinePatterns.register(BareLinks(MAIL, md), "bare_mail", 69)
