"""Syntax: YAML, TOML, and what a Chinese keyboard does to them."""

from __future__ import annotations

from portal.messages.message import Message, message

SYNTAX: dict[str, Message] = {
    "yaml-syntax": message(
        "这里不合 YAML 格式：{why_zh}",
        "this is not YAML: {why}",
        "常见原因：冒号后缺空格、缩进不齐、引号没有配对；含“: ”或以 * & @ % 开头的文字要加引号",
        "often a missing blank after a colon, uneven indentation or an open quote; "
        "quote texts that hold “: ” or begin with * & @ %",
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
        "改用半角冒号，后面空一格，例如 title: 争创国家示范区",
        "write a plain colon and a blank after it, like `title: text`",
    ),
    "odd-space": message(
        "冒号后面或行首的空格不是半角的：{line}",
        "a blank after the colon or at the line's beginning is not a plain one: {line}",
        "删去这个空格，用英文输入法打一个",
        "replace it by a plain blank",
    ),
    "missing-space": message(
        "冒号后面缺一个空格：{line}",
        "there is no blank after the colon: {line}",
        "冒号后面空一格，例如 title: 争创国家示范区",
        "put a blank after the colon, like `title: text`",
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
