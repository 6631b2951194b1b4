"""What people try on their first day: each works, or says in their words what to do."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from PIL import Image

from generator.cli.main import main
from generator.text.catalogue import FontCatalogue
from tests.mail.conftest import Clinic
from tests.projects import FRONT, PLAIN, Project
from tests.tools import render, text_of

CARDS = FRONT.replace("[booklet]", "[booklet, cards]").format(title="Your first visit")
STEP = "\nWelcome.\n\n## One step {.step}\n\nDo it.\n"


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "clinic")


def brand(project, old, new):
    path = project.root / "content/brands/connect/brand.yml"
    text = re.sub(old, new, path.read_text(), count=1, flags=re.MULTILINE)
    assert text != path.read_text()
    path.write_text(text)


@pytest.mark.parametrize(("name", "mode"), [("logo.png", "RGBA"), ("our logo.jpg", "RGB")])
def test_a_logo_may_be_a_picture(project, verapdf, name, mode):
    Image.new(mode, (300, 100), (0, 0, 250) if mode == "RGB" else (0, 0, 250, 255)).save(project.root / "content/brands/connect" / name)
    brand(project, r"^logo:.*(\n  .*)*", f"logo: {name}")
    project.handout(STEP, "visit", front=CARDS)
    outcome = project.build("visit")
    assert outcome.code == 0, outcome.err
    for path in project.files():
        data = render(path)[0].convert("RGB").tobytes()
        blue = sum(b > 200 > 60 > r for r, b in zip(data[::3], data[2::3], strict=True))
        assert blue > 100
    verapdf(project.files())


@pytest.mark.parametrize(("logo", "message", "hint"), [
    ("logo.pdf", '"logo.pdf" is no picture that a page takes', "as SVG"),
    ("of-the-practice.png", "does not exist", "beside brand.yml"),
])  # fmt: skip
def test_a_logo_that_is_none(project, logo, message, hint):
    brand(project, r"^logo:.*(\n  .*)*", f"logo: {logo}")
    project.handout(STEP, "visit", front=CARDS)
    outcome = project.build("visit")
    assert "content/brands/connect/brand.yml:" in outcome.err
    assert message in outcome.err
    assert hint in outcome.err


def test_the_shade_that_is_named_is_readable_on_every_ground(project):
    brand(project, r"^( +)light:.*\n", "")
    brand(project, r"(\"|')?#6A1F4B(\"|')?", '"#8EC9E8"')
    shade = re.search(r'is "(#\w+)"', project.build().err)[1]
    brand(project, "#8EC9E8", shade)
    project.handout(STEP, "visit", front=CARDS)
    outcome = project.build("visit")
    assert "contrast" not in outcome.err


def test_an_unknown_font_is_an_error_of_the_brands_file(project):
    path = project.root / "content/brands/connect/brand.yml"
    path.write_text(path.read_text().replace("Lexend", "Arial"))
    project.handout(STEP, "visit", front=CARDS)
    outcome = project.build("visit")
    assert re.search(r"content/brands/connect/brand.yml:\d+:\d+: error: no font family “Arial” is installed", outcome.err)


def own_font(project, name):
    """Lay a font of the practice's own into the brand's folder, under a name, and set the text in it."""
    shelf = next(info for info in FontCatalogue().families() if info.family == "Lexend").files[0].path
    folder = project.root / "content/brands/connect"
    if "VariableFont" in name:
        shutil.copy(shelf, folder / name)
    else:
        instantiateVariableFont(TTFont(shelf), {"wght": 400}).save(folder / name)
    brand(project, r"- family: Atkinson Hyperlegible", "- family: Practice Sans")
    brand(project, r"family: Atkinson Hyperlegible", "family: Practice Sans")
    project.handout(STEP, "visit", front=CARDS)


def test_a_font_as_it_is_downloaded_works(project):
    """Google's files have their axes behind VariableFont_, in no brackets."""
    own_font(project, "PracticeSans-VariableFont_wght.ttf")
    outcome = project.build("visit", "--json")
    assert outcome.code == 0, outcome.err
    assert not [note for file in outcome.data["files"] for note in file["notices"] if "bold" in note]


def test_a_font_without_a_bold_is_told(project):
    """What is marked strong would look like all else, and nobody would know why."""
    own_font(project, "PracticeSans-Regular.ttf")
    outcome = project.build("visit")
    assert outcome.code == 0
    assert re.search(r"content/brands/connect/brand.yml:\d+:\d+: notice: the font Practice Sans has no bold", outcome.err)


