"""Pictures kept between pieces: a raster beside the templates is in every file that shows it."""

from __future__ import annotations

from PIL import Image

from generator.markup import Piece
from generator.pipeline import Press
from generator.project.load import load_project
from tests.projects import GOOD, ROOT, Project
from tests.tools import render


def test_a_raster_of_the_templates_in_two_pieces(tmp_path):
    project = Project(tmp_path / "clinic")
    project.handout("", "good", front=GOOD)
    (project.root / "templates").mkdir()
    Image.new("RGB", (40, 40), (10, 200, 30)).save(project.root / "templates/dot.png")
    css = (ROOT / "templates/booklet.css").read_text(encoding="utf-8")
    project.write("templates/booklet.css", css + '\n.section h2::after { content: url("dot.png") / "" }\n')
    loaded = load_project(project.root)
    press, folders = Press(), (project.root / "templates", ROOT / "templates")
    brand = next(b for b in loaded.brands if b.slug == "connect")
    made = [press.make(Piece(loaded, loaded.handouts[0], brand, "booklet.html", folders)).data for _ in range(2)]
    assert made[0] == made[1]
    colours = {colour for page in render(made[1]) for _, colour in page.convert("RGB").getcolors(100_000)}
    assert any(abs(r - 10) + abs(g - 200) + abs(b - 30) < 12 for r, g, b in colours)
