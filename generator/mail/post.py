"""The post: several connections take jobs and deliver them, each step written into the ledger.

In: prepared jobs. Out: an `Outcome` for each, as they come. What the server said decides: 4xx and lost connections are tried
again after a pause, 5xx is not, and a message whose end went out without an answer is left for a person to settle.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from generator.errors import DeliveryError, HandoutsError, unexpected
from generator.mail.connection import Connection, LostError, NoAnswerError, NotTakenError
from generator.mail.records import Outcome
from generator.mail.weather import Pace, Rota
from generator.plain import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.mail.ledger import Claim, Ledger
    from generator.mail.records import Letter, Recipient
    from generator.mail.server import Server
    from generator.project.records import MailSettings


@dataclass(slots=True, eq=False, repr=False)
class Job:
    """A claimed message and how often it was tried."""

    claim: Claim
    recipient: Recipient
    letter: Letter
    tried: int = 0


class Post:
    """Delivers one run's jobs."""

    def __init__(self, server: Server, settings: MailSettings, ledger: Ledger, jobs: Iterator[Job | Outcome],
                 count: int) -> None:  # fmt: skip
        """`jobs`, `count` of them, may hold outcomes of what needs no delivery; they pass through."""
        self._server, self._settings, self._ledger = server, settings, ledger
        self._rota: Rota[Job | Outcome] = Rota(jobs)
        self._connections = max(1, min(settings.connections, count))
        self._pace = Pace(settings.rate)
        self._done: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
        self._fatal: HandoutsError | None = None
        self._reached = threading.Event()

    def deliver(self) -> Iterator[Outcome]:
        """Work until all is done. Raises DeliveryError where the server cannot be used; what was sent is settled by then."""
        threads = [threading.Thread(target=self._begin, args=(n,), daemon=True) for n in range(self._connections)]
        for thread in threads:
            thread.start()
        working = len(threads)
        try:
            while working:
                outcome = self._done.get()
                if outcome is None:
                    working -= 1
                else:
                    yield outcome
        finally:  # interrupted: each connection finishes the message that it is at
            self._rota.stop()
            for thread in threads:
                thread.join()
        if self._fatal is not None:
            raise self._fatal

    def _begin(self, number: int) -> None:
        connection = Connection(self._server)
        try:
            if number == 0 or self._joined(connection):
                self._work(connection)
        except HandoutsError as exc:
            self._fail(exc)
        except Exception as exc:  # noqa: BLE001
            self._fail(unexpected(exc, "sending"))
        finally:
            self._reached.set()
            connection.close()
            self._done.put(None)

    def _joined(self, connection: Connection) -> bool:
        """Open one more connection once the first stands; a server that takes no more of them is content with fewer."""
        self._reached.wait()
        try:
            connection.open()
        except (LostError, DeliveryError):
            return False
        return True

    def _work(self, connection: Connection) -> None:
        while (job := self._rota.next()) is not None:
            pause = None
            try:
                if isinstance(job, Outcome):
                    self._done.put(job)
                else:
                    pause = self._try(connection, job)
            finally:
                if pause is None:
                    self._rota.done()
                else:
                    self._rota.later(job, pause)

    def _try(self, connection: Connection, job: Job) -> float | None:
        """Try a message once; give the pause before the next time, or None where it is finished."""
        used = connection.is_open
        if not self._connected(connection) or not self._rota.sleep(self._pace.turn()):
            return 0.0  # stopped: the row stays planned, and the next run takes it up
        try:
            answer = connection.send(job.letter, lambda: self._ledger.sending(job.claim))
        except NotTakenError as exc:
            return self._again(job, str(exc.answer)) if exc.later else self._finish(job, "refused", str(exc.answer))
        except LostError as exc:
            if used:  # servers end connections that were idle or carried enough; the message is not to blame
                self._ledger.put_back(job.claim, str(exc))
                return 0.0
            return self._again(job, str(exc))
        except NoAnswerError as exc:
            return self._finish(job, "sending", f"no answer at the end of the message: {exc}")
        return self._finish(job, "sent", str(answer))

    def _again(self, job: Job, why: str) -> float | None:
        if job.tried == len(self._settings.retry_after):
            return self._finish(job, "deferred", why)
        self._ledger.put_back(job.claim, why)
        job.tried += 1
        return self._settings.retry_after[job.tried - 1]

    def _finish(self, job: Job, state: str, answer: str) -> float | None:
        self._ledger.settle(job.claim, state, answer)
        self._done.put(Outcome(job.recipient, state, answer))
        return None

    def _connected(self, connection: Connection) -> bool:
        """Open the connection where need be; False where the run was stopped. Raises DeliveryError when it does not succeed."""
        if connection.is_open:
            return True
        why = ""
        for pause in (0.0, *self._settings.retry_after):
            if not self._rota.sleep(pause):
                return False
            try:
                connection.open()
            except LostError as exc:
                why = str(exc)
                if not self._reached.is_set():
                    break  # it never was there: a wrong name rather than weather
            else:
                self._reached.set()
                return True
        raise DeliveryError(f"the mail server cannot be reached: {why}", None,
                            "check its address and port; the same command sends what was not sent yet")  # fmt: skip

    def _fail(self, error: HandoutsError) -> None:
        """Stop everything: another message would fare no better."""
        self._fatal = self._fatal or error
        self._rota.stop()
