"""The site: settings, links and sums."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

SITE: dict[str, Message] = {
    "not-a-registration": message(
        "“{given}”不像登记的编号，或者只是占位",
        "“{given}” is no registered number, or only a placeholder",
        "照登记证书填写；没有登记就不能写 standing = official",
        "write it as registered; without a registration a site is not official",
    ),
    "official-incomplete": message(
        "政府主办的网站缺少 {missing}",
        "an official site needs {missing}",
        "standing = official 时，[official] 各项和 base_url、contacts 都要写明",
        "with standing = official write [official], base_url and contacts",
    ),
    "not-a-colour": message(
        "“{given}”不是颜色",
        "“{given}” is not a colour",
        "写作 # 和六位小写十六进制数，如 #14506e",
        "write # and six lower-case hexadecimal digits, such as #14506e",
    ),
    "weak-colour": message(
        "{given} 在{paper}背景上看不清，对比度只有 {ratio}",
        "{given} is too weak on {paper} paper: its contrast is {ratio}",
        "换一个对比度不低于 4.5 的颜色（WCAG 2.2 的要求）",
        "choose a colour with a contrast of at least 4.5 (WCAG 2.2)",
    ),
    "wrong-total": message(
        "{year}年按“{grouping}”汇总是 {counted}，应当是 {there}",
        "{year}: counts by {grouping} sum to {counted}, and should to {there}",
        "这是程序的错误，请把这一行发给维护者",
        "this is a bug of the program; please send us this line",
    ),
    "no-ledger": message(
        "没有任何一年的台账",
        "there is no ledger of any year",
        "用 python3 build.py import 文件 --year 年份 导入，或者用 --content 指向别处",
        "run python3 build.py import FILE --year Y, or point --content elsewhere",
    ),
    "year-without-ledger": message(
        "{year} 文件夹里没有 ledger.yaml，这一年的内容都不会出现",
        "the folder {year} has no ledger.yaml, so nothing in it would appear",
        "导入文件会生成 ledger.yaml；不要的文件夹请移走",
        "import writes a ledger.yaml; move the folder away if it is not meant to be here",
    ),
    "no-registry": message(
        "缺少 {file}",
        "{file} is missing",
        "导入文件时会生成一份，也可以照 examples/demo 手写",
        "import writes one; examples/demo shows its form",
    ),
    "no-site": message(
        "缺少 site.toml：不知道这是哪座城市的网站",
        "site.toml is missing: nobody can tell whose site this is",
        '写一个 {file}，两行：name = "示例市政府重点工作"，standing = "unofficial"；'
        "别处的 site.toml 不会拿来用",
        'write {file} with two lines: name = "NAME OF THE SITE" and standing = "unofficial"; '
        "that of another folder is not used",
    ),
    "unknown-year": message(
        "没有 {given} 年的台账",
        "there is no ledger of {given}",
        "改成已有的年份",
        "name a year that has one",
    ),
    "broken-link": message(
        "链接“{link}”没有去处",
        "the link “{link}” leads nowhere",
        "页面 {page} 里有这个链接；检查地址和锚点。正文里写完整网址，或者从这一页出发的路径；"
        "附件不用写链接，会自动列出",
        "it stands on the page {page}; check the address and the anchor. In a text write a whole "
        "address, or the way from that page; attachments are listed by themselves",
    ),
    "address-collision": message(
        "两个页面用同一个地址 {address}",
        "two pages have the address {address}",
        "改掉其中一个的 slug",
        "change the slug of one of them",
    ),
    "redirect-taken": message(
        "{address} 现在有页面，不会跳转",
        "{address} has a page, so nothing would be redirected",
        "页面还在，就删去这一行",
        "delete the line, since the page is there",
    ),
    "redirect-nowhere": message(
        "没有 {address} 这一页",
        "there is no page {address}",
        "to 要写现在有的页面；撤下的写 null，并写明 reason",
        "name a page that is there now; for one that was taken down write null and a reason",
    ),
    "withdrawn-without-reason": message(
        "{address} 没有写搬到哪里，也没有写为什么撤下",
        "{address} says neither where it went nor why it was taken down",
        "搬走的写 to；撤下的写 reason，网页上会显示",
        "write to for a page that moved, reason for one that was taken down; it will be shown",
    ),
    "vanished-address": message(
        "已经公布过的网址 /{address} 没有了",
        "the published address /{address} is gone",
        "写一行 - {{from: {address}, to: 新网址}}；确实撤下的 to 写 null，并写明 reason",
        "add - {{from: {address}, to: NEW}}; if it was taken down, to: null and a reason",
    ),
}
