"""Fields: what stands in one entry."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

FIELDS: dict[str, Message] = {
    "unknown-key": message(
        "没有叫“{key}”的项目",
        "there is no field “{key}”",
        "这里可以用：{known}",
        "known here: {known}",
    ),
    "missing-field": message(
        "缺少 {field}（{meaning}）",
        "{field} is missing",
        "补上这一项",
        "add this field",
    ),
    "cut-by-hash": message(
        "“{kept}”后面的“ #……”会被当成注释，不会出现",
        "what follows “{kept}” would be a comment, since a blank and # begin one",
        "整段文字加上引号；真要写注释，# 前面空两格，后面空一格",
        "quote the text; a comment has two blanks before its # and one behind",
    ),
    "thousands": message(
        "逗号把一个数拆成了两半：……,{given}",
        "the comma parts a number in two: …,{given}",
        "数字里不写千分号：1200，不写 1,200",
        "write numbers without separators: 1200 and not 1,200",
    ),
    "wrong-shape": message(
        "这里应是{wanted}",
        "{wanted_en} should stand here",
        "对照 docs/fields.md 里这种文件的写法",
        "compare docs/fields.md",
    ),
    "wrong-type": message(
        "这里应是{wanted}，写的是 {given}",
        "{wanted_en} should stand here, and not {given}",
        "文字要加双引号，数字和 true、false 不加",
        "quote texts; numbers, true and false stand without quotes",
    ),
    "fullwidth-comma": message(
        "列表里用了中文标点，“{given}”会被当成一项",
        "“{given}” would be one item, since its comma is Chinese",
        "改成 {mended}",
        "write {mended}",
    ),
    "fullwidth-digits": message(
        "数字是全角的：{given}",
        "the digits are full-width: {given}",
        "改成 {mended}",
        "write {mended}",
    ),
    "not-a-number": message(
        "“{given}”不是 {low} 到 {high} 的整数",
        "“{given}” is not a whole number from {low} to {high}",
        "用半角数字，不带引号、单位和开头的 0",
        "plain digits, without a unit or leading zeros",
    ),
    "not-a-quantity": message(
        "“{given}”不是数字",
        "“{given}” is not a number",
        "只写数字，如 1600 或 1.62；单位（包括 %）另写在 unit 里，不用千分位逗号",
        "digits only, like 1600 or 1.62; the unit has its own field, no thousands separators",
    ),
    "not-a-date": message(
        "“{given}”不是日期",
        "“{given}” is not a date",
        "写作 年-月-日，例如 2025-06-30",
        "write year-month-day, like 2025-06-30",
    ),
    "no-such-day": message(
        "日历上没有 {given} 这一天",
        "the calendar has no {given}",
        "检查月份和日子",
        "check month and day",
    ),
    "not-a-choice": message(
        "“{given}”不在可选的词里",
        "“{given}” is not one of the words allowed here",
        "可选：{words}",
        "allowed: {words}",
    ),
    "not-a-slug": message(
        "“{given}”不能用作网址",
        "“{given}” cannot be part of an address",
        "用小写字母、数字和连字符，字母开头，例如 kejiju；index、internal 等已另有用处",
        "lower-case letters, digits and hyphens, a letter first; index, internal … are taken",
    ),
    "not-an-address": message(
        "“{given}”不是可以链接的网址",
        "“{given}” is not an address one can link to",
        "以 https://、http://、mailto: 或 tel: 开头",
        "it begins with https://, http://, mailto: or tel:",
    ),
    "not-a-page-address": message(
        "“{given}”不是本站页面的网址",
        "“{given}” is no address of a page of this site",
        "从年份写起，用小写字母、数字和连字符，以 / 结尾，例如 2025/units/kejiju/",
        "begin with the year, use lower-case letters, digits and hyphens, and end with /",
    ),
    "not-one-line": message(
        "这里只能写一行",
        "only one line may stand here",
        "删去换行",
        "remove the line breaks",
    ),
    "blank-edge": message(
        "文字首尾有多余的空白",
        "the text begins or ends with blanks",
        "删去首尾空白",
        "remove them",
    ),
    "empty-value": message(
        "这里是空的",
        "nothing is written here",
        "写上内容，或者删去这一项",
        "write a value, or remove the field",
    ),
    "too-many": message(
        "列表有 {count} 项，最多 {limit} 项",
        "the list has {count} items, at most {limit} are allowed",
        "检查是不是粘贴错了",
        "look for something pasted by mistake",
    ),
    "too-long": message(
        "有 {length} 个字，最多 {limit} 个",
        "{length} characters, at most {limit} are allowed",
        "缩短这一项",
        "shorten it",
    ),
}