def test_quotes_that_a_word_processor_has_turned(project):
    project.handout("\nCall {{ hotline(“ndvh”).phone }}.\n", "visit")
    outcome = project.build("visit")
    assert outcome.code == 1
    assert "write straight quotes" in outcome.err


def test_files_of_a_brand_that_is_gone_are_deleted_and_that_is_told(project):
    project.handout(STEP, "visit", front=CARDS)
    assert project.run("build").code == 0
    settings = project.root / "content/project.yml"
    settings.write_text(settings.read_text().replace("[connect, charlotte]", "[connect]"))
    outcome = project.build("visit")
    visit = "charlotte/en-US/visit"
    assert (f"2 outdated files were deleted, because the project does not use their brands any more: {visit}/booklet-letter.pdf, "
            f"{visit}/step-1-half-letter.pdf") in outcome.out.splitlines()  # fmt: skip
    assert {p.parts[-4] for p in project.files()} == {"connect"}


def test_a_file_that_is_deleted_is_named_with_the_reason(project):
    path = project.handout(STEP.replace("Do it.", "Do it.\n\n## Another {.step}\n\nAnd this."), "visit", front=CARDS)
    assert project.build().code == 0
    project.handout(STEP, "visit", front=CARDS)
    card = "connect/en-US/visit/step-2-half-letter.pdf"
    assert f"1 outdated file was deleted, because its handout does not make it any more: {card}" in project.build().out.splitlines()
    project.handout("\nText {{ nobody }}.\n", "visit")
    book = "connect/en-US/visit/booklet-letter.pdf"
    assert f"1 outdated file was deleted, because it could not be made again: {book}" in project.build().out.splitlines()
    project.handout(STEP, "visit", front=CARDS)
    assert project.build().code == 0
    project.handout("\nText {{ nobody }}.\n", "visit")
    assert project.build("--json").data["deleted"] == [book, "connect/en-US/visit/step-1-half-letter.pdf"]
    for name in ("one", "two"):
        project.handout(STEP, name, front=CARDS.replace("first visit", name))
    path.unlink()
    assert project.build().code == 0
    for name in ("one", "two"):
        (project.root / f"content/handouts/{name}.md").unlink()
    project.handout(STEP, "visit", front=CARDS)
    out = project.build().out
    assert "4 outdated files were deleted, because their handouts are gone" in out.splitlines()


@pytest.mark.parametrize(
    ("before", "after", "kept", "lost"),
    [
        ("formats: [booklet, cards]", "formats: [booklet]", "en-US/visit/booklet-letter.pdf", "en-US/visit/step-1-half-letter.pdf"),
        ("brands: [charlotte, connect]", "brands: [connect]", "connect/en-US", "charlotte/en-US"),
        ("locales: [en-US, de]", "locales: [en-US]", "connect/en-US", "connect/de"),
    ],
)
def test_a_file_that_its_handout_is_not_made_as_any_more_is_deleted(project, before, after, kept, lost):
    """Nobody hands out a card of last year because the handout has none any more."""
    project.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, de]\nbrands: [connect, charlotte]\nincomplete: {de: source}\n")
    front = "---\ntitle: Your first visit\nreviewed: 2025-03-08\n"
    other = "" if before.startswith("formats") else "formats: [booklet, cards]\n"

    def has(part):
        return [path for path in project.files() if part in str(path)]

    project.handout(STEP, "visit", front=f"{front}{other}{before}\n---\n")
    assert project.run("build").code == 0
    assert has(kept)
    assert has(lost)
    project.handout(STEP, "visit", front=f"{front}{other}{after}\n---\n")
    assert "because their handouts do not make them any more" in project.run("build", "--locale", "en-US").out
    assert has(kept)
    assert not has(lost)


def test_a_brand_that_is_broken_and_not_asked_for_keeps_its_files(project):
    """The handout is made under it as before, once somebody has mended the brand."""
    project.handout(STEP, "visit", front=PLAIN.format(title="Your first visit"))
    assert project.run("build").code == 0
    before = project.files()
    brand = project.root / "content/brands/connect/brand.yml"
    brand.write_text(brand.read_text() + "x: [\n")
    outcome = project.run("build", "--brand", "charlotte")
    assert (outcome.code, "deleted" in outcome.out) == (0, False)
    assert project.files() == before
    outcome = project.run("build")
    assert outcome.code == 1
    assert "1 outdated file was deleted, because it could not be made again: connect/en-US/visit/booklet-letter.pdf" in outcome.out.splitlines()


