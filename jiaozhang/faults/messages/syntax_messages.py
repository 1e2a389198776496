"""Syntax: YAML, TOML, and what a Chinese keyboard does to them."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

SYNTAX: dict[str, Message] = {
    "yaml-syntax": message(
        "这里不合 YAML 格式：{why_zh}",
        "invalid YAML: {why}",
        "常见原因：冒号后缺空格、缩进不齐、引号没有配对；"
        "含“: ”或以括号、> | * & @ % ! # 开头的文字要加引号",
        "check for a missing space after a colon, uneven indentation or an unclosed quote; quote "
        "text that contains “: ” or starts with a bracket or > | * & @ % ! #",
    ),
    "yaml-feature": message(
        "这里用了不支持的 YAML 写法 {feature}",
        "unsupported YAML feature {feature}",
        "只用“键: 值”、列表和文字；以 & * ! % ? 开头的文字要加引号",
        "use only `key: value` pairs, lists and text; quote text that starts with & * ! % ?",
    ),
    "duplicate-key": message(
        "“{key}”写了两次，第一次在第{first}行",
        "duplicate key “{key}”, first defined on line {first}",
        "只留一个",
        "keep one of them",
    ),
    "too-deep": message(
        "嵌套超过 {limit} 层",
        "nested more than {limit} levels deep",
        "台账文件最多三四层；检查是不是多打了括号",
        "check for extra brackets; ledger files need three or four levels",
    ),
    "fullwidth-colon": message(
        "冒号是全角的：{line}",
        "full-width colon: {line}",
        "改用半角冒号，后面空一格：{mended}",
        "use a half-width colon followed by a space: {mended}",
    ),
    "odd-space": message(
        "冒号后面或行首的空格不是半角的：{line}",
        "non-standard space after the colon or at the start of the line: {line}",
        "删去这个空格，用英文输入法打一个：{mended}",
        "replace it with an ordinary space: {mended}",
    ),
    "missing-space": message(
        "冒号后面缺一个空格：{line}",
        "missing space after the colon: {line}",
        "冒号后面空一格：{mended}",
        "add a space after the colon: {mended}",
    ),
    "needs-quotes": message(
        "“{value}”{why}，整段要加引号",
        "“{value}” {why_en}, so the whole text needs quotes",
        "改成 {mended}",
        "write {mended}",
    ),
    "comma-between-keys": message(
        "花括号里，两项之间的逗号不是半角的：{mark}",
        "comma between fields in braces is not half-width: {mark}",
        "改成 {mended}",
        "write {mended}",
    ),
    "fullwidth-bracket": message(
        "括号是全角的：{mark}",
        "full-width bracket: {mark}",
        "改成 {mended}",
        "write {mended}",
    ),
    "unclosed": message(
        "{mark} 没有配对",
        "unbalanced bracket or quote {mark}",
        "改成 {mended}",
        "write {mended}",
    ),
    "dash-space": message(
        "列表的“-”后面缺一个空格：{line}",
        "missing space after the list dash: {line}",
        "改成 {mended}",
        "write {mended}",
    ),
    "missing-colon": message(
        "{key} 后面缺冒号",
        "missing colon after {key}",
        "改成 {mended}",
        "write {mended}",
    ),
    "uneven-indent": message(
        "这一行的缩进和上面几行不齐",
        "indentation does not match the lines above",
        "行首{blanks}：{mended}",
        "start the line {blanks_en}: {mended}",
    ),
    "tab-indent": message(
        "这一行用制表符缩进",
        "line is indented with a tab",
        "改用空格缩进，每层两个",
        "indent with spaces, two per level",
    ),
    "toml-syntax": message(
        "这里不合 TOML 格式：{why_zh}",
        "invalid TOML: {why}",
        '文字要放在英文双引号里，例如 name = "市政府重点工作"',
        'put text in double quotes, such as name = "text"',
    ),
}
