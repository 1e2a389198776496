"use strict";
// node features.js < [{"kind": "css" | "js", "text": …, "floor": {browser: version}, "wishes": [names]}]
// prints what browsers at the floor lack, as JSON, one list for each text: [{"line", "name", "browsers"}].
const { cssFeatures } = require("./css_features.js");
const { jsFeatures } = require("./js_features.js");

const texts = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const found = texts.map(({ kind, text, ...given }) => kind === "css" ? cssFeatures(text, given) : jsFeatures(text, given));
process.stdout.write(JSON.stringify(found));
