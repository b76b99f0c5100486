// Measures the search in Chromium on a built site of ten thousand documents a language, from the disk.
//
//     python3 benches/generate.py tianti SITE --articles 18960 --boards 10 --rows 500 --columns 10
//     tianti --root SITE build
//     node benches/browser/search.mjs SITE/site
//
// That is 9,480 articles of 4.7 KB, 500 models, 10 benchmarks and 10 boards. Times are from the key that completes the
// query to the list being laid out: CPU of the page's thread, which a busy machine does not lengthen, and wall-clock. Needs `npm ci` in tests/browser, and Chromium (or CHROMIUM=path).

import path from "node:path";
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
    "nothing": "鲸鱼罐头",
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
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable", { timeDomain: "threadTicks" });
/** Milliseconds that the page's thread has computed. */
const computed = async () => {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
};
const middle = (/** @type {number[]} */ times) => times[Math.floor(times.length / 2)].toFixed(1);
const high = (/** @type {number[]} */ times) => times[Math.ceil(times.length * 0.95) - 1].toFixed(1);

for (const [language, queries] of Object.entries(QUERIES)) {
  await page.goto(pathToFileURL(path.join(path.resolve(site), language, "index.html")).href);
  const before = await computed();
  await page.keyboard.press("/");
  await page.waitForFunction((key) => self.tianti?.[key], `search/${language}`);
  await page.waitForFunction(
    (key) => self.tianti[`${key}-${self.tianti[key].blocks - 1}`] !== undefined,
    `search/${language}`,
  );
  await page.waitForTimeout(500);
  console.log(`\n${language}: names and texts read in ${(await computed() - before).toFixed(0)} ms of CPU\n`);
  console.log("| query | results | CPU, ms | 95th of 100 | wall, ms | 95th of 100 |\n|---|---:|---:|---:|---:|---:|");
  for (const [what, query] of Object.entries(queries)) {
    const [cpu, wall] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.evaluate(type, "");
      const start = await computed();
      wall.push(await page.evaluate(type, query));
      cpu.push((await computed()) - start);
    }
    for (const times of [cpu, wall]) times.sort((a, b) => a - b);
    const counts = await page.locator(".search-kind .count").allTextContents();
    const results = counts.reduce((sum, count) => sum + Number(count), 0);
    const times = [middle(cpu), high(cpu), middle(wall), high(wall)];
    console.log(`| ${language}, ${what}: \`${query}\` | ${results} | ${times.join(" | ")} |`);
  }
}
await browser.close();

/** Types a query, and waits for the list to be laid out. @param {string} text */
function type(text) {
  const field = /** @type {HTMLInputElement} */ (document.querySelector(".search input"));
  const start = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input"));
  void document.querySelector(".search-results")?.scrollHeight;
  return performance.now() - start;
}
