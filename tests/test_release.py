"""The wall: what only the intranet may know changes no public byte."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BASE, World

CANARY = "金丝雀8f3a"
PERSONS = f"""
-- content/2025/internal/persons/kejiju.yaml --
unit: 市科技局
persons:
  - {{role: 联络{CANARY}, name: 王五{CANARY}, post: 处长{CANARY}, phone: 000-{CANARY}}}
"""


def test_the_intranet_shows_a_units_people(world: Callable[[str], World]) -> None:
    page = world(PERSONS).build("intranet").text("2025/units/kejiju/")
    for word in ("联络", "王五", "处长", "000-"):
        assert f"{word}{CANARY}" in page


def test_no_public_file_holds_a_word_of_them(world: Callable[[str], World]) -> None:
    site = world(PERSONS).build("public")
    for path, content in site.files.items():
        assert CANARY not in content.decode("utf-8", "replace"), path
        assert CANARY not in path


def test_the_public_site_is_the_same_without_the_internal_folder(tmp_path: Path) -> None:
    with_people = World(tmp_path / "a", BASE, PERSONS).build("public")
    without = World(tmp_path / "b", BASE).build("public")
    assert with_people.files == without.files


WORDS = st.text(alphabet="王李张处长科员0123456789-", min_size=1, max_size=8).filter(
    lambda text: text.strip() == text and not text.startswith("-")
)
PEOPLE = st.lists(st.fixed_dictionaries({"role": WORDS, "name": WORDS, "phone": WORDS}), max_size=3)


@given(first=PEOPLE, second=PEOPLE)
@settings(max_examples=15, deadline=None)
def test_worlds_that_differ_in_restricted_facts_give_one_public_site(
    first: list[dict[str, str]], second: list[dict[str, str]]
) -> None:
    sites = []
    for people in (first, second):
        with tempfile.TemporaryDirectory() as folder:
            rows = "".join(
                f"  - {{role: '{p['role']}', name: '{p['name']}', phone: '{p['phone']}'}}\n"
                for p in people
            )
            text = (
                "-- content/2025/internal/persons/x.yaml --\n"
                f"unit: 市财政局\npersons:{' []' if not rows else ''}\n{rows}"
            )
            world = World(Path(folder), BASE, text)
            sites.append(world.build("public").files)
    assert sites[0] == sites[1]


def test_leaders_are_counted_on_the_intranet_only(world: Callable[[str], World]) -> None:
    city = world("")
    assert "1项" in city.build("intranet").joined("2025/leaders/")
    assert "项" not in city.build("public").joined("2025/leaders/").replace("一项可以", "").replace(
        "每一项", ""
    )


def test_the_intranets_site_says_so_on_every_page(world: Callable[[str], World]) -> None:
    city = world("")
    inside, outside = city.build("intranet"), city.build("public")
    pages = [path for path in inside.files if path.endswith(".html")]
    assert all("内网版" in inside.files[path].decode() for path in pages)
    assert not any("内网版".encode() in content for content in outside.files.values())
