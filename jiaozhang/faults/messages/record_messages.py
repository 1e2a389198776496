"""Records: contradictions between entries and files."""

from __future__ import annotations

from jiaozhang.faults.messages.message import Message, message

RECORDS: dict[str, Message] = {
    "below-zero": message(
        "{what}：{given} 不会是负数",
        "{what}: {given} cannot be negative",
        "数东西的数从 0 起。增长率、增减、净增、利润、气温这类可以是负数，要在名称里写明",
        "write a number from 0 up for a count; for a growth rate, net change, profit or "
        "temperature, which can be negative, say so in the name",
    ),
    "zero-target": message(
        "目标是 {given}，等于没有目标",
        "a target of {given} is no target",
        "照原文写数；不许有的写 comparison: at-most，或者 exactly 加 counts: level",
        "write the number as printed; for something that must not exist, write comparison: "
        "at-most, or exactly with counts: level",
    ),
    "number-mismatch": message(
        "文件里写的是 {inside}，路径里是 {outside}",
        "file says {inside}, but its path says {outside}",
        "让两处一致，或者删去文件里的这一项",
        "make them match, or delete this field from the file",
    ),
    "duplicate-id": message(
        "“{id}”用了两次",
        "duplicate id “{id}”",
        "换一个；已经公布过的不要改",
        "choose another id for one of them; do not change an id that is already published",
    ),
    "unknown-unit": message(
        "没有叫“{given}”的单位",
        "unknown unit “{given}”",
        "单位列在 units.yaml；新的叫法写进那里的 aliases",
        "use a unit listed in units.yaml; add another name for a unit to its aliases there",
    ),
    "alias-nowhere": message(
        "“{given}”在哪一年的台账里都没有",
        "“{given}” not found in any ledger",
        "means 写台账里的原词；任务的原文、时限、指标、责任单位都可以",
        "write in means words of a ledger exactly as they appear in a task's text, deadline, "
        "targets or units",
    ),
    "unknown-leader": message(
        "没有叫“{given}”的市领导",
        "unknown leader “{given}”",
        "市领导列在 leaders.yaml",
        "use a leader listed in leaders.yaml",
    ),
    "unknown-district": message(
        "没有叫“{given}”的区",
        "unknown district “{given}”",
        "区列在 districts.yaml",
        "use a district listed in districts.yaml",
    ),
    "tile-not-pair": message(
        "tile 要写两个数：列和行，这里有 {count} 个",
        "tile has {count} numbers instead of two, column and row",
        "写作 [列, 行]，例如 [4, 2]；列从左数，行从上数",
        "write [column, row], such as [4, 2]; columns count from the left, rows from the top",
    ),
    "tile-taken": message(
        "{name}和{other}的 tile 是同一格",
        "{name} has the same tile as {other}",
        "给其中一个换一格；方位大致对就行",
        "move one of them; rough directions are enough",
    ),
    "tile-missing": message(
        "{name}没有写 tile，别的区写了",
        "{name} has no tile, but other districts have",
        "补上这个区的 tile，或者各区都不写",
        "add its tile, or remove those of all districts",
    ),
    "unknown-section": message(
        "台账里没有第 {given} 个主要任务",
        "the ledger has no section {given}",
        "主要任务列在本年的 ledger.yaml",
        "use a section listed in the ledger.yaml of this year",
    ),
    "unknown-season": message(
        "台账里没有时段“{given}”",
        "the ledger has no season “{given}”",
        "在本年 ledger.yaml 的 seasons 里写上它；没有依据的日期留空",
        "add it to seasons in the ledger.yaml of this year; leave a date empty if there is no "
        "source for it",
    ),
    "unknown-clause": message(
        "本项没有时限条款“{given}”",
        "this task has no clause “{given}”",
        "写 clauses 里已有的 id",
        "use the id of one of the task's clauses",
    ),
    "unknown-task": message(
        "台账里没有第 {given} 项",
        "the ledger has no task {given}",
        "检查序号",
        "check the task number",
    ),
    "repeated-unit": message(
        "“{given}”和前面的“{first}”是同一个单位",
        "“{given}” is the same unit as “{first}” above",
        "责任单位只写一次；如果原文确实写了两次，请先修改 units.yaml 里的别名",
        "name each unit once; if the notice does name it twice, first change the aliases in "
        "units.yaml",
    ),
    "count-mismatch": message(
        "文件称有 {stated} 项，实际有 {found} 项",
        "notice states {stated} tasks, found {found}",
        "缺少或多出的序号：{which}",
        "check the missing or extra numbers: {which}",
    ),
    "scope-not-in-text": message(
        "条款范围“{scope}”不在任务原文里",
        "scope “{scope}” not found in the text of the task",
        "照抄原文里的一段，一字不改；或者删去 scope，表示整项",
        "quote a part of the text exactly; omit scope if the clause covers the whole task",
    ),
    "clause-without-date": message(
        "时限条款要有 due、after 加 months、season 三者之一",
        "clause needs exactly one of due, after with months, or season",
        "固定日期写 due；某事之后若干月写 after 和 months；汛前一类写 season",
        "write due for a fixed date, after and months for a period after an event, season for "
        "words such as 汛前",
    ),
    "deadline-differs": message(
        "条款和完成时限的原文不一致：原文“{deadline}”应有 {expected}",
        "clauses do not match the printed deadline “{deadline}”, expected {expected_en}",
        "照原文写条款；时限后来有调整，也不改这里的原文",
        "write the clauses as printed; leave them unchanged if the deadline was amended later",
    ),
    "target-incomplete": message(
        "指标“{id}”缺少 {missing}",
        "target “{id}” is missing {missing}",
        "有数的写 value 和 unit，区间再写 upper；与另一项同步的写 comparison: follows 和 follows；"
        "由上级下达的写 comparison: external",
        "write value and unit for a figure, and upper for a range; write comparison: follows "
        "with follows for a target that follows another task; write comparison: external for one "
        "set by a higher authority",
    ),
    "value-not-in-text": message(
        "指标数字 {value}{unit} 不在任务原文里",
        "target value {value}{unit} not found in the text of the task",
        "指标只记原文写明的数字",
        "record only values printed in the notice",
    ),
    "comparison-differs": message(
        "comparison 写的是 {given}，原文数字旁边的字说的是 {nearest}",
        "comparison is {given}, but the words next to the number mean {nearest}",
        "不超过、以内、降至是 at-most，以上、不低于是 at-least，左右是 about；"
        "核对原文，确实要这样写就不用管",
        "compare it with the text: at-most is an upper limit, at-least a lower limit, about an "
        "approximate value; ignore this warning if the comparison is intended",
        level="warning",
    ),
    "unsettled": message(
        "“{field}”还没有定：{reason}",
        "“{field}” needs a decision: {reason}",
        "核对原文，改好这一项，再删去 unsettled 里的这一条",
        "compare it with the notice, correct the field, then delete this entry from unsettled",
    ),
    "no-lock": message(
        "没有 notice.lock，或者它是空的、读不了",
        "notice.lock is missing, empty or unreadable",
        "它锁定{year}年文件的原文，由 python3 build.py import 文件 --year {year} --accept 写出",
        "run python3 build.py import FILE --year {year} --accept to create it; it protects the "
        "text of the {year} notice",
    ),
    "target-surplus": message(
        "指标“{id}”不该写 {surplus}",
        "target “{id}” must not have {surplus}",
        "follows 和 external 的指标没有自己的数；follows 只和 comparison: follows 一起写，"
        "upper 只和 between，base 只和 at-most",
        "omit value for a target that follows another or is set by a higher authority; use "
        "`follows` only with comparison: follows, `upper` only with between, `base` only with "
        "at-most",
    ),
    "range-order": message(
        "区间的上限 {upper} 不大于下限 {lower}",
        "upper limit {upper} is not above the lower limit {lower}",
        "小的写 value，大的写 upper；只有一个数就不写 between",
        "write the smaller number in `value`, the larger in `upper`; do not use between for a "
        "single number",
    ),
    "base-not-above": message(
        "base {base} 不大于目标 {value}，不是往下降",
        "base {base} is not above the target {value}, so nothing decreases",
        "由60处减至50处：base 写 60，value 写 50；不是下降就不写 base",
        "write base 60 and value 50 for a decrease from 60 to 50; omit base if nothing decreases",
    ),
    "lock-missing": message(
        "notice.lock 里没有第 {number} 项",
        "task {number} not found in notice.lock",
        "运行 python3 build.py import 文件 --year {year} --accept",
        "run python3 build.py import FILE --year {year} --accept",
    ),
    "lock-broken": message(
        "第 {number} 项的原文、时限、领导或单位和 notice.lock 不一致",
        "text, deadline, leaders or units of task {number} differ from notice.lock",
        "改回原样；文件本身有更正的，重新导入并加 --accept",
        "restore the original; if the notice itself was corrected, import it again with --accept",
    ),
    "lock-surplus": message(
        "notice.lock 里的第 {number} 项没有任务文件",
        "task {number} is in notice.lock but has no task file",
        "任务文件不能删：恢复 tasks/{number}.yaml",
        "restore tasks/{number}.yaml; tasks must not be deleted",
    ),
    "lock-syntax": message(
        "这一行不是“序号 校验值”",
        "line is not a task number and a digest",
        "notice.lock 只由 import 写，不要手改",
        "restore notice.lock, or write it again with import; do not edit it by hand",
    ),
    "members-unsourced": message(
        "“{name}”列了成员，却没有写 as_of 和 source",
        "“{name}” lists members but has no as_of and source",
        "写明名单的日期和依据；没有依据就写 members: unknown",
        "give the date and source of the list, or write members: unknown",
    ),
    "kind-needs": message(
        "{kind} 类单位“{name}”缺少 {field}",
        "unit “{name}” of kind {kind} is missing {field}",
        "补上这一项",
        "add this field",
    ),
}
