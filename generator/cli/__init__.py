"""The command line: options to a request, outcome to text and exit code. Thin; the only room that prints."""
