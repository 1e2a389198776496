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
  /** @param {string} mode */
  function show(mode) {
    root.classList.toggle(mode, modes[mode]);
    each("[data-mode=" + mode + "]", function (control) { control.setAttribute("aria-pressed", String(modes[mode])); });
  }
  /** @param {string} mode @param {boolean} value */
  function keep(mode, value) { modes[mode] = value; store.set(mode, value ? "1" : ""); show(mode); }
  modes.elder = store.get("elder") === "1" || location.hash === "#elder";
  modes.contrast = store.get("contrast") === "1";
  if (location.hash === "#elder") {
    store.set("elder", "1");
    // The mode is a class now: the anchor would keep it on after it is switched off.
    history.replaceState(null, "", location.pathname + location.search);
  }
  Object.keys(modes).forEach(show);

  var size = store.get("size") || "m";
  /** @param {string} next */
  function resize(next) {
    size = next;
    store.set("size", size);
    root.classList.toggle("size-s", size === "s");
    root.classList.toggle("size-l", size === "l");
    each("[data-size]", function (control) { control.setAttribute("aria-pressed", String(control.dataset.size === size)); });
  }
  resize(size);

  document.addEventListener("click", function (event) {
    /** @type {any} */
    var target = event.target;
    var control = target.closest("[data-mode],[data-size],[data-print],[data-read],[data-copy]");
    if (!control) { return; }
    if (control.dataset.mode) { event.preventDefault(); keep(control.dataset.mode, !modes[control.dataset.mode]); }
    if (control.dataset.size) { resize(control.dataset.size); }
    if ("print" in control.dataset) { window.print(); }
    if ("read" in control.dataset) { read(control); }
    if (control.dataset.copy) { copy(control); }
  });

  // A citation gets the day on which it is taken. The clipboard of a page without https is reached
  // by what is selected alone.
  /** @param {HTMLElement} control */
  function copy(control) {
    /** @type {any} */
    var quote = document.getElementById(control.dataset.copy || "");
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

  // Reading aloud is the browser's own; where it has no voice the button stays away.
  var voice = window.speechSynthesis;
  each("[data-read]", function (control) { control.hidden = !voice; });
  /** @param {HTMLElement} control */
  function read(control) {
    var isOn = control.getAttribute("aria-pressed") === "true";
    voice.cancel();
    control.setAttribute("aria-pressed", String(!isOn));
    if (isOn) { return; }
    var words = new SpeechSynthesisUtterance();
    // What is hidden is not read, so this is not textContent.
    // biome-ignore lint/performance/useDomNodeTextContent: as above
    each("#main", function (main) { words.text = main.innerText; });
    words.lang = root.lang;
    words.onend = function () { control.setAttribute("aria-pressed", "false"); };
    voice.speak(words);
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
    form.addEventListener("reset", function () { setTimeout(function () { apply(true); }); });
    window.addEventListener("popstate", take);
    take();
  });
})();
