"""A process that builds the same pieces again and again gives, at every save, what a process of its own would give."""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import re

import pytest

from generator.layout.memory import Memory
from generator.markup import Piece
from generator.pipeline import Press, kindred
from generator.project.load import load_project
from tests.bench import content
from tests.projects import FRONT, ROOT, Project

flowed = Memory.flowed
BLOCKS = [
    "A new paragraph with **bold**, *italic* and `code`, long enough for two lines of the page it stands on, or nearly so.",
    "- one\n- two\n\n    with more\n- three",
    "1. first\n2. second",
    "!!! say\n    “I want to understand.”",
    "!!! key\n    - Remember this",
    "## A new heading\n\nWith words.",
    "### A smaller one\n\nWith words.",
    "## A step {.step}\n\nDo this now.",
    "![A room](images/room.svg)",
    "A note.[^n]\n\n[^n]: What it says.",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "[A link](https://example.org) and [one inside](#a-new-heading-of-ours).\n\n## A new heading of ours\n\nText.",
    "```\n## no heading\n```",
    '<div markdown="1">\nInside *HTML*.\n</div>',
    "Term\n:   What it means",
    "{{ hotline_list() }}",
    "A word-by-word non‑breaking phrase, and supercalifragilisticexpialidocious‑like‑words-that-are-long.",
    "*[HTML]: a language\n\nHTML it is.",
]


def edited(text, rng):
    """Make one edit, such as a person makes between two saves."""
    head, body = text.split("\n---\n", 1)
    blocks = body.strip("\n").split("\n\n")
    at = rng.randrange(len(blocks))
    kind = rng.randrange(6)
    if kind == 0:
        blocks[at] = re.sub(r"(?<=\w) (?=\w)", " really ", blocks[at], count=1)
    elif kind == 1:
        blocks.insert(at, rng.choice(BLOCKS))
    elif kind == 2 and len(blocks) > 4:
        del blocks[at]
    elif kind == 3:
        blocks.append(blocks[at])
    elif kind == 4:
        other = rng.randrange(len(blocks))
        blocks[at], blocks[other] = blocks[other], blocks[at]
    else:
        blocks[at] = re.sub(r"\b(\w{5,})\b", r"**\1**", blocks[at], count=1)
    return head + "\n---\n" + "\n\n".join(blocks) + "\n"


def result(press, root, locale, edition="standard"):
    """Build a booklet; give its digest, or what is wrong with it."""
    project = load_project(root)
    try:
        piece = Piece(project, project.handouts[0], project.brands[0], "booklet.html", (ROOT / "templates",), locale, edition=edition)
        return hashlib.sha256(press.make(piece).data).hexdigest()
    except Exception as exc:  # noqa: BLE001
        return f"{type(exc).__name__}: {exc}"


def fresh(root, locale, text, edition, answers):
    (root / "content/handouts/one.md").write_text(text, encoding="utf-8")
    answers.put(result(Press(), root, locale, edition))


def in_a_process_of_its_own(root, locale, text, edition):
    fork = multiprocessing.get_context("fork")
    answers = fork.SimpleQueue()
    child = fork.Process(target=fresh, args=(root, locale, text, edition, answers))
    child.start()
    answer = answers.get()
    child.join()
    return answer


def versions(text, count, seed):
    rng = random.Random(seed)
    out = [text]
    while len(out) < count:
        out.append(edited(out[-1], rng) if rng.random() < 0.7 else rng.choice(out))
    return out


def compare(tmp_path, locale, texts, edition="standard"):
    project = Project(tmp_path / "clinic")
    project.write("content/project.yml", f"default_locale: {locale}\nlocales: [{locale}]\nbrands: [connect]\n")
    (project.root / "content/images/room.svg").write_bytes((ROOT / "content/images/room.svg").read_bytes())
    file = project.root / "content/handouts/one.md"
    wanted = [in_a_process_of_its_own(project.root, locale, text, edition) for text in texts]
    press, found = Press(remember=True), []
    for text in texts:
        file.write_text(text, encoding="utf-8")
        found.append(result(press, project.root, locale, edition))
    assert [a == b for a, b in zip(found, wanted, strict=True)] == [True] * len(texts), list(zip(found, wanted, strict=True))
    assert len({f for f in found if ":" not in f}) >= 2  # edits make good pages, and others


@pytest.mark.parametrize("seed", [1, 2, 3, 6])
def test_random_edits_of_a_shipped_handout(tmp_path, seed):
    paths = sorted((ROOT / "content/handouts").glob("*.md"))
    text = paths[seed % len(paths)].read_text(encoding="utf-8")
    text = re.sub(r"^(locales|formats|requires|hotlines):.*\n", "", text, flags=re.MULTILINE).replace("---\n", "---\nformats: [booklet]\n", 1)
    compare(tmp_path, "en-US", versions(text, 25, seed))


