// The same page in another language: a reader goes on where they were.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { DISK } from "./support/site.js";

/** Goes to the other language. @param {import("playwright-core").Page} page */
async function cross(page) {
  await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector("nav.languages a")).click());
  await page.waitForURL(/\/zh\//);
  await page.waitForLoadState("load");
  await page.waitForTimeout(200);
}

/** The number of the heading that was passed last. @param {import("playwright-core").Page} page */
const passed = (page) =>
  page.locator("main").evaluate((main) => [...main.querySelectorAll("h2, h3")].filter((head) => head.getClientRects().length && head.getBoundingClientRect().top <= 101).length);

test("an anchor of the theme goes along, and the place within the section too", (t) =>
  inPage(t, { reducedMotion: "reduce" }, async (page) => {
    await page.goto(`${DISK}en/benchmarks/mmlu.html#ways`);
    await page.evaluate(() => window.scrollBy({ top: 300, behavior: "instant" }));
    const before = await passed(page);
    await cross(page);
    assert.equal(new URL(page.url()).hash, "#ways");
    assert.ok((await page.evaluate(() => scrollY)) > 300);
    assert.equal(await passed(page), before);
  }));

test("an article goes on at the same heading, whose anchor has another name", (t) =>
  inPage(t, { reducedMotion: "reduce" }, async (page) => {
    await page.goto(`${DISK}en/articles/evaluation/metrics.html#win-rate`);
    const before = await passed(page);
    assert.ok(before > 3);
    await cross(page);
    assert.equal(await passed(page), before);
    assert.equal(new URL(page.url()).hash, "");
  }));

test("a page from its top begins at its top, and a later visit does not jump", (t) =>
  inPage(t, { reducedMotion: "reduce" }, async (page) => {
    await page.goto(`${DISK}en/articles/evaluation/metrics.html`);
    await cross(page);
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.goto(`${DISK}en/articles/evaluation/metrics.html#win-rate`);
    await cross(page);
    await page.goto(`${DISK}zh/articles/evaluation/metrics.html?again`);
    await page.waitForTimeout(200);
    assert.equal(await page.evaluate(() => scrollY), 0);
  }));
