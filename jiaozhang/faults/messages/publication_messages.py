"""The lint before publication."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, public

_MASK = ("删去，或者把中间几位写成 *", "remove it, or mask the digits in the middle with *")
LINT: dict[str, Message] = {
    "personal-id": public(
        "像是身份证号：{found}", "this looks like a resident id: {found}", *_MASK
    ),
    "personal-phone": public(
        "像是手机号：{found}", "this looks like a mobile number: {found}", *_MASK
    ),
    "bank-card": public(
        "像是银行卡号：{found}", "this looks like a bank card number: {found}", *_MASK
    ),
    "passport": public("像是护照号：{found}", "this looks like a passport number: {found}", *_MASK),
    "plate": public("像是车牌号：{found}", "this looks like a number plate: {found}", *_MASK),
    "landline": public(
        "有座机号：{found}",
        "there is a landline number: {found}",
        "办公电话可以公开；个人住宅电话请删去",
        "an office number may stand; remove a private one",
        "warning",
    ),
    "secrecy-mark": public(
        "有密级或内部文件的标记：{found}",
        "there is a mark of secrecy or of internal use: {found}",
        "先做保密审查；不能公开的放进 internal 文件夹",
        "have it reviewed; what may not be public belongs below internal/",
    ),
    "leader-name": public(
        "领导姓名可能写错：{found}",
        "a leader's name may be misspelt: {found}",
        "对照 leaders.yaml；若是另一位，请登记",
        "compare leaders.yaml; register him or her if it is somebody else",
        "warning",
    ),
    "unit-name": public(
        "单位名称可能写错：{found}",
        "a unit's name may be misspelt: {found}",
        "对照 units.yaml；若是另一个单位，请登记",
        "compare units.yaml; register the unit if it is another one",
        "warning",
    ),
    "unpaired": public(
        "“{found}”没有配对",
        "“{found}” has no partner",
        "同一段里，引号、书名号和括号要成对",
        "quotation marks and brackets pair up within a paragraph",
    ),
    "doubled-punctuation": public(
        "标点重复：{found}",
        "punctuation is doubled: {found}",
        "删去多余的标点",
        "remove one",
        "warning",
    ),
    "bad-date": public(
        "没有这一天：{found}",
        "there is no such day: {found}",
        "核对月份和日期",
        "check the month and the day",
    ),
}
