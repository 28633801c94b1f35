"""Numbers as Word prints them before headings: 一, （一）, 1, ①, 甲."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "japaneseDigitalTenThousand",
    "chineseLegalSimplified",
}
_BY_SIGN = {
    "ideographTraditional": _STEMS,
    "decimalEnclosedCircle": _CIRCLED,
    "lowerLetter": _LETTERS,
    "upperLetter": _LETTERS.upper(),
}


def printed_number(number: int, style: str) -> str:
    """A number in a style that a file names (ST_NumberFormat of ECMA-376).

    Plain digits when the style is not known or has no sign for the number: circled
    numbers end with ⑳, letters with z. Bullets are no numbers and give nothing.
    """
    if style in _CHINESE:
        return chinese(number)
    if style in {"bullet", "none"}:
        return ""
    signs = _BY_SIGN.get(style, "")
    if 0 < number <= len(signs):
        return signs[number - 1]
    return str(number)


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 105 → 一百零五; plain digits from 1000 on."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, below = divmod(number, 100)
    tens, ones = divmod(below, 10)
    text = ""
    if hundreds:
        text += f"{_DIGITS[hundreds]}百"
    # ten is 十 by itself and 一十 behind a hundred
    if tens == 1 and not hundreds:
        text += "十"
    elif tens:
        text += f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    if ones:
        text += _DIGITS[ones]
    return text
