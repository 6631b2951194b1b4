"""Where the files of a run go: noted in the journal, then written.

In: outcomes that carry files. Out: the same without them. The journal comes first, so that no finished file is unknown to the run
after one that was killed; it is believed only where the file is there and has its digest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.batch.files import write_whole
from generator.batch.journal import Journal
from generator.errors import HandoutsError

if TYPE_CHECKING:
    from generator.batch.records import Bench, Outcome


class Store:
    """The output folder, for one process."""

    def __init__(self, bench: Bench) -> None:
        """Begin a journal when there is something to note."""
        self._bench = bench
        self._journal: Journal | None = None

    def put(self, outcome: Outcome) -> Outcome:
        """Write what an outcome carries. What cannot be written becomes an error of the outcome."""
        if outcome.carried:
            if self._journal is None:
                self._journal = Journal(self._bench.cache)
            self._journal.add(outcome.entries)
        for path, data in outcome.carried.items():
            try:
                write_whole(self._bench.output / path, data, settled=False)
            except HandoutsError as exc:
                outcome.errors.append(exc)
                outcome.entries = [e._replace(inputs="") for e in outcome.entries if e.path != path]
        outcome.carried = {}
        return outcome

    def close(self) -> None:
        """Let the journal go."""
        if self._journal is not None:
            self._journal.close()
