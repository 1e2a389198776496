"use strict";
// What static/site.js does with a page, on a page as small as can be.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const vm = require("node:vm");

const SITE = fs.readFileSync(path.join(__dirname, "..", "..", "static", "site.js"), "utf8");

/** An element: its attributes, and what is in it by selector.
 * @param {Record<string, string>} [attributes]
 */
function element(attributes = {}) {
  /** @type {Set<string>} */
  const classes = new Set();
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const names = Object.keys(attributes).filter(name => name.startsWith("data-"));
  /** @type {any} */
  const made = {
    attributes, classes, listeners, hidden: false, textContent: "",
    dataset: Object.fromEntries(names.map(name => [name.slice(5), attributes[name]])),
    classList: {
      toggle: (/** @type {string} */ name, /** @type {boolean} */ isOn) => { if (isOn) { classes.add(name); } else { classes.delete(name); } }
    },
    getAttribute: (/** @type {string} */ name) => attributes[name] ?? null,
    setAttribute: (/** @type {string} */ name, /** @type {string} */ value) => { attributes[name] = value; },
    addEventListener: (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => { listeners[name] = act; },
    closest: () => names.length ? made : null
  };
  return made;
}

/** Runs the script on a page of the elements given by selector.
 * @param {{ parts?: Record<string, any[]>, ids?: Record<string, any>, address?: string, stored?: Record<string, string> | null }} [given]
 */
function opened({ parts = {}, ids = {}, address = "https://example.org/2025/tasks/", stored = {} } = {}) {
  const url = new URL(address);
  const root = element();
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const page = {
    root, listeners, stored, address: url,
    context: {
      document: {
        documentElement: root,
        querySelectorAll: (/** @type {string} */ selector) => parts[selector] || [],
        getElementById: (/** @type {string} */ id) => ids[id],
        addEventListener: (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => { listeners[name] = act; }
      },
      window: { addEventListener: (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => { listeners[name] = act; } },
      location: url, URLSearchParams, setTimeout,
      history: {
        replaceState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ to) => { url.href = new URL(to, url).href; },
        pushState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ to) => { url.href = new URL(to, url).href; }
      },
      localStorage: stored === null ? undefined : {
        getItem: (/** @type {string} */ key) => stored[key] ?? null,
        setItem: (/** @type {string} */ key, /** @type {string} */ value) => { stored[key] = value; }
      }
    },
    click: (/** @type {any} */ target) => { listeners.click({ target, preventDefault: () => {} }); }
  };
  vm.runInNewContext(SITE, page.context);
  return page;
}

test("a mode that was kept is on, is switched off by its button, and stays off", () => {
  const button = element({ "data-mode": "contrast" });
  const stored = { contrast: "1" };
  const page = opened({ parts: { "[data-mode=contrast]": [button] }, stored });
  assert.ok(page.root.classes.has("contrast"));
  assert.equal(button.attributes["aria-pressed"], "true");
  page.click(button);
  assert.ok(!page.root.classes.has("contrast"));
  assert.deepEqual([button.attributes["aria-pressed"], stored.contrast], ["false", ""]);
});

test("a browser that stores nothing still switches", () => {
  const button = element({ "data-size": "l" });
  const page = opened({ stored: null });
  page.click(button);
  assert.deepEqual(Array.from(page.root.classes), ["size-l"]);
});

test("the address of elder mode switches it on for good, and leaves the address", () => {
  const page = opened({ address: "https://example.org/?a=1#elder" });
  assert.ok(page.root.classes.has("elder"));
  assert.deepEqual([page.stored?.elder, page.address.href], ["1", "https://example.org/?a=1"]);
});

test("in a folder, links and forms lead to files", () => {
  const links = ["../tasks/", "..", "a.html#b", "tasks/#c", "mailto:a@example.org", "https://example.org/", "#d"].map(href => element({ href }));
  const form = element({ action: "../search/" });
  opened({ parts: { "a[href]": links, "form[action]": [form] }, address: "file:///site/2025/index.html" });
  assert.deepEqual(links.map(link => link.attributes.href), [
    "../tasks/index.html", "../index.html", "a.html#b", "tasks/index.html#c", "mailto:a@example.org", "https://example.org/", "#d"
  ]);
  assert.equal(form.attributes.action, "../search/index.html");
  opened({ parts: { "a[href]": [links[0]] } });
  assert.equal(links[0].attributes.href, "../tasks/index.html", "on a server nothing changes");
});

const ROWS = [
  { number: "1", word: "done", unit: "a b", duty: "a:lead b:support", latest: "2025-03-01", due: "" },
  { number: "2", word: "late", unit: "b", duty: "b:lead", latest: "", due: "2025-02-01" },
  { number: "10", word: "done", unit: "a", duty: "a:support", latest: "2025-05-01", due: "2025-01-01" }
];

/** @param {string} query */
function list(query) {
  const rows = ROWS.map(row => Object.assign(element(), { dataset: row }));
  const body = {
    rows: rows.slice(),
    appendChild: (/** @type {any} */ row) => { body.rows.splice(body.rows.indexOf(row), 1); body.rows.push(row); }
  };
  const select = (/** @type {string} */ name, /** @type {string[]} */ values) => Object.assign(element(), {
    name, value: "", options: ["", ...values].map(value => ({ value }))
  });
  const fields = [
    select("unit", ["a", "b"]), select("role", ["lead", "support"]), select("word", ["done", "late"]), select("sort", ["latest", "due"])
  ];
  const inner = Object.fromEntries(["[role=status]", "[data-empty]", "details", "[type=reset]"].map(name => [name, element()]));
  inner.details.contains = (/** @type {any} */ field) => field.name === "sort";
  const form = Object.assign(element({ "data-list": "list" }), {
    querySelectorAll: () => fields,
    querySelector: (/** @type {string} */ selector) => inner[selector],
    elements: Object.fromEntries(fields.map(field => [field.name, field]))
  });
  const page = opened({
    parts: { "form[data-list]": [form] }, ids: { list: Object.assign(element(), { tBodies: [body] }) },
    address: "https://example.org/2025/tasks/" + query
  });
  return {
    page, form, fields: form.elements, inner,
    shown: () => body.rows.filter(row => !row.hidden).map(row => row.dataset.number),
    choose: (/** @type {string} */ name, /** @type {string} */ value) => { form.elements[name].value = value; form.listeners.change({}); }
  };
}

test("rows fit all that is chosen, and a unit with its role is one question", () => {
  const tasks = list("");
  assert.deepEqual(tasks.shown(), ["1", "2", "10"]);
  tasks.choose("unit", "b");
  assert.deepEqual(tasks.shown(), ["1", "2"]);
  tasks.choose("role", "lead");
  assert.deepEqual(tasks.shown(), ["2"]);
  tasks.choose("unit", "");
  assert.deepEqual(tasks.shown(), ["1", "2"]);
  tasks.choose("word", "late");
  assert.deepEqual([tasks.shown(), tasks.page.address.search], [["2"], "?role=lead&word=late"]);
  tasks.choose("role", "support");
  assert.deepEqual([tasks.shown(), tasks.inner["[data-empty]"].hidden], [[], false]);
});

test("rows are in the order asked for; what has no value comes last, whatever the order", () => {
  const tasks = list("");
  tasks.choose("sort", "latest");
  assert.deepEqual(tasks.shown(), ["10", "1", "2"]);
  assert.ok(tasks.inner.details.open, "what is chosen is not folded away");
  tasks.choose("sort", "due");
  assert.deepEqual(tasks.shown(), ["10", "2", "1"]);
  tasks.choose("sort", "");
  assert.deepEqual(tasks.shown(), ["1", "2", "10"], "numbers, not texts");
});

test("the address says what is chosen, now and when one goes back; what it does not know is left out", () => {
  const tasks = list("?word=done&unit=nobody");
  assert.deepEqual(tasks.shown(), ["1", "10"]);
  assert.equal(tasks.fields.unit.value, "");
  assert.equal(tasks.inner["[type=reset]"].hidden, false);
  tasks.page.address.search = "?word=late";
  tasks.page.listeners.popstate({});
  assert.deepEqual([tasks.shown(), tasks.page.address.search], [["2"], "?word=late"]);
});

test("the status counts the rows that are shown, by their word", () => {
  const tasks = list("");
  for (const [name, value, counts] of [["word", "", [3, 2, 1]], ["word", "late", [1, 1]]]) {
    tasks.choose(String(name), String(value));
    assert.deepEqual(tasks.inner["[role=status]"].textContent.match(/\d+/g)?.map(Number), counts);
  }
});
