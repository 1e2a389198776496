// The query side of jiaozhang/search: reads a query, looks it up in the index, ranks what matches, and
// finds where it stands in a text. It neither draws nor loads anything, so it runs without a page too.
"use strict";
/**
 * @typedef {"task" | "note" | "unit" | "district" | "page"} Kind
 * @typedef {[count: number, sharing: number, digests: string]} Numbered Files with numbers; some neighbours share a digest.
 * @typedef {[word: string, shape: string, tone: string]} Mark
 * @typedef {[label: string, text: string]} Field
 * @typedef {[value: string, unit: string, name: string, goal: string, mark: Mark | 0, reason: string]} Shown A figure below a result.
 * @typedef {{ words: RegExp, name: string, address: string }} Way A list that answers a question, and how it is asked.
 * @typedef {{ documents: number, kinds: [kind: Kind, count: number, size: number][], shards: Numbered, blocks: Numbered, also: [size: number, files: Numbered], notes: string,
 *   years: [year: number, first: number, steps: string][], simplified: string, facets: string, readings: string,
 *   rare: string }} Manifest
 * @typedef {[address: string, label: string, title: string, place: string, mark: Mark | 0, fields: Field[], also: string,
 *   figures: Shown[], said: string]} Row
 * @typedef {{ name: Kind, first: number, count: number, size: number, block: number }} KindRange
 * @typedef {Map<string, string[]>} Shard The postings of each token, by impact.
 * @typedef {{ manifest: Manifest, shard: Shard, block: Row[], also: Field[], readings: string, rare: string,
 *   facets: Record<string, [values: string[], own: string[]]> }} Files What the files of an index hold, by their kind.
 * @typedef {<K extends keyof Files>(kind: K, name: string, file: string) => Promise<Files[K]>} Load
 * @typedef {Map<string, string>} Simple From traditional characters to simplified ones.
 * @typedef {string[]} Sequence Units that stand side by side.
 * @typedef {Map<number, number>} Places From documents to impacts.
 * @typedef {{ any: string[], covers: number[], text: string }} Group Matched by any of its tokens; it covers units
 *   of the query, numbered from 0.
 * @typedef {Group & { places: Places, rarity: number }} Filled
 * @typedef {{ of: Map<string, string[]>, chars: Map<string, string> }} Sounds Syllables of characters, and the reverse.
 * @typedef {[syllable: string, isOpen: boolean][]} Ways How one character may sound; an open syllable is just begun.
 * @typedef {{ load: Load, questions: RegExp, total: number, simple: Simple, ranges: KindRange[], shards: Numbered,
 *   blocks: Numbered, ways: Way[], owners: number[], facets: string, also: [size: number, files: Numbered], readings: string, rare: string, sounds: Sounds,
 *   spoken: Record<string, Promise<void>>, years: { first: number, numbers: number[] }[] }} Index
 * @typedef {{ place: number, score: number, share?: number, isOwn?: boolean, notes?: number[] }} Hit A task
 *   is found by itself, by some of its notes, or by both.
 * @typedef {Record<Kind | "all", Hit[]> & { bare: boolean }} Lists Bare where no task is found.
 * @typedef {{ index: Index, cut: Sequence[], full: Hit[], partial: Hit[], groups: Filled[], ways: Way[], heard?: Ways[] | null,
 *   near?: string[] | null, why?: string }} Answer
 * @typedef {{ at: number, kind: Kind, address: string, label: string, title: string, place: string,
 *   mark: Mark | 0, fields: Field[], also: string, figures: Shown[], said: string }} Found
 * @typedef {{ label: string, text: string, marks: Set<number>, longest: number }} Best
 */
