// A sortable table as a reader sees it.

import assert from "node:assert/strict";

/** The first sortable table of a page. */
export class Table {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    this.root = page.locator("main table", { has: page.locator("th[data-sort]") }).first();
  }

  /** The head of a column by its place. @param {number} column */
  head(column) {
    return this.root.locator("thead tr:last-child th").nth(column);
  }

  /** @param {number} column */
  button(column) {
    return this.head(column).getByRole("button");
  }

  /** @returns {Promise<{ column: number, label: string, kind: string | undefined }[]>} kind: what `data-sort` says */
  heads() {
    return this.root.evaluate((/** @type {HTMLTableElement} */ table) =>
      [...(table.tHead?.rows[table.tHead.rows.length - 1].cells ?? [])].map((head, column) => ({
        column,
        label: head.innerText.trim(),
        kind: head.dataset.sort,
      })),
    );
  }

  /** The cells of a column from the first row to the last, without their marks. @param {number} column */
  texts(column) {
    return this.root.evaluate(
      (/** @type {HTMLTableElement} */ table, place) =>
        [...table.tBodies[0].rows].map((row) => {
          const cell = /** @type {Element} */ (row.cells[place].cloneNode(true));
          // What stands in for a score is measured in another way, and sorts with what is missing.
          if (cell.matches(".stand-in")) return "—";
          for (const mark of cell.querySelectorAll("sup, .margin")) mark.remove();
          return cell.textContent?.trim() ?? "";
        }),
      column,
    );
  }

  /** What the rows are about, from the first row to the last. */
  names() {
    return this.root.locator("tbody th a").allInnerTexts();
  }

  /** The columns that say they are sorted, each with its direction. */
  async sorted() {
    const heads = this.root.locator("thead th");
    const states = await heads.evaluateAll((cells) => cells.map((cell) => cell.getAttribute("aria-sort")));
    const last = (await this.heads()).length;
    return states.slice(-last).flatMap((direction, column) => (direction ? [{ column, direction }] : []));
  }

  /**
   * Fails unless exactly this column says it is sorted so, and its numbers are.
   *
   * @param {number} column
   * @param {string} direction
   */
  async assertSorted(column, direction) {
    assert.deepEqual(await this.sorted(), [{ column, direction }]);
    const texts = await this.texts(column);
    const expected = inOrder(texts, direction);
    assert.deepEqual(texts.map(numberOf), expected, `${direction}: ${texts.join(", ")}`);
  }
}

/** @param {string} text */
function numberOf(text) {
  return text === "—" ? undefined : Number.parseFloat(text.replace("−", "-"));
}

/** The numbers in order with the missing ones last. @param {string[]} texts @param {string} direction */
function inOrder(texts, direction) {
  const numbers = texts.map(numberOf);
  const present = numbers.filter((number) => number !== undefined).sort((a, b) => a - b);
  if (direction === "descending") present.reverse();
  return [...present, ...numbers.filter((number) => number === undefined)];
}
