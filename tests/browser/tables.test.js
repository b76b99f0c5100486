// Sorting and filtering, which come on top of tables that are complete without scripts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { BOARDS, DISK, KINDS, LANGUAGES, SITE } from "./support/site.js";
import { Table } from "./support/table.js";

/** A board in which scores are missing. */
const GAPPY = "en/boards/lm-eval-base-models.html";

const OTHER = { ascending: "descending", descending: "ascending" };

/**
 * Opens a page of the site and gives its table.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} file
 */
async function openTable(page, file) {
  await page.goto(DISK + file);
  return new Table(page);
}

/** The columns that sort by number and are not sorted already. @param {Table} table */
async function numericColumns(table) {
  const sorted = await table.sorted();
  const heads = await table.heads();
  return heads.filter(({ column, kind }) => kind in OTHER && !sorted.some((other) => other.column === column));
}

for (const board of [`en/${KINDS.board}`, `zh/${KINDS.board}`, GAPPY]) {
  test(`a click on a head of ${board} sorts by its numbers, and a second click turns the rows round`, (t) =>
    inPage(t, {}, async (page) => {
      const table = await openTable(page, board);
      const columns = await numericColumns(table);
      assert.ok(columns.length > 0, "some columns sort by number");
      for (const { column, kind } of columns) {
        await table.button(column).click();
        await table.assertSorted(column, kind);
        await table.button(column).click();
        await table.assertSorted(column, OTHER[kind]);
      }
    }));
}

test("numbers of any size and sign sort as numbers, not as text", (t) =>
  inPage(t, {}, async (page) => {
    const scores = ["9.50", "100.00", "−3.25", "10.00", "—", "1234.00", "-20.00", "0.00", "9.05"];
    await page.route("**/boards/*.html", async (route) => {
      const html = readFileSync(path.join(SITE, "en", KINDS.board), "utf8");
      let row = 0;
      const body = html.replace(/(<td class="?composite"?>)[\d.]+/g, (_, start) => start + scores[row++]);
      await route.fulfill({ body, contentType: "text/html" });
    });
    // Boards sort by their data, which have more digits than the table shows.
    await page.route("**/data/boards/*.js", async (route) => {
      const script = readFileSync(path.join(SITE, "data/boards/open-llm-v1.js"), "utf8");
      const start = script.indexOf("=", script.indexOf("[")) + 1;
      const view = JSON.parse(script.slice(start, -1));
      view.rows.forEach((row, at) => {
        row.composite = scores[at] === "—" ? undefined : Number(scores[at].replace("−", "-"));
      });
      await route.fulfill({ body: `${script.slice(0, start)}${JSON.stringify(view)};`, contentType: "text/javascript" });
    });
    const table = await openTable(page, `en/${KINDS.board}`);
    const { column } = (await table.heads()).find(({ label }) => label === "Mean");
    assert.deepEqual(await table.texts(column), scores);
    for (const direction of ["descending", "ascending"]) {
      await table.button(column).click();
      await table.assertSorted(column, direction);
    }
  }));

test("missing scores come last in both directions", (t) =>
  inPage(t, {}, async (page) => {
    const table = await openTable(page, GAPPY);
    let gaps = 0;
    for (const { column } of await numericColumns(table)) {
      const missing = (await table.texts(column)).filter((text) => text === "—");
      gaps += missing.length;
      for (let clicks = 0; missing.length > 0 && clicks < 2; clicks += 1) {
        await table.button(column).click();
        assert.deepEqual((await table.texts(column)).slice(-missing.length), missing);
      }
    }
    assert.ok(gaps > 0, "the board has gaps");
  }));

test("a click on the place restores the first order", (t) =>
  inPage(t, {}, async (page) => {
    const table = await openTable(page, `en/${KINDS.board}`);
    const first = await table.names();
    await table.button(5).click();
    assert.notDeepEqual(await table.names(), first);
    await table.button(0).click();
    assert.deepEqual(await table.names(), first);
  }));

