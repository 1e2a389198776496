"""Templates, read without being filled: what they call exists, every branch closes what it opens.

Whether the pages made of them are valid is asked of the Nu HTML checker (`test_valid_html`); this
finds what no page of a test happens to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pytest
from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from conftest import ROOT
from jiaozhang.render.jinja import GLOBALS

TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*.html"))
}
GIVEN = {"this", "href", "asset", "asset_file", *GLOBALS}
VOID = {"!doctype", "br", "hr", "img", "input", "link", "meta", "wbr"}
# What stands for the value of an expression.
VALUE = "\0"
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


@dataclass(frozen=True)
class Tag:
    name: str
    attributes: str
    line: int
    # In a loop or a macro: it may stand in a page more than once.
    is_repeated: bool

    def values(self, attribute: str) -> list[str]:
        found = re.findall(rf'(?:^|\s){attribute}="([^"]*)"', self.attributes)
        return [value for value in found if VALUE not in value]


@dataclass(frozen=True)
class State:
    """Where the reading of HTML stands: elements that are open, and the tag that is being read."""

    open: tuple[str, ...] = ()
    tag: str | None = None
    is_quoted: bool = False

    def same(self, other: State) -> bool:
        """Whether what follows is read alike; the attributes before it do not matter."""
        mine, theirs = (one.tag.split()[:1] if one.tag else one.tag for one in (self, other))
        return (self.open, self.is_quoted, mine) == (other.open, other.is_quoted, theirs)


class Reading:
    """One template: its faults, and its tags."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.faults: list[str] = []
        self.tags: list[Tag] = []
        self.tree = Environment(autoescape=True).parse(source)
        self._closed("template", self._all(self.tree.body, State(), False), State(), 1)

    def fault(self, line: int, said: str) -> None:
        self.faults.append(f"{self.name}:{line}: {said}")

    def _closed(self, what: str, end: State, start: State, line: int) -> State:
        if not end.same(start):
            self.fault(line, f"{what} leaves {end.open} open, not {start.open}")
        return start

    def _all(self, body: list[nodes.Node], state: State, is_repeated: bool) -> State:
        for node in body:
            state = self._one(node, state, is_repeated)
        return state

    def _one(self, node: nodes.Node, state: State, is_repeated: bool) -> State:
        match node:
            case nodes.Output():
                return self._output(node, state, is_repeated)
            case nodes.If():
                return self._branches(node, state, is_repeated)
            case nodes.For():
                for body in (node.body, node.else_):
                    self._closed("a loop", self._all(body, state, True), state, node.lineno)
            case nodes.Macro() | nodes.AssignBlock():
                end = self._all(node.body, State(), True)
                self._closed("a macro or text", end, State(), node.lineno)
            case nodes.Block() | nodes.Scope() | nodes.ScopedEvalContextModifier():
                end = self._all(node.body, state, is_repeated)
                self._closed("a block", end, state, node.lineno)
            case nodes.Extends() | nodes.Import() | nodes.Include() | nodes.Assign():
                pass
            case _:
                self.fault(node.lineno, f"{type(node).__name__} is not known to this test")
        return state

    def _output(self, node: nodes.Output, state: State, is_repeated: bool) -> State:
        for part in node.nodes:
            text = part.data if isinstance(part, nodes.TemplateData) else VALUE
            line = part.lineno
            for char in text:
                state = self._char(char, state, line, is_repeated)
                line += char == "\n"
        return state

    def _branches(self, node: nodes.If, state: State, is_repeated: bool) -> State:
        bodies = [node.body, *(other.body for other in node.elif_), node.else_]
        ends = [self._all(body, state, is_repeated) for body in bodies]
        for end in ends:
            self._closed("a branch", end, ends[0], node.lineno)
        if state.tag is None or ends[0].tag is None:
            return ends[0]
        # Attributes of all branches: which of them a tag gets is another question.
        more = "".join((end.tag or "").removeprefix(state.tag) for end in ends)
        return replace(ends[0], tag=state.tag + more)

    def _char(self, char: str, state: State, line: int, is_repeated: bool) -> State:
        if state.tag is None:
            return replace(state, tag="") if char == "<" else state
        if char == '"':
            state = replace(state, is_quoted=not state.is_quoted)
        if char != ">" or state.is_quoted:
            return replace(state, tag=state.tag + char)
        name, _, attributes = state.tag.rstrip("/").partition(" ")
        self.tags.append(Tag(name.lower(), attributes, line, is_repeated))
        if name.startswith("/"):
            if state.open[-1:] != (name[1:],):
                self.fault(line, f"<{name}> closes {state.open[-1:]}")
            return State(state.open[:-1])
        is_whole = state.tag.endswith("/") or name.lower() in VOID
        return State(state.open if is_whole else (*state.open, name))


