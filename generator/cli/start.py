"""The entrance of the `handouts` command: what must happen before anything is imported, then the commands."""

from __future__ import annotations

import atexit
import gc
import os
import sys

ALONE = ("--clients", "--scheduler", "--watch")  # builds that have no use for a second process, or have their own


def start() -> None:
    """Run the command line."""
    gc.disable()  # imports make objects, not garbage; a run turns the collector on again
    atexit.register(gc.freeze)  # the interpreter's last collection would visit every object to free memory that ends with it
    _fill_gaps()
    plain = sys.argv[1:2] == ["build"] and not any(argument.startswith(ALONE) for argument in sys.argv)
    try:
        if plain:
            from generator import relay

            relay.start()
        from generator.cli.main import main

        try:
            main()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
    except SystemExit as end:
        if plain and isinstance(end.code, int):
            os._exit(end.code)  # all is written; taking the interpreter apart would only free what ends with it
        raise
    except KeyboardInterrupt:  # before click listens
        _end("\nAborted!")
    except OSError as exc:  # click has dealt with its own
        gone = isinstance(exc, FileNotFoundError) and exc.filename is None
        what = "the folder that this was started in is gone" if gone else exc.filename or "what the command prints cannot be written"
        _end(f"error: {what}: {exc.strerror or exc}")


def _fill_gaps() -> None:
    """Open what a caller has closed of the first three files: the next pipe would be taken for it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - for as long as the process lives


def _end(message: str) -> None:
    """Say why, where that can still be said, and end without writing the rest."""
    try:
        os.write(2, f"{message}\n".encode())
    finally:
        os._exit(1)


if __name__ == "__main__":
    start()
