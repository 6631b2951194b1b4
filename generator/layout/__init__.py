"""Stage 5, layout: the styled tree in, pages of placed fragments out, each tied to the structure tree.

Knows styles, the typographer and the pictures it is handed; knows no files, no Jinja, no Markdown, no ReportLab.
"""
