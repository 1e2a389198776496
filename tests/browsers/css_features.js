"use strict";
// The features of a style sheet that browsers at the floor lack and for which it has no fallback.
const css = require("css-tree");
const { find, lacking, raised } = require("./compat.js");

// The condition under which items of a flex container get margins, where browsers know no gap there.
const WITHOUT_GAP = "(not (appearance:none)) and (not (inset:0))";
const GAPS = new Set(["gap", "row-gap", "column-gap"]);

/** @param {string} text @param {{ floor: Record<string, string>, wishes: string[] }} given */
function cssFeatures(text, { floor, wishes }) {
  const sheet = css.parse(text, { positions: true, parseCustomProperty: true });
  const spaced = flexFallbacks(sheet);
  const found = [];
  const lost = (node, name, feature, here) => {
    const browsers = feature ? lacking(feature, here) : [];
    if (browsers.length && !wishes.includes(name)) { found.push({ line: node.loc.start.line, name, browsers }); }
    return browsers.length > 0;
  };
  walk(sheet.children, floor, false);
  for (const node of css.findAll(sheet, one => one.type === "Raw")) {
    found.push({ line: node.loc.start.line, name: `not read: ${node.value.slice(0, 40)}`, browsers: [] });
  }
  return found;

  function walk(nodes, here, inRule) {
    nodes.forEach(node => {
      if (node.type === "Atrule") { atrule(node, here, inRule); }
      if (node.type === "Rule") { rule(node, here, inRule); }
      if (node.type === "Declaration" && !inRule) { declarations([node], here); }
    });
  }

  function atrule(node, here, inRule) {
    const known = find("css", "at-rules", node.name);
    if (known) { lost(node, `@${node.name}`, known, here); }
    // A box in the margin of @page has no entry of its own in the data.
    else if (!wishes.includes(`@${node.name}`)) { found.push({ line: node.loc.start.line, name: `@${node.name}`, browsers: ["not known"] }); }
    let inside = known ? raised(here, known) : here;
    for (const [name, feature] of conditions(node)) {
      if (node.name === "media") { lost(node, name, feature, here); }
      inside = raised(inside, feature);
    }
    if (node.block) { walk(node.block.children, inside, inRule); }
  }

  function rule(node, here, inRule) {
    if (inRule) { lost(node, "nesting", find("css", "selectors", "nesting"), here); }
    node.prelude.children.forEach(selector => {
      for (const [name, feature] of selectorFeatures(selector)) {
        if (!wishes.includes(css.generate(selector))) { lost(node, name, feature, here); }
      }
    });
    declarations(node.block.children.toArray().filter(part => part.type === "Declaration"), here);
    if (node.block.children.some(part => part.type === "Declaration" && part.property === "display" && /flex/.test(css.generate(part.value)))) {
      flexGap(node, here);
    }
    walk(node.block.children.filter(part => part.type !== "Declaration"), here, true);
  }

  function flexGap(node, here) {
    const gap = node.block.children.toArray().find(part => GAPS.has(part.property) && css.generate(part.value) !== "0");
    const all = node.prelude.children.toArray().map(selector => css.generate(selector));
    if (gap && !all.every(selector => spaced.has(selector))) {
      lost(gap, `${gap.property} in flex`, find("css", "properties", gap.property, "flex_context"), here);
    }
  }

  function declarations(all, here) {
    all.forEach((one, at) => {
      // A browser keeps the last declaration it can read: one before it that says the same property is the fallback.
      const isSecond = all.slice(0, at).some(other => other.property.replace("-webkit-", "") === one.property);
      // Of a property that is not there the keywords and functions are no further loss.
      if (!isSecond) { [...declared(one)].some(([name, feature]) => lost(one, name, feature, here)); }
    });
  }
}

/** What a declaration needs: its property, then keywords and functions of its value. */
function* declared({ property, value }) {
  if (property.startsWith("-")) {
    if (property.startsWith("--")) { yield* functions(value); }
    return;
  }
  yield [property, find("css", "properties", property)];
  yield* functions(value);
  const words = css.findAll(value, node => node.type === "Identifier").map(node => node.name);
  for (const word of words) {
    // A name of one's own is no keyword: font families, and what names a container.
    yield [`${property}: ${word}`, find("css", "properties", property, word)];
  }
  if (property === "text-decoration" && css.find(value, node => node.type === "Dimension")) {
    yield ["text-decoration with a thickness", find("css", "properties", "text-decoration", "includes_thickness")];
  }
}

function* functions(value) {
  for (const node of css.findAll(value, part => part.type === "Function")) {
    yield [`${node.name}()`, find("css", "types", "color", node.name) || find("css", "types", node.name)];
  }
}

/** What a selector needs: its pseudo-classes and elements. */
function* selectorFeatures(selector) {
  for (const node of css.findAll(selector, part => /^Pseudo|^NestingSelector/.test(part.type))) {
    if (node.type === "NestingSelector") { yield ["nesting", find("css", "selectors", "nesting")]; continue; }
    yield [`:${node.name}`, find("css", "selectors", node.name)];
    const list = node.children?.first;
    if (node.name === "not" && list?.type === "SelectorList" && list.children.size > 1) {
      yield [":not() of a list", find("css", "selectors", "not", "selector_list")];
    }
  }
}

/** What must be there for a block to count: properties and selectors of @supports, features of @media. */
function* conditions(node) {
  if (!node.prelude || /^\(?not\b/.test(css.generate(node.prelude))) { return; }
  for (const part of css.findAll(node.prelude, () => true)) {
    if (part.type === "FeatureRange") { yield ["range syntax", find("css", "at-rules", "media", "range_syntax")]; }
    if (node.name === "media" && part.type === "Feature") {
      const name = part.name.replace(/^(min|max)-/, "");
      yield [`(${name})`, find("css", "at-rules", "media", name)];
    }
    if (node.name === "supports" && part.type === "SupportsDeclaration") { yield* declared(part.declaration); }
    if (node.name === "supports" && part.type === "Selector") { yield* selectorFeatures(part); }
  }
}

/** The flex containers whose items get margins where browsers know no gap: of `A > *` it is A. */
function flexFallbacks(sheet) {
  const found = new Set();
  for (const block of css.findAll(sheet, node => node.type === "Atrule" && node.name === "supports" && css.generate(node.prelude) === WITHOUT_GAP)) {
    for (const selector of css.findAll(block, node => node.type === "Selector")) {
      found.add(css.generate(selector).replace(/>[^>]*$/, ""));
    }
  }
  return found;
}

module.exports = { cssFeatures };