def test_a_broken_handout_that_is_called_as_a_brand_is_takes_no_files_of_the_brand_along(project):
    for name in ("one", "two"):
        project.handout(STEP, name, front=PLAIN.format(title=name))
    assert project.run("build").code == 0
    before = project.files()
    project.handout("\nText.\n", "connect", front="---\ntitle: [\n---\n")
    outcome = project.run("build", "one")
    assert outcome.code == 0, outcome.err
    assert project.files() == before
    outcome = project.run("build", "one", "connect", "--brand", "charlotte")
    assert outcome.code == 1
    assert "content/handouts/connect.md:3:1: error: broken YAML" in outcome.err
    assert project.files() == before


def test_a_handout_that_is_not_made_in_the_language_of_the_content_any_more_loses_its_files_in_it(project):
    project.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, de]\nbrands: [connect]\nincomplete: {de: source}\n")
    front = PLAIN.format(title="Your first visit")
    project.handout(STEP, "visit", front=front)
    assert project.run("build").code == project.run("build", "--bilingual", "de").code == project.run("build", "--locale", "qps-ploc").code == 0
    assert [path.parts[-3] for path in project.files()] == ["de", "en-US", "en-US+de", "qps-ploc"]
    assert project.run("build").code == 0
    assert [path.parts[-3] for path in project.files()] == ["de", "en-US", "en-US+de", "qps-ploc"]
    project.handout(STEP, "visit", front=front.replace("requires:", "locales: [de]\nrequires:"))
    assert "because their handouts do not make them any more" in project.run("build").out
    assert [path.parts[-3] for path in project.files()] == ["de", "qps-ploc"]


def test_a_file_that_is_no_handout_beside_one_takes_none_of_its_files_along(project):
    project.handout(STEP, "visit", front=CARDS)
    assert project.build().code == 0
    before = project.files()
    project.write("content/handouts/visit.markdown", "Notes.")
    outcome = project.build("--format", "cards")
    assert (outcome.code, "deleted" in outcome.out) == (1, False)
    assert project.files() == before


@pytest.mark.parametrize("copy", ["sleep-well - Copy", "sleep-well (1)", "Kopie von sleep-well"])
def test_a_copy_of_a_handout_is_the_one_that_is_blamed(project, copy):
    project.handout(STEP, "sleep-well", front=CARDS)
    assert project.build().code == 0
    before = project.files()
    project.handout(STEP, copy, front=CARDS)
    for asked in ((), ("sleep-well",), (copy,)):
        outcome = project.build(*asked)
        assert outcome.code == (0 if asked == ("sleep-well",) else 1)
        assert "deleted" not in outcome.out
        assert project.files() == before != []
    assert f"content/handouts/{copy}.md:2:8: error: content/handouts/sleep-well.md has the same title" in outcome.err
    assert "delete one of the two, or give this one another title" in outcome.err


def test_copies_of_a_handout_stay_when_another_takes_its_title(project):
    for name in ("sleep-well", "sleep"):
        project.handout("\nHello {{ client.name }}.\n", name, front=PLAIN.format(title="Sleep well"))
        rows = project.write("clients.csv", "id,name\na,Ana\n")
        outcome = project.build("sleep-well", "--clients", str(rows))
        assert [path.parent.name for path in project.files()] == ["sleep-well"]
    assert outcome.code == 1
    assert "content/handouts/sleep.md has the same title" in outcome.err


def test_what_was_made_of_a_handout_stays_when_a_shorter_name_takes_its_title(project):
    project.handout(STEP, "sleep-well", front=CARDS)
    assert project.build().code == 0
    before = project.files()
    project.handout(STEP, "sleep", front=CARDS)
    outcome = project.build()
    assert outcome.code == 1
    assert "content/handouts/sleep-well.md:2:8: error: content/handouts/sleep.md has the same title" in outcome.err
    assert set(before) <= set(project.files())


