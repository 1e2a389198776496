"use strict";
// What browsers can do since when, by the data of MDN; and a floor: the oldest version of each browser.
const data = require("@mdn/browser-compat-data");

/** Orders versions such as "80" and "15.4"; "≤37" counts as 37. */
function compare(one, other) {
  const [a, b] = [one, other].map(text => text.replace("≤", "").split(".").map(Number));
  return a[0] - b[0] || (a[1] || 0) - (b[1] || 0);
}

/** The version a browser has a feature from, under its own name and without a switch, in part or whole; null for never. */
function since(feature, browser) {
  const stated = [feature.__compat.support[browser]].flat().filter(one =>
    one?.version_added && one.version_added !== "preview" && !one.prefix && !one.alternative_name && !one.flags);
  // The newest comes first; older ones, of a part, end where the next begins.
  if (!stated.length || stated[0].version_removed) { return null; }
  const versions = stated.map(one => one.version_added === true ? "1" : one.version_added);
  return versions.sort(compare)[0] || null;
}

/** The browsers, with their oldest versions, that lack a feature. */
function lacking(feature, floor) {
  return Object.entries(floor).filter(([browser, oldest]) => {
    const from = since(feature, browser);
    return !from || compare(from, oldest) > 0;
  }).map(([browser, oldest]) => `${browser} ${oldest}`);
}

/** The floor among the browsers that have a feature: what is written under its condition. */
function raised(floor, feature) {
  const entries = Object.entries(floor).map(([browser, oldest]) => [browser, oldest, since(feature, browser)]);
  return Object.fromEntries(entries.filter(([, , from]) => from).map(([browser, oldest, from]) =>
    [browser, compare(from, oldest) > 0 ? from : oldest]));
}

/** A feature by its path in the data; undefined where the data has none. */
function find(...path) {
  const found = path.reduce((place, key) => place && Object.hasOwn(place, key) ? place[key] : undefined, data);
  return found?.__compat ? found : undefined;
}

module.exports = { data, find, lacking, raised };
