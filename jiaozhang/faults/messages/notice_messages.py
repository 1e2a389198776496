"""The importer: what a notice can be refused for."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

NOTICE: dict[str, Message] = {
    "no-table": message(
        "没有找到任务表：表头里要有{wanted}",
        "no table of tasks: its headings should name {wanted}",
        "从原文件里连表头一起复制；纯文本要保留单元格之间的制表符",
        "copy the table with its headings; plain text must keep the tabs between cells",
    ),
    "notice-form": message(
        "不能读 {kind} 文件",
        "{kind} files cannot be read",
        "另存为 .docx、.xlsx、.html、.csv 或纯文本 .txt",
        "save it as .docx, .xlsx, .html, .csv or plain .txt",
    ),
    "notice-costly": message(
        "这个 {kind} 文件太长，或者表格套得太深，读它太费时间",
        "this {kind} file is too long, or its tables stand too deep in tables, to be read in time",
        "在浏览器里打开，只复制任务表，贴进 Word 或 Excel，另存一份再导入",
        "open it in a browser, copy the table alone into Word or Excel, and save that",
    ),
    "notice-broken": message(
        "这个 {kind} 文件打不开，可能损坏了",
        "this {kind} file cannot be opened; it may be damaged",
        "在文字处理或表格软件里打开，另存一份再导入",
        "open it in an office program and save it again",
    ),
    "row-number": message(
        "第 {after} 行之后应是下一项的序号，读到的是“{given}”",
        "after {after} rows a task number should follow, found “{given}”",
        "这一行多了或少了一个单元格；对照原文补齐",
        "a cell is missing or surplus here; compare the notice",
    ),
    "row-short": message(
        "第 {row} 项只有 {cells} 个单元格，表就结束了",
        "the table ends inside row {row}, after {cells} cells",
        "原文被截断了：补上缺少的部分再导入",
        "the text was cut off: complete it and import again",
    ),
    "row-wide": message(
        "第 {row} 项有 {cells} 个单元格，表头只有 {headings} 个",
        "row {row} has {cells} cells, the table has {headings} headings",
        "单元格里的换行或分隔符把一格分成了几格；对照原文合并",
        "a line break or mark inside a cell has split it; join it again",
    ),
    "row-order": message(
        "第 {previous} 项之后是第 {given} 项，序号没有变大",
        "row {given} follows row {previous}: numbers must rise",
        "检查有没有重复或错位的行",
        "look for a row that stands twice or in the wrong place",
    ),
    "row-empty": message(
        "第 {row} 项的“{heading}”是空的",
        "row {row} has nothing under “{heading}”",
        "对照原文补上",
        "complete it from the notice",
    ),
    "row-section": message(
        "第 {row} 项的主要任务“{given}”接不上前面的编号",
        "the section “{given}” of row {row} does not continue the numbering",
        "应写成“一、……”，编号逐个递增；和上一行相同的可以留空",
        "write 一、…, numbered one by one; leave the cell empty to repeat the row above",
    ),
}
