"""What a compositor does while it waits for its first page: the page before it left its bones, and the text to come is known.

In: a page's HTML, or the styled bones of one with a handout's Markdown. Out: bones, which are every kind of element once, as stylesheets
see it, with the number of its words and none of them; and shelves full of shaped words. Nothing but time rests on either: a page is
set the same without. Knows of Markdown only what its signs look like.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator import cachefile
from generator.layout.context import text_style
from generator.tree import page_text, parse_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.manuscript import Announced
    from generator.style.cascade import Styled
    from generator.text.types import TextStyle
    from generator.text.typesetter import Typesetter

SEEN = ("class", "lang", "dir", "data-digits", "rel", "href")  # href of a stylesheet
WORDS = "data-words"
SIGNS = str.maketrans("", "", "#*_`>|")  # of Markdown, which no page shows
HEADINGS = frozenset(["h1", "h2", "h3"])
BOXES = frozenset(["aside", "blockquote"])
BODY, HEADING, BOX, STRONG = "body", "heading", "box", "strong"
AT_ONCE = 8  # lines between two looks at whether the page is there


class _Bone:
    """One kind of element at one place of a page."""

    __slots__ = ("attributes", "kids", "tag", "words")

    def __init__(self, tag: str, attributes: tuple[tuple[str, str], ...]) -> None:
        self.tag, self.attributes = tag, attributes
        self.words = 0
        self.kids: dict[Any, _Bone] = {}

    def take(self, element: Any) -> None:
        """Count an element of this kind, and all that is in it; what a drawing is made of is no text."""
        if self.tag == "svg":
            return
        children = [child for child in element if isinstance(child.tag, str) and child.tag != "title"]
        self.words += sum(len(text.split()) for text in (element.text, *(child.tail for child in element)) if text)
        before: Any = None
        for at, child in enumerate(children):
            seen = tuple((name, child.get(name)) for name in SEEN if child.get(name) and (name != "href" or child.tag == "link"))
            key = (child.tag, seen, at == len(children) - 1, before)  # a selector may ask what stands before
            found = self.kids.get(key)
            if found is None:
                found = self.kids[key] = _Bone(child.tag, seen)
            found.take(child)
            before = (child.tag, seen)

    def element(self) -> Any:
        """Give it as HTML."""
        made = etree.Element(self.tag, dict(self.attributes))
        if self.words:
            made.set(WORDS, str(self.words))
        made.extend([kid.element() for kid in self.kids.values()])
        return made


class Bones:
    """Those of a dress, in the cache folder."""

    def __init__(self, announced: Announced, cache: Path) -> None:
        """Take what tells one dress from another: template, brand, locale, paper and edition."""
        a = announced
        self._key = cachefile.key_of(*map(str, a.templates), a.template, a.brand.slug, a.locale, a.paper, a.edition)
        self._path = cache / f"{self._key.hex()[:16]}.bones"
        self._known: frozenset[str] | None = None  # classes in the bones that are kept

    def found(self) -> Any:
        """Give the page of bones that a process before this one left; None where there is none."""
        data = cachefile.read(self._path, self._key)
        if data is None:
            return None
        page = parse_page(data.decode())
        self._known = _classes(page)
        return page

    def keep(self, page: Any) -> None:
        """Keep a page's, unless those that are kept have every class of it."""
        if self._known is None or not _classes(page) <= self._known:
            cachefile.write(self._path, self._key, bones(page).encode())


def _classes(page: Any) -> frozenset[str]:
    return frozenset(map(str, page.xpath("//@class"))) - {""}


def bones(root: Any) -> str:
    """Give a page's bones as HTML."""
    whole = _Bone("html", tuple((name, root.get(name)) for name in SEEN if root.get(name)))
    whole.take(root)
    return page_text(whole.element())


def rehearse(page: Styled, lang: str, typesetter: Typesetter, text: str) -> Iterator[None]:
    """Open the faces of styled bones and shape a text's words, a little at a time."""
    kinds = _kinds(page, lang)
    for style in dict.fromkeys(style for kind in kinds.values() for style, _ in kind.most_common()):
        typesetter.expect(style)
        yield
    yield from shape_lines(typesetter, {kind: found.most_common(1)[0][0] for kind, found in kinds.items() if found}, text)


def shape_lines(typesetter: Typesetter, styles: Mapping[str, TextStyle], text: str) -> Iterator[None]:
    """Shape the words of a text in the style of their kind, the body's where a kind has none."""
    for number, line in enumerate(text.split("\n")):
        for tag, (kind, words) in enumerate(_told_apart(line)):
            style = styles.get(kind) or styles.get(BODY)
            if style is not None:
                typesetter.rehearse(style, words, tag)
        if not number % AT_ONCE:
            yield


def _told_apart(line: str) -> Iterator[tuple[str, str]]:
    """Give a line's words by their kinds."""
    if line.startswith("#"):
        yield HEADING, _plain(line)
    elif line.startswith(("    ", ">")):
        yield BOX, _plain(line)
    else:
        for at, part in enumerate(line.split("**")):
            if words := _plain(part):
                yield STRONG if at % 2 else BODY, words


def _plain(words: str) -> str:
    return words.translate(SIGNS).strip(" -").replace("'", "’")


def _kinds(page: Styled, lang: str) -> dict[str, Counter[TextStyle]]:
    """Count the words of each kind in each style."""
    found: dict[str, Counter[TextStyle]] = {kind: Counter() for kind in (BODY, HEADING, BOX, STRONG)}

    def visit(node: Styled, lang: str, kind: str) -> None:
        lang = node.attributes.get("lang") or lang
        kind = HEADING if node.tag in HEADINGS else BOX if node.tag in BOXES else STRONG if node.tag == "strong" else kind
        words = node.attributes.get(WORDS)
        if words and node.style.display != "none":
            found[kind][text_style(node.style, lang)] += int(words)
        for child in node.children:
            if not isinstance(child, str):
                visit(child, lang, kind)

    visit(page, lang, BODY)
    return found
