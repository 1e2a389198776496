"""Files: what cannot be read as it stands."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

FILES: dict[str, Message] = {
    "no-content": message(
        "没有这个内容文件夹",
        "there is no such content folder",
        "用 --content 指出台账所在的文件夹，里面应有 units.yaml 和以年份命名的文件夹",
        "name the folder of the ledger with --content; it holds units.yaml and a folder per year",
    ),
    "unreadable-file": message(
        "文件打不开（{why}）",
        "the file cannot be opened ({why})",
        "检查文件的读取权限",
        "check the permissions of the file",
    ),
    "unread-file": message(
        "没有任何功能会读取这个文件",
        "nothing reads this file",
        "{what}文件名和所在的文件夹像这样：{example}；各类文件放在哪里，见 docs/编辑指南.md",
        "{what_en}A file is called like {example}; "
        "docs/编辑指南.md tells where each kind of file belongs",
    ),
    "misnamed-file": message(
        "文件名或所在的文件夹不对，没有任何功能会读取这个文件",
        "nothing reads this file: its name or its folder is not right",
        "照这样改名或移动；正文里用到这个名字的，一起改",
        "rename or move it, and what refers to it",
    ),
    "copied-file": message(
        "像是 {original} 的副本，没有任何功能会读取它",
        "this looks like a copy of {original}, and nothing reads it",
        "留一份，删去另一份；是另一条进展，就换一个名字",
        "keep one of them; if it is a record of its own, give it another name",
    ),
    "attachment-too-large": message(
        "附件有 {size}，最多 {limit}",
        "the attachment has {size}, at most {limit} are allowed",
        "{how}",
        "{how_en}",
    ),
    "not-utf8": message(
        "文件不是 UTF-8 编码（看起来是 {guess}）",
        "the file is not UTF-8 (it looks like {guess})",
        "在编辑器里选“另存为”，编码选 UTF-8",
        "save it again with the encoding UTF-8",
    ),
    "control-character": message(
        "文件里有控制字符 {char}",
        "there is a control character {char} in the file",
        "删去这个字符；从别处粘贴时请选“只保留文本”",
        "delete it; paste as plain text",
    ),
    "invisible-character": message(
        "文件里有看不见的字符 {char}",
        "there is an invisible character {char} in the file",
        "删去这个字符：它不显示，却会改变搜索、比对和文字方向",
        "delete it: it does not show, but changes search, comparison and text direction",
    ),
    "unassigned-character": message(
        "字符 {char} 没有统一的含义",
        "the character {char} has no common meaning",
        "换成输入法打得出的字：它只在个别电脑上显示得出来",
        "write a character that every machine can show: this one is drawn on few",
    ),
    "line-too-long": message(
        "这一行超过 {limit} 个字符",
        "this line has more than {limit} characters",
        "把内容分成几行",
        "break it into several lines",
    ),
    "file-too-large": message(
        "文件超过 {limit}",
        "the file is larger than {limit}",
        "这种文件只放文字，通常不到 8 KB；检查是不是把图片或表格粘贴了进来",
        "such a file holds text only, mostly below 8 KB; look for a picture pasted into it",
    ),
    "too-many-files": message(
        "文件太多：有 {count} 个，最多 {limit} 个；这个文件夹里最多",
        "too many files: {count}, at most {limit} are read; most of them lie in this folder",
        "台账之外的文件移到别处；真要这么多，由管网站的人加 --limit-files",
        "move away what is no ledger; where all are needed, an operator adds --limit-files",
    ),
    "content-too-large": message(
        "文件合起来太大：{size}，最多 {limit}；这个文件夹里最多",
        "all files together are too large: {size}, at most {limit}; most of it lies in this folder",
        "图片和 PDF 缩小，不用的移到别处；真要这么大，由管网站的人加 --limit-size",
        "make pictures and PDFs smaller, move away what is not used; where all is needed, "
        "an operator adds --limit-size",
    ),
    "folder-too-deep": message(
        "文件夹套得太深，超过 {limit} 层，里面的没有读",
        "this folder lies more than {limit} folders deep and is not looked into",
        "移到上面来：台账的文件最深六层，如 2025/internal/notes/023/2025-06-30-kejiju/",
        "move it up: no file of a ledger lies deeper than "
        "2025/internal/notes/023/2025-06-30-kejiju/",
    ),
    "path-too-long": message(
        "路径太长，超过 {limit} 个字节，没有读",
        "this path is longer than {limit} bytes and is not read",
        "文件和文件夹的名字取短些",
        "give the file and its folders shorter names",
    ),
    "symlink": message(
        "这是一个符号链接",
        "this is a symbolic link",
        "把文件本身放进来：链接可能指到内容文件夹之外",
        "put the file itself here: a link can point outside the content folder",
    ),
    "special-file": message(
        "这不是普通文件",
        "this is not a regular file",
        "删去它：管道、设备和套接字不能当内容",
        "remove it: pipes, devices and sockets are no content",
    ),
    "reserved-name": message(
        "文件名“{name}”有的系统不能使用",
        "the file name “{name}” cannot be used on every system",
        '换一个名字，不用 \\ / : * ? " < > |、看不见的字符和首尾空格，也不用 con、nul 等',
        'rename it: no \\ / : * ? " < > |, nothing unseen, no blank or dot at '
        "the end, not con or nul",
    ),
    "case-collision": message(
        "文件名和 {twin} 只差大小写",
        "the name differs from {twin} by case only",
        "改掉其中一个：在 Windows 和 macOS 上它们是同一个文件",
        "rename one: on Windows and macOS they are the same file",
    ),
    "empty-file": message(
        "文件是空的",
        "the file is empty",
        "补上内容，或者删去这个文件",
        "write its fields, or delete the file",
    ),
}
