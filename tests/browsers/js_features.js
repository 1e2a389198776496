"use strict";
// The features of a script that browsers at the floor lack.
const acorn = require("acorn");
const { data, find, lacking } = require("./compat.js");

const IN_PATTERNS = [
  [/\(\?<[=!]/, "lookbehind_assertion"], [/\(\?<\w/, "named_capturing_group"], [/\\p\{/i, "unicode_character_class_escape"],
  [/\(\?[a-z]*-?[a-z]+:/, "modifier"],
];
const FLAGS = { d: "hasIndices", s: "dotAll", v: "unicodeSets", y: "sticky" };
const OPERATORS = {
  "??": "nullish_coalescing", "??=": "nullish_coalescing_assignment", "||=": "logical_or_assignment",
  "&&=": "logical_and_assignment", "**": "exponentiation", "**=": "exponentiation_assignment",
};

/** @param {string} text @param {{ floor: Record<string, string>, wishes: string[] }} given */
function jsFeatures(text, { floor, wishes }) {
  const options = { ecmaVersion: "latest", locations: true, allowAwaitOutsideFunction: true };
  const script = acorn.parse(text, options);
  const nodes = [...walk(script, false)];
  const own = ownNames(nodes.map(([node]) => node));
  const found = [];
  for (const [node, isInFunction] of nodes) {
    for (const [name, features] of needed(node, own, isInFunction)) {
      const here = features.filter(Boolean);
      const lists = here.map(feature => lacking(feature, floor));
      // Of a member whose object is not known every interface that has one may be meant.
      if (here.length && lists.every(list => list.length) && !wishes.includes(name)) {
        found.push({ line: node.loc.start.line, name, browsers: lists[0] });
      }
    }
  }
  return found;
}

function* walk(node, isInFunction) {
  yield [node, isInFunction];
  const inside = isInFunction || /Function/.test(node.type);
  for (const part of Object.values(node).flat()) {
    if (part && typeof part.type === "string") { yield* walk(part, inside); }
  }
}

/** Names that the script itself gives: variables, parameters, and the properties of its own values. */
function ownNames(nodes) {
  const names = new Set();
  for (const node of nodes) {
    if (node.type === "Property" && node.key.type === "Identifier") { names.add(node.key.name); }
    if (node.type === "VariableDeclarator" || /Function/.test(node.type) || node.type === "ClassDeclaration") {
      for (const part of [node.id, ...(node.params || [])]) { if (part) { bound(part, names); } }
    }
  }
  return names;
}

function bound(pattern, names) {
  for (const [node] of walk(pattern, false)) { if (node.type === "Identifier") { names.add(node.name); } }
}

/** What a node needs: pairs of a name and the features that may be meant. */
function* needed(node, own, isInFunction) {
  const js = (...path) => [find("javascript", ...path)];
  if (node.operator && OPERATORS[node.operator]) { yield [node.operator, js("operators", OPERATORS[node.operator])]; }
  if (node.type === "ChainExpression") { yield ["?.", js("operators", "optional_chaining")]; }
  if (node.type === "AwaitExpression" && !isInFunction) { yield ["await at the top", js("operators", "await", "top_level")]; }
  if (node.type === "PropertyDefinition") { yield ["class field", js("classes", "public_class_fields")]; }
  if (node.type === "PrivateIdentifier") { yield ["private field", js("classes", "private_class_fields")]; }
  if (node.type === "StaticBlock") { yield ["static block", js("classes", "static", "initialization_blocks")]; }
  if (node.type === "ImportExpression") { yield ["import()", js("operators", "import")]; }
  if (node.type === "Literal") { yield* literal(node); }
  if (node.type === "Identifier" && !own.has(node.name)) { yield [node.name, [global(node.name)]]; }
  if (node.type === "MemberExpression" && !node.computed) { yield* member(node, own); }
}

function* literal(node) {
  const js = (...path) => [find("javascript", ...path)];
  if (typeof node.value === "number" && node.raw.includes("_")) { yield ["numeric separator", js("grammar", "numeric_separators")]; }
  if (!node.regex) { return; }
  for (const [sign, name] of IN_PATTERNS) {
    if (sign.test(node.regex.pattern)) { yield [name, js("regular_expressions", name)]; }
  }
  for (const flag of node.regex.flags) {
    if (FLAGS[flag]) { yield [`flag ${flag}`, js("builtins", "RegExp", FLAGS[flag])]; }
  }
}

function global(name) {
  return find("javascript", "builtins", name) || find("api", name) || find("api", "Window", name);
}

function* member(node, own) {
  const name = node.property.name;
  const holder = node.object.type === "Identifier" && !own.has(node.object.name) ? node.object.name : "";
  const exact = holder && (find("javascript", "builtins", holder, name) || find("api", holder, `${name}_static`) || find("api", holder, name));
  if (exact) { yield [`${holder}.${name}`, [exact]]; return; }
  if (!own.has(name)) { yield [`.${name}`, members(name)]; }
}

function members(name) {
  return [data.javascript.builtins, data.api].flatMap(place => Object.values(place))
    .map(one => Object.hasOwn(one, name) && one[name].__compat ? one[name] : undefined);
}

module.exports = { jsFeatures };