test("a click on the model sorts by name", (t) =>
  inPage(t, {}, async (page) => {
    const table = await openTable(page, `en/${KINDS.board}`);
    const byName = (await table.names()).sort(new Intl.Collator("en", { numeric: true }).compare);
    await table.button(1).click();
    assert.deepEqual(await table.names(), byName);
    assert.deepEqual(await table.sorted(), [{ column: 1, direction: "ascending" }]);
  }));

for (const language of Object.keys(LANGUAGES)) {
  test(`the keyboard reaches a head, sorts with Enter and Space, and is told so, ${language}`, (t) =>
    inPage(t, {}, async (page) => {
      const table = await openTable(page, `${language}/${KINDS.board}`);
      const { column, label, kind } = (await numericColumns(table)).at(-1);
      const button = table.button(column);
      const isFocused = () => button.evaluate((element) => element === document.activeElement);
      for (let presses = 0; presses < 100 && !(await isFocused()); presses += 1) await page.keyboard.press("Tab");
      assert.ok(await isFocused(), "Tab reaches the button");
      assert.notEqual(await button.evaluate((element) => getComputedStyle(element).outlineStyle), "none");
      const said = [];
      for (const [key, direction] of Object.entries({ Enter: kind, Space: OTHER[kind] })) {
        await page.keyboard.press(key);
        await table.assertSorted(column, direction);
        assert.ok(await isFocused(), `the focus stays after ${key}`);
        said.push(await page.getByRole("status").innerText());
      }
      const rows = String((await table.texts(0)).length);
      for (const text of said) assert.ok(text.includes(label) && text.includes(rows), `"${text}" says what happened`);
      assert.notEqual(said[0], said[1], "the directions are told apart");
    }));
}

test("without scripts a board is complete, in order of place, and shows no dead buttons", (t) =>
  inPage(t, { javaScriptEnabled: false }, async (page) => {
    for (const board of BOARDS) {
      const table = await openTable(page, board);
      const csv = readFileSync(path.join(SITE, "data/boards", `${path.basename(board, ".html")}.csv`), "utf8");
      const rows = csv.trim().split("\n").slice(1);
      const names = await table.names();
      assert.equal(names.length, rows.length, board);
      for (const [index, row] of rows.entries()) assert.ok(row.includes(names[index]), `${board}, row ${index + 1}: ${row}`);
      const [{ column, label } = {}] = await table.sorted();
      if (label) await table.assertSorted(column, "ascending");
      assert.equal(await page.getByRole("button").count(), 0);
    }
  }));

test("the list of models sorts by date with unknown dates last", (t) =>
  inPage(t, {}, async (page) => {
    const table = await openTable(page, `en/${KINDS.models}`);
    const { column } = (await table.heads()).find(({ label }) => label === "Released");
    const texts = await table.texts(column);
    const unknown = texts.filter((text) => text === "—");
    assert.ok(unknown.length > 0, "some dates are unknown");
    const known = texts.filter((text) => text !== "—").sort();
    for (const dates of [[...known].reverse(), known]) {
      await table.button(column).click();
      assert.deepEqual(await table.texts(column), [...dates, ...unknown]);
    }
  }));

test("the filter of the list of models leaves the rows with all its words, and says how many", (t) =>
  inPage(t, {}, async (page) => {
    const table = await openTable(page, `en/${KINDS.models}`);
    const field = page.getByRole("searchbox");
    const shown = () => table.root.locator("tbody tr:visible").allInnerTexts();
    const all = await shown();
    await field.fill("qwen CHAT");
    const expected = all.filter((text) => /qwen/i.test(text) && /chat/i.test(text));
    assert.deepEqual(await shown(), expected);
    assert.ok(expected.length > 0 && expected.length < all.length);
    assert.match(await page.getByRole("status").innerText(), new RegExp(`\\b${expected.length}\\b`));
    await field.fill("");
    assert.deepEqual(await shown(), all);
  }));
