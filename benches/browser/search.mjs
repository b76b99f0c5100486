// Measures the search in Chromium on a built site of ten thousand documents a language, from the disk.
//
//     python3 benches/generate.py tianti /tmp/documents --articles 18960 --boards 10 --rows 500 --columns 10
//     tianti --root /tmp/documents build
//     node benches/browser/search.mjs /tmp/documents/site
//
// That is 9,480 articles of 4.7 KB, 500 models, 10 benchmarks and 10 boards. A time is from the key that completes the
// query to the list being laid out. Needs `npm ci` in tests/browser, and Chromium (or CHROMIUM=path).

import path from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createRequire } from "node:module";

const require = createRequire(fileURLToPath(new URL("../../tests/browser/package.json", import.meta.url)));
const { chromium } = require("playwright-core");

const QUERIES = {
  en: {
    "a model": "indigo 2 1.5b",
    "its name with other marks": "indigo_2-1.5B",
    "start of a name": "ind",
    "one letter": "e",
    "words of a text": "prompt line break",
    "a stem": "comparing",
    "a rare word": "temperatures",
    "two words misspelt": "tempereture harnes",
    "a misspelt model": "indgo chat",
    "nothing": "xylophone",
  },
  zh: {
    "one character": "模",
    "a word": "误差",
    "any run of characters": "的模型往往在误差",
    "two words": "提示词 污染",
    "run that stands nowhere": "模型误差",
    "Latin in Chinese": "planbench",
    "misspelt Latin": "indgo",
    "nothing": "鲸鱼",
  },
};
const ROUNDS = 30;

const site = process.argv[2];
if (!site) throw new Error("usage: node benches/browser/search.mjs SITE");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
console.log("| query | results | median, ms | 95th of 100, ms |\n|---|---:|---:|---:|");
for (const [language, queries] of Object.entries(QUERIES)) {
  await page.goto(pathToFileURL(path.join(path.resolve(site), language, "index.html")).href);
  const start = performance.now();
  await page.keyboard.press("/");
  await page.waitForFunction((key) => Object.keys(self.tianti?.[key]?.kinds ?? []).length, `search/${language}`);
  const named = performance.now() - start;
  await page.waitForFunction(
    (key) => self.tianti[`${key}-${self.tianti[key].blocks - 1}`] !== undefined,
    `search/${language}`,
  );
  const read = performance.now() - start;
  for (const [what, query] of Object.entries(queries)) {
    const { times, results } = await page.evaluate(timed, { query, rounds: ROUNDS });
    times.sort((a, b) => a - b);
    const [median, high] = [times[Math.floor(ROUNDS / 2)], times[Math.ceil(ROUNDS * 0.95) - 1]];
    console.log(`| ${language}, ${what}: \`${query}\` | ${results} | ${median.toFixed(1)} | ${high.toFixed(1)} |`);
  }
  console.log(`\n${language}: names after ${named.toFixed(0)} ms, all texts after ${read.toFixed(0)} ms\n`);
}
await browser.close();

/** Types the query and nothing in turn, in the page. */
function timed({ query, rounds }) {
  const field = document.querySelector(".search input");
  const list = document.querySelector(".search-results");
  const type = (text) => {
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input"));
    void list.offsetHeight;
    return performance.now() - start;
  };
  const times = Array.from({ length: rounds }, () => (type(""), type(query)));
  const counts = [...list.querySelectorAll(".search-kind .count")].map((count) => Number(count.textContent));
  return { times, results: counts.reduce((sum, count) => sum + count, 0) };
}
