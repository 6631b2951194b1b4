"""The house: what may reach into what, imports inside functions counted; every command has help and stands in the README."""

from __future__ import annotations

import ast
from pathlib import Path  # noqa: TC003

import pytest
from click.testing import CliRunner

from generator.cli.main import LateGroup, main
from tests.projects import ROOT

PACKAGE = ROOT / "generator"
MAY_USE = {
    "project": {"errors", "plain", "cachefile", "project"},
    "localize": {"errors", "plain", "cachefile", "project", "localize"},
    "markup": {"errors", "plain", "cachefile", "project", "localize", "images", "tree", "fields", "markup"},
    "style": {"errors", "plain", "cachefile", "style"},
    "text": {"errors", "plain", "text"},
    "images": {"errors", "plain", "layout", "images"},
    "layout": {"errors", "plain", "style", "text", "fields", "layout"},
    "pdf": {"errors", "plain", "layout", "text", "pdf", "images", "fields"},
    "batch": {"errors", "plain", "papers", "editions", "localize", "project", "markup", "pipeline", "manuscript", "relay", "press", "batch"},
    "clients": {"errors", "plain", "project", "clients"},
    "copies": {"errors", "plain", "editions", "project", "clients", "fields", "markup", "layout", "text", "pdf", "compositor", "pipeline", "batch",
               "copies"},
    "press": {"errors", "plain", "press"},
    "mail": {"errors", "plain", "project", "localize", "markup", "pipeline", "batch", "clients", "copies", "editions", "mail"},
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "generator":
            found |= {a.name for a in node.names if not a.name.startswith("__")}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("generator.")}
    return found


@pytest.mark.parametrize("room", MAY_USE)
def test_rooms_reach_only_where_they_may(room):
    for path in (PACKAGE / room).rglob("*.py"):
        assert imports(path) <= MAY_USE[room], path


def test_what_every_room_may_use_imports_nothing_else():
    assert imports(PACKAGE / "errors.py") == {"plain"}
    assert imports(PACKAGE / "plain.py") == set()


def test_only_the_pdf_and_images_rooms_know_reportlab():
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name not in ("pdf", "images"):
            assert "import reportlab" not in path.read_text(encoding="utf-8")
            assert "from reportlab" not in path.read_text(encoding="utf-8")


def test_nothing_prints_below_the_command_line():
    for path in PACKAGE.rglob("*.py"):
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        names = {getattr(c.func, "id", "") for c in calls}
        if path.parent.name != "cli":
            assert not names & {"print", "exit"}, path


@pytest.mark.parametrize("name", sorted(LateGroup.modules))
def test_every_command_has_help_and_stands_in_the_readme(name):
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert f"handouts {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
    for parameter in main.get_command(None, name).params:
        if parameter.opts[0].startswith("--"):
            assert parameter.opts[0] in (ROOT / "README.md").read_text(encoding="utf-8"), parameter.opts


def test_init_makes_a_project_that_builds(tmp_path):
    made = CliRunner().invoke(main, ["init", str(tmp_path / "clinic")])
    assert made.exit_code == 0
    built = CliRunner().invoke(
        main, ["build", "--project", str(tmp_path / "clinic"), "--brand", "connect", "--format", "booklet"]
    )
    assert built.exit_code == 0, built.output
    assert len(list((tmp_path / "clinic/output").rglob("*.pdf"))) == 11  # two handouts, and one in nine languages
    again = CliRunner().invoke(main, ["init", str(tmp_path / "clinic")])
    assert again.exit_code == 2


def test_fonts_and_list():
    fonts = CliRunner().invoke(main, ["fonts", "--project", str(ROOT)])
    assert "Atkinson Hyperlegible" in fonts.output
    assert "pip package fontpkg-lexend" in fonts.output
    listed = CliRunner().invoke(main, ["list", "--project", str(ROOT)])
    assert "when-your-partner-is-not-ready" in listed.output
