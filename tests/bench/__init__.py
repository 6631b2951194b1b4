"""The benchmark: this program beside Typst and WeasyPrint, on the same words, in one run. `python -m tests.bench`."""
