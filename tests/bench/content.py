"""The same made-up booklet as Markdown, Typst and HTML, of any length, new words in every variant."""

from __future__ import annotations

import random
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

WORDS = [
    "the",
    "partner",
    "who",
    "wants",
    "help",
    "may",
    "find",
    "that",
    "listening",
    "first",
    "makes",
    "room",
    "for",
    "calm",
    "talk",
    "about",
    "therapy",
    "and",
    "what",
    "each",
    "person",
    "hopes",
    "fears",
    "or",
    "needs",
    "when",
    "things",
    "are",
    "hard",
    "today",
    "because",
    "small",
    "steps",
    "often",
    "count",
    "more",
    "than",
    "big",
    "plans",
    "while",
    "time",
    "kindness",
    "honest",
    "questions",
    "shared",
    "evenings",
    "quiet",
    "walks",
    "children",
    "money",
    "work",
    "sleep",
    "family",
    "friends",
    "past",
    "hurt",
    "trust",
    "change",
    "choice",
    "respect",
]
SECTIONS_A_PAGE = 1.05
FONTS = ("fontpkg_atkinson_hyperlegible", "fontpkg_lexend")


@dataclass(frozen=True)
class Block:
    """One block: kind is h2, p, li or say; `bold` words begin a paragraph."""

    kind: str
    text: str
    bold: str = ""


def booklet(pages: int, seed: int) -> list[Block]:
    """Make blocks for about `pages` letter pages; another seed gives other words."""
    rng = random.Random(seed)
    stem = "".join(rng.choice("aeioulmnrst") for _ in range(3))

    def sentence(low: int, high: int) -> str:
        words = [rng.choice(WORDS) for _ in range(rng.randint(low, high))]
        words[rng.randrange(len(words))] += stem + str(rng.randint(10, 999))  # a word never set before
        return " ".join(words).capitalize() + "."

    blocks = []
    for number in range(round(pages * SECTIONS_A_PAGE)):
        blocks.append(Block("h2", f"{sentence(3, 4)[:-1]} {number + 1}"))
        blocks += [Block("p", " ".join(sentence(8, 16) for _ in range(4)), sentence(2, 3)) for _ in range(2)]
        blocks += [Block("li", sentence(7, 11)) for _ in range(3)]
        blocks.append(Block("say", " ".join(sentence(8, 14) for _ in range(2))))
    return blocks


def markdown(blocks: list[Block], title: str) -> str:
    """Write the handout."""
    out = [f"---\ntitle: {title}\nreviewed: 2025-03-08\nformats: [booklet]\n---\n"]
    for block in blocks:
        bold = f"**{block.bold}** " if block.bold else ""
        text = {"h2": f"\n## {block.text}\n", "p": f"\n{bold}{block.text}\n", "li": f"- {block.text}"}.get(block.kind)
        out.append(text if text is not None else f"\n!!! say\n    {block.text}\n")
    return "\n".join(out)


def font_folders() -> list[Path]:
    """Give the folders of the two faces that all three programs set."""
    return [Path(str((find_spec(name) or find_spec("fontpkg")).origin)).parent / "files" for name in FONTS]  # type: ignore[union-attr]


TYPST_HEAD = """#set document(title: "{title}", date: none)
#set text(font: "Atkinson Hyperlegible", size: 12pt, lang: "en")
#set page("us-letter", margin: (top: 68pt, right: 72pt, bottom: 72pt, left: 54pt))
#set par(leading: 0.62em)
#show heading: set text(font: "Lexend", weight: 600, fill: rgb("#6a1f4b"))
#rect(fill: rgb("#6a1f4b"), radius: 14pt, width: 100%, height: 500pt, inset: 36pt)[
  #align(bottom)[#text(font: "Lexend", size: 43pt, fill: white)[{title}]]]
#pagebreak()
#set page(header: text(9.5pt)[{title}], footer: context [Connect Couples Therapy #h(1fr) #counter(page).display()])
#outline()
#pagebreak()
"""


def typst(blocks: list[Block], title: str) -> str:
    """Write the same for Typst."""
    out = [TYPST_HEAD.replace("{title}", title)]
    for block in blocks:
        bold = f"*{block.bold}* " if block.bold else ""
        text = {"h2": f"\n= {block.text}\n", "p": f"\n{bold}{block.text}\n", "li": f"- {block.text}"}.get(block.kind)
        bubble = f'\n#block(breakable: false, stroke: 1.25pt + rgb("#6a1f4b"), fill: rgb("#fbefe7"), radius: 10pt, inset: 14pt)[{block.text}]\n'
        out.append(text if text is not None else bubble)
    return "\n".join(out)


CSS = """
@page { size: letter; margin: 68pt 72pt 72pt 54pt; @top-left { content: string(title) } @bottom-right { content: counter(page) } }
body { font: 12pt/18pt "Atkinson Hyperlegible"; } h1, h2 { font-family: Lexend; font-weight: 600; color: #6a1f4b; break-after: avoid }
h1 { string-set: title content(); background: #6a1f4b; color: white; border-radius: 14pt; padding: 300pt 36pt 36pt; break-after: page }
nav a::after { content: target-counter(attr(href), page); float: right } nav { break-after: page }
.say { border: 1.25pt solid #6a1f4b; background: #fbefe7; border-radius: 10pt; padding: 14pt; break-inside: avoid }
"""


def html(blocks: list[Block], title: str) -> str:
    """Write the same for WeasyPrint."""
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{path.as_uri()}") }}'
        for folder, family in zip(font_folders(), ("Atkinson Hyperlegible", "Lexend"), strict=True)
        for path, weight in _files(folder)
    )
    rows, body, ident = [], [], 0
    for block in blocks:
        if block.kind == "h2":
            ident += 1
            rows.append(f'<p><a href="#s{ident}">{block.text}</a></p>')
            body.append(f'<h2 id="s{ident}">{block.text}</h2>')
        elif block.kind == "p":
            body.append(f"<p><b>{block.bold}</b> {block.text}</p>")
        else:
            body.append(f"<ul><li>{block.text}</ul>" if block.kind == "li" else f'<div class="say">{block.text}</div>')
    return (
        f'<html lang="en"><title>{title}</title><style>{faces}{CSS}</style><h1>{title}</h1>'
        f"<nav>{''.join(rows)}</nav>{''.join(body)}"
    )


def _files(folder: Path) -> list[tuple[Path, int]]:
    found = [(p, 700 if "Bold" in p.stem else 400) for p in sorted(folder.glob("*.ttf")) if "Italic" not in p.stem]
    return [(p, 600 if "[" in p.stem else w) for p, w in found]
