"""content/project.yml in, the project's settings out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ProjectError
from generator.project.fields import read_fields
from generator.project.records import FORMATS, MailSettings, Settings
from generator.project.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project.fields import Fields

_FIELDS = ("default_locale", "locales", "brands", "build", "mail")
PAPERS = ("letter", "half-letter", "a4", "a5", "a6", "4x6")
_DEFAULT_PAPERS: dict[str, tuple[str, ...]] = {"booklet": ("letter",), "cards": ("half-letter",)}


def load_settings(path: Path, root: Path) -> Settings:
    """Read the settings; without the file, the defaults. `brands` empty means all, by name."""
    if not path.exists():
        return Settings(papers=_DEFAULT_PAPERS)
    fields = read_fields(read_source(path, root, ProjectError), _FIELDS, ProjectError)
    default = fields.text("default_locale", "en-US")
    locales = fields.texts("locales") or (default,)
    if default not in locales:
        hint = f"add {default} to locales, or choose another default"
        raise fields.fail(f'the default locale "{default}" is not among the locales', "default_locale", hint)
    build = fields.child("build", FORMATS)
    papers = _DEFAULT_PAPERS if build is None else {name: build.texts(name, PAPERS) for name in build}
    return Settings(default, locales, fields.texts("brands"), papers, _mail(fields, root))


def _mail(fields: Fields, root: Path) -> MailSettings:
    if "mail" not in fields:
        return MailSettings()
    from generator.project.mail_settings import FIELDS, read_mail  # a build without mail need not import it

    block = fields.child("mail", FIELDS)
    return read_mail(block, root) if block is not None else MailSettings()
