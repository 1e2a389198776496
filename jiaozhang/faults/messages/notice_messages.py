"""The importer: what a notice can be refused for."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

NOTICE: dict[str, Message] = {
    "no-table": message(
        "没有找到任务表：表头里要有{wanted}",
        "task table not found: its header must contain {wanted}",
        "从原文件里连表头一起复制；纯文本要保留单元格之间的制表符",
        "copy the table with its header from the notice; in plain text, keep the tabs between "
        "cells",
    ),
    "notice-form": message(
        "不能读 {kind} 文件",
        "cannot read {kind} files",
        "另存为 .docx、.xlsx、.html、.csv 或纯文本 .txt",
        "save it as .docx, .xlsx, .html, .csv or plain text .txt",
    ),
    "notice-costly": message(
        "这个 {kind} 文件太长，或者表格套得太深，读它太费时间",
        "this {kind} file is too long, or its tables are nested too deeply, to be read in time",
        "在浏览器里打开，只复制任务表，贴进 Word 或 Excel，另存一份再导入",
        "open it in a browser, copy only the task table into Word or Excel, save that and import "
        "it",
    ),
    "notice-broken": message(
        "这个 {kind} 文件打不开，可能损坏了",
        "cannot open this {kind} file; it may be damaged",
        "在文字处理或表格软件里打开，另存一份再导入",
        "open it in a word processor or spreadsheet, save a new copy and import that",
    ),
    "row-number": message(
        "第 {after} 行之后应是下一项的序号，读到的是“{given}”",
        "expected a task number after row {after}, found “{given}”",
        "这一行多了或少了一个单元格；对照原文补齐",
        "compare this row with the notice; it has one cell too many or too few",
    ),
    "row-short": message(
        "第 {row} 项只有 {cells} 个单元格，表就结束了",
        "table ends in row {row} after {cells} cells",
        "原文被截断了：补上缺少的部分再导入",
        "add the missing part of the text and import again",
    ),
    "row-wide": message(
        "第 {row} 项有 {cells} 个单元格，表头只有 {headings} 个",
        "row {row} has {cells} cells, but the header has {headings}",
        "单元格里的换行或分隔符把一格分成了几格；对照原文合并",
        "compare the row with the notice and join the cells that a line break or separator has "
        "split",
    ),
    "row-order": message(
        "第 {previous} 项之后是第 {given} 项，序号没有变大",
        "row {given} follows row {previous}, but numbers must increase",
        "检查有没有重复或错位的行",
        "check for duplicate or misplaced rows",
    ),
    "row-empty": message(
        "第 {row} 项的“{heading}”是空的",
        "row {row} has no value for “{heading}”",
        "对照原文补上",
        "fill in the cell from the notice",
    ),
    "row-section": message(
        "第 {row} 项的主要任务“{given}”接不上前面的编号",
        "section “{given}” in row {row} does not continue the numbering",
        "应写成“一、……”，编号逐个递增；和上一行相同的可以留空",
        "write 一、…, numbered consecutively; leave the cell empty to repeat the row above",
    ),
}
