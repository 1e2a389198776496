"use strict";
// What static/query.js makes of a query, without a page.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { encoded, indexOf, steps } = require("./index_in_memory.js");

const SIMPLE = new Map(Object.entries({ 舊: "旧", 區: "区", 濱: "滨", 辦: "办", 灣: "湾" }));
const EMPTY = new Map();

/** @param {string[]} titles */
const tasks = titles => titles.map(title => ({ title }));
/** @param {Answer} found */
const places = found => found.full.map(hit => hit.place);
/** @param {Set<number>} marks @param {string} text */
const shown = (marks, text) => Array.from(text).filter((_, at) => marks.has(at)).join("");

test("numbers and their steps are read as they were written", () => {
  for (const all of [[], [0], [31, 32, 33], [1, 1023, 1024, 32767, 32768, 1000000]]) {
    assert.deepEqual(jiaozhang.numbers(all.map(encoded).join("")), all);
    assert.deepEqual(jiaozhang.sums(jiaozhang.numbers(steps(all))), all);
  }
});

test("postings stand by token, each part behind the sign of its impact", () => {
  const shard = jiaozhang.postingsOf("老旧!13$7;pm2.5&A");
  assert.deepEqual(Array.from(shard), [["老旧", ["!13", "$7"]], ["pm2.5", ["&A"]]]);
});

test("a token's shard is FNV-1a, as its authors publish it", () => {
  const whole = 2 ** 31;
  assert.equal(jiaozhang.shardOf("", whole), 0x811c9dc5 % whole);
  assert.equal(jiaozhang.shardOf("a", whole), 0xe40c292c % whole);
  assert.equal(jiaozhang.shardOf("foobar", whole), 0xbf9cf968 % whole);
  assert.equal(jiaozhang.shardOf("foobar", 64), 0x28);
});

test("what means the same is folded, and folding twice is folding once", () => {
  /** @type {[string, string][]} */
  const same = [
    ["ＰＭ２.５", "pm2.5"], ["1,234,567项", "1234567项"], ["1,23", "1,23"], ["舊區", "旧区"], ["六月", "6月"], ["十二月", "12月"],
    ["二十月", "二10月"], ["“三新”《三量》", "三新三量"], ["No.88", "no.88"]
  ];
  for (const [text, folded] of same) {
    assert.equal(jiaozhang.normalise(text, SIMPLE), folded);
    assert.equal(jiaozhang.normalise(folded, SIMPLE), folded);
  }
});

test("units that stand side by side are one sequence, single characters with blanks too", () => {
  assert.deepEqual(jiaozhang.sequences("pm2.5 浓度,达72%"), [["pm2.5"], ["浓", "度"], ["达", "72%"]]);
  assert.deepEqual(jiaozhang.sequences("地 铁"), [["地", "铁"]]);
  assert.deepEqual(jiaozhang.sequences("，。 "), []);
});

test("every unit of a query is covered by a group", () => {
  for (const text of ["老旧小区改造", "pm2.5浓度72%", "a", "水", "5g 基站 b12站", "第88项"]) {
    const cut = jiaozhang.sequences(jiaozhang.normalise(text, EMPTY));
    const covered = new Set(jiaozhang.groupsOf(cut).flatMap(group => group.covers));
    assert.deepEqual(Array.from(covered).sort((a, b) => a - b), cut.flat().map((_, at) => at), text);
  }
});

test("queries are cut as jiaozhang/search/analyzer.py cuts texts", () => {
  const file = path.join(__dirname, "..", "search", "analyzer.jsonl");
  const cases = fs.readFileSync(file, "utf8").trim().split("\n").map(line => JSON.parse(line));
  assert.ok(cases.length >= 20);
  for (const one of cases) { assert.deepEqual(jiaozhang.tokensOf(one.text, SIMPLE), one.tokens, one.text); }
});

test("Chinese ordinals and numbers of tasks", () => {
  ["一", "九", "十", "十一", "二十", "九十九"].forEach((name, at) => {
    assert.equal(jiaozhang.ordinal(name), [1, 9, 10, 11, 20, 99][at], name);
  });
  ["88", "八十八", "百", "一百", "百零五", "一百零五", "一百三十二", "九百一十"].forEach((name, at) => {
    assert.equal(jiaozhang.numberOf(name), [88, 88, 100, 100, 105, 105, 132, 910][at], name);
  });
});

test("a number asked for is the task of that number, before all that holds its digits", async () => {
  const { index, asked } = indexOf([{ title: "新建3个实验室", number: 3 }, { title: "修88条路", number: 7 }, { title: "改造小区", number: 88 }]);
  for (const query of ["第88项", "#88", "No.88", "no88", "任务88", "第八十八项", "88号", "八十八项工作"]) {
    assert.deepEqual(places(await jiaozhang.answer(index, query)), [2], query);
  }
  assert.deepEqual(asked, [], "a number alone needs no file");
  // Bare digits may be meant either way.
  assert.deepEqual(places(await jiaozhang.answer(index, "88")), [2, 1]);
  assert.deepEqual(places(await jiaozhang.answer(index, "第99项")), []);
});

