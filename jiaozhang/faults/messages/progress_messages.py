"""Progress: notes, nodes, closures and the other records, and their reviews."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message, public

PROGRESS: dict[str, Message] = {
    "no-front-matter": message(
        "开头没有“---”围起来的说明",
        "there is no front matter between lines of ---",
        "第一行写 ---，接着写 origin、date 等，再用一行 --- 结束，下面才是正文",
        "begin with a line ---, then origin, date and so on, another ---, and then the text",
    ),
    "front-matter-open": message(
        "开头的说明没有结束",
        "the front matter is never closed",
        "在说明和正文之间加一行 ---",
        "put a line --- between the front matter and the text",
    ),
    "empty-body": message(
        "说明下面没有正文",
        "there is no text below the front matter",
        "用一两句话写清楚做了什么",
        "say in a sentence or two what was done",
    ),
    "not-a-moment": message(
        "“{given}”不是时刻",
        "“{given}” is not a moment",
        "写作 2025-07-04 09:30",
        "write it as 2025-07-04 09:30",
    ),
    "not-a-period": message(
        "“{given}”不是报送的期",
        "“{given}” is not a reporting period",
        "按月写 2025-06，按季写 2025-Q2",
        "write 2025-06 for a month, 2025-Q2 for a quarter",
    ),
    "not-a-digest": message(
        "“{given}”不是 approve 写入的摘要",
        "“{given}” is not a digest written by approve",
        "删去这一条审核记录，再运行 python3 build.py approve",
        "delete this entry and run python3 build.py approve again",
    ),
    "wrong-origin": message(
        "{field} 不能用在 origin: {origin} 里",
        "{field} has no place in a note of origin: {origin}",
        "责任单位报送写 origin: report，公开资料写 origin: public-record",
        "a unit's report has origin: report, a compiled record has origin: public-record",
    ),
    "closure-or-reopening": message(
        "销号写 on，重新办理写 reopened，只写一个",
        "a closure has `on`, a reopening has `reopened`; write one of them",
        "一件事写一条；销号以后又重新办理的，另加一条",
        "write an entry per event: a reopening is an entry of its own",
    ),
    "plan-incomplete": message(
        "{curve} 计划的内容不对",
        "what a {curve} plan needs is not there",
        "linear 什么都不用写；stepped 写 steps，数值随日期递增（有 base 的递减）；"
        "seasonal 写 12 个 shares",
        "linear needs nothing, stepped needs ascending steps (falling ones from a base), "
        "seasonal needs 12 shares",
    ),
    "clause-or-target": message(
        "调整的是时限还是指标，没有写清楚",
        "it is not clear whether a clause or a target is amended",
        "调整日期写 clause，调整数值写 target，只写一个",
        "name `clause` for a day or `target` for a value, and only one of them",
    ),
    "withdrawal-quotes": message(
        "撤回的记录里不能再写原来的内容（{field}）",
        "a withdrawal must not repeat what it takes back ({field})",
        "删去这一行；理由写在 reason 里，也不要引用原文",
        "delete this line; give the reason without quoting the text",
    ),
    "unknown-record": message(
        "没有这份记录：{given}",
        "there is no such record: {given}",
        "写年份文件夹下面的路径，不写 .md，如 notes/004/2025-06-30-kejiju",
        "write the path below the year without its ending: notes/004/2025-06-30-kejiju",
    ),
    "unknown-node": message(
        "第{task}项没有节点 {given}",
        "task {task} has no node {given}",
        "节点写在 nodes/{task}.yaml 里",
        "nodes stand in nodes/{task}.yaml",
    ),
    "unknown-target": message(
        "第{task}项没有量化指标 {given}",
        "task {task} has no target {given}",
        "指标编号见 tasks/{task}.yaml；口径不完全相同的数据不写 target",
        "see tasks/{task}.yaml; a figure of another scope has no target",
    ),
    "figure-unit": message(
        "数据的单位是“{given}”，指标 {target} 的单位是“{wanted}”",
        "the figure is in “{given}”, target {target} in “{wanted}”",
        "单位不同就不能并列：换算成“{wanted}”，或者删去 target",
        "units must agree: convert to “{wanted}” or remove target",
    ),
    "not-its-unit": message(
        "“{given}”不是第{task}项的责任单位",
        "“{given}” does not answer for task {task}",
        "只有这一项的责任单位可以报送",
        "only the units of a task report on it",
    ),
    "second-report": message(
        "{unit} 这一期已经报送过：{first}",
        "{unit} has reported for this period already: {first}",
        "一个单位、一项任务、一期只有一份；要补充就改原来那份",
        "there is one report per unit, task and period; amend the first one",
    ),
    "wrong-period": message(
        "{given} 不是这份台账报送的期",
        "{given} is not a period of this ledger",
        "这份台账{year}年，reporting: {reporting}",
        "the ledger is of {year} and has reporting: {reporting}",
    ),
    "amendment-kind": message(
        "原来是{old}，调整后一个是区间、一个不是",
        "{old} is amended from a range to a single number, or the other way round",
        "区间两头都写，如 old: 5—6，new: 4.5—5.5；不是区间就只写一个数",
        "write both ends of a range, such as 5—6; a single number stays a single number",
    ),
    "amendment-old": message(
        "调整前写的是 {given}，台账里是 {found}",
        "the amendment changes {given}, but the ledger has {found}",
        "old 要写调整前一刻的值；先后几次调整要前后相接",
        "`old` is what stood until then; several amendments follow on each other",
    ),
    "reopened-not-closed": message(
        "条款 {clause} 没有销号，谈不上重新办理",
        "clause {clause} is reopened but was not closed",
        "先有销号，才有重新办理；按时间先后写",
        "a closure comes before its reopening; keep them in order of time",
    ),
    "closed-twice": message(
        "条款 {clause} 已经销号",
        "clause {clause} is closed already",
        "删去重复的一条；若曾重新办理，把那一条也写上",
        "delete the second one, or record the reopening between them",
    ),
    "not-awaited": message(
        "条款 {clause} 不从别的事情起算",
        "clause {clause} waits for no event",
        "只有写了 after 的条款才要记录起算日期",
        "only a clause with `after` has a day to count from",
    ),
    "plan-not-cumulative": message(
        "指标 {target} 不是逐步累计的数，没有序时计划",
        "target {target} is not a sum that grows, so it has no plan curve",
        "只有新增、建成、启动的个数可以按时间计划",
        "only what is added, completed or started can follow a plan",
    ),
    "not-filled-in": message(
        "这里还没有填写：{what}",
        "this is not filled in yet: {what}",
        "换成实际的内容；不是必填的，也可以删去这一行",
        "write what it asks for; a line that is not needed may go",
    ),
    "reports-not-taken": message(
        "这份台账不收报送（ledger.yaml 写着 reporting: none）",
        "this ledger takes no reports (ledger.yaml says reporting: none)",
        "公开资料改写成 origin: public-record，写明 source；"
        "要收报送，把 reporting 改成 monthly 或 quarterly",
        "make it origin: public-record with its source, "
        "or set reporting to monthly or quarterly to take reports",
    ),
    "far-beyond-target": message(
        "{given} 比指标 {target}（{wanted}）大十倍以上",
        "{given} is ten times the target {target} ({wanted}) or more",
        "核对数值和单位：是不是多写了零，或者把万当成了个",
        "check the value and its unit: a zero too many, or tens of thousands taken for one?",
        "warning",
    ),
    "other-measure": message(
        "“{given}”和指标 {target}（{measure}）不像是同一回事",
        "“{given}” does not sound like the target {target} ({measure})",
        "只有口径和指标完全相同，才写 target；不同就删去",
        "a figure has a target only when it counts exactly the same; else remove it",
        "warning",
    ),
    "figure-differs": message(
        "数据写的是 {given}，正文写的是 {said}",
        "the figure says {given}, the text says {said}",
        "核对哪一处写错了",
        "see which of them is wrong",
        "warning",
    ),
    "percent-in-text": message(
        "正文里的 {given} 没有写进 figures",
        "{given} stands in the text and in no figure",
        '要让它进图表、能比较，就写进 figures：value 只写数字，unit: "%"',
        'to have it drawn and compared, add a figure: value is the number, unit: "%"',
        "warning",
    ),
    "outside-ledger": message(
        "{given} 不在{year}年台账收录的时间里（{first} 至 {last}）",
        "{given} is outside the time of the ledger of {year} ({first} to {last})",
        "年份写错的改正；是别的年份的事，放进那一年的文件夹；还在收录，就改 ledger.yaml 的 closed",
        "correct the year; or file it in the folder of its own year; "
        "a ledger that still takes records has a later `closed`",
    ),
    "planned-before": message(
        "节点计划在 {given} 完成，早于{year}年",
        "this step was planned for {given}, before the year {year}",
        "年份写错的改正；往年的节点写在那一年的文件夹里",
        "correct the year; a step of an earlier year is filed in the folder of that year",
    ),
    "outside-period": message(
        "{given} 不在报送的这一期（{period}）里",
        "{given} is no day of the period reported on ({period})",
        "date 写这一期里的一天，一般是最后一天；写错的是 period，就改 period",
        "`date` is a day of the period, usually its last; or correct `period`",
    ),
    "date-differs": message(
        "文件里写的是 {given}，文件名里是 {name}",
        "the file says {given}, its name says {name}",
        "让两处一致：改这里，或者改文件名",
        "make them agree: correct this, or rename the file",
    ),
    "known-after-closed": message(
        "{given} 才公布或审核，台账只收录到 {closed}，网页上不会有这条记录",
        "this became known on {given}; the ledger ends on {closed}, so no page would show it",
        "日期写错的改正；要收录它，就把 ledger.yaml 的 closed 改晚",
        "correct the date, or put a later `closed` into ledger.yaml",
    ),
    "not-yet": message(
        "{given} 还没有到：数据截至 {as_of}",
        "{given} is still to come: the site speaks about {as_of}",
        "没有写错就不用改，到了那一天生成的网页会显示这条记录",
        "if it is right, leave it: a site of that day will show the record",
        "warning",
    ),
    "not-yet-more": message(
        "另有 {count} 条记录的日期在 {as_of} 之后",
        "{count} more records are of days after {as_of}",
        "这一版只说到那一天；用今天的日期生成，它们就会显示",
        "this site speaks about that day; one of today will show them",
        "warning",
    ),
    "correction-order": message(
        "更正的日期早于出错的日期",
        "the correction is dated before the mistake",
        "since 是从哪天起错的，date 是哪天更正的",
        "`since` is when it became wrong, `date` when it was corrected",
    ),
    "review-void": public(
        "审核以后内容又改过，审核作废",
        "the text was edited after it was approved; its reviews are void",
        "请重新审核：删去 reviews 和 secrecy，再逐级运行 python3 build.py approve。"
        "内网版照常生成，显示“待复审”",
        "have it reviewed again: delete reviews and secrecy and run approve for each level. "
        "The intranet is built all the same and says so",
    ),
    "renamed-after-review": public(
        "审核的是 {was}，这里是 {now}：审核只对一条记录有效，改了名、搬了地方、复制过来的都作废",
        "what was approved is {was}, this is {now}: an approval belongs to one record, "
        "and is void once that is renamed, moved or copied",
        "改回原来的文件名、位置或编号；名字确实要改的，或者是复制来的，删去 reviews 和 secrecy，"
        "再逐级运行 python3 build.py approve",
        "give it its old name, place or id again; if the new one is meant, or it is a copy, delete "
        "reviews and secrecy and run approve for each level",
    ),
    "old-digest": public(
        "审核的摘要是旧的写法，没有算上是哪一条记录，不再有效",
        "this digest is of the old form, which does not cover the record it belongs to",
        "运行 python3 build.py approve --migrate 看哪些可以换成新的，加 --write 写入；"
        "内容改过的、别处有一模一样的，要重新审核",
        "run python3 build.py approve --migrate to see which can be rewritten, --write does it; "
        "what was edited since, or stands elsewhere word for word, has to be reviewed again",
    ),
    "waits-for-review": public(
        "{count} 条还没有审核完，公开版先不显示（ledger.yaml 的 review 里叫 {kind}）",
        "{count} of the kind {kind} wait for their review, and are not on the public site yet",
        "逐级运行 python3 build.py approve，最后是 --level secrecy；这一种公开前不用审核的，"
        "在 ledger.yaml 的 review 里写 {kind}: none",
        "run approve for each level and for secrecy; where this kind needs no review, "
        "write {kind}: none below review in ledger.yaml",
        "warning",
    ),
    "review-order": public(
        "审核不是逐级进行的",
        "the reviews do not follow level by level",
        "这份台账的审核是{levels}，从第 1 级起逐级写",
        "the levels of this ledger are {levels}; begin with 1 and leave none out",
    ),
    "review-same-post": public(
        "同一岗位审了两级",
        "one post reviewed two levels",
        "每一级由不同的岗位审核",
        "each level is reviewed by another post",
    ),
    "review-dates": public(
        "后一级的审核日期早于前一级",
        "a later level is dated before an earlier one",
        "核对日期",
        "check the dates",
    ),
    "published-before-review": public(
        "公开的时刻早于审核",
        "it was published before it was reviewed",
        "published 不能早于最后一级审核和保密审查",
        "`published` is not before the last review or the secrecy review",
    ),
}
