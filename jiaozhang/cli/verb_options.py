"""The options of each verb: frozen, typed values made from arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Literal, get_args

from jiaozhang.cli import values
from jiaozhang.cli.option_fields import (
    Options,
    choice,
    option,
    optional_position,
    position,
    required,
    required_choice,
    several,
    switch,
)
from jiaozhang.faults.reports import WRITERS, Format
from jiaozhang.files import bounds
from jiaozhang.processes import limits
from jiaozhang.server.nginx_config import KINDS, HostKind
from jiaozhang.wall.audience import Audience

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
SomeAudiences = Literal["public", "intranet", "all"]


def audiences_of(given: SomeAudiences) -> tuple[Audience, ...]:
    """The audiences that an argument selects."""
    return AUDIENCES if given == "all" else (given,)


@dataclass(frozen=True, kw_only=True)
class LedgerOptions(Options):
    """Options of verbs that read a ledger: its folder, if given."""

    content: str | None = option(values.CONTENT, None)


@dataclass(frozen=True, kw_only=True)
class BoundedOptions(Options):
    """Options of verbs that limit the size of a content folder."""

    limit_files: int = option(values.FILES, bounds.DEFAULT.files)
    limit_file_size: int = option(values.SIZE, bounds.DEFAULT.file)
    limit_size: int = option(values.SIZE, bounds.DEFAULT.total)

    @property
    def bounds(self) -> bounds.Bounds:
        return bounds.Bounds(self.limit_files, self.limit_file_size, self.limit_size)


@dataclass(frozen=True, kw_only=True)
class LimitedOptions(Options):
    """Options of verbs that limit the memory and time for a commit."""

    limit_memory: int = option(values.SIZE, limits.DEFAULT.memory)
    limit_time: int = option(values.SECONDS, limits.DEFAULT.seconds)

    @property
    def limits(self) -> limits.Limits:
        return limits.Limits(self.limit_memory, self.limit_time)


@dataclass(frozen=True, kw_only=True)
class SiteOptions(LedgerOptions, BoundedOptions):
    """Options of verbs that build from the working folder, for a day (default: today)."""

    as_of: date | None = option(values.DAY, None)


@dataclass(frozen=True, kw_only=True)
class BuildOptions(SiteOptions):
    verb: ClassVar[str] = "build"
    audience: SomeAudiences = choice(get_args(SomeAudiences), "public")
    out: Path = option(values.FOLDER, Path("dist"))
    clean: bool = switch()


@dataclass(frozen=True, kw_only=True)
class CheckOptions(SiteOptions, LimitedOptions):
    """With `repo` the content is a path in a commit; `root` is compared with the live release."""

    verb: ClassVar[str] = "check"
    format: Format = choice(WRITERS, "text")
    audience: Audience | None = choice(AUDIENCES, None)
    repo: Path | None = option(values.FOLDER, None)
    rev: str | None = option(values.REVISION, None)
    root: Path | None = option(values.FOLDER, None)

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """The audiences to build: only those requested, because a push waits for the check."""
        return (self.audience,) if self.audience else AUDIENCES


@dataclass(frozen=True, kw_only=True)
class ServeOptions(SiteOptions):
    verb: ClassVar[str] = "serve"
    audience: Audience = choice(AUDIENCES, "public")
    port: int = option(values.PORT, 8000)


@dataclass(frozen=True, kw_only=True)
class ExplainOptions(SiteOptions):
    verb: ClassVar[str] = "explain"
    page: str = position(values.ADDRESS)
    audience: Audience = choice(AUDIENCES, "public")


@dataclass(frozen=True, kw_only=True)
class SchemaOptions(Options):
    verb: ClassVar[str] = "schemas"
    out: Path = required(values.FOLDER)


@dataclass(frozen=True, kw_only=True)
class ImportOptions(Options):
    verb: ClassVar[str] = "import"
    file: Path = position(values.FILE)
    year: int = required(values.YEAR)
    into: Path | None = option(values.FOLDER, None)
    accept: bool = switch()


@dataclass(frozen=True, kw_only=True)
class NewCityOptions(Options):
    verb: ClassVar[str] = "new city"
    name: str = position(values.CITY)
    notice: Path = required(values.FILE)
    year: int | None = option(values.YEAR, None)
    into: Path | None = option(values.FOLDER, None)


@dataclass(frozen=True, kw_only=True)
class NewNoteOptions(LedgerOptions):
    """Without `unit` the note is a public record."""

    verb: ClassVar[str] = "new note"
    task: int = required(values.TASK)
    unit: str | None = option(values.UNIT, None)
    year: int | None = option(values.YEAR, None)


@dataclass(frozen=True, kw_only=True)
class ApproveOptions(LedgerOptions):
    """One step for one record in a file; or, with `migrate`, every trail of the old format."""

    verb: ClassVar[str] = "approve"
    file: Path | None = optional_position(values.FILE, None)
    level: values.ReviewLevel | None = option(values.LEVEL, None)
    by: str | None = option(values.POST, None)
    at: date | None = option(values.DAY, None)
    entry: str | None = option(values.ENTRY, None)
    result: Literal["可公开", "不公开"] = choice(("可公开", "不公开"), "可公开")
    migrate: bool = switch()
    write: bool = switch()


@dataclass(frozen=True, kw_only=True)
class HistoryOptions(LedgerOptions):
    verb: ClassVar[str] = "history"
    task: int = position(values.TASK)
    year: int | None = option(values.YEAR, None)


@dataclass(frozen=True, kw_only=True)
class NginxOptions(LedgerOptions):
    """Without `out` the configuration is printed; the site's address comes from the content."""

    verb: ClassVar[str] = "nginx"
    root: Path = required(values.FOLDER)
    kind: HostKind = required_choice(KINDS)
    out: Path | None = option(values.FILE, None)
    server_name: tuple[str, ...] = several(values.SERVER_NAME)
    path: str | None = option(values.URL_PATH, None)
    port: int | None = option(values.PORT, None)
    ipv4_only: bool = switch()
    allow: tuple[str, ...] = several(values.NETWORK)
    auth_basic: str | None = option(values.SERVER_FILE, None, group="auth")
    auth_request: str | None = option(values.URL, None, group="auth")
    certificate: str | None = option(values.SERVER_FILE, None)
    key: str | None = option(values.SERVER_FILE, None)
    brotli: bool = switch()


