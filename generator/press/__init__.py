"""Stage 7, for the printer: finished PDF files and a plan in, sheets to print, fold and cut out. Knows not how a page is made."""
