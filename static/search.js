// Search in the page: the query side of portal/search. Shards of the index are small scripts that are
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

  // --- Files: each calls portalSearch.<name>; what was used last is kept.
  const kept = new Map(), waiting = {};
  const portalSearch = window.portalSearch = {};
  ["manifest", "facets", "also", "readings", "rare"].forEach(function (name) {
    portalSearch[name] = function (value) { waiting[name](value); };
  });
  portalSearch.shard = function (at, text) {
    waiting["t" + at](new Map(text.split(";").map(function (line) { return line.split(":"); })));
  };
  // What a query is looked up by; the tests compare it with the other implementation.
  portalSearch.tokens = function (query) {
    return index().then(function (held) {
      return groupsOf(sequences(normalise(query, held.simple))).map(function (group) { return group.any[0]; });
    });
  };
  portalSearch.block = function (at, rows) { waiting["d" + at](rows); };

  function load(name, file) {
    const known = kept.get(name);
    kept.delete(name);
    const loading = known || new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      waiting[name] = resolve;
      script.onload = function () { script.remove(); };
      script.onerror = function () { script.remove(); kept.delete(name); reject(new Error(name)); };
      script.src = new URL(file, manifest).href;
      document.head.append(script);
    });
    kept.set(name, loading);
    if (kept.size > MOST_KEPT) { kept.delete(kept.keys().next().value); }
    return loading;
  }
  let opened = null;
  function index() {
    opened = opened || load("manifest", manifest.href).then(open, function (error) { opened = null; throw error; });
    return opened;
  }
  function open(value) {
    const simple = new Map();
    for (let at = 0; at < value.simplified.length; at += 2) { simple.set(value.simplified[at], value.simplified[at + 1]); }
    const owners = [];
    numbers(value.notes).forEach(function (count, task) { for (let note = 0; note < count; note += 1) { owners.push(task); } });
    let first = 0, block = 0;
    const ranges = value.kinds.map(function (kind) {
      const own = { name: kind[0], first: first, count: kind[1], size: kind[2], block: block };
      first += kind[1];
      block += Math.ceil(kind[1] / kind[2]);
      return own;
    });
    return {
      total: value.documents, simple: simple, ranges: ranges, shards: value.shards, blocks: value.blocks,
      owners: owners, facets: value.facets, also: value.also,
      readings: value.readings, rare: value.rare,
      years: value.years.map(function (year) { return { first: year[1], numbers: sums(numbers(year[2])) }; })
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
  function sums(steps) { let at = 0; return steps.map(function (step) { at += step; return at; }); }

  // --- The analyzer: the same specification as portal/search/analyzer.py.
  const UNIT = /[a-z0-9]+(?:\.[a-z0-9]+)*%?|[\u3007\u3400-\u9fff]/g;
  const CJK = /^[\u3007\u3400-\u9fff]$/;
  const QUOTES = /[“”‘’"'《》〈〉「」『』]/g;
  const NUMERALS = "一二三四五六七八九十";
  function normalise(text, simple) {
    const folded = Array.from(text.normalize("NFKC").toLowerCase(), function (char) { return simple.get(char) || char; }).join("");
    return folded.replace(QUOTES, "").replace(/(\d),(?=\d{3})/g, "$1").replace(/(十[一二]|[一二三四五六七八九十])月/g, function (_, name) { return ordinal(name) + "月"; });
  }
  function ordinal(name) {
    const ten = name.indexOf("十");
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
    const single = found.every(function (one) { return one.length === 1 && CJK.test(one[0]); });
    return single && found.length > 1 ? [[].concat.apply([], found)] : found;
  }
  function hasLetters(unit) { return /[a-z]/.test(unit); }
  // A group is matched by any of its tokens; it covers units of the query, numbered from 0.
  function groupsOf(cut) {
    const groups = [];
    let at = 0;
    cut.forEach(function (units) {
      units.forEach(function (unit, place) {
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
  function lookUp(held, token) {
    const key = token[0] === "~" ? token.slice(0, token.indexOf(" ") + 2) : token, at = shardOf(key, held.shards[0]);
    return numbered("t", at, held.shards).then(function (shard) {
      const begun = token[0] === "~" && token === key, found = new Map();
      (begun ? Array.from(shard.keys()).filter(function (own) { return own.startsWith(token); }) : [token]).forEach(function (own) {
        (shard.get(own) || "").split(",").forEach(function (part) {
          const impact = Number(part[0]);
          sums(numbers(part.slice(1))).forEach(function (place) { found.set(place, Math.max(impact, found.get(place) || 0)); });
        });
      });
      return found;
    });
  }
  function fill(held, groups) {
    return Promise.all(groups.map(function (group) {
      return Promise.all(group.any.map(function (token) { return lookUp(held, token); })).then(function (found) {
        group.places = found.length === 1 ? found[0] : new Map();
        if (found.length > 1) {
          found.forEach(function (own) { own.forEach(function (impact, place) { group.places.set(place, Math.max(impact, group.places.get(place) || 0)); }); });
        }
        group.rarity = Math.log(1 + held.total / Math.max(0.5, group.places.size));
        return group;
      });
    }));
  }
  function score(groups, place) {
    return groups.reduce(function (sum, group) { return group.places.has(place) ? sum + group.rarity * (1 + group.places.get(place)) : sum; }, 0);
  }
  function byScore(a, b) { return b.score - a.score || a.place - b.place; }
  function matchAll(groups) {
    if (!groups.length) { return []; }
    const rarest = groups.reduce(function (a, b) { return a.places.size <= b.places.size ? a : b; });
    return Array.from(rarest.places.keys()).filter(function (place) {
      return groups.every(function (group) { return group.places.has(place); });
    }).map(function (place) { return { place: place, score: score(groups, place) }; }).sort(byScore);
  }
  // How much of the query stands in a document: a unit inside a matched pair counts whole, one that
  // stands there alone counts half. The limits were tuned on one half of the evaluation set.
  function matchMost(groups, alone, count) {
    const places = new Set(), least = count > 4 ? 0.5 : 0.7;
    groups.forEach(function (group) { group.places.forEach(function (_, place) { places.add(place); }); });
    return Array.from(places).map(function (place) {
      const covered = new Array(count).fill(0);
      alone.forEach(function (group) { if (group.places.has(place)) { covered[group.covers[0]] = 0.5; } });
      groups.forEach(function (group) { if (group.places.has(place)) { group.covers.forEach(function (unit) { covered[unit] = 1; }); } });
      const share = covered.reduce(function (a, b) { return a + b; }, 0) / count;
      return { place: place, share: share, score: share * share * score(groups, place) };
    }).filter(function (hit) { return hit.share >= least; }).sort(byScore);
  }

  // --- Readings: pinyin as it is typed, initials, and characters that sound alike.
  const sounds = { of: new Map(), chars: new Map() };
  function addReadings(text) {
    text.split(";").forEach(function (row) {
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
      const begins = Array.from(sounds.chars.keys()).some(function (syllable) { return syllable !== rest && syllable.indexOf(rest) === 0; });
      if (pieces.length && begins) { found.push({ pieces: pieces.concat(rest), open: true }); }
    })(letters, []);
    return found.sort(function (a, b) { return a.pieces.length - b.pieces.length || a.open - b.open; }).slice(0, 8);
  }
  // The ways to read a run of letters, as groups; `heard` tells whether characters sound so.
  function waysToHear(letters) {
    const ways = cuts(letters).map(function (way) {
      const last = way.pieces.length - 1;
      const groups = way.pieces.slice(1).map(function (piece, at) {
        const second = way.open && at + 1 === last ? piece[0] : piece;
        return { any: ["~" + way.pieces[at] + " " + second], covers: [], text: "" };
      });
      if (!last) { groups.push({ any: Array.from(sounds.chars.get(way.pieces[0]) || ""), covers: [], text: "" }); }
      return { groups: groups, heard: way.pieces.map(function (piece, at) { return way.open && at === last ? [piece, true] : [piece, false]; }) };
    });
    if (letters.length > 2) {
      const groups = [];
      for (let at = 0; at + 3 <= letters.length; at += 1) { groups.push({ any: ["^" + letters.substr(at, 3)], covers: [], text: "" }); }
      ways.push({ groups: groups, heard: Array.from(letters, function (letter) { return [letter, true]; }) });
    }
    return ways.filter(function (way) { return way.groups.length; });
  }
  function hear(held, cut) {
    const runs = cut.map(function (units) { return units.join(""); });
    const whole = cut.every(function (units) { return units.every(function (unit) { return /^[a-z]+$/.test(unit); }); });
    if (!whole) { return Promise.resolve(null); }
    return withReadings(held, "readings").then(function () {
      return waysToHear(runs.join("")).reduce(function (before, way) {
        return before.then(function (done) {
          return done || fill(held, way.groups).then(function (groups) {
            const hits = matchAll(groups);
            return hits.length ? { full: hits, heard: way.heard, groups: groups } : null;
          });
        });
      }, Promise.resolve(null));
    });
  }
  // Homophones: the readings of every pair must stand there, and half of the characters themselves.
  function soundAlike(held, cut, alone) {
    const chinese = cut.filter(function (units) { return units.length > 1 && units.every(function (unit) { return CJK.test(unit); }); });
    if (!chinese.length || chinese.length < cut.length) { return Promise.resolve(null); }
    return withReadings(held, "readings").then(function () {
      // What stands in no document is read by a larger table.
      const all = chinese.every(function (units) { return units.every(function (unit) { return sounds.of.has(unit); }); });
      return all || withReadings(held, "rare");
    }).then(function () {
      const groups = [];
      let known = true;
      chinese.forEach(function (units) {
        units.slice(1).forEach(function (unit, at) {
          const any = [];
          (sounds.of.get(units[at]) || []).forEach(function (a) {
            (sounds.of.get(unit) || []).forEach(function (b) { any.push("~" + a + " " + b); });
          });
          known = known && any.length > 0;
          groups.push({ any: any, covers: [], text: "" });
        });
      });
      return known ? fill(held, groups) : null;
    }).then(function (groups) {
      if (!groups) { return null; }
      const hits = matchAll(groups).filter(function (hit) {
        const there = alone.filter(function (group) { return group.places.has(hit.place); }).length;
        return there * 2 >= alone.length;
      });
      const heard = chinese[0].map(function (unit) { return (sounds.of.get(unit) || []).map(function (syllable) { return [syllable, false]; }); });
      return hits.length ? { full: [], partial: hits, alike: heard, groups: groups } : null;
    });
  }

  // --- The plan: a number; every token; without question words; what sounds alike; most of it.
  // 88, 第88项, #88, No.88, 第八十八项; bare numerals are a word of their own, as 十五五 is.
  const NUMBER = /^(?:(?:第|#|no\.?|task|任务|序号)?\s*(\d{1,4})\s*(?:项|号)?|第?\s*((?:[一二三四五六七八九]?百零?)?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?)\s*项)(?:任务|重点工作|工作)?$/;
  const QUESTIONS = new RegExp(form.dataset.questions, "g");
  function numberOf(name) {
    if (/^\d+$/.test(name)) { return Number(name); }
    const parts = name.split("百");
    const rest = parts[parts.length - 1].replace("零", "");
    return (parts.length > 1 ? (NUMERALS.indexOf(parts[0]) + 1 || 1) * 100 : 0) + (rest ? ordinal(rest) : 0);
  }
  function byNumber(held, folded) {
    const found = NUMBER.exec(folded.trim());
    if (!found) { return []; }
    const number = numberOf(found[1] || found[2]);
    return held.years.map(function (year) { return year.numbers.indexOf(number) < 0 ? -1 : year.first + year.numbers.indexOf(number); })
      .filter(function (place) { return place >= 0; });
  }
  function answer(query) {
    return index().then(function (held) {
      const folded = normalise(query, held.simple);
      const cut = sequences(folded);
      if (!cut.length) { return { held: held, cut: cut, full: [], partial: [], groups: [] }; }
      const tasks = byNumber(held, folded).map(function (place) { return { place: place, score: Infinity }; });
      if (tasks.length && !/^\s*\d+\s*$/.test(folded)) { return { held: held, cut: cut, full: tasks, partial: [], groups: [] }; }
      return ask(held, cut, folded).then(function (found) {
        const numbered = new Set(tasks.map(function (hit) { return hit.place; }));
        return Object.assign({ held: held, cut: cut, partial: [] }, found, {
          full: tasks.concat(found.full.filter(function (hit) { return !numbered.has(hit.place); }))
        });
      });
    });
  }
  function ask(held, cut, folded) {
    return fill(held, groupsOf(cut)).then(function (groups) {
      const full = matchAll(groups);
      if (full.length) { return { full: full, partial: besides(groups, full), groups: groups }; }
      return hear(held, cut).then(function (found) { return found || askAgain(held, cut, folded, groups); });
    });
  }
  // Where little matches in full, what matches nearly stands below it.
  function besides(groups, full) {
    const count = groups.reduce(function (most, group) { return Math.max(most, group.covers[group.covers.length - 1] + 1); }, 0);
    if (full.length > 3 || count < 4) { return []; }
    const seen = new Set(full.map(function (hit) { return hit.place; }));
    return matchMost(groups, [], count).filter(function (hit) { return hit.share >= 0.75 && !seen.has(hit.place); }).slice(0, PAGE);
  }
  function askAgain(held, cut, folded, groups) {
    const bare = folded.replace(QUESTIONS, " ");
    const shorter = sequences(bare);
    const isShorter = shorter.length > 0 && shorter.join() !== cut.join();
    const words = isShorter ? shorter : cut;
    return (isShorter ? fill(held, groupsOf(shorter)) : Promise.resolve(groups)).then(function (own) {
      const full = isShorter ? matchAll(own) : [];
      if (full.length) { return { full: full, groups: own, cut: words }; }
      let at = -1;
      const alone = [].concat.apply([], words).map(function (unit) { at += 1; return { any: [unit], covers: [at], text: unit }; });
      return fill(held, alone).then(function () { return soundAlike(held, words, alone); }).then(function (found) {
        if (found) { return found; }
        const most = matchMost(own, alone, alone.length);
        // Every character is there, but not side by side: letters were swapped.
        const swapped = most.length || alone.length < 4 ? most : matchAll(alone);
        return { full: [], partial: swapped, groups: own.concat(most.length ? [] : alone), cut: words };
      });
    });
  }

  // --- What is shown: documents in their order, notes under their tasks.
  function rangeOf(held, place) {
    return held.ranges.find(function (range) { return place < range.first + range.count; });
  }
  function documentAt(held, at) {
    const range = rangeOf(held, at), own = at - range.first;
    const block = range.block + Math.floor(own / range.size);
    return numbered("d", block, held.blocks).then(function (rows) {
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
    hits.forEach(function (hit) {
      const kind = rangeOf(held, hit.place).name, task = taskOf(held, hit.place);
      lists[kind].push(hit);
      if (task >= 0 && !seen.has(task)) { seen.add(task); lists.all.push({ place: task, via: task === hit.place ? -1 : hit.place }); }
    });
    if (!lists.all.length) { lists.all = lists.unit.concat(lists.district, lists.page); lists.bare = true; }
    return lists;
  }
  function filtered(held, hits) {
    const wanted = facetFields().filter(function (field) { return field.value; });
    if (!wanted.length) { return Promise.resolve(hits); }
    return named("facets", held.facets).then(function (facets) {
      return hits.filter(function (hit) {
        const task = taskOf(held, hit.place);
        return task >= 0 && wanted.every(function (field) {
          const values = facets[field.name][0], own = numbers(facets[field.name][1][task]);
          return own.some(function (at) { return values[at] === field.value; });
        });
      });
    });
  }
  function facetFields() { return Array.from(form.querySelectorAll("select")); }

  // --- Marking: where the query stands in a text.
  function folds(text, simple) {
    const chars = [], from = [];
    Array.from(text).forEach(function (char, at) {
      for (const one of char.normalize("NFKC").toLowerCase().replace(QUOTES, "")) { chars.push(simple.get(one) || one); from.push(at); }
    });
    return { text: chars.join(""), chars: chars, from: from };
  }
  function spansOf(found, folded) {
    const spans = [];
    if (found.heard || found.alike) {
      const heard = found.alike || found.heard.map(function (one) { return [one]; });
      for (let at = 0; at + heard.length <= folded.chars.length; at += 1) {
        if (heard.every(function (ways, step) { return soundsLike(folded.chars[at + step], ways); })) { spans.push([at, at + heard.length]); }
      }
      return spans;
    }
    const whole = found.cut.map(function (units) { return units.join(""); });
    let needles = whole.filter(function (needle) { return folded.text.indexOf(needle) >= 0; });
    if (needles.length < whole.length) { needles = needles.concat(found.groups.map(function (group) { return group.text; })); }
    needles.filter(Boolean).forEach(function (needle) {
      for (let at = folded.text.indexOf(needle); at >= 0; at = folded.text.indexOf(needle, at + 1)) { spans.push([at, at + needle.length]); }
    });
    return spans;
  }
  function soundsLike(char, ways) {
    return (sounds.of.get(char) || []).some(function (own) {
      return ways.some(function (way) { return way[1] ? own.indexOf(way[0]) === 0 : own === way[0]; });
    });
  }
  function marksIn(found, text) {
    const folded = folds(text, found.held.simple), marks = new Set();
    spansOf(found, folded).forEach(function (span) {
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
    return fields.reduce(function (best, field) {
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
    if (found.heard || found.alike) { return best.marks.size > 0; }
    const texts = one.fields.map(function (field) { return folds(field[1], found.held.simple).text; });
    return found.groups.every(function (group) {
      return !group.places.has(one.at) || texts.some(function (text) { return text.indexOf(group.text) >= 0; });
    });
  }
  function snippet(found, one) {
    // What the heading says need not stand below it again.
    const fields = one.fields.filter(function (field) { return field[1] !== one.title; });
    const best = bestOf(fields, function (text) { return marksIn(found, text); });
    if (!best || !one.also || isSaid(found, one, best)) { return Promise.resolve(excerpt(best, "")); }
    return named("also", found.held.also).then(function (table) {
      const other = bestOf(numbers(one.also).map(function (at) { return table[at]; }), function (text) { return marksIn(found, text); });
      if (other.longest <= best.longest) { return excerpt(best, ""); }
      // Found by another word: show what the document itself says.
      const said = Object.assign({}, found, { heard: null, alike: null, groups: [], cut: [[normalise(other.label, found.held.simple)]] });
      const words = other.text.split("、"), word = bestOf(words.map(function (text) { return ["", text]; }), function (text) { return marksIn(found, text); });
      return excerpt(bestOf(fields, function (text) { return marksIn(said, text); }), "“" + word.text + "”在文件里写作“" + other.label + "”。");
    });
  }
  function excerpt(best, remark) {
    const line = element("p", "", "snippet");
    if (!best) { return line; }
    if (remark) { line.append(element("span", remark, "note")); }
    const length = Array.from(best.text).length, first = best.marks.size ? Math.min.apply(null, Array.from(best.marks)) : 0;
    const start = length <= WINDOW ? 0 : Math.max(0, Math.min(first - 20, length - WINDOW)), end = Math.min(length, start + WINDOW);
    if (best.label) { line.append(element("span", best.label + "：", "note")); }
    line.append(start ? "……" : "", marked(best.text, best.marks, start, end), end < length ? "……" : "");
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
  function item(found, one, note) {
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
    return snippet(found, note || one).then(function (line) { made.append(label, link, line, meta); return made; });
  }
  function list(found, hits, from) {
    return Promise.all(hits.slice(from, from + PAGE).map(function (hit) {
      return Promise.all([documentAt(found.held, hit.place), hit.via >= 0 ? documentAt(found.held, hit.via) : null]);
    })).then(function (pairs) {
      return Promise.all(pairs.map(function (pair) { return item(found, pair[0], pair[1]); }));
    });
  }
  function more(found, hits, place) {
    const button = element("button", "再显示" + Math.min(PAGE, hits.length - PAGE) + "条");
    let shown = PAGE;
    button.type = "button";
    button.addEventListener("click", function () {
      list(found, hits, shown).then(function (items) {
        place.append.apply(place, items);
        items[0].querySelector("a").focus();
        shown += PAGE;
        button.hidden = shown >= hits.length;
      });
    });
    return button;
  }
  function section(found, hits, isPartial) {
    return list(found, hits, 0).then(function (items) {
      const parts = [], place = element("ol");
      if (!hits.length) { return parts; }
      if (isPartial) {
        parts.push(element("h2", "部分匹配"));
        parts.push(element("p", found.alike ? "没有完全相同的字，以下读音相同。" : "没有一项包含全部词语，以下包含其中一部分。", "note"));
      }
      place.setAttribute("role", "list");
      place.append.apply(place, items);
      parts.push(place);
      if (hits.length > PAGE) { parts.push(more(found, hits, place)); }
      return parts;
    });
  }
  const NAMES = JSON.parse(form.dataset.kinds);
  function said(lists, isPartial) {
    const parts = Object.keys(NAMES).filter(function (kind) { return kind !== "all" && lists[kind].length; })
      .map(function (kind) { return lists[kind].length + NAMES[kind][1] + NAMES[kind][0]; });
    const extra = lists.all.length - lists.task.length;
    return (isPartial ? "没有完全匹配的。部分匹配：" : "找到") + parts.join("、") + (extra > 0 && lists.task.length ? "，另有" + extra + "项的进展里提到" : "") + "。";
  }
  function tabs(lists, chosen) {
    kinds.textContent = "";
    Object.keys(NAMES).forEach(function (kind) {
      const button = element("button", NAMES[kind][0] + (kind === "all" ? "" : " " + lists[kind].length));
      button.type = "button";
      button.setAttribute("aria-pressed", String(kind === chosen));
      button.hidden = kind !== "all" && !lists[kind].length;
      button.addEventListener("click", function () { state.kind = kind; run(true); });
      kinds.append(button);
    });
  }
  function suggestions(found) {
    const line = element("p"), words = new Set();
    found.groups.filter(function (group) { return group.text.length > 1 && group.places.size; })
      .sort(function (a, b) { return a.places.size - b.places.size; })
      .slice(0, 4).forEach(function (group) { words.add(group.text); });
    line.append(words.size ? "换个词试试：" : "可以换个说法，少打几个字，或者按下面的目录找。");
    words.forEach(function (word) {
      const link = element("a", word, "gap");
      link.href = location.pathname + "?q=" + encodeURIComponent(word);
      line.append(link);
    });
    return line;
  }

  const state = { kind: "all", turn: 0 };
  function draw(found, turn) {
    const isPartial = !found.full.length;
    return Promise.all([found.full, found.partial].map(function (hits) { return filtered(found.held, hits); })).then(function (hits) {
      const lists = sorted(found.held, isPartial ? hits[1] : hits[0]);
      const near = isPartial || state.kind !== "all" ? [] : sorted(found.held, hits[1]).all.filter(function (hit) {
        return !lists.all.some(function (other) { return other.place === hit.place; });
      });
      if (!lists[state.kind] || !lists[state.kind].length) { state.kind = "all"; }
      const shown = lists[state.kind];
      const others = state.kind === "all" && !lists.bare && !isPartial ? lists.unit.concat(lists.district, lists.page).slice(0, 4) : [];
      return Promise.all([
        section(found, shown, isPartial),
        shown.length && near.length ? section(found, near, true) : [],
        Promise.all(others.map(function (hit) { return documentAt(found.held, hit.place); }))
      ]).then(function (drawn) {
        if (turn !== state.turn) { return; }
        tabs(lists, state.kind);
        kinds.hidden = !shown.length;
        status.textContent = shown.length ? said(lists, isPartial) : "没有找到“" + input.value.trim() + "”。";
        direct.textContent = "";
        direct.hidden = !drawn[2].length;
        if (drawn[2].length) { direct.append("直达："); }
        drawn[2].forEach(function (one) {
          const link = element("a", one.title, "gap");
          link.href = hrefOf(one.address);
          direct.append(link);
        });
        results.textContent = "";
        results.append.apply(results, shown.length ? drawn[0].concat(drawn[1]) : [suggestions(found)]);
        directory.hidden = shown.length > 0;
        results.dataset.searchState = "done";
      });
    });
  }
  function run(write) {
    const query = input.value, turn = state.turn += 1;
    delete results.dataset.searchState;
    if (write) { keep(query); }
    if (!query.trim()) {
      [status, direct, results, kinds].forEach(function (part) { part.textContent = ""; });
      direct.hidden = kinds.hidden = true;
      directory.hidden = false;
      results.dataset.searchState = "done";
      return;
    }
    answer(query).then(function (found) { if (turn === state.turn) { return draw(found, turn); } }).catch(function () {
      if (turn === state.turn) { status.textContent = "搜索用的数据没有取到，请检查网络，再试一次。"; }
    });
  }
  function keep(query) {
    const words = new URLSearchParams();
    if (query.trim()) { words.set("q", query.trim()); }
    if (state.kind !== "all") { words.set("kind", state.kind); }
    facetFields().forEach(function (field) { if (field.value) { words.set(field.name, field.value); } });
    const text = words.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
  }

  input.addEventListener("input", function (event) { if (!event.isComposing) { run(true); } });
  input.addEventListener("compositionend", function () { run(true); });
  form.addEventListener("change", function (event) { if (event.target !== input) { run(true); } });
  form.addEventListener("submit", function (event) { event.preventDefault(); run(true); });
  // Down and up walk from the box through the results.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") { return; }
    const stops = [input].concat(Array.from(results.querySelectorAll("li > a")));
    const at = stops.indexOf(document.activeElement), next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at >= 0 && next && !event.isComposing) { event.preventDefault(); next.focus(); }
  });

  const given = new URLSearchParams(location.search);
  input.value = given.get("q") || "";
  if (NAMES[given.get("kind")]) { state.kind = given.get("kind"); }
  facetFields().forEach(function (field) {
    const wanted = given.get(field.name) || "";
    if (Array.from(field.options).some(function (option) { return option.value === wanted; })) { field.value = wanted; }
  });
  const facets = form.querySelector("[data-search-facets]");
  facets.open = facetFields().some(function (field) { return field.value; });
  if (input.value) { run(false); } else { results.dataset.searchState = "done"; input.focus(); }
})();
