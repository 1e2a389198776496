"""Attachments: what is refused about a file, and the words for what is found in it."""

from __future__ import annotations

from collections.abc import Mapping

from jiaozhang.faults.messages.message import Message, message, public

ATTACHMENTS: dict[str, Message] = {
    "attachment-name": message(
        "附件的文件名 {name} 不能用在网址里",
        "file name {name} cannot be used in a web address",
        "只用小写字母、数字和连字符，如 kaigong-1.jpg",
        "use only lower-case letters, digits and hyphens, such as opening-1.jpg",
    ),
    "attachment-form": message(
        "{name} 不是它的名字所说的那种文件",
        "content of {name} does not match its file extension",
        "附件可以是 PNG、JPEG、WebP 图片和 PDF；重新导出一份",
        "export the file again as a PNG, JPEG or WebP image or as a PDF",
    ),
    "picture-unsound": message(
        "{name} {why_zh}",
        "{name} {why}",
        "用画图、看图软件打开，缩小以后另存为 PNG 或 JPEG",
        "open it in an image editor, reduce its size and save it as PNG or JPEG",
    ),
    "attachment-words": public(
        "{name} 里带有{found}",
        "{name} contains {found_en}",
        "公开以后谁都看得到。Windows：右键→属性→详细信息→“删除属性和个人信息”；"
        "手机：截一张图，或者用不带位置的方式分享；别的数据：用画图打开，另存为 PNG，就只剩画面",
        "remove it, since anyone could read it once published. Windows: Properties, Details, "
        "Remove Properties; phone: take a screenshot, or share without the location; any other "
        "data: save the image as PNG in an image editor, which keeps only the pixels",
    ),
    "pdf-words": public(
        "{name} 里带有{found}",
        "{name} contains {found_en}",
        "WPS：文件→文档加密→属性，清空作者等，再输出为 PDF；LibreOffice：文件→属性→重设，再导出；"
        "Word：文件→检查文档→删除个人信息；只有 PDF 的，用“打印”到 PDF 另存一份，"
        "脚本、动作、旧版本都不会留下。批注和附件先删去",
        "clear the document properties in WPS, Word or LibreOffice and export again, or print it "
        "to a new PDF, which drops scripts, actions and earlier versions; remove comments and "
        "embedded files first",
    ),
    "pdf-unreadable": public(
        "{name} 读不了：{why_zh}",
        "{name} cannot be read: {why}",
        "没有读过的不能公开：去掉密码，用原来的软件重新导出，或者“打印”到 PDF 另存一份",
        "remove the password and export it again, or print it to a new PDF; a PDF that cannot be "
        "checked is not published",
    ),
    "attachment-missing": message(
        "附件里没有 {name}",
        "attachment {name} not found",
        "把文件放进和这条进展同名的文件夹，写作 ![说明]({folder}/文件名)",
        "put the file into the folder with the same name as the note and write "
        "![description]({folder}/NAME)",
    ),
    "image-without-words": message(
        "图片 {name} 没有说明",
        "image {name} has no alt text",
        "在方括号里写图上是什么，看不见图的人要靠它：![说明]({name})",
        "describe in the brackets what the image shows, for readers who cannot see it: ![alt "
        "text]({name})",
    ),
    "attachment-unused": message(
        "附件 {name} 没有用到",
        "attachment {name} is not used",
        "在正文里放上图片，或者删去这个文件；PDF 不用写，会自动列出",
        "show the image in the text, or delete the file; PDFs are listed automatically",
    ),
}

# What a picture or paper may tell besides what it shows, the most private first.
INSIDE: Mapping[str, tuple[str, str]] = {
    "gps": ("拍摄地点", "the location where it was taken"),
    "author": ("作者", "the author's name"),
    "camera": ("相机或手机的型号", "the camera or phone model"),
    "time": ("拍摄时间", "the time it was taken"),
    "caption": ("写在照片里的说明", "a caption in the photo"),
    "iptc": ("IPTC 信息", "IPTC data"),
    "xmp": ("XMP 信息", "XMP data"),
    "comment": ("注释", "a comment"),
    "thumbnail": ("另存的小图", "a thumbnail"),
    "software": ("处理软件的名称", "the name of the editing software"),
    "exif": ("EXIF 信息", "EXIF data"),
    "other": ("画面以外的数据", "data that is not part of the image"),
    "tail": ("接在文件结尾后面的数据", "data after the end of the file"),
    "another": ("另一个文件（压缩包或网页）", "another file (an archive or a web page)"),
    "credentials": ("来源凭证（C2PA）", "content credentials (C2PA)"),
    "profile": (
        "色彩配置里画面用不着的内容",
        "data in the colour profile that the image does not need",
    ),
    "frames": ("不止一幅画面", "more than one frame"),
    "script": ("脚本（JavaScript）", "a script (JavaScript)"),
    "action": ("点开就会执行的动作", "an action that runs when it is opened or clicked"),
    "media": ("音像、三维等多媒体", "multimedia (audio, video or 3D)"),
    "form": ("XFA 表单", "an XFA form"),
    "external": ("文件以外的内容", "content stored outside the file"),
    "header": ("开头的注释", "comments in the file header"),
    "path": ("电脑里的路径", "a path on somebody's computer"),
    "file-name": ("原来的文件名", "the original file name"),
    "number": ("号码", "a number"),
    "annotation": ("批注人的名字", "the name of a commenter"),
    "embedded": ("藏在里面的文件", "an embedded file"),
    "photo-gps": ("照片的拍摄地点", "the location where a photo was taken"),
    "photo-author": ("照片的作者", "the author of a photo"),
}
# Why a PDF could not be read.
WHY: Mapping[str, tuple[str, str]] = {
    "versions": ("里面的旧版本读不了", "an earlier version in it cannot be read"),
    "cost": ("读它太费时间或内存", "reading it takes too much time or memory"),
    "password": ("要密码才能打开", "it is password-protected"),
    "broken": ("文件有损坏，或者不完整", "it is damaged or incomplete"),
}
# Why a picture is not sound.
UNSOUND: Mapping[str, tuple[str, str]] = {
    "broken": ("打不开：图片有损坏，或者不完整", "is damaged or incomplete and cannot be opened"),
    "size": (
        "太大：最多四千万像素，每边一万六千",
        "is too large (maximum 40 million pixels, 16,384 on each side)",
    ),
    "scans": ("扫描太多次，打开它太费时间", "has too many scans and takes too long to open"),
    "frames": ("不止一幅画面", "has more than one frame"),
    "cost": ("打开它太费时间或内存", "takes too much time or memory to open"),
}
