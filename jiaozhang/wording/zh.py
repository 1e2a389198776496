"""The words of wording/po/zh.po, made by tools/catalogue.py."""

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "All pages of this site.": "本站的全部页面。",
    "title\x04Site map": "网站地图",
    "There is no such page.": "没有这一页。",
    "There is no such page": "没有这一页",
    "between the items of a list\x04, ": "、",
    "between the clauses of a sentence\x04; ": "；",
    "a label before its value\x04{label}: {value}": "{label}：{value}",
    "Nothing stands at this address, and nothing says that it moved. You can {home}, or look it up in the {map}.": "这个地址没有内容，也没有搬到别处的记录。可以{home}，或者从{map}查找。",
    "go to the home page": "回首页",
    "site map": "网站地图",
}
PLURALS: Mapping[str, tuple[str, ...]] = {}


def plural(number: int) -> int:
    """Which of a message's forms is said with this number."""
    return 0
