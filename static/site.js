// What a reader may switch: elder mode, text size, contrast; and lists that filter and sort.
// Every page reads and works without this file; it only adds.
"use strict";
(function () {
  var root = document.documentElement;
  var store = {
    /** @param {string} key */
    get: function (key) { try { return localStorage.getItem(key); } catch (_) { return null; } },
    /** @param {string} key @param {string} value */
    set: function (key, value) { try { localStorage.setItem(key, value); } catch (_) { /* private mode */ } }
  };
  // What readers are told: messages, which a build puts into the words of its language, and their parts.
  /** @typedef {Record<string, string | number>} Parts */
  /** @param {string} text @param {Parts} parts */
  function gettext(text, parts) { return text.replace(/\{(\w+)\}/g, function (_, name) { return String(parts[name]); }); }
  /** @param {string} one @param {string} many @param {number} n @param {Parts} parts */
  function ngettext(one, many, n, parts) {
    var text = n === 1 ? one : many;
    parts.n = n;
    return gettext(text, parts);
  }
  /** @param {string[]} clauses */
  function joined(clauses) {
    return clauses.reduce(function (list, item) { return gettext("{list}; {item}", { list: list, item: item }); });
  }
  /** @param {string} selector @param {(found: any) => void} act */
  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  // A page opened from a folder has no server that knows what a folder's page is.
  if (location.protocol === "file:") {
    each("a[href]", function (link) {
      var parts = link.getAttribute("href").split("#");
      if (/^[a-z]+:/i.test(parts[0])) { return; }
      if (parts[0] === "." || parts[0] === ".." || /\/$/.test(parts[0])) {
        parts[0] = parts[0].replace(/\/?$/, "/") + "index.html";
        link.setAttribute("href", parts.join("#"));
      }
    });
    each("form[action]", function (form) {
      form.setAttribute("action", form.getAttribute("action").replace(/\/?$/, "/index.html"));
    });
  }

  /** @type {Record<string, boolean>} */
  var modes = { elder: false, contrast: false };
  var size = "m";
  /** @param {string} mode */
  function show(mode) {
    root.classList.toggle(mode, modes[mode]);
    // Elder mode has a control to enter and one to leave: neither is ever pressed.
    if (mode === "elder") { return; }
    each("[data-mode=" + mode + "]", function (control) { control.setAttribute("aria-pressed", String(modes[mode])); });
  }
  function showSize() {
    root.classList.toggle("size-s", size === "s");
    root.classList.toggle("size-l", size === "l");
    each("[data-size]", function (control) { control.setAttribute("aria-pressed", String(control.dataset.size === size)); });
  }
  /** @type {(() => void)[]} */
  var pagers = [];
  // What the reader chose, here or in another tab, or on a page that Back brings out of memory as it was left.
  function showChosen() {
    Object.keys(modes).forEach(function (mode) { modes[mode] = store.get(mode) === "1"; show(mode); });
    size = store.get("size") || "m";
    showSize();
    pagers.forEach(function (draw) { draw(); });
  }
  var entered = location.hash === "#elder";
  if (entered) { store.set("elder", "1"); }
  showChosen();
  if (entered) {
    modes.elder = true;
    show("elder");
    // The mode is a class now: the anchor would keep it on after it is switched off.
    history.replaceState(null, "", location.pathname + location.search);
  }
  window.addEventListener("storage", showChosen);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { showChosen(); } });

  document.addEventListener("click", function (event) {
    /** @type {any} */
    var target = event.target;
    var control = target.closest("[data-mode],[data-size],[data-print],[data-read],[data-reader-act],[data-copy]");
    if (!control) { return; }
    var own = control.dataset;
    if (own.mode) { event.preventDefault(); switchMode(own.mode); }
    if (own.size) { size = own.size; store.set("size", size); showSize(); }
    if ("print" in own) { window.print(); }
    if ("read" in own) { readFrom(0); }
    if (own.readerAct) { act[own.readerAct](); }
    if (own.copy) { copy(own.copy); }
  });

  // A citation gets the day on which it is taken. The clipboard of a page without https is reached
  // by what is selected alone.
  /** @param {string} id */
  function copy(id) {
    /** @type {any} */
    var quote = document.getElementById(id);
    var now = new Date();
    quote.querySelector("[data-cited]").textContent = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
      return (part < 10 ? "0" : "") + part;
    }).join("-");
    /** @type {any} */
    var selection = window.getSelection();
    selection.selectAllChildren(quote);
    each("[data-copy] + [role=status]", function (status) {
      status.textContent = document.execCommand("copy") ? gettext("Copied.", {}) : gettext("Selected; copy it with the keyboard.", {});
    });
  }

  /** @param {string} mode */
  function switchMode(mode) {
    modes[mode] = !modes[mode];
    store.set(mode, modes[mode] ? "1" : "");
    show(mode);
    pagers.forEach(function (draw) { draw(); });
    // The control that was used may be out of sight now; its counterpart takes the keyboard.
    each("[data-mode=" + mode + "]", function (control) {
      if (document.activeElement && !document.activeElement.getClientRects().length) { control.focus(); }
    });
  }

  // What is folded is printed: for browsers that the style sheet cannot tell so.
  /** @type {any[]} */
  var opened = [];
  window.addEventListener("beforeprint", function () {
    each("main details:not([open])", function (details) { details.open = true; opened.push(details); });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
    opened = [];
  });

  // Reading aloud is the browser's own; where it has no voice the button stays away. It reads one
  // block of text after the other, so that it can be stopped in one and go on there: pause() itself
  // does nothing, or too much, in several browsers.
  var voice = window.speechSynthesis;
  var BLOCKS = "h1,h2,h3,h4,h5,h6,p,li,dt,dd,th,td,caption,summary,blockquote";
  /** @type {{ place: any, text: string }[]} */
  var blocks = [];
  var at = 0;
  /** @type {SpeechSynthesisUtterance | null} */
  var spoken = null;
  each("[data-read]", function (control) { control.hidden = !voice; });
  function findBlocks() {
    blocks = [];
    each("#main", function (main) {
      var texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) { addText(texts.currentNode); }
    });
  }
  /** @param {any} node */
  function addText(node) {
    var owner = node.parentNode;
    // What is folded or hidden is not read.
    if (!node.nodeValue.trim() || !owner.getClientRects().length || owner.closest("[aria-hidden],details:not([open]) > :not(summary)")) { return; }
    var place = owner.closest(BLOCKS) || owner;
    var last = blocks[blocks.length - 1];
    if (last && last.place === place) { last.text += node.nodeValue; } else { blocks.push({ place: place, text: node.nodeValue }); }
  }
  /** @param {"off" | "paused" | "reading"} state */
  function showReader(state) {
    spoken = null;
    voice.cancel();
    each(".is-read", function (place) { place.classList.remove("is-read"); });
    each("[data-reader]", function (bar) { bar.hidden = state === "off"; });
    each("[data-reader-act=pause]", function (key) { key.hidden = state === "paused"; });
    each("[data-reader-act=go]", function (key) { key.hidden = state !== "paused"; });
  }
  /** @param {number} start */
  function readFrom(start) {
    findBlocks();
    at = start;
    speak();
  }
  function speak() {
    var block = blocks[at];
    showReader(block ? "reading" : "off");
    if (!block) { return; }
    block.place.classList.add("is-read");
    block.place.scrollIntoView({ block: "nearest" });
    var words = new SpeechSynthesisUtterance(block.text.replace(/\s+/g, " "));
    words.lang = root.lang;
    words.onend = function () { if (spoken === words) { at += 1; speak(); } };
    spoken = words;
    voice.speak(words);
  }
  /** @type {Record<string, () => void>} */
  var act = {
    pause: function () { showReader("paused"); },
    go: speak,
    stop: function () { showReader("off"); },
    // From what stands uppermost in the window.
    here: function () {
      findBlocks();
      var first = blocks.map(function (block) { return block.place.getBoundingClientRect().top >= 0; }).indexOf(true);
      at = Math.max(first, 0);
      speak();
    }
  };
  window.addEventListener("pagehide", function () { if (voice) { voice.cancel(); } });

  // Elder mode shows a long list by pages; what a filter hides takes no room on them.
  var PAGE = 20;
  /** @param {any} list @param {() => any[]} items @returns {(page?: number) => void} */
  function paged(list, items) {
    var page = 0;
    var bar = document.createElement("div");
    bar.className = "pager";
    /** @param {string} text @param {number} step */
    function key(text, step) {
      var made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.onclick = function () {
        draw(page + step);
        list.scrollIntoView();
        if (made.disabled) { told.focus(); }
      };
      return made;
    }
    var before = key(gettext("Previous page", {}), -1), after = key(gettext("Next page", {}), 1);
    var told = document.createElement("p");
    told.tabIndex = -1;
    told.setAttribute("role", "status");
    [before, told, after].forEach(function (part) { bar.appendChild(part); });
    list.parentNode.insertBefore(bar, list.nextSibling);
    /** @param {number} [next] */
    function draw(next) {
      var all = items();
      var shown = all.filter(function (item) { return !item.hidden; });
      var pages = Math.ceil(shown.length / PAGE);
      page = Math.max(0, Math.min(next === undefined ? page : next, pages - 1));
      bar.hidden = !modes.elder || pages < 2;
      all.forEach(function (item) { item.classList.remove("off-page"); });
      if (bar.hidden) { return; }
      shown.forEach(function (item, n) { item.classList.toggle("off-page", Math.floor(n / PAGE) !== page); });
      told.textContent = gettext("Page {page} of {pages}", { page: page + 1, pages: pages });
      before.disabled = page === 0;
      after.disabled = page === pages - 1;
    }
    var wanted = location.hash && document.getElementById(location.hash.slice(1));
    var found = items().map(function (item) { return Boolean(wanted) && item.contains(wanted); }).indexOf(true);
    draw(found < 0 ? 0 : Math.floor(found / PAGE));
    if (found >= 0 && wanted) { wanted.scrollIntoView(); }
    pagers.push(draw);
    return draw;
  }
  /** @type {Record<string, (page?: number) => void>} */
  var pagerOf = {};
  each("main .records, main .timeline", function (list) {
    var items = function () { return Array.prototype.slice.call(list.tBodies ? list.tBodies[0].rows : list.children); };
    if (items().length > PAGE) { pagerOf[list.id] = paged(list, items); }
  });

  // The rows that are shown, as a file: made here, so that it works from a folder too.
  /** @param {any} table */
  function csvOf(table) {
    /** @param {any} part @returns {string} */
    function text(part) {
      var pieces = [], texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) { pieces.push(texts.currentNode.nodeValue); }
      return pieces.join(" ").replace(/\s+/g, " ").trim();
    }
    /** @param {any} parts @returns {string[]} */
    function textsOf(parts) { return Array.prototype.slice.call(parts).map(text); }
    var titles = textsOf(table.tHead.rows[0].cells);
    titles.splice(2, 0, gettext("Lead and deadline", {}));
    /** @type {string[][]} */
    var lines = [titles.concat(gettext("Address", {}))];
    Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
      if (row.hidden) { return; }
      var head = row.querySelector("th"), link = head.querySelector("a");
      lines.push([row.dataset.number, text(link.querySelector("span")), text(head.querySelector(".note"))].concat(textsOf(row.querySelectorAll("td")), link.href));
    });
    // A sheet runs what begins like a formula.
    return "\ufeff" + lines.map(function (line) {
      return line.map(function (cell) { return '"' + cell.replace(/^(?=[=+\-@])/, "'").replace(/"/g, '""') + '"'; }).join(",");
    }).join("\r\n") + "\r\n";
  }
  /** @param {string} name @param {HTMLTableElement} table */
  function download(name, table) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csvOf(table)], { type: "text/csv" }));
    link.download = name + ".csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  // Lists: the rows are in the page; this hides, orders and counts them, and keeps that in the address.
  each("form[data-list]", function (form) {
    /** @type {any} */
    var table = document.getElementById(form.dataset.list);
    var body = table.tBodies[0];
    /** @type {HTMLTableRowElement[]} */
    var rows = Array.prototype.slice.call(body.rows);
    var status = form.querySelector("[role=status]");
    var empty = form.querySelector("[data-empty]");
    var rare = form.querySelector("details");
    var clear = form.querySelector("[type=reset]");
    var save = form.querySelector("[data-save]");

    /** @returns {HTMLSelectElement[]} */
    function fields() { return Array.prototype.slice.call(form.querySelectorAll("select")); }
    /** @param {HTMLTableRowElement} row @param {HTMLSelectElement} field */
    function fits(row, field) {
      if (!field.value) { return true; }
      var own = " " + (row.dataset[field.name] || "") + " ";
      var unit = form.elements.unit && form.elements.unit.value;
      // A unit and its role are one question: who leads is not who supports.
      if (field.name === "role") {
        return unit ? (" " + row.dataset.duty + " ").indexOf(" " + unit + ":" + field.value + " ") >= 0
                    : (" " + row.dataset.duty).indexOf(":" + field.value) >= 0;
      }
      return own.indexOf(" " + field.value + " ") >= 0;
    }
    /** @param {HTMLTableRowElement} row @param {string} order */
    function key(row, order) {
      var value = row.dataset[order] || "";
      return order === "number" ? Number(value) : value;
    }
    /** @param {boolean} write */
    function apply(write) {
      var set = fields();
      var order = form.elements.sort.value || "number";
      var filters = set.filter(function (field) { return field.name !== "sort"; });
      var shown = rows.filter(function (row) {
        var ok = filters.every(function (field) { return fits(row, field); });
        row.hidden = !ok;
        return ok;
      });
      var sorted = rows.slice().sort(function (a, b) {
        var x = key(a, order), y = key(b, order);
        if (x === y) { return Number(a.dataset.number) - Number(b.dataset.number); }
        if (x === "" || y === "") { return x === "" ? 1 : -1; }
        var down = order === "latest";
        return (x < y ? -1 : 1) * (down ? -1 : 1);
      });
      // Moving a row lays the whole table out anew: not where all stand in order already.
      if (sorted.some(function (row, at) { return body.rows[at] !== row; })) {
        sorted.forEach(function (row) { body.appendChild(row); });
      }
      set.forEach(function (field) {
        field.classList.toggle("is-set", Boolean(field.value));
        // What is set may not be folded away.
        if (field.value && rare.contains(field)) { rare.open = true; }
      });
      each("[data-chip]", function (chip) {
        if (chip.dataset.chip === (form.elements.show || { value: "" }).value) { chip.setAttribute("aria-current", "true"); } else { chip.removeAttribute("aria-current"); }
      });
      clear.hidden = !set.some(function (field) { return field.value; });
      /** @type {Record<string, number>} */
      var counts = {};
      shown.forEach(function (row) {
        var word = row.dataset.word || "";
        counts[word] = (counts[word] || 0) + 1;
      });
      var parts = Object.keys(counts).map(function (word) {
        return ngettext("{status}: {n} task", "{status}: {n} tasks", counts[word], { status: word });
      });
      status.textContent = shown.length
        ? ngettext("{n} task: {counts}.", "{n} tasks: {counts}.", shown.length, { counts: joined(parts) })
        : ngettext("{n} task.", "{n} tasks.", 0, {});
      empty.hidden = shown.length > 0;
      table.hidden = shown.length === 0;
      if (pagerOf[table.id]) { pagerOf[table.id](0); }
      if (write) { remember(set); }
    }
    /** @param {HTMLSelectElement[]} set */
    function remember(set) {
      var query = new URLSearchParams();
      set.forEach(function (field) { if (field.value) { query.set(field.name, field.value); } });
      var text = query.toString();
      history.pushState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    }
    function take() {
      var query = new URLSearchParams(location.search);
      fields().forEach(function (field) {
        var wanted = query.get(field.name) || "";
        field.value = Array.prototype.some.call(field.options, function (option) { return option.value === wanted; }) ? wanted : "";
      });
      apply(false);
    }
    form.addEventListener("change", function () { apply(true); });
    form.onsubmit = function () { return false; };
    // Without scripts a chip leads to the list of its own.
    each("[data-chip]", function (chip) {
      /** @param {MouseEvent} event */
      chip.onclick = function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
        event.preventDefault();
        form.elements.show.value = chip.dataset.chip;
        apply(true);
      };
    });
    if (save) { save.onclick = function () { download(save.dataset.save, table); }; }
    form.addEventListener("reset", function () { setTimeout(function () { apply(true); }); });
    window.addEventListener("popstate", take);
    take();
  });

  // Tables that sort by a column: buttons in their heads; without scripts the order of the page stands.
  each("table[data-sortable]", function (table) {
    var body = table.tBodies[0];
    var heads = table.querySelectorAll("th[data-sort]");
    /** @param {HTMLTableRowElement} row @param {number} at */
    function key(row, at) {
      var cell = row.cells[at];
      return cell.dataset.key || cell.textContent || "";
    }
    Array.prototype.forEach.call(heads, function (head) {
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var isUp = head.getAttribute("aria-sort") !== "ascending";
        Array.prototype.forEach.call(heads, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
        var at = head.cellIndex;
        var rows = Array.prototype.slice.call(body.rows);
        rows.sort(function (a, b) {
          var x = key(a, at), y = key(b, at);
          return (isUp ? 1 : -1) * x.localeCompare(y, root.lang, { numeric: true });
        });
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
  });
})();
