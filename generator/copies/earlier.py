"""What earlier runs have made: their records in, the copies that need not be made again out.

A copy is known by a keyed mark of all that it is made from: the row's cells, and every input of its piece. Its file must be there with
the bytes that were written. The records of killed runs count as well: a line in them is worth no less.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from generator.batch.believed import is_path
from generator.batch.inputs import Inputs
from generator.clients import Refused
from generator.copies.ledger import records
from generator.copies.workshop import File, Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.clients import ClientRow
    from generator.copies.order import Order


class Earlier:
    """The copies of earlier runs."""

    def __init__(self, order: Order, *, fresh: bool = False) -> None:
        """Read the records; `fresh`: as if there were none."""
        self._order = order
        self._inputs = Inputs(order.project, order.templates)
        self._digests: dict[tuple[str, str], str] = {}
        self._known: dict[bytes, dict[str, tuple[int, int, bytes, int]]] = {}  # by mark: the files
        for entry in () if fresh else records(order):
            self._learn(entry)

    def marked(self, rows: Iterable[ClientRow | Refused]) -> Iterator[ClientRow | Refused | Made]:
        """Pass on rows with their marks, and what became of those whose copies hold."""
        for row in rows:
            if isinstance(row, Refused):
                yield row
                continue
            mark = self.mark(row)
            files = self._holding(mark)
            yield Made(row.number, files, None, row.notices, mark, unchanged=True) if files else row._replace(mark=mark)

    def mark(self, row: ClientRow) -> bytes:
        """Give a row's mark. Nobody can tell from it what stands in the row without the project's key."""
        order, text = self._order, (row.brand, row.locale)
        if text not in self._digests:
            self._digests[text] = repr((self._inputs.digest(order.job(row)), order.columns, order.naming))
        return hmac.digest(order.key, "\0".join((self._digests[text], *row.values)).encode(), hashlib.sha256)[:16]

    def _learn(self, entry: dict[str, Any]) -> None:
        try:
            path, pages, size, sha256, files, mark = (entry[name] for name in ("path", "pages", "bytes", "sha256", "files", "mark"))
            if is_path(path) and all(isinstance(number, int) for number in (pages, size, files)):
                self._known.setdefault(bytes.fromhex(mark), {})[path] = (pages, size, bytes.fromhex(sha256), files)
        except (KeyError, TypeError, ValueError):
            return  # a row that failed, or a line that was cut off

    def _holding(self, mark: bytes) -> tuple[File, ...]:
        """Give the files of a mark, if all are there as they were written."""
        found = self._known.get(mark, {}).items()
        files = tuple(File(path, pages, size, sha256.hex(), count) for path, (pages, size, sha256, count) in found)
        return files if files and len(files) == files[0].files and all(map(self._holds, files)) else ()

    def _holds(self, file: File) -> bool:
        try:
            data = self._order.path(file.path).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(data).hexdigest() == file.sha256
