// The table of a board: what stays in view, what can be read, and what is left on a phone and on paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { contrast } from "./support/colour.js";
import { BOARDS, DISK } from "./support/site.js";

/** Many columns in groups. */
const WIDE = "en/boards/mteb-eng-v2.html";
/** Ties, and rows that are alone in their place. */
const TIED = "en/boards/open-llm-v1.html";
/** A gap with a record that was measured otherwise. */
const STAND_IN = "en/boards/lm-eval-base-models.html";
/** More rows than a window holds. */
const LONG = "en/boards/llmfao-crowd.html";
const PHONE = { width: 390, height: 844 };

/** The contrast that WCAG AA asks of small text. */
const READABLE = 4.5;

/** Where an element lies. @param {import("playwright-core").Locator} locator */
async function boxOf(locator) {
  const box = await locator.first().boundingBox();
  assert.ok(box, "the element has a box");
  return box;
}

/** Scrolls the table's region. @param {import("playwright-core").Page} page @param {{ left?: number, top?: number }} to */
const scroll = (page, to) => page.locator("#table .scroll").first().evaluate((region, to) => region.scrollTo(to), to);

/** @param {number} a @param {number} b @param {string} what */
const assertNear = (a, b, what) => assert.ok(Math.abs(a - b) < 1.5, `${what}: ${a} and ${b}`);

test("place and model stay at the side of a wide table, and the scores go below them", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(DISK + WIDE);
    const region = await boxOf(page.locator("#table .scroll"));
    const place = page.locator(".board tbody .place");
    const before = await boxOf(page.locator(".board tbody .h0, .board tbody [class^=h]"));
    await scroll(page, { left: 600 });
    const after = await boxOf(page.locator(".board tbody .h0, .board tbody [class^=h]"));
    assertNear(before.x - after.x, 600, "the scores scroll");
    assertNear((await boxOf(place)).x, region.x, "the place stays");
    const { x, width } = await boxOf(place);
    assertNear((await boxOf(page.locator(".board tbody .model"))).x, x + width, "the model stays beside it");
  }));

test("the head stays above a long table", (t) =>
  inPage(t, { viewport: { width: 1280, height: 600 } }, async (page) => {
    await page.goto(DISK + LONG);
    await scroll(page, { top: 700 });
    const region = await boxOf(page.locator("#table .scroll"));
    assert.ok(region.height <= 600, "the table fits the window");
    assertNear((await boxOf(page.locator(".board thead th"))).y, region.y + 1, "the head stays");
  }));

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`every score can be read on its ground, ${colorScheme}`, (t) =>
    inPage(t, { colorScheme }, async (page) => {
      let grounds = 0;
      for (const board of BOARDS) {
        await page.goto(DISK + board);
        const pairs = await page.locator(".board td").evaluateAll((cells) => [
          ...new Set(
            cells.map((cell) => {
              const ink = getComputedStyle(cell.querySelector("a") ?? cell).color;
              const { backgroundColor, backgroundImage } = getComputedStyle(cell);
              return JSON.stringify([ink, backgroundColor, /(?:rgba?|color)\([^)]*\)/.exec(backgroundImage)?.[0]]);
            }),
          ),
        ]);
        for (const pair of pairs) {
          const [ink, paper, veil] = JSON.parse(pair);
          grounds += Number(Boolean(veil));
          const found = contrast(ink, paper, veil ?? undefined);
          assert.ok(found >= READABLE, `${board}: ${ink} on ${veil} on ${paper} has ${found.toFixed(2)}`);
        }
      }
      assert.ok(grounds > 20, "there are tinted cells");
    }));
}

test("rows that share a place have a bracket, as long as the table is in the order of places", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(DISK + TIED);
    const brackets = () =>
      page.locator(".board tbody tr").evaluateAll((rows) =>
        rows.map((row) => {
          const { content, borderLeftWidth } = getComputedStyle(row.querySelector(".place") ?? row, "::before");
          return content === "none" ? "" : borderLeftWidth;
        }),
      );
    const shared = await page
      .locator(".board tbody .place")
      .evaluateAll((places) => places.map((place) => (place.textContent?.includes("=") ? "3px" : "")));
    assert.ok(shared.includes("3px") && shared.includes(""), "some rows share a place, some do not");
    assert.deepEqual(await brackets(), shared);
    await page.locator(".board thead th.model .sort").click();
    assert.deepEqual(new Set(await brackets()), new Set([""]));
  }));

test("a record that was measured otherwise is hatched, marked and in the legend", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(DISK + STAND_IN);
    const cell = page.locator(".board .stand-in").first();
    assert.match(await cell.evaluate((cell) => getComputedStyle(cell).backgroundImage), /repeating-linear-gradient/);
    const [, mark, words] = /^\d+(?:\.\d+)?(†) (.+)$/.exec((await cell.textContent())?.trim() ?? "") ?? [];
    const legend = await page.locator(".legend li", { hasText: mark }).innerText();
    assert.ok(words && legend.includes(words), `"${legend}" says what the cell says`);
  }));

test("rows are as high as the density asks", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(DISK + TIED);
    for (const [density, height] of [["compact", 28], ["normal", 36], ["roomy", 44]]) {
      await page.evaluate((density) => (document.documentElement.dataset.density = String(density)), density);
      assertNear((await boxOf(page.locator(".board tbody tr"))).height, Number(height), String(density));
    }
  }));

test("on a phone only the model stays, narrow, in rows that a finger can hit, and the page does not scroll sideways", (t) =>
  inPage(t, { viewport: PHONE }, async (page) => {
    for (const board of [WIDE, TIED, STAND_IN, LONG]) {
      await page.goto(DISK + board);
      await scroll(page, { left: 300 });
      const region = await boxOf(page.locator("#table .scroll"));
      const model = await boxOf(page.locator(".board tbody .model"));
      assertNear(model.x, region.x, `${board}: the model stays`);
      assert.ok(model.width >= 132 && model.width <= 151, `${board}: the model is ${model.width} px wide`);
      assert.ok((await boxOf(page.locator(".board tbody .place"))).x < region.x, `${board}: the place goes`);
      const heights = await page.locator(".board tbody tr").evaluateAll((rows) => rows.map((row) => row.clientHeight));
      assert.ok(Math.min(...heights) >= 44, `${board}: a row is ${Math.min(...heights)} px high`);
      assert.equal(await page.evaluate(() => document.scrollingElement?.scrollWidth), PHONE.width, board);
    }
  }));

test("on paper nothing is sticky or tinted, and signs are explained", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(DISK + STAND_IN);
    await page.emulateMedia({ media: "print" });
    const style = (selector, property) =>
      page.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], property);
    assert.equal(await style(".board thead", "position"), "static");
    assert.equal(await style(".board thead", "display"), "table-header-group");
    assert.equal(await style(".board tbody .model", "position"), "static");
    assert.equal(await style(".board .best", "backgroundImage"), "none");
    assert.equal(await style("#table .scroll", "overflow"), "visible");
    assert.equal(await page.locator(".legend .swatch").first().isVisible(), false);
    assert.ok(await page.locator(".legend li", { hasText: "†" }).isVisible());
  }));
