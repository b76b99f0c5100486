// Nothing moves when the script puts its comfort onto a page that is there already.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { DISK } from "./support/site.js";

const PAGES = ["orgs/index.html", "datasets.html", "models/index.html", "boards/mteb-eng-v2.html", "boards/llmfao-crowd.html", "articles/benchmarks/three-mmlus.html"];

/** Runs in the browser: the heads of the first table and where they lie. */
const headsOf = () =>
  [...(document.querySelector("main table:not(.short) thead")?.querySelectorAll("th") ?? [])].map((head) => {
    const { left, top, width, height } = head.getBoundingClientRect();
    return [left, top, width, height].map(Math.round);
  });

for (const [name, options] of /** @type {const} */ ([
  ["a phone", { viewport: { width: 412, height: 823 }, isMobile: true, hasTouch: true }],
  ["a desk", { viewport: { width: 1350, height: 900 } }],
])) {
  test(`tables stay where they are on ${name}`, (t) =>
    inPage(t, options, async (page) => {
      for (const file of PAGES) {
        let release = () => {};
        await page.route(/assets\/script/, async (route) => {
          await new Promise((resolve) => (release = () => resolve(undefined)));
          await route.continue();
        });
        await page.goto(`${DISK}zh/${file}`, { waitUntil: "commit" });
        await page.locator("footer.bottom").waitFor();
        const before = await page.evaluate(headsOf);
        release();
        await page.locator("header .theme").waitFor();
        await page.waitForTimeout(300);
        const after = await page.evaluate(headsOf);
        assert.ok(before.length > 0, file);
        const moved = before.filter((box, at) => box.some((side, part) => Math.abs(side - after[at][part]) > 1));
        assert.deepEqual(moved, [], `${file}: ${JSON.stringify(after)}`);
        await page.unroute(/assets\/script/);
      }
    }));
}
