// A table that is too long for a page: which rows and columns are on it, and that elements which are used again say what they
// now stand for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { DISK, SITE } from "./support/site.js";

const BOARD = "mteb-eng-v2";
const ROWS = 400;

/** The board with many more rows than it has: all models are other ones, and their scores a little lower from row to row. */
const VIEW = (() => {
  const script = readFileSync(path.join(SITE, `data/boards/${BOARD}.js`), "utf8");
  const view = JSON.parse(script.slice(script.indexOf("=", script.indexOf("[")) + 1, -1));
  const own = view.rows.length;
  const few = (/** @type {any[]} */ column) => Array.from({ length: ROWS }, (_, row) => column[row % own]);
  view.rows = few(view.rows).map((row, at) => ({ ...row, id: `maker/model-${at}`, name: `Model ${String((at * 7) % ROWS).padStart(3, "0")}`, place: at + 1, shared: false, range: [at + 1, at + 2], composite: 90 - at / 10 }));
  // The first columns have an order of their own each.
  view.values = view.values.map((column, at) => few(column).map((_, row) => (row % 11 === at % 11 ? null : ((row * (2 * at + 3)) % ROWS) / 4)));
  // Numbers that single precision cannot tell apart.
  view.values[7] = view.rows.map((_, row) => 70 + ((row * 37) % ROWS) * 1e-7);
  view.errors = view.errors.map(() => null);
  view.states = [
    [0, 1, null, ["contaminated"]],
    [2, 1, null, ["disputed", "claimed"]],
    [2, 2, 12.5, ["withdrawn"]],
    [3, 3, 33.25, ["stand-in"]],
  ];
  view.notices = [
    { number: 1, state: "contaminated", since: "2026-01-02", reason: { en: "Seen in training.", zh: "训练时见过。" }, url: null },
    { number: 2, state: "disputed", since: "2026-02-03", reason: { en: "Nobody gets it.", zh: "无人复现。" }, url: "https://example.org/doubt" },
    { number: 3, state: "withdrawn", since: "2026-03-04", reason: { en: "A wrong prompt.", zh: "提示词有误。" }, url: null },
  ];
  return view;
})();

/** The first rows with what stands behind their scores: notices, and a score that was withdrawn. */
const BLOCK = (() => {
  const script = readFileSync(path.join(SITE, `data/boards/${BOARD}.0.js`), "utf8");
  const block = JSON.parse(script.slice(script.indexOf("=", script.indexOf("[")) + 1, -1));
  block.rows[0].cells[1].notices = [1];
  block.rows[2].cells[1].notices = [2];
  block.rows[2].withdrawn = [{ ...block.rows[2].cells[2], column: 2, notices: [3] }];
  block.rows[2].cells[2] = null;
  return block;
})();

/** Opens the board with its rows, of which the page itself has the first. @param {import("playwright-core").Page} page @param {string} [search] */
async function open(page, search = "") {
  const html = readFileSync(path.join(SITE, `en/boards/${BOARD}.html`), "utf8");
  const start = html.indexOf("<tbody>") + "<tbody>".length;
  const body = html.slice(0, html.indexOf("<tr", start + 1)) + html.slice(html.indexOf("</tbody>", start));
  await page.route("**/boards/*.html*", (route) => route.fulfill({ body, contentType: "text/html" }));
  await page.route(`**/boards/${BOARD}.js`, (route) =>
    route.fulfill({ body: `(self.tianti??={})["boards/${BOARD}"]=${JSON.stringify(VIEW)};`, contentType: "text/javascript" }),
  );
  await page.route(`**/boards/${BOARD}.0.js`, (route) =>
    route.fulfill({ body: `(self.tianti??={})["boards/${BOARD}/0"]=${JSON.stringify(BLOCK)};`, contentType: "text/javascript" }),
  );
  await page.goto(`${DISK}en/boards/${BOARD}.html${search}`);
  await page.locator(".windowed").waitFor();
}

/** What the rows on the page say: their number, name and scores by column. @param {import("playwright-core").Page} page */
const written = (page) =>
  page.locator("#table tbody").evaluate((body) =>
    [...body.querySelectorAll("tr:not(.spacer)")].map((row) => ({
      index: Number(row.getAttribute("aria-rowindex")) - 3,
      name: row.querySelector(".model > a")?.textContent,
      href: row.querySelector(".model > a")?.getAttribute("href"),
      scores: [...row.querySelectorAll("td[aria-colindex]:is(.none, [class^=h])")].map((cell) => [
        Number(cell.getAttribute("aria-colindex")) - 5,
        cell.textContent,
        cell.querySelector("a")?.getAttribute("href"),
      ]),
    })),
  );

/** @param {number} column @param {number} row */
const scoreText = (column, row) => VIEW.values[column][row]?.toFixed(VIEW.columns[column].decimals) ?? "—";

