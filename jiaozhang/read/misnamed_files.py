"""Files that match no kind: guess the intended name and folder.

Path patterns are in the table of routes. A guess takes the parts of the given name (year, task
number, day, unit) and formats them as a route requires; guesses that match no route are dropped.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jiaozhang.attachments.inspection import SUFFIXES
from jiaozhang.faults.diagnostic import Diagnostic, Place, fault
from jiaozhang.files.source import Tree

# Suffixes of text files, also repeated ones that an editor appends: 2025-06-30-kejiju.md.txt.
_TEXT = re.compile(r"(\.(md|markdown|txt|text|ya?ml|toml|lock))+$", re.I)
_COPY = re.compile(
    r"[ _-]*(?:副本|复制|拷贝|备份|copy|copie|新建文本文档|最终版?|定稿|修改版?|\(\d{1,3}\))"
    r"(?: ?\d{1,2}(?!\d))?"
)
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2})(?:(?P<m2>\d{2})(?P<d2>\d{2})(?!\d)|[年./_ -]+(?P<m>\d{1,2})(?!\d)月?"
    r"(?:[./_ -]*(?P<d>\d{1,2})(?!\d)[日号]?)?)"
)
# Marks for variable parts of a path.
YEAR, TASK = "{year}", "{task}"


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of file's path pattern below the content, and an example."""

    pattern: str
    example: str

    @property
    def suffix(self) -> str:
        return self.example[self.example.rindex(".") :]

    def folders(self) -> tuple[str, ...]:
        """The folders of the example, with marks for year and task number."""
        parts = self.example.split("/")[:-1]
        return tuple(
            YEAR if re.fullmatch(r"\d{4}", part) else TASK if re.fullmatch(r"\d{3}", part) else part
            for part in parts
        )


@dataclass(frozen=True, slots=True)
class Names:
    """What guesses are based on: the routes, the existing years, and slugs by unit name."""

    routes: Sequence[Route]
    years: Sequence[str]
    slugs: Mapping[str, str]


def unread_faults(
    tree: Tree, unread: Sequence[str], attached: Container[str], names: Names
) -> Iterator[Diagnostic]:
    """Report every file that matches no kind, with its probable name.

    `unread` are text files that match no route, `attached` the attachments of notes.
    """
    notes = [key for key in tree.found if "/notes/" in key]
    folders = tuple(
        f"{_TEXT.sub('', key)}/"
        for key in (*tree.refused, *unread, *tree.unread)
        if _TEXT.search(key)
    )
    strangers = [
        key
        for key in sorted({*tree.attachments, *tree.loose})
        # The folder belongs to a note whose own fault has been reported.
        if key not in attached and not key.startswith(folders)
    ]
    for key in (*unread, *tree.unread, *strangers):
        meant = meant_for(key, names) or meant_attachment(key, notes)
        place = Place(f"{tree.label}/{key}")
        if meant in tree.found or meant in tree.attachments or meant in tree.loose:
            yield fault("copied-file", place, original=f"{tree.label}/{meant}")
        elif meant:
            yield fault("misnamed-file", place, nearest=f"{tree.label}/{meant}")
        else:
            yield fault("unread-file", place, example=example_for(key, names), **_what(key))


def _what(key: str) -> dict[str, str]:
    """Advice for a file that is no text, by its suffix."""
    ending = key.rpartition(".")[2].lower()
    zh, en = next((own for endings, own in _FORMS if ending in endings), ("", ""))
    return {"what": zh, "what_en": en}


_FORMS: tuple[tuple[tuple[str, ...], tuple[str, str]], ...] = (
    (
        ("doc", "docx", "wps", "rtf", "odt"),
        (
            "文字写进 .md 文件；要原样附上，就另存为 PDF，放进和进展同名的文件夹。",
            "put the text into an .md file, or save it as PDF to attach it; ",
        ),
    ),
    (
        ("xls", "xlsx", "et", "csv", "ods"),
        (
            "数据写进进展的 figures；要原样附上，就另存为 PDF。",
            "put the data into `figures` of a note, or save it as PDF to attach it; ",
        ),
    ),
    (
        ("heic", "heif", "tif", "tiff", "bmp", "gif"),
        ("图片另存为 JPG 或 PNG。", "save the image as JPG or PNG; "),
    ),
)


def meant_for(key: str, names: Names) -> str:
    """The path that a text file was probably meant to have, or an empty string."""
    base = key.rpartition("/")[2]
    if not _TEXT.search(base):
        return ""
    return _nearest(key, _text_guesses(key, base, names))


def meant_attachment(key: str, notes: Iterable[str]) -> str:
    """The path that an attachment was probably meant to have in a note's folder, or an empty
    string.
    """
    folder, _, base = key.rpartition("/")
    name = attachment_name(base)
    if not name:
        return ""
    own = [note.removesuffix(".md") for note in notes]
    if folder in own:
        return f"{folder}/{name}"
    inside = [note for note in own if note.startswith(f"{folder}/")]
    guesses = inside if len(inside) == 1 else difflib.get_close_matches(folder, own, 1, 0.8)
    return f"{guesses[0]}/{name}" if guesses else ""