def test_a_practices_own_desk_is_no_hotline_of_another_country(project):
    facts = project.root / "content/facts.yml"
    text = facts.read_text()
    entry = "hotlines:\n  - id: desk\n    name: Our front desk\n    phone: 704-555-0100\n    hours: Mo-Fr 9-5\n    verified: 2025-03-08\n"
    facts.write_text(text.replace("hotlines:\n", entry, 1))
    project.write("content/project.yml", "default_locale: en-US\nlocales: [en-US, en-GB]\nbrands: [connect]\n")
    front = FRONT.format(title="Visit").replace("formats", "requires: [safety]\nformats")
    project.handout("\nText.\n\n!!! safety\n    {{ hotline_list() }}\n", "visit", front=front)
    assert project.build("visit", "--locale", "en-US").code == 0
    outcome = project.build("visit", "--locale", "en-GB")
    assert outcome.code == 1
    assert "no hotline serves readers of en-GB in GB" in outcome.err
    assert '"en" alone is for readers in US' in outcome.err


def test_a_list_whose_first_row_has_a_day_as_a_spreadsheet_writes_it(project):
    project.handout("\nSee you on {{ date(client.day) }}.\n", "visit")
    rows = project.write("clients.csv", "id,day\na,12/02/2026\nb,2026-02-12\n")
    outcome = project.build("visit", "--clients", str(rows))
    assert 'clients.csv:2: error: column "day": this is no date' in outcome.err
    assert [p.stem for p in project.files()] == ["b"]
    assert "February 12, 2026" in text_of(project.files()[0])


