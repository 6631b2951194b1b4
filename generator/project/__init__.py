"""Stage 1, read: a project folder in, its settings, facts, brands and handout sources out, each validated.

Every mistake is an error with file, line and column. Knows no Jinja, no Markdown and no PDF. The entrance is `load.load_project`; this
module imports nothing, since whoever is handed a record (`records.py`) needs no YAML.
"""
