"""Prose: what stands in the text of a note or a notice."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

PROSE: dict[str, Message] = {
    "prose-too-long": message(
        "正文太长：{what}超过 {limit} 个字",
        "the text is too long: more than {limit} characters in {what_en}",
        "分成几段；正文只放文件的文字，任务写在 tasks 里",
        "split it into paragraphs; put only the text of the document here, and tasks in tasks/",
    ),
    "table-too-large": message(
        "表格太大：{rows} 行 {columns} 列，最多 {most_rows} 行 {most_columns} 列",
        "table is too large: {rows} rows and {columns} columns, maximum {most_rows} and "
        "{most_columns}",
        "拆成几张表；行数不算表头",
        "split it into several tables; the header row is not counted",
    ),
    "text-lost": message(
        "正文里的“{text}”在页面上会丢失或者变样",
        "“{text}” would be missing or changed on the page",
        "把这里的意思用普通文字写出来；符号要照原样显示，前面加 \\",
        "write it in plain words; to show a character as it is, put \\ before it",
    ),
    "html-comment": message(
        "正文里有网页注释 <!--",
        "text contains an HTML comment <!--",
        "删去它：正文里没有不显示的文字；给同事的话写在提交说明里",
        "remove the comment, since all text is shown; write notes for colleagues in the commit "
        "message",
    ),
    "not-markup": message(
        "“{given}”不是这里的写法，会照原样显示",
        "“{given}” is not supported markup and would be shown literally",
        "{mended}；能用的写法见 docs/编辑指南.md",
        "{mended_en}; see docs/编辑指南.md for the supported markup",
    ),
    "raw-markup": message(
        "“{given}”会照原样显示在页面上",
        "“{given}” will be shown literally",
        "{mended}；要的就是这些字符，前面加 \\ 就不再提醒",
        "{mended_en}; if these characters are intended, put \\ before them to silence this warning",
        level="warning",
    ),
    "stars-in-words": message(
        "“{given}”夹在字的中间，两个 * 会当成斜体的记号，不显示",
        "“{given}” is inside a word: the two * would be read as emphasis and not shown",
        "乘号写 ×，遮去的字写 ○；要强调写 {mended}；照原样显示，在 * 前面加 \\",
        "write × for multiplication and ○ for a masked character; write emphasis as {mended}; "
        "put \\ before a * to show it",
    ),
    "sign-or-bullet": message(
        "“{given}”单独一行，会显示成列表或者引文，前面的符号不显示",
        "“{given}” is alone on its line and becomes a list or quotation, so the leading "
        "character is not shown",
        "是正负号、大于号就写 {mended}；真是列表或者引文，把话写完整",
        "write {mended} if it is a plus, minus or greater-than sign; if it is a list or "
        "quotation, write a full sentence",
        level="warning",
    ),
}