def test_a_first_row_that_lacks_something_stops_no_mail_but_its_own(tmp_path, monkeypatch):
    for name in ("HANDOUTS_SMTP_URL", "HANDOUTS_SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    clinic = Clinic(tmp_path / "clinic")
    clinic.handout("\nDear {{ client.first_name }}.\n", "visit")
    path = clinic.clients("a@example.org,,yes", "b@example.org,Bo,yes")
    outcome = clinic.send("--clients", path, "--yes", "--outbox")
    assert outcome.code == 1
    assert 'clients.csv:2: error: column "first_name" is empty' in outcome.err
    assert len(list((clinic.root / "output/outbox").glob("*.eml"))) == 1
    assert "They have no sender yet" not in outcome.out
    clinic.set("", "")
    assert "They have no sender yet" in clinic.send("--to", "c@example.org", "--outbox").out


def test_a_template_that_is_misspelt(project):
    project.handout("\nText.\n", "visit", front=FRONT.format(title="V").replace("formats", "template: workshet\nformats"))
    outcome = project.build("visit")
    assert 'content/handouts/visit.md:4:11: error: there is no template "workshet"' in outcome.err
    assert 'did you mean "worksheet"?' in outcome.err


def test_a_column_that_is_misspelt_inside_a_date(project):
    project.handout("\nOn {{ date(client.apointment) }}.\n", "visit")
    rows = project.write("clients.csv", "id,appointment\na,2026-01-02\n")
    outcome = project.build("visit", "--clients", str(rows))
    assert "the list has no column 'apointment'" in outcome.err
    assert 'did you mean "appointment"?' in outcome.err


def test_a_column_may_be_named_as_the_list_writes_it(project):
    project.handout("\nHello {{ client.first_name }}.\n", "visit")
    rows = project.write("clients.csv", "id,First name\na,Ana\n")
    assert project.build("visit", "--clients", str(rows), "--name", "First name").code == 0
    assert [p.stem for p in project.files()] == ["Ana"]


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_text_that_shows_no_column_is_told_once(project, more):
    project.handout("\nHello.\n", "visit", front=PLAIN.format(title="A visit"))
    rows = project.write("clients.csv", "id,first_name\na,Ana\nb,Bo\n")
    for _ in range(2):
        outcome = project.build("visit", "--clients", str(rows), *more)
        assert outcome.code == 0
        assert outcome.err.count("notice") == 1
        assert "content/handouts/visit.md:7: notice: the text shows no column of the list" in outcome.err
        assert "the list has: id, first_name" in outcome.err
    project.handout("\nHello{% if client.first_name %}, you{% endif %}.\n", "visit", front=PLAIN.format(title="A visit"))
    assert "notice" not in project.build("visit", "--clients", str(rows), *more).err


def test_a_first_row_in_an_older_encoding(project):
    project.handout("\nHello {{ client.größe }}.\n", "visit")
    rows = project.write("clients.csv", "id;größe\na;groß\n".encode("cp1252"))
    outcome = project.build("visit", "--clients", str(rows))
    assert outcome.code == 1
    assert "clients.csv:1: error: the first row is not UTF-8" in outcome.err
    assert 'hint: in Excel: File > Save As > "CSV UTF-8 (comma delimited)"' in outcome.err
    rows = project.write("clients.csv", "id;größe\na;groß\n")
    assert project.build("visit", "--clients", str(rows)).code == 0
    rows = project.write("clients.csv", "id;größe\n".encode() + "a;groß\n".encode("cp1252"))
    assert "CSV UTF-8 (comma delimited)" in project.build("visit", "--clients", str(rows)).err


def test_a_dry_run_promises_no_more_than_the_run_keeps(project):
    project.handout("\nDear {{ client.first_name }}, on {{ date(client.day) }}.\n", "visit")
    rows = project.write("clients.csv", "id,first_name,day\na,Ana,12/02/2026\nb,,2026-02-12\nc,Cy,2026-02-12\n")
    dry = project.build("visit", "--clients", str(rows), "--dry-run")
    assert "1 of 3 rows can be made" in dry.out
    assert not project.files()
    real = project.build("visit", "--clients", str(rows))
    assert [line for line in real.err.splitlines() if "error" in line] == [line for line in dry.err.splitlines() if "error" in line]
    assert [p.stem for p in project.files()] == ["c"]


def test_a_handout_may_be_named_by_its_file(project):
    project.handout(STEP, "visit", front=CARDS)
    outcome = project.build("content/handouts/visit.md", "--format", "booklet")
    assert outcome.code == 0, outcome.err
    assert [p.parent.name for p in project.files()] == ["visit"]


def test_a_notice_about_a_card_names_it_and_its_place(project):
    long = "You could read a book together, take a class, or talk with someone you both trust. " * 13
    project.handout(f"\nWelcome.\n\n## Only this {{.step}}\n\n{long}\n", "visit", front=CARDS)
    outcome = project.build("--format", "cards", "--paper", "4x6")
    assert outcome.code == 0, outcome.err
    assert "content/handouts/visit.md:9:" in outcome.err
    assert "the card “Only this – Your first visit” was tightened" in outcome.err


@pytest.mark.parametrize(("phone", "link"), [
    ("704-555-0100 ext. 5", "tel:+1-704-555-0100;ext=5"),
    ("704-555-0100 x12", "tel:+1-704-555-0100;ext=12"),
    ("+44 20 7946 0018, ext 7", "tel:+44-20-7946-0018;ext=7"),
])  # fmt: skip
def test_a_number_may_have_an_extension(project, phone, link):
    facts = project.root / "content/facts.yml"
    facts.write_text(facts.read_text().replace('phone: "911"', f'phone: "{phone}"'))
    project.handout("\n!!! safety\n    {{ hotline_list() }}\n\n## One\n\nText.\n", "visit")
    assert project.build().code == 0
    with pikepdf.open(project.files()[0]) as pdf:
        uris = [str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/URI" in a.get("/A", {})]
    assert link in uris
    assert phone.rpartition(" ")[2] in text_of(project.files()[0])


def test_what_is_no_extension(project):
    facts = project.root / "content/facts.yml"
    facts.write_text(facts.read_text().replace('phone: "911"', 'phone: "911 ask for Ann"'))
    outcome = project.build()
    assert "is not a telephone number" in outcome.err
    assert "704-555-0100 ext. 5" in outcome.err


def test_fields_right_below_each_other_print_their_labels(project):
    project.handout(
        '\n## Plan\n\n{{ field("wish", "My wish") }}\n{{ checkbox("I packed") }}\n{{ lines(2, "What I heard") }}\n{{ field("day", "The day") }}\n',
        "visit",
    )
    assert project.build().code == 0
    text = text_of(project.files()[0])
    for label in ("My wish", "I packed", "What I heard", "The day"):
        assert label in text


def test_a_state_that_facts_do_not_know(project):
    brand(project, r"states: \[.*", "states: [VA]")
    outcome = project.build()
    assert "possible: AZ" in outcome.err
    assert "another is added in content/facts.yml, below states:" in outcome.err


def test_an_attribute_list_below_a_table_is_the_tables(project):
    text = "\n## One\n\n| A | B |\n|---|---|\n| c | d |\n{: .wide #rates }\n\nSee [the rates](#rates).\n"
    project.handout(text, "visit", front=PLAIN.format(title="Rates"))
    outcome = project.build("--strict")
    assert outcome.code == 0, outcome.err
    assert ".wide" not in text_of(project.files()[0])


@pytest.mark.parametrize("quotes", ["“”", "„“", "«»", "””"])
def test_a_box_may_have_a_word_processors_quotes(project, quotes):
    one, other = quotes
    front = FRONT.replace("formats", "requires: [safety]\nformats").format(title="Quotes")
    project.handout(f"\nText.\n\n!!! safety {one}Call right away{other}\n    {{{{ hotline_list() }}}}\n\n## One\n\nText.\n", "visit", front=front)
    outcome = project.build("--strict")
    assert outcome.code == 0, outcome.err
    assert "Call right away" in text_of(project.files()[0])
    assert one + "Call" not in text_of(project.files()[0])


def test_a_tall_photo_fits(project):
    Image.new("RGB", (1200, 2600), (90, 120, 150)).save(project.root / "content/images/phone.jpg")
    project.handout('\nText.\n\n## One\n\n![A door](images/phone.jpg "Our door")\n\nMore.\n', "visit")
    for paper in ("letter", "half-letter"):
        outcome = project.build("--paper", paper)
        assert outcome.code == 0, outcome.err


def test_quotes_in_code_stay_as_they_are(project):
    project.handout("\nText.\n\n```\n!!! note “as it is”\n```\n\n## One\n\nText.\n", "visit")
    assert project.build().code == 0
    assert "!!! note “as it is”" in text_of(project.files()[0])


def test_a_safety_box_without_a_title_is_in_the_contents(project, verapdf):
    project.handout('\nText.\n\n!!! safety ""\n    {{ hotline_list() }}\n\n## One\n\nText.\n\n## Two\n\nText.\n', "visit")
    assert project.build().code == 0
    assert "If you are being hurt or feel afraid" in text_of(project.files()[0])
    verapdf(project.files())


def test_many_notices_of_one_kind_are_counted_and_with_strict_all_told(project):
    long = "You could read a book together, take a class, or talk with someone you both trust. " * 13
    steps = "\n\n".join(f"## Step named {name} {{.step}}\n\n{long}" for name in ("Ann", "Bob", "Cy", "Di", "Ed", "Flo"))
    project.handout(f"\nWelcome.\n\n{steps}\n", "visit", front=CARDS.replace("formats", "requires: []\nformats"))
    told = project.build("--format", "cards", "--paper", "4x6").err
    assert told.count("was tightened") == 3
    assert "3 more of this kind; manifest.json in the output folder has them all" in told
    assert (project.root / "output/manifest.json").read_text().count("was tightened") == 6
    assert project.build("--format", "cards", "--paper", "4x6").err.count("was tightened") == 3
    strict = project.build("--format", "cards", "--paper", "4x6", "--strict")
    assert strict.code == 1
    assert len(re.findall(r": error: the card “Step named \w+ – Your first visit” was tightened", strict.err)) == 6


def test_the_command_that_init_names_works_as_it_stands(tmp_path):
    made = CliRunner().invoke(main, ["init", str(tmp_path / "My Practice 2")])
    assert made.exit_code == 0
    line = next(line for line in made.stdout.splitlines() if line.strip().startswith("cd "))
    assert Path(shlex.split(line)[1]) == tmp_path / "My Practice 2"


@pytest.mark.parametrize(("line", "hint"), [
    ("build visit –brand connect", "write two hyphens: --brand"), ("build visit —brand connect", "write two hyphens: --brand"),
    ("preview –locale=es", "write two hyphens: --locale=es"), ("–help", "write two hyphens: --help"),
    ("biuld", 'there is no command "biuld"; did you mean "build"?'), ("frobnicate", "there are: build, fonts"),
    ("translate staus", "status"), ("translate status --locale pt_BR", "did you mean pt-BR (Portuguese)?"),
    ("translate status --locale EN-us", "did you mean en-US (English)?"), ("translate update --locale zh_hans", "did you mean zh-Hans (Chinese)?"),
    ("translate status --locale xx", "there are: en-US"), ("translate status --locale en-USA", 'did you mean "en-US"?'),
    ("translate update --locale jp", "did you mean ja (Japanese)?"),
])  # fmt: skip
def test_slips_on_the_command_line(project, monkeypatch, line, hint):
    monkeypatch.chdir(project.root)
    result = CliRunner().invoke(main, line.split())
    assert result.exit_code == 2
    assert hint in result.stderr


def test_a_form_feed_is_a_space(project):
    """Old texts part their pages by one; no font has it."""
    project.handout("\nFirst page.\f\n\n\fSecond\fpage.\n\n```\ncode\n\f\nmore\n```\n", "old", front=PLAIN.format(title="Old"))
    assert project.build("old").code == 0
    found = text_of(project.files()[0]).replace("\r", "")
    for words in ("First page.", "Second page.", "code", "more"):
        assert words in found
