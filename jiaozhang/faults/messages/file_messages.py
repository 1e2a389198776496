"""Files: what cannot be read as it stands."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

FILES: dict[str, Message] = {
    "no-content": message(
        "没有这个内容文件夹",
        "content folder not found",
        "用 --content 指出台账所在的文件夹，里面应有 units.yaml 和以年份命名的文件夹",
        "give the ledger folder with --content; it contains units.yaml and a folder per year",
    ),
    "unreadable-file": message(
        "文件打不开（{why}）",
        "cannot open the file ({why})",
        "检查文件的读取权限",
        "check the read permission of the file",
    ),
    "unread-file": message(
        "没有任何功能会读取这个文件",
        "file is not used by anything",
        "{what}文件名和所在的文件夹像这样：{example}；各类文件放在哪里，见 docs/编辑指南.md",
        "{what_en}use a file name and folder like {example}; docs/编辑指南.md says where each kind "
        "of file belongs",
    ),
    "misnamed-file": message(
        "文件名或所在的文件夹不对，没有任何功能会读取这个文件",
        "file is not used: wrong name or wrong folder",
        "照这样改名或移动；正文里用到这个名字的，一起改",
        "rename or move the file as shown, and update the text that refers to it",
    ),
    "copied-file": message(
        "像是 {original} 的副本，没有任何功能会读取它",
        "file looks like a copy of {original} and is not used",
        "留一份，删去另一份；是另一条进展，就换一个名字",
        "keep one of them and delete the other; if it is a separate record, rename it",
    ),
    "attachment-too-large": message(
        "附件有 {size}，最多 {limit}",
        "attachment is {size}, maximum {limit}",
        "{how}",
        "{how_en}",
    ),
    "not-utf8": message(
        "文件不是 UTF-8 编码（看起来是 {guess}）",
        "file is not encoded in UTF-8 (it looks like {guess})",
        "在编辑器里选“另存为”，编码选 UTF-8",
        "save the file again with UTF-8 encoding",
    ),
    "control-character": message(
        "文件里有控制字符 {char}",
        "file contains the control character {char}",
        "删去这个字符；从别处粘贴时请选“只保留文本”",
        "delete the character; paste text as plain text",
    ),
    "invisible-character": message(
        "文件里有看不见的字符 {char}",
        "file contains the invisible character {char}",
        "删去这个字符：它不显示，却会改变搜索、比对和文字方向",
        "delete the character; it is not displayed, but changes search, comparison and text "
        "direction",
    ),
    "unassigned-character": message(
        "字符 {char} 没有统一的含义",
        "character {char} has no standard meaning",
        "换成输入法打得出的字：它只在个别电脑上显示得出来",
        "replace it with a standard character; this one is displayed on few computers only",
    ),
    "line-too-long": message(
        "这一行超过 {limit} 个字符",
        "line is longer than {limit} characters",
        "把内容分成几行",
        "split it into several lines",
    ),
    "file-too-large": message(
        "文件超过 {limit}",
        "file is larger than {limit}",
        "这种文件只放文字，通常不到 8 KB；检查是不是把图片或表格粘贴了进来",
        "check for a pasted image or table; a file of this kind contains only text, usually "
        "under 8 KB",
    ),
    "too-many-files": message(
        "文件太多：有 {count} 个，最多 {limit} 个；这个文件夹里最多",
        "too many files: {count}, maximum {limit}; this folder has the most",
        "台账之外的文件移到别处；真要这么多，由管网站的人加 --limit-files",
        "move files that do not belong to the ledger elsewhere; if all are needed, ask the site "
        "operator to set --limit-files",
    ),
    "content-too-large": message(
        "文件合起来太大：{size}，最多 {limit}；这个文件夹里最多",
        "files are too large in total: {size}, maximum {limit}; this folder is the largest",
        "图片和 PDF 缩小，不用的移到别处；真要这么大，由管网站的人加 --limit-size",
        "reduce the size of images and PDFs, and move unused files elsewhere; if all are needed, "
        "ask the site operator to set --limit-size",
    ),
    "folder-too-deep": message(
        "文件夹套得太深，超过 {limit} 层，里面的没有读",
        "folder is nested more than {limit} levels deep and is not read",
        "移到上面来：台账的文件最深六层，如 2025/internal/notes/023/2025-06-30-kejiju/",
        "move it up; the deepest path in a ledger is 2025/internal/notes/023/2025-06-30-kejiju/",
    ),
    "path-too-long": message(
        "路径太长，超过 {limit} 个字节，没有读",
        "path is longer than {limit} bytes and is not read",
        "文件和文件夹的名字取短些",
        "shorten the names of the file and its folders",
    ),
    "symlink": message(
        "这是一个符号链接",
        "file is a symbolic link",
        "把文件本身放进来：链接可能指到内容文件夹之外",
        "replace it with the file itself; a link can point outside the content folder",
    ),
    "special-file": message(
        "这不是普通文件",
        "not a regular file",
        "删去它：管道、设备和套接字不能当内容",
        "remove it; pipes, devices and sockets cannot be content",
    ),
    "reserved-name": message(
        "文件名“{name}”有的系统不能使用",
        "file name “{name}” is not valid on every operating system",
        '换一个名字，不用 \\ / : * ? " < > |、看不见的字符和首尾空格，也不用 con、nul 等',
        'rename it: avoid \\ / : * ? " < > |, invisible characters, leading or trailing spaces, '
        "and names such as con and nul",
    ),
    "case-collision": message(
        "文件名和 {twin} 只差大小写",
        "file name differs from {twin} only in case",
        "改掉其中一个：在 Windows 和 macOS 上它们是同一个文件",
        "rename one of them; on Windows and macOS they are the same file",
    ),
    "empty-file": message(
        "文件是空的",
        "file is empty",
        "补上内容，或者删去这个文件",
        "add content, or delete the file",
    ),
}
