"""Addresses that were published once lead on, or say why they were taken down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import TODAY, Built, World
from jiaozhang.build.pipeline import BuildDay, build_all
from jiaozhang.faults.diagnostic import as_text
from repository import Repository

TAKEN, NOWHERE = "redirect-taken", "redirect-nowhere"
MOVED = """
-- content/redirects.yaml --
- {from: 2025/units/kejiwei/, to: 2025/units/kejiju/, reason: 机构改名。}
- {from: 2025/old/, to: /}
- {from: /2025/themes/anju/, to: null, reason: 这个专项已经并入别的专项。}
-- content/internal/redirects.yaml --
- {from: 2025/blockers/old/, to: 2025/blockers/}
"""


def said(world: World) -> list[str]:
    faults = build_all(world.inputs(), ("public", "intranet"), BuildDay(None, TODAY), None)[1]
    return [as_text(fault, "zh") for fault in faults]


def test_an_address_that_moved_leads_on_without_a_script(
    world: Callable[[str], World],
) -> None:
    site = world(MOVED).build()
    html = site.html("2025/units/kejiwei/")
    assert '<meta http-equiv="refresh" content="0; url=../kejiju/">' in html
    assert '现在的网址是<a href="../kejiju/">市科技局</a>。' in html
    assert "机构改名。" in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'url=../../"' in site.html("2025/old/")


def test_what_was_taken_down_says_why(world: Callable[[str], World]) -> None:
    site = world(MOVED).build()
    assert "这一页已撤下" in site.text("2025/themes/anju/")
    assert "这个专项已经并入别的专项。" in site.text("2025/themes/anju/")
    assert "refresh" not in site.html("2025/themes/anju/")


def test_moved_pages_stand_on_no_map_and_name_the_new_address(
    world: Callable[[str], World],
) -> None:
    text = '-- site.toml --\nname = "x"\nstanding = "unofficial"\nbase_url = "https://a.example"\n'
    site = world(text + MOVED).build()
    for path in ("sitemap.xml", "map/index.html"):
        assert "kejiwei" not in site.files[path].decode()
    canonical = '<link rel="canonical" href="https://a.example/2025/units/kejiju/">'
    assert canonical in site.html("2025/units/kejiwei/")


def test_addresses_of_the_intranet_never_reach_the_public(
    world: Callable[[str], World],
) -> None:
    city = world(MOVED)
    public, intranet = city.build("public"), city.build("intranet")
    assert "2025/blockers/old/index.html" in intranet.files
    assert "2025/units/kejiwei/index.html" in intranet.files
    assert not any(b"blockers/old" in content for content in public.files.values())
    (city.folder / "content/internal/redirects.yaml").unlink()
    assert Built(public.site).files == city.build("public").files


def test_a_redirect_has_to_leave_from_no_page_and_lead_to_one(
    world: Callable[[str], World],
) -> None:
    bad = MOVED.replace("units/kejiwei", "units/caizhengju").replace(
        "to: 2025/units/kejiju/", "to: 2025/units/kejij/"
    )
    found = "\n".join(said(world(bad)))
    assert f"content/redirects.yaml:1:10: error[{TAKEN}]" in found
    assert f"error[{NOWHERE}]: 没有 2025/units/kejij/ 这一页" in found
    assert "是不是“2025/units/kejiju/”？" in found


def test_leading_to_another_redirect_is_leading_nowhere(world: Callable[[str], World]) -> None:
    chain = MOVED.replace("{from: 2025/old/, to: /}", "{from: 2025/old/, to: 2025/units/kejiwei/}")
    assert any(NOWHERE in line for line in said(world(chain)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    ["{from: 2025/tasks/002/, to: 2025/tasks/001/}", "{from: 2025/tasks/002/, reason: 不办了。}"],
)
def test_a_line_in_redirects_lets_an_address_go(
    line: str, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    tool("git")
    city = Repository(tmp_path)
    city.title("改造5个小区")
    city.publish()
    leader = "{from: 2025/leaders/lisi/, to: /}"
    text = f"-- content/redirects.yaml --\n- {line}\n- {leader}\n"
    city.commit(text, "content/2025/tasks/002.yaml")
    assert city.publish() == 0
    assert "2025/tasks/002/index.html" in city.live()
    # The line may not go away either: the address was published.
    city.commit("", "content/redirects.yaml")
    assert city.publish() == 1
