"""指出这一页的错误: on every page of a site with a contact, and no invitation on a site without."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from email import message_from_string
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import World
from jiaozhang.ledger.settings import Contact
from jiaozhang.pages.core.error_report import error_report
from servers import built

BASE_URL = 'base_url = "https://example.org/zhang"\n'
MAIL = "mailto:office@example.org"
FORGE = "https://git.example.org/a/b/issues/new?issue[title]={title}&labels=a&description={body}"


def site_with(*contacts: str, more: str = "") -> str:
    rows = ", ".join(f'{{label = "联系", address = "{one}"}}' for one in contacts)
    listed = f"contacts = [{rows}]\n" if contacts else ""
    return f'-- site.toml --\nname = "示例市重点工作"\nstanding = "unofficial"\n{more}{listed}'


def pages_of(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: files[path].decode() for path in files if path.endswith(".html")}


def reports_in(page: str) -> list[tuple[str, str]]:
    """Every link of the class: its address, and its words."""
    links = re.findall(r'<a class="report" href="([^"]*)">([^<]*)</a>', page)
    return [(html.unescape(to), html.unescape(words)) for to, words in links]


def mail_of(address: str) -> tuple[str, dict[str, str]]:
    """A mail as RFC 6068 reads it: to whom, and its headers and body by their lower-case names."""
    assert re.fullmatch(
        r"mailto:[^?#\s]*\?(?:[^#\s&=]+=[^#\s&=]*)(?:&[^#\s&=]+=[^#\s&=]*)*", address
    )
    to, _, query = address.removeprefix("mailto:").partition("?")
    fields = [part.split("=") for part in query.split("&")]
    assert len({name.lower() for name, _ in fields}) == len(fields)
    return unquote(to), {name.lower(): unquote(value) for name, value in fields}


def test_every_page_names_itself_in_a_mail(world: Callable[[str], World]) -> None:
    redirect = "-- content/redirects.yaml --\n- {from: 2025/old/, to: 2025/tasks/}\n"
    files = world(site_with(MAIL, more=BASE_URL) + redirect).build().files
    for path, page in pages_of(files).items():
        title = html.unescape(re.findall("<title>(.*?)</title>", page)[0])
        found = reports_in(page[page.index("<footer") :])
        assert len(found) == 1 and found[0][1] == "指出这一页的错误", path
        to, mail = mail_of(found[0][0])
        assert to == "office@example.org"
        assert set(mail) == {"subject", "body"}
        assert mail["subject"] == f"指出错误：{title}"
        # The current year stands at two addresses, of which the home page's counts.
        own = "" if path == "2025/index.html" else path.removesuffix("index.html")
        address = f"https://example.org/zhang/{own}"
        expected = "（请填您打开的网址）" if path == "404.html" else address
        assert mail["body"].split("\r\n") == [
            f"页面：{title}",
            f"网址：{expected}",
            "数据截至：2026年11月24日",
            "",
            "哪里错了，依据是什么：",
        ], path


def test_a_task_says_it_in_its_last_section_too(world: Callable[[str], World]) -> None:
    page = world().build().html("2025/tasks/001/")
    cite = page[
        page.index('aria-labelledby="cite"') : page.index("</section>", page.index('"cite"'))
    ]
    assert reports_in(cite) == reports_in(page[page.index("<footer") :]) != []


def test_without_its_address_a_site_names_the_path(world: Callable[[str], World]) -> None:
    page = world(site_with(MAIL)).build().html("2025/tasks/001/")
    body = mail_of(reports_in(page)[0][0])[1]["body"]
    assert "网址：/2025/tasks/001/\r\n" in body


def test_an_issue_of_a_forge_gets_title_and_text(world: Callable[[str], World]) -> None:
    files = world(site_with("tel:12345", FORGE, MAIL)).build().files
    for path, page in pages_of(files).items():
        title = html.unescape(re.findall("<title>(.*?)</title>", page)[0])
        ((address, _),) = set(reports_in(page))
        query = parse_qs(urlsplit(address).query, strict_parsing=True)
        assert query["issue[title]"] == [f"指出错误：{title}"], path
        assert query["description"][0].startswith(f"页面：{title}\n网址："), path
        assert query["labels"] == ["a"]
        # In the list of contacts nothing is filled in, and no brace is left.
        assert "{" not in page[page.index("<footer") :]


def test_a_telephone_shows_its_number(world: Callable[[str], World]) -> None:
    built_ = world(site_with("tel:022-12345678")).build()
    for page in pages_of(built_.files).values():
        assert set(reports_in(page)) == {("tel:022-12345678", "指出这一页的错误：022-12345678")}
    assert "发现错误，请拨打022-12345678。" in built_.joined("2025/corrections/")


def test_without_contacts_nothing_is_invited_and_the_checker_warns(
    world: Callable[[str], World],
) -> None:
    city = world(site_with())
    (found,) = city.found()
    assert (found.code, found.level) == ("no-contact", "warning")
    invitations = ("指出这一页的错误", "发现错误", "告诉我们", "提供线索", "联系方式")
    for files in (city.build().files, built("content", "public")):
        for path, page in pages_of(files).items():
            assert not any(words in page for words in invitations), path


@pytest.mark.parametrize("address", ["2025/corrections/", "2025/tasks/001/"])
def test_every_invitation_has_a_link(world: Callable[[str], World], address: str) -> None:
    main = world(site_with(MAIL)).build().html(address)
    main = main[main.index("<main") : main.index("</main>")]
    words = re.findall(r'<a href="mailto:office@example.org\?subject=[^"]*">([^<]*)</a>', main)
    assert words == ["请告诉我们"]


ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(ODD, ODD)
def test_no_title_begins_a_header_or_leaves_its_place(page: str, address: str) -> None:
    report = error_report(
        (Contact("a", f"{MAIL}?cc=b@example.org&Subject=x"),), page, address, "今天"
    )
    assert report
    to, mail = mail_of(report.address)
    assert to == "office@example.org" and set(mail) == {"cc", "subject", "body"}
    assert "\n" not in mail["subject"] and "\r" not in mail["subject"]
    # As a mail of its own, it has one header and no more.
    whole = message_from_string(f"Subject: {mail['subject']}\r\n\r\n{mail['body']}")
    assert whole.keys() == ["Subject"]
    assert mail["body"].count("\r\n") == 4
    shown = "".join(page.split())
    assert all(char in mail["subject"] for char in shown if char.isprintable())


@given(ODD)
def test_no_title_changes_the_query_of_an_issue(page: str) -> None:
    report = error_report((Contact("a", FORGE),), page, "/", "今天")
    assert report
    query = parse_qs(urlsplit(report.address).query, strict_parsing=True)
    assert set(query) == {"issue[title]", "labels", "description"}
    assert urlsplit(report.address).fragment == ""


GOOD = (
    MAIL,
    f"{MAIL},b@oa",
    f"{MAIL}?subject=%E7%BA%A0%E9%94%99",
    "tel:+86-22-12345678",
    "tel:12345",
    "https://example.org/form",
    "http://git.oa:3000/a/b/issues/new?title={title}",
    "https://example.org/#/new?title={title}&body={body}",
)
BAD = {
    "mailto:office": ("not-an-address", ""),
    "mailto:a@example.org%0Abcc:b@example.org": ("not-an-address", ""),
    "mailto:a@example.org?subject=x%0D%0ABcc:b@example.org": ("not-an-address", ""),
    "mailto:a@example.org?subject={title}": ("not-a-placeholder", "{title}"),
    "tel:{title}": ("not-a-placeholder", "{title}"),
    "tel:--": ("not-an-address", ""),
    "tel:1+2345": ("not-an-address", ""),
    "tel:110-": ("not-an-address", ""),
    "12345": ("not-an-address", "tel:12345"),
    "（022）8888 1234": ("not-an-address", "tel:022-8888-1234"),
    "office＠example.org": ("not-an-address", "mailto:office@example.org"),
    "www.example.org/form": ("not-an-address", "https://www.example.org/form"),
    "https://{title}.example.org/": ("not-a-placeholder", "{title}"),
    "https://example.org/{title}?a=1": ("not-a-placeholder", "{title}"),
    "https://example.org/new?title={题目}": ("not-a-placeholder", "{题目}"),
    "https://example.org/new?title={Title}": ("not-a-placeholder", "{Title}"),
    "https://example.org/new?title={title": ("not-a-placeholder", "{"),
    "javascript:alert(1)": ("not-an-address", ""),
    "ftp://example.org/": ("not-an-address", ""),
}


@pytest.mark.parametrize("address", GOOD)
def test_what_can_be_reached_is_taken(world: Callable[[str], World], address: str) -> None:
    city = world(site_with(address))
    assert city.codes() == []
    ((link, _),) = set(reports_in(city.build().html("404.html")))
    assert link.startswith(address.partition("?")[0])


@pytest.mark.parametrize("address", BAD)
def test_what_cannot_be_reached_is_refused(world: Callable[[str], World], address: str) -> None:
    """Once, and without a second report that there is no contact."""
    (found,) = world(site_with(address)).found()
    facts = dict(found.facts)
    code, said = BAD[address]
    assert found.code == code
    assert facts["given" if code == "not-a-placeholder" else "nearest"] == said
