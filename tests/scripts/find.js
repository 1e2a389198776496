"use strict";
// Asks an index that lies in a folder: `node find.js FOLDER MANIFEST`, a query a line on standard input.
// Answers with JSON: for each query the places found in full, and those found in part.
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
require("./index_in_memory.js");

const [folder, manifest] = process.argv.slice(2);

/** @type {Load} */
function load(_, name, file) {
  return new Promise(resolve => {
    jiaozhang.waiting[name] = resolve;
    vm.runInThisContext(fs.readFileSync(path.join(folder, file), "utf8"));
  });
}

async function main() {
  const index = jiaozhang.open(await load("manifest", "manifest", manifest), load, "请问", []);
  const queries = fs.readFileSync(0, "utf8").trim().split("\n");
  const found = [];
  for (const query of queries) {
    const { full, partial } = await jiaozhang.answer(index, query);
    found.push([full.map(hit => hit.place), partial.map(hit => hit.place)]);
  }
  process.stdout.write(JSON.stringify(found));
}

main();
