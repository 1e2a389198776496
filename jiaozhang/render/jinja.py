"""Jinja templates in a sandbox: they get one frozen value, and may only loop, branch and link."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from jinja2 import BytecodeCache, DictLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from jiaozhang.cache import keep, known
from jiaozhang.pages.core.linked_data import breadcrumbs
from jiaozhang.wording.catalogue import FOR_TEMPLATES
from jiaozhang.wording.joining import join_clauses, join_list, labelled

# Functions for every template: `join` for text without markup; `hide` and `show` enclose the words
# of a message that are for screen readers only.
GLOBALS: Mapping[str, object] = {
    **FOR_TEMPLATES,
    "join_clauses": join_clauses,
    "join_list": join_list,
    "labelled": labelled,
    "hide": Markup('<span class="hidden">'),
    "show": Markup("</span>"),
    "breadcrumbs": breadcrumbs,
}


def fill(
    templates: Mapping[str, str],
    name: str,
    this: object,
    href: Callable[[str], str],
    asset: Callable[[str], str],
    asset_file: Callable[[str], str],
) -> str:
    """Render the template `name` with the value `this`.

    `href` and `asset` give links from the page, `asset_file` the address of a file on the site.
    """
    template = _environment(tuple(templates.items())).get_template(name)
    return template.render(this=this, href=href, asset=asset, asset_file=asset_file)


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox that caches its decision for each class and attribute: pages ask a hundred thousand
    times, and the decision depends on nothing else.
    """

    def __init__(self, templates: Mapping[str, str]) -> None:
        super().__init__(
            loader=DictLoader(dict(templates)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_Compiled(),
        )
        self.globals.update(GLOBALS)
        self._decided: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        key = (type(obj), attr)
        if key not in self._decided:
            self._decided[key] = super().is_safe_attribute(obj, attr, value)
        return self._decided[key]


class _Compiled(BytecodeCache):
    """Caches the byte code of templates on disk, by their source."""

    def load_bytecode(self, bucket: Bucket) -> None:
        code = known("template", (bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        keep("template", (bucket.key, bucket.checksum), bucket.bytecode_to_string())


@functools.lru_cache(maxsize=2)
def _environment(templates: tuple[tuple[str, str], ...]) -> _Environment:
    return _Environment(dict(templates))