/** Fails unless the rows on the page are those of this order, each with its own scores. @param {import("playwright-core").Page} page @param {number[]} order */
async function assertRows(page, order) {
  const rows = await written(page);
  assert.ok(rows.length >= 8 && rows.length < 60, `${rows.length} rows`);
  for (const [at, { index, name, href, scores }] of rows.entries()) {
    assert.equal(index, rows[0].index + at, "rows follow each other");
    const row = order[index];
    assert.equal(name, VIEW.rows[row].name, `row ${index}`);
    assert.equal(href, `../models/${VIEW.rows[row].id}.html`);
    assert.ok(scores.length >= 2 && scores.length < 30, `${scores.length} scores`);
    for (const [column, text, link] of scores) {
      if (column >= VIEW.columns.length) continue; // A fact of the model.
      if (VIEW.states.some((state) => state[0] === row && state[1] === column)) continue;
      assert.equal(text, scoreText(Number(column), row), `row ${index}, column ${column}`);
      assert.equal(link, text === "—" ? undefined : href);
    }
  }
  return rows;
}

const PUBLISHED = VIEW.rows.map((_, row) => row);
const nameOf = (/** @type {number} */ row) => VIEW.rows[row].name;

/** The rows by a column from the greatest down, or up to it, equal ones by name, those without a score last. @param {number} column @param {number} [sign] */
const byColumn = (column, sign = 1) =>
  [...PUBLISHED].sort((a, b) => {
    const [first, second] = [a, b].map((row) => VIEW.values[column][row]);
    if ((first === null) !== (second === null)) return Number(first === null) - Number(second === null);
    return sign * ((second ?? 0) - (first ?? 0)) || (nameOf(a) < nameOf(b) ? -1 : 1);
  });

/** @param {import("playwright-core").Page} page @param {{ left?: number, top?: number }} to */
async function scroll(page, to) {
  await page.locator("#table .scroll").evaluate((region, to) => region.scrollTo({ ...to, behavior: "instant" }), to);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const sortBy = (/** @type {import("playwright-core").Page} */ page, /** @type {number} */ column) =>
  page.locator("#table thead tr:last-child th").nth(4 + column).locator(".sort").evaluate((button) => button.click());

test("rows and columns are right after sorting and scrolling both ways, and their elements are the same", (t) =>
  inPage(t, { viewport: { width: 1000, height: 700 } }, async (page) => {
    await open(page);
    await assertRows(page, PUBLISHED);
    await page.locator("#table tbody tr:not(.spacer)").evaluateAll((rows) => rows.forEach((row) => (row.dataset.kept = "yes")));
    await sortBy(page, 1);
    const order = byColumn(1);
    const rows = await assertRows(page, order);
    assert.equal(await page.locator("#table tbody tr[data-kept]").count(), rows.length, "no row was made anew");
    for (const to of [{ top: 6000 }, { left: 1500 }, { top: 1e6 }, { left: 0 }, { top: 0 }]) {
      await scroll(page, to);
      await assertRows(page, order);
    }
    await scroll(page, { left: 1e6, top: 3000 });
    await sortBy(page, 3);
    const [{ index, scores }] = await assertRows(page, byColumn(3));
    assert.ok(index > 30 && scores.some(([column]) => column === VIEW.columns.length - 1));
  }));

test("all rows are in order by any column, in both directions", (t) =>
  inPage(t, { viewport: { width: 1000, height: 700 } }, async (page) => {
    await open(page);
    for (const column of [2, 7]) {
      for (const sign of [1, -1]) {
        await sortBy(page, column);
        const order = byColumn(column, sign);
        for (let top = 0; top < ROWS * 38; top += 700) {
          await scroll(page, { top });
          await assertRows(page, order);
        }
      }
    }
  }));

test("only what is in sight is drawn when all changes, and more is ready while the table scrolls", (t) =>
  inPage(t, { viewport: { width: 1000, height: 700 } }, async (page) => {
    await open(page);
    const seen = await page.locator("#table .scroll").evaluate((region) => Math.ceil((region.clientHeight - (region.querySelector("thead")?.clientHeight ?? 0)) / (region.querySelector("tbody tr:not(.spacer)")?.clientHeight ?? 1)));
    const count = async () => (await written(page)).length;
    assert.ok(Math.abs((await count()) - seen) <= 1, `${await count()} rows for ${seen}`);
    await scroll(page, { top: 4000 });
    assert.ok((await count()) >= seen + 15, `${await count()} rows`);
    await sortBy(page, 2);
    assert.ok(Math.abs((await count()) - seen) <= 2, `${await count()} rows for ${seen}`);
  }));

test("a query that leaves few rows shows them at once, wherever the table was", (t) =>
  inPage(t, { viewport: { width: 1000, height: 700 } }, async (page) => {
    await open(page);
    await scroll(page, { top: 1e6 });
    const names = await page.locator("#table input[type=search]").evaluate((field) => {
      /** @type {HTMLInputElement} */ (field).value = "model-39";
      field.dispatchEvent(new Event("input"));
      return [...document.querySelectorAll("#table tbody .model > a")].map((link) => link.textContent);
    });
    const left = PUBLISHED.filter((row) => VIEW.rows[row].id.includes("model-39"));
    assert.deepEqual(names, left.map(nameOf), "before the next frame");
    await page.locator("#table input[type=search]").fill("");
    await scroll(page, { top: 0 });
    await assertRows(page, PUBLISHED);
  }));

test("a query does not move the table", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    const top = () => page.locator("#table table").evaluate((table) => table.getBoundingClientRect().top);
    const before = await top();
    await page.locator("#table input[type=search]").fill("model");
    assert.equal(await top(), before);
  }));