def attachment_name(base: str) -> str:
    """The attachment's name with URL-safe letters; empty for an unsupported format."""
    stem, _, suffix = unicodedata.normalize("NFKC", base).rpartition(".")
    suffix = "." + suffix.lower()
    if suffix not in SUFFIXES or not stem:
        return ""
    return (re.sub("[^a-z0-9]+", "-", _COPY.sub("", stem.lower())).strip("-") or "tu-1") + suffix


def example_for(key: str, names: Names) -> str:
    """An example file name for the folder that a path names, or nearly names."""
    folders = {
        folder: route for route in names.routes for folder in route.folders() if folder[0] != "{"
    }
    for part in key.split("/")[:-1]:
        near = difflib.get_close_matches(part.lower(), folders, 1, 0.7)
        if near:
            return folders[near[0]].example
    return names.routes[0].example


def _nearest(key: str, guesses: Iterable[str]) -> str:
    """The guess most similar to a path: first by its folders, then by its letters."""

    def likeness(guess: str) -> float:
        return difflib.SequenceMatcher(None, key.lower(), guess).ratio()

    def kept(guess: str) -> int:
        folders = key.lower().split("/")[:-1]
        return sum(
            bool(difflib.get_close_matches(part, folders, 1, 0.75))
            for part in guess.split("/")[:-1]
        )

    ordered = sorted(set(guesses) - {key}, key=lambda one: (-kept(one), -likeness(one), one))
    return ordered[0] if ordered and likeness(ordered[0]) > 0.5 else ""


def _text_guesses(key: str, base: str, names: Names) -> Iterator[str]:
    parts = [unicodedata.normalize("NFKC", part).strip().lower() for part in key.split("/")[:-1]]
    stem, ending = _TEXT.sub("", base), base.lower().partition(".")[2]
    year = next((part for part in parts if re.fullmatch(r"\d{4}", part)), "") or _year_in_name(
        stem, names
    )
    marks = {YEAR: year, TASK: _number_of(parts, stem)}
    routes = [route for route in names.routes if _may_end(ending, route.suffix)]
    known = {folder for route in routes for folder in route.folders()}
    near = (difflib.get_close_matches(part, known, 1, 0.75) for part in parts)
    named = {folder for found in near for folder in found}
    for route in routes:
        # If a folder identifies the kind of file, other kinds are not guessed.
        if named - {"internal"} and not named & set(route.folders()) - {"internal"}:
            continue
        folders = [marks.get(folder, folder) for folder in route.folders()]
        if "internal" in parts and "internal" not in folders:
            folders.insert(1, "internal")
        for name in _stems(stem, route, names) if all(folders) else ():
            guess = "/".join([*folders, name + route.suffix])
            # Never suggest moving a file into or out of `internal`.
            if ("internal" in parts) == ("internal" in folders) and re.fullmatch(
                route.pattern, guess
            ):
                yield guess


def _may_end(ending: str, suffix: str) -> bool:
    """Tell whether a suffix may be a mistake for another: .md is no list, .txt can be either."""
    if "md" in ending or "markdown" in ending:
        return suffix == ".md"
    return suffix != ".md" if "yml" in ending or "yaml" in ending else True


def _number_of(parts: Sequence[str], stem: str) -> str:
    """The task number at the start of a folder or file name."""
    stated = [re.fullmatch(r"\D{0,4}?0*([1-9]\d{0,2})\D{0,2}", part) for part in parts]
    stated.append(re.match(r"0*([1-9]\d{0,2})[-_ ]", stem))
    return next((found[1].zfill(3) for found in stated if found), "")


def _year_in_name(stem: str, names: Names) -> str:
    found = _DATE.search(stem)
    if found and found["y"] in names.years:
        return found["y"]
    return names.years[0] if len(names.years) == 1 else ""


def _stems(stem: str, route: Route, names: Names) -> Iterator[str]:
    """Possible forms of a file name without suffix: dates, numbers and units normalised."""
    own = route.example.rpartition("/")[2].removesuffix(route.suffix)
    if own.isalpha():
        yield from difflib.get_close_matches(stem.lower(), [own], 1, 0.8)
    text = _COPY.sub("", unicodedata.normalize("NFKC", stem).strip().lower())
    text = _DATE.sub(lambda found: f"-{_iso(found)}-", text)
    for name in sorted(names.slugs, key=len, reverse=True):
        text = text.replace(name.lower(), f"-{names.slugs[name]}-")
    plain = re.sub("[^a-z0-9]+", "-", text).strip("-")
    yield plain
    yield re.sub(r"^0*(\d{1,3})(?=-|$)", lambda number: number[1].zfill(3), plain)
    yield re.sub(r"^\d{1,3}-", "", plain)


def _iso(found: re.Match[str]) -> str:
    month, day = found["m"] or found["m2"], found["d"] or found["d2"]
    try:
        date(int(found["y"]), int(month), int(day or 1))
    except ValueError:
        return found[0]
    return f"{found['y']}-{int(month):02}" + (f"-{int(day):02}" if day else "")
