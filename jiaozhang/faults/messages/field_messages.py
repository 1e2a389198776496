"""Fields: what stands in one entry."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

FIELDS: dict[str, Message] = {
    "unknown-key": message(
        "没有叫“{key}”的项目",
        "unknown field “{key}”",
        "这里可以用：{known}",
        "use one of: {known}",
    ),
    "missing-field": message(
        "缺少 {field}（{meaning}）",
        "missing field {field}",
        "补上这一项",
        "add this field",
    ),
    "cut-by-hash": message(
        "“{kept}”后面的“ #……”会被当成注释，不会出现",
        "the text after “{kept}” is read as a comment, because a space and # start one",
        "整段文字加上引号；真要写注释，# 前面空两格，后面空一格",
        "put quotes around the text; for a real comment, write two spaces before the # and one "
        "after it",
    ),
    "thousands": message(
        "逗号把一个数拆成了两半：……,{given}",
        "a comma splits the number: …,{given}",
        "数字里不写千分号：1200，不写 1,200",
        "write numbers without thousands separators: 1200, not 1,200",
    ),
    "wrong-shape": message(
        "这里应是{wanted}",
        "expected {wanted_en}",
        "对照 docs/fields.md 里这种文件的写法",
        "see docs/fields.md for the form of this file",
    ),
    "wrong-type": message(
        "这里应是{wanted}，写的是 {given}",
        "expected {wanted_en}, found {given}",
        "文字要加双引号，数字和 true、false 不加",
        "put text in double quotes; write numbers, true and false without quotes",
    ),
    "fullwidth-comma": message(
        "列表里用了中文标点，“{given}”会被当成一项",
        "list uses Chinese punctuation, so “{given}” is read as one item",
        "改成 {mended}",
        "write {mended}",
    ),
    "fullwidth-digits": message(
        "数字是全角的：{given}",
        "full-width digits: {given}",
        "改成 {mended}",
        "write {mended}",
    ),
    "not-a-number": message(
        "“{given}”不是 {low} 到 {high} 的整数",
        "“{given}” is not an integer from {low} to {high}",
        "用半角数字，不带引号、单位和开头的 0",
        "use half-width digits without quotes, unit or leading zeros",
    ),
    "not-a-quantity": message(
        "“{given}”不是数字",
        "“{given}” is not a number",
        "只写数字，如 1600 或 1.62；单位（包括 %）另写在 unit 里，不用千分位逗号",
        "write digits only, such as 1600 or 1.62; write the unit (including %) in the field "
        "unit, and use no thousands separators",
    ),
    "not-a-date": message(
        "“{given}”不是日期",
        "“{given}” is not a date",
        "写作 年-月-日，例如 2025-06-30",
        "write year-month-day, such as 2025-06-30",
    ),
    "no-such-day": message(
        "日历上没有 {given} 这一天",
        "date {given} does not exist",
        "检查月份和日子",
        "check the month and the day",
    ),
    "not-a-choice": message(
        "“{given}”不在可选的词里",
        "“{given}” is not an allowed value",
        "可选：{words}",
        "use one of: {words}",
    ),
    "not-a-slug": message(
        "“{given}”不能用作网址",
        "“{given}” cannot be used in a web address",
        "用小写字母、数字和连字符，字母开头，例如 kejiju；index、internal 等已另有用处",
        "use lower-case letters, digits and hyphens, starting with a letter; index, internal and "
        "a few others are reserved",
    ),
    "not-an-address": message(
        "“{given}”不是可以链接的网址",
        "“{given}” is not a valid link address",
        "以 https://、http://、mailto: 或 tel: 开头",
        "start it with https://, http://, mailto: or tel:",
    ),
    "not-a-page-address": message(
        "“{given}”不是本站页面的网址",
        "“{given}” is not the address of a page on this site",
        "从年份写起，用小写字母、数字和连字符，以 / 结尾，例如 2025/units/kejiju/",
        "start with the year, use lower-case letters, digits and hyphens, and end with /, such "
        "as 2025/units/kejiju/",
    ),
    "not-one-line": message(
        "这里只能写一行",
        "value must be a single line",
        "删去换行",
        "remove the line breaks",
    ),
    "blank-edge": message(
        "文字首尾有多余的空白",
        "text has leading or trailing spaces",
        "删去首尾空白",
        "remove the leading and trailing spaces",
    ),
    "empty-value": message(
        "这里是空的",
        "value is empty",
        "写上内容，或者删去这一项",
        "write a value, or delete the field",
    ),
    "too-many": message(
        "列表有 {count} 项，最多 {limit} 项",
        "list has {count} items, maximum {limit}",
        "检查是不是粘贴错了",
        "check for content pasted by mistake",
    ),
    "too-long": message(
        "有 {length} 个字，最多 {limit} 个",
        "value has {length} characters, maximum {limit}",
        "缩短这一项",
        "shorten the value",
    ),
}
