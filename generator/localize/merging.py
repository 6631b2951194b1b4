"""A template merged into what translators have, losing nothing of theirs.

In: a catalog's bytes and a template. Out: the catalog's new bytes. Babel merges, and writes what is new; alike.py decides which old text a
new one resembles; whatever a translator's program wrote keeps its lines as they were: where strings are wrapped, header, remarks,
order of flags, obsolete entries, line ends. Knows no handouts.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from generator.errors import ContentError, Position
from generator.localize import habits
from generator.localize.alike import Alike
from generator.localize.catalog import check_charset, lines_of
from generator.localize.po import LINE, Block, blocks, composed, read_escaped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DATED = re.compile(rb"POT-Creation-Date: [^\\]*")
OURS = ("#.", "#:", "#,", "#|")  # comments that are not a translator's
MADE_FOR = re.compile(r"# Texts of (.+)\.$", re.MULTILINE)
OWN = "handouts"  # what the catalogs that the program carries are called after
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
WIDTH = 79
REVIEW = '"X-Reviewed-By: \\n"\n"X-Reviewed: \\n"'
Key = tuple[str | None, str]


def written(catalog: Any) -> bytes:
    """Write a template, or a catalog that has just been made from one."""
    from babel.messages.pofile import write_po

    buffer = io.BytesIO()
    write_po(buffer, catalog, width=WIDTH, ignore_obsolete=True)
    return buffer.getvalue().rstrip() + b"\n"


def in_locale(data: bytes, locale: str) -> bytes:
    """Give a catalog with its language in the header: it may be taken over from another's, or Babel may not know it."""
    known = babel_name(locale)
    name = known if habits.language(known.replace("_", "-")) == habits.language(locale) else locale.replace("-", "_")
    return re.sub(rb'"Language: [^\\"]*', f'"Language: {name}'.encode(), data, count=1)


def same(one: bytes, other: bytes) -> bool:
    """Tell whether two files differ in the day they were made at most; then the old one may stay."""
    return DATED.sub(b"", one, count=1) == DATED.sub(b"", other, count=1)


def begun(fresh: Any, locale: str) -> bytes:
    """Make a catalog for a translator to fill in, with a place in its header to sign it."""
    fresh.locale = babel_name(locale)
    text = written(fresh).decode()
    return in_locale(text.replace("\n\n", f"\n{REVIEW}\n\n", 1).encode(), locale)


def merged(old: bytes, fresh: Any, locale: str, shown: str) -> bytes:
    """Merge a template into a catalog. Raises ContentError at the line where it cannot be read."""
    lines = lines_of(old, shown)
    there = blocks(lines, shown)
    wanted = {str(m.id) for m in fresh if m.id}
    alive = [b for b in there if not b.obsolete]
    for header in (b.words.get("msgstr", "") for b in alive if b.key == (None, "")):
        check_charset(header, lines, shown)
    back = {b.key: b for b in there if b.obsolete and b.is_whole and b.key[1] in wanted - {b.key[1] for b in alive}}
    before = _by_text([*alive, *map(_revived, back.values())], wanted)
    found, gone = _updated(before, fresh, locale, shown)
    head = next((_shown(b) for b in alive if b.key == (None, "")), None)
    texts = [_named(_dated(head, fresh), fresh.project) if head else begun(fresh, locale).decode().partition("\n\n")[0]]
    texts += [_joined(block, before.get(block.key)) for block in found[1:]]
    texts += [_retired(before[key]) for key in gone if key in before and _has_work(before[key])]
    texts += [_shown(b) for b in there if b.obsolete and b is not back.get(b.key)]
    text = "\n\n".join(texts) + ("\n\n" if old.endswith((b"\n\n", b"\r\n\r\n")) else "\n")
    if b"\r\n" in old:
        text = text.replace("\n", "\r\n")
    return old if same(text.encode(), old) else text.encode()


def _by_text(alive: Sequence[Block], wanted: set[str]) -> dict[Key, Block]:
    """Give entries by their keys; one to which a translator's program gave a context goes by its text alone, as a build takes it."""
    out = {b.key: b for b in alive}
    for block in alive:
        plain = (None, block.key[1])
        if block.key[1] in wanted and plain not in out:
            out[plain] = out.pop(block.key)
    return out


