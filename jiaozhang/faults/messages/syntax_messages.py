"""Syntax: YAML, TOML, and what a Chinese keyboard does to them."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

SYNTAX: dict[str, Message] = {
    "yaml-syntax": message(
        "这里不合 YAML 格式：{why_zh}",
        "this is not YAML: {why}",
        "常见原因：冒号后缺空格、缩进不齐、引号没有配对；"
        "含“: ”或以括号、> | * & @ % ! # 开头的文字要加引号",
        "often a missing blank after a colon, uneven indentation or an open quote; "
        "quote texts that hold “: ” or begin with a bracket or > | * & @ % ! #",
    ),
    "yaml-feature": message(
        "这里用了不支持的 YAML 写法 {feature}",
        "this uses the YAML feature {feature}, which is not accepted",
        "只用“键: 值”、列表和文字；以 & * ! % ? 开头的文字要加引号",
        "use plain maps, lists and text; quote texts that begin with & * ! % ?",
    ),
    "duplicate-key": message(
        "“{key}”写了两次，第一次在第{first}行",
        "“{key}” stands twice, first in line {first}",
        "只留一个",
        "keep one of them",
    ),
    "too-deep": message(
        "嵌套超过 {limit} 层",
        "nested more than {limit} levels deep",
        "台账文件最多三四层；检查是不是多打了括号",
        "ledger files need three or four levels; look for stray brackets",
    ),
    "fullwidth-colon": message(
        "冒号是全角的：{line}",
        "the colon is full-width: {line}",
        "改用半角冒号，后面空一格：{mended}",
        "write a plain colon and a blank after it: {mended}",
    ),
    "odd-space": message(
        "冒号后面或行首的空格不是半角的：{line}",
        "a blank after the colon or at the line's beginning is not a plain one: {line}",
        "删去这个空格，用英文输入法打一个：{mended}",
        "replace it by a plain blank: {mended}",
    ),
    "missing-space": message(
        "冒号后面缺一个空格：{line}",
        "there is no blank after the colon: {line}",
        "冒号后面空一格：{mended}",
        "put a blank after the colon: {mended}",
    ),
    "needs-quotes": message(
        "“{value}”{why}，整段要加引号",
        "“{value}” {why_en}: quote the whole text",
        "改成 {mended}",
        "write {mended}",
    ),
    "comma-between-keys": message(
        "花括号里，两项之间的逗号不是半角的：{mark}",
        "the comma between two entries in braces is not a plain one: {mark}",
        "改成 {mended}",
        "write {mended}",
    ),
    "fullwidth-bracket": message(
        "括号是全角的：{mark}",
        "the bracket is full-width: {mark}",
        "改成 {mended}",
        "write {mended}",
    ),
    "unclosed": message(
        "{mark} 没有配对",
        "{mark} has no partner",
        "改成 {mended}",
        "write {mended}",
    ),
    "dash-space": message(
        "列表的“-”后面缺一个空格：{line}",
        "there is no blank after the dash of a list: {line}",
        "改成 {mended}",
        "write {mended}",
    ),
    "missing-colon": message(
        "{key} 后面缺冒号",
        "there is no colon after {key}",
        "改成 {mended}",
        "write {mended}",
    ),
    "uneven-indent": message(
        "这一行的缩进和上面几行不齐",
        "this line is not indented like those above",
        "行首{blanks}：{mended}",
        "begin it {blanks_en}: {mended}",
    ),
    "tab-indent": message(
        "这一行用制表符缩进",
        "this line is indented with a tab",
        "改用空格缩进，每层两个",
        "indent with blanks, two for each level",
    ),
    "toml-syntax": message(
        "这里不合 TOML 格式：{why_zh}",
        "this is not TOML: {why}",
        '文字要放在英文双引号里，例如 name = "市政府重点工作"',
        'texts stand in double quotes, like name = "text"',
    ),
}
