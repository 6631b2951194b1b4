"""A second process from the first moment on, so that a single piece uses two cores: while one marks up, the other gets ready.

The child is forked before anything else is imported (`start`), imports stages 4 to 6 while its parent imports stages 1 to
3, and then sets what is sent: manuscripts in, results out; errors cross the pipe as they are. Where jobs are many, it forks the
staff of the run instead (batch/hands.py), each of which begins with all that the child has ready. Where the system cannot
fork, `start` does nothing and the pipeline composes at home. This module imports nothing heavy.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing, pickle and the rest would be imported before the fork, while the other core waits
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

    from generator.batch.records import Bench
    from generator.compositor import Compositor
    from generator.manuscript import Announced, Manuscript, Result

WIDTH = 1 << 20  # bytes
MOST = 16  # workers that one child forks
_running: list[Relay] = []  # the one that `start` made, until somebody takes it


class Relay:
    """The parent's end. `compose` is the same as a Compositor's."""

    def __init__(self, pid: int, to: BinaryIO, back: BinaryIO, links: list[tuple[int, int]]) -> None:
        """Take the child, the pipes to it and back, and pipes to and from a staff that there is none of yet."""
        self._pid, self._to, self._back, self._links = pid, to, back, links
        self.meanwhile: Callable[[], object] = _rest  # what the parent does while it waits

    def announce(self, announced: Announced) -> None:
        """Tell the child of the first piece, which it gets ready for; it does not answer."""
        try:
            self._send(("announced", announced))
        except OSError:  # the first manuscript will tell
            return

    def compose(self, manuscript: Manuscript) -> Result:
        """Have it made. Raises what the compositor raised, and a HandoutsError where the child is gone."""
        import pickle

        from generator.errors import HandoutsError
        from generator.tree import page_text

        try:
            self._send(("compose", manuscript._replace(tree=page_text(manuscript.tree))))
            self.meanwhile()
            answer, value = pickle.load(self._back)  # noqa: S301 - our own child's words
        except (EOFError, OSError) as exc:
            raise HandoutsError("the second process of this run was ended from outside", None,
                                "build again; with --jobs 1 there is only one process") from exc  # fmt: skip
        if answer == "error":
            raise value
        result: Result = value
        return result

    def staff(self, bench: Bench, count: int) -> list[tuple[int, int]]:
        """Have a staff forked; give the pipes to and from each, which are the caller's then. None where so many are not to be had."""
        if count > len(self._links):
            return []
        try:
            self._send(("staff", bench, count))
        except OSError:
            return []
        links, self._links = self._links[:count], self._links[count:]
        return links

    def close(self) -> None:
        """Let the child end, which it does while its parent goes on. May be called again."""
        if self._to.closed:
            return
        _close(self._links)
        self._links = []
        for last in (self._goodbye, self._to.close, self._back.close):
            try:
                last()
            except OSError:  # the child is gone, and what was on the way with it
                continue

    def wait(self) -> None:
        """Let the child end, and wait for it; once."""
        self.close()
        os.waitpid(self._pid, 0)

    def _goodbye(self) -> None:
        """Say that this is the end, as a killed parent would not: the child waits for its staff then."""
        self._send(("end",))

    def _send(self, message: tuple[Any, ...]) -> None:
        import pickle

        pickle.dump(message, self._to, pickle.HIGHEST_PROTOCOL)
        self._to.flush()


def _rest() -> None:
    """Do nothing."""


def start() -> None:
    """Fork the child, where that is possible and another core is there to use."""
    cores = os.cpu_count() or 1
    if sys.platform != "linux" or cores < 2:
        return
    pipes = [(*os.pipe(), *os.pipe()) for _ in range(1 + min(cores, MOST))]
    near, far = [(to, back) for _, to, back, _ in pipes], [(inbox, outbox) for inbox, _, _, outbox in pipes]
    _widen(pipes[0][1])
    pid = os.fork()
    if pid == 0:
        try:
            _close(near)
            (one, other), *links = far
            _serve(os.fdopen(one, "rb"), os.fdopen(other, "wb"), links)
        finally:
            os._exit(1)  # Ctrl-C before it is ignored
    _close(far)
    (one, other), *links = near
    _running.append(Relay(pid, os.fdopen(one, "wb"), os.fdopen(other, "rb"), links))


