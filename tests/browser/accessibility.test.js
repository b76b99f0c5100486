// Every kind of page against the rules of axe-core, in every look it can have.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./support/axe.js";
import { inPage } from "./support/browser.js";
import { BOARDS, DISK, EXAMPLES } from "./support/site.js";

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

const ENGLISH_BOARDS = BOARDS.filter((file) => file.startsWith("en/"));

for (const file of new Set([...EXAMPLES, ...ENGLISH_BOARDS])) {
  test(`${file} breaks no rule of accessibility, light or dark, wide or narrow`, (t) =>
    inPage(t, {}, async (page) => {
      await page.goto(DISK + file);
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
