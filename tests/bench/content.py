"""The same made-up booklet as Markdown, Typst and HTML, of any length, new words in every variant."""

from __future__ import annotations

import random
import re
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
SECTIONS_A_PAGE = 1.12
FIXED = 4  # cover, contents, services, notes
TEXTS = Path(__file__).parent.parent / "scripts" / "texts"
NOTO = {"ar": "Noto Sans Arabic", "hi": "Noto Sans Devanagari", "th": "Noto Sans Thai", "zh-Hans": "Noto Sans SC"}
PACKS = ("justmytype_intl_rtl", "justmytype_intl_south_asia", "justmytype_intl_sea", "justmytype_intl_cjk")
FONTS = ("fontpkg_atkinson_hyperlegible", "fontpkg_lexend")


@dataclass(frozen=True)
class Block:
    """One block: kind is h2, p, li or say; `bold` words begin a paragraph."""

    kind: str
    text: str
    bold: str = ""


@dataclass(frozen=True)
class Language:
    """What a booklet's language needs: its tag, Typst's font, its words, what stands between them, its full stop."""

    lang: str
    font: str
    words: tuple[str, ...]
    space: str = " "
    stop: str = "."


def language(tag: str) -> Language:
    """Take the words of a text of the tests; Thai and Chinese are cut into syllables and characters."""
    text = (TEXTS / f"{tag}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    spaced = tag in ("ar", "hi")
    found = re.findall(r"[^\W\d_a-zA-Z](?:[^\W\d_a-zA-Z]|[\u0300-\u0e4e\u0900-\u097f])*", text)
    words = tuple(dict.fromkeys(found if tag != "zh-Hans" else "".join(found)))
    stop = {"ar": ".", "hi": "।", "th": " ", "zh-Hans": "。"}[tag]
    return Language(tag, NOTO[tag], words, " " if spaced else "", stop)


def booklet(pages: int, seed: int, language: Language | None = None) -> list[Block]:
    """Make blocks for about `pages` letter pages; another seed gives other words."""
    rng = random.Random(seed)
    stem = "".join(rng.choice("aeioulmnrst") for _ in range(3))

    def sentence(low: int, high: int) -> str:
        if language is not None:
            more = 1 if language.space else 3
            return language.space.join(rng.choice(language.words) for _ in range(rng.randint(low * more, high * more))) + language.stop
        words = [rng.choice(WORDS) for _ in range(rng.randint(low, high))]
        words[rng.randrange(len(words))] += stem + str(rng.randint(10, 999))  # a word never set before
        return " ".join(words).capitalize() + "."

    blocks = []
    for number in range(max(1, round((pages - FIXED) * SECTIONS_A_PAGE))):
        blocks.append(Block("h2", f"{sentence(3, 4)[:-1]} {number + 1}"))
        blocks += [Block("p", " ".join(sentence(8, 16) for _ in range(4)), sentence(2, 3)) for _ in range(2)]
        blocks += [Block("li", sentence(7, 11)) for _ in range(3)]
        blocks.append(Block("say", " ".join(sentence(8, 14) for _ in range(2))))
    return blocks


def markdown(blocks: list[Block], title: str) -> str:
    """Write the handout."""
    out = [f"---\ntitle: {title}\nreviewed: 2025-03-08\nformats: [booklet]\nrequires: []\n---\n"]
    for block in blocks:
        bold = f"**{block.bold}** " if block.bold else ""
        text = {"h2": f"\n## {block.text}\n", "p": f"\n{bold}{block.text}\n", "li": f"- {block.text}"}.get(block.kind)
        out.append(text if text is not None else f"\n!!! say\n    {block.text}\n")
    return "\n".join(out)


def font_folders() -> list[Path]:
    """Give the folders of the two faces that all three programs set."""
    found = [Path(str((find_spec(name) or find_spec("fontpkg")).origin)).parent / "files" for name in FONTS]  # type: ignore[union-attr]
    return found + [Path(str(find_spec(name).origin)).parent for name in PACKS]  # type: ignore[union-attr]


# The peers get the shipped look in their own languages, so that all three set the same words on as many pages.
TYPST_HEAD = """#let primary = rgb("#6a1f4b")
#let light = rgb("#fbefe7")
#set document(title: "{title}", date: none)
#set text(font: "Atkinson Hyperlegible", size: 12pt, lang: "en", top-edge: 0.8em, bottom-edge: -0.2em)
#set page("us-letter", margin: (top: 68pt, right: 72pt, bottom: 72pt, left: 144pt))
#set par(leading: 6pt, spacing: 15pt)
#set list(spacing: 9pt, body-indent: 9pt)
#set table(stroke: (x, y) => (bottom: if y == 0 {{ 1.5pt }} else {{ 0.5pt }}), inset: (x: 0pt, y: 6.5pt))
#let bar = pad(left: -90pt, pdf.artifact[#line(length: 100%, stroke: 0.75pt + primary)
  #place(top + left, rect(width: 66pt, height: 4pt, fill: primary))])
#show heading.where(level: 1): it => block(breakable: false, above: 33pt, below: 15pt, sticky: true)[
  #bar #v(0pt) #pad(left: -90pt)[#set par(leading: 6pt); #text(font: "Lexend", weight: 600, size: 30pt, fill: primary)[#it.body]]]
#show heading.where(level: 2): set text(font: "Lexend", weight: 600, size: 16pt, fill: primary)
#let say(body) = block(breakable: false, stroke: 1.25pt + primary, fill: light, radius: 10pt, width: 100%, below: 33pt,
  inset: (x: 16pt, top: 11pt, bottom: 13pt))[
  #text(size: 11pt, weight: 700, fill: primary)[What you might say]\
  #text(font: "Lexend", size: 13pt)[#body]
  #pdf.artifact[#place(bottom + left, dx: 6pt, dy: 26pt, polygon(stroke: 1.25pt + primary, fill: light, (0pt, 0pt), (18pt, 0pt), (3pt, 13pt)))]]
#pad(left: -90pt)[#rect(fill: primary, radius: 14pt, width: 100%, height: 500pt, inset: 36pt)[
  #align(bottom)[#text(font: "Lexend", size: 43pt, fill: white)[{title}]]]
#v(20pt) #pdf.artifact[#box(image("logo.svg", height: 36pt))] #text(font: "Lexend", size: 17pt)[Connect Couples Therapy]]
#pagebreak()
#set page(header: pad(left: -90pt)[#text(9.5pt)[{title}]], footer: pad(left: -90pt)[#box(image("logo.svg", height: 16pt))
  #text(9.5pt)[Connect Couples Therapy #h(1fr) #context counter(page).display()]])
#show outline.entry: it => block(height: 36pt, width: 100%, spacing: 0pt, stroke: (bottom: 0.5pt), inset: (top: 10pt))[
  #link(it.element.location())[#it.element.body #h(1fr) *#it.page()*]]
#heading(outlined: false)[What is inside]
#outline(title: none)
#pagebreak()
"""
STATES = ("Arizona", "Florida", "North Carolina", "South Carolina", "Tennessee", "Texas")
OFFICES = ("Charlotte, North Carolina", "Carefree, Arizona")
VISIT = "A virtual session is a video visit. You need to be in one of these states on the day of the session."
GENERAL = "This booklet shares general ideas. It does not take the place of care from your own therapist."
TYPST_TAIL = (
    "\n#pagebreak()\n= Where to find us\n"
    + "".join(f"== {name}\nOffice visits for couples\n\n" for name in OFFICES)
    + f"== Meet by video\n{VISIT}\n#table(columns: (1fr, 1fr, 1fr), table.header([*If you live in*], [*Virtual sessions*], [*Office visits*]),"
    + "".join(f"[*{name}*], [Yes], [No office]," for name in STATES)
    + ")\n#pagebreak()\n= My notes\nWhat I want to say first, and when:\n\n#pdf.artifact[#for i in range(14) { v(14pt); line(length: 100%) }]\n"
    + f"Connect Couples Therapy\n\n*Reviewed* March 8, 2025\n\n{GENERAL}\n"
)


def typst(blocks: list[Block], title: str, language: Language | None = None) -> str:
    """Write the same for Typst."""
    out = [TYPST_HEAD.replace("{title}", title).replace("{{", "{").replace("}}", "}")]
    if language is not None:
        region = ', region: "cn"' if language.lang == "zh-Hans" else ""
        tag = f'lang: "{language.lang[:2]}"{region}'
        out[0] = re.sub(r'font: "[^"]+"', f'font: "{language.font}"', out[0]).replace('lang: "en"', tag)
        out.append(f"#set text({tag})")
    for block in blocks:
        bold = f"*{block.bold}* " if block.bold else ""
        text = {"h2": f"\n= {block.text}\n", "p": f"\n{bold}{block.text}\n", "li": f"- {block.text}"}.get(block.kind)
        out.append(text if text is not None else f"\n#say[{block.text}]\n")
    return "\n".join(out) + TYPST_TAIL


CSS = """
@page { size: letter; margin: 68pt 72pt 72pt 144pt; @top-left { content: string(title); margin-left: -90pt; font-size: 9.5pt }
  @bottom-left { content: "Connect Couples Therapy"; font-size: 9.5pt; margin-left: -90pt }
  @bottom-right { content: counter(page); font-size: 9.5pt } }
body { font: 12pt/18pt "Atkinson Hyperlegible"; } p { margin: 0 0 9pt }
li { margin-bottom: 3pt }
h1, h2, h3 { font-family: Lexend; font-weight: 600; color: #6a1f4b; break-after: avoid }
h2 { font-size: 30pt; line-height: 36pt; margin: 33pt 0 15pt -90pt; border-top: 0.75pt solid #6a1f4b; padding-top: 14pt }
h2::before { content: ""; display: block; width: 66pt; height: 4pt; background: #6a1f4b; margin-top: -14pt; margin-bottom: 10pt }
h1 { string-set: title content(); background: #6a1f4b; color: white; border-radius: 14pt; padding: 300pt 36pt 36pt;
  margin-left: -90pt; font-size: 43pt; line-height: 50pt }
.lockup { font: 600 17pt Lexend; break-after: page; margin-left: -90pt } .lockup img { height: 36pt }
nav p { height: 36pt; border-bottom: 0.5pt solid; margin: 0; padding-top: 8pt; box-sizing: border-box }
nav a { color: inherit; text-decoration: none }
nav a::after { content: target-counter(attr(href), page); float: right; font-weight: 700 } nav, section { break-after: page }
.say { border: 1.25pt solid #6a1f4b; background: #fbefe7; border-radius: 10pt; padding: 11pt 16pt 13pt; break-inside: avoid; margin-bottom: 33pt;
  font: 13pt/19.5pt Lexend; position: relative } .say b { font: 700 11pt "Atkinson Hyperlegible"; color: #6a1f4b; display: block }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 0.5pt solid; padding: 6.5pt 0; text-align: left }
hr { border: 0; border-bottom: 0.5pt solid; margin: 28pt 0 }
"""


def html(blocks: list[Block], title: str) -> str:
    """Write the same for WeasyPrint."""
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{path.as_uri()}") }}'
        for folder, family in zip(font_folders(), ("Atkinson Hyperlegible", "Lexend"), strict=False)
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
            body.append(f"<ul><li>{block.text}</ul>" if block.kind == "li" else f'<div class="say"><b>What you might say</b>{block.text}</div>')
    states = "".join(f"<tr><th>{name}</th><td>Yes</td><td>No office</td></tr>" for name in STATES)
    offices = "".join(f"<h3>{name}</h3><p>Office visits for couples</p>" for name in OFFICES)
    return (
        f'<html lang="en"><title>{title}</title><style>{faces}{CSS}</style><h1>{title}</h1>'
        f'<p class="lockup"><img src="logo.svg" alt=""> Connect Couples Therapy</p><nav><h2>What is inside</h2>{"".join(rows)}</nav>'
        f"<section>{''.join(body)}</section><section><h2>Where to find us</h2>{offices}<h3>Meet by video</h3><p>{VISIT}</p>"
        f"<table><thead><tr><th>If you live in</th><th>Virtual sessions</th><th>Office visits</th></tr></thead>{states}</table></section>"
        f"<h2>My notes</h2><p>What I want to say first, and when:</p>{'<hr>' * 14}<p>Connect Couples Therapy</p><p>{GENERAL}</p>"
    )


def _files(folder: Path) -> list[tuple[Path, int]]:
    found = [(p, 700 if "Bold" in p.stem else 400) for p in sorted(folder.glob("*.ttf")) if "Italic" not in p.stem]
    return [(p, 600 if "[" in p.stem else w) for p, w in found]
