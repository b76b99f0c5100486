// Charts: what a mark says by pointer and by keys, the same model in other charts, and the files to take away.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { violations } from "./support/axe.js";
import { inPage } from "./support/browser.js";
import { DISK, SITE } from "./support/site.js";

const BOARD = "boards/open-llm-v1.html";
const CHANGES = "boards/lm-eval-base-models~changes.html";

/** @param {import("playwright-core").Page} page @param {string} file */
async function open(page, file) {
  await page.goto(DISK + file);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

/** @param {import("playwright-core").Page} page @param {string} figure @param {string} kind */
async function saved(page, figure, kind) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(`#${figure} .save button`, { hasText: kind }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("every chart has a name, a description, and a table with a row for each mark", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `en/${BOARD}`);
    const charts = await page.locator("figure.chart").evaluateAll((figures) =>
      figures.map((figure) => ({
        id: figure.id,
        name: figure.querySelector("title")?.textContent,
        description: figure.querySelector("desc")?.textContent,
        marks: figure.querySelectorAll("svg:not(.narrow) [data-row]").length,
        rows: figure.querySelectorAll("tbody tr").length,
      })),
    );
    const ids = ["chart-1", "chart-size", "chart-released", "chart-verdicts", "chart-stability"];
    assert.deepEqual(charts.map((chart) => chart.id), ids);
    for (const { id, name, description, marks, rows } of charts) {
      assert.ok(name && description, id);
      assert.ok(marks > 1 && marks === rows, `${id}: ${marks} marks, ${rows} rows`);
    }
  }));

test("a mark under the pointer says its row and lights up in every chart; Escape ends it", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `en/${BOARD}`);
    const about = page.locator(".about-row");
    const row = await page.locator("#chart-size tbody tr").first().locator("th, td").allInnerTexts();
    await page.locator("#chart-size svg:not(.narrow) [data-row='0'] circle:not(.hit)").hover();
    const text = await about.innerText();
    for (const part of [row[0], row[1], row[2]]) assert.ok(text.includes(part), `${part} in ${text}`);
    const lit = await page.locator("figure.chart").evaluateAll((figures) =>
      figures.map((figure) => figure.querySelectorAll("svg:not(.narrow) .same").length),
    );
    assert.deepEqual(lit, [1, 1, 1, 1, 1]);
    await page.keyboard.press("Escape");
    assert.ok(await about.isHidden());
    assert.equal(await page.locator(".same").count(), 0);
  }));

test("keys walk the marks of a chart, of which one is a stop", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `en/${BOARD}`);
    const marks = page.locator("#chart-1 svg:not(.narrow) [data-row]");
    assert.equal(await page.locator("#chart-1 svg:not(.narrow) [data-row][tabindex='0']").count(), 1);
    await marks.first().focus();
    const first = await page.locator(".about-row b").innerText();
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await page.locator(".about-row b").innerText(), first);
    await page.keyboard.press("End");
    assert.equal(await marks.last().evaluate((mark) => mark === document.activeElement), true);
    assert.equal(await page.locator("#chart-1 svg:not(.narrow) [data-row][tabindex='0']").count(), 1);
    assert.match((await marks.last().getAttribute("aria-label")) ?? "", /\d+\.\d+/);
    await page.keyboard.press("Escape");
    assert.ok(await page.locator(".about-row").isHidden());
  }));

test("a saved SVG stands alone: its own colours and ground, and nothing for the page", (t) =>
  inPage(t, { colorScheme: "dark" }, async (page) => {
    await open(page, `zh/${BOARD}`);
    const { name, bytes } = await saved(page, "chart-size", "SVG");
    assert.equal(name, "open-llm-v1-chart-size.svg");
    const text = bytes.toString("utf8");
    assert.ok(text.includes("参数量") && text.includes("Mistral-7B-Instruct-v0.2"), "its words are text");
    assert.ok(/font-family="[^"]*sans-serif/.test(text), "it names its fonts");
    assert.ok(!/var\(|class=|data-row|currentcolor|transparent/i.test(text), "it needs no style sheet");
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.ok(text.includes(`fill="${paper}"`), "it has the ground of the page");
    const broken = await page.evaluate((svg) => {
      const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
      return parsed.querySelector("parsererror")?.textContent ?? null;
    }, text);
    assert.equal(broken, null);
  }));

