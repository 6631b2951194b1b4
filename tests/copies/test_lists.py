"""Client lists: every kind of file, and everything that can be wrong in one, told by row and column."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime, timedelta

import pytest
from openpyxl import Workbook

from generator.clients import Choices, Refused, checked, open_list
from generator.errors import HandoutsError
from generator.markup.jinja import environment

CHOICES = Choices(("en-US", "ar"), ("connect", "charlotte"))


def read(path):
    return list(checked(open_list(str(path)), CHOICES))


def faults(path):
    return [(r.number, r.error.message) for r in read(path) if isinstance(r, Refused)]


def csv_file(tmp_path, text, name="list.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_any_dress(tmp_path, separator):
    text = '\ufeffID,First Name,Note\r\n1,Ana,"two\r\nlines"\r\n\r\n2,Bo,short\r\n3,Cy\r\n'.replace(",", separator)
    path = csv_file(tmp_path, text)
    assert open_list(str(path)).columns == ("id", "first_name", "note")
    rows = read(path)
    assert [r.values for r in rows] == [("1", "Ana", "two\nlines"), ("2", "Bo", "short"), ("3", "Cy", "")]
    assert [r.number for r in rows] == [2, 4, 5]
    assert {(r.locale, r.brand) for r in rows} == {("en-US", "connect")}


def test_json_lines(tmp_path):
    lines = [{"id": "1", "n": None, "ok": True}, {"id": 2, "n": "x"}, {"id": "3", "m": "y"}, {"id": ["a"]}]
    path = csv_file(tmp_path, "\n".join(map(json.dumps, lines)) + "\n[1]\n{oops\n", "list.jsonl")
    rows = read(path)
    assert [r.values for r in rows[:2]] == [("1", "", "yes"), ("2", "x", "")]
    assert faults(path) == [(3, 'unknown column "m"'), (4, 'column "id": the value is neither text nor number'),
                            (5, "the line is no JSON object"), (6, "the line is no JSON")]  # fmt: skip


def test_workbooks(tmp_path):
    book = Workbook()
    book.active.append(["ID", "First name", "Day", "Count"])
    book.active.append([7, "Ana", date(2025, 5, 5), 2.0])
    book.active.append(["8", "Bo", datetime(2025, 5, 5, 10, 30), 2.5])  # noqa: DTZ001
    book.active.append([None, None, None, None])
    book.active.append(["9", "=A1", None, True])
    path = tmp_path / "list.xlsx"
    book.save(path)
    rows = read(path)
    assert [r.values for r in rows[:2]] == [("7", "Ana", "2025-05-05", "2"), ("8", "Bo", "2025-05-05 10:30", "2.5")]
    assert faults(path) == [(5, 'column "first_name": the cell holds a formula')]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "the list is empty"),
        ("a.csv", b"\n\n", "the list is empty"),
        ("a.jsonl", b"\n", "the list is empty"),
        ("a.csv", "id,name\n1,Ana\n".encode("utf-16"), "the list is not UTF-8 but UTF-16"),
        ("a.csv", b"id,,name\n", "cell 2 of the first row is no name of a column"),
        ("a.csv", b"Name, name\n", "cells 1 and 2 of the first row name the same column"),
        ("a.csv", b'id,"name\n1,Ana\n', "the list is broken from here on: unexpected end of data"),
        ("a.csv", b"id," + b"n" * 140_000 + b"\n1,Ana\n", "the list is broken from here on: field larger than field limit (131072)"),
        ("a.jsonl", b'{"id": 1, "id": 2}\n', 'column "id" stands in the line twice'),
        ("a.jsonl", b'{"id": NaN}\n', "the line holds a number that is none, or has no end"),
        ("a.xlsx", b"nonsense", "the list is no Excel workbook that can be read"),
        ("a.ods", b"", "a client list is a .csv, .xlsx or .jsonl file"),
    ],
)
def test_a_list_that_cannot_be_read(tmp_path, name, data, message):
    with pytest.raises(HandoutsError) as caught:
        open_list(str(csv_file(tmp_path, data, name)))
    assert caught.value.message == message
    assert caught.value.hint


def test_a_missing_list():
    with pytest.raises(HandoutsError, match="cannot be read: No such file"):
        open_list("nowhere.csv")


CELLS = [
    ("=1+2", 'column "note": the cell holds a formula'),
    ("a\x07b", 'column "note": the cell holds a control character'),
    ("a\ue0e0\ue0d0\ue0e1b", 'column "note": the cell holds a character of private use'),
    ("\uffff", 'column "note": the cell holds a character that does not exist'),
]


@pytest.mark.parametrize(("cell", "message"), CELLS)
def test_a_cell_that_is_refused(tmp_path, cell, message):
    assert faults(csv_file(tmp_path, f'id,note\n1,"{cell}"\n2,fine\n')) == [(2, message)]


def test_rows_that_are_refused(tmp_path):
    text = "id,email,locale,brand\n1,a@b.org,,\n2,nobody,,\n3,,xx,\n4,,,xx\n5,,ar,charlotte\n5,,ar,charlotte\n6,,,,,more\n"
    path = csv_file(tmp_path, text.encode() + b"7\xff,,,\n8,,,\n")
    assert [row for row, _ in faults(path)] == [3, 4, 5, 7, 8, 9]
    assert [m for _, m in faults(path)] == [
        'column "email": this is not an e-mail address: it has no @', 'column "locale": there is no such locale for this handout',
        'column "brand": there is no such brand for this handout', "the row is the same as row 6", "the row has 6 cells, and there are 4 columns",
        'column "id": the cell holds bytes that are not UTF-8']  # fmt: skip
    assert (read(path)[4].locale, read(path)[4].brand) == ("ar", "charlotte")


def test_a_quotation_mark_that_is_not_closed_ends_the_list(tmp_path):
    path = csv_file(tmp_path, 'id,note\n1,fine\n2,"open\n3,lost\n')
    assert [r.values[0] for r in read(path)[:1]] == ["1"]
    assert faults(path)[0][1].startswith("the list is broken from here on")


def test_white_space_and_invisible_marks(tmp_path):
    path = csv_file(tmp_path, 'id,note\n1,"  a \t b\u00a0c  \r\n\r\n d\u202eevil\u2066 "\n')
    row = read(path)[0]
    assert row.values[1] == "a b c\ndevil"
    assert [n.message for n in row.notices] == ['column "note": invisible characters were taken out']


def test_cells_read_as_excel_shows_them(tmp_path):
    book = Workbook()
    hidden = book.active
    hidden.append(["Only for the office"])
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("Clients")
    sheet.append(["ID", "Share", "Hours", "Note"])
    sheet.append([42, 0.5, timedelta(hours=30, minutes=5), "one_x000D_\ntwo"])
    for column, shape in (("A", "00000"), ("B", "0%"), ("C", "[h]:mm")):
        sheet[f"{column}2"].number_format = shape
    book.active = sheet
    path = tmp_path / "list.xlsx"
    book.save(path)
    assert [r.values for r in read(path)] == [("00042", "50%", "30:05", "one\ntwo")]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml", "xl/workbook.xml"])
@pytest.mark.parametrize("left", [0.0, 0.3, 0.9])
def test_a_damaged_workbook(tmp_path, part, left):
    book = Workbook()
    for row in [["ID", "First name"], *([str(n), "Ana"] for n in range(300))]:
        book.active.append(row)
    whole, path = tmp_path / "whole.xlsx", tmp_path / "list.xlsx"
    book.save(whole)
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(path, "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data[: int(len(data) * left)] if name == part else data)
    with pytest.raises(HandoutsError, match="the list is no Excel workbook that can be read"):
        read(path)


def test_json_nested_beyond_reason(tmp_path):
    path = csv_file(tmp_path, '{"id": "1"}\n{"id": ' + "[" * 100_000 + "\n", "list.jsonl")
    assert faults(path) == [(2, "the line is no JSON")]


def test_numbers_in_json_are_kept_as_they_are_written(tmp_path):
    lines = ['{"id": 1, "fee": 1.10}', '{"id": 2, "fee": 1e400}', '{"id": 3, "fee": -Infinity}', '{"id": 4, "fee": 2, "fee": 3}',
             '{"id": ' + "9" * 5000 + ', "fee": 1E2}', '{"id": 6, "fee": [1.0]}']  # fmt: skip
    path = csv_file(tmp_path, "\n".join(lines), "list.jsonl")
    assert [r.values for r in read(path) if not isinstance(r, Refused)] == [("1", "1.10"), ("9" * 5000, "1E2")]
    endless = "the line holds a number that is none, or has no end"
    assert faults(path) == [(2, endless), (3, endless), (4, 'column "fee" stands in the line twice'),
                            (6, 'column "fee": the value is neither text nor number')]  # fmt: skip


@pytest.mark.parametrize("number", ["1e999", "-1e999"])
def test_a_number_beyond_counting_in_a_workbook(tmp_path, number):
    book = Workbook()
    for row in (["ID", "Fee"], ["1", 12345.25], ["2", 7]):
        book.active.append(row)
    whole, path = tmp_path / "whole.xlsx", tmp_path / "list.xlsx"
    book.save(whole)
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(path, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"12345.25", number.encode()))
    assert faults(path) == [(2, 'column "fee": the cell holds a number that no program can count with')]
    assert read(path)[1].values == ("2", "7")


def test_an_error_value_in_a_workbook(tmp_path):
    book = Workbook()
    book.active.append(["ID", "First name"])
    book.active.append(["1", "#N/A"])
    path = tmp_path / "list.xlsx"
    book.save(path)
    assert faults(path) == [(2, 'column "first_name": the cell holds an error value')]


@pytest.mark.parametrize(("head", "name"), [
    ("नाम", "नाम"), ("ชื่อ", "ชื่อ"), ("ឈ្មោះ", "ឈ្មោះ"), ("Pre\u0301nom", "prénom"), ("Straße Nr.", "straße_nr"), ("E-mail", "email"),
])  # fmt: skip
def test_columns_in_any_script(tmp_path, head, name):
    assert open_list(str(csv_file(tmp_path, f"id,{head}\n1,x\n"))).columns == ("id", name)
    assert environment().from_string(f"{{{{ client.{name} }}}}").render(client={name: "x"}) == "x"


def test_composed_and_decomposed_letters_are_the_same(tmp_path):
    assert read(csv_file(tmp_path, "id,first_name\n1,Zoe\u0308\n"))[0].values == ("1", "Zoë")