test("all that is asked for has to stand there, and what is rare weighs more", async () => {
  const { index } = indexOf(tasks(["老旧小区改造", "小区停车", "小区绿化", "停车楼"]));
  assert.deepEqual(places(await jiaozhang.answer(index, "小区 停车")), [1]);
  assert.deepEqual(places(await jiaozhang.answer(index, "小区")), [0, 1, 2]);
  const one = (/** @type {number} */ impact, /** @type {number} */ rarity) => (
    { any: [""], covers: [0], text: "", rarity, places: new Map([[impact, impact]]) });
  const both = jiaozhang.matchMost([one(1, 1), one(2, 5)], [], 1, 0);
  assert.deepEqual(both.map(hit => hit.place), [2, 1]);
  assert.deepEqual(jiaozhang.matchAll([]), []);
});

test("an equal score keeps the order of documents", async () => {
  const { index } = indexOf(tasks(["修路甲", "修路乙", "修路丙"]));
  assert.deepEqual(places(await jiaozhang.answer(index, "修路")), [0, 1, 2]);
});

test("question words are left out only where they find nothing", async () => {
  const { index } = indexOf(tasks(["地铁开通运营", "什么都有的市场"]), { questions: "什么时候|什么|开通" });
  assert.deepEqual(places(await jiaozhang.answer(index, "什么时候地铁")), [0]);
  assert.deepEqual(places(await jiaozhang.answer(index, "什么都有")), [1]);
});

test("most of a query is found in part, less of it is not", async () => {
  const { index } = indexOf(tasks(["新建城市公园", "其他"]));
  const part = await jiaozhang.answer(index, "新建公园");
  assert.deepEqual([part.full, part.partial.map(hit => hit.place)], [[], [0]]);
  assert.deepEqual((await jiaozhang.answer(index, "扩建乐园")).partial, []);
});

const READINGS = "lao:老;jiu:旧;xiao:小;qu:区曲;xi:西;an:安;xian:先";

test("letters are heard as pinyin, unfinished or as initials", async () => {
  const { index } = indexOf(tasks(["老旧小区", "西安"]), { readings: READINGS });
  for (const query of ["laojiu", "laoj", "laojiuxiaoqu", "ljx", "ljxq"]) {
    const found = await jiaozhang.answer(index, query);
    assert.deepEqual(places(found), [0], query);
    assert.ok("老旧小区".startsWith(shown(jiaozhang.marksIn(found, "老旧小区"), "老旧小区")), query);
  }
  assert.deepEqual(places(await jiaozhang.answer(index, "xian")), [1]);
  assert.deepEqual(places(await jiaozhang.answer(index, "zzz")), []);
});

test("what sounds alike is found in part, and says why", async () => {
  const { index } = indexOf(tasks(["老旧小区", "无关"]), { readings: READINGS });
  const found = await jiaozhang.answer(index, "老旧小曲");
  assert.deepEqual([found.full, found.partial.map(hit => hit.place), found.why], [[], [0], "alike"]);
  assert.equal(shown(jiaozhang.marksIn(found, "改造老旧小区"), "改造老旧小区"), "老旧小区");
});

test("one slip of the hand: another, a missing, a further, two swapped, and no more", () => {
  const near = (/** @type {string} */ word, /** @type {string} */ piece) => jiaozhang.isNear(Array.from(word), Array.from(piece));
  for (const typed of ["停车白位", "停泊位", "停车小泊位", "停泊车位", "停车泊位"]) { assert.ok(near(typed, "停车泊位"), typed); }
  for (const typed of ["停水白位", "停车", "位泊车停", "泊停车水"]) { assert.ok(!near(typed, "停车泊位"), typed); }
  // Of three characters none may be another.
  assert.ok(near("集箱装", "集装箱") && near("集装", "集装箱") === false && !near("集水箱", "集装箱"));
});

test("a slip is found where the word stands but for it", async () => {
  const { index } = indexOf(tasks(["新增停车泊位", "停机位和泊船位"]));
  const found = await jiaozhang.answer(index, "停车白位");
  assert.deepEqual([found.partial.map(hit => hit.place)[0], found.why], [0, "near"]);
  assert.equal(shown(jiaozhang.marksIn(found, "新增停车泊位"), "新增停车泊位"), "停车泊位");
});