test("a saved PNG of a Chinese chart has twice the size and shows its glyphs", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `zh/${BOARD}`);
    const { name, bytes } = await saved(page, "chart-stability", "PNG");
    assert.equal(name, "open-llm-v1-chart-stability.png");
    const { width, height, dark, missing } = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
      const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
      pen.drawImage(image, 0, 0);
      const { data } = pen.getImageData(0, 0, image.width, image.height);
      let dark = 0;
      for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] < 380) dark++;
      // A glyph that no font has is the same box for every character.
      const pixels = (/** @type {string} */ text) => {
        const own = Object.assign(document.createElement("canvas"), { width: 30, height: 30 });
        const brush = /** @type {CanvasRenderingContext2D} */ (own.getContext("2d"));
        brush.font = `24px ${getComputedStyle(/** @type {Element} */ (document.querySelector(".chart text"))).fontFamily}`;
        brush.fillText(text, 0, 24);
        return own.toDataURL();
      };
      return { width: image.width, height: image.height, dark, missing: pixels("名") === pixels("榜") };
    }, bytes.toString("base64"));
    const box = await page.locator("#chart-stability svg").evaluate((svg) => /** @type {SVGSVGElement} */ (svg).viewBox.baseVal.width);
    assert.equal(width, 2 * (box + 32));
    assert.ok(height > 400 && dark > 3000, `${width} × ${height} with ${dark} dark pixels`);
    assert.equal(missing, false);
  }));

test("saved data are the table, as CSV that a spreadsheet takes for UTF-8", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `zh/${BOARD}`);
    const { bytes } = await saved(page, "chart-1", "CSV");
    const lines = bytes.toString("utf8").split("\r\n");
    assert.equal(lines[0], "\ufeff模型,平均分,95%区间");
    assert.equal(lines.length, 2 + (await page.locator("#chart-1 tbody tr").count()));
    assert.match(lines[1], /^Mistral-7B-Instruct-v0\.2,65\.\d+,\d+\.\d+–\d+\.\d+$/);
  }));

