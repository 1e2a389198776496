"use strict";
// node drive.js < {"version": 80 | 109, "tabs": [{"address", "width", "height", "steps": [{"run" | "shot" | "click": …}]}]}
// opens every tab in that Chromium; prints as JSON, for each tab, what its "run" steps gave and what the page complained of.
const fs = require("node:fs");
const path = require("node:path");
const zlib = require("node:zlib");
const { execFileSync } = require("node:child_process");
const puppeteer = require("puppeteer-core");

const PACKAGES = { 80: "chrome-aws-lambda", 109: "@sparticuz/chromium" };

/** The path of the program, which its package carries compressed. */
function unpacked(version) {
  const packed = path.join(__dirname, "node_modules", PACKAGES[version], "bin");
  const program = path.join(packed, "chromium");
  if (!fs.existsSync(program)) {
    const libraries = path.join(packed, "libraries.tar");
    fs.writeFileSync(libraries, zlib.brotliDecompressSync(fs.readFileSync(path.join(packed, "swiftshader.tar.br"))));
    execFileSync("tar", ["-xf", libraries, "-C", packed]);
    // Whole or not at all, as several tests may begin together.
    const own = `${program}.${process.pid}`;
    fs.writeFileSync(own, zlib.brotliDecompressSync(fs.readFileSync(path.join(packed, "chromium.br"))), { mode: 0o755 });
    fs.renameSync(own, program);
  }
  return program;
}

async function shown(browser, { address, width, height, steps }) {
  const tab = await browser.newPage();
  const complaints = [];
  tab.on("pageerror", error => { complaints.push(error.message); });
  tab.on("console", message => { if (message.type() === "error") { complaints.push(message.text()); } });
  await tab.setViewport({ width, height });
  await tab.goto(address);
  const given = [];
  for (const step of steps) {
    if (step.run) { given.push(await tab.evaluate(`(${step.run})()`)); }
    if (step.click) { await tab.click(step.click); }
    if (step.shot) { await tab.screenshot({ path: step.shot, ...(step.clip ? { clip: step.clip } : {}) }); }
  }
  await tab.close();
  return { given, complaints };
}

async function main() {
  const { version, tabs } = JSON.parse(fs.readFileSync(0, "utf8"));
  const args = ["--no-sandbox", "--disable-gpu", "--single-process", "--no-zygote", "--hide-scrollbars"];
  const browser = await puppeteer.launch({ executablePath: unpacked(version), args, headless: true });
  const answers = [];
  for (const tab of tabs) { answers.push(await shown(browser, tab)); }
  const name = await browser.version();
  await browser.close();
  process.stdout.write(JSON.stringify({ name, answers }));
}

main().catch(error => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
