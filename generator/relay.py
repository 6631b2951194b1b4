"""A compositor in a second process, so that a single piece uses two cores: while one marks up, the other gets ready.

The child is forked before anything else is imported (`start`), imports stages 4 to 6 while its parent imports stages 1 to
3, and then sets what is sent. In: manuscripts. Out: results; errors cross the pipe as they are. Where the system cannot
fork, `start` does nothing and the pipeline composes at home. This module imports nothing heavy.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing, pickle and the rest would be imported before the fork, while the other core waits
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, BinaryIO

    from generator.compositor import Compositor
    from generator.manuscript import Manuscript, Result
    from generator.project.records import Brand

_running: list[Relay] = []  # the one that `start` made, until somebody takes it


class Relay:
    """The parent's end. `compose` is the same as a Compositor's."""

    def __init__(self, pid: int, to: BinaryIO, back: BinaryIO) -> None:
        """Take the child and the pipes to it and back."""
        self._pid, self._to, self._back = pid, to, back

    def prepare(self, folders: tuple[Path, ...], template: str, brand: Brand, locale: str, cache: Path | None) -> None:
        """Let the child get ready for a template, a brand and a language; it does not answer."""
        try:
            self._send(("prepare", folders, template, brand, locale, cache))
        except OSError:  # the first manuscript will tell
            return

    def compose(self, manuscript: Manuscript) -> Result:
        """Have it made. Raises what the compositor raised, and a HandoutsError where the child is gone."""
        import pickle

        from generator.errors import HandoutsError
        from generator.tree import page_text

        try:
            self._send(("compose", manuscript._replace(tree=page_text(manuscript.tree))))
            answer, value = pickle.load(self._back)  # noqa: S301 - our own child's words
        except (EOFError, OSError) as exc:
            raise HandoutsError("the second process of this run was ended from outside", None,
                                "build again; with --jobs 1 there is only one process") from exc  # fmt: skip
        if answer == "error":
            raise value
        result: Result = value
        return result

    def close(self) -> None:
        """Let the child end, and wait for it. May be called again."""
        if self._to.closed:
            return
        for pipe in (self._to, self._back):
            try:
                pipe.close()
            except OSError:  # the child is gone, and what was on the way with it
                continue
        os.waitpid(self._pid, 0)

    def _send(self, message: tuple[Any, ...]) -> None:
        import pickle

        pickle.dump(message, self._to, pickle.HIGHEST_PROTOCOL)
        self._to.flush()


def start() -> None:
    """Fork the child, where that is possible and another core is there to use."""
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2:
        return
    down, up = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(down[1])
        os.close(up[0])
        _serve(os.fdopen(down[0], "rb"), os.fdopen(up[1], "wb"))
    os.close(down[0])
    os.close(up[1])
    _running.append(Relay(pid, os.fdopen(down[1], "wb"), os.fdopen(up[0], "rb")))


def take() -> Relay | None:
    """Give the running relay to whoever will close it."""
    return _running.pop() if _running else None


def _serve(inbox: BinaryIO, outbox: BinaryIO) -> None:
    """Be the child: get ready, then answer until the parent closes its pipe or dies. Never returns."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and closes
    code = 1
    try:
        from generator.compositor import Compositor

        compositor = Compositor()
        while _answer(compositor, inbox, outbox):
            pass
        code = 0
    finally:
        os._exit(code)  # its parent's output buffers and exit handlers are not the child's to run


def _answer(compositor: Compositor, inbox: BinaryIO, outbox: BinaryIO) -> bool:
    import pickle

    try:
        what, *rest = pickle.load(inbox)  # noqa: S301 - our own parent's words
    except EOFError:
        return False
    if what == "prepare":
        compositor.prepare(*rest)
        return True
    pickle.dump(_composed(compositor, rest[0]), outbox, pickle.HIGHEST_PROTOCOL)
    outbox.flush()
    return True


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
