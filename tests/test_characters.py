"""No character that is not seen, and none without a meaning, gets from the content into a site."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_hostile import WHOLE
from test_progress import MONTHLY, NODES, RECORD

from conftest import World
from jiaozhang.files.characters import IN_FILES, code_of, refused, without_refused
from jiaozhang.files.source import Source, Tree, text_source
from jiaozhang.files.toml_tree import parse_toml
from jiaozhang.files.yaml_tree import parse_yaml
from jiaozhang.markdown.prose import to_html
from jiaozhang.markdown.slips import slips_of
from jiaozhang.pages.downloads.calendars import _escaped_text
from jiaozhang.read import read_content

pytestmark = pytest.mark.slow

ALL = [chr(point) for point in range(0x110000)]
FILLER = "(HANGUL.*|KHITAN.*)FILLER$|PATTERN BLANK$"
JOINER = "ZERO WIDTH|(WORD|GRAPHEME) JOINER"
# Each class by the test of Unicode or by its range in the standard, apart from the code's own.
CLASSES = {
    "controls": [c for c in ALL if unicodedata.category(c) == "Cc" and c != "\n"],
    "formats": [c for c in ALL if unicodedata.category(c) == "Cf"],
    "separators": ["\u2028", "\u2029"],
    "directions": [
        c for c in ALL if unicodedata.bidirectional(c) in
        {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    ],
    "tags": ALL[0xE0000:0xE0080],
    "variation selectors": [
        c for c in ALL if "VARIATION SELECTOR" in unicodedata.name(c, "")
    ],
    "fillers": [c for c in ALL if re.search(FILLER, unicodedata.name(c, ""))],
    "joiners": [c for c in ALL if re.search(JOINER, unicodedata.name(c, ""))],
    "surrogates": ALL[0xD800:0xE000:61],
    "private": [*ALL[0xE000:0xF900:97], *ALL[0xF0000::4093]],
    "noncharacters": [*ALL[0xFDD0:0xFDF0], *ALL[0xFFFE::0x10000], *ALL[0xFFFF::0x10000]],
    "unassigned": [c for c in ALL[0xE0000:0xF0000:61] if unicodedata.category(c) == "Cn"],
}  # fmt: skip
FORBIDDEN = sorted({char for chars in CLASSES.values() for char in chars})
_LETTERS = {
    "\0": "0", "\a": "a", "\b": "b", "\t": "t", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e",
    "\x85": "N", "\u2028": "L", "\u2029": "P",
}  # fmt: skip


@pytest.mark.parametrize("name", CLASSES)
def test_every_character_of_a_forbidden_class_is_refused(name: str) -> None:
    assert len(CLASSES[name]) > 1
    assert [char for char in CLASSES[name] if not code_of(char)] == []


def test_all_that_python_cannot_print_is_refused_but_blanks_and_new_ideographs() -> None:
    let_in = [c for c in ALL if not c.isprintable() and not code_of(c)]
    new = [c for c in let_in if unicodedata.category(c) != "Zs"]
    assert all(0x20000 <= ord(c) < 0x3FFFE for c in new)
    assert all(unicodedata.category(c) == "Cn" for c in new)


def test_what_chinese_text_is_written_in_is_let_in() -> None:
    ranges = ((0x20, 0x7F), (0xA0, 0xAD), (0x3001, 0x3164), (0x3400, 0x4DC0), (0x4E00, 0xA000))
    for first, end in (*ranges, (0xFF01, 0xFFA0), (0x20000, 0x2A6E0), (0x2160, 0x2190)):
        assert [c for c in ALL[first:end] if code_of(c) and c.isprintable()] == []
    for text in ("李　四", "㎡", "①", "☎", "“”‘’—…·", "𠮷", "🚇", "é", "①\n②"):
        assert not any(refused(text))
        assert without_refused(text) == text


def _yaml_escapes(char: str) -> Iterator[str]:
    point = ord(char)
    yield f"\\U{point:08x}"
    yield from (f"\\u{point:04X}",) * (point < 0x10000)
    yield from (f"\\x{point:02x}",) * (point < 0x100)
    if char in _LETTERS:
        yield f"\\{_LETTERS[char]}"


def _toml_escapes(char: str) -> Iterator[str]:
    point = ord(char)
    yield f"\\U{point:08X}"
    yield from (f"\\u{point:04x}",) * (point < 0x10000)
    if char in "\b\t\f\r":
        yield f"\\{_LETTERS[char]}"


def test_every_spelling_in_yaml_is_refused_at_its_place() -> None:
    for char in FORBIDDEN:
        for escape in _yaml_escapes(char):
            for text in (
                f'甲: 乙\n丙: ["丁\\\\x00{escape}戊"]\n',
                f'甲: 乙\n"丙\\\\{escape}": 戊\n',
            ):
                document, faults = parse_yaml(Source("f.yaml", "f.yaml", text))
                assert [fault.place.line for fault in faults] == [2], escape
                if 0xD800 <= ord(char) < 0xE000:
                    continue  # libyaml reads none, and says so in its own place
                assert faults[0].place.column == text.split("\n")[1].rindex(escape) + 1
                assert faults[0].code == code_of(char)
                assert document and not any(refused(repr(document.root)))


def test_every_spelling_in_toml_is_refused_at_its_place() -> None:
    for char in FORBIDDEN:
        for escape in _toml_escapes(char):
            for value in (f'丁\\\\u0000{escape}戊"', f'""\n丁{escape}戊"""'):
                text = f'a = \'\\u202e\' # "\\u202e"\nb = [1, "{value}]\n'
                document, faults = parse_toml(Source("f.toml", "f.toml", text))
                line = text[: text.index(escape + "戊")].count("\n") + 1
                assert [fault.place.line for fault in faults] == [line], escape
                if 0xD800 <= ord(char) < 0xE000:
                    continue
                assert faults[0].place.excerpt[faults[0].place.column - 1 :].startswith(escape)
                assert document and not any(refused(repr(document.root)))


