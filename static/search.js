// Search in the page: what query.js finds is listed. Shards of the index are small scripts that are
// loaded one by one, so that it works from a folder, without a server, and under a strict policy.
"use strict";
(() => {
  // The template has all of these.
  /** @type {(selector: string) => any} */
  const part = selector => document.querySelector(selector);
  /** @type {HTMLFormElement} */
  const form = part("form[data-index]");
  /** @type {HTMLInputElement} */
  const input = part("form[data-index] input[type=search]");
  /** @type {HTMLElement} */
  const results = part("[data-search-results]");
  /** @type {HTMLElement} */
  const status = part("[data-search-status]");
  /** @type {HTMLElement} */
  const kinds = part("[data-search-kinds]");
  /** @type {HTMLElement} */
  const direct = part("[data-search-direct]");
  /** @type {HTMLElement} */
  const directory = part("[data-search-directory]");
  /** @type {{ index: string, root: string, questions: string, asked: string, kinds: string }} */
  const told = part("form[data-index]").dataset;
  const manifest = new URL(told.index, document.baseURI);
  const MOST_KEPT = 128;
  const { PAGE, bestOf, documentAt, isSaid, listsOf, marksIn, named, normalise, numbers, otherWords, taskOf, together } = jiaozhang;

  // What readers are told: messages, which a build puts into the words of its language, and their parts.
  /** @typedef {Record<string, string | number>} Parts */
  /** @param {string} text @param {Parts} [parts] */
  function gettext(text, parts) { return text.replace(/\{(\w+)\}/g, (whole, name) => parts && name in parts ? String(parts[name]) : whole); }
  /** @param {string} one @param {string} many @param {number} n @param {Parts} [parts] */
  function ngettext(one, many, n, parts) {
    const text = n === 1 ? one : many;
    return gettext(text, { n, ...parts });
  }

  // --- Files: what was used last is kept.
  /** @type {Map<string, Promise<any>>} */
  const kept = new Map();
  /** @type {Load} */
  function load(_, name, file) {
    const known = kept.get(name);
    kept.delete(name);
    const loading = known || new Promise((resolve, reject) => {
      const script = document.createElement("script");
      jiaozhang.waiting[name] = resolve;
      script.onload = () => { script.remove(); };
      script.onerror = () => { script.remove(); kept.delete(name); reject(new Error(name)); };
      script.src = new URL(file, manifest).href;
      document.head.append(script);
    });
    kept.set(name, loading);
    for (const first of kept.keys()) { if (kept.size > MOST_KEPT) { kept.delete(first); } }
    return loading;
  }
  /** @type {Promise<Index> | null} */
  let opened = null;
  function index() {
    opened = opened || load("manifest", "manifest", manifest.href).then(
      value => jiaozhang.open(value, load, told.questions, JSON.parse(told.asked)), error => { opened = null; throw error; }
    );
    return opened;
  }

  /** @param {Index} held @param {Hit[]} hits @returns {Promise<Hit[]>} */
  function filtered(held, hits) {
    const wanted = facetFields().filter(field => field.value);
    if (!wanted.length) { return Promise.resolve(hits); }
    return named(held, "facets").then(facets => {
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
  /** @param {string} text @param {Set<number>} marks @param {number} start @param {number} end */
  function marked(text, marks, start, end) {
    const piece = document.createDocumentFragment();
    jiaozhang.pieces(text, marks, start, end).forEach(own => { piece.append(own.isMarked ? element("mark", own.words) : own.words); });
    return piece;
  }
  /** @param {Answer} found @param {Found} one */
  async function snippet(found, one) {
    // What the heading says need not stand below it again.
    const fields = one.fields.filter(field => field[1] !== one.title);
    /** @type {(text: string) => Set<number>} */
    const own = text => marksIn(found, text);
    const best = bestOf(fields, own);
    if (!best || !one.also || isSaid(found, one, best)) { return excerpt(best, ""); }
    const other = bestOf(await otherWords(found.index, one), own);
    if (!other || other.longest <= best.longest) { return excerpt(best, ""); }
    // Found by another word: show what the document itself says, and name the word if it was typed.
    /** @type {(text: string) => string} */
    const fold = text => normalise(text, found.index.simple);
    const typed = found.cut.map(units => units.join("")).join(" ");
    const said = { ...found, heard: null, near: null, groups: [], cut: [[fold(other.label)]] };
    const word = other.text.split(jiaozhang.BETWEEN).find(text => typed.includes(fold(text)));
    return excerpt(bestOf(fields, text => marksIn(said, text)), word ? gettext("The notice says “{written}” for “{word}”.", { word, written: other.label }) : "");
  }
  /** @param {Best | null} best @param {string} remark */
  function excerpt(best, remark) {
    const line = element("p", "", "snippet");
    if (!best) { return line; }
    if (remark) { line.append(element("span", remark, "note")); }
    const { start, end, length } = jiaozhang.windowOf(best);
    if (best.label) { line.append(element("span", gettext("{label}:", { label: best.label }), "note")); }
    const cut = gettext("…");
    line.append(start ? cut : "", marked(best.text, best.marks, start, end), end < length ? cut : "");
    return line;
  }

  // --- Drawing.
  /** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {string} [text] @param {string} [kind] */
  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text) { made.textContent = text; }
    if (kind) { made.className = kind; }
    return made;
  }
  /** @param {string} address */
  function hrefOf(address) {
    const parts = address.split("#"), folder = /(^|\/)$/.test(parts[0]);
    const path = parts[0] + (folder && location.protocol === "file:" ? "index.html" : "");
    return told.root + path + (parts[1] ? "#" + parts[1] : "");
  }
  /** @param {Mark} mark */
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
  /** @param {Shown} figure */
  function figureOf(figure) {
    const [value, unit, name, goal, mark, reason] = figure, made = element("li");
    const amount = element("span", "", "amount"), measure = element("span", name, "measure"), told = element("span", "", "told");
    amount.append(element("b", value), " ", element("small", unit));
    if (goal) { measure.append(element("span", goal, "note")); }
    if (mark) { told.append(markOf(mark)); }
    if (reason) { told.append(element("span", reason, "note")); }
    made.append(amount, measure, told);
    return made;
  }
  // What is known: figures, or else a sentence.
  /** @param {Found} one @returns {HTMLElement | string} */
  function finding(one) {
    if (!one.figures.length) { return one.said ? element("p", one.said) : ""; }
    const list = element("ul", "", "found-figures");
    list.setAttribute("role", "list");
    list.append(...one.figures.map(figureOf));
    return list;
  }
  /** @param {Answer} found @param {Found} note */
  async function recordOf(found, note) {
    const made = element("li"), meta = element("p", "", "meta"), source = element("a", note.place);
    source.href = hrefOf(note.address);
    meta.append(source);
    made.append(await snippet(found, note), finding(note), meta);
    return made;
  }
  /** @param {Answer} found @param {Found[]} notes @param {number} more */
  async function records(found, notes, more) {
    const list = element("ul", "", "records-found");
    list.setAttribute("role", "list");
    list.setAttribute("aria-label", gettext("Records that were found"));
    list.append(...await Promise.all(notes.map(note => recordOf(found, note))));
    if (more) { list.append(element("li", ngettext("{n} more record on the task's page", "{n} more records on the task's page", more), "note")); }
    return list;
  }
  /** @param {Answer} found @param {Found} one @param {Hit} hit @param {Found[]} notes @param {"h2" | "h3"} level */
  async function item(found, one, hit, notes, level) {
    const made = element("li"), label = element("span", one.label, "label"), heading = element(level), link = element("a"), meta = element("p", "", "meta");
    link.href = hrefOf(one.address);
    link.append(marked(one.title, marksIn(found, one.title), 0, Array.from(one.title).length));
    if (one.kind === "task") { label.className = "label is-number"; }
    meta.append(element("span", one.place, "note"));
    if (one.mark) { meta.append(markOf(one.mark)); }
    heading.append(link);
    made.append(label, heading);
    if (hit.isOwn !== false) { made.append(await snippet(found, one)); }
    made.append(meta, finding(one));
    if (notes.length) { made.append(await records(found, notes, (hit.notes || []).length - notes.length)); }
    return made;
  }
  // As many records as a page has results, shared among its tasks: each is a file to load.
  /** @param {Answer} found @param {Hit[]} hits @param {number} from @param {"h2" | "h3"} level */
  function list(found, hits, from, level) {
    const room = Math.max(1, Math.floor(PAGE / hits.length));
    return Promise.all(hits.slice(from, from + PAGE).map(async hit => {
      const all = [hit.place, ...(hit.notes || []).slice(0, room)].map(place => documentAt(found.index, place));
      const [one, ...notes] = await Promise.all(all);
      return item(found, one, hit, notes, level);
    }));
  }
  /** @param {Answer} found @param {Hit[]} hits @param {HTMLElement} place @param {"h2" | "h3"} level */
  function more(found, hits, place, level) {
    const button = element("button", gettext("Show {n} more", { n: Math.min(PAGE, hits.length - PAGE) }));
    let shown = PAGE;
    button.type = "button";
    button.addEventListener("click", async () => {
      const items = await list(found, hits, shown, level);
      place.append(...items);
      items[0].querySelector("a")?.focus();
      shown += PAGE;
      button.hidden = shown >= hits.length;
    });
    return button;
  }
  /** @type {Record<string, string>} */
  const WHY = {
    alike: gettext("No result has the same characters. These sound alike."),
    near: gettext("No result has the same characters. These are spelt much alike.")
  };
  /** @param {Answer} found @param {Hit[]} hits @param {boolean} isPartial @returns {Promise<HTMLElement[]>} */
  async function section(found, hits, isPartial) {
    if (!hits.length) { return []; }
    const place = element("ol"), level = isPartial ? "h3" : "h2";
    /** @type {HTMLElement[]} */
    const parts = [place];
    place.setAttribute("role", "list");
    place.append(...await list(found, hits, 0, level));
    if (isPartial) { parts.unshift(element("h2", gettext("Partial matches"), "partly"), element("p", WHY[found.why || ""] || gettext("No result has all the words. These have some of them."), "note")); }
    if (hits.length > PAGE) { parts.push(more(found, hits, place, level)); }
    return parts;
  }
  /** @typedef {keyof Omit<Lists, "bare">} Tab */
  /** @type {Record<Tab, [name: string, one: string, many: string]>} Its name, and its count: of one, of several. */
  const NAMES = JSON.parse(told.kinds);
  /** @type {any[]} */
  const keys = Object.keys(NAMES);
  /** @type {Tab[]} */
  const TABS = keys;
  /** @param {Lists} lists @param {boolean} isPartial */
  function said(lists, isPartial) {
    // A task of which only a record was found is listed too.
    const counts = { ...lists, task: lists.bare ? [] : lists.all };
    const found = TABS.filter(kind => kind !== "all" && counts[kind].length).map(kind => {
      const [, one, many] = NAMES[kind], count = ngettext(one, many, counts[kind].length);
      return kind === "note" ? gettext("{records} (below their tasks)", { records: count }) : count;
    }).reduce((list, item) => gettext("{list}, {item}", { list, item }));
    return isPartial ? gettext("There is no full match. Partial matches: {found}.", { found }) : gettext("{found}.", { found });
  }
  /** @param {Lists} lists @param {Tab} chosen */
  function tabs(lists, chosen) {
    kinds.textContent = "";
    TABS.forEach(kind => {
      const button = element("button", NAMES[kind][0] + (kind === "all" ? "" : " " + lists[kind].length));
      button.type = "button";
      button.setAttribute("aria-pressed", String(kind === chosen));
      button.hidden = kind !== "all" && !lists[kind].length;
      button.addEventListener("click", () => { state.kind = kind; run(true); });
      kinds.append(button);
    });
  }
  /** @param {Answer} found */
  function suggestions(found) {
    const line = element("p");
    /** @type {Set<string>} */
    const words = new Set();
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

  /** @type {{ kind: Tab, turn: number }} */
  const state = { kind: "all", turn: 0 };
  /** @param {Answer} found @param {number} turn */
  async function draw(found, turn) {
    const isPartial = !found.full.length;
    const hits = await Promise.all([found.full, found.partial].map(own => filtered(found.index, own)));
    const lists = listsOf(found.index, hits[isPartial ? 1 : 0]);
    const near = isPartial || state.kind !== "all" ? [] : together(lists.all, listsOf(found.index, hits[1]).all).slice(lists.all.length);
    if (!lists[state.kind] || !lists[state.kind].length) { state.kind = "all"; }
    const shown = lists[state.kind];
    const others = state.kind === "all" && !lists.bare && !isPartial ? lists.district.concat(lists.unit, lists.page).slice(0, 4) : [];
    const drawn = await Promise.all([
      section(found, shown, isPartial),
      shown.length ? section(found, near, true) : [],
      Promise.all(others.map(hit => documentAt(found.index, hit.place)))
    ]);
    if (turn !== state.turn) { return; }
    tabs(lists, state.kind);
    kinds.hidden = !shown.length;
    const ways = found.ways.map(way => ({ title: way.name, address: way.address })), straight = [...ways, ...drawn[2]];
    const query = input.value.trim(), none = ways.length ? gettext("Lists answer “{query}”.", { query }) : gettext("Nothing was found for “{query}”.", { query });
    status.textContent = shown.length ? said(lists, isPartial) : none;
    direct.textContent = straight.length ? gettext("Go straight to:") : "";
    direct.hidden = !straight.length;
    straight.forEach(one => {
      const link = element("a", one.title, "gap");
      link.href = hrefOf(one.address);
      direct.append(link);
    });
    results.textContent = "";
    results.append(...shown.length ? drawn[0].concat(drawn[1]) : ways.length ? [] : [suggestions(found)]);
    directory.hidden = shown.length + ways.length > 0;
    results.dataset.searchState = "done";
  }
  /** @param {boolean} write */
  function run(write) {
    state.turn += 1;
    const query = input.value, turn = state.turn;
    delete results.dataset.searchState;
    if (write) { keep(query); }
    if (!query.trim()) {
      [status, direct, results, kinds].forEach(part => { part.textContent = ""; });
      direct.hidden = kinds.hidden = true;
      directory.hidden = false;
      results.dataset.searchState = "done";
      return;
    }
    index().then(held => jiaozhang.answer(held, query)).then(found => turn === state.turn ? draw(found, turn) : undefined).catch(() => {
      if (turn === state.turn) { status.textContent = gettext("The data of the search could not be loaded. Check your connection and try again."); }
    });
  }
  /** @param {string} query */
  function keep(query) {
    const words = new URLSearchParams();
    if (query.trim()) { words.set("q", query.trim()); }
    if (state.kind !== "all") { words.set("kind", state.kind); }
    facetFields().forEach(field => { if (field.value) { words.set(field.name, field.value); } });
    const text = words.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
  }

  input.addEventListener("input", event => { if (!("isComposing" in event && event.isComposing)) { run(true); } });
  input.addEventListener("compositionend", () => { run(true); });
  form.addEventListener("change", event => { if (event.target !== input) { run(true); } });
  form.addEventListener("submit", event => { event.preventDefault(); run(true); });
  // Down and up walk from the box through the results.
  document.addEventListener("keydown", event => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") { return; }
    /** @type {(Element | null)[]} */
    const stops = [input, ...results.querySelectorAll("li > h2 > a, li > h3 > a")];
    const at = stops.indexOf(document.activeElement), next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at >= 0 && next instanceof HTMLElement && !event.isComposing) { event.preventDefault(); next.focus(); }
  });

  const given = new URLSearchParams(location.search);
  input.value = given.get("q") || "";
  state.kind = TABS.find(kind => kind === given.get("kind")) || "all";
  facetFields().forEach(field => {
    const wanted = given.get(field.name) || "";
    if (Array.from(field.options).some(option => option.value === wanted)) { field.value = wanted; }
  });
  /** @type {HTMLDetailsElement} */
  const facets = part("[data-search-facets]");
  facets.open = facetFields().some(field => field.value);
  if (input.value) { run(false); } else { results.dataset.searchState = "done"; input.focus(); }
})();
