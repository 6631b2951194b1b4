"""A clinic with a personal handout, and clients whose words bend it in every way."""

from __future__ import annotations

import pytest
from PIL import Image

from generator.clients import Choices, checked, open_list
from generator.copies.order import Order
from generator.copies.workshop import Workshop
from generator.pipeline import Press
from generator.project.load import load_project
from tests.projects import PLAIN, ROOT, Project

TEXT = """
Dear {{ client.first_name }}, this booklet was prepared for you after our meeting on {{ date(client.date) }}.
Please read it at your own pace, {{ client.first_name }}, and bring your questions to the next session; nothing in it is urgent, and every
step can wait until you are ready.

{% if client.note %}
!!! note
    {{ client.note }}
{% endif %}

{% if client.state == "Arizona" %}
Our office in Carefree is open to you.
{% endif %}

## Your next visit with {{ client.clinician }}

You see **{{ client.clinician }}** on {{ client.appointment }}[^1].
Read more on [the page for {{ client.first_name }}](https://clinic.example/c?x={{ client.id }}).

[^1]: {{ client.clinician }} calls if that changes.

- First item for {{ client.first_name }}
- Second item

> “I wish to see {{ client.clinician }}.”

![A picture for {{ client.first_name }}](images/dot.png)

## Another section

<p markdown="1">H<sub>2</sub>O for {{ client.first_name }} and some more words so that this paragraph takes two
lines with the small letter on the first one.</p>

Plain words that stand below.
"""
COLUMNS = ("id", "first_name", "date", "clinician", "appointment", "note", "state")
ROWS = (
    ("c-1", "Ana", "2025-05-05", "Dr. Lee", "Monday, 12 May at 10:00", "", ""),
    ("c-2", "Bo", "2025-05-06", "Dr. Lee", "Monday, 12 May at 11:00", "", "Arizona"),
    ("c-3", "Maximiliane-Theodora Wolkenstein-Trostburg the younger of Upper Lusatia and Lower Silesia, and of the Isles besides",
     "2025-05-05", "Prof. Dr. Ann-Kathrin von der Marwitz-Hohenlohe", "Monday, 12 May at 10:00", "Short.", ""),
    ("c-4", "Łukasz Žižka", "2025-05-05", "Dr. Nguyễn", "Thứ hai", "Bring **your** {{ forms }} <b>&amp;</b> [x](y) ![z](q) `code`", "x"),
    ("c-5", "محمد أحمد", "2025-05-05", "Dr. Lee", "Monday", "One line\nand another\nand a third one", ""),
    ("c-6", "Ed", "2025-05-05", "Dr. Lee", "Monday, 12 May at 10:00", "A note that goes on and on. " * 30, "Arizona"),
    ("c 7&x=1#y", "O’Neil \\(x) \\d", "2025-05-05", "Dr. (Lee)", "12:00", "!!! key\n    - {% raw %}", ""),
    ("c-8", "Ελένη Παπαδοπούλου", "2025-05-05", "Д-р Иванова", "10:00", "עם שלום", ""),
    ("c-9", "Zoë", "2025-05-05", "Dr. Lee", "Monday, 12 May at 10:00", "", ""),
)  # fmt: skip


class Clinic(Project):
    """The project, and both ways to a copy."""

    def __init__(self, root) -> None:
        super().__init__(root)
        Image.new("RGB", (40, 40), (200, 20, 20)).save(root / "content/images/dot.png")
        self.handout(TEXT, "visit", front=PLAIN.format(title="Title of visit"))

    def list(self, rows=ROWS, columns=COLUMNS, name="clients.csv"):
        import csv

        path = self.root / name
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([columns, *rows])
        return path

    def order(self, columns=COLUMNS, kind="booklet", templates=(ROOT / "templates",), **more) -> Order:
        project = load_project(self.root)
        handout = next(h for h in project.handouts if h.slug == "visit")
        return Order(project, templates, self.root / "output", handout, kind, columns, "clients.csv", b"key", **more)

    def rows(self, path=None, locales=("en-US",), brands=("connect", "charlotte")):
        return list(checked(open_list(str(path or self.list())), Choices(locales, brands)))

    def both(self, rows, order, step=0, *, alone=False):
        """Yield each row's copy, and what a full build makes of it; `alone`: by a press of its own."""
        workshop, press = Workshop(order), Press()
        for row in rows:
            press = Press() if alone else press
            made = workshop.make(row)
            assert made.error is None, made.error
            data = (order.output / made.files[step].path).read_bytes()
            yield data, press.make(order.pieces(press, row)[step]).data


@pytest.fixture
def clinic(tmp_path) -> Clinic:
    return Clinic(tmp_path)