@dataclass(frozen=True, kw_only=True)
class RootOptions(Options):
    """Options of verbs that use a folder of releases."""

    root: Path = required(values.FOLDER)


@dataclass(frozen=True, kw_only=True)
class HostingOptions(RootOptions, BoundedOptions, LimitedOptions):
    """Options of verbs that publish or install hooks: `content` is a path in the repository."""

    repo: Path = required(values.FOLDER)
    content: str = option(values.CONTENT, "content")
    audience: SomeAudiences | None = choice(get_args(SomeAudiences), None)
    keep: int = option(values.COUNT, 5)
    trusted: bool = switch()


@dataclass(frozen=True, kw_only=True)
class PublishOptions(HostingOptions):
    """Without `audience`: the live audiences, or else both."""

    verb: ClassVar[str] = "publish"
    rev: str | None = option(values.REVISION, None)
    as_of: date | None = option(values.DAY, None)
    live: bool = switch()
    force: bool = switch()
    replace: str | None = option(values.COMMIT, None)


@dataclass(frozen=True, kw_only=True)
class RollbackOptions(RootOptions):
    verb: ClassVar[str] = "rollback"
    to: int | None = option(values.RELEASE, None)


@dataclass(frozen=True, kw_only=True)
class StatusOptions(RootOptions):
    verb: ClassVar[str] = "status"
    format: Literal["text", "json"] = choice(("text", "json"), "text")


@dataclass(frozen=True, kw_only=True)
class VerifyOptions(RootOptions):
    verb: ClassVar[str] = "verify"


@dataclass(frozen=True, kw_only=True)
class HookOptions(HostingOptions):
    verb: ClassVar[str] = "install-hooks"
    branch: str = option(values.BRANCH, "main")
    units: Path | None = option(values.FOLDER, None)


@dataclass(frozen=True, kw_only=True)
class SuiteOptions(Options):
    """Unknown arguments are collected in `pytest`, in the order given."""

    verb: ClassVar[str] = "test"
    all_tools: bool = switch()
    coverage: bool = switch()
    full: bool = switch(group="length")
    quick: bool = switch(group="length")
    jobs: int | None = option(values.COUNT, None)
    pytest: tuple[str, ...] = ()


VERBS: tuple[type[Options], ...] = (
    BuildOptions,
    CheckOptions,
    ServeOptions,
    ExplainOptions,
    SchemaOptions,
    ImportOptions,
    NewCityOptions,
    NewNoteOptions,
    ApproveOptions,
    HistoryOptions,
    NginxOptions,
    PublishOptions,
    RollbackOptions,
    StatusOptions,
    VerifyOptions,
    HookOptions,
    SuiteOptions,
)
