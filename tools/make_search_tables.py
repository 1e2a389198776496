"""Make the two character tables of the search: traditional to simplified, and readings.

Run it where opencc and pypinyin are installed, from the root of the project:

    python tools/make_search_tables.py

It writes jiaozhang/search/traditional.py and jiaozhang/search/readings.py, which are committed: the
browser uses the same tables, so a newer pypinyin must not change an index unnoticed.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import opencc
from pypinyin import Style, pinyin
from pypinyin.phrases_dict import phrases_dict

ROOM = Path(__file__).resolve().parent.parent / "jiaozhang" / "search"
# A second reading counts when at least this share of the phrases with a character has it.
_SHARE = 0.1


def simplified_characters() -> list[str]:
    """The 6,763 characters of GB 2312, in its order."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def traditional(known: set[str]) -> str:
    """Pairs of characters, the traditional one first, for what GB 2312 writes otherwise."""
    convert = opencc.OpenCC("t2s").convert
    pairs = []
    for point in range(0x4E00, 0xA000):
        char = chr(point)
        if char in known or unicodedata.normalize("NFKC", char) != char:
            continue
        simple = convert(char)
        if simple != char and simple in known:
            pairs.append(char + simple)
    return "".join(pairs)


def readings(chars: list[str]) -> dict[str, list[str]]:
    """From each syllable to its characters; one with two usual readings stands in two lists."""
    usage: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase in phrases_dict:
        spoken = pinyin(phrase, style=Style.NORMAL)
        if len(spoken) == len(phrase):
            for char, (syllable,) in zip(phrase, spoken, strict=True):
                usage[char][syllable] += 1
    table: dict[str, list[str]] = defaultdict(list)
    for char in chars:
        first = pinyin(char, style=Style.NORMAL)[0][0]
        counts = usage[char]
        total = sum(counts.values())
        usual = [s for s, n in counts.most_common(2) if n >= max(2, _SHARE * total)]
        for syllable in dict.fromkeys([*usual, first] if total < 5 else usual or [first]):
            if syllable.isascii() and syllable.isalpha():
                table[syllable].append(char)
    return dict(sorted(table.items()))


def literal(name: str, text: str, width: int) -> str:
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    quoted = "\n".join(f'    "{line}"' for line in lines)
    return f"{name} = (\n{quoted}\n)\n"


def main() -> None:
    chars = simplified_characters()
    head = '"""{}\n\nMade by tools/make_search_tables.py; not edited by hand.\n"""\n\n'
    ROOM.joinpath("traditional.py").write_text(
        head.format("Traditional characters, each followed by its simplified form.")
        + literal("PAIRS", traditional(set(chars)), 46),
        encoding="utf-8",
    )
    rows = ";".join(f"{syllable}:{''.join(own)}" for syllable, own in readings(chars).items())
    ROOM.joinpath("readings.py").write_text(
        head.format("Syllables without tones, each with its characters: `a:啊阿;ai:…`.")
        + literal("SYLLABLES", rows, 46),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
