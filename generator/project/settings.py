"""content/project.yml in, the project's settings out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import ProjectError
from generator.project.fields import read_fields
from generator.project.records import FORMATS, MailSettings, Settings, Wording
from generator.project.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project.fields import Fields

UNASSIGNED = re.compile("AA|Q[M-Z]|X[A-JL-Z]|ZZ")  # ISO 3166-1 8.1.3, but for XK, which Kosovo goes by
_FIELDS = ("default_locale", "locales", "brands", "build", "region", "incomplete", "hotlines", "mail", "words")
PAPERS = ("letter", "half-letter", "a4", "a5", "a6", "4x6", "3x5", "3.5x2", "85x55")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
POLICIES = ("refuse", "mark", "source")
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?|qps-plocm?")


def load_settings(path: Path, root: Path) -> Settings:
    """Read the settings; without the file, the defaults. `brands` empty means all, by name."""
    if not path.exists():
        return Settings()
    fields = read_fields(read_source(path, root, ProjectError), _FIELDS, ProjectError)
    default = fields.text("default_locale", "en-US")
    locales = fields.texts("locales") or (default,)
    for name, locale in (("default_locale", default), *(("locales", locale) for locale in locales)):
        if not TAG.fullmatch(locale):
            several = locale.split()
            hint = f"write a list: [{', '.join(several)}]" if len(several) > 1 else "write language, script and region like es, zh-Hans or pt-BR"
            raise fields.fail(f'"{locale}" is no locale', name, hint)
    if default not in locales:
        hint = f"add {default} to locales, or choose another default"
        raise fields.fail(f'the default locale "{default}" is not among the locales', "default_locale", hint)
    build = fields.child("build", FORMATS)
    papers = {} if build is None else {name: build.texts(name, PAPERS) for name in build}
    region = fields.text("region", _region_of(default))
    if not re.fullmatch("[A-Z]{2}", region) or UNASSIGNED.fullmatch(region):
        raise fields.fail(f'"{region}" is no region', "region", "write two capital letters, such as US or CA")
    incomplete = _by_locale(fields, "incomplete", locales)
    hotlines = fields.child("hotlines", locales)
    named = {} if hotlines is None else {locale: hotlines.texts(locale) for locale in hotlines}
    return Settings(default, locales, fields.texts("brands"), papers, region, incomplete, named, _mail(fields, root), _words(fields))


def _region_of(locale: str) -> str:
    last = locale.rpartition("-")[2]
    return last if re.fullmatch("[A-Z]{2}", last) else "US"


def _by_locale(fields: Fields, name: str, locales: tuple[str, ...]) -> dict[str, str]:
    """Read what each locale gets that has an entry."""
    child = fields.child(name, locales)
    return {} if child is None else {locale: child.choice(locale, POLICIES, "refuse") for locale in child}


def _words(fields: Fields) -> dict[str, Wording]:
    """Read what the project says instead of the templates' words; what they fill in must stay."""
    out: dict[str, Wording] = {}
    child = fields.child("words", None)
    if child is None:
        return out
    for word in child:
        own = child.text(word, "")
        if own and set(PLACEHOLDER.findall(own)) != set(PLACEHOLDER.findall(word)):
            held = ", ".join(PLACEHOLDER.findall(word)) or "nothing"
            raise child.fail(f"“{own}” must fill in what “{word}” does: {held}", word, "keep every %(…)s as it is, and add none")
        out[word] = Wording(own, child.position(word))
    return out


def _mail(fields: Fields, root: Path) -> MailSettings:
    if "mail" not in fields:
        return MailSettings()
    from generator.project.mail_settings import FIELDS, read_mail  # a build without mail need not import it

    block = fields.child("mail", FIELDS)
    return read_mail(block, root) if block is not None else MailSettings()
