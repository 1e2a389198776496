// Search in the page: the query side of jiaozhang/search. Shards of the index are small scripts that are
// loaded one by one, so that it works from a folder, without a server, and under a strict policy.
"use strict";
(function () {
  const form = document.querySelector("form[data-index]");
  const input = form.querySelector("input[type=search]");
  const results = document.querySelector("[data-search-results]");
  const status = document.querySelector("[data-search-status]");
  const kinds = document.querySelector("[data-search-kinds]");
  const direct = document.querySelector("[data-search-direct]");
  const directory = document.querySelector("[data-search-directory]");
  const manifest = new URL(form.dataset.index, document.baseURI);
  const MOST_KEPT = 128, PAGE = 10, WINDOW = 84;

  // What readers are told: messages, which a build puts into the words of its language, and their parts.
  function gettext(text, parts) { return text.replace(/\{(\w+)\}/g, (_, name) => parts[name]); }
  function ngettext(one, many, n, parts) {
    const text = n === 1 ? one : many;
    return gettext(text, { n, ...parts });
  }

  // Postings of one impact stand behind its sign.
  const SIGNS = " !#$&()*";

  // --- Files: each calls jiaozhang.<name>; what was used last is kept.
  const kept = new Map(), waiting = {};
  const jiaozhang = window.jiaozhang = {};
  ["manifest", "facets", "also", "readings", "rare"].forEach(name => {
    jiaozhang[name] = value => { waiting[name](value); };
  });
  jiaozhang.shard = (at, text) => {
    waiting["t" + at](new Map(text.split(";").map(line => {
      const [token, ...parts] = line.split(/(?=[!#$&()*])/);
      return [token, parts];
    })));
  };
  // What a query is looked up by; the tests compare it with the other implementation.
  jiaozhang.tokens = query => {
    return index().then(held => {
      return groupsOf(sequences(normalise(query, held.simple))).map(group => group.any[0]);
    });
  };
  jiaozhang.block = (at, rows) => { waiting["d" + at](rows); };

  function load(name, file) {
    const known = kept.get(name);
    kept.delete(name);
    const loading = known || new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting[name] = resolve;
      script.onload = () => { script.remove(); };
      script.onerror = () => { script.remove(); kept.delete(name); reject(new Error(name)); };
      script.src = new URL(file, manifest).href;
      document.head.append(script);
    });
    kept.set(name, loading);
    if (kept.size > MOST_KEPT) { kept.delete(kept.keys().next().value); }
    return loading;
  }
  let opened = null;
  function index() {
    opened = opened || load("manifest", manifest.href).then(open, error => { opened = null; throw error; });
    return opened;
  }
  function open(value) {
    const simple = new Map();
    for (let at = 0; at < value.simplified.length; at += 2) { simple.set(value.simplified[at], value.simplified[at + 1]); }
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
      total: value.documents, simple: simple, ranges: ranges, shards: value.shards, blocks: value.blocks,
      owners: owners, facets: value.facets, also: value.also,
      readings: value.readings, rare: value.rare,
      years: value.years.map(year => ({ first: year[1], numbers: sums(numbers(year[2])) }))
    };
  }
  function named(name, digest) { return load(name, name + "." + digest + ".js"); }
  // Of many files some neighbours share a digest.
  function numbered(letter, at, names) { return named(letter + at, names[2].substr(Math.floor(at / names[1]) * 8, 8)); }

  // --- Numbers: five bits a character, the lowest first.
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const VALUES = new Uint8Array(128);
  for (let at = 0; at < 64; at += 1) { VALUES[DIGITS.charCodeAt(at)] = at; }
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
  function sums(steps) { let at = 0; return steps.map(step => { at += step; return at; }); }

  // --- The analyzer: the same specification as jiaozhang/search/analyzer.py.
  const UNIT = /[a-z0-9]+(?:\.[a-z0-9]+)*%?|[\u3007\u3400-\u9fff]/g;
  const CJK = /^[\u3007\u3400-\u9fff]$/;
  const QUOTES = /[“”‘’"'《》〈〉「」『』]/g;
  const NUMERALS = /一二三四五六七八九十/.source;
  function normalise(text, simple) {
    const folded = Array.from(text.normalize("NFKC").toLowerCase(), char => simple.get(char) || char).join("");
    return folded.replace(QUOTES, "").replace(/(\d),(?=\d{3})/g, "$1").replace(/(?:十[一二]|[一二三四五六七八九十])(?=月)/g, ordinal);
  }
  function ordinal(name) {
    const ten = name.search(/十/);
    if (ten < 0) { return NUMERALS.indexOf(name) + 1; }
    const tens = ten ? NUMERALS.indexOf(name[0]) + 1 : 1;
    return tens * 10 + (name.length > ten + 1 ? NUMERALS.indexOf(name[ten + 1]) + 1 : 0);
  }
  // Unlike a document's, a blank of a query parts words; single characters with blanks are one word.
  function sequences(folded) {
    const found = [];
    let end = -1;
    for (const match of folded.matchAll(UNIT)) {
      if (match.index === end) { found[found.length - 1].push(match[0]); } else { found.push([match[0]]); }
      end = match.index + match[0].length;
    }
    const single = found.every(one => one.length === 1 && CJK.test(one[0]));
    return single && found.length > 1 ? [found.flat()] : found;
  }
  function hasLetters(unit) { return /[a-z]/.test(unit); }
  // A group is matched by any of its tokens; it covers units of the query, numbered from 0.
  function groupsOf(cut) {
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

  // --- Postings.
  function shardOf(token, count) {
    let digest = 2166136261;
    for (let at = 0; at < token.length; at += 1) { digest = Math.imul(digest ^ token.charCodeAt(at), 16777619) >>> 0; }
    return digest & (count - 1);
  }
  // The second of two syllables may be just begun: all pairs that go on so stand in one shard.
  async function lookUp(held, token) {
    const key = token[0] === "~" ? token.slice(0, token.indexOf(" ") + 2) : token;
    const shard = await numbered("t", shardOf(key, held.shards[0]), held.shards);
    const begun = token[0] === "~" && token === key, found = new Map();
    for (const own of begun ? Array.from(shard.keys()).filter(one => one.startsWith(token)) : [token]) {
      for (const part of shard.get(own) || []) {
        const impact = SIGNS.indexOf(part[0]);
        sums(numbers(part.slice(1))).forEach(place => found.set(place, Math.max(impact, found.get(place) || 0)));
      }
    }
    return found;
  }
  function fill(held, groups) {
    return Promise.all(groups.map(async group => {
      group.places = new Map();
      for (const own of await Promise.all(group.any.map(token => lookUp(held, token)))) {
        own.forEach((impact, place) => group.places.set(place, Math.max(impact, group.places.get(place) || 0)));
      }
      group.rarity = Math.log(1 + held.total / Math.max(0.5, group.places.size));
      return group;
    }));
  }
  function score(groups, place) {
    return groups.reduce((sum, group) => group.places.has(place) ? sum + group.rarity * (1 + group.places.get(place)) : sum, 0);
  }
  function byScore(a, b) { return b.score - a.score || a.place - b.place; }
  function matchAll(groups) {
    if (!groups.length) { return []; }
    const rarest = groups.reduce((a, b) => a.places.size <= b.places.size ? a : b);
    return Array.from(rarest.places.keys()).filter(place => {
      return groups.every(group => group.places.has(place));
    }).map(place => ({ place: place, score: score(groups, place) })).sort(byScore);
  }
  // How much of the query stands in a document: a unit inside a matched pair counts whole, one that
  // stands there alone counts half. The limits were tuned on one half of the evaluation set.
  function matchMost(groups, alone, count, least = count > 4 ? 0.5 : 0.7) {
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
  const sounds = { of: new Map(), chars: new Map() };
  function addReadings(text) {
    text.split(";").forEach(row => {
      const parts = row.split(":");
      sounds.chars.set(parts[0], (sounds.chars.get(parts[0]) || "") + parts[1]);
      for (const char of parts[1]) { sounds.of.set(char, (sounds.of.get(char) || []).concat(parts[0])); }
    });
  }
  const spoken = {};
  function withReadings(held, name) {
    spoken[name] = spoken[name] || named(name, held[name]).then(addReadings);
    return spoken[name];
  }
  // The ways to cut letters into syllables, the last of which may be unfinished; fewest pieces first.
  function cuts(letters) {
    const found = [];
    (function cut(rest, pieces) {
      if (found.length > 20) { return; }
      if (!rest) { found.push({ pieces: pieces, open: false }); return; }
      for (let length = Math.min(6, rest.length); length > 0; length -= 1) {
        const piece = rest.slice(0, length);
        if (sounds.chars.has(piece)) { cut(rest.slice(length), pieces.concat(piece)); }
      }
      const begins = Array.from(sounds.chars.keys()).some(syllable => syllable !== rest && syllable.indexOf(rest) === 0);
      if (pieces.length && begins) { found.push({ pieces: pieces.concat(rest), open: true }); }
    })(letters, []);
    return found.sort((a, b) => a.pieces.length - b.pieces.length || a.open - b.open).slice(0, 8);
  }
  // What is only heard covers no units of the query.
  function sound(any) { return { any: any, covers: [], text: "" }; }
  // The ways to read a run of letters, as groups; `heard` tells how each of its characters may sound.
  function waysToHear(letters) {
    const ways = cuts(letters).map(way => {
      const last = way.pieces.length - 1;
      const groups = way.pieces.slice(1).map((piece, at) => sound(["~" + way.pieces[at] + " " + (way.open && at + 1 === last ? piece[0] : piece)]));
      if (!last) { groups.push(sound(Array.from(sounds.chars.get(way.pieces[0]) || ""))); }
      return { groups: groups, heard: way.pieces.map((piece, at) => [[piece, way.open && at === last]]) };
    });
    if (letters.length > 2) {
      const groups = [];
      for (let at = 0; at + 3 <= letters.length; at += 1) { groups.push(sound(["^" + letters.substr(at, 3)])); }
      ways.push({ groups: groups, heard: Array.from(letters, letter => [[letter, true]]) });
    }
    return ways.filter(way => way.groups.length);
  }
  async function hear(held, cut) {
    const letters = cut.flat().join("");
    if (!/^[a-z]+$/.test(letters)) { return null; }
    await withReadings(held, "readings");
    for (const way of waysToHear(letters)) {
      const groups = await fill(held, way.groups), hits = matchAll(groups);
      if (hits.length) { return { full: hits, heard: way.heard, groups: groups }; }
    }
    return null;
  }
  function readingsOf(char) { return sounds.of.get(char) || []; }
  // Homophones: the readings of every pair must stand there, and half of the characters themselves.
  async function soundAlike(held, cut, alone) {
    if (!cut.every(units => units.length > 1 && units.every(unit => CJK.test(unit)))) { return null; }
    await withReadings(held, "readings");
    // What stands in no document is read by a larger table.
    if (!cut.flat().every(unit => sounds.of.has(unit))) { await withReadings(held, "rare"); }
    const groups = cut.flatMap(units => units.slice(1).map((unit, at) => sound(
      readingsOf(units[at]).flatMap(a => readingsOf(unit).map(b => "~" + a + " " + b))
    )));
    if (!groups.every(group => group.any.length)) { return null; }
    await fill(held, groups);
    const hits = matchAll(groups).filter(hit => alone.filter(group => group.places.has(hit.place)).length * 2 >= alone.length);
    return hits.length ? { partial: hits, heard: cut[0].map(unit => readingsOf(unit).map(syllable => [syllable, false])), groups: groups } : null;
  }

  // --- Slips: one character wrong, too many or too few, or two in each other's place.
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
  function nearSpans(word, chars) {
    const spans = [];
    chars.forEach((_, at) => {
      const size = [0, -1, 1].map(more => word.length + more).find(size => at + size <= chars.length && isNear(word, chars.slice(at, at + size)));
      if (size) { spans.push([at, at + size]); }
    });
    return spans;
  }
  // Places are not in the index: what is likely is read, and kept where the word stands but for a slip.
  async function nearly(held, word, groups, alone) {
    const likely = together(matchAll(alone), matchMost(groups, alone, alone.length, 0.5)).slice(0, PAGE);
    const read = await Promise.all(likely.map(hit => documentAt(held, hit.place)));
    return likely.filter((_, at) => read[at].fields.some(field => nearSpans(word, folds(field[1], held.simple).chars).length));
  }

  // --- The plan: a number; every token; without question words; what sounds alike; most of it.
  // 88, 第88项, #88, No.88, 第八十八项; bare numerals are a word of their own, as 十五五 is.
  const NUMBER = /^(?:(?:第|#|no\.?|task|任务|序号)?\s*(\d{1,4})\s*(?:项|号)?|第?\s*((?:[一二三四五六七八九]?百零?)?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?)\s*项)(?:任务|重点工作|工作)?$/;
  const QUESTIONS = new RegExp(form.dataset.questions, "g");
  function numberOf(name) {
    if (/^\d+$/.test(name)) { return Number(name); }
    const parts = name.split(/百/);
    const rest = parts[parts.length - 1].replace(/零/, "");
    return (parts.length > 1 ? (NUMERALS.indexOf(parts[0]) + 1 || 1) * 100 : 0) + (rest ? ordinal(rest) : 0);
  }
  function byNumber(held, folded) {
    const found = NUMBER.exec(folded.trim());
    if (!found) { return []; }
    const number = numberOf(found[1] || found[2]);
    return held.years.map(year => year.numbers.indexOf(number) < 0 ? -1 : year.first + year.numbers.indexOf(number))
      .filter(place => place >= 0);
  }
  async function answer(query) {
    const held = await index(), folded = normalise(query, held.simple), cut = sequences(folded);
    const nothing = { held: held, cut: cut, full: [], partial: [], groups: [] };
    if (!cut.length) { return nothing; }
    const tasks = byNumber(held, folded).map(place => ({ place: place, score: Infinity }));
    if (tasks.length && !/^\s*\d+\s*$/.test(folded)) { return { ...nothing, full: tasks }; }
    const found = await ask(held, cut, folded);
    return { ...nothing, ...found, full: together(tasks, found.full) };
  }
  function together(hits, others) {
    return hits.concat(others.filter(other => !hits.some(hit => hit.place === other.place)));
  }
  async function ask(held, cut, folded) {
    const groups = await fill(held, groupsOf(cut)), full = matchAll(groups);
    if (full.length) { return { full: full, partial: besides(groups, full), groups: groups }; }
    return await hear(held, cut) || askAgain(held, cut, folded, groups);
  }
  // Where little matches in full, what matches nearly stands below it.
  function besides(groups, full) {
    const count = groups.reduce((most, group) => Math.max(most, group.covers[group.covers.length - 1] + 1), 0);
    if (full.length > 3 || count < 4) { return []; }
    const seen = new Set(full.map(hit => hit.place));
    return matchMost(groups, [], count).filter(hit => hit.share >= 0.75 && !seen.has(hit.place)).slice(0, PAGE);
  }
  async function askAgain(held, cut, folded, groups) {
    const shorter = sequences(folded.replace(QUESTIONS, " ")), isShorter = shorter.length && shorter.join() !== cut.join();
    const own = isShorter ? await fill(held, groupsOf(shorter)) : groups, full = isShorter ? matchAll(own) : [];
    if (full.length) { return { full: full, groups: own, cut: shorter }; }
    // A character that was mistyped may look like a word that asks.
    let found = await slips(held, cut, groups);
    if (isShorter && !found.partial.length) { found = await slips(held, shorter, own); }
    const most = found.heard ? [] : matchMost(found.groups, found.alone, found.alone.length);
    if (most.length || found.partial.length) { return { ...found, partial: together(found.partial, most), why: most.length ? "" : found.why }; }
    // Every character is there, but not side by side: letters were swapped.
    return { ...found, partial: found.alone.length < 4 ? [] : matchAll(found.alone), groups: found.groups.concat(found.alone) };
  }
  async function slips(held, cut, groups) {
    const alone = await fill(held, cut.flat().map((unit, at) => ({ any: [unit], covers: [at], text: unit })));
    const word = Array.from(cut[0].join("")), alike = await soundAlike(held, cut, alone);
    const near = cut.length > 1 || word.length < 3 ? [] : await nearly(held, word, groups, alone);
    const found = { full: [], partial: near, cut: cut, groups: groups, alone: alone, near: near.length ? word : null, why: "near" };
    return alike ? { ...found, ...alike, partial: together(alike.partial, near), why: "alike" } : found;
  }

  // --- What is shown: documents in their order, notes under their tasks.
  function rangeOf(held, place) {
    return held.ranges.find(range => place < range.first + range.count);
  }
  function documentAt(held, at) {
    const range = rangeOf(held, at), own = at - range.first;
    const block = range.block + Math.floor(own / range.size);
    return numbered("d", block, held.blocks).then(rows => {
      const row = rows[own % range.size];
      return { at: at, kind: range.name, address: row[0], label: row[1], title: row[2], place: row[3], mark: row[4], fields: row[5], also: row[6] };
    });
  }
  function taskOf(held, place) {
    const range = rangeOf(held, place);
    if (range.name === "task") { return place; }
    return range.name === "note" ? held.owners[place - range.first] : -1;
  }
  // For each kind the hits to list; a task stands once, by itself or by its best note.
  function sorted(held, hits) {
    const lists = { all: [], task: [], note: [], unit: [], district: [], page: [] }, seen = new Set();
    hits.forEach(hit => {
      const kind = rangeOf(held, hit.place).name, task = taskOf(held, hit.place);
      lists[kind].push(hit);
      if (task >= 0 && !seen.has(task)) { seen.add(task); lists.all.push({ place: task, via: task === hit.place ? -1 : hit.place }); }
    });
    if (!lists.all.length) { lists.all = lists.district.concat(lists.unit, lists.page); lists.bare = true; }
    return lists;
  }
  function filtered(held, hits) {
    const wanted = facetFields().filter(field => field.value);
    if (!wanted.length) { return Promise.resolve(hits); }
    return named("facets", held.facets).then(facets => {
      return hits.filter(hit => {
        const task = taskOf(held, hit.place);
        return task >= 0 && wanted.every(field => {
          const values = facets[field.name][0], own = numbers(facets[field.name][1][task]);
          return own.some(at => values[at] === field.value);
        });
      });
    });
  }
  function facetFields() { return Array.from(form.querySelectorAll("select")); }

  // --- Marking: where the query stands in a text.
  function folds(text, simple) {
    const chars = [], from = [];
    Array.from(text).forEach((char, at) => {
      for (const one of char.normalize("NFKC").toLowerCase().replace(QUOTES, "")) { chars.push(simple.get(one) || one); from.push(at); }
    });
    return { text: chars.join(""), chars: chars, from: from };
  }
  function spansOf(found, folded) {
    const spans = [], heard = found.heard || [];
    for (let at = 0; heard.length && at + heard.length <= folded.chars.length; at += 1) {
      if (heard.every((ways, step) => soundsLike(folded.chars[at + step], ways))) { spans.push([at, at + heard.length]); }
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
  function soundsLike(char, ways) {
    return readingsOf(char).some(own => ways.some(way => way[1] ? own.startsWith(way[0]) : own === way[0]));
  }
  function marksIn(found, text) {
    const folded = folds(text, found.held.simple), marks = new Set();
    spansOf(found, folded).forEach(span => {
      for (let at = span[0]; at < span[1]; at += 1) { marks.add(folded.from[at]); }
    });
    return marks;
  }
  function marked(text, marks, start, end) {
    const piece = document.createDocumentFragment(), chars = Array.from(text);
    for (let at = start; at < end;) {
      let to = at + 1;
      while (to < end && marks.has(to) === marks.has(at)) { to += 1; }
      const words = chars.slice(at, to).join("");
      piece.append(marks.has(at) ? element("mark", words) : words);
      at = to;
    }
    return piece;
  }
  // Of several texts the one with the longest piece of the query in it, then the one with the most.
  function bestOf(fields, marksOf) {
    return fields.reduce((best, field) => {
      const marks = marksOf(field[1]);
      let run = 0, longest = 0;
      for (let at = 0; at < field[1].length; at += 1) {
        run = marks.has(at) ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
      const own = { label: field[0], text: field[1], marks: marks, longest: longest };
      return best && (longest - best.longest || marks.size - best.marks.size) <= 0 ? best : own;
    }, null);
  }
  // Where a document itself says what it was found by, no other words have to be fetched.
  function isSaid(found, one, best) {
    if (found.heard) { return best.marks.size > 0; }
    const texts = one.fields.map(field => folds(field[1], found.held.simple).text);
    return found.groups.every(group => {
      return !group.places.has(one.at) || texts.some(text => text.indexOf(group.text) >= 0);
    });
  }
  async function snippet(found, one) {
    // What the heading says need not stand below it again.
    const fields = one.fields.filter(field => field[1] !== one.title), own = text => marksIn(found, text);
    const best = bestOf(fields, own);
    if (!best || !one.also || isSaid(found, one, best)) { return excerpt(best, ""); }
    const table = await named("also", found.held.also);
    const other = bestOf(numbers(one.also).map(at => table[at]), own);
    if (other.longest <= best.longest) { return excerpt(best, ""); }
    // Found by another word: show what the document itself says, and name the word if it was typed.
    const fold = text => normalise(text, found.held.simple), typed = found.cut.map(units => units.join("")).join(" ");
    const said = { ...found, heard: null, near: null, groups: [], cut: [[fold(other.label)]] };
    const word = other.text.split(/、/).find(text => typed.includes(fold(text)));
    return excerpt(bestOf(fields, text => marksIn(said, text)), word ? gettext("The notice says “{written}” for “{word}”.", { word: word, written: other.label }) : "");
  }
  function excerpt(best, remark) {
    const line = element("p", "", "snippet");
    if (!best) { return line; }
    if (remark) { line.append(element("span", remark, "note")); }
    const length = Array.from(best.text).length, first = best.marks.size ? Math.min.apply(null, Array.from(best.marks)) : 0;
    const start = length <= WINDOW ? 0 : Math.max(0, Math.min(first - 20, length - WINDOW)), end = Math.min(length, start + WINDOW);
    if (best.label) { line.append(element("span", gettext("{label}:", { label: best.label }), "note")); }
    const cut = gettext("…");
    line.append(start ? cut : "", marked(best.text, best.marks, start, end), end < length ? cut : "");
    return line;
  }

  // --- Drawing.
  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text) { made.textContent = text; }
    if (kind) { made.className = kind; }
    return made;
  }
  function hrefOf(address) {
    const parts = address.split("#"), folder = /(^|\/)$/.test(parts[0]);
    const path = parts[0] + (folder && location.protocol === "file:" ? "index.html" : "");
    return form.dataset.root + path + (parts[1] ? "#" + parts[1] : "");
  }
  function markOf(mark) {
    const made = element("span", "", "mark tone-" + mark[2]), svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    svg.setAttribute("class", "glyph");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", "#g-" + mark[1]);
    svg.append(use);
    made.append(svg, element("span", mark[0], "word"));
    return made;
  }
  async function item(found, one, note) {
    const made = element("li"), label = element("span", one.label, "label"), link = element("a"), meta = element("p", "", "meta");
    link.href = hrefOf(one.address);
    link.append(marked(one.title, marksIn(found, one.title), 0, Array.from(one.title).length));
    if (one.kind === "task") { label.className = "label is-number"; }
    meta.append(element("span", one.place, "note"));
    if (one.mark) { meta.append(markOf(one.mark)); }
    if (note) {
      const source = element("a", note.place);
      source.href = hrefOf(note.address);
      meta.append(source);
    }
    made.append(label, link, await snippet(found, note || one), meta);
    return made;
  }
  function list(found, hits, from) {
    return Promise.all(hits.slice(from, from + PAGE).map(async hit => {
      const one = documentAt(found.held, hit.place), note = hit.via >= 0 ? documentAt(found.held, hit.via) : null;
      return item(found, await one, await note);
    }));
  }
  function more(found, hits, place) {
    const button = element("button", gettext("Show {n} more", { n: Math.min(PAGE, hits.length - PAGE) }));
    let shown = PAGE;
    button.type = "button";
    button.addEventListener("click", async () => {
      const items = await list(found, hits, shown);
      place.append(...items);
      items[0].querySelector("a").focus();
      shown += PAGE;
      button.hidden = shown >= hits.length;
    });
    return button;
  }
  const WHY = {
    alike: gettext("No result has the same characters. These sound alike."),
    near: gettext("No result has the same characters. These are spelt much alike.")
  };
  async function section(found, hits, isPartial) {
    if (!hits.length) { return []; }
    const place = element("ol"), parts = [place];
    place.setAttribute("role", "list");
    place.append(...await list(found, hits, 0));
    if (isPartial) { parts.unshift(element("h2", gettext("Partial matches")), element("p", WHY[found.why] || gettext("No result has all the words. These have some of them."), "note")); }
    if (hits.length > PAGE) { parts.push(more(found, hits, place)); }
    return parts;
  }
  // Each kind by its name, and its count: of one, of several.
  const KINDS = JSON.parse(form.dataset.kinds);
  function counted(kind, n) {
    const [, one, many] = KINDS[kind];
    return ngettext(one, many, n, {});
  }
  function said(lists, isPartial) {
    const list = Object.keys(KINDS).filter(kind => kind !== "all" && lists[kind].length).map(kind => counted(kind, lists[kind].length))
      .reduce((list, item) => gettext("{list}, {item}", { list, item }));
    const extra = lists.task.length ? lists.all.length - lists.task.length : 0;
    const found = extra > 0 ? ngettext("{list}, and {n} more task that mentions it in its progress", "{list}, and {n} more tasks that mention it in their progress", extra, { list }) : list;
    return isPartial ? gettext("There is no full match. Partial matches: {found}.", { found }) : gettext("Found {found}.", { found });
  }
  function tabs(lists, chosen) {
    kinds.textContent = "";
    Object.keys(KINDS).forEach(kind => {
      const button = element("button", KINDS[kind][0] + (kind === "all" ? "" : " " + lists[kind].length));
      button.type = "button";
      button.setAttribute("aria-pressed", String(kind === chosen));
      button.hidden = kind !== "all" && !lists[kind].length;
      button.addEventListener("click", () => { state.kind = kind; run(true); });
      kinds.append(button);
    });
  }
  function suggestions(found) {
    const line = element("p"), words = new Set();
    found.groups.filter(group => group.text.length > 1 && group.places.size)
      .sort((a, b) => a.places.size - b.places.size)
      .slice(0, 4).forEach(group => { words.add(group.text); });
    line.append(words.size ? gettext("Try another word:") : gettext("Try other words or fewer characters, or use the directories below."));
    words.forEach(word => {
      const link = element("a", word, "gap");
      link.href = location.pathname + "?q=" + encodeURIComponent(word);
      line.append(link);
    });
    return line;
  }

  const state = { kind: "all", turn: 0 };
  async function draw(found, turn) {
    const isPartial = !found.full.length;
    const hits = await Promise.all([found.full, found.partial].map(own => filtered(found.held, own)));
    const lists = sorted(found.held, hits[isPartial ? 1 : 0]);
    const near = isPartial || state.kind !== "all" ? [] : together(lists.all, sorted(found.held, hits[1]).all).slice(lists.all.length);
    if (!lists[state.kind] || !lists[state.kind].length) { state.kind = "all"; }
    const shown = lists[state.kind];
    const others = state.kind === "all" && !lists.bare && !isPartial ? lists.district.concat(lists.unit, lists.page).slice(0, 4) : [];
    const drawn = await Promise.all([
      section(found, shown, isPartial),
      shown.length ? section(found, near, true) : [],
      Promise.all(others.map(hit => documentAt(found.held, hit.place)))
    ]);
    if (turn !== state.turn) { return; }
    tabs(lists, state.kind);
    kinds.hidden = !shown.length;
    status.textContent = shown.length ? said(lists, isPartial) : gettext("Nothing was found for “{query}”.", { query: input.value.trim() });
    direct.textContent = others.length ? gettext("Go straight to:") : "";
    direct.hidden = !others.length;
    drawn[2].forEach(one => {
      const link = element("a", one.title, "gap");
      link.href = hrefOf(one.address);
      direct.append(link);
    });
    results.textContent = "";
    results.append(...shown.length ? drawn[0].concat(drawn[1]) : [suggestions(found)]);
    directory.hidden = shown.length > 0;
    results.dataset.searchState = "done";
  }
  function run(write) {
    const query = input.value, turn = state.turn += 1;
    delete results.dataset.searchState;
    if (write) { keep(query); }
    if (!query.trim()) {
      [status, direct, results, kinds].forEach(part => { part.textContent = ""; });
      direct.hidden = kinds.hidden = true;
      directory.hidden = false;
      results.dataset.searchState = "done";
      return;
    }
    answer(query).then(found => turn === state.turn && draw(found, turn)).catch(() => {
      if (turn === state.turn) { status.textContent = gettext("The data of the search could not be loaded. Check your connection and try again."); }
    });
  }
  function keep(query) {
    const words = new URLSearchParams();
    if (query.trim()) { words.set("q", query.trim()); }
    if (state.kind !== "all") { words.set("kind", state.kind); }
    facetFields().forEach(field => { if (field.value) { words.set(field.name, field.value); } });
    const text = words.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
  }

  input.addEventListener("input", event => { if (!event.isComposing) { run(true); } });
  input.addEventListener("compositionend", () => { run(true); });
  form.addEventListener("change", event => { if (event.target !== input) { run(true); } });
  form.addEventListener("submit", event => { event.preventDefault(); run(true); });
  // Down and up walk from the box through the results.
  document.addEventListener("keydown", event => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") { return; }
    const stops = [input].concat(Array.from(results.querySelectorAll("li > a")));
    const at = stops.indexOf(document.activeElement), next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at >= 0 && next && !event.isComposing) { event.preventDefault(); next.focus(); }
  });

  const given = new URLSearchParams(location.search);
  input.value = given.get("q") || "";
  if (KINDS[given.get("kind")]) { state.kind = given.get("kind"); }
  facetFields().forEach(field => {
    const wanted = given.get(field.name) || "";
    if (Array.from(field.options).some(option => option.value === wanted)) { field.value = wanted; }
  });
  const facets = form.querySelector("[data-search-facets]");
  facets.open = facetFields().some(field => field.value);
  if (input.value) { run(false); } else { results.dataset.searchState = "done"; input.focus(); }
})();
