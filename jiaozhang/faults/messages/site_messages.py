"""The site: settings, links and sums."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

SITE: dict[str, Message] = {
    "not-a-registration": message(
        "“{given}”不像登记的编号，或者只是占位",
        "“{given}” is a placeholder or not a registration number",
        "照登记证书填写；没有登记就不能写 standing = official",
        "copy the number from the registration certificate; a site without registration cannot "
        "have standing = official",
    ),
    "official-incomplete": message(
        "政府主办的网站缺少 {missing}",
        "official site is missing {missing}",
        "standing = official 时，[official] 各项和 base_url、contacts 都要写明",
        "fill in [official], base_url and contacts when standing = official",
    ),
    "no-contact": message(
        "site.toml 没有 contacts，读者发现错误没有地方说",
        "site.toml has no contacts, so readers cannot report a mistake",
        "加一项 [[contacts]]，写明 label 和 address（mailto:信箱、tel:电话或 https:// 网址）；"
        "不加，页面上就没有“指出这一页的错误”",
        "add [[contacts]] with label and address (mailto:, tel: or https://); without it, pages "
        "do not invite readers to report mistakes",
        "warning",
    ),
    "not-a-placeholder": message(
        "联系方式的网址里，{given} 填不进内容",
        "{given} cannot be filled in in the address of a contact",
        "能填的是 {title}（标题）和 {body}（正文），写在 http 或 https 网址的问号后面；"
        "mailto: 会自动带上",
        "write {title} and {body} after the question mark of an http or https address; mailto: "
        "gets both by itself",
    ),
    "not-a-colour": message(
        "“{given}”不是颜色",
        "“{given}” is not a colour",
        "写作 # 和六位小写十六进制数，如 #14506e",
        "write # followed by six lower-case hexadecimal digits, such as #14506e",
    ),
    "weak-colour": message(
        "{given} 在{paper}背景上看不清，对比度只有 {ratio}",
        "{given} is hard to read on a {paper} background: contrast ratio {ratio}",
        "换一个对比度不低于 4.5 的颜色（WCAG 2.2 的要求）",
        "choose a colour with a contrast ratio of at least 4.5 (WCAG 2.2)",
    ),
    "wrong-total": message(
        "{year}年按“{grouping}”汇总是 {counted}，应当是 {there}",
        "{year}: counts by {grouping} sum to {counted}, expected {there}",
        "这是程序的错误，请把这一行发给维护者",
        "send this line to the maintainers; it is a bug in the program",
    ),
    "no-ledger": message(
        "没有任何一年的台账",
        "no ledger of any year found",
        "用 python3 build.py import 文件 --year 年份 导入，或者用 --content 指向别处",
        "run python3 build.py import FILE --year YEAR, or give another folder with --content",
    ),
    "year-without-ledger": message(
        "{year} 文件夹里没有 ledger.yaml，这一年的内容都不会出现",
        "folder {year} has no ledger.yaml, so none of its content is shown",
        "导入文件会生成 ledger.yaml；不要的文件夹请移走",
        "import a notice to create ledger.yaml; move the folder elsewhere if it is not needed",
    ),
    "no-registry": message(
        "缺少 {file}",
        "{file} is missing",
        "导入文件时会生成一份，也可以照 examples/demo 手写",
        "run import to create it, or write it as in examples/demo",
    ),
    "no-site": message(
        "缺少 site.toml：不知道这是哪座城市的网站",
        "missing site.toml, which names the city and the site",
        '写一个 {file}，两行：name = "示例市政府重点工作"，standing = "unofficial"；'
        "别处的 site.toml 不会拿来用",
        'write {file} with two lines: name = "NAME OF THE SITE" and standing = "unofficial"; a '
        "site.toml in another folder is not used",
    ),
    "unknown-year": message(
        "没有 {given} 年的台账",
        "no ledger for {given}",
        "改成已有的年份",
        "use a year that has a ledger",
    ),
    "broken-link": message(
        "链接“{link}”没有去处",
        "broken link “{link}”",
        "页面 {page} 里有这个链接；检查地址和锚点。正文里写完整网址，或者从这一页出发的路径；"
        "附件不用写链接，会自动列出",
        "check the address and the anchor of this link on page {page}; in text, write a full "
        "address or a path relative to that page; attachments need no link, they are listed "
        "automatically",
    ),
    "address-collision": message(
        "两个页面用同一个地址 {address}",
        "two pages have the same address {address}",
        "改掉其中一个的 slug",
        "change the slug of one of the pages",
    ),
    "redirect-taken": message(
        "{address} 现在有页面，不会跳转",
        "{address} is an existing page and is not redirected",
        "页面还在，就删去这一行",
        "delete this line, since the page still exists",
    ),
    "redirect-nowhere": message(
        "没有 {address} 这一页",
        "page {address} not found",
        "to 要写现在有的页面；撤下的写 null，并写明 reason",
        "set `to` to an existing page; for a page that was taken down, set it to null and write "
        "a reason",
    ),
    "withdrawn-without-reason": message(
        "{address} 没有写搬到哪里，也没有写为什么撤下",
        "{address} has neither a new address nor a reason for its removal",
        "搬走的写 to；撤下的写 reason，网页上会显示",
        "write `to` for a page that moved, or `reason` for one that was taken down; the page "
        "shows the reason",
    ),
    "vanished-address": message(
        "已经公布过的网址 /{address} 没有了",
        "published address /{address} no longer exists",
        "写一行 - {{from: {address}, to: 新网址}}；确实撤下的 to 写 null，并写明 reason",
        "add a line - {{from: {address}, to: NEW ADDRESS}}; for a page that was taken down, set "
        "`to` to null and write a reason",
    ),
}