READINGS: Mapping[str, Reading] = {name: Reading(name, text) for name, text in TEMPLATES.items()}


def unsafe(reading: Reading) -> Iterator[str]:
    """What passes by the escaping, breaks the policy of the site, or hides from the link check."""
    for node in reading.tree.find_all(
        (nodes.Filter, nodes.FilterBlock, nodes.ScopedEvalContextModifier)
    ):
        if not isinstance(node, nodes.Filter) or node.name in ("safe", "xmlattr"):
            yield f"{reading.name}:{node.lineno}: passes by the escaping"
    for tag in reading.tags:
        bare = re.sub(r'="[^"]*"', "", tag.attributes)
        names = {name.lower() for name in re.findall(r'(?:^|\s)([\w-]+)(?==")', tag.attributes)}
        if "=" in bare or '"' in bare or "'" in bare:
            yield f"{reading.name}:{tag.line}: an attribute is not in double quotes"
        if "style" in names or tag.name == "style" or any(name.startswith("on") for name in names):
            yield f"{reading.name}:{tag.line}: a style or a script in the page"
        is_data = tag.attributes.strip() == 'type="application/ld+json"'
        if tag.name == "script" and "src" not in names and not is_data:
            yield f"{reading.name}:{tag.line}: a style or a script in the page"
        if "javascript:" in tag.attributes.lower():
            yield f"{reading.name}:{tag.line}: a style or a script in the page"


def macros(reading: Reading) -> dict[str, nodes.Macro]:
    return {macro.name: macro for macro in reading.tree.find_all(nodes.Macro)}


def defined(reading: Reading) -> Iterator[str]:
    """The names that stand at the top of a template, and that its blocks see too."""
    for node in reading.tree.body:
        match node:
            case nodes.Macro(name=name) | nodes.Import(target=name):
                yield name
            case nodes.Assign(target=nodes.Name(name=name)):
                yield name


def calls(reading: Reading, all_of: Mapping[str, Reading]) -> Iterator[tuple[str, str, nodes.Call]]:
    """Each call of a macro: the template that should have it, its name, and the call."""
    imported = {
        node.target: str(node.template.value)
        for node in reading.tree.find_all(nodes.Import)
        if isinstance(node.template, nodes.Const)
    }
    for call in reading.tree.find_all(nodes.Call):
        match call.node:
            case nodes.Getattr(node=nodes.Name(name=module), attr=name) if module in imported:
                yield imported[module], name, call
            case nodes.Name(name=name) if name in macros(reading):
                yield reading.name, name, call
    for target, template in imported.items():
        if template not in all_of:
            reading.fault(1, f"{template} is not there")
        if not any(
            name.name == target and name.ctx == "load" for name in reading.tree.find_all(nodes.Name)
        ):
            reading.fault(1, f"{target} is imported and not used")


def misfit(macro: nodes.Macro | None, call: nodes.Call) -> str:
    """What is wrong with a call of a macro, or nothing."""
    if macro is None:
        return "is not there"
    names = [argument.name for argument in macro.args]
    named = {one.key for one in call.kwargs}
    filled = set(names[: len(call.args)]) | named
    needed = set(names[: len(names) - len(macro.defaults)])
    if len(call.args) > len(names) or named - set(names):
        return "does not take all of this"
    return f"lacks {sorted(needed - filled)}" if needed - filled else ""


def lint(readings: Mapping[str, Reading]) -> list[str]:
    """All that is wrong with templates."""
    found: list[str] = []
    used: set[tuple[str, str]] = set()
    for reading in readings.values():
        unknown = find_undeclared_variables(reading.tree) - GIVEN - set(defined(reading))
        found += (f"{reading.name}: nobody says what {name} is" for name in sorted(unknown))
        for template, name, call in calls(reading, readings):
            used.add((template, name))
            macro = macros(readings[template]).get(name) if template in readings else None
            said = misfit(macro, call)
            found += [f"{reading.name}:{call.lineno}: {name} {said}"] if said else []
        found += unsafe(reading)
        found += ids(reading, readings)
        found += reading.faults
    found += (
        f"{reading.name}: nobody uses the macro {name}"
        for reading in readings.values()
        for name in macros(reading)
        if (reading.name, name) not in used
    )
    return found


def page(reading: Reading, readings: Mapping[str, Reading]) -> list[Reading]:
    """A template with all whose tags stand in its page once: what it extends and includes."""
    found = [reading]
    for node in reading.tree.find_all((nodes.Extends, nodes.Include)):
        if isinstance(node.template, nodes.Const) and node.template.value in readings:
            found += page(readings[node.template.value], readings)
    return found