def shipped(name):
    text = (ROOT / f"content/handouts/{name}.md").read_text(encoding="utf-8")
    text = re.sub(r"^(locales|formats|requires|hotlines):.*\n", "", text, flags=re.MULTILINE)
    return text.replace("---\n", "---\nformats: [booklet]\n", 1)


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_random_edits_of_a_form(tmp_path, edition):
    compare(tmp_path, "en-US", versions(shipped("six-steps-in-my-own-words"), 16, 5), edition)


@pytest.mark.parametrize("tag", ["ar", "hi", "th"])
def test_random_edits_in_other_scripts(tmp_path, tag):
    blocks = content.booklet(8, 3, content.language(tag))
    compare(tmp_path, tag, versions(content.markdown(blocks, "Title"), 12, 7))


def test_glyphs_that_stand_for_several_texts(tmp_path):
    """Whichever text a process met first, a file has the same codes."""
    text = FRONT.format(title="Hyphens") + "\n{}\n\n## Part\n\nWords.\n"
    texts = ("a\u2011b c", "a-b c", "a\u2010b\u2011c-d", "x\u00a0y z", "a-b c\u2011d", "µ μ", "μ", "µ")
    compare(tmp_path, "en-US", [text.format(t) for t in texts])


def test_fields_to_fill_in_stay_where_they_are(tmp_path):
    text = FRONT.format(title="Fields") + '\nFirst {}.\n\n## One\n\n{{{{ checkbox("Same") }}}}\n\nSame.\n\n{{{{ lines(2) }}}}\n\n## Two\n\n{}\n'
    places = [("words", "End."), ("other words", "End."), ("other words", "Another end."), ("words", '{{ field("a", "New") }}'), ("words", "End.")]
    compare(tmp_path, "en-US", [text.format(*place) for place in places])


def one_of_many(press, number, pieces):
    try:
        return hashlib.sha256(press.make(pieces[number]).data).hexdigest()
    except Exception as exc:  # noqa: BLE001
        return f"{type(exc).__name__}: {exc}"


@pytest.mark.parametrize("seed", [1, 2])
def test_pieces_in_any_order_are_what_each_is_alone(seed):
    """What one language's pages look like (margins of the reading side among it) is nothing to the next one's."""
    project, templates = load_project(ROOT), (ROOT / "templates",)
    pieces = [
        Piece(project, handout, brand, template, templates, locale, paper, step=step)
        for handout in project.handouts if handout.slug == "when-your-partner-is-not-ready"
        for brand in project.brands
        for locale in ("en-US", "ar", "hi", "qps-plocm")
        for template, paper, step in (("booklet.html", "letter", None), ("card.html", "half-letter", 2))
    ]  # fmt: skip
    order = random.Random(seed).sample(range(len(pieces)), len(pieces))
    fork = multiprocessing.get_context("fork")
    with fork.Pool(2, maxtasksperchild=1) as pool:
        alone = pool.starmap(one_of_many, [(Press(), n, pieces) for n in order], chunksize=1)
    press = Press()
    assert [one_of_many(press, n, pieces) for n in order] == alone
    assert not [a for a in alone if ":" in a]


def handouts(root):
    project = load_project(root)
    return [Piece(project, handout, project.brands[0], "booklet.html", (ROOT / "templates",)) for handout in project.handouts]


@pytest.mark.parametrize("seed", [1, 4])
def test_handouts_in_one_dress_are_what_each_is_alone(tmp_path, seed, monkeypatch):
    """What many handouts have in common is made once where they come one after another."""
    project = Project(tmp_path / "clinic")
    (project.root / "content/images/room.svg").write_bytes((ROOT / "content/images/room.svg").read_bytes())
    for number, text in enumerate(dict.fromkeys(versions(shipped("when-your-partner-is-not-ready"), 14, seed))):
        named = text.replace("\ntitle: ", f"\ntitle: {number}. ", 1)
        (project.root / f"content/handouts/one-{number:02}.md").write_text(named, encoding="utf-8")
    pieces = handouts(project.root)
    fork = multiprocessing.get_context("fork")
    with fork.Pool(2, maxtasksperchild=1) as pool:
        alone = pool.starmap(one_of_many, [(Press(), n, pieces) for n in range(len(pieces))], chunksize=1)
    taken = []
    monkeypatch.setattr(Memory, "flowed", lambda self, *given: taken.append(flowed(self, *given)) or taken[-1])
    press = kindred(None)
    assert [one_of_many(press, n, pieces) for n in range(len(pieces))] == alone
    assert sum(taken) > len(pieces)
    assert len({a for a in alone if ":" not in a}) > 4
