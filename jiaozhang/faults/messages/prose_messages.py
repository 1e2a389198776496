"""Prose: what stands in the text of a note or a notice."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

PROSE: dict[str, Message] = {
    "prose-too-long": message(
        "正文太长：{what}超过 {limit} 个字",
        "the text is too long: more than {limit} characters in {what_en}",
        "分成几段；正文只放文件的文字，任务写在 tasks 里",
        "break it into paragraphs; tasks have files of their own",
    ),
    "table-too-large": message(
        "表格太大：{rows} 行 {columns} 列，最多 {most_rows} 行 {most_columns} 列",
        "the table is too large: {rows} rows and {columns} columns, "
        "at most {most_rows} and {most_columns} are allowed",
        "拆成几张表；行数不算表头",
        "break it into several tables; the head is not counted",
    ),
    "text-lost": message(
        "正文里的“{text}”在页面上会丢失或者变样",
        "“{text}” would be lost from the page or changed on it",
        "把这里的意思用普通文字写出来；符号要照原样显示，前面加 \\",
        "say it in plain words; a sign that is to be shown has a \\ before it",
    ),
    "html-comment": message(
        "正文里有网页注释 <!--",
        "there is an HTML comment <!-- in the text",
        "删去它：正文里没有不显示的文字；给同事的话写在提交说明里",
        "remove it: all of a text is shown; say it in the message of the commit",
    ),
    "not-markup": message(
        "“{given}”不是这里的写法，会照原样显示",
        "“{given}” is no markup here and would be shown as it stands",
        "{mended}；能用的写法见 docs/编辑指南.md",
        "{mended_en}; docs/编辑指南.md has all that can be used",
    ),
    "raw-markup": message(
        "“{given}”会照原样显示在页面上",
        "“{given}” will be shown as it stands",
        "{mended}；要的就是这些字符，前面加 \\ 就不再提醒",
        "{mended_en}; if these very characters are meant, a \\ before them ends this warning",
        level="warning",
    ),
    "stars-in-words": message(
        "“{given}”夹在字的中间，两个 * 会当成斜体的记号，不显示",
        "“{given}” stands amid words: both asterisks would become emphasis and not be shown",
        "乘号写 ×，遮去的字写 ○；要强调写 {mended}；照原样显示，在 * 前面加 \\",
        "a factor has ×, a hidden letter ○; emphasis is {mended}; \\* is shown as it is",
    ),
    "sign-or-bullet": message(
        "“{given}”单独一行，会显示成列表或者引文，前面的符号不显示",
        "“{given}” stands alone and becomes a list or a quotation, so its sign is not shown",
        "是正负号、大于号就写 {mended}；真是列表或者引文，把话写完整",
        "if the sign is meant write {mended}; if it is a list, write a whole sentence",
        level="warning",
    ),
}