def _updated(before: Mapping[Key, Block], fresh: Any, locale: str, shown: str) -> tuple[list[Block], list[Key]]:
    """Let Babel merge; give its entries in the template's order, and the keys of those that have no place any more."""
    from babel.messages.pofile import PoFileError, read_po

    # Babel takes a previous text for a translator's remark, and does not know it before an obsolete entry.
    text = "\n\n".join("\n".join([*(c for c in b.comments if not c.startswith("#|")), *_raw(b, key)]) for key, b in before.items())
    try:
        catalog = read_po(io.StringIO(composed(text)), locale=babel_name(locale), abort_invalid=True)
    except (PoFileError, ValueError) as exc:
        raise ContentError(f"the catalog cannot be read: {exc}", Position(shown), "it was left as it is") from exc
    catalog.update(fresh, no_fuzzy_matching=True, update_header_comment=False, keep_user_comments=True)
    _guess(catalog, before)
    gone = [(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in catalog.obsolete.values()]
    previous = {str(m.id): str(m.previous_id[0]) for m in catalog if m.previous_id and isinstance(m.id, str)}
    found = blocks(written(catalog).decode().split("\n"), shown)
    return [block._replace(comments=(*block.comments, *_previous(previous.get(block.key[1], "")))) for block in found], gone


def _guess(catalog: Any, before: Mapping[Key, Block]) -> None:
    """Give new messages the translations of those that they resemble, as fuzzy: what is gone first, which then need not be kept beside."""
    new = [m for m in catalog if m.id and isinstance(m.id, str) and (m.context, m.id) not in before]
    if not new:
        return
    gone = {_text(m.id): key for key, m in catalog.obsolete.items() if _text(m.string)}
    there = {m.id: m for m in catalog if isinstance(m.id, str) and m.id and m.string}
    of_gone, of_there = Alike(gone), Alike(there)
    used = set()
    for message in new:
        text = of_gone.nearest(message.id) or of_there.nearest(message.id)
        if text is None:
            continue
        old = catalog.obsolete[gone[text]] if text in gone else there[text]
        used |= {gone[text]} if text in gone else set()
        message.string, message.previous_id = _text(old.string), [text]
        message.flags |= {*old.flags, "fuzzy"}
        message.user_comments = list(old.user_comments)
    for key in used:
        del catalog.obsolete[key]


def _text(text: Any) -> str:
    """Give a text, or the singular of one that has a plural."""
    return str(text if isinstance(text, str) else text[0])


def _previous(text: str) -> list[str]:
    """Write the text that an entry had before it changed. Babel wraps such a line like a remark, which no program of gettext's can read."""
    from babel.messages.pofile import normalize

    return [f"#| {line}" for line in f"msgid {normalize(text, width=WIDTH)}".split("\n")] if text else []


def _mended(previous: list[str]) -> list[str]:
    """Give previous texts as they are, or, where Babel has wrapped them, written anew."""
    strings = [line[2:].strip() for line in previous]
    if all(LINE.fullmatch(text) for text in strings):
        return previous
    return _previous(read_escaped("".join(QUOTED.findall(" ".join(strings)))))


def _raw(block: Block, key: Key) -> Sequence[str]:
    """Give an entry's lines from its msgid on, where it goes by its text alone."""
    if key == block.key:
        return block.raw
    first = next(at for at, line in enumerate(block.raw) if line.lstrip().startswith("msgid"))
    return block.raw[first:]


def _joined(new: Block, old: Block | None) -> str:
    """Write an entry as its translator left it, with new places and, where it has become so, as fuzzy."""
    if old is None:
        return _shown(new)
    lines = [c for c in old.comments if c[:2] not in OURS]
    lines += [c for c in new.comments if c[:2] in ("#.", "#:")]
    plural = "msgid_plural" in old.words  # a translator's own, and theirs to keep
    lines += _of(old, "#,") if plural or _flags(new) <= _flags(old) else _of(new, "#,")
    lines += _mended(_of(old, "#|")) or _of(new, "#|")
    words = {keyword: composed(text) for keyword, text in old.words.items() if keyword != "msgctxt"}
    return "\n".join([*lines, *(old.raw if plural or new.words == words else new.raw)])


def _flags(block: Block) -> set[str]:
    return {flag.strip() for line in _of(block, "#,") for flag in line[2:].split(",")}


def _of(block: Block, mark: str) -> list[str]:
    return [c for c in block.comments if c.startswith(mark)]


def _shown(block: Block) -> str:
    return "\n".join([*block.comments, *block.raw])


def _has_work(block: Block) -> bool:
    """Tell whether a translator has written anything here."""
    remarks = any(c[:2] not in OURS for c in block.comments)
    return remarks or any(text for keyword, text in block.words.items() if keyword.startswith("msgstr"))


def _retired(block: Block) -> str:
    """Write an entry as obsolete: what its translator wrote, without places."""
    kept = [c for c in block.comments if c[:2] not in ("#.", "#:", "#|")]
    return "\n".join([*kept, *(f"#~ {line}" for line in block.raw)])


def _revived(block: Block) -> Block:
    """Take an obsolete entry back into use."""
    return block._replace(obsolete=False, raw=tuple(re.sub(r"^\s*#~\s?", "", line) for line in block.raw))


def _dated(header: str, fresh: Any) -> str:
    """Give the old header with the template's day."""
    from babel.dates import format_datetime

    day = format_datetime(fresh.creation_date, "yyyy-MM-dd HH:mmZ", locale="en")
    return re.sub(r"POT-Creation-Date: [^\\]*", f"POT-Creation-Date: {day}", header, count=1)


def _named(header: str, project: str) -> str:
    """Give a header that was made for one project, and copied from there, the name of this one; the program's own keep theirs."""
    found = MADE_FOR.match(header)
    if found is None or found[1] == OWN:
        return header
    header = header.replace(f"Project-Id-Version: {found[1]} ", f"Project-Id-Version: {project} ", 1)
    return f"# Texts of {project}.{header[found.end():]}"


def babel_name(locale: str) -> str:
    """Give the name that Babel has for a locale, or for the nearest that it knows."""
    from babel import Locale, UnknownLocaleError

    for name in habits.chain(locale):
        try:
            return str(Locale.parse(name, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"