test("a task stands once, with the notes that were found; units and pages where there is no task", async () => {
  const { index } = indexOf([
    { title: "修路" }, { title: "种树" }, { kind: "note", title: "修路修好了", owner: 0 }, { kind: "note", title: "种树修路", owner: 1 },
    { kind: "unit", title: "修路局" }, { kind: "page", title: "数据" }
  ]);
  const lists = jiaozhang.listsOf(index, (await jiaozhang.answer(index, "修路")).full);
  assert.deepEqual(lists.all.map(hit => [hit.place, hit.isOwn, hit.notes]).sort(), [[0, true, [2]], [1, false, [3]]]);
  assert.deepEqual([lists.task.length, lists.note.length, lists.unit.length, lists.bare], [1, 2, 1, false]);
  const bare = jiaozhang.listsOf(index, (await jiaozhang.answer(index, "数据")).full);
  assert.deepEqual([bare.all.map(hit => hit.place), bare.bare], [[5], true]);
  assert.deepEqual([0, 2, 3, 4].map(place => jiaozhang.taskOf(index, place)), [0, 0, 1, -1]);
  const said = await jiaozhang.documentAt(index, 3);
  assert.deepEqual([said.kind, said.title], ["note", "种树修路"]);
});

test("who asks for a list is led to it, and what else was asked is found", async () => {
  const { index } = indexOf(tasks(["预期目标", "学校建设", "完成到期的合同"]), {
    readings: "yu:预逾;qi:期;mu:目;biao:标", questions: "没有|的",
    asked: [["逾期|没完成|到期", "已到期", "late/"], ["最近", "最近的记载", "recent/"]]
  });
  /** @param {string} query */
  const told = async query => {
    const found = await jiaozhang.answer(index, query);
    return [found.ways.map(way => way.address), places(found), found.partial.length];
  };
  assert.deepEqual(await told("逾期"), [["late/"], [], 0]);
  assert.deepEqual(await told("没完成的"), [["late/"], [], 0]);
  assert.deepEqual(await told("最近没完成的"), [["late/", "recent/"], [], 0]);
  assert.deepEqual(await told("没完成的学校"), [["late/"], [1], 0]);
  // What stands in a text is found there as well.
  assert.deepEqual(await told("到期"), [["late/"], [2], 0]);
  assert.deepEqual(await told("预期"), [[], [0], 0]);
});

test("marks stand where the text is, whatever was folded before them", async () => {
  const { index } = indexOf(tasks(["老旧小区"]), { simplified: "舊旧區区" });
  const found = await jiaozhang.answer(index, "小区");
  for (const text of ["“老舊”小區", "㎡小区", "𠮷小区，小区"]) {
    const marked = shown(jiaozhang.marksIn(found, text), text);
    assert.match(marked, /^(?:小[区區])+$/, text);
  }
});

test("pieces joined are the text, and marked ones are the marks", () => {
  const text = "一二三𠮷五六七", marks = new Set([1, 2, 5]);
  const pieces = jiaozhang.pieces(text, marks, 0, 7);
  assert.equal(pieces.map(piece => piece.words).join(""), text);
  assert.deepEqual(pieces.filter(piece => piece.isMarked).map(piece => piece.words), ["二三", "六"]);
  assert.deepEqual(jiaozhang.pieces(text, marks, 3, 3), []);
});

test("of several texts the one with the longest run of marks is shown, then with the most, then the first", () => {
  /** @type {Field[]} */
  const fields = [["甲", "ax"], ["乙", "axx"], ["丙", "xbxx"], ["丁", "xbxx"]];
  const best = jiaozhang.bestOf(fields, text => new Set(Array.from(text, (_, at) => at).filter(at => text[at] === "x")));
  assert.equal(best?.label, "丙");
  assert.equal(jiaozhang.bestOf([], () => new Set()), null);
});

test("what is shown of a text holds its first mark, and is no longer than it may be", () => {
  for (const length of [0, 10, 84, 85, 200]) {
    for (const first of [0, 19, 50, length - 1].filter(at => at >= 0 && at < length)) {
      const best = { label: "", text: "字".repeat(length), marks: new Set([first]), longest: 1 };
      const { start, end } = jiaozhang.windowOf(best);
      assert.ok(start <= first && first < end && end - start === Math.min(84, length), `${length} ${first}`);
    }
  }
});

test("other words are fetched only where the document's own do not say it", async () => {
  const { index } = indexOf([{ title: "停车泊位", other: ["停车泊位", "停车位、车位"] }, { title: "车位" }]);
  const found = await jiaozhang.answer(index, "车位"), one = await jiaozhang.documentAt(index, 0);
  const own = jiaozhang.bestOf(one.fields, text => jiaozhang.marksIn(found, text));
  assert.ok(own && !jiaozhang.isSaid(found, one, own));
  const other = await jiaozhang.documentAt(index, 1), said = jiaozhang.bestOf(other.fields, text => jiaozhang.marksIn(found, text));
  assert.ok(said && jiaozhang.isSaid(found, other, said));
  assert.deepEqual(await jiaozhang.otherWords(index, await jiaozhang.documentAt(index, 0)), [["停车泊位", "停车位、车位"]]);
});

test("nothing is asked and nothing found where a query has no units", async () => {
  const { index, asked } = indexOf(tasks(["修路"]));
  const found = await jiaozhang.answer(index, " ，。");
  assert.deepEqual([found.full, found.partial, asked], [[], [], []]);
});