def test_every_character_is_refused_where_it_stands_as_itself() -> None:
    for char in FORBIDDEN:
        # A lone CR is an old line end; UTF-8 has no surrogates.
        if char in IN_FILES or char == "\r" or 0xD800 <= ord(char) < 0xE000:
            continue
        source, faults = text_source(f"一\n二\t{char}三\n", "f.md", "f.md")
        assert source is None
        assert [(f.place.line, f.place.column, f.code) for f in faults] == [(2, 3, code_of(char))]


def test_a_tab_stands_in_no_value_and_may_part_a_key_from_it() -> None:
    _, faults = parse_yaml(Source("f.yaml", "f.yaml", "甲:\t乙\n丙: 丁\t戊\n己: '庚\t'\n"))
    assert [(f.place.line, f.place.column) for f in faults] == [(2, 5), (3, 6)]


Path = tuple[str | int, ...]


def _texts(value: object, path: Path = ()) -> Iterator[tuple[Path, bool]]:
    """Where the texts of a value stand; and the keys that an editor chooses."""
    if isinstance(value, dict):
        for key, own in value.items():
            yield (*path, key), True
            yield from _texts(own, (*path, key))
    elif isinstance(value, list):
        for at, own in enumerate(value):
            yield from _texts(own, (*path, at))
    elif isinstance(value, str):
        yield path, False


def _with(value: object, path: Path, is_key: bool, char: str) -> object:
    if not path:
        return f"{value}{char}"
    first, rest = path[0], path[1:]
    if isinstance(value, list):
        return [
            _with(own, rest, is_key, char) if at == first else own for at, own in enumerate(value)
        ]
    assert isinstance(value, dict)
    if is_key and not rest:
        return {(f"{key}{char}" if key == first else key): own for key, own in value.items()}
    return {**value, first: _with(value[first], rest, is_key, char)}


FILES = {
    **WHOLE,
    "content/aliases.yaml": [{"words": ["停车位"], "means": ["停车泊位"]}],
    "content/redirects.yaml": [{"from": "2025/a/", "to": "2025/b/", "reason": "并入"}],
    "content/internal/redirects.yaml": [{"from": "2025/c/", "reason": "撤下"}],
}
PLACES = [(key, *where) for key, value in FILES.items() for where in _texts(value)]


@pytest.mark.parametrize("char", ["\u202e", "\u200b", "\0", "\r", "\ue000", "\ufe0f", "\u2028"])
def test_no_text_and_no_key_of_any_file_lets_one_in(char: str) -> None:
    assert len(PLACES) > 250
    for name, path, is_key in PLACES:
        # JSON is YAML, and spells what is not ASCII by escapes.
        text = json.dumps(_with(FILES[name], path, is_key, char), indent=1)
        if name.endswith(".md"):
            text = f"---\n{text}\n---\n正文。\n"
        key = name.removeprefix("content/")
        sources = {key: Source(name, key, text)}
        _, faults = read_content(Tree("content", sources, ()), None)
        escape = f"\\u{ord(char):04x}" if char not in "\r" else "\\r"
        (line,) = (at for at, own in enumerate(text.split("\n"), 1) if escape in own)
        assert (code_of(char), name, line) in {(f.code, f.place.path, f.place.line) for f in faults}


ENTITIES = ["&#{0};", "&#x{0:x};", "&#X{0:X};"]
NAMED = [name for name, text in html.entities.html5.items() if any(map(code_of, text))]