test("without a script every chart is there with its data, and nothing to press", (t) =>
  inPage(t, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${DISK}en/${BOARD}`);
    assert.equal(await page.locator("figure.chart svg[role='img'] title").count(), 5);
    assert.equal(await page.locator(".save, .about-row").count(), 0);
    await page.locator("#chart-1 .figures summary").click();
    assert.ok(await page.locator("#chart-1 .figures table").isVisible());
  }));

test("places over time answer with the table below them, and save it", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `en/${CHANGES}`);
    const figure = page.locator("#chart-places");
    const rows = await page.locator("#places-table tbody th").allInnerTexts();
    const marks = figure.locator("svg:not(.narrow) [data-row]");
    assert.equal(await marks.count(), rows.length);
    await marks.first().focus();
    await page.keyboard.press("ArrowDown");
    const about = page.locator(".about-row");
    assert.equal(await about.locator("b").innerText(), rows[1]);
    const first = await page.locator("#places-table tbody tr").nth(1).locator("td").allInnerTexts();
    assert.equal(await about.locator("span").count(), first.filter((place) => place !== "—").length);
    const { name, bytes } = await saved(page, "chart-places", "CSV");
    assert.equal(name, "lm-eval-base-models~changes-chart-places.csv");
    assert.match(bytes.toString("utf8"), /^\ufeffModel,2024-04-19,.*\r\nLlama 3\.1 8B,,,1,1,1\r\n/);
    assert.deepEqual(await violations(page), []);
  }));

test("a chart is enlarged and put back, by keys, with its marks alive", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `en/${BOARD}`);
    const svg = page.locator("#chart-size svg:not(.narrow)");
    const width = () => svg.evaluate((element) => element.getBoundingClientRect().width);
    const before = await width();
    const button = page.locator("#chart-size .save .enlarge");
    const focused = () => button.evaluate((element) => element === document.activeElement);
    await button.focus();
    await page.keyboard.press("Enter");
    assert.ok(await page.locator("dialog.large[open]").isVisible());
    assert.ok((await width()) > 1.5 * before);
    assert.equal(await button.innerText(), "Close");
    assert.ok(await focused());
    await page.locator("#chart-size svg:not(.narrow) [data-row='0'] circle:not(.hit)").hover();
    assert.ok(await page.locator("dialog .about-row").isVisible());
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog.large").count(), 0);
    assert.equal(await width(), before);
    assert.equal(await button.innerText(), "Enlarge");
    assert.ok(await focused());
    await button.click();
    await button.click();
    assert.equal(await page.locator("dialog.large").count(), 0);
  }));

test("an enlarged chart has its tools in sight; wheel, keys and buttons zoom, a drag moves, a double click takes it back", (t) =>
  inPage(t, { viewport: { width: 1280, height: 640 } }, async (page) => {
    await open(page, `en/${BOARD}`);
    await page.locator("#chart-size .save .enlarge").click();
    for (const button of await page.locator("dialog .save button").all()) {
      const box = await button.boundingBox();
      assert.ok(box && box.y > 0 && box.y + box.height < 640 && box.x + box.width < 1280, await button.innerText());
    }
    const region = page.locator("dialog .scroll").first();
    const svg = page.locator("dialog svg:not(.narrow)");
    const state = async () => ({
      width: await svg.evaluate((element) => Math.round(element.getBoundingClientRect().width)),
      left: await region.evaluate((element) => Math.round(element.scrollLeft)),
    });
    const { width } = await state();
    const overflow = () => page.locator("dialog").evaluate((box) => box.scrollHeight - box.clientHeight);
    assert.ok((await overflow()) <= 0);
    await region.hover();
    await page.mouse.wheel(0, -300);
    await page.waitForFunction((least) => /** @type {Element} */ (document.querySelector("dialog svg:not(.narrow)")).getBoundingClientRect().width > least, width * 2);
    const zoomed = await state();
    assert.ok(zoomed.left > 0, "what lies under the pointer stays there");
    await page.mouse.down();
    await page.mouse.move(500, 300);
    await page.mouse.move(560, 300);
    await page.mouse.up();
    assert.notEqual((await state()).left, zoomed.left);
    await page.keyboard.press("0");
    assert.deepEqual(await state(), { width, left: 0 });
    await page.keyboard.press("+");
    assert.ok((await state()).width > 1.4 * width);
    await page.getByRole("button", { name: "Zoom out" }).click();
    assert.equal((await state()).width, width);
    await page.getByRole("button", { name: "Zoom in" }).click();
    await region.dblclick();
    assert.deepEqual(await state(), { width, left: 0 });
    assert.ok((await overflow()) <= 0);
    await page.keyboard.press("+");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#chart-size [style*=scale]").count(), 0);
    assert.equal(await page.getByRole("button", { name: "Zoom in" }).count(), 0);
  }));

test("a chart on a phone scrolls within itself and can be read", (t) =>
  inPage(t, { viewport: { width: 390, height: 844 } }, async (page) => {
    await open(page, `zh/${BOARD}`);
    assert.equal(await page.evaluate(() => document.scrollingElement?.scrollWidth), 390);
    for (const text of await page.locator("figure.chart svg:visible").all()) {
      const height = await text.evaluate((svg) => {
        const scale = svg.getBoundingClientRect().width / /** @type {SVGSVGElement} */ (svg).viewBox.baseVal.width;
        return 12 * scale;
      });
      assert.ok(height >= 10, `letters of ${height} px`);
    }
  }));

test("charts weigh little", () => {
  const html = readFileSync(`${SITE}/en/${BOARD}`, "utf8");
  for (const [svg] of html.matchAll(/<svg (?:class=\S+ )?viewBox[\s\S]*?<\/svg>/g)) {
    assert.ok(svg.length < 16_000, `${svg.length} bytes: ${svg.slice(0, 200)}`);
    assert.ok(!/\d\.\d+[ HVLMz"]/.test(svg.replace(/<(title|desc|text)[\s\S]*?<\/\1>/g, "")), "whole numbers for places");
  }
});
