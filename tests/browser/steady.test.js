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

for (const address of ["compare.html?board=open-llm-v2&models=meta-llama/llama-3.3-70b-instruct,google/gemma-2-27b-it", "boards/open-llm-v2.html?only=bbh", "boards/open-llm-v2.html?q=qwen"]) {
  test(`what ${address.split("=")[0]} asks for pushes nothing away`, (t) =>
    inPage(t, { viewport: { width: 1440, height: 900 } }, async (page) => {
      await page.addInitScript(() => {
        globalThis.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) globalThis.moved += /** @type {any} */ (entry).value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(`${DISK}en/${address}`);
      await page.locator("html:not(.asked)").waitFor();
      await page.waitForTimeout(300);
      assert.ok((await page.evaluate(() => globalThis.moved)) < 0.02, String(await page.evaluate(() => globalThis.moved)));
      assert.ok(await page.locator("main section").last().isVisible());
    }));
}

test("what waits for a script that does not come is shown all the same", (t) =>
  inPage(t, {}, async (page) => {
    await page.route(/assets\/script/, (route) => route.fulfill({ body: "", contentType: "text/javascript" }));
    await page.goto(`${DISK}en/boards/open-llm-v2.html?only=bbh`);
    await page.waitForTimeout(4500);
    assert.equal(await page.locator("table.board").first().evaluate((table) => getComputedStyle(table).visibility), "visible");
  }));
