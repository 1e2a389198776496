"""Progress: notes, nodes, closures and the other records, and their reviews."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message, public

PROGRESS: dict[str, Message] = {
    "no-front-matter": message(
        "开头没有“---”围起来的说明",
        "missing front matter between lines of ---",
        "第一行写 ---，接着写 origin、date 等，再用一行 --- 结束，下面才是正文",
        "start the file with a line ---, then origin, date and other fields, another line ---, "
        "and then the text",
    ),
    "front-matter-open": message(
        "开头的说明没有结束",
        "front matter is not closed",
        "在说明和正文之间加一行 ---",
        "add a line --- between the front matter and the text",
    ),
    "empty-body": message(
        "说明下面没有正文",
        "no text after the front matter",
        "用一两句话写清楚做了什么",
        "describe in a sentence or two what was done",
    ),
    "not-a-moment": message(
        "“{given}”不是时刻",
        "“{given}” is not a date and time",
        "写作 2025-07-04 09:30",
        "write the date and time as 2025-07-04 09:30",
    ),
    "not-a-period": message(
        "“{given}”不是报送的期",
        "“{given}” is not a reporting period",
        "按月写 2025-06，按季写 2025-Q2",
        "write 2025-06 for a month or 2025-Q2 for a quarter",
    ),
    "not-a-digest": message(
        "“{given}”不是 approve 写入的摘要",
        "“{given}” is not a digest written by the approve command",
        "删去这一条审核记录，再运行 python3 build.py approve",
        "delete this review entry and run python3 build.py approve again",
    ),
    "wrong-origin": message(
        "{field} 不能用在 origin: {origin} 里",
        "field {field} is not allowed with origin: {origin}",
        "责任单位报送写 origin: report，公开资料写 origin: public-record",
        "write origin: report for a unit's report, origin: public-record for published material",
    ),
    "closure-or-reopening": message(
        "销号写 on，重新办理写 reopened，只写一个",
        "expected either `on` (closure) or `reopened` (reopening)",
        "一件事写一条；销号以后又重新办理的，另加一条",
        "write one entry per event; record a reopening after a closure as a separate entry",
    ),
    "plan-incomplete": message(
        "{curve} 计划的内容不对",
        "fields of the {curve} plan are missing or wrong",
        "linear 什么都不用写；stepped 写 steps，数值随日期递增（有 base 的递减）；"
        "seasonal 写 12 个 shares",
        "write no further fields for linear; steps with values that increase by date (decrease "
        "if there is a base) for stepped; 12 shares for seasonal",
    ),
    "clause-or-target": message(
        "调整的是时限还是指标，没有写清楚",
        "unclear whether the amendment changes a deadline or a target",
        "调整日期写 clause，调整数值写 target，只写一个",
        "write `clause` to change a date or `target` to change a value, not both",
    ),
    "withdrawal-quotes": message(
        "撤回的记录里不能再写原来的内容（{field}）",
        "a withdrawn record must not repeat its original content ({field})",
        "删去这一行；理由写在 reason 里，也不要引用原文",
        "delete this line; give the reason in `reason` without quoting the text",
    ),
    "correction-field": message(
        "kind: {kind} 不写 {field}",
        "field {field} is not allowed with kind: {kind}",
        "correction 写 wrong 和 right，replacement 写 newer，outdated 写 part（可以加 newer），"
        "withdrawal 都不写",
        "write wrong and right with correction, newer with replacement, part (and perhaps newer) "
        "with outdated, none of them with withdrawal",
    ),
    "not-replaceable": message(
        "{given} 不是公开记载，不能说由另一份取代或者部分过时",
        "{given} is no public record, so no other record replaces it or a part of it",
        "责任单位报送的和别的记录写错了，用 kind: correction；要拿掉，用 kind: withdrawal",
        "for a unit's report or any other record use kind: correction, or kind: withdrawal",
    ),
    "not-the-same-task": message(
        "{given} 不是同一项任务的另一份记载（被更正的是 {of}）",
        "{given} is not another record of the same task (corrected is {of})",
        "newer 写同一项任务的另一份记载，如 notes/004/2026-01-26-baogao",
        "write in newer another record of the same task, such as notes/004/2026-01-26-baogao",
    ),
    "newer-too-late": message(
        "{given} 到 {known} 才公开，更正的日期是 {date}",
        "{given} is known from {known} only, the correction is dated {date}",
        "更正的日期不早于新记载公开的那一天",
        "date the correction no earlier than the day from which the newer record is known",
    ),
    "part-not-there": message(
        "{given} 里没有这句话",
        "{given} does not say this",
        "照抄那份记载里过时的一句，一字不改；正文、caveat、数据的名称和时期里的都可以",
        "copy the words that are out of date from the record: from its text, its caveat or the "
        "names and periods of its figures",
    ),
    "replaced-twice": message(
        "{given} 已经由别的记载取代（{first}）",
        "{given} is already replaced by another record ({first})",
        "一份记载只由一份取代；新的又过时了，写新的那份由谁取代",
        "a record is replaced by one; if that one is out of date too, write what replaces that one",
    ),
    "replaced-in-a-circle": message(
        "绕回来了：{given} 自己也由这份记载取代",
        "a circle: {given} is itself replaced by this record",
        "弄清哪一份新，删去另一份更正",
        "find out which record is newer, and delete the other correction",
    ),
    "unknown-record": message(
        "没有这份记录：{given}",
        "record not found: {given}",
        "写年份文件夹下面的路径，不写 .md，如 notes/004/2025-06-30-kejiju",
        "write the path below the year folder without .md, such as notes/004/2025-06-30-kejiju",
    ),
    "unknown-node": message(
        "第{task}项没有节点 {given}",
        "task {task} has no node {given}",
        "节点写在 nodes/{task}.yaml 里",
        "define the node in nodes/{task}.yaml",
    ),
    "unknown-target": message(
        "第{task}项没有量化指标 {given}",
        "task {task} has no target {given}",
        "指标编号见 tasks/{task}.yaml；口径不同的数据不写 target，写 beside 和 differs",
        "see the target ids in tasks/{task}.yaml; for a figure of another scope write beside and "
        "differs instead of target",
    ),
    "target-and-beside": message(
        "又写了口径相同（target: {target}），又写了口径不同（beside: {beside}）",
        "figure has both the scope of a target (target: {target}) and another one (beside: "
        "{beside})",
        "口径完全相同的只写 target；口径不同的删去 target，写 beside 和 differs",
        "write target alone for a figure of the same scope, beside and differs alone for another",
    ),
    "figure-unit": message(
        "数据的单位是“{given}”，指标 {target} 的单位是“{wanted}”",
        "figure has the unit “{given}”, but target {target} has “{wanted}”",
        "单位不同就不能比较：换算成“{wanted}”；口径不同就不写 target，写 beside 和 differs",
        "convert the figure to “{wanted}”; if its scope differs, write beside and differs instead "
        "of target",
    ),
    "not-its-unit": message(
        "“{given}”不是第{task}项的责任单位",
        "“{given}” is not a responsible unit of task {task}",
        "只有这一项的责任单位可以报送",
        "name one of the task's responsible units; only they can report on it",
    ),
    "second-report": message(
        "{unit} 这一期已经报送过：{first}",
        "{unit} has already reported for this period: {first}",
        "一个单位、一项任务、一期只有一份；要补充就改原来那份",
        "add to the first report; there is one report per unit, task and period",
    ),
    "wrong-period": message(
        "{given} 不是这份台账报送的期",
        "{given} is not a reporting period of this ledger",
        "这份台账{year}年，reporting: {reporting}",
        "use a period of {year} that matches reporting: {reporting}",
    ),
    "amendment-kind": message(
        "原来是{old}，调整后一个是区间、一个不是",
        "old value is {old}, but only one of the old and new values is a range",
        "区间两头都写，如 old: 5—6，new: 4.5—5.5；不是区间就只写一个数",
        "write both ends of a range, such as old: 5—6, new: 4.5—5.5; write a single number where "
        "there is no range",
    ),
    "amendment-old": message(
        "调整前写的是 {given}，台账里是 {found}",
        "amendment says the old value is {given}, but the ledger has {found}",
        "old 要写调整前一刻的值；先后几次调整要前后相接",
        "write in `old` the value just before this amendment; each amendment must start from the "
        "result of the previous one",
    ),
    "reopened-not-closed": message(
        "条款 {clause} 没有销号，谈不上重新办理",
        "clause {clause} is reopened but was never closed",
        "先有销号，才有重新办理；按时间先后写",
        "record the closure before the reopening, in chronological order",
    ),
    "closed-twice": message(
        "条款 {clause} 已经销号",
        "clause {clause} is already closed",
        "删去重复的一条；若曾重新办理，把那一条也写上",
        "delete the duplicate closure, or record the reopening between them",
    ),
    "not-awaited": message(
        "条款 {clause} 不从别的事情起算",
        "clause {clause} does not count from an event",
        "只有写了 after 的条款才要记录起算日期",
        "record a start date only for a clause with `after`",
    ),
    "plan-not-cumulative": message(
        "指标 {target} 不是逐步累计的数，没有序时计划",
        "target {target} is not cumulative, so it cannot have a plan",
        "只有新增、建成、启动的个数可以按时间计划",
        "remove the plan; only numbers of items added, completed or started can be planned over "
        "time",
    ),
    "not-filled-in": message(
        "这里还没有填写：{what}",
        "placeholder not filled in: {what}",
        "换成实际的内容；不是必填的，也可以删去这一行",
        "replace it with the actual content, or delete the line if the field is optional",
    ),
    "reports-not-taken": message(
        "这份台账不收报送（ledger.yaml 写着 reporting: none）",
        "this ledger does not accept reports (reporting: none in ledger.yaml)",
        "公开资料改写成 origin: public-record，写明 source；"
        "要收报送，把 reporting 改成 monthly 或 quarterly",
        "change it to origin: public-record with a source; to accept reports, set reporting to "
        "monthly or quarterly",
    ),
    "far-beyond-target": message(
        "{given} 比指标 {target}（{wanted}）大十倍以上",
        "{given} is at least ten times the target {target} ({wanted})",
        "核对数值和单位：是不是多写了零，或者把万当成了个",
        "check the value and the unit: there may be too many zeros, or ten thousands taken for "
        "single units",
        "warning",
    ),
    "other-measure": message(
        "“{given}”和指标 {target}（{measure}）不像是同一回事",
        "“{given}” does not appear to measure target {target} ({measure})",
        "只有口径和指标完全相同，才写 target；不同就删去",
        "keep target only if the figure is defined exactly as the target; otherwise remove it",
        "warning",
    ),
    "figure-differs": message(
        "数据写的是 {given}，正文写的是 {said}",
        "figure says {given}, but the text says {said}",
        "核对哪一处写错了",
        "check which of the two is wrong",
        "warning",
    ),
    "percent-in-text": message(
        "正文里的 {given} 没有写进 figures",
        "{given} in the text is missing from figures",
        '要让它进图表、能比较，就写进 figures：value 只写数字，unit: "%"',
        "add it to figures to show it in charts and compare it: value is the number alone, unit: "
        '"%"',
        "warning",
    ),
    "outside-ledger": message(
        "{given} 不在{year}年台账收录的时间里（{first} 至 {last}）",
        "{given} is outside the period of the {year} ledger ({first} to {last})",
        "年份写错的改正；是别的年份的事，放进那一年的文件夹；还在收录，就改 ledger.yaml 的 closed",
        "correct the year, or move the record to the folder of its year; if the ledger still "
        "accepts records, change `closed` in ledger.yaml",
    ),
    "planned-before": message(
        "节点计划在 {given} 完成，早于{year}年",
        "node is planned for {given}, before {year}",
        "年份写错的改正；往年的节点写在那一年的文件夹里",
        "correct the year, or move the node to the folder of its year",
    ),
    "outside-period": message(
        "{given} 不在报送的这一期（{period}）里",
        "{given} is outside the reporting period ({period})",
        "date 写这一期里的一天，一般是最后一天；写错的是 period，就改 period",
        "write in `date` a day of the period, usually the last; or correct `period`",
    ),
    "date-differs": message(
        "文件里写的是 {given}，文件名里是 {name}",
        "file says {given}, but the file name says {name}",
        "让两处一致：改这里，或者改文件名",
        "make them match: change this date, or rename the file",
    ),
    "known-after-closed": message(
        "{given} 才公布或审核，台账只收录到 {closed}，网页上不会有这条记录",
        "published or reviewed on {given}, after the ledger closed on {closed}, so no page shows "
        "this record",
        "日期写错的改正；要收录它，就把 ledger.yaml 的 closed 改晚",
        "correct the date, or set a later `closed` in ledger.yaml",
    ),
    "not-yet": message(
        "{given} 还没有到：数据截至 {as_of}",
        "{given} is in the future: the site is built as of {as_of}",
        "没有写错就不用改，到了那一天生成的网页会显示这条记录",
        "leave it if it is correct; a site built on or after that day shows the record",
        "warning",
    ),
    "not-yet-more": message(
        "另有 {count} 条记录的日期在 {as_of} 之后",
        "further records dated after {as_of}: {count}",
        "这一版只说到那一天；用今天的日期生成，它们就会显示",
        "leave them if they are correct; a site built as of today shows them",
        "warning",
    ),
    "correction-order": message(
        "更正的日期早于出错的日期",
        "correction is dated before the error",
        "since 是从哪天起错的，date 是哪天更正的",
        "write in `since` the day the error began, in `date` the day it was corrected",
    ),
    "review-void": public(
        "审核以后内容又改过，审核作废",
        "content was edited after its review, so the review is void",
        "请重新审核：删去 reviews 和 secrecy，再逐级运行 python3 build.py approve。"
        "内网版照常生成，显示“待复审”",
        "review it again: delete reviews and secrecy, then run python3 build.py approve for each "
        "level; the intranet site is still built and shows that a new review is needed",
    ),
    "renamed-after-review": public(
        "审核的是 {was}，这里是 {now}：审核只对一条记录有效，改了名、搬了地方、复制过来的都作废",
        "the approval is for {was}, but this is {now}: an approval is valid for one record only, "
        "not after it is renamed, moved or copied",
        "改回原来的文件名、位置或编号；名字确实要改的，或者是复制来的，删去 reviews 和 secrecy，"
        "再逐级运行 python3 build.py approve",
        "restore the original file name, folder or id; if the new one is intended, or this is a "
        "copy, delete reviews and secrecy and run python3 build.py approve for each level",
    ),
    "old-digest": public(
        "审核的摘要是旧的写法，没有算上是哪一条记录，不再有效",
        "digest has the old format, which does not include the record it belongs to, and is no "
        "longer valid",
        "运行 python3 build.py approve --migrate 看哪些可以换成新的，加 --write 写入；"
        "内容改过的、别处有一模一样的，要重新审核",
        "run python3 build.py approve --migrate to list the digests that can be converted, and "
        "add --write to convert them; review again what was edited or has an identical copy "
        "elsewhere",
    ),
    "waits-for-review": public(
        "{count} 条还没有审核完，公开版先不显示（ledger.yaml 的 review 里叫 {kind}）",
        "records of kind {kind} awaiting review and not yet on the public site: {count}",
        "逐级运行 python3 build.py approve，最后是 --level secrecy；这一种公开前不用审核的，"
        "在 ledger.yaml 的 review 里写 {kind}: none",
        "run python3 build.py approve for each level, ending with --level secrecy; if this kind "
        "needs no review, set {kind}: none in `review` in ledger.yaml",
        "warning",
    ),
    "review-order": public(
        "审核不是逐级进行的",
        "review levels are not consecutive",
        "这份台账的审核是{levels}，从第 1 级起逐级写",
        "write the levels of this ledger ({levels}) in order, starting with 1",
    ),
    "review-same-post": public(
        "同一岗位审了两级",
        "the same post reviewed two levels",
        "每一级由不同的岗位审核",
        "have each level reviewed by a different post",
    ),
    "review-dates": public(
        "后一级的审核日期早于前一级",
        "a later level is dated before an earlier level",
        "核对日期",
        "check the dates",
    ),
    "published-before-review": public(
        "公开的时刻早于审核",
        "published before the review",
        "published 不能早于最后一级审核和保密审查",
        "set `published` no earlier than the last review level and the secrecy review",
    ),
}
