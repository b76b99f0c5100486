// Every kind of page against the rules of axe-core, in every look it can have.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { BOARDS, DISK, EXAMPLES } from "./support/site.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const OPTIONS = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
  preload: false,
};

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/**
 * The violations of the page as it looks now, a line for each element.
 *
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
async function violations(page) {
  const found = await page.evaluate(async (options) => (await globalThis.axe.run(options)).violations, OPTIONS);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`),
  );
}

const ENGLISH_BOARDS = BOARDS.filter((file) => file.startsWith("en/"));

for (const file of new Set([...EXAMPLES, ...ENGLISH_BOARDS])) {
  test(`${file} breaks no rule of accessibility, light or dark, wide or narrow`, (t) =>
    inPage(t, {}, async (page) => {
      await page.goto(DISK + file);
      await page.evaluate(AXE);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      /** @type {Record<string, string[]>} */
      const problems = {};
      for (const size of SIZES) {
        await page.setViewportSize(size);
        for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
          await page.emulateMedia({ colorScheme });
          for (const problem of await violations(page)) (problems[problem] ??= []).push(`${size.width} ${colorScheme}`);
        }
      }
      assert.deepEqual(problems, {});
    }));
}