test("the focus does not go along with an element to another row", (t) =>
  inPage(t, { viewport: { width: 1000, height: 700 } }, async (page) => {
    await open(page);
    const link = page.locator("#table tbody tr:not(.spacer)").nth(3).locator("td a").first();
    await link.focus();
    await sortBy(page, 1);
    assert.ok(await page.locator("#table .scroll").evaluate((region) => region === document.activeElement));
  }));

test("a pinned row comes first, and gives its pin back when it is put away", (t) =>
  inPage(t, { viewport: { width: 1000, height: 700 } }, async (page) => {
    await open(page, "?pin=maker/model-300");
    const pressed = page.locator('#table .pin[aria-pressed="true"]');
    const others = [300, ...PUBLISHED.filter((row) => row !== 300)];
    await assertRows(page, others);
    assert.deepEqual(await pressed.evaluateAll((pins) => pins.map((pin) => pin.dataset.pin)), ["maker/model-300"]);
    await pressed.click();
    await assertRows(page, PUBLISHED);
    assert.equal(await pressed.count(), 0);
  }));

test("a cell that was marked is plain again for another row, and the other way round", (t) =>
  inPage(t, { viewport: { width: 1000, height: 700 } }, async (page) => {
    await open(page);
    const cell = (/** @type {number} */ row, /** @type {number} */ column) => page.locator("#table tbody tr:not(.spacer)").nth(row).locator(`[aria-colindex="${column + 5}"]`);
    const check = async () => {
      assert.match((await cell(0, 1).getAttribute("class")) ?? "", /^h\d+( best)? contaminated$/);
      assert.match((await cell(0, 1).textContent()) ?? "", /^[\d.]+▲ .+ $/);
      assert.match((await cell(2, 1).textContent()) ?? "", /^[\d.]+\? .+ ‡ .+ $/);
      assert.equal(await cell(3, 3).getAttribute("class"), "stand-in");
      assert.equal(await cell(2, 2).locator("a > s").textContent(), "12.5");
    };
    await check();
    await sortBy(page, 5);
    await assertRows(page, byColumn(5));
    await page.locator("#table thead th.place .sort").click();
    await check();
  }));

test("on paper there are all columns of a hundred rows about those in sight, and no room for the others", (t) =>
  inPage(t, { viewport: { width: 1000, height: 700 } }, async (page) => {
    await open(page);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const rows = page.locator("#table tbody tr:not(.spacer)");
    assert.ok((await rows.count()) > 100);
    assert.equal(await rows.first().locator("td[class]").count(), await page.locator("#table thead tr:last-child th").count() - 1);
    assert.equal(await page.locator("#table .spacer:visible").count(), 0);
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await assertRows(page, PUBLISHED);
  }));

test("a number's pop-up says what is said of it, and a withdrawn one has a pop-up too", (t) =>
  inPage(t, { viewport: { width: 1000, height: 700 } }, async (page) => {
    await open(page);
    const tip = page.getByRole("dialog");
    for (const [row, column, state, said] of /** @type {const} */ ([
      [0, 1, "contaminated", "since 2026-01-02: Seen in training."],
      [2, 1, "disputed", "since 2026-02-03: Nobody gets it."],
      [2, 2, "withdrawn", "since 2026-03-04: A wrong prompt."],
    ])) {
      await page.locator("#table tbody tr:not(.spacer)").nth(row).locator(`[aria-colindex="${column + 5}"] a`).focus();
      await page.keyboard.press("Enter");
      const statement = tip.locator("p", { has: page.locator(`.state.${state}`) });
      await statement.waitFor();
      assert.ok((await statement.innerText()).includes(said), await tip.innerText());
      assert.equal(await tip.locator(".written s").count(), Number(state === "withdrawn"));
      await page.keyboard.press("Escape");
    }
    await page.locator("#table tbody tr:not(.spacer)").nth(2).locator('[aria-colindex="6"] a').click();
    assert.equal(await tip.getByRole("link", { name: "Details" }).getAttribute("href"), "https://example.org/doubt");
  }));
