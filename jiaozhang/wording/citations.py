"""Citations of the notice and of the sources of records, in their own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from jiaozhang.derive import notice_words
from jiaozhang.ledger.events import Citation, Note
from jiaozhang.ledger.public import LeadFrom, Ledger
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import Labels, gettext, mark
from jiaozhang.wording.joining import join_facts, sentence, title_quoted


def who_leads(ledger: Ledger) -> str:
    """The notice's words on who leads; empty if unknown."""
    rule = ledger.lead_rule
    if rule:
        whole = rule if notice_words.ends_sentence(rule) else sentence(rule)
        return gettext("The notice states: {rule}", rule=whole)
    return _LEAD_FROM[ledger.lead_from] if ledger.lead_from else ""


_LEAD_FROM: Mapping[LeadFrom, str] = Labels(
    {
        "columns": mark("The notice lists leading and supporting units separately."),
        "words": mark("The notice says among the responsible units who leads and who supports."),
    }
)


def shared_rule() -> str:
    """The explanation why a task with shared responsibility has no lead."""
    return gettext(
        "The text says “each according to its duties”: the units share responsibility, and nobody "
        "is named as leading or supporting."
    )


def stated(ledger: Ledger, fact: Literal["number", "meeting"]) -> str:
    """A fact of the notice; 未载明 if somebody looked and found none, empty if unknown."""
    value = ledger.number if fact == "number" else ledger.meeting
    return value or (gettext("Not stated") if fact in ledger.unstated else "")


def source_of(note: Note) -> str:
    """出处 of a public record, in one line."""
    return join_facts(_parts_of(note.source)) if note.source else ""


def _parts_of(source: Citation) -> Iterator[str]:
    yield source.publisher
    if source.title_described:
        yield gettext("{title} (described in this site's words)", title=source.title)
    else:
        yield title_quoted(notice_words.bare_title(source.title))
    if source.published:
        yield words.full_day(source.published)
    if source.reposted:
        yield gettext("from a repost")
