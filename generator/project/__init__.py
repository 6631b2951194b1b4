"""Stage 1, read: a project folder in, its settings, facts, brands and handout sources out, each validated.

Every mistake is an error with file, line and column. Knows no Jinja, no Markdown and no PDF.
"""

from generator.project.assets import resolve_asset
from generator.project.load import load_project
from generator.project.records import (
    Brand,
    Colours,
    Face,
    Facts,
    HandoutSource,
    Hotline,
    Office,
    Project,
    Settings,
    State,
)
from generator.project.source import Source

__all__ = [
    "Brand",
    "Colours",
    "Face",
    "Facts",
    "HandoutSource",
    "Hotline",
    "Office",
    "Project",
    "Settings",
    "Source",
    "State",
    "load_project",
    "resolve_asset",
]