def ids(reading: Reading, readings: Mapping[str, Reading]) -> Iterator[str]:
    """Ids that a page would have twice, and references to none."""
    tags = [tag for one in page(reading, readings) for tag in one.tags]
    fixed = [value for tag in tags for value in tag.values("id")]
    for tag in reading.tags:
        for value in tag.values("id"):
            if tag.is_repeated or fixed.count(value) > 1:
                yield f"{reading.name}:{tag.line}: the id {value} may stand in a page twice"
        for value in (value for name in REFERENCES for value in tag.values(name)):
            if not tag.is_repeated and value not in fixed:
                yield f"{reading.name}:{tag.line}: there is no id {value}"


def test_templates_have_no_faults() -> None:
    assert sum(len(reading.tags) for reading in READINGS.values()) > 400
    assert lint(READINGS) == []


def test_every_template_is_used() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "jiaozhang").rglob("*.py"))
    named = {
        node.template.value
        for reading in READINGS.values()
        for node in reading.tree.find_all((nodes.Extends, nodes.Include, nodes.Import))
    }
    assert [name for name in TEMPLATES if name not in named and f'"{name}"' not in code] == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if "</" in TEMPLATES[name]])
def test_a_closing_tag_that_is_left_out_is_missed(name: str) -> None:
    text = TEMPLATES[name]
    tags = list(re.finditer(r"</\w+>", text))
    for tag in (tags[0], tags[len(tags) // 2], tags[-1]):
        assert Reading(name, text[: tag.start()] + text[tag.end() :]).faults, tag


PART = "{% macro row(one, note='') %}<li>{{ one }}{{ note }}</li>{% endmacro %}"
GOOD = (
    '{% import "part.html" as part %}<ul id="a">{% for one in this.rows %}{{ part.row(one) }}'
    '{% endfor %}</ul><p{% if this.on %} class="{{ this.on }}"{% else %} hidden{% endif %}'
    ' aria-labelledby="a">a &lt; b<br><svg><path d="M0 0"/></svg></p>'
)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("</ul>", "", "leaves ('ul',) open"),
        ("</p>", "</ul>", "closes ('p',)"),
        ("</p>", "", "leaves ('p',) open"),
        ("{% endfor %}</ul>", "</ul>{% endfor %}", "a loop leaves () open"),
        ("{{ part.row(one) }}", "<li>", "a loop leaves ('ul', 'li') open"),
        ("<br>", "{% if this.x %}<b>{% endif %}x</b>", "a branch leaves"),
        ("<br>", "{% if this.x %}<b>{% else %}<i>{% endif %}x</b>", "a branch leaves"),
        ('this.on }}"', "this.on }}", "a branch leaves"),
        ("<br>", "{{ this.text | safe }}", "passes by the escaping"),
        ("<br>", "{% autoescape false %}{{ this.text }}{% endautoescape %}", "passes by"),
        ("<br>", '<b style="a">b</b>', "a style or a script"),
        ("<br>", '<b {% if this.x %}onclick="a"{% endif %}>b</b>', "a style or a script"),
        ("<br>", "<script>a</script>", "a style or a script"),
        ("<br>", '<a href="javascript:a">b</a>', "a style or a script"),
        ("<br>", "<i class=a>b</i>", "not in double quotes"),
        ("<br>", '<i id="a">b</i>', "the id a may stand in a page twice"),
        ("{{ part.row(one) }}", '<li id="b">c</li>', "the id b may stand in a page twice"),
        ('id="a"', "", "there is no id a"),
        ("part.row(one)", "part.rows(one)", "rows is not there"),
        ("part.row(one)", "part.row()", "row lacks ['one']"),
        ("part.row(one)", "part.row(one, 2, 3)", "row does not take"),
        ("part.row(one)", "part.row(one, nota=3)", "row does not take"),
        ("{{ part.row(one) }}", "", "part is imported and not used"),
        ("part.row(one)", "one", "nobody uses the macro row"),
        ("part.html", "parts.html", "parts.html is not there"),
        ("this.on }}", "that.on }}", "nobody says what that is"),
    ],
)
def test_what_is_wrong_is_said(was: str, now: str, said: str) -> None:
    assert was in GOOD
    found = lint_of(GOOD.replace(was, now, 1))
    assert any(said in one for one in found), found


def test_nothing_is_said_where_nothing_is_wrong() -> None:
    assert lint_of(GOOD) == []


def test_a_template_that_cannot_be_read_is_no_template() -> None:
    with pytest.raises(TemplateSyntaxError):
        lint_of("{% for a in b %}")


def lint_of(text: str) -> list[str]:
    return lint(
        {name: Reading(name, own) for name, own in (("page.html", text), ("part.html", PART))}
    )
