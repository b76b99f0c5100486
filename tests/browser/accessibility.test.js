// Every kind of page against the rules of axe-core, in every look it can have.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./support/axe.js";
import { inPage } from "./support/browser.js";
import { BOARDS, DISK, EXAMPLES } from "./support/site.js";

const LOOKS = [1280, 390].flatMap((width) => /** @type {const} */ (["light", "dark"]).map((colorScheme) => ({ width, colorScheme })));

/** A page of every kind in all looks; the other boards in one look each, in turn. @type {[string, typeof LOOKS][]} */
const PAGES = [
  ...EXAMPLES.map((file) => /** @type {[string, typeof LOOKS]} */ ([file, LOOKS])),
  ...BOARDS.filter((file) => file.startsWith("en/") && !EXAMPLES.includes(file)).map((file, at) => /** @type {[string, typeof LOOKS]} */ ([file, [LOOKS[at % LOOKS.length]]])),
];

for (const [file, looks] of PAGES) {
  test(`${file} breaks no rule of accessibility`, (t) =>
    inPage(t, {}, async (page) => {
      await page.goto(DISK + file);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      /** @type {Record<string, string[]>} */
      const problems = {};
      for (const { width, colorScheme } of looks) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        for (const problem of await violations(page)) (problems[problem] ??= []).push(`${width} ${colorScheme}`);
      }
      assert.deepEqual(problems, {});
    }));
}
