"""The jobs of a run on a Dask cluster: other machines make the files, which come back as bytes.

In: what all jobs share, and jobs. Out: an `Outcome` for each, with the bytes of its files. The project goes to the cluster once, as
an archive, so workers need the program and nothing else. Where a worker dies, its jobs are given to
others; the program and its libraries must be the same everywhere, or bytes would differ. worker.py is the other end.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from typing import TYPE_CHECKING, Any

from generator.batch.bundle import pack
from generator.batch.likeness import likeness
from generator.batch.records import Outcome
from generator.batch.worker import Task, describe, do, hold
from generator.errors import ClusterError, HandoutsError, unexpected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.batch.bundle import Bundle
    from generator.batch.records import Bench, Work

ANSWER = 5.0  # seconds in which a scheduler answers
PATIENCE = 30.0  # seconds that a run goes on without a single worker
GLANCE = 2.0  # seconds between looks at whether there are workers
PAUSE = 0.02
AGAIN = frozenset({"lost", "pending"})  # done by a worker that died before its result was fetched: another does it again
LARGE = "1 GB"  # Dask warns of tasks with large arguments; the archive is one, and goes there once


class Cluster:
    """The workers of one scheduler."""

    def __init__(self, address: str) -> None:
        """Take the scheduler's address, such as tcp://host:8786."""
        self._address = address

    def run(self, bench: Bench, works: Sequence[Work]) -> Iterator[Outcome]:
        """Do the jobs. Raises ClusterError where that cannot go on; what came before that is done."""
        client = _connect(self._address)
        try:
            self._insist(client)
            bundle = pack(bench.project, bench.templates)
            killed: list[Work] = []
            yield from self._round(client, bundle, works, killed)
            for work in killed:  # alone, lest they suffer for one another
                again: list[Work] = []
                yield from self._round(client, bundle, [work], again)
                for left in again:
                    message = f"{left.job.label}: every worker that made it was ended from outside"
                    hint = "the workers may lack memory: give them more, or start fewer"
                    yield Outcome(left.job, errors=[HandoutsError(message, None, hint)])
        finally:
            client.close(timeout=ANSWER)

    def _round(self, client: Any, bundle: Bundle, works: Sequence[Work], killed: list[Work]) -> Iterator[Outcome]:
        """Do the jobs; those whose workers died several times are left in `killed`: it may have been another's fault."""
        futures = _sent(client, bundle, works)
        try:
            yield from self._results(client, futures, killed)
        finally:
            if client.status == "running":
                client.cancel(list(futures), force=True)

    def _insist(self, client: Any) -> None:
        """Refuse a cluster without workers, and one whose workers have another program."""
        until = time.monotonic() + ANSWER
        while not (found := _workers(client)):
            if time.monotonic() > until:
                raise self._without_workers()
            time.sleep(0.1)
        try:
            answers = client.run(describe, likeness())
        except (ImportError, AttributeError) as exc:
            raise ClusterError(f"a worker of {self._address} has no handouts, or an old one ({exc})", None,
                               "install the same version there as here, and start the worker again") from exc  # fmt: skip
        for worker in found:
            if answers.get(worker):
                raise _unlike(f"the worker {worker}", answers[worker])

    def _results(self, client: Any, futures: dict[Any, Work], killed: list[Work]) -> Iterator[Outcome]:
        """Give what comes back, as it comes."""
        from distributed import as_completed

        done = as_completed(list(futures), loop=client.loop)
        looked = seen = time.monotonic()
        while futures:
            batch = done.next_batch(block=False)
            for future in batch:
                if future.status in AGAIN:
                    done.add(future)
                    continue
                work = futures.pop(future)
                outcome = self._outcome(client, future, work)
                if outcome is None:
                    killed.append(work)
                else:
                    yield outcome
            now = time.monotonic()
            if client.status != "running":
                raise self._lost()
            if not batch:
                time.sleep(PAUSE)
            if now - looked > GLANCE:
                looked = now
                seen = now if _workers(client) else seen
                if now - seen > PATIENCE:
                    raise self._without_workers()

    def _outcome(self, client: Any, future: Any, work: Work) -> Outcome | None:
        """Give what came of a job; None where its workers died."""
        if future.status == "finished":
            result: Outcome = future.result()
            future.release()
            return result
        if future.status != "error" or client.status != "running":
            raise self._lost()
        error = future.exception()
        if isinstance(error, ClusterError):
            raise error
        if isinstance(error, ImportError | AttributeError):
            raise ClusterError("a worker that came in mid-run has no handouts, or an old one", None,
                               "install the same version there as here, and start the worker again") from error  # fmt: skip
        if type(error).__name__ == "KilledWorker":
            return None
        return Outcome(work.job, errors=[unexpected(error, work.job.label)])

    def _without_workers(self) -> ClusterError:
        return ClusterError(f"the scheduler at {self._address} has no workers", None,
                            f"start one on each machine: dask worker {self._address} --nthreads 1; then build again")  # fmt: skip

    def _lost(self) -> ClusterError:
        return ClusterError(f"the scheduler at {self._address} is gone", None,
                            "start it and its workers, and build again: what came back before is kept")  # fmt: skip


def _connect(address: str) -> Any:
    try:
        import dask
        from distributed import Client
    except ImportError as exc:
        raise ClusterError("building on a cluster needs the library distributed", None, "pip install 'handouts[cluster]'") from exc
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is said by this program's errors
    dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGE})
    try:
        return Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as exc:
        raise ClusterError(f"no scheduler answers at {address}", None,
                           "start one (dask scheduler), and give the address that it prints, such as tcp://host:8786") from exc  # fmt: skip


def _workers(client: Any) -> list[str]:
    try:
        return list(client.nthreads())
    except (OSError, TimeoutError, ValueError, AttributeError):  # between two connections
        return []


def _sent(client: Any, bundle: Bundle, works: Sequence[Work]) -> dict[Any, Work]:
    """Hand all jobs to the scheduler. The archive is a task's argument, so that it is there again when a worker that held it dies."""
    name = hashlib.sha256(bundle.data).hexdigest()
    run = os.urandom(4).hex()
    held = client.submit(hold, bundle.data, key=f"handouts-{run}-inputs")
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    out = {}
    for number, work in enumerate(works):
        task = Task(work, epoch, name, bundle.project, bundle.templates, likeness())
        out[client.submit(do, task, held, key=f"handouts-{run}-{number}")] = work
    return out


def _unlike(who: str, what: str) -> ClusterError:
    return ClusterError(f"{who} would make other files than this machine: it has {what}", None,
                        "install the same versions there as here, and start the worker again")  # fmt: skip
