"""Processes that end with the one that started them, however that ends.

In: nothing but what the system knows. To be called by a process that was just started.
"""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing import parent_process

PR_SET_PDEATHSIG = 1  # prctl(2)


def end_with_parent() -> None:
    """Let this process end when the one that started it does. On Linux the system sees to it; elsewhere a thread waits, which costs more."""
    parent = parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        end_with(parent.pid)
        return
    from multiprocessing.connection import wait
    from threading import Thread

    Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


def end_with(parent: int | None) -> None:
    """Ask Linux to end this process with its parent."""
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was over before it could be asked
        os._exit(1)
