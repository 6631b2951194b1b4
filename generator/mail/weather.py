"""Fair and foul weather: which job is tried when. Jobs put off wait their turn while others go; a rate is kept.

In: an iterator of jobs, pauses, a rate. Out: the next job for whoever asks, from several threads. Knows no SMTP.
"""

from __future__ import annotations

import heapq
import threading
import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_WAITING = 200  # messages put off; beyond them no new ones are begun, so that memory stays bounded

Item = TypeVar("Item")


class Rota(Generic[Item]):
    """Hands out jobs: one that was put off and is due, else a new one."""

    def __init__(self, source: Iterator[Item]) -> None:
        """Take the new jobs; they are drawn one at a time, by whichever thread needs one."""
        self._source = source
        self._drawing = threading.Lock()
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Item]] = []
        self._out = self._count = 0
        self._dry = self._stopped = False

    def next(self) -> Item | None:
        """Give a job, waiting for one if need be; None when there is nothing more to do. Each is followed by `done` or `later`."""
        while True:
            with self._changed:
                if self._stopped:
                    return None
                if self._waiting and self._waiting[0][0] <= time.monotonic():
                    self._out += 1
                    return heapq.heappop(self._waiting)[2]
                if self._dry or len(self._waiting) >= _MOST_WAITING:
                    if self._dry and not self._waiting and not self._out:
                        return None
                    self._changed.wait(self._waiting[0][0] - time.monotonic() if self._waiting else None)
                    continue
                self._out += 1
            item = self._draw()
            if item is not None:
                return item
            self.done()

    def done(self) -> None:
        """Take back a job that is finished."""
        with self._changed:
            self._out -= 1
            self._changed.notify_all()

    def later(self, item: Item, pause: float) -> None:
        """Take back a job that is to be tried again after `pause` seconds."""
        with self._changed:
            self._count += 1
            heapq.heappush(self._waiting, (time.monotonic() + pause, self._count, item))
            self._out -= 1
            self._changed.notify_all()

    def stop(self) -> None:
        """Give out nothing more."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def sleep(self, seconds: float) -> bool:
        """Wait; False where the rota was stopped meanwhile."""
        until = time.monotonic() + seconds
        with self._changed:
            while not self._stopped and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return not self._stopped

    def _draw(self) -> Item | None:
        with self._drawing:
            item = None if self._dry else next(self._source, None)
        if item is None:
            with self._changed:
                self._dry = True
        return item


class Pace:
    """Keeps to so many a minute, over all threads."""

    def __init__(self, per_minute: float) -> None:
        """0: no limit."""
        self._gap = 60.0 / per_minute if per_minute else 0.0
        self._free = 0.0
        self._lock = threading.Lock()

    def turn(self) -> float:
        """Take the next turn; give the seconds until it comes."""
        if not self._gap:
            return 0.0
        with self._lock:
            now = time.monotonic()
            start = max(now, self._free)
            self._free = start + self._gap
            return start - now
