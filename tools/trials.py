"""Trying mutants: which tests reach them, and which test notices first. Told in mutants.py."""

from __future__ import annotations

import builtins
import functools
import gc
import importlib.abc
import importlib.util
import json
import operator
import os
import resource
import select
import sys
import tempfile
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

from mutations import Mutant, mutated, probed

ROOT = Path(__file__).resolve().parent.parent
# Here the program runs in other processes, or nothing is derived: no test of them sees a mutant.
_AWAY = """
browser characters cli contributing cost deploy docs docs_diagnostics growth history hostile
hostile_attachments language layers memory mutants nginx nginx_names notice_forms pdf personal
public_side publish publisher publisher_faults publisher_hooks quality reading readers sbom
search_browser serve setup supply upgrade valid_html wording
"""
# What these remember within a process follows from texts and templates, not from a rule.
_NO_RULE_IN = (
    "jiaozhang.render.jinja",
    "jiaozhang.markdown.prose",
    "jiaozhang.search.",
    "jiaozhang.files.source",
    "jiaozhang.check.text_rules",
)
# Of the tests that reach a mutant, as many of the fastest as take so long together without one, and
# so long of one file: one file has as many cases as all the others.
_MOST_SECONDS, _MOST_OF_A_FILE = 24.0, 8.0
_MEMORY = 4 << 30


