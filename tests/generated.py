"""A city made by chance, but the same for the same seed: every kind of deadline, duty and record.

Its three years differ in what the site has to say about them: 2025 takes reports every quarter and
is still open, 2024 takes none and was closed in the middle of the year, 2023 takes them every month
and promises nothing by a day.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

Value = object
Files = dict[str, Value]
DEPARTMENTS = ("市科技局", "市财政局", "市教育局", "市住房局", "市水务局", "市商务局", "市农业局")
DISTRICTS = ("东城", "西城", "南山", "北湖")
LEADERS = ("张三", "李四", "王五")
STATES = ("未启动", "正常推进", "推进缓慢", "受阻", "已完成")
METHODS = ("四不两直", "明查暗访", "现场核查", "查阅资料", "电话核实")
RESULTS = ("一致", "部分一致", "不一致", None)
CLOSED = date(2024, 8, 15)
TODAY = date(2026, 11, 24)


def write_city(folder: Path, seed: int) -> None:
    """Write the files of a city below a folder; locks are left to be computed."""
    for name, value in _city(random.Random(seed)).items():  # noqa: S311
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML: every value is written just as it is meant.
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if name.endswith(".md") and not isinstance(value, str):
            text = f"---\n{text}\n---\n这一天有一条记录。\n"
        path.write_text(text, encoding="utf-8")


def _city(chance: random.Random) -> Files:
    files: Files = {
        "site.toml": 'name = "示例市重点工作"\nstanding = "unofficial"\n',
        "content/units.yaml": _units(),
        "content/districts.yaml": [
            {"slug": f"d{at}", "code": 990101 + at, "name": f"{name}区"}
            for at, name in enumerate(DISTRICTS)
        ],
        "content/leaders.yaml": [
            {"slug": f"l{at}", "name": name} for at, name in enumerate(LEADERS)
        ],
    }
    files |= _Year(chance, 2025, "quarterly", None).files(31)
    files |= _Year(chance, 2024, "none", CLOSED).files(23)
    files |= _Year(chance, 2023, "monthly", date(2023, 12, 31), plain=True).files(5)
    return files


def _units() -> list[dict[str, Value]]:
    zones = [
        {"slug": f"zone{at}", "name": f"{name}开发区", "kind": "zone", "district": f"{name}区"}
        for at, name in enumerate(DISTRICTS[:2])
    ]
    governments = [
        {"slug": f"gov{at}", "name": f"{n}区人民政府", "kind": "district", "district": f"{n}区"}
        for at, n in enumerate(DISTRICTS)
    ]
    lists = (("gequ", "各区人民政府", DISTRICTS), ("laoqu", "老城各区人民政府", DISTRICTS[:2]))
    groups: list[dict[str, Value]] = [
        {
            "slug": slug,
            "name": name,
            "kind": "group",
            "member_kind": "districts",
            "members": [f"{one}区人民政府" for one in members],
            "as_of": "2025-01-01",
            "source": "示例区划",
        }
        for slug, name, members in lists
    ]
    unlisted = {"kind": "group", "member_kind": "districts", "members": "unknown"}
    return [
        *({"slug": f"u{at}", "name": n, "kind": "department"} for at, n in enumerate(DEPARTMENTS)),
        *governments,
        *zones,
        *groups,
        {"slug": "youguan", "name": "有关区人民政府", **unlisted},
    ]


class _Year:
    """The files of one year; a `plain` one has no deadlines, so that nothing can be counted."""

    def __init__(
        self,
        chance: random.Random,
        year: int,
        reporting: str,
        closed: date | None,
        plain: bool = False,
    ) -> None:
        self.chance, self.year, self.reporting = chance, year, reporting
        self.closed, self.plain = closed, plain
        self.folder = f"content/{year}"

    def files(self, count: int) -> Files:
        numbers = range(1, count + 1)
        sections = [self.chance.randint(1, 4) for _ in numbers]
        files: Files = {
            f"{self.folder}/ledger.yaml": {
                "title": f"示例市{self.year}年重点工作的通知",
                "issuer": "示例市人民政府",
                "source": "示例",
                "reporting": self.reporting,
                "closed": self.closed.isoformat() if self.closed else None,
                # The fifth holds nothing.
                "sections": [{"number": n, "title": f"做好第{n}方面，稳住"} for n in range(1, 6)],
                "seasons": {
                    "汛前": {},
                    "供暖季前": {"before": f"{self.year}-11-15", "source": "供热条例"},
                },
                "themes": [{"slug": "minsheng", "name": "民生", "tasks": [1, 3, 4]}],
            },
            f"{self.folder}/notice.md": "现将重点工作印发给你们。\n",
        }
        for number, section in zip(numbers, sections, strict=True):
            files |= self._task(number, section)
        return files

    def _task(self, number: int, section: int) -> Files:
        chance = self.chance
        amount = chance.randint(2, 9)
        first, second = f"新建{amount}个{number}号站", f"建成{number}号管网"
        text = f"{first}，{second}，汛前完成清淤，供暖季前完成检修。"
        if chance.random() < 0.3:
            first, text = f"推进第{number}方面改革", f"推进第{number}方面改革，{second}。"
        deadline, clauses = ("", []) if self.plain else self._clauses(second, text)
        targets = [
            {
                "id": "t1",
                "clause": clauses[0]["id"] if clauses else None,
                "measure": f"{number}号站",
                "value": amount,
                "unit": "个",
                "comparison": "exactly",
                "verb": "新建",
                "counts": chance.choice(["completed", "added"]),
            }
        ]
        if not text.startswith("新建") or chance.random() < 0.2:
            targets = []
        task: dict[str, Value] = {
            "section": section,
            "title": first[:24],
            "text": text,
            "leaders": chance.sample(LEADERS, chance.randint(0, 2)),
            "units": self._units(),
            "responsibility": chance.choice(["first-leads", "first-leads", "joint"]),
            "clauses": clauses,
            "targets": targets,
        }
        if deadline:
            task["deadline"] = deadline
        files: Files = {f"{self.folder}/tasks/{number:03}.yaml": task}
        return files | self._records(number, task)

    def _units(self) -> list[str]:
        chance = self.chance
        units = chance.sample(DEPARTMENTS, chance.randint(1, 3))
        others = ("东城区人民政府", "南山区人民政府", "东城开发区", "各区人民政府")
        others += ("老城各区人民政府", "有关区人民政府")
        return units + chance.sample(others, chance.choice([0, 0, 1, 2, 3]))

    def _clauses(self, part: str, text: str) -> tuple[str, list[dict[str, Value]]]:
        """A deadline as a notice prints it, and its clauses; some tasks have none."""
        chance, of = self.chance, self.year
        whole = (
            ("年底前完成", "complete", {"due": f"{of}-12-31"}),
            ("年底前取得明显进展", "progress", {"due": f"{of}-12-31"}),
            ("年底前取得明显进展", "progress", {"due": f"{of}-12-31"}),
            ("方案印发后6个月内完成", "complete", {"after": "方案印发", "months": 6}),
            ("汛前完成", "complete", {"season": "汛前"}),
            ("", "", {}),
        )
        deadline, kind, when = chance.choice(whole)
        clauses: list[dict[str, Value]] = [{"id": "a", "kind": kind, **when}] if kind else []
        if "due" in when and chance.random() < 0.4:
            month = chance.choice([3, 6, 9, 11])
            last = {3: 31, 6: 30, 9: 30, 11: 30}[month]
            deadline += f"，{part}{month}月底前完成"
            day = f"{of}-{month:02}-{last}"
            clauses.append({"id": "b", "kind": "complete", "due": day, "scope": part})
        for id_, season, scope in (
            ("c", "汛前", "汛前完成清淤"),
            ("d", "供暖季前", "供暖季前完成检修"),
        ):
            if scope in text and chance.random() < 0.4:
                named = {"season": season, "scope": scope, "origin": "body"}
                clauses.append({"id": id_, "kind": "complete", **named})
        return deadline, clauses

    @property
    def _last(self) -> date:
        """The last day of which something is recorded."""
        return min(self.closed or date.max, date(self.year, 12, 20))

    def _day(self, after: date | None = None) -> date:
        first = after or date(self.year, 1, 5)
        return first + timedelta(days=self.chance.randint(0, max((self._last - first).days, 0)))

    def _records(self, number: int, task: Mapping[str, Value]) -> Files:
        files: Files = {}
        for at in range(self.chance.choice([0, 0, 1, 2, 3])):
            files |= self._public_record(number, at, task)
        if self.reporting != "none":
            files |= self._reports(number, task)
        if self.chance.random() < 0.3:
            files |= self._verification(number)
        if self.chance.random() < 0.3:
            files |= self._nodes(number)
        if self.chance.random() < 0.3:
            files |= self._closures(number, task)
        return files | self._changes(number, task)

    def _public_record(self, number: int, at: int, task: Mapping[str, Value]) -> Files:
        chance, day = self.chance, self._day().isoformat()
        # Of some only the month is known.
        day = (
            day[:7]
            if chance.random() < 0.2 and date.fromisoformat(day) < self._last.replace(day=1)
            else day
        )
        figures, is_of_district = self._figures(task), chance.random() < 0.2
        record = {
            "origin": "public-record",
            "date": day,
            "source": {"title": f"第{number}项新闻", "publisher": "示例日报"},
            "figures": [_of_district(own) for own in figures] if is_of_district else figures,
            **({"district": "东城区"} if is_of_district else {}),
        }
        name = f"{self.folder}/notes/{number:03}/{day}-ribao{at}"
        files: Files = {f"{name}.md": record}
        if chance.random() < 0.15:
            since = date.fromisoformat(day if len(day) > 7 else f"{day}-28")
            corrected = self._day(since).isoformat()
            files[f"{self.folder}/corrections/{corrected}-n{number}-{at}.yaml"] = {
                "kind": "correction",
                "of": name.removeprefix(f"{self.folder}/"),
                "date": corrected,
                "since": since.isoformat(),
                "wrong": "两条",
                "right": "一条",
                "reason": "录入时看错",
                "by": "办公室",
            }
        return files

    def _figures(self, task: Mapping[str, Value]) -> list[dict[str, Value]]:
        targets = task["targets"]
        assert isinstance(targets, list)
        return [
            {
                "name": target["measure"],
                "value": self.chance.randint(0, target["value"]),
                "unit": "个",
                "period": f"{self.year}年",
                "target": "t1",
            }
            for target in targets
            if self.chance.random() < 0.7
        ]

    def _reports(self, number: int, task: Mapping[str, Value]) -> Files:
        units = task["units"]
        assert isinstance(units, list)
        reporters = units if task["responsibility"] == "joint" else units[:1]
        files: Files = {}
        months = (3, 6, 9) if self.reporting == "quarterly" else (1, 2, 3, 4, 5, 6)
        for at, unit in enumerate(reporters):
            for month in months:
                if self.chance.random() < 0.3:
                    continue
                last = {2: 28, 4: 30, 6: 30, 9: 30}.get(month, 31)
                day = f"{self.year}-{month:02}-{last}"
                quarter = f"{self.year}-Q{month // 3}"
                files[f"{self.folder}/notes/{number:03}/{day}-unit{at}.md"] = {
                    "origin": "report",
                    "unit": unit,
                    "period": quarter if self.reporting == "quarterly" else day[:7],
                    "date": day,
                    "status": self.chance.choice(STATES),
                    "figures": self._figures(task) if at == 0 else [],
                }
        return files

    def _verification(self, number: int) -> Files:
        chance, day = self.chance, self._day().isoformat()
        check = {"date": day, "method": chance.choice(METHODS), "text": "看了现场。"}
        result = chance.choice(RESULTS)
        files: Files = {
            f"{self.folder}/verifications/{number:03}-{day}.yaml": check
            | ({"result": result} if result else {}),
            f"{self.folder}/internal/blockers/{number:03}-zijin.yaml": {
                "raised_by": DEPARTMENTS[0],
                "needs": DEPARTMENTS[1],
                "since": day,
                "state": "待答复",
                "text": "资金没有到位。",
            },
        }
        if result and chance.random() < 0.5:
            inside = {"date": day, "method": check["method"], "result": result, "found": "属实。"}
            name = f"{number:03}-{day}"
            files[f"{self.folder}/internal/verifications/{name}.yaml"] = inside | {"of": name}
        return files

    def _nodes(self, number: int) -> Files:
        nodes: list[dict[str, Value]] = []
        for at in range(self.chance.randint(1, 3)):
            node: dict[str, Value] = {"id": f"n{at}", "text": f"完成第{at + 1}步"}
            node["planned"] = self._day().isoformat()
            if self.chance.random() < 0.5:
                node |= {"actual": self._day().isoformat(), "evidence": "批复"}
            nodes.append(node)
        return {f"{self.folder}/nodes/{number:03}.yaml": nodes}

    def _closures(self, number: int, task: Mapping[str, Value]) -> Files:
        clauses = task["clauses"]
        assert isinstance(clauses, list)
        if not clauses:
            return {}
        chance, day = self.chance, self._day()
        clause = chance.choice(["all", clauses[0]["id"]])
        first = {"id": "c1", "clause": clause, "on": day.isoformat()}
        events = [{**first, "by": "督查室", "evidence": "意见"}]
        if chance.random() < 0.3:
            again = self._day(day + timedelta(days=1)).isoformat()
            second = {"id": "c2", "clause": clause, "reopened": again}
            events.append({**second, "by": "督查室", "reason": "抽查"})
        return {f"{self.folder}/closures/{number:03}.yaml": events}

    def _changes(self, number: int, task: Mapping[str, Value]) -> Files:
        """A deadline put off into the next year, and the event that another one waits for."""
        clauses = task["clauses"]
        assert isinstance(clauses, list)
        files: Files = {}
        for clause in clauses[:1]:
            if "due" in clause and self.chance.random() < 0.2:
                day = self._day().isoformat()
                files[f"{self.folder}/amendments/{number:03}-{day}.yaml"] = {
                    "clause": clause["id"],
                    "old": clause["due"],
                    "new": f"{self.year + 1}-{self.chance.choice(['03-31', '06-30'])}",
                    "authority": "市政府常务会议",
                    "document": "会议纪要",
                    "date": day,
                }
            if "after" in clause and self.chance.random() < 0.5:
                begun = {"clause": clause["id"], "on": self._day().isoformat(), "document": "方案"}
                files[f"{self.folder}/triggers/{number:03}.yaml"] = [begun]
        return files


def _of_district(figure: Mapping[str, Value]) -> dict[str, Value]:
    """A figure of one district, which stands beside the city's target."""
    rest = {name: value for name, value in figure.items() if name != "target"}
    return {**rest, "beside": figure["target"], "differs": "这是一个区的数"}
