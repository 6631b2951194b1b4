"""Stage 2, translate: what was written, in the reader's language, from gettext catalogs. English stands for itself."""