@dataclass
class Probes:
    """What the tests reach without a mutant: by test its CPU seconds, and the mutants' numbers.

    `failed` says why a test fails even so; it is tried against no mutant.
    """

    at_import: set[int] = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)
    reached: dict[str, set[int]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: `by` is the test that noticed, or why it counts as noticed."""

    mutant: Mutant
    by: str
    tests: int

    @property
    def killed(self) -> bool:
        return bool(self.by)


def test_files() -> list[str]:
    """The files whose tests may see a mutant."""
    away = set(_AWAY.split())
    files = sorted((ROOT / "tests").glob("test_*.py"))
    return [str(file) for file in files if file.stem.removeprefix("test_") not in away]


class _Finder(importlib.abc.MetaPathFinder):
    """Imports some modules from code made here, and keeps that code."""

    def __init__(self, made: dict[str, Callable[[], CodeType]]) -> None:
        self._made = made
        self.codes: dict[str, CodeType] = {}

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        file = ROOT / f"{name.replace('.', '/')}.py"
        if not file.exists():
            file = file.with_suffix("") / "__init__.py"
        key = str(file.relative_to(ROOT))
        if key not in self._made:
            return None
        finder = self

        class Loader(SourceFileLoader):
            def get_code(self, fullname: str) -> CodeType:
                code = finder.codes[key] = finder._made[key]()
                return code

        return importlib.util.spec_from_file_location(name, file, loader=Loader(name, str(file)))


def _run_tests(plugin: object, *words: str) -> int:
    """Run pytest in this process, with a folder of its own, which goes with it."""
    # No capture: forks would share its files. Folders of tests go as soon as a test ends.
    options = ["-q", "-s", "--no-header", "-p", "no:cacheprovider"]
    # Hypothesis is here already, once for all forks.
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    options += ["-o", "tmp_path_retention_policy=none"]
    with tempfile.TemporaryDirectory(dir=scratch(), ignore_cleanup_errors=True) as own:
        return pytest.main([*options, f"--basetemp={own}/tests", *words], plugins=[plugin])


@functools.cache
def scratch() -> Path:
    """The folder of one run, which goes with it."""
    return Path(tempfile.mkdtemp(prefix="mutants-"))


def _be_quiet() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)


def cpu_seconds() -> float:
    """CPU seconds of this process and of those it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(own.ru_utime + own.ru_stime for own in used)


class _Repeatable:
    """Hypothesis tries the same examples every time, and remembers none."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        name = "mutants"
        hypothesis.settings.register_profile(
            name, hypothesis.settings(), derandomize=True, database=None
        )
        hypothesis.settings.load_profile(name)


class _Prober(_Repeatable):
    """Notes for every test which mutants it reaches, those of its fixtures included."""

    def __init__(self, probes: Probes, hit: set[int]) -> None:
        self.probes, self.hit = probes, hit
        self.fixtures: dict[object, tuple[float, set[int]]] = {}
        self.caches: list[functools._lru_cache_wrapper[object]] = []

    def pytest_collection_finish(self) -> None:
        self.probes.at_import = set(self.hit)
        self.caches = _caches()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
        before, start = set(self.hit), cpu_seconds()
        self.hit.clear()
        result = yield
        self.fixtures[fixturedef] = (cpu_seconds() - start, set(self.hit))
        self.hit |= before
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Function) -> Iterator[None]:
        self.hit.clear()
        # A test that is given an answer remembered from another seems not to come here.
        for answers in self.caches:
            answers.cache_clear()
        start = cpu_seconds()
        result = yield
        seconds = cpu_seconds() - start
        # What a fixture of a module does, it does again for each test that runs alone.
        for definitions in item._fixtureinfo.name2fixturedefs.values():
            for one in definitions:
                if one.scope != "function" and one in self.fixtures:
                    seconds += self.fixtures[one][0]
                    self.hit |= self.fixtures[one][1]
        self.probes.seconds[item.nodeid] = seconds
        self.probes.reached[item.nodeid] = set(self.hit)
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            said = [line for line in report.longreprtext.splitlines() if line.startswith("E ")]
            self.probes.failed[report.nodeid] = said[0][2:].strip() if said else report.when or ""


def _put_probes() -> set[int]:
    """Make the functions that probed code calls; the set fills with the numbers reached."""
    hit: set[int] = set()
    ways = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}

    def reached(numbers: tuple[int, ...], value: object) -> object:
        hit.update(numbers)
        return value

    def compared(numbers: tuple[int, ...], way: str, left: object, right: object) -> object:
        if left == right:
            hit.update(numbers)
        return ways[way](left, right)

    vars(builtins)["__reached__"] = reached
    vars(builtins)["__compared__"] = compared
    return hit


def _fork(work: Callable[[], object], seconds: float | None = None) -> tuple[int, int]:
    """Start a process that does some work and writes what it made into a pipe."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    try:
        os.close(reader)
        _be_quiet()
        if seconds is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        made = json.dumps({"made": work()})
    except BaseException:  # the process ends here, whatever a mutant did
        made = json.dumps({"broke": traceback.format_exc()})
    with os.fdopen(writer, "wb") as out:
        out.write(made.encode())
    os._exit(0)


@dataclass(frozen=True)
class Result:
    """What a process made, or how it broke (an empty text if the system ended it)."""

    made: Any = None
    broke: str | None = None


def _finish(pid: int, reader: int) -> Result:
    """Wait for a process."""
    with os.fdopen(reader, "rb") as given:
        told = given.read()
    os.waitpid(pid, 0)
    return Result(**json.loads(told)) if told else Result(broke="")


def probe(sources: Mapping[str, str], mutants: Sequence[Mutant]) -> Probes:
    """Run the tests once, with probes."""

    def work() -> object:
        hit = _put_probes()
        made = {path: _probed(path, text, mutants) for path, text in sources.items()}
        sys.meta_path.insert(0, _Finder(made))
        probes = Probes()
        _run_tests(_Prober(probes, hit), *test_files())
        reached = {name: sorted(own) for name, own in probes.reached.items()}
        return sorted(probes.at_import), probes.seconds, reached, probes.failed

    result = _finish(*_fork(work))
    if result.broke is not None:
        raise SystemExit(f"the tests did not run\n{result.broke}")
    at_import, seconds, reached, failed = result.made
    if not seconds:
        raise SystemExit("no test could be collected; see: python3 build.py test")
    return Probes(
        set(at_import), seconds, {name: set(own) for name, own in reached.items()}, failed
    )


def _probed(path: str, text: str, mutants: Sequence[Mutant]) -> Callable[[], CodeType]:
    own = [one for one in mutants if one.path == path]
    return lambda: probed(str(ROOT / path), text, own)


@functools.cache
def _imports(test_file: str, path: str) -> bool:
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f"from {module} import" in (ROOT / test_file).read_text(encoding="utf-8")


def tests_for(mutant: Mutant, probes: Probes, mates: set[int]) -> list[str]:
    """The tests that may notice a mutant, the fastest first, as many as there is time for.

    What is evaluated at import serves everybody who comes to its module: there `mates` decide, and
    tests whose file imports the module go first.
    """
    is_table = mutant.number in probes.at_import
    wanted = mates if is_table else {mutant.number}
    names = {name for name, own in probes.reached.items() if own & wanted}
    chosen: list[str] = []
    by_file: dict[str, float] = defaultdict(float)

    def order(name: str) -> tuple[bool, float, str]:
        is_own = is_table and _imports(name.partition("::")[0], mutant.path)
        return not is_own, probes.seconds[name], name

    for name in sorted(names - set(probes.failed), key=order):
        file, seconds = name.partition("::")[0], probes.seconds[name]
        is_time = by_file[file] < _MOST_OF_A_FILE and sum(by_file.values()) < _MOST_SECONDS
        if is_time or not chosen:
            chosen.append(name)
            by_file[file] += seconds
    return chosen


@dataclass(frozen=True)
class Job:
    """A mutant and the tests that may notice it."""

    mutant: Mutant
    tests: Sequence[str]
    seconds: float


def jobs_of(every: Sequence[Mutant], mutants: Sequence[Mutant], probes: Probes) -> list[Job]:
    """What to do for some mutants, after probes for every mutant of their modules."""
    reached = set().union(*probes.reached.values())
    by_path: dict[str, set[int]] = {}
    for one in every:
        if one.number in reached:
            by_path.setdefault(one.path, set()).add(one.number)
    jobs = []
    for one in mutants:
        tests = tests_for(one, probes, by_path.get(one.path, set()))
        jobs.append(Job(one, tests, 10 + 3 * sum(probes.seconds[name] for name in tests)))
    return jobs


def run_all(
    jobs: Sequence[Job], work: Callable[[Job], object], beside: int
) -> Iterator[tuple[Job, str]]:
    """Run each job in a fork, some at a time; yield the test that noticed, or an empty text."""
    waiting = list(jobs)
    running: dict[int, tuple[int, Job]] = {}
    while waiting or running:
        while waiting and len(running) < beside:
            job = waiting.pop(0)
            pid, reader = _fork(functools.partial(work, job), job.seconds)
            running[reader] = (pid, job)
        for reader in select.select(list(running), [], [])[0]:
            pid, job = running.pop(reader)
            result = _finish(pid, reader)
            died = "its end" if result.broke else "its time"
            yield job, str(result.made) if result.broke is None else died


@dataclass(eq=False)
class _Exchanger(_Repeatable):
    """Instead of running the tests, runs each job in a fork where its function is exchanged."""

    finder: _Finder
    sources: Mapping[str, str]
    jobs: Sequence[Job]
    beside: int
    found: list[tuple[int, str]] = field(default_factory=list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        users = _users_of(self.finder.codes.values())
        # Forks share the folder: whoever makes it anew takes away what is in it.
        _warm_up(session.config._tmp_path_factory.getbasetemp() / "city")
        gc.collect()
        gc.freeze()

        def work(job: Job) -> object:
            text = mutated(self.sources[job.mutant.path], job.mutant)
            new = _plain(job.mutant.path, text)()
            _exchange(self.finder.codes[job.mutant.path], new, users)
            return first_failure([items[name] for name in job.tests])

        for job, by in run_all(self.jobs, work, self.beside):
            self.found.append((job.mutant.number, by))
        return True


def _warm_up(folder: Path) -> None:
    """Build the smallest city, so that not every fork has to read the templates; and forget all
    answers that may rest on a rule.
    """
    from conftest import BASE, World

    for audience in ("public", "intranet"):
        World(folder / audience, BASE).build(audience)
    for answers in _caches():
        answers.cache_clear()


def _caches() -> list[functools._lru_cache_wrapper[object]]:
    """Everything that remembers within this process what may rest on a rule."""
    found = (thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper))
    names = ((thing.__module__ or "", thing) for thing in found)
    return [
        thing
        for name, thing in names
        if name.startswith("jiaozhang.") and not name.startswith(_NO_RULE_IN)
    ]


def _users_of(modules: Iterable[CodeType]) -> dict[int, list[FunctionType]]:
    """The functions made of the code of some modules, by its id."""
    codes = {id(code) for module in modules for code, _ in _pairs(module, module)}
    users: dict[int, list[FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and id(thing.__code__) in codes:
            users.setdefault(id(thing.__code__), []).append(thing)
    return users


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    yield old, new
    inner = [[one for one in code.co_consts if isinstance(one, CodeType)] for code in (old, new)]
    for before, after in zip(*inner, strict=True):
        yield from _pairs(before, after)


def _exchange(old: CodeType, new: CodeType, users: dict[int, list[FunctionType]]) -> None:
    for before, after in _pairs(old, new):
        for function in users.get(id(before), ()):
            function.__code__ = after


def first_failure(items: Sequence[pytest.Item]) -> str:
    """Run tests until one fails: its name, or an empty text."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        reports = runtestprotocol(item, nextitem=following, log=False)
        if any(report.failed for report in reports):
            return item.nodeid
    return ""


class _Noter(_Repeatable):
    """Notes the first test that fails."""

    first = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.first:
            self.first = report.nodeid


def run_exchanged(sources: Mapping[str, str], jobs: Sequence[Job], beside: int) -> dict[int, str]:
    """Try mutants of functions, all in forks of one process that has everything imported."""

    def work() -> object:
        made = {path: _plain(path, text) for path, text in sources.items()}
        finder = _Finder(made)
        sys.meta_path.insert(0, finder)
        exchanger = _Exchanger(finder, sources, jobs, beside)
        _run_tests(exchanger, *test_files())
        return exchanger.found

    result = _finish(*_fork(work))
    if result.broke is not None:
        raise SystemExit(f"the tests did not run\n{result.broke}")
    return dict(result.made)


def run_imported(sources: Mapping[str, str], jobs: Sequence[Job], beside: int) -> dict[int, str]:
    """Try mutants that work while their module is imported: each imports everything anew."""

    def work(job: Job) -> object:
        text = mutated(sources[job.mutant.path], job.mutant)
        sys.meta_path.insert(0, _Finder({job.mutant.path: _plain(job.mutant.path, text)}))
        noter = _Noter()
        status = _run_tests(noter, "-x", *job.tests)
        return noter.first or ("" if status == 0 else "import")

    return {job.mutant.number: by for job, by in run_all(jobs, work, beside)}


def _plain(path: str, text: str) -> Callable[[], CodeType]:
    return lambda: compile(text, str(ROOT / path), "exec")


def try_all(
    sources: Mapping[str, str], every: Sequence[Mutant], mutants: Sequence[Mutant], beside: int
) -> list[Verdict]:
    """Find the tests that reach each of some mutants, and run them against it.

    `every` holds the others of their modules too: they tell who comes to a module at all.
    """
    probes = probe(sources, every)
    for name, why in probes.failed.items():
        print(f"left out, since it fails without a mutant: {name}: {why}")
    jobs = jobs_of(every, mutants, probes)
    late = [job for job in jobs if job.tests and job.mutant.number not in probes.at_import]
    early = [job for job in jobs if job.tests and job.mutant.number in probes.at_import]
    noticed = run_exchanged(sources, late, beside) | run_imported(sources, early, beside)
    return [Verdict(j.mutant, noticed.get(j.mutant.number, ""), len(j.tests)) for j in jobs]