def _widen(pipe: int) -> None:
    """Make room in a pipe for a long text, so that a parent does not wait until its child has imported what reads it."""
    import fcntl

    try:
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, WIDTH)
    except OSError:  # more than this system lets a user have
        return


def _close(links: list[tuple[int, int]]) -> None:
    for link in links:
        for pipe in link:
            os.close(pipe)


def take() -> Relay | None:
    """Give the running relay to whoever will close it."""
    return _running.pop() if _running else None


def _serve(inbox: BinaryIO, outbox: BinaryIO, links: list[tuple[int, int]]) -> None:
    """Be the child: get ready, then answer until the parent closes its pipe or dies. Never returns."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and closes
    code = 1
    try:
        from generator.compositor import Compositor

        compositor = Compositor()
        _read_ahead(inbox)
        while _answer(compositor, inbox, outbox, links):
            pass
        code = 0
    finally:
        os._exit(code)  # its parent's output buffers and exit handlers are not the child's to run


def _rehearse(compositor: Compositor, announced: Announced, inbox: BinaryIO) -> None:
    """Get ready for as long as the parent marks up."""
    from contextlib import suppress

    with suppress(Exception):  # what is wrong comes again with the manuscript, and is told then
        for _ in compositor.rehearse(announced):
            if _is_called(inbox):
                return


def _leave_bones(compositor: Compositor) -> None:
    """Keep the bones of the page, which nobody waits for; what goes wrong with them costs the next process time and nothing else."""
    from contextlib import suppress

    with suppress(Exception):
        compositor.leave_bones()


def _is_called(inbox: BinaryIO) -> bool:
    from select import select

    return bool(select([inbox], [], [], 0)[0])


def _read_ahead(inbox: BinaryIO) -> None:
    """Import what a staff needs while the parent has nothing to say: it reads many handouts then."""
    if not _is_called(inbox):
        import generator.batch.hands  # noqa: F401


def _answer(compositor: Compositor, inbox: BinaryIO, outbox: BinaryIO, links: list[tuple[int, int]]) -> bool:
    import pickle

    try:
        what, *rest = pickle.load(inbox)  # noqa: S301 - our own parent's words
    except EOFError:
        return False
    if what == "compose":
        pickle.dump(_composed(compositor, rest[0]), outbox, pickle.HIGHEST_PROTOCOL)
        outbox.flush()
        _leave_bones(compositor)
    elif what == "announced":
        _rehearse(compositor, rest[0], inbox)
    elif what == "staff":
        _lead(compositor, links, *rest)
    elif what == "end":
        _wait_for_staff()
        return False
    return True


def _lead(compositor: Compositor, links: list[tuple[int, int]], bench: Bench, count: int) -> None:
    """Fork the staff."""
    from generator.batch.hands import lead
    from generator.pipeline import kindred

    _close(links[count:])
    lead(links[:count], bench, kindred(bench.cache, compositor))
    links.clear()


def _wait_for_staff() -> None:
    """Wait until all children have ended."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def _composed(compositor: Compositor, manuscript: Manuscript) -> tuple[str, Any]:
    from generator.errors import HandoutsError, unexpected
    from generator.tree import parse_page

    try:
        tree = parse_page(manuscript.tree)  # as HTML: an SVG in it has no namespaces, and as XML it would gain them
        return "result", compositor.compose(manuscript._replace(tree=tree))
    except HandoutsError as exc:
        return "error", exc
    except Exception as exc:  # noqa: BLE001
        return "error", unexpected(exc, manuscript.source.shown)
