"use strict";
// Makes static/query.js known, and indexes for it that stand in memory.
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const file = path.join(__dirname, "..", "..", "static", "query.js");
vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/** @param {number} number @returns {string} */
function encoded(number) {
  return number < 32 ? DIGITS[number] : DIGITS[32 | (number & 31)] + encoded(number >> 5);
}
/** @param {number[]} all */
function steps(all) { return all.map((number, at) => encoded(number - (at ? all[at - 1] : 0))).join(""); }

/** @typedef {{ kind?: Kind, number?: number, title: string, text?: string, owner?: number, other?: [said: string, words: string] }} Doc */

// One shard and one block hold all. The documents stand in the order of their kinds.
/**
 * @param {Doc[]} docs
 * @param {{ readings?: string, rare?: string, simplified?: string, questions?: string, asked?: [words: string, name: string, address: string][] }} [more]
 */
function indexOf(docs, more = {}) {
  /** @type {Kind[]} */
  const kinds = ["task", "note", "unit", "district", "page"];
  /** @param {Doc} doc */
  const kindOf = doc => doc.kind || "task";
  /** @type {Map<string, number[]>} */
  const postings = new Map();
  docs.forEach((doc, at) => {
    const read = [doc.title, doc.text || "", doc.other ? doc.other[1] : ""].flatMap(text => {
      const units = jiaozhang.sequences(jiaozhang.normalise(text, new Map())).flat();
      const sounds = Array.from(text, char => (more.readings || "a:").split(";").filter(row => row.includes(char)).map(row => row.split(":")[0])[0]);
      const pairs = sounds.slice(1).map((sound, place) => `~${sounds[place]} ${sound}`);
      const initials = sounds.slice(2).map((_, place) => "^" + sounds.slice(place, place + 3).map(sound => (sound || " ")[0]).join(""));
      return [...units, ...units.slice(1).map((unit, place) => units[place] + unit), ...pairs, ...initials];
    });
    new Set(read).forEach(token => { postings.set(token, (postings.get(token) || []).concat(at)); });
  });
  const tasks = docs.filter(doc => kindOf(doc) === "task");
  const size = docs.length || 1;
  /** @type {Files["also"]} */
  const also = docs.flatMap(doc => doc.other ? [doc.other] : []);
  /** @type {Manifest} */
  const manifest = {
    documents: docs.length,
    kinds: kinds.map(kind => [kind, docs.filter(doc => kindOf(doc) === kind).length, size]),
    shards: [1, 1, "00000000"], blocks: [5, 1, "0000000011111111222222223333333344444444"],
    also: [size, [1, 1, "aaaaaaaa"]], readings: "b", rare: "c", facets: "d",
    notes: tasks.map((_, task) => encoded(docs.filter(doc => doc.owner === task).length)).join(""),
    years: [[2025, 0, steps(tasks.map((doc, at) => doc.number || at + 1))]],
    simplified: more.simplified || ""
  };
  /** @param {Doc} doc @returns {Row} */
  const row = doc => [
    `${kindOf(doc)}/`, "", doc.title, "", 0, [["", doc.title], ["", doc.text || ""]], doc.other ? encoded(also.indexOf(doc.other)) : "", [], ""
  ];
  /** @type {string[]} */
  const asked = [];
  // Files come as they do in a page: each calls jiaozhang by name.
  /** @type {Load} */
  const load = (kind, name, address) => new Promise(resolve => {
    asked.push(address);
    jiaozhang.waiting[name] = resolve;
    if (kind === "shard") { jiaozhang.shard(0, Array.from(postings, ([token, own]) => `${token}!${steps(own)}`).join(";")); }
    if (kind === "block") {
      const at = Number(name.slice(1));
      const own = docs.filter(doc => kindOf(doc) === kinds.filter(one => docs.some(other => kindOf(other) === one))[at]);
      jiaozhang.block(at, own.map(row));
    }
    if (kind === "also") { jiaozhang.also(0, also); }
    if (kind === "readings") { jiaozhang.readings(more.readings || "a:"); }
    if (kind === "rare") { jiaozhang.rare(more.rare || "a:"); }
  });
  return { index: jiaozhang.open(manifest, load, more.questions || "请问", more.asked || []), asked };
}

module.exports = { encoded, indexOf, steps };