// biome-ignore lint/correctness/noUnusedVariables: search.js and the files of the index use it.
const jiaozhang = (() => {
  const PAGE = 10, WINDOW = 84;
  // Separator of the synonyms in their file.
  const BETWEEN = "、";
  // Postings of one impact follow its mark.
  const SIGNS = " !#$&()*";

  // --- Numbers: five bits a character, the lowest first.
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const VALUES = new Uint8Array(128);
  for (let at = 0; at < 64; at += 1) { VALUES[DIGITS.charCodeAt(at)] = at; }
  /** @param {string} text */
  function numbers(text) {
    const found = [];
    let shift = 0, number = 0;
    for (let at = 0; at < text.length; at += 1) {
      const value = VALUES[text.charCodeAt(at)];
      number |= (value & 31) << shift;
      shift += 5;
      if (value < 32) { found.push(number); shift = number = 0; }
    }
    return found;
  }
  /** @param {number[]} steps */
  function sums(steps) { let at = 0; return steps.map(step => { at += step; return at; }); }

  /** The first letter of the name of a file with a number. */
  const LETTERS = { shard: "t", block: "d", also: "a" };
  // --- The files of an index: each calls jiaozhang.<kind> with what it holds, for whoever waits for its name.
  /** @type {Record<string, (value: any) => void>} */
  const waiting = {};
  const calls = {
    /** @param {Manifest} value */
    manifest: value => { waiting.manifest(value); },
    /** @param {Files["facets"]} value */
    facets: value => { waiting.facets(value); },
    /** @param {string} value */
    readings: value => { waiting.readings(value); },
    /** @param {string} value */
    rare: value => { waiting.rare(value); },
    /** @param {number} at @param {string} text */
    shard: (at, text) => { waiting["t" + at](postingsOf(text)); },
    /** @param {number} at @param {Row[]} rows */
    block: (at, rows) => { waiting["d" + at](rows); },
    /** @param {number} at @param {Files["also"]} pairs */
    also: (at, pairs) => { waiting["a" + at](pairs); }
  };
  /** @param {string} text @returns {Shard} */
  function postingsOf(text) {
    return new Map(text.split(";").map(line => {
      const [token, ...parts] = line.split(/(?=[!#$&()*])/);
      return [token, parts];
    }));
  }
  /** @param {Manifest} value @param {Load} load @param {string} questions @param {[words: string, name: string, address: string][]} asked @returns {Index} */
  function open(value, load, questions, asked) {
    const simple = new Map();
    for (let at = 0; at < value.simplified.length; at += 2) { simple.set(value.simplified[at], value.simplified[at + 1]); }
    /** @type {number[]} */
    const owners = [];
    numbers(value.notes).forEach((count, task) => { for (let note = 0; note < count; note += 1) { owners.push(task); } });
    let first = 0, block = 0;
    const ranges = value.kinds.map(kind => {
      const own = { name: kind[0], first: first, count: kind[1], size: kind[2], block: block };
      first += kind[1];
      block += Math.ceil(kind[1] / kind[2]);
      return own;
    });
    return {
      load: load, questions: new RegExp(questions, "g"),
      ways: asked.map(way => ({ words: new RegExp(way[0], "g"), name: way[1], address: way[2] })),
      total: value.documents, simple: simple, ranges: ranges, shards: value.shards, blocks: value.blocks,
      owners: owners, facets: value.facets, also: value.also,
      readings: value.readings, rare: value.rare,
      sounds: { of: new Map(), chars: new Map() }, spoken: {},
      years: value.years.map(year => ({ first: year[1], numbers: sums(numbers(year[2])) }))
    };
  }
  /**
   * @template {"facets" | "readings" | "rare"} K
   * @param {Index} index @param {K} kind
   */
  function named(index, kind) { return index.load(kind, kind, kind + "." + index[kind] + ".js"); }
  /**
   * @template {keyof typeof LETTERS} K
   * @param {Index} index @param {K} kind @param {number} at @param {Numbered} files
   */
  function numbered(index, kind, at, files) {
    const name = LETTERS[kind] + at, first = Math.floor(at / files[1]) * 8;
    return index.load(kind, name, name + "." + files[2].slice(first, first + 8) + ".js");
  }

  // --- The analyzer: the same specification as jiaozhang/search/analyzer.py.
  const UNIT = /[a-z0-9]+(?:\.[a-z0-9]+)*%?|[\u3007\u3400-\u9fff]/g;
  const CJK = /^[\u3007\u3400-\u9fff]$/;
  const QUOTES = /[“”‘’"'《》〈〉「」『』]/g;
  const NUMERALS = "一二三四五六七八九十";
  /** @param {string} text @param {Simple} simple */
  function normalise(text, simple) {
    const folded = Array.from(text.normalize("NFKC").toLowerCase(), char => simple.get(char) || char).join("");
    return folded.replace(QUOTES, "").replace(/(\d),(?=\d{3})/g, "$1").replace(/(十[一二]|[一二三四五六七八九十])月/g, (_, name) => ordinal(name) + "月");
  }
  /** @param {string} name */
  function ordinal(name) {
    const ten = name.indexOf("十");
    if (ten < 0) { return NUMERALS.indexOf(name) + 1; }
    const tens = ten ? NUMERALS.indexOf(name[0]) + 1 : 1;
    return tens * 10 + (name.length > ten + 1 ? NUMERALS.indexOf(name[ten + 1]) + 1 : 0);
  }
  // Unlike a document's, a blank of a query parts words; single characters with blanks are one word.
  /** @param {string} folded @returns {Sequence[]} */
  function sequences(folded) {
    /** @type {Sequence[]} */
    const found = [];
    let end = -1;
    for (const match of folded.matchAll(UNIT)) {
      if (match.index === end) { found[found.length - 1].push(match[0]); } else { found.push([match[0]]); }
      end = match.index + match[0].length;
    }
    const single = found.every(one => one.length === 1 && CJK.test(one[0]));
    return single && found.length > 1 ? [found.flat()] : found;
  }
  /** @param {string} unit */
  function hasLetters(unit) { return /[a-z]/.test(unit); }
  /** @param {Sequence[]} cut @returns {Group[]} */
  function groupsOf(cut) {
    /** @type {Group[]} */
    const groups = [];
    let at = 0;
    cut.forEach(units => {
      units.forEach((unit, place) => {
        const before = place ? units[place - 1] : "", after = units[place + 1] || "";
        const pairs = after && !hasLetters(unit) && !hasLetters(after);
        if (pairs) { groups.push({ any: [unit + after], covers: [at, at + 1], text: unit + after }); }
        if (!pairs && (hasLetters(unit) || !before || hasLetters(before))) { groups.push({ any: [unit], covers: [at], text: unit }); }
        at += 1;
      });
    });
    return groups;
  }
  // What a query is looked up by; the tests compare it with the other implementation.
  /** @param {string} query @param {Simple} simple */
  function tokensOf(query, simple) {
    return groupsOf(sequences(normalise(query, simple))).map(group => group.any[0]);
  }

  // --- Postings.
  /** @param {string} token @param {number} count */
  function shardOf(token, count) {
    let digest = 2166136261;
    for (let at = 0; at < token.length; at += 1) { digest = Math.imul(digest ^ token.charCodeAt(at), 16777619) >>> 0; }
    return digest & (count - 1);
  }
  // The second of two syllables may be just begun: all pairs that go on so stand in one shard.
  /** @param {Index} index @param {string} token @returns {Promise<Places>} */
  async function lookUp(index, token) {
    const key = token[0] === "~" ? token.slice(0, token.indexOf(" ") + 2) : token;
    const shard = await numbered(index, "shard", shardOf(key, index.shards[0]), index.shards);
    const begun = token[0] === "~" && token === key, found = new Map();
    for (const own of begun ? Array.from(shard.keys()).filter(one => one.startsWith(token)) : [token]) {
      for (const part of shard.get(own) || []) {
        const impact = SIGNS.indexOf(part[0]);
        sums(numbers(part.slice(1))).forEach(place => { add(found, place, impact); });
      }
    }
    return found;
  }
  // A document counts as much as the best of what it was found by.
  /** @param {Places} places @param {number} place @param {number} impact */
  function add(places, place, impact) { places.set(place, Math.max(impact, places.get(place) || 0)); }
  /** @param {Index} index @param {Group[]} groups @returns {Promise<Filled[]>} */
  function fill(index, groups) {
    return Promise.all(groups.map(async group => {
      const places = new Map();
      for (const own of await Promise.all(group.any.map(token => lookUp(index, token)))) {
        own.forEach((impact, place) => { add(places, place, impact); });
      }
      return { ...group, places: places, rarity: Math.log(1 + index.total / Math.max(0.5, places.size)) };
    }));
  }
  /** @param {Filled[]} groups @param {number} place */
  function score(groups, place) {
    return groups.reduce((sum, group) => {
      const impact = group.places.get(place);
      return impact === undefined ? sum : sum + group.rarity * (1 + impact);
    }, 0);
  }
  /** @param {Hit} a @param {Hit} b */
  function byScore(a, b) { return b.score - a.score || a.place - b.place; }
  /** @param {Filled[]} groups @returns {Hit[]} */
  function matchAll(groups) {
    if (!groups.length) { return []; }
    const rarest = groups.reduce((a, b) => a.places.size <= b.places.size ? a : b);
    return Array.from(rarest.places.keys()).filter(place => {
      return groups.every(group => group.places.has(place));
    }).map(place => ({ place: place, score: score(groups, place) })).sort(byScore);
  }
  // How much of the query stands in a document: a unit inside a matched pair counts whole, one that
  // stands there alone counts half. The limits were tuned on one half of the evaluation set.
  /** @param {Filled[]} groups @param {Filled[]} alone @param {number} count @param {number} [least] */
  function matchMost(groups, alone, count, least = count > 4 ? 0.5 : 0.7) {
    /** @type {Set<number>} */
    const places = new Set();
    groups.forEach(group => { group.places.forEach((_, place) => { places.add(place); }); });
    return Array.from(places).map(place => {
      const covered = new Array(count).fill(0);
      alone.forEach(group => { if (group.places.has(place)) { covered[group.covers[0]] = 0.5; } });
      groups.forEach(group => { if (group.places.has(place)) { group.covers.forEach(unit => { covered[unit] = 1; }); } });
      const share = covered.reduce((a, b) => a + b, 0) / count;
      return { place: place, share: share, score: share * share * score(groups, place) };
    }).filter(hit => hit.share >= least).sort(byScore);
  }

  // --- Readings: pinyin as it is typed, initials, and characters that sound alike.
  /** @param {Sounds} sounds @param {string} text */
  function addReadings(sounds, text) {
    text.split(";").forEach(row => {
      const parts = row.split(":");
      sounds.chars.set(parts[0], (sounds.chars.get(parts[0]) || "") + parts[1]);
      for (const char of parts[1]) { sounds.of.set(char, (sounds.of.get(char) || []).concat(parts[0])); }
    });
  }
  /** @param {Index} index @param {"readings" | "rare"} name */
  function withReadings(index, name) {
    index.spoken[name] = index.spoken[name] || named(index, name).then(text => { addReadings(index.sounds, text); });
    return index.spoken[name];
  }
  // The ways to cut letters into syllables, the last of which may be unfinished; fewest pieces first.
  /** @param {Sounds} sounds @param {string} letters */
  function cuts(sounds, letters) {
    /** @type {{ pieces: string[], isOpen: boolean }[]} */
    const found = [];
    /** @param {string} rest @param {string[]} pieces */
    function cut(rest, pieces) {
      if (found.length > 20) { return; }
      if (!rest) { found.push({ pieces: pieces, isOpen: false }); return; }
      for (let length = Math.min(6, rest.length); length > 0; length -= 1) {
        const piece = rest.slice(0, length);
        if (sounds.chars.has(piece)) { cut(rest.slice(length), pieces.concat(piece)); }
      }
      const begins = Array.from(sounds.chars.keys()).some(syllable => syllable !== rest && syllable.indexOf(rest) === 0);
      if (pieces.length && begins) { found.push({ pieces: pieces.concat(rest), isOpen: true }); }
    }
    cut(letters, []);
    return found.sort((a, b) => a.pieces.length - b.pieces.length || Number(a.isOpen) - Number(b.isOpen)).slice(0, 8);
  }
  // What is only heard covers no units of the query.
  /** @param {string[]} any @returns {Group} */
  function sound(any) { return { any: any, covers: [], text: "" }; }
  // The ways to read a run of letters, as groups; `heard` tells how each of its characters may sound.
  /** @param {Sounds} sounds @param {string} letters @returns {{ groups: Group[], heard: Ways[] }[]} */
  function waysToHear(sounds, letters) {
    const ways = cuts(sounds, letters).map(way => {
      const last = way.pieces.length - 1;
      const groups = way.pieces.slice(1).map((piece, at) => sound(["~" + way.pieces[at] + " " + (way.isOpen && at + 1 === last ? piece[0] : piece)]));
      if (!last) { groups.push(sound(Array.from(sounds.chars.get(way.pieces[0]) || ""))); }
      /** @type {Ways[]} */
      const heard = way.pieces.map((piece, at) => [[piece, way.isOpen && at === last]]);
      return { groups: groups, heard: heard };
    });
    if (letters.length > 2) {
      const groups = [];
      for (let at = 0; at + 3 <= letters.length; at += 1) { groups.push(sound(["^" + letters.slice(at, at + 3)])); }
      ways.push({ groups: groups, heard: Array.from(letters, letter => [[letter, true]]) });
    }
    return ways.filter(way => way.groups.length);
  }
  /** @param {Index} index @param {Sequence[]} cut */
  async function hear(index, cut) {
    const letters = cut.flat().join("");
    if (!/^[a-z]+$/.test(letters)) { return null; }
    await withReadings(index, "readings");
    for (const way of waysToHear(index.sounds, letters)) {
      const groups = await fill(index, way.groups), hits = matchAll(groups);
      if (hits.length) { return { full: hits, heard: way.heard, groups: groups }; }
    }
    return null;
  }
  /** @param {Index} index @param {string} char */
  function readingsOf(index, char) { return index.sounds.of.get(char) || []; }
  // Homophones: the readings of every pair must stand there, and half of the characters themselves.
  /** @param {Index} index @param {Sequence[]} cut @param {Filled[]} alone */
  async function soundAlike(index, cut, alone) {
    if (!cut.every(units => units.length > 1 && units.every(unit => CJK.test(unit)))) { return null; }
    await withReadings(index, "readings");
    // What stands in no document is read by a larger table.
    if (!cut.flat().every(unit => index.sounds.of.has(unit))) { await withReadings(index, "rare"); }
    const pairs = cut.flatMap(units => units.slice(1).map((unit, at) => sound(
      readingsOf(index, units[at]).flatMap(a => readingsOf(index, unit).map(b => "~" + a + " " + b))
    )));
    if (!pairs.every(group => group.any.length)) { return null; }
    const groups = await fill(index, pairs);
    const hits = matchAll(groups).filter(hit => alone.filter(group => group.places.has(hit.place)).length * 2 >= alone.length);
    /** @type {Ways[]} */
    const heard = cut[0].map(unit => readingsOf(index, unit).map(syllable => [syllable, false]));
    return hits.length ? { partial: hits, heard: heard, groups: groups } : null;
  }

  // --- Slips: one character wrong, too many or too few, or two in each other's place.
  /** @param {string[]} word @param {string[]} piece */
  function isNear(word, piece) {
    let head = 0, tail = 0;
    const least = Math.min(word.length, piece.length);
    while (head < least && word[head] === piece[head]) { head += 1; }
    while (tail < least - head && word[word.length - 1 - tail] === piece[piece.length - 1 - tail]) { tail += 1; }
    const gone = word.length - head - tail, come = piece.length - head - tail;
    if (gone === 2 && come === 2) { return word[head] === piece[head + 1] && word[head + 1] === piece[head]; }
    // Of three characters all must be there: two are a word of many meanings.
    return gone <= 1 && come <= 1 && (word.length > 3 || (!gone && head > 0 && tail > 0));
  }
  /** @param {string[]} word @param {string[]} chars */
  function nearSpans(word, chars) {
    /** @type {[start: number, end: number][]} */
    const spans = [];
    chars.forEach((_, at) => {
      const size = [0, -1, 1].map(more => word.length + more).find(size => at + size <= chars.length && isNear(word, chars.slice(at, at + size)));
      if (size) { spans.push([at, at + size]); }
    });
    return spans;
  }
  // Places are not in the index: what is likely is read, and kept where the word stands but for a slip.
  /** @param {Index} index @param {string[]} word @param {Filled[]} groups @param {Filled[]} alone */
  async function nearly(index, word, groups, alone) {
    const likely = together(matchAll(alone), matchMost(groups, alone, alone.length, 0.5)).slice(0, PAGE);
    const read = await Promise.all(likely.map(hit => documentAt(index, hit.place)));
    return likely.filter((_, at) => read[at].fields.some(field => nearSpans(word, folds(field[1], index.simple).chars).length));
  }

  // --- The plan: a number; every token; without question words; what sounds alike; most of it.
  // 88, 第88项, #88, No.88, 第八十八项; bare numerals are a word of their own, as 十五五 is.
  const NUMBER = /^(?:(?:第|#|no\.?|task|任务|序号)?\s*(\d{1,4})\s*(?:项|号)?|第?\s*((?:[一二三四五六七八九]?百零?)?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?)\s*项)(?:任务|重点工作|工作)?$/;
  /** @param {string} name */
  function numberOf(name) {
    if (/^\d+$/.test(name)) { return Number(name); }
    const parts = name.split("百");
    const rest = parts[parts.length - 1].replace("零", "");
    return (parts.length > 1 ? (NUMERALS.indexOf(parts[0]) + 1 || 1) * 100 : 0) + (rest ? ordinal(rest) : 0);
  }
  /** @param {Index} index @param {string} folded */
  function byNumber(index, folded) {
    const found = NUMBER.exec(folded.trim());
    if (!found) { return []; }
    const number = numberOf(found[1] || found[2]);
    return index.years.map(year => year.numbers.indexOf(number) < 0 ? -1 : year.first + year.numbers.indexOf(number))
      .filter(place => place >= 0);
  }
  /** @param {Index} index @param {string} query @returns {Promise<Answer>} */
  async function answer(index, query) {
    const folded = normalise(query, index.simple), cut = sequences(folded);
    const nothing = { index: index, cut: cut, full: [], partial: [], groups: [], ways: [] };
    if (!cut.length) { return nothing; }
    const tasks = byNumber(index, folded).map(place => ({ place: place, score: Infinity }));
    if (tasks.length && !/^\s*\d+\s*$/.test(folded)) { return { ...nothing, full: tasks }; }
    const ways = index.ways.filter(way => folded.search(way.words) >= 0);
    const found = await (ways.length ? askBesides(index, cut, folded, ways) : ask(index, cut, folded));
    return { ...nothing, ...found, full: together(tasks, found.full || []) };
  }
  // Who asks for a list is not told what sounds alike; what else was asked is looked for.
  /** @param {Index} index @param {Sequence[]} cut @param {string} folded @param {Way[]} ways @returns {Promise<Partial<Answer>>} */
  async function askBesides(index, cut, folded, ways) {
    const groups = await fill(index, groupsOf(cut)), full = matchAll(groups);
    if (full.length) { return { full: full, groups: groups, ways: ways }; }
    const rest = ways.reduce((text, way) => text.replace(way.words, " "), folded), units = sequences(rest.replace(index.questions, " "));
    return { cut: units, ...units.length ? await ask(index, units, rest) : {}, ways: ways };
  }
  /** @param {Hit[]} hits @param {Hit[]} others */
  function together(hits, others) {
    return hits.concat(others.filter(other => !hits.some(hit => hit.place === other.place)));
  }
  /** @param {Index} index @param {Sequence[]} cut @param {string} folded @returns {Promise<Partial<Answer>>} */
  async function ask(index, cut, folded) {
    const groups = await fill(index, groupsOf(cut)), full = matchAll(groups);
    if (full.length) { return { full: full, partial: besides(groups, full), groups: groups }; }
    return await hear(index, cut) || askAgain(index, cut, folded, groups);
  }
  // Where little matches in full, what matches nearly stands below it.
  /** @param {Filled[]} groups @param {Hit[]} full */
  function besides(groups, full) {
    const count = groups.reduce((most, group) => Math.max(most, group.covers[group.covers.length - 1] + 1), 0);
    if (full.length > 3 || count < 4) { return []; }
    const seen = new Set(full.map(hit => hit.place));
    return matchMost(groups, [], count).filter(hit => hit.share >= 0.75 && !seen.has(hit.place)).slice(0, PAGE);
  }
  /** @param {Index} index @param {Sequence[]} cut @param {string} folded @param {Filled[]} groups @returns {Promise<Partial<Answer>>} */
  async function askAgain(index, cut, folded, groups) {
    const shorter = sequences(folded.replace(index.questions, " ")), isShorter = shorter.length && shorter.join() !== cut.join();
    const own = isShorter ? await fill(index, groupsOf(shorter)) : groups, full = isShorter ? matchAll(own) : [];
    if (full.length) { return { full: full, groups: own, cut: shorter }; }
    // A character that was mistyped may look like a word that asks.
    let found = await slips(index, cut, groups);
    if (isShorter && !found.partial.length) { found = await slips(index, shorter, own); }
    const most = found.heard ? [] : matchMost(found.groups, found.alone, found.alone.length);
    if (most.length || found.partial.length) { return { ...found, partial: together(found.partial, most), why: most.length ? "" : found.why }; }
    // Every character is there, but not side by side: letters were swapped.
    return { ...found, partial: found.alone.length < 4 ? [] : matchAll(found.alone), groups: found.groups.concat(found.alone) };
  }
  /** @param {Index} index @param {Sequence[]} cut @param {Filled[]} groups */
  async function slips(index, cut, groups) {
    const alone = await fill(index, cut.flat().map((unit, at) => ({ any: [unit], covers: [at], text: unit })));
    const word = Array.from(cut[0].join("")), alike = await soundAlike(index, cut, alone);
    const near = cut.length > 1 || word.length < 3 ? [] : await nearly(index, word, groups, alone);
    /** @type {Partial<Answer> & { partial: Hit[], groups: Filled[], alone: Filled[] }} */
    const found = { full: [], partial: near, cut: cut, groups: groups, alone: alone, near: near.length ? word : null, why: "near" };
    return alike ? { ...found, ...alike, partial: together(alike.partial, near), why: "alike" } : found;
  }

  // --- What is shown: documents in their order, notes under their tasks.
  /** @param {Index} index @param {number} place @returns {KindRange} */
  function rangeOf(index, place) {
    const range = index.ranges.find(own => place < own.first + own.count);
    if (!range) { throw new RangeError(String(place)); }
    return range;
  }
  /** @param {Index} index @param {number} at @returns {Promise<Found>} */
  function documentAt(index, at) {
    const range = rangeOf(index, at), own = at - range.first;
    const block = range.block + Math.floor(own / range.size);
    return numbered(index, "block", block, index.blocks).then(rows => {
      const row = rows[own % range.size];
      return { at: at, kind: range.name, address: row[0], label: row[1], title: row[2], place: row[3], mark: row[4], fields: row[5], also: row[6], figures: row[7], said: row[8] };
    });
  }
  // The other words of a document, each with what it says for them.
  /** @param {Index} index @param {Found} one @returns {Promise<Field[]>} */
  function otherWords(index, one) {
    const [size, files] = index.also;
    return Promise.all(numbers(one.also).map(async at => (await numbered(index, "also", Math.floor(at / size), files))[at % size]));
  }
  /** @param {Index} index @param {number} place */
  function taskOf(index, place) {
    const range = rangeOf(index, place);
    if (range.name === "task") { return place; }
    return range.name === "note" ? index.owners[place - range.first] : -1;
  }

  // For each kind the hits to list; a task stands once, with the notes that were found, best first.
  /** @param {Index} index @param {Hit[]} hits @returns {Lists} */
  function listsOf(index, hits) {
    /** @type {Lists} */
    const lists = { all: [], task: [], note: [], unit: [], district: [], page: [], bare: false };
    /** @type {Map<number, { isOwn: boolean, notes: number[] }>} */
    const seen = new Map();
    hits.forEach(hit => {
      const task = taskOf(index, hit.place);
      lists[rangeOf(index, hit.place).name].push(hit);
      if (task < 0) { return; }
      const known = seen.get(task), one = known || { isOwn: false, notes: [] };
      if (task === hit.place) { one.isOwn = true; } else { one.notes.push(hit.place); }
      if (!known) { seen.set(task, one); lists.all.push(Object.assign(one, { place: task, score: hit.score, share: hit.share })); }
    });
    if (!lists.all.length) { lists.all = lists.district.concat(lists.unit, lists.page); lists.bare = true; }
    return lists;
  }

  // --- Marking: where the query stands in a text.
  // `chars` are the code units of `text`, so that places in one are places in the other; `from` counts characters.
  /** @param {string} text @param {Simple} simple */
  function folds(text, simple) {
    /** @type {string[]} */
    const chars = [];
    /** @type {number[]} */
    const from = [];
    Array.from(text).forEach((char, at) => {
      for (const one of char.normalize("NFKC").toLowerCase().replace(QUOTES, "").split("")) { chars.push(simple.get(one) || one); from.push(at); }
    });
    return { text: chars.join(""), chars: chars, from: from };
  }
  /** @param {Answer} found @param {{ text: string, chars: string[] }} folded */
  function spansOf(found, folded) {
    /** @type {[start: number, end: number][]} */
    const spans = [];
    const heard = found.heard || [];
    for (let at = 0; heard.length && at + heard.length <= folded.chars.length; at += 1) {
      if (heard.every((ways, step) => soundsLike(found.index, folded.chars[at + step], ways))) { spans.push([at, at + heard.length]); }
    }
    if (found.near && !spans.length) { spans.push(...nearSpans(found.near, folded.chars)); }
    if (found.heard || spans.length) { return spans; }
    const whole = found.cut.map(units => units.join(""));
    let needles = whole.filter(needle => folded.text.includes(needle));
    if (needles.length < whole.length) { needles = needles.concat(found.groups.map(group => group.text)); }
    needles.filter(Boolean).forEach(needle => {
      for (let at = folded.text.indexOf(needle); at >= 0; at = folded.text.indexOf(needle, at + 1)) { spans.push([at, at + needle.length]); }
    });
    return spans;
  }
  /** @param {Index} index @param {string} char @param {Ways} ways */
  function soundsLike(index, char, ways) {
    return readingsOf(index, char).some(own => ways.some(way => way[1] ? own.startsWith(way[0]) : own === way[0]));
  }
  /** @param {Answer} found @param {string} text The places of its marked characters. */
  function marksIn(found, text) {
    const folded = folds(text, found.index.simple);
    /** @type {Set<number>} */
    const marks = new Set();
    spansOf(found, folded).forEach(span => {
      for (let at = span[0]; at < span[1]; at += 1) { marks.add(folded.from[at]); }
    });
    return marks;
  }
  // The characters of a text from `start` to `end`, in pieces that are marked or not.
  /** @param {string} text @param {Set<number>} marks @param {number} start @param {number} end */
  function pieces(text, marks, start, end) {
    /** @type {{ words: string, isMarked: boolean }[]} */
    const found = [];
    const chars = Array.from(text);
    for (let at = start; at < end;) {
      let to = at + 1;
      while (to < end && marks.has(to) === marks.has(at)) { to += 1; }
      found.push({ words: chars.slice(at, to).join(""), isMarked: marks.has(at) });
      at = to;
    }
    return found;
  }
  // Of several texts the one with the longest piece of the query in it, then the one with the most.
  /** @param {Field[]} fields @param {(text: string) => Set<number>} marksOf @returns {Best | null} */
  function bestOf(fields, marksOf) {
    /** @type {Best | null} */
    let best = null;
    for (const [label, text] of fields) {
      const marks = marksOf(text);
      let run = 0, longest = 0;
      for (let at = 0; at < text.length; at += 1) {
        run = marks.has(at) ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
      if (!best || (longest - best.longest || marks.size - best.marks.size) > 0) { best = { label, text, marks, longest }; }
    }
    return best;
  }
  // Where a document itself says what it was found by, no other words have to be fetched.
  /** @param {Answer} found @param {Found} one @param {Best} best */
  function isSaid(found, one, best) {
    if (found.heard) { return best.marks.size > 0; }
    const texts = one.fields.map(field => folds(field[1], found.index.simple).text);
    return found.groups.every(group => {
      return !group.places.has(one.at) || texts.some(text => text.indexOf(group.text) >= 0);
    });
  }
  // As much of a text as is shown: its first mark, with some characters before it.
  /** @param {Best} best */
  function windowOf(best) {
    const length = Array.from(best.text).length, first = best.marks.size ? Math.min(...best.marks) : 0;
    const start = length <= WINDOW ? 0 : Math.max(0, Math.min(first - 20, length - WINDOW));
    return { start: start, end: Math.min(length, start + WINDOW), length: length };
  }

  return {
    ...calls, waiting, BETWEEN, PAGE, answer, bestOf, documentAt, groupsOf, isNear, isSaid, listsOf, marksIn, matchAll, matchMost, named, normalise, numberOf,
    numbers, open, ordinal, otherWords, pieces, postingsOf, sequences, shardOf, sums, taskOf, together, tokensOf, windowOf
  };
})();
