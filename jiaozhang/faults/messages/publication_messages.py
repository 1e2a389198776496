"""The lint before publication."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, public

_MASK = ("删去，或者把中间几位写成 *", "remove it, or replace the middle digits with *")
LINT: dict[str, Message] = {
    "personal-id": public("像是身份证号：{found}", "possible resident ID number: {found}", *_MASK),
    "personal-phone": public(
        "像是手机号：{found}", "possible mobile phone number: {found}", *_MASK
    ),
    "bank-card": public("像是银行卡号：{found}", "possible bank card number: {found}", *_MASK),
    "passport": public("像是护照号：{found}", "possible passport number: {found}", *_MASK),
    "plate": public("像是车牌号：{found}", "possible vehicle licence plate: {found}", *_MASK),
    "landline": public(
        "有座机号：{found}",
        "landline number: {found}",
        "办公电话可以公开；个人住宅电话请删去",
        "remove it if it is a private number; office numbers may be published",
        "warning",
    ),
    "secrecy-mark": public(
        "有密级或内部文件的标记：{found}",
        "classification or internal-use marking: {found}",
        "先做保密审查；不能公开的放进 internal 文件夹",
        "have it reviewed for secrecy first; move content that must not be public to internal/",
    ),
    "leader-name": public(
        "领导姓名可能写错：{found}",
        "leader's name may be misspelt: {found}",
        "对照 leaders.yaml；若是另一位，请登记",
        "compare it with leaders.yaml; if this is another person, add them there",
        "warning",
    ),
    "unit-name": public(
        "单位名称可能写错：{found}",
        "unit name may be misspelt: {found}",
        "对照 units.yaml；若是另一个单位，请登记",
        "compare it with units.yaml; if this is another unit, add it there",
        "warning",
    ),
    "unpaired": public(
        "“{found}”没有配对",
        "unbalanced bracket or quote “{found}”",
        "同一段里，引号、书名号和括号要成对",
        "balance quotes and brackets within each paragraph",
    ),
    "doubled-punctuation": public(
        "标点重复：{found}",
        "duplicate punctuation: {found}",
        "删去多余的标点",
        "remove the extra punctuation mark",
        "warning",
    ),
    "bad-date": public(
        "没有这一天：{found}",
        "date does not exist: {found}",
        "核对月份和日期",
        "check the month and the day",
    ),
}
