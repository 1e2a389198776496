"""Every message in one place: what each code says, and what it advises, in Chinese and English.

A code is permanent. Each has an entry in docs/diagnostics.md and a case in tests/diagnostics/.
`error` means that nothing is written, `warning` that we publish anyway. `public_only` means that an
error stops the public site and not the intranet's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Message:
    said: Mapping[Language, str]
    advice: Mapping[Language, str]
    level: Level = "error"
    public_only: bool = False


def _message(zh: str, en: str, help_zh: str, help_en: str, level: Level = "error") -> Message:
    return Message({"zh": zh, "en": en}, {"zh": help_zh, "en": help_en}, level)


def _public(zh: str, en: str, help_zh: str, help_en: str, level: Level = "error") -> Message:
    """A fault that stops the public site alone: the intranet goes on and shows it."""
    return Message({"zh": zh, "en": en}, {"zh": help_zh, "en": help_en}, level, True)


_FILES: dict[str, Message] = {
    "no-content": _message(
        "没有这个内容文件夹",
        "there is no such content folder",
        "用 --content 指出台账所在的文件夹，里面应有 units.yaml 和以年份命名的文件夹",
        "name the folder of the ledger with --content; it holds units.yaml and a folder per year",
    ),
    "unreadable-file": _message(
        "文件打不开（{why}）",
        "the file cannot be opened ({why})",
        "检查文件的读取权限",
        "check the permissions of the file",
    ),
    "unread-file": _message(
        "没有任何功能会读取这个文件",
        "nothing reads this file",
        "检查文件名和所在文件夹；各类文件放在哪里，见 docs/编辑指南.md",
        "check its name and folder; docs/编辑指南.md tells where each kind of file belongs",
    ),
    "not-utf8": _message(
        "文件不是 UTF-8 编码（看起来是 {guess}）",
        "the file is not UTF-8 (it looks like {guess})",
        "在编辑器里选“另存为”，编码选 UTF-8",
        "save it again with the encoding UTF-8",
    ),
    "control-character": _message(
        "文件里有控制字符 {char}",
        "there is a control character {char} in the file",
        "删去这个字符；从别处粘贴时请选“只保留文本”",
        "delete it; paste as plain text",
    ),
    "invisible-character": _message(
        "文件里有看不见的字符 {char}",
        "there is an invisible character {char} in the file",
        "删去这个字符：它不显示，却会改变搜索、比对和文字方向",
        "delete it: it does not show, but changes search, comparison and text direction",
    ),
    "line-too-long": _message(
        "这一行超过 {limit} 个字符",
        "this line has more than {limit} characters",
        "把内容分成几行",
        "break it into several lines",
    ),
    "file-too-large": _message(
        "文件超过 {limit}",
        "the file is larger than {limit}",
        "台账文件只放文字；附件另放",
        "ledger files hold text only",
    ),
    "symlink": _message(
        "这是一个符号链接",
        "this is a symbolic link",
        "把文件本身放进来：链接可能指到内容文件夹之外",
        "put the file itself here: a link can point outside the content folder",
    ),
    "special-file": _message(
        "这不是普通文件",
        "this is not a regular file",
        "删去它：管道、设备和套接字不能当内容",
        "remove it: pipes, devices and sockets are no content",
    ),
    "reserved-name": _message(
        "文件名“{name}”有的系统不能使用",
        "the file name “{name}” cannot be used on every system",
        '换一个名字，不用 \\ / : * ? " < > | 和首尾空格，也不用 con、nul 等',
        'rename it: no \\ / : * ? " < > |, no blank or dot at the end, not con or nul',
    ),
    "case-collision": _message(
        "文件名和 {twin} 只差大小写",
        "the name differs from {twin} by case only",
        "改掉其中一个：在 Windows 和 macOS 上它们是同一个文件",
        "rename one: on Windows and macOS they are the same file",
    ),
    "empty-file": _message(
        "文件是空的",
        "the file is empty",
        "补上内容，或者删去这个文件",
        "write its fields, or delete the file",
    ),
}

_SYNTAX: dict[str, Message] = {
    "yaml-syntax": _message(
        "这里不合 YAML 格式：{why_zh}",
        "this is not YAML: {why}",
        "常见原因：冒号后缺空格、缩进不齐、引号没有配对；含“: ”或以 * & @ % 开头的文字要加引号",
        "often a missing blank after a colon, uneven indentation or an open quote; "
        "quote texts that hold “: ” or begin with * & @ %",
    ),
    "yaml-feature": _message(
        "这里用了不支持的 YAML 写法 {feature}",
        "this uses the YAML feature {feature}, which is not accepted",
        "只用“键: 值”、列表和文字；以 & * ! % ? 开头的文字要加引号",
        "use plain maps, lists and text; quote texts that begin with & * ! % ?",
    ),
    "duplicate-key": _message(
        "“{key}”写了两次，第一次在第{first}行",
        "“{key}” stands twice, first in line {first}",
        "只留一个",
        "keep one of them",
    ),
    "too-deep": _message(
        "嵌套超过 {limit} 层",
        "nested more than {limit} levels deep",
        "台账文件最多三四层；检查是不是多打了括号",
        "ledger files need three or four levels; look for stray brackets",
    ),
    "fullwidth-colon": _message(
        "冒号是全角的：{line}",
        "the colon is full-width: {line}",
        "改用半角冒号，后面空一格，例如 title: 争创国家示范区",
        "write a plain colon and a blank after it, like `title: text`",
    ),
    "missing-space": _message(
        "冒号后面缺一个空格：{line}",
        "there is no blank after the colon: {line}",
        "冒号后面空一格，例如 title: 争创国家示范区",
        "put a blank after the colon, like `title: text`",
    ),
    "tab-indent": _message(
        "这一行用制表符缩进",
        "this line is indented with a tab",
        "改用空格缩进，每层两个",
        "indent with blanks, two for each level",
    ),
    "toml-syntax": _message(
        "这里不合 TOML 格式：{why_zh}",
        "this is not TOML: {why}",
        '文字要放在英文双引号里，例如 name = "市政府重点工作"',
        'texts stand in double quotes, like name = "text"',
    ),
}

_FIELDS: dict[str, Message] = {
    "unknown-key": _message(
        "没有叫“{key}”的项目",
        "there is no field “{key}”",
        "这里可以用：{known}",
        "known here: {known}",
    ),
    "missing-field": _message(
        "缺少 {field}（{meaning}）",
        "{field} is missing",
        "补上这一项",
        "add this field",
    ),
    "wrong-shape": _message(
        "这里应是{wanted}",
        "{wanted_en} should stand here",
        "对照 docs/fields.md 里这种文件的写法",
        "compare docs/fields.md",
    ),
    "fullwidth-comma": _message(
        "列表里用了中文标点，“{given}”会被当成一项",
        "“{given}” would be one item, since its comma is Chinese",
        "改成 {mended}",
        "write {mended}",
    ),
    "fullwidth-digits": _message(
        "数字是全角的：{given}",
        "the digits are full-width: {given}",
        "改成 {mended}",
        "write {mended}",
    ),
    "not-a-number": _message(
        "“{given}”不是 {low} 到 {high} 的整数",
        "“{given}” is not a whole number from {low} to {high}",
        "用半角数字，不带引号、单位和开头的 0",
        "plain digits, without a unit or leading zeros",
    ),
    "not-a-quantity": _message(
        "“{given}”不是数字",
        "“{given}” is not a number",
        "只写数字，如 1600 或 1.62；单位另写在 unit 里，不用千分位逗号",
        "digits only, like 1600 or 1.62; the unit has its own field, no thousands separators",
    ),
    "not-a-date": _message(
        "“{given}”不是日期",
        "“{given}” is not a date",
        "写作 年-月-日，例如 2025-06-30",
        "write year-month-day, like 2025-06-30",
    ),
    "no-such-day": _message(
        "日历上没有 {given} 这一天",
        "the calendar has no {given}",
        "检查月份和日子",
        "check month and day",
    ),
    "not-a-choice": _message(
        "“{given}”不在可选的词里",
        "“{given}” is not one of the words allowed here",
        "可选：{words}",
        "allowed: {words}",
    ),
    "not-a-slug": _message(
        "“{given}”不能用作网址",
        "“{given}” cannot be part of an address",
        "用小写字母、数字和连字符，字母开头，例如 kejiju；index、internal 等已另有用处",
        "lower-case letters, digits and hyphens, a letter first; index, internal … are taken",
    ),
    "not-an-address": _message(
        "“{given}”不是可以链接的网址",
        "“{given}” is not an address one can link to",
        "以 https://、http://、mailto: 或 tel: 开头",
        "it begins with https://, http://, mailto: or tel:",
    ),
    "not-one-line": _message(
        "这里只能写一行",
        "only one line may stand here",
        "删去换行",
        "remove the line breaks",
    ),
    "blank-edge": _message(
        "文字首尾有多余的空白",
        "the text begins or ends with blanks",
        "删去首尾空白",
        "remove them",
    ),
    "empty-value": _message(
        "这里是空的",
        "nothing is written here",
        "写上内容，或者删去这一项",
        "write a value, or remove the field",
    ),
    "too-many": _message(
        "列表有 {count} 项，最多 {limit} 项",
        "the list has {count} items, at most {limit} are allowed",
        "检查是不是粘贴错了",
        "look for something pasted by mistake",
    ),
    "prose-too-long": _message(
        "正文太长：{what}超过 {limit} 个字",
        "the text is too long: more than {limit} characters in {what_en}",
        "分成几段；正文只放文件的文字，任务写在 tasks 里",
        "break it into paragraphs; tasks have files of their own",
    ),
    "too-long": _message(
        "有 {length} 个字，最多 {limit} 个",
        "{length} characters, at most {limit} are allowed",
        "缩短这一项",
        "shorten it",
    ),
}

_RECORDS: dict[str, Message] = {
    "number-mismatch": _message(
        "文件里写的是 {inside}，路径里是 {outside}",
        "the file says {inside}, its path says {outside}",
        "让两处一致，或者删去文件里的这一项",
        "make them agree, or leave it out of the file",
    ),
    "duplicate-id": _message(
        "“{id}”用了两次",
        "“{id}” is used twice",
        "换一个；已经公布过的不要改",
        "choose another; keep the one already published",
    ),
    "unknown-unit": _message(
        "没有叫“{given}”的单位",
        "no unit is called “{given}”",
        "单位列在 units.yaml；新的叫法写进那里的 aliases",
        "units are listed in units.yaml; other names go into aliases there",
    ),
    "unknown-leader": _message(
        "没有叫“{given}”的市领导",
        "no leader is called “{given}”",
        "市领导列在 leaders.yaml",
        "leaders are listed in leaders.yaml",
    ),
    "unknown-district": _message(
        "没有叫“{given}”的区",
        "no district is called “{given}”",
        "区列在 districts.yaml",
        "districts are listed in districts.yaml",
    ),
    "unknown-section": _message(
        "台账里没有第 {given} 个主要任务",
        "the ledger has no section {given}",
        "主要任务列在本年的 ledger.yaml",
        "sections are listed in the ledger.yaml of the year",
    ),
    "unknown-season": _message(
        "台账里没有时段“{given}”",
        "the ledger has no season “{given}”",
        "在本年 ledger.yaml 的 seasons 里写上它；没有依据的日期留空",
        "add it to seasons in ledger.yaml; leave the date empty without a source",
    ),
    "unknown-clause": _message(
        "本项没有时限条款“{given}”",
        "this task has no clause “{given}”",
        "写 clauses 里已有的 id",
        "name the id of one of its clauses",
    ),
    "unknown-task": _message(
        "台账里没有第 {given} 项",
        "the ledger has no task {given}",
        "检查序号",
        "check the number",
    ),
    "repeated-unit": _message(
        "“{given}”和前面的“{first}”是同一个单位",
        "“{given}” is the same unit as “{first}” before it",
        "责任单位只写一次；如果原文确实写了两次，请先修改 units.yaml 里的别名",
        "name it once; if the notice does name it twice, look at the aliases in units.yaml",
    ),
    "count-mismatch": _message(
        "文件称有 {stated} 项，实际有 {found} 项",
        "the notice states {stated} tasks, {found} are here",
        "缺少或多出的序号：{which}",
        "missing or surplus numbers: {which}",
    ),
    "scope-not-in-text": _message(
        "条款范围“{scope}”不在任务原文里",
        "the scope “{scope}” does not stand in the text of the task",
        "照抄原文里的一段，一字不改；或者删去 scope，表示整项",
        "quote a part of the text exactly; without a scope the clause is the whole task",
    ),
    "clause-without-date": _message(
        "时限条款要有 due、after 加 months、season 三者之一",
        "a clause needs exactly one of due, after with months, or season",
        "固定日期写 due；某事之后若干月写 after 和 months；汛前一类写 season",
        "due for a day, after and months for a wait, season for words like 汛前",
    ),
    "deadline-differs": _message(
        "条款和完成时限的原文不一致：原文“{deadline}”应有 {expected}",
        "the clauses differ from the printed deadline “{deadline}”, which gives {expected}",
        "照原文写条款；时限后来有调整，也不改这里的原文",
        "write the clauses as printed, also when the deadline was changed later",
    ),
    "target-incomplete": _message(
        "指标“{id}”缺少 {missing}",
        "the target “{id}” lacks {missing}",
        "有数的写 value 和 unit；与另一项同步的写 comparison: follows 和 follows；"
        "由上级下达的写 comparison: external",
        "a figure needs value and unit; comparison: follows needs follows; external needs neither",
    ),
    "value-not-in-text": _message(
        "指标数字 {value}{unit} 不在任务原文里",
        "the target's {value}{unit} does not stand in the text of the task",
        "指标只记原文写明的数字",
        "a target records only figures printed in the notice",
    ),
    "unsettled": _message(
        "“{field}”还没有定：{reason}",
        "“{field}” is not settled: {reason}",
        "核对原文，改好这一项，再删去 unsettled 里的这一条",
        "compare the notice, correct the field, then remove this entry from unsettled",
    ),
    "lock-missing": _message(
        "notice.lock 里没有第 {number} 项",
        "notice.lock has no task {number}",
        "运行 python3 build.py import 文件 --year {year} --accept",
        "run python3 build.py import FILE --year {year} --accept",
    ),
    "lock-broken": _message(
        "第 {number} 项的原文、时限、领导或单位和 notice.lock 不一致",
        "text, deadline, leaders or units of task {number} differ from the notice",
        "改回原样；文件本身有更正的，重新导入并加 --accept",
        "restore them; if the notice itself was corrected, import it again with --accept",
    ),
    "lock-surplus": _message(
        "notice.lock 里的第 {number} 项没有任务文件",
        "notice.lock names task {number}, which has no file",
        "任务文件不能删：恢复 tasks/{number}.yaml",
        "tasks are never deleted: restore tasks/{number}.yaml",
    ),
    "lock-syntax": _message(
        "这一行不是“序号 校验值”",
        "this line is not a number and a digest",
        "notice.lock 只由 import 写，不要手改",
        "notice.lock is written by import only",
    ),
    "members-unsourced": _message(
        "“{name}”列了成员，却没有写 as_of 和 source",
        "“{name}” lists members without as_of and source",
        "写明名单的日期和依据；没有依据就写 members: unknown",
        "give the date and source of the list, or write members: unknown",
    ),
    "kind-needs": _message(
        "{kind} 类单位“{name}”缺少 {field}",
        "the unit “{name}” of kind {kind} lacks {field}",
        "补上这一项",
        "add this field",
    ),
}

_PROGRESS: dict[str, Message] = {
    "no-front-matter": _message(
        "开头没有“---”围起来的说明",
        "there is no front matter between lines of ---",
        "第一行写 ---，接着写 origin、date 等，再用一行 --- 结束，下面才是正文",
        "begin with a line ---, then origin, date and so on, another ---, and then the text",
    ),
    "front-matter-open": _message(
        "开头的说明没有结束",
        "the front matter is never closed",
        "在说明和正文之间加一行 ---",
        "put a line --- between the front matter and the text",
    ),
    "empty-body": _message(
        "说明下面没有正文",
        "there is no text below the front matter",
        "用一两句话写清楚做了什么",
        "say in a sentence or two what was done",
    ),
    "not-a-moment": _message(
        "“{given}”不是时刻",
        "“{given}” is not a moment",
        "写作 2025-07-04 09:30",
        "write it as 2025-07-04 09:30",
    ),
    "not-a-period": _message(
        "“{given}”不是报送的期",
        "“{given}” is not a reporting period",
        "按月写 2025-06，按季写 2025-Q2",
        "write 2025-06 for a month, 2025-Q2 for a quarter",
    ),
    "not-a-digest": _message(
        "“{given}”不是 approve 写入的摘要",
        "“{given}” is not a digest written by approve",
        "删去这一条审核记录，再运行 python3 build.py approve",
        "delete this entry and run python3 build.py approve again",
    ),
    "wrong-origin": _message(
        "{field} 不能用在 origin: {origin} 里",
        "{field} has no place in a note of origin: {origin}",
        "责任单位报送写 origin: report，公开资料写 origin: public-record",
        "a unit's report has origin: report, a compiled record has origin: public-record",
    ),
    "closure-or-reopening": _message(
        "销号写 on，重新办理写 reopened，只写一个",
        "a closure has `on`, a reopening has `reopened`; write one of them",
        "一件事写一条；销号以后又重新办理的，另加一条",
        "write an entry per event: a reopening is an entry of its own",
    ),
    "plan-incomplete": _message(
        "{curve} 计划的内容不对",
        "what a {curve} plan needs is not there",
        "linear 什么都不用写；stepped 写 steps，日期和数值都递增；seasonal 写 12 个 shares",
        "linear needs nothing, stepped needs ascending steps, seasonal needs 12 shares",
    ),
    "clause-or-target": _message(
        "调整的是时限还是指标，没有写清楚",
        "it is not clear whether a clause or a target is amended",
        "调整日期写 clause，调整数值写 target，只写一个",
        "name `clause` for a day or `target` for a value, and only one of them",
    ),
    "withdrawal-quotes": _message(
        "撤回的记录里不能再写原来的内容（{field}）",
        "a withdrawal must not repeat what it takes back ({field})",
        "删去这一行；理由写在 reason 里，也不要引用原文",
        "delete this line; give the reason without quoting the text",
    ),
    "unknown-record": _message(
        "没有这份记录：{given}",
        "there is no such record: {given}",
        "写年份文件夹下面的路径，不写 .md，如 notes/004/2025-06-30-kejiju",
        "write the path below the year without its ending: notes/004/2025-06-30-kejiju",
    ),
    "unknown-node": _message(
        "第{task}项没有节点 {given}",
        "task {task} has no node {given}",
        "节点写在 nodes/{task}.yaml 里",
        "nodes stand in nodes/{task}.yaml",
    ),
    "unknown-target": _message(
        "第{task}项没有量化指标 {given}",
        "task {task} has no target {given}",
        "指标编号见 tasks/{task}.yaml；口径不完全相同的数据不写 target",
        "see tasks/{task}.yaml; a figure of another scope has no target",
    ),
    "figure-unit": _message(
        "数据的单位是“{given}”，指标 {target} 的单位是“{wanted}”",
        "the figure is in “{given}”, target {target} in “{wanted}”",
        "单位不同就不能并列：换算成“{wanted}”，或者删去 target",
        "units must agree: convert to “{wanted}” or remove target",
    ),
    "not-its-unit": _message(
        "“{given}”不是第{task}项的责任单位",
        "“{given}” does not answer for task {task}",
        "只有这一项的责任单位可以报送",
        "only the units of a task report on it",
    ),
    "second-report": _message(
        "{unit} 这一期已经报送过：{first}",
        "{unit} has reported for this period already: {first}",
        "一个单位、一项任务、一期只有一份；要补充就改原来那份",
        "there is one report per unit, task and period; amend the first one",
    ),
    "wrong-period": _message(
        "{given} 不是这份台账报送的期",
        "{given} is not a period of this ledger",
        "这份台账{year}年，reporting: {reporting}",
        "the ledger is of {year} and has reporting: {reporting}",
    ),
    "amendment-old": _message(
        "调整前写的是 {given}，台账里是 {found}",
        "the amendment changes {given}, but the ledger has {found}",
        "old 要写调整前一刻的值；先后几次调整要前后相接",
        "`old` is what stood until then; several amendments follow on each other",
    ),
    "reopened-not-closed": _message(
        "条款 {clause} 没有销号，谈不上重新办理",
        "clause {clause} is reopened but was not closed",
        "先有销号，才有重新办理；按时间先后写",
        "a closure comes before its reopening; keep them in order of time",
    ),
    "closed-twice": _message(
        "条款 {clause} 已经销号",
        "clause {clause} is closed already",
        "删去重复的一条；若曾重新办理，把那一条也写上",
        "delete the second one, or record the reopening between them",
    ),
    "not-awaited": _message(
        "条款 {clause} 不从别的事情起算",
        "clause {clause} waits for no event",
        "只有写了 after 的条款才要记录起算日期",
        "only a clause with `after` has a day to count from",
    ),
    "plan-not-cumulative": _message(
        "指标 {target} 不是逐步累计的数，没有序时计划",
        "target {target} is not a sum that grows, so it has no plan curve",
        "只有新增、建成、启动的个数可以按时间计划",
        "only what is added, completed or started can follow a plan",
    ),
    "correction-order": _message(
        "更正的日期早于出错的日期",
        "the correction is dated before the mistake",
        "since 是从哪天起错的，date 是哪天更正的",
        "`since` is when it became wrong, `date` when it was corrected",
    ),
    "review-void": _public(
        "审核以后内容又改过，审核作废",
        "the text was edited after it was approved; its reviews are void",
        "请重新审核：删去 reviews 和 secrecy，再逐级运行 python3 build.py approve。"
        "内网版照常生成，显示“待复审”",
        "have it reviewed again: delete reviews and secrecy and run approve for each level. "
        "The intranet is built all the same and says so",
    ),
    "review-order": _public(
        "审核不是逐级进行的",
        "the reviews do not follow level by level",
        "这份台账的审核是{levels}，从第 1 级起逐级写",
        "the levels of this ledger are {levels}; begin with 1 and leave none out",
    ),
    "review-same-post": _public(
        "同一岗位审了两级",
        "one post reviewed two levels",
        "每一级由不同的岗位审核",
        "each level is reviewed by another post",
    ),
    "review-dates": _public(
        "后一级的审核日期早于前一级",
        "a later level is dated before an earlier one",
        "核对日期",
        "check the dates",
    ),
    "published-before-review": _public(
        "公开的时刻早于审核",
        "it was published before it was reviewed",
        "published 不能早于最后一级审核和保密审查",
        "`published` is not before the last review or the secrecy review",
    ),
}

_MASK = ("删去，或者把中间几位写成 *", "remove it, or mask the digits in the middle with *")
_LINT: dict[str, Message] = {
    "personal-id": _public(
        "像是身份证号：{found}", "this looks like a resident id: {found}", *_MASK
    ),
    "personal-phone": _public(
        "像是手机号：{found}", "this looks like a mobile number: {found}", *_MASK
    ),
    "bank-card": _public(
        "像是银行卡号：{found}", "this looks like a bank card number: {found}", *_MASK
    ),
    "passport": _public(
        "像是护照号：{found}", "this looks like a passport number: {found}", *_MASK
    ),
    "plate": _public("像是车牌号：{found}", "this looks like a number plate: {found}", *_MASK),
    "landline": _public(
        "有座机号：{found}",
        "there is a landline number: {found}",
        "办公电话可以公开；个人住宅电话请删去",
        "an office number may stand; remove a private one",
        "warning",
    ),
    "secrecy-mark": _public(
        "有密级或内部文件的标记：{found}",
        "there is a mark of secrecy or of internal use: {found}",
        "先做保密审查；不能公开的放进 internal 文件夹",
        "have it reviewed; what may not be public belongs below internal/",
    ),
    "leader-name": _public(
        "领导姓名可能写错：{found}",
        "a leader's name may be misspelt: {found}",
        "对照 leaders.yaml；若是另一位，请登记",
        "compare leaders.yaml; register him or her if it is somebody else",
        "warning",
    ),
    "unit-name": _public(
        "单位名称可能写错：{found}",
        "a unit's name may be misspelt: {found}",
        "对照 units.yaml；若是另一个单位，请登记",
        "compare units.yaml; register the unit if it is another one",
        "warning",
    ),
    "unpaired": _public(
        "“{found}”没有配对",
        "“{found}” has no partner",
        "同一段里，引号、书名号和括号要成对",
        "quotation marks and brackets pair up within a paragraph",
    ),
    "doubled-punctuation": _public(
        "标点重复：{found}",
        "punctuation is doubled: {found}",
        "删去多余的标点",
        "remove one",
        "warning",
    ),
    "bad-date": _public(
        "没有这一天：{found}",
        "there is no such day: {found}",
        "核对月份和日期",
        "check the month and the day",
    ),
}

_SITE: dict[str, Message] = {
    "not-a-colour": _message(
        "“{given}”不是颜色",
        "“{given}” is not a colour",
        "写作 # 和六位小写十六进制数，如 #14506e",
        "write # and six lower-case hexadecimal digits, such as #14506e",
    ),
    "weak-colour": _message(
        "{given} 在{paper}背景上看不清，对比度只有 {ratio}",
        "{given} is too weak on {paper} paper: its contrast is {ratio}",
        "换一个对比度不低于 4.5 的颜色（WCAG 2.2 的要求）",
        "choose a colour with a contrast of at least 4.5 (WCAG 2.2)",
    ),
    "wrong-total": _message(
        "{year}年按“{grouping}”汇总是 {counted}，应当是 {there}",
        "{year}: counts by {grouping} sum to {counted}, and should to {there}",
        "这是程序的错误，请把这一行发给维护者",
        "this is a bug of the program; please send us this line",
    ),
    "no-ledger": _message(
        "没有任何一年的台账",
        "there is no ledger of any year",
        "用 python3 build.py import 文件 --year 年份 导入，或者用 --content 指向别处",
        "run python3 build.py import FILE --year Y, or point --content elsewhere",
    ),
    "no-registry": _message(
        "缺少 {file}",
        "{file} is missing",
        "导入文件时会生成一份，也可以照 examples/demo 手写",
        "import writes one; examples/demo shows its form",
    ),
    "unknown-year": _message(
        "没有 {given} 年的台账",
        "there is no ledger of {given}",
        "改成已有的年份",
        "name a year that has one",
    ),
    "broken-link": _message(
        "链接“{link}”没有去处",
        "the link “{link}” leads nowhere",
        "页面 {page} 里有这个链接；检查地址和锚点",
        "it stands on the page {page}; check the address and the anchor",
    ),
    "address-collision": _message(
        "两个页面用同一个地址 {address}",
        "two pages have the address {address}",
        "改掉其中一个的 slug",
        "change the slug of one of them",
    ),
}

_NOTICE: dict[str, Message] = {
    "no-table": _message(
        "没有找到任务表：表头里要有{wanted}",
        "no table of tasks: its headings should name {wanted}",
        "从原文件里连表头一起复制；纯文本要保留单元格之间的制表符",
        "copy the table with its headings; plain text must keep the tabs between cells",
    ),
    "notice-form": _message(
        "不能读 {kind} 文件",
        "{kind} files cannot be read",
        "另存为 .docx、.xlsx、.html、.csv 或纯文本 .txt",
        "save it as .docx, .xlsx, .html, .csv or plain .txt",
    ),
    "notice-broken": _message(
        "这个 {kind} 文件打不开，可能损坏了",
        "this {kind} file cannot be opened; it may be damaged",
        "在文字处理或表格软件里打开，另存一份再导入",
        "open it in an office program and save it again",
    ),
    "row-number": _message(
        "第 {after} 行之后应是下一项的序号，读到的是“{given}”",
        "after {after} rows a task number should follow, found “{given}”",
        "这一行多了或少了一个单元格；对照原文补齐",
        "a cell is missing or surplus here; compare the notice",
    ),
    "row-short": _message(
        "第 {row} 项只有 {cells} 个单元格，表就结束了",
        "the table ends inside row {row}, after {cells} cells",
        "原文被截断了：补上缺少的部分再导入",
        "the text was cut off: complete it and import again",
    ),
    "row-wide": _message(
        "第 {row} 项有 {cells} 个单元格，表头只有 {headings} 个",
        "row {row} has {cells} cells, the table has {headings} headings",
        "单元格里的换行或分隔符把一格分成了几格；对照原文合并",
        "a line break or mark inside a cell has split it; join it again",
    ),
    "row-order": _message(
        "第 {previous} 项之后是第 {given} 项，序号没有变大",
        "row {given} follows row {previous}: numbers must rise",
        "检查有没有重复或错位的行",
        "look for a row that stands twice or in the wrong place",
    ),
    "row-empty": _message(
        "第 {row} 项的“{heading}”是空的",
        "row {row} has nothing under “{heading}”",
        "对照原文补上",
        "complete it from the notice",
    ),
    "row-section": _message(
        "第 {row} 项的主要任务“{given}”接不上前面的编号",
        "the section “{given}” of row {row} does not continue the numbering",
        "应写成“一、……”，编号逐个递增；和上一行相同的可以留空",
        "write 一、…, numbered one by one; leave the cell empty to repeat the row above",
    ),
}

MESSAGES: Mapping[str, Message] = {
    **_FILES,
    **_SYNTAX,
    **_FIELDS,
    **_RECORDS,
    **_PROGRESS,
    **_LINT,
    **_SITE,
    **_NOTICE,
}
