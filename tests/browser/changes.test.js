// What moved and why: the page of the site, that of a board, and the board of a past date.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./support/axe.js";
import { inPage } from "./support/browser.js";
import { follow } from "./support/links.js";
import { DISK, LANGUAGES } from "./support/site.js";

const BOARD = "boards/lm-eval-base-models";
const PATH = ["index.html", "changes.html", `${BOARD}~changes.html`, `${BOARD}@2025-03-06.html`, `${BOARD}.html`];

for (const [language, tag] of Object.entries(LANGUAGES)) {
  test(`without scripts, links lead from the home page to a past date and back to today, ${language}`, (t) =>
    inPage(t, { javaScriptEnabled: false }, async (page) => {
      await page.goto(`${DISK}${language}/${PATH[0]}`);
      for (const step of PATH.slice(1)) {
        await follow(page, `${DISK}${language}/${step}`);
        assert.equal(await page.locator("html").getAttribute("lang"), tag);
      }
      await follow(page, `${DISK}${language}/${BOARD}~changes.html`);
    }));
}

for (const file of PATH.slice(1, 4)) {
  test(`${file} breaks no rule of accessibility and has its like in the other language`, (t) =>
    inPage(t, {}, async (page) => {
      await page.goto(`${DISK}en/${file}`);
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page), []);
      }
      await page.setViewportSize({ width: 390, height: 844 });
      assert.deepEqual(await violations(page), []);
      const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      assert.equal(await page.evaluate(overflow), 0);
      await follow(page, `${DISK}zh/${file}`);
    }));
}

test("a past date shows the places of then and keeps search engines to the board of today", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(`${DISK}en/${BOARD}@2025-03-06.html`);
    const first = page.locator("table.board tbody tr").first();
    assert.equal(await first.locator("th").locator("a").innerText(), "Llama 3.1 8B");
    assert.equal(await page.locator("table.board tbody tr").count(), 3);
    assert.equal(await page.locator('meta[name="robots"]').getAttribute("content"), "noindex");
  }));
