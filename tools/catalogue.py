"""Collect what readers are told from program, templates and scripts, and compile the catalogues.

    .venv/bin/python tools/catalogue.py            # after any change of a message or a translation
    .venv/bin/python tools/catalogue.py --check    # exit code 1 where that would change a file

Messages are the first words of `gettext("…")`, `ngettext("…", "…", n)`, `pgettext("context", "…")`
and `mark("…")`. Each language has jiaozhang/wording/po/LANGUAGE.po; new messages are added to it
without a translation, those that nobody asks for any more are removed, and all stand in the order
of the files that say them. jiaozhang/wording/LANGUAGE.py is made of it.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WORDING = ROOT / "jiaozhang" / "wording"
LANGUAGES = ("zh",)
# Where messages stand: a folder, what its files end in, and how Babel reads them.
_PLACES = (
    ("jiaozhang", "*.py", "python"),
    ("templates", "*.html", "jinja2.ext:babel_extract"),
    ("static", "*.js", "javascript"),
)
_KEYWORDS = {**DEFAULT_KEYWORDS, "mark": None}
# How a language's plural is chosen, for babel's header and as the body of `plural`.
_PLURALS = {"zh": (1, "0"), "en": (2, "int(number != 1)")}


def messages() -> Catalog:
    """Every message of the program, with the files that say it."""
    found = Catalog(fuzzy=False)
    for folder, pattern, method in _PLACES:
        for path in sorted((ROOT / folder).rglob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            with path.open("rb") as file:
                options = {"encoding": "utf-8", "trimmed": "true", "silent": "false"}
                for _, message, _, context in extract(method, file, _KEYWORDS, options=options):
                    found.add(message, locations=[(name, 0)], context=context)
    return found


def updated(po: bytes, found: Catalog, language: str) -> bytes:
    """A language's .po with exactly the messages found, keeping what is translated."""
    old = read_po(io.BytesIO(po), locale=language)
    new = Catalog(locale=language, fuzzy=False)
    for message in sorted(found, key=lambda one: (one.locations, str(one.id), one.context or "")):
        if message.id:
            known = old.get(message.id, message.context)
            new.add(
                message.id,
                known.string if known and known.pluralizable == message.pluralizable else None,
                locations=message.locations,
                context=message.context,
            )
    buffer = io.BytesIO()
    write_po(buffer, new, width=100, omit_header=True, include_lineno=False)
    return b"# What readers see, by the messages in code. See tools/catalogue.py.\n\n" + (
        buffer.getvalue().strip() + b"\n"
    )


def untranslated(po: bytes, language: str) -> list[str]:
    """The messages that have no translation."""
    return [str(one.id) for one in read_po(io.BytesIO(po), locale=language) if not all(_forms(one))]


def _forms(message: object) -> tuple[str, ...]:
    string = getattr(message, "string", "")
    return string if isinstance(string, tuple) else (string,)


def compiled(po: bytes, language: str) -> str:
    """The module of a language, as Python."""
    lines = [
        f'"""The words of wording/po/{language}.po, made by tools/catalogue.py."""',
        "",
        "from collections.abc import Mapping",
        "",
        "MESSAGES: Mapping[str, str] = {",
        *_entries(read_po(io.BytesIO(po), locale=language), plural=False),
        "}",
        "PLURALS: Mapping[str, tuple[str, ...]] = {",
        *_entries(read_po(io.BytesIO(po), locale=language), plural=True),
        "}",
        "",
        "",
        "def plural(number: int) -> int:",
        '    """Which of a message\'s forms is said with this number."""',
        f"    return {_PLURALS[language][1]}",
        "",
    ]
    source = "\n".join(lines)
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", f"{language}.py", "-"]
    done = subprocess.run(  # noqa: S603 - our own words
        command, input=source, capture_output=True, check=True, encoding="utf-8", cwd=ROOT
    )
    return done.stdout


def _entries(catalog: Catalog, plural: bool) -> Iterator[str]:
    for one in catalog:
        if one.id and isinstance(one.id, tuple) == plural and all(_forms(one)):
            key = one.id[0] if plural else one.id
            key = f"{one.context}\x04{key}" if one.context else key
            yield f"    {key!r}: {_forms(one) if plural else _forms(one)[0]!r},"


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing")
    is_check = parser.parse_args(words).check
    found, is_stale = messages(), False
    for language in LANGUAGES:
        po, module = WORDING / "po" / f"{language}.po", WORDING / f"{language}.py"
        text = updated(po.read_bytes(), found, language)
        for path, content in ((po, text), (module, compiled(text, language).encode())):
            if not path.exists() or path.read_bytes() != content:
                is_stale = True
                if not is_check:
                    path.write_bytes(content)
        for message in untranslated(text, language):
            print(f"{po.relative_to(ROOT)}: not translated: {message}")
            is_stale = True
    return 1 if is_stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
