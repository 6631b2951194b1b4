"""Stage 7, finish: plans of pieces, run over the cores, written whole, told in a manifest. Knows not how a page is made."""
