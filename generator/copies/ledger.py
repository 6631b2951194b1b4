"""The record of a run: a line for each copy, with its row, path, pages, bytes and sha256, and for each row that failed. No names.

In: what became of rows, as it becomes known. Out: copies.jsonl beside the copies, written under another name until the run ends.
Copies of earlier runs stay listed, without a row, while their files are there.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from generator.batch.files import found, not_written
from generator.batch.locks import lock, process_name
from generator.batch.manifest import Entry
from generator.copies.journal import folder_of, journals, line, read
from generator.copies.names import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self, TextIO

    from generator.copies.order import Order
    from generator.copies.workshop import Made

NAME = "copies.jsonl"
VERSION = 1


class Ledger:
    """Writes the record. Used with `with`: what is not finished leaves the earlier record as it was."""

    def __init__(self, order: Order) -> None:
        """Name the files."""
        self._order = order
        self.path = f"{FOLDER}/{order.handout.slug}/{NAME}"
        self._target = order.output / self.path
        self._temporary = self._target.with_name(f".handouts-{process_name()}-{NAME}.part")
        self._file: TextIO | None = None
        self._seen: dict[bytes, int] = {}  # file names in short, with their rows
        self.files = self.pages = 0

    def __enter__(self) -> Self:
        """Begin. Raises DeliveryError where the folder cannot be written."""
        with self._writing():
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._temporary.open("w", encoding="utf-8")
            with suppress(OSError):
                lock(self._file.fileno())  # a long list takes longer than what is swept up as left behind
        self._write({"version": VERSION, "handout": self._order.handout.slug, "format": self._order.format})
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        """Close, and drop what was not finished: the journals have it."""
        if self._file is not None:
            with suppress(OSError):  # what is left to write has no room; and is dropped
                self._file.close()
            self._temporary.unlink(missing_ok=True)

    def add(self, made: Made) -> None:
        """Write down what became of a row."""
        if made.error is not None:
            self._write({"row": made.number, "error": made.error.message})
        for file in made.files:
            self._seen[_short(file.path)] = made.number
            self.files, self.pages = self.files + 1, self.pages + file.pages
            self._put(line(made, file))

    def finish(self) -> Entry:
        """Put the record into its place, and give its entry for the manifest."""
        there = self._there()
        for old in read(self._target):
            path = old.get("path")
            if isinstance(path, str) and path in there and _short(path) not in self._seen:
                self._write({**old, "row": None})
        if self._file is None:
            raise ValueError("the ledger was not begun")
        with self._writing():
            self._file.close()
            self._file = None
            self._temporary.replace(self._target)
        for journal in journals(self._target.parent):
            journal.unlink(missing_ok=True)
        order, data = self._order, self._target.read_bytes()
        return Entry(self.path, order.handout.slug, "copies", "", "", order.paper, self.pages, len(data), hashlib.sha256(data).hexdigest())

    def _there(self) -> set[str]:
        """List the handout's copies as the record names them; one look at each folder is quicker than one at each file."""
        folder = self._target.parent
        return {f"{self.path.removesuffix(NAME)}{p.relative_to(folder).as_posix()}" for p in found(folder, "", ".pdf")}

    def _write(self, entry: dict[str, Any]) -> None:
        self._put(json.dumps(entry, ensure_ascii=False) + "\n")

    def _put(self, text: str) -> None:
        if self._file is not None:
            with self._writing():
                self._file.write(text)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Tell what keeps the record from being written. Raises DeliveryError."""
        try:
            yield
        except OSError as exc:
            raise not_written(exc, str(self._target)) from exc


def records(order: Order) -> Iterator[dict[str, Any]]:
    """Read all lines that earlier runs of an order's handout have written, those of killed runs too."""
    folder = folder_of(order)
    for path in (folder / NAME, *journals(folder)):
        yield from read(path)


def _short(path: str) -> bytes:
    return hashlib.blake2b(path.casefold().encode(), digest_size=12).digest()
