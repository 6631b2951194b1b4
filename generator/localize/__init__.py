"""Stage 2, translate: the words of the templates in the reader's language. English is the source and stands for itself."""
