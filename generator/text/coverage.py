"""Which scripts a font covers, told from its character map. In: a font file. Out: names of scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uharfbuzz as hb

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = {
    "Latin": "AaZzßéő", "Vietnamese": "ĂăĐđƠơƯưẤấỆệ", "Greek": "ΑαΩωΆ", "Cyrillic": "АаЯяЄє", "Arabic": "ابتثجي",
    "Hebrew": "אבגדת", "Devanagari": "अआकखह", "Bengali": "অআকখহ", "Tamil": "அஆகஙஹ", "Gujarati": "અઆકખહ", "Thai": "กขคฮา",
    "Lao": "ກຂຄຮາ", "Khmer": "កខគហា", "Ethiopic": "አበገደሀ", "Chinese": "的一是不了", "Japanese": "あいうアイ日本", "Korean": "가나다한글",
}  # fmt: skip


def scripts_of(path: Path) -> list[str]:
    """List the scripts of which a font has every sample character."""
    characters = hb.Face(hb.Blob.from_file_path(str(path)), 0).unicodes
    have = set(characters)
    return [name for name, sample in SAMPLES.items() if all(ord(c) in have for c in sample)]
