// What pages look like: narrow, in the dark, and the charts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { contrast } from "./support/colour.js";
import { BOARDS, DISK, EXAMPLES, KINDS, PAGES } from "./support/site.js";

const ARTICLES = PAGES.filter((file) => /^\w+\/articles\//.test(file));

/** The contrast that WCAG AA asks of small text. */
const READABLE = 4.5;

test("no page scrolls sideways on a phone", (t) =>
  inPage(t, { viewport: { width: 390, height: 844 } }, async (page) => {
    const wide = [];
    for (const file of new Set([...EXAMPLES, ...BOARDS, ...ARTICLES])) {
      await page.goto(DISK + file);
      const width = await page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0);
      if (width > 390) wide.push(`${file} is ${width} px wide`);
    }
    assert.deepEqual(wide, []);
  }));

for (const board of BOARDS) {
  test(`the charts of ${board} are visible and named, and their texts stay inside and apart`, (t) =>
    inPage(t, {}, async (page) => {
      await page.goto(DISK + board);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      const charts = page.locator("figure.chart svg:visible");
      const count = await charts.count();
      assert.ok(count > 0, "the board has a chart");
      const named = charts.and(page.getByRole("group", { name: /\S/ }));
      assert.equal(await named.count(), count, "every chart has a name");
      for (const chart of await charts.all()) {
        assert.ok(await chart.isVisible());
        assert.deepEqual(await chart.evaluate(misplacedTexts), []);
      }
    }));
}

/** Runs in the browser: the texts of a chart that leave it or cover each other. @param {SVGElement} chart */
function misplacedTexts(chart) {
  const frame = chart.getBoundingClientRect();
  const texts = [...chart.querySelectorAll("text")].map((element) => ({
    text: element.textContent?.trim(),
    box: element.getBoundingClientRect(),
  }));
  if (texts.length === 0) return ["no texts"];
  const slack = 0.5;
  const outside = texts.filter(
    ({ box }) =>
      box.left < frame.left - slack ||
      box.right > frame.right + slack ||
      box.top < frame.top - slack ||
      box.bottom > frame.bottom + slack,
  );
  const covered = texts.filter(({ box: a }, index) =>
    texts
      .slice(0, index)
      .some(({ box: b }) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom),
  );
  return [...outside.map(({ text }) => `outside: ${text}`), ...covered.map(({ text }) => `covers another: ${text}`)];
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`the texts of charts and tinted cells can be read, ${colorScheme}`, (t) =>
    inPage(t, { colorScheme }, async (page) => {
      await page.goto(`${DISK}en/${KINDS.board}`);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const inks = await page.locator("figure.chart svg text").evaluateAll((texts) => texts.map((text) => getComputedStyle(text).fill));
      const cells = await page.locator("td[class^=h]").evaluateAll((cells) =>
        cells.map((cell) => ({
          ink: getComputedStyle(cell.querySelector("a") ?? cell).color,
          heat: /(?:rgba?|color)\([^)]*\)/.exec(getComputedStyle(cell).backgroundImage)?.[0] ?? "",
        })),
      );
      assert.ok(inks.length > 0 && cells.length > 0);
      for (const ink of inks) assert.ok(contrast(ink, paper) >= READABLE, `${ink} on ${paper}`);
      for (const { ink, heat } of cells) assert.ok(contrast(ink, paper, heat) >= READABLE, `${ink} on ${heat} on ${paper}`);
    }));
}

test("the marks of charts have other colours in the dark", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(`${DISK}en/${KINDS.board}`);
    const colours = async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      return page.locator("figure.chart svg :is(text, circle, path):not(.hit)").evaluateAll((marks) =>
        marks.map((mark) => `${mark.localName} ${getComputedStyle(mark).fill} ${getComputedStyle(mark).stroke}`),
      );
    };
    const light = new Set(await colours("light"));
    const dark = await colours("dark");
    assert.ok(light.size > 0);
    assert.deepEqual(dark.filter((colour) => light.has(colour)), []);
  }));

test("the choice of theme changes the colours and holds on the next page", (t) =>
  inPage(t, { colorScheme: "light" }, async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.goto(`${DISK}en/${KINDS.home}`);
    const light = await paper();
    const button = page.locator("button.theme");
    while ((await page.locator("html").getAttribute("data-theme")) !== "dark") await button.click();
    const dark = await paper();
    assert.notEqual(dark, light);
    await page.goto(`${DISK}en/${KINDS.about}`);
    assert.equal(await paper(), dark);
  }));
