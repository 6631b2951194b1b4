"""The entrance of the `handouts` command: what must happen before anything is imported, then the commands."""

from __future__ import annotations

import atexit
import gc
import sys

ALONE = ("--clients", "--scheduler", "--watch")  # builds that have no use for a second process, or have their own


def start() -> None:
    """Run the command line."""
    gc.disable()  # imports make objects, not garbage; a run turns the collector on again
    atexit.register(gc.freeze)  # the interpreter's last collection would visit every object to free memory that ends with it
    if sys.argv[1:2] == ["build"] and not any(argument.startswith(ALONE) for argument in sys.argv):
        from generator import relay

        relay.start()
    from generator.cli.main import main

    main()


if __name__ == "__main__":
    start()