@pytest.mark.parametrize("form", ENTITIES)
def test_an_entity_in_a_text_is_no_character(form: str) -> None:
    for char in FORBIDDEN[::5]:
        text = f"一\n\n二{form.format(ord(char))}三"
        shown = to_html(text)
        assert not any(refused(html.unescape(str(shown)), IN_FILES))
        assert [at for code, at, _ in slips_of(text, shown) if code == "raw-markup"] == [4]


def test_a_named_entity_is_none_either() -> None:
    assert {"shy;", "zwnj;", "rlm;", "ZeroWidthSpace;"} <= {*NAMED}
    for name in NAMED:
        shown = to_html(f"一&{name}二")
        assert not any(refused(html.unescape(str(shown)), IN_FILES))


@pytest.mark.parametrize(
    ("form", "char"),
    [("&#x202e;", "\u202e"), ("&shy;", "\u00ad"), ("&#13;", "\r"), ("&#8232;", "\u2028"),
     *((char, char) for char in "\u200b\x1c\x85\u2028\ue000\0")],
)  # fmt: skip
def test_what_a_page_would_show_is_asked_again(form: str, char: str) -> None:
    """Whatever a renderer may come to decode one day: these words were not rendered by ours."""
    text = "第一段。\n\n第二段有字。"
    found = list(slips_of(text, f"<p>第一段。</p><p>第二{form}段有字。</p>"))
    assert (code_of(char), text.index("二"), (("char", f"U+{ord(char):04X}"),)) in found


@pytest.mark.parametrize("name", ["a\nb.yaml", "a\tb.md", "a\rb.md", "a\u202eb", "a\ue000.yaml"])
def test_no_name_of_a_file_holds_one(world: Callable[[str], World], name: str) -> None:
    city = world("")
    (city.folder / "content" / name).write_text("x: 1\n", encoding="utf-8")
    assert "reserved-name" in city.codes()


def test_a_key_that_an_editor_chooses_is_one_line(world: Callable[[str], World]) -> None:
    ledger = MONTHLY + 'seasons:\n  "汛\\n前": {}\n'
    (fault,) = (f for f in world(ledger).check() if f.code == "not-one-line")
    assert fault.place.excerpt.strip().startswith('"汛')


def test_no_line_of_a_calendar_is_split_by_a_line_end() -> None:
    assert _escaped_text("一\r二\r\n三\n四") == "一\\n二\\n三\\n四"


# Everything in a text that could become such a character somewhere on its way to a file.
SPELLED = [
    *(form.format(ord(char)) for form in ENTITIES for char in "\u202e\0\r\u200b\x1b"),
    "&rlm;", "&shy;", "&zwnj;", "\\u202e", "\\x1b[2J", "\\r\\nX-EVIL:1", "%E2%80%AE", "%0d%0a", "",
]  # fmt: skip


@given(st.lists(st.sampled_from([*SPELLED, "\u202e", "\r", "\0"]), min_size=6, max_size=6))
@settings(deadline=None, max_examples=12)
def test_no_file_of_a_site_that_was_built_holds_one(
    tmp_path_factory: pytest.TempPathFactory, spelled: list[str]
) -> None:
    name, node, title, caveat, season, summary = (
        json.dumps(f"一{one}二", ensure_ascii=True) for one in spelled
    )
    text = (
        f'-- site.toml --\nname = {name}\nstanding = "unofficial"\n'
        + MONTHLY
        + f"seasons:\n  {season}: {{}}\n"
        + NODES.replace("完成选址", node)
        + RECORD.replace("title: 实验室建成", f"title: {title}").replace("只说了一个", caveat)
        + f"-- content/2025/tasks/002.yaml --\nsection: 2\ntitle: 建房\nsummary: {summary}\n"
        "text: 建房。\ndeadline: 年底前完成\nunits: [市财政局]\nresponsibility: first-leads\n"
        "clauses:\n  - {id: a, kind: complete, due: 2025-12-31}\n"
    )
    city = World(tmp_path_factory.mktemp("city"), *_base(), text)
    if {*spelled} & {"\u202e", "\r", "\0"}:
        assert {"invisible-character", "control-character"} & {*city.codes()}
        return
    for path, content in city.build().files.items():
        for words in _words_of(path, content):
            found = [(words[max(at - 20, 0) : at], code) for at, code in refused(words, IN_FILES)]
            assert found == [], path


def _base() -> tuple[str]:
    from conftest import BASE

    return (BASE,)


def _words_of(path: str, content: bytes) -> Iterator[str]:
    """The text of a file, as written and as a reader of its form reads it."""
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for name in book.namelist():
                yield html.unescape(book.read(name).decode())
    elif path.endswith((".png", ".ico", ".woff2", ".jpg")):
        return
    else:
        text = content.decode().removeprefix("\ufeff")  # CSV files begin with the mark of UTF-8
        yield text.replace("\r\n", "\n")
        if path.endswith((".html", ".xml")):
            yield html.unescape(text).replace("\r\n", "\n")
