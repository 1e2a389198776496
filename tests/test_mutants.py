"""The tool that mutates rules: what it changes, that it leaves the rest, and what it lets live."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from mutants import ACCEPTED, TARGETS, all_mutants, read_accepted, sample, targets
from mutations import Mutant, mutants_of, mutated, probed, symbols_of

pytestmark = pytest.mark.slow

HEAD = "from typing import Literal\n\nWord = Literal['late', 'early']\n\n\n"


def changed(tmp_path: Path, text: str) -> list[str]:
    """What a text becomes, one line for each mutant."""
    return [mutated(text, one).removeprefix(HEAD).strip() for one in mutants(tmp_path, text)]


def mutants(tmp_path: Path, text: str) -> list[Mutant]:
    (tmp_path / "one.py").write_text(text, encoding="utf-8")
    return mutants_of(tmp_path, [tmp_path / "one.py"], symbols_of([text]))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x = a < b", ["x = a <= b"]),
        ("x = a >= b", ["x = a > b"]),
        ("x = a == b != c", ["x = a != b != c", "x = a == b == c"]),
        ("x = (a) not in (b)", ["x = (a) in (b)"]),
        ("x = a is not None", ["x = a is None"]),
        ("x = a and b or c", ["x = (a and b and c)", "x = (a or b) or c"]),
        ("x = (a or\n     b)", ["x = ((a and\n     b))"]),
        ("x = not a", ["x = (a)"]),
        ("x = y[1]", ["x = y[2]", "x = y[0]"]),
        ("x = True", ["x = False"]),
        (
            "x = '节点' < 县[1:]",
            ["x = '节点' <= 县[1:]", "x = '节点' < 县[2:]", "x = '节点' < 县[0:]"],
        ),
        ("def f():\n    return 'late'", ["def f():\n    return 'early'"]),
        ("x.append('late')", ["x.append('early')"]),
        ("x = ('甲', '乙')", ["x = ('乙', '乙')", "x = ('甲', '甲')"]),
        ("x = {'a': '甲'}", ["x = {'a': 'a'}"]),
        ("f = lambda: '甲'", ["f = lambda: '甲-'"]),
        (
            "y: Literal['sole']\nx = ('sole', '乙')",
            [
                "y: Literal['sole']\nx = ('乙', '乙')",
                "y: Literal['sole']\nx = ('sole', 'sole')",
            ],
        ),
    ],
)
def test_an_edge_and_what_it_becomes(tmp_path: Path, text: str, wanted: list[str]) -> None:
    assert changed(tmp_path, HEAD + text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        '"""A text that says 1 < 2."""',
        "def f(x: Literal['late']) -> Literal['early']:\n    pass",
        "@dataclass(frozen=True)\nclass A:\n    pass",
        "x = f'{y:02} late'",
        "raise ValueError('two words')",
        "T = TypeVar('T')",
        "__all__ = ['late', 'early']",
        "x = y['late']",
        "x = a == 'late'",
    ],
)
def test_what_decides_nothing_stays(tmp_path: Path, text: str) -> None:
    found = changed(tmp_path, HEAD + text)
    assert found == (["x = a != 'late'"] if "==" in text else [])


def test_a_mutant_is_known_by_what_it_says_and_not_by_its_line(tmp_path: Path) -> None:
    text = "def f(a):\n    return a < 1 or a < 1\n"
    keys = [one.key for one in mutants(tmp_path, text)]
    assert "one.py f: a < 1 -> a <= 1" in keys and "one.py f: a < 1 -> a <= 1 (2)" in keys
    assert len(set(keys)) == len(keys)
    assert [one.key for one in mutants(tmp_path, "\n\n" + text)] == keys


def test_probes_change_no_value_and_tell_what_was_reached(tmp_path: Path) -> None:
    text = "def f(a, b):\n    return 'yes' if a < b and not b == 7 else 'no'\n"
    found = mutants(tmp_path, text)
    reached: set[int] = set()
    same: set[int] = set()

    def keep(numbers: tuple[int, ...], value: object) -> object:
        reached.update(numbers)
        return value

    def compare(numbers: tuple[int, ...], way: str, left: int, right: int) -> bool:
        same.update(numbers if left == right else ())
        return {"<": left < right}[way]

    room: dict[str, object] = {"__reached__": keep, "__compared__": compare}
    exec(probed("one.py", text, found), room)  # noqa: S102 - our own words, four lines up
    f = room["f"]
    assert callable(f)
    assert [f(1, 2), f(2, 1), f(1, 7)] == ["yes", "no", "no"]
    keys = {one.number: one.key.partition(": ")[2] for one in found}
    assert "a < b -> a <= b" not in {keys[number] for number in reached | same}
    assert f(2, 2) == "no"
    assert {keys[number] for number in same} == {"a < b -> a <= b"}
    assert reached | same == set(keys)


def test_the_sample_is_the_same_whatever_else_is_there(tmp_path: Path) -> None:
    every = mutants(tmp_path, "\n".join(f"x{n} = a{n} < b{n}" for n in range(50)))
    few = sample(every, 10)
    assert len(few) == 10
    assert few == sorted(few, key=lambda one: one.number)
    assert {one.key for one in few} <= {one.key for one in sample(every, 11)}


@pytest.fixture(scope="module")
def every() -> list[Mutant]:
    return all_mutants(targets(TARGETS))


def test_every_mutant_of_the_rules_is_python_and_another_text(every: list[Mutant]) -> None:
    assert len({one.key for one in every}) == len(every) > 400
    root = ACCEPTED.parent.parent
    texts = {one.path: (root / one.path).read_text(encoding="utf-8") for one in every}
    trees = {path: ast.dump(ast.parse(text)) for path, text in texts.items()}
    for one in every:
        assert ast.dump(ast.parse(mutated(texts[one.path], one))) != trees[one.path], one.key


def test_what_may_live_is_still_there_and_has_a_reason(every: list[Mutant]) -> None:
    reasons = read_accepted(ACCEPTED.read_text(encoding="utf-8"))
    gone = set(reasons) - {one.key for one in every}
    assert gone == set(), "there is no such mutant any more: take its lines out"
    assert [key for key, reason in reasons.items() if not reason] == []
