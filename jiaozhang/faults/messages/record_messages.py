"""Records: contradictions between entries and files."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

RECORDS: dict[str, Message] = {
    "below-zero": message(
        "{what}：{given} 不会是负数",
        "{what}: {given} cannot be negative",
        "数东西的数从 0 起。增长率、增减、净增、利润、气温这类可以是负数，要在名称里写明",
        "a count begins at 0; growth, net change, profit or temperature may fall below, named so",
    ),
    "zero-target": message(
        "目标是 {given}，等于没有目标",
        "a target of {given} promises nothing",
        "照原文写数；不许有的写 comparison: at-most，或者 exactly 加 counts: level",
        "write the number as printed; for what must not be, at-most, or exactly with counts: level",
    ),
    "number-mismatch": message(
        "文件里写的是 {inside}，路径里是 {outside}",
        "the file says {inside}, its path says {outside}",
        "让两处一致，或者删去文件里的这一项",
        "make them agree, or leave it out of the file",
    ),
    "duplicate-id": message(
        "“{id}”用了两次",
        "“{id}” is used twice",
        "换一个；已经公布过的不要改",
        "choose another; keep the one already published",
    ),
    "unknown-unit": message(
        "没有叫“{given}”的单位",
        "no unit is called “{given}”",
        "单位列在 units.yaml；新的叫法写进那里的 aliases",
        "units are listed in units.yaml; other names go into aliases there",
    ),
    "alias-nowhere": message(
        "“{given}”在哪一年的台账里都没有",
        "“{given}” stands in no ledger",
        "means 写台账里的原词；任务的原文、时限、指标、责任单位都可以",
        "means are words of a ledger: of a task's text, deadline, targets or units",
    ),
    "unknown-leader": message(
        "没有叫“{given}”的市领导",
        "no leader is called “{given}”",
        "市领导列在 leaders.yaml",
        "leaders are listed in leaders.yaml",
    ),
    "unknown-district": message(
        "没有叫“{given}”的区",
        "no district is called “{given}”",
        "区列在 districts.yaml",
        "districts are listed in districts.yaml",
    ),
    "unknown-section": message(
        "台账里没有第 {given} 个主要任务",
        "the ledger has no section {given}",
        "主要任务列在本年的 ledger.yaml",
        "sections are listed in the ledger.yaml of the year",
    ),
    "unknown-season": message(
        "台账里没有时段“{given}”",
        "the ledger has no season “{given}”",
        "在本年 ledger.yaml 的 seasons 里写上它；没有依据的日期留空",
        "add it to seasons in ledger.yaml; leave the date empty without a source",
    ),
    "unknown-clause": message(
        "本项没有时限条款“{given}”",
        "this task has no clause “{given}”",
        "写 clauses 里已有的 id",
        "name the id of one of its clauses",
    ),
    "unknown-task": message(
        "台账里没有第 {given} 项",
        "the ledger has no task {given}",
        "检查序号",
        "check the number",
    ),
    "repeated-unit": message(
        "“{given}”和前面的“{first}”是同一个单位",
        "“{given}” is the same unit as “{first}” before it",
        "责任单位只写一次；如果原文确实写了两次，请先修改 units.yaml 里的别名",
        "name it once; if the notice does name it twice, look at the aliases in units.yaml",
    ),
    "count-mismatch": message(
        "文件称有 {stated} 项，实际有 {found} 项",
        "the notice states {stated} tasks, {found} are here",
        "缺少或多出的序号：{which}",
        "missing or surplus numbers: {which}",
    ),
    "scope-not-in-text": message(
        "条款范围“{scope}”不在任务原文里",
        "the scope “{scope}” does not stand in the text of the task",
        "照抄原文里的一段，一字不改；或者删去 scope，表示整项",
        "quote a part of the text exactly; without a scope the clause is the whole task",
    ),
    "clause-without-date": message(
        "时限条款要有 due、after 加 months、season 三者之一",
        "a clause needs exactly one of due, after with months, or season",
        "固定日期写 due；某事之后若干月写 after 和 months；汛前一类写 season",
        "due for a day, after and months for a wait, season for words like 汛前",
    ),
    "deadline-differs": message(
        "条款和完成时限的原文不一致：原文“{deadline}”应有 {expected}",
        "the clauses differ from the printed deadline “{deadline}”, which gives {expected_en}",
        "照原文写条款；时限后来有调整，也不改这里的原文",
        "write the clauses as printed, also when the deadline was changed later",
    ),
    "target-incomplete": message(
        "指标“{id}”缺少 {missing}",
        "the target “{id}” lacks {missing}",
        "有数的写 value 和 unit，区间再写 upper；与另一项同步的写 comparison: follows 和 follows；"
        "由上级下达的写 comparison: external",
        "a figure needs value and unit, a range upper too; "
        "comparison: follows needs follows; external needs neither",
    ),
    "value-not-in-text": message(
        "指标数字 {value}{unit} 不在任务原文里",
        "the target's {value}{unit} does not stand in the text of the task",
        "指标只记原文写明的数字",
        "a target records only figures printed in the notice",
    ),
    "comparison-differs": message(
        "comparison 写的是 {given}，原文数字旁边的字说的是 {nearest}",
        "comparison is {given}, but the words beside the number say {nearest}",
        "不超过、以内、降至是 at-most，以上、不低于是 at-least，左右是 about；"
        "核对原文，确实要这样写就不用管",
        "compare the text: a ceiling that is judged as a floor says the opposite of what was meant",
        level="warning",
    ),
    "unsettled": message(
        "“{field}”还没有定：{reason}",
        "“{field}” is not settled: {reason}",
        "核对原文，改好这一项，再删去 unsettled 里的这一条",
        "compare the notice, correct the field, then remove this entry from unsettled",
    ),
    "no-lock": message(
        "没有 notice.lock，或者它是空的、读不了",
        "there is no notice.lock, or it is empty or cannot be read",
        "它锁定{year}年文件的原文，由 python3 build.py import 文件 --year {year} --accept 写出",
        "it guards the texts of {year}; run python3 build.py import FILE --year {year} --accept",
    ),
    "target-surplus": message(
        "指标“{id}”不该写 {surplus}",
        "target “{id}” must not have {surplus}",
        "follows 和 external 的指标没有自己的数；follows 只和 comparison: follows 一起写，"
        "upper 只和 between，base 只和 at-most",
        "a target that follows another or comes from above has no value of its own; `follows` "
        "goes with comparison: follows, `upper` with between, `base` with at-most",
    ),
    "range-order": message(
        "区间的上限 {upper} 不大于下限 {lower}",
        "the upper end {upper} of the range is not above the lower end {lower}",
        "小的写 value，大的写 upper；只有一个数就不写 between",
        "the smaller number is `value`, the larger `upper`; a single number is no range",
    ),
    "base-not-above": message(
        "base {base} 不大于目标 {value}，不是往下降",
        "base {base} is not above the target {value}: nothing would decrease",
        "由60处减至50处：base 写 60，value 写 50；不是下降就不写 base",
        "from 60 down to 50: base 60, value 50; leave base out where nothing decreases",
    ),
    "lock-missing": message(
        "notice.lock 里没有第 {number} 项",
        "notice.lock has no task {number}",
        "运行 python3 build.py import 文件 --year {year} --accept",
        "run python3 build.py import FILE --year {year} --accept",
    ),
    "lock-broken": message(
        "第 {number} 项的原文、时限、领导或单位和 notice.lock 不一致",
        "text, deadline, leaders or units of task {number} differ from the notice",
        "改回原样；文件本身有更正的，重新导入并加 --accept",
        "restore them; if the notice itself was corrected, import it again with --accept",
    ),
    "lock-surplus": message(
        "notice.lock 里的第 {number} 项没有任务文件",
        "notice.lock names task {number}, which has no file",
        "任务文件不能删：恢复 tasks/{number}.yaml",
        "tasks are never deleted: restore tasks/{number}.yaml",
    ),
    "lock-syntax": message(
        "这一行不是“序号 校验值”",
        "this line is not a number and a digest",
        "notice.lock 只由 import 写，不要手改",
        "notice.lock is written by import only",
    ),
    "members-unsourced": message(
        "“{name}”列了成员，却没有写 as_of 和 source",
        "“{name}” lists members without as_of and source",
        "写明名单的日期和依据；没有依据就写 members: unknown",
        "give the date and source of the list, or write members: unknown",
    ),
    "kind-needs": message(
        "{kind} 类单位“{name}”缺少 {field}",
        "the unit “{name}” of kind {kind} lacks {field}",
        "补上这一项",
        "add this field",
    ),
}
