// What a phone shows and how it is hit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { BOARDS, DISK, EXAMPLES } from "./support/site.js";

/** WCAG 2.2, 2.5.8. */
const TARGET = 24;

for (const width of [390, 360]) {
  test(`the whole navigation is in sight on ${width} px`, (t) =>
    inPage(t, { viewport: { width, height: 800 } }, async (page) => {
      for (const language of ["zh", "en"]) {
        await page.goto(`${DISK}${language}/index.html`);
        const links = await page.locator("nav.main a").evaluateAll((links) => links.map((link) => link.getBoundingClientRect().toJSON()));
        assert.equal(links.length, 6);
        assert.equal(new Set(links.map((box) => box.top)).size, 1, "in one line");
        for (const box of links) assert.ok(box.left >= 0 && box.right <= width && box.height >= 44, JSON.stringify(box));
      }
    }));
}

test("what a finger is meant to hit is high enough", (t) =>
  inPage(t, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (page) => {
    /** @type {string[]} */
    const small = [];
    for (const file of EXAMPLES) {
      await page.goto(DISK + file);
      const found = await page.evaluate((target) => {
        const all = [...document.querySelectorAll("a, button, summary, select, input:not([disabled])")];
        // Links within a sentence are excepted, by the criterion and by what can be done.
        const free = all.filter((element) => !element.closest("p:not(.meta), blockquote, .text li, .prose li, sup, .legend, svg"));
        return free.flatMap((element) => {
          const { width, height } = element.getBoundingClientRect();
          return width > 0 && height > 0 && height < target - 0.5 ? [`${element.textContent?.trim().slice(0, 30)} ${height}`] : [];
        });
      }, TARGET);
      small.push(...found.map((what) => `${file}: ${what}`));
    }
    assert.deepEqual(small, []);
  }));

test("a chart fits a phone, with its best model in sight", (t) =>
  inPage(t, { viewport: { width: 390, height: 844 } }, async (page) => {
    for (const board of BOARDS) {
      await page.goto(DISK + board);
      const figures = page.locator("figure.chart").filter({ has: page.locator("svg.narrow") });
      assert.ok((await figures.count()) > 0, board);
      for (const figure of await figures.all()) {
        const [whole, shown] = await figure.locator(".scroll").first().evaluate((region) => [region.scrollWidth, region.clientWidth]);
        assert.ok(whole <= shown, `${board}: ${whole} of ${shown}`);
        assert.equal(await figure.locator("svg:visible").count(), 1, "one drawing at a time");
      }
    }
  }));
