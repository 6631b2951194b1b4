"""The README's pictures, and the command that makes them: `python -m tests.pictures`."""
