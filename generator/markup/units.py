"""A number and its unit, which stay on one line: 160 mg, 5 mL, 38 °C, 30 Minuten.

Out: an expression. Units are signs of at most three letters, alike in most languages, and the words for minutes and hours, which tables
of times are full of. Any other short word is no unit ("10 to 30"), so they are listed.
"""

from __future__ import annotations

SIGNS = (
    "mg", "g", "kg", "µg", "μg", "mcg", "mL", "ml", "L", "l", "dL", "dl", "cL", "cl", "mm", "cm", "m", "km", "ft", "lb", "lbs", "oz", "IU", "UI",
    "kJ", "cal", "h", "hr", "hrs", "min", "s", "sec", "ms", "Hz", "kHz", "dB", "V", "W", "kW", "Std", "мг", "г", "кг", "мкг", "мл", "л", "мм", "см",
    "м", "км", "ч", "мин", "с", "مل", "ملغ", "كغ", "غ", "%", "‰", "°C", "°F", "°", "℃", "℉", "€", "₽",
)  # fmt: skip
TIMES = (
    "minutes?", "hours?", "minutos?", "horas?", "heures?", "Minuten?", "Stunden?", "minuti", "minuto", "or[ae]", "phút", "giờ",
    "минут[аыу]?", "час(?:а|ов)?", "मिनट", "घंटे", "นาที", "ชั่วโมง", "دقيقة", "دقائق", "ساعة", "ساعات",
)  # fmt: skip
EXPRESSION = rf"(?<!\w)\d(?:[\d.,–/-]*\d)?[ ](?:{'|'.join([*SIGNS, *TIMES])})(?![\w-])"
