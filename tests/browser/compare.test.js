// Models side by side, from a link, as a reader chooses them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { serve } from "./support/server.js";
import { DISK, FILES, SITE } from "./support/site.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PAIR = "board=open-llm-v1&models=01-ai/yi-34b-chat,qwen/qwen1.5-14b-chat";

/** The boards of scores, as their data files say. */
const SCORES = FILES.filter((file) => /^data\/boards\/[^/]*\.json$/.test(file))
  .map((file) => JSON.parse(readFileSync(path.join(SITE, file), "utf8")))
  .filter(({ columns }) => columns);

/** The texts of a table's rows, cell by cell. @param {import("playwright-core").Page} page @param {string} section */
const rowsOf = (page, section) =>
  page
    .locator(`section:has(> #${section}) tbody tr:not(.group)`)
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => /** @type {HTMLElement} */ (cell).innerText.trim().replace(/\s+/g, " "))));

/** @param {import("playwright-core").Page} page @param {string} address */
async function open(page, address) {
  await page.goto(address);
  await page.locator("#by-column").waitFor();
}

/** The number that a text begins with is that one, as far as it is written. @param {string} text @param {number} number */
function assertNumber(text, number) {
  const [written] = text.replace("−", "-").match(/^[-+\d.]+/) ?? [""];
  const slack = 0.51 * 10 ** -(written.split(".")[1] ?? "").length;
  assert.ok(Math.abs(Number(written) - number) <= slack, `${text} for ${number}`);
}

const chips = (page) => page.locator(".chips a").allInnerTexts();

for (const from of ["a disk", "a server"]) {
  test(`a link of ${from} compares its models, and the address stays`, async (t) => {
    const base = from === "a disk" ? DISK : await serve(t);
    await inPage(t, { base }, async (page) => {
      await open(page, `${base}en/compare.html?${PAIR}`);
      assert.equal(page.url(), `${base}en/compare.html?${PAIR}`);
      assert.deepEqual(await chips(page), ["Yi-34B-Chat", "Qwen1.5-14B-Chat"]);
      const rows = await rowsOf(page, "by-column");
      assert.deepEqual([rows[0][0], rows[0][4]], ["ARC", "Yi-34B-Chat better"]);
      [65.44, 58.79, -6.648, NaN, 6.16].forEach((number, at) => Number.isNaN(number) || assertNumber(rows[0][at + 1], number));
      // p is 0.04 by itself; that is not enough among the six tests.
      assert.deepEqual([rows[4][0], rows[4][4]], ["TruthfulQA", "cannot tell"]);
      assertNumber(rows[4][3], 5.01);
      assertNumber(rows[4][5], 7.52);
      assert.deepEqual(await rowsOf(page, "pairs"), [
        ["Yi-34B-Chat", "", "4 / 2 / 0 better: 4, cannot tell: 2, worse: 0, not tested: 0"],
        ["Qwen1.5-14B-Chat", "0 / 2 / 4 better: 0, cannot tell: 2, worse: 4, not tested: 0", ""],
      ]);
      assert.ok((await page.locator("#compare svg[role=img]").count()) === 2, "intervals and profile are drawn");
    });
  });
}

for (const { board, rows } of SCORES) {
  test(`the overall verdicts on neighbours of ${board} are those of the build`, (t) =>
    inPage(t, {}, async (page) => {
      // A row by its model's id, and its number among the rows of that model.
      const keys = rows.map(({ model }, at) => {
        const before = rows.slice(0, at).filter((row) => row.model === model).length;
        return before ? `${model}.${before + 1}` : model;
      });
      const neighbours = rows.flatMap((row, at) => (row.below ? [[row, keys[at], keys[at + 1]]] : []));
      for (const [upper, ...models] of neighbours.slice(0, 4)) {
        await open(page, `${DISK}en/compare.html?board=${board}&models=${models}`);
        const [, shown] = await rowsOf(page, "overall");
        const { lead, verdict, detectable_gap: detectable } = upper.below;
        const words = { separated: `${upper.name} better`, tied: "tied", underpowered: "cannot tell", "not-tested": "cannot be tested" };
        assert.equal(shown[6].replace(/ \(.*\)/, ""), words[verdict], `${models}`);
        assertNumber(shown[5].replace(/^[−+]/, ""), lead);
        if (detectable) assertNumber(shown[7], detectable);
      }
    }));
}

test("what is compared goes along to the other language", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `${DISK}en/compare.html?${PAIR}`);
    await page.locator("nav.languages a").click();
    await page.locator("#by-column").waitFor();
    assert.equal(page.url(), `${DISK}zh/compare.html?${PAIR}`);
    assert.deepEqual(await chips(page), ["Yi-34B-Chat", "Qwen1.5-14B-Chat"]);
    const rows = await rowsOf(page, "by-column");
    assert.equal(rows[0][4], "Yi-34B-Chat更好");
  }));

test("models are found by keyboard, added, made the reference and removed, and the address follows", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(`${DISK}en/compare.html?board=open-llm-v1`);
    const field = page.getByRole("combobox", { name: "Add a model" });
    await field.fill("yi chat");
    await field.press("ArrowDown");
    assert.equal(await field.getAttribute("aria-activedescendant"), "compare-found-0");
    await field.press("Escape");
    assert.equal(await page.getByRole("listbox").isVisible(), false);
    assert.equal(await field.inputValue(), "yi chat");
    await field.press("ArrowDown");
    await field.press("Enter");
    assert.deepEqual(await chips(page), ["Yi-34B-Chat"]);
    await field.fill("yi");
    assert.ok(!(await page.getByRole("option").allInnerTexts()).some((name) => name.startsWith("Yi-34B-Chat")), "no model twice");
    await field.press("ArrowUp");
    await field.press("Enter");
    const [first, second] = await chips(page);
    await page.getByRole("button", { name: `${second} as reference` }).click();
    assert.deepEqual(await chips(page), [second, first]);
    assert.equal(new URL(page.url()).searchParams.get("models")?.split(",")[1], "01-ai/yi-34b-chat");
    assert.match(await page.getByRole("status").innerText(), new RegExp(`${second}, ${first}`));
    await page.getByRole("button", { name: `Remove ${second}` }).click();
    assert.deepEqual(await chips(page), [first]);
    assert.ok(await field.evaluate((input) => input === document.activeElement), "the focus is not lost");
    assert.equal(new URL(page.url()).searchParams.get("models"), "01-ai/yi-34b-chat");
  }));

test("more than two models are each compared with the reference", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `${DISK}en/compare.html?${PAIR},01-ai/yi-6b`);
    const rows = await rowsOf(page, "by-column");
    const verdicts = (/** @type {string[]} */ row) => row.slice(2).map((cell) => cell.match(/[a-z]+( tell)?/)?.[0]);
    assert.deepEqual(verdicts(rows[0]), ["worse", "worse"]);
    assert.deepEqual(verdicts(rows[4]), ["cannot tell", "worse"]);
    assertNumber(rows[4][2].split("from ")[1], 8.147);
    assert.deepEqual((await rowsOf(page, "overall")).map((row) => row[6]), ["", "worse", "worse"]);
  }));

test("six models are the most, and unknown ones are left out", (t) =>
  inPage(t, {}, async (page) => {
    const rows = SCORES.find(({ board }) => board === "open-llm-v1").rows;
    const models = ["no/such-model", ...rows.slice(0, 8).map(({ model }) => model)];
    await open(page, `${DISK}en/compare.html?board=open-llm-v1&models=${models.join(",")}`);
    assert.deepEqual(await chips(page), rows.slice(0, 6).map(({ name }) => name));
    assert.ok(await page.getByRole("combobox", { name: "Add a model" }).isDisabled());
  }));

test("the comparison can be taken along as CSV", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `${DISK}en/compare.html?${PAIR}`);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download CSV" }).click()]);
    const [head, first, second] = readFileSync(await download.path(), "utf8").split("\n");
    assert.equal(head.split(",")[0], "benchmark");
    assert.equal(first.split(",").slice(0, 4).join(), "arc-challenge,ARC,percent,01-ai/yi-34b-chat");
    assert.deepEqual(second.split(",").slice(6, 7).concat(second.split(",")[10]), ["01-ai/yi-34b-chat", "worse"]);
  }));

test("without scripts the page says what it is and leads to what boards say of their models", (t) =>
  inPage(t, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${DISK}en/compare.html?${PAIR}`);
    assert.match(await page.locator("main").innerText(), /takes JavaScript/);
    assert.equal(await page.locator("main").locator("input, select, button").count(), 0);
    const links = await page.locator("#boards a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.ok(links.includes("boards/open-llm-v1.html#certainty"));
  }));

/** A board of three models that are told apart by answers, by errors, where lower is better, and not at all. */
const MADE_UP = {
  id: "open-llm-v1",
  title: { en: "Made up" },
  aggregate: "none",
  higher: true,
  percent: true,
  decimals: 2,
  evidence: "none",
  critical: 0,
  gap: 1,
  answers: true,
  organisations: [],
  columns: [
    ["items", "percent", false],
    ["delay", "seconds", true],
    ["bare", "percent", false],
  ].map(([id, unit, lower]) => ({ id, name: id, label: { en: id }, unit, lower, ranked: true, weight: 1, decimals: 1, heat: [0, 1] })),
  rows: ["A <b>", "B", "B"].map((name, row) => ({ id: ["a", "b", "b"][row], name, variant: row ? `v${row}` : undefined, covered: 3 })),
  values: [[75, 25, 50], [2, 5, null], [99, 1, 50]],
  errors: [[4, 4, 4], [0.1, 0.1, null], null],
  states: [[0, 2, null, ["claimed"]]],
};

/** Twelve items: nine only A has, none only the first B. */
const ANSWERS = { 0: { 0: "111111111000", 1: "000000000000", 2: "1111111110--" } };

test("answers are paired, lower is better where it is, and nobody wins without an error", (t) =>
  inPage(t, {}, async (page) => {
    const script = (key, value) => `(self.tianti??={})["boards/${key}"]=${JSON.stringify(value)};`;
    const contentType = "text/javascript";
    await page.route("**/boards/open-llm-v1.js", (route) => route.fulfill({ body: script("open-llm-v1", MADE_UP), contentType }));
    await page.route("**/open-llm-v1.answers.js", (route) => route.fulfill({ body: script("open-llm-v1/answers", ANSWERS), contentType }));
    await open(page, `${DISK}en/compare.html?board=open-llm-v1&models=b,a`);
    assert.deepEqual(await chips(page), ["B (v1)", "A <b>"]);
    const [items, delay, bare] = await rowsOf(page, "by-column");
    // Nine to none is 0.0039; the margin is 1.96 · 100 · √((9 − 81/12) / (12 · 11)).
    assert.deepEqual(items.slice(3, 5), ["+75.0 ±25.6", "A <b> better paired over 12 items: both right 0, only this 9, only the reference 0, neither 3"]);
    assert.deepEqual(delay.slice(3, 5), ["−3.0 ±0.3", "A <b> better"]);
    assert.deepEqual(bare.slice(2), ["99.0‡ claimed by the model’s maker", "+98.0", "cannot be tested", "—"]);
    // The second B has ten of the items, and the same answers as A on them.
    await open(page, `${DISK}en/compare.html?board=open-llm-v1&models=a,b.2`);
    const [same] = await rowsOf(page, "by-column");
    assert.deepEqual(same.slice(3, 5), ["0.0", "cannot tell paired over 10 items: both right 9, only this 0, only the reference 0, neither 1"]);
  }));

test("columns beside and scores that do not count are shown, and take part in nothing", (t) =>
  inPage(t, {}, async (page) => {
    const [items, ...others] = MADE_UP.columns;
    const view = {
      ...MADE_UP,
      answers: false,
      columns: [{ ...items, id: "beside", label: { en: "beside" }, ranked: false }, items, ...others],
      values: [[90, 10, null], ...MADE_UP.values.slice(0, 2), [99, null, null]],
      errors: [[1, 1, null], ...MADE_UP.errors],
      states: [[0, 0, null, ["disputed"]], [0, 3, null, ["claimed", "partial"]], [1, 3, 12, ["withdrawn"]], [2, 3, 13, ["stand-in"]]],
    };
    const body = `(self.tianti??={})["boards/open-llm-v1"]=${JSON.stringify(view)};`;
    await page.route("**/boards/open-llm-v1.js", (route) => route.fulfill({ body, contentType: "text/javascript" }));
    await open(page, `${DISK}en/compare.html?board=open-llm-v1&models=a,b,b.2`);
    const rows = await rowsOf(page, "by-column");
    assert.deepEqual(rows.map(([head]) => head), ["items", "delay lower is better", "bare", "beside"]);
    assert.deepEqual(rows[2].slice(1), ["99.0‡ claimed by the model’s maker ◐ measured on part of the items", "12.0× withdrawn", "13.0† measured otherwise: not compared, not counted"]);
    assert.deepEqual(rows[3].slice(1), ["90.0? disputed ±2.0", "10.0 ±2.0 −80.0", "—"]);
    assert.equal(await page.locator("section:has(> #by-column) td s").innerText(), "12.0");
    assert.match(await page.locator("section:has(> #by-column) .prose").first().innerText(), /at 5% \(Holm\): 4\./);
    // Of A and B: the items and the delay, and neither the withdrawn score nor the column beside.
    assert.match((await rowsOf(page, "pairs"))[0][2], /better: 2, cannot tell: 0, worse: 0, not tested: 0/);
    assert.equal(await page.locator("#radar").count(), 0, "two axes that count are no profile");
    assert.equal(await page.locator(".compared-chart .beside").innerHTML(), "beside");
  }));

test("the axis of percentages ends at 0 and 100", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, `${DISK}en/compare.html?board=open-llm-v2&models=meta-llama/llama-3.3-70b-instruct,google/gemma-2-27b-it`);
    const marks = await page.locator(".compared-chart svg").first().locator("text.muted").allTextContents();
    assert.deepEqual([marks[0], marks.at(-1)], ["0%", "100%"]);
  }));

test("names are not broken within a word, and the first column stays in sight", (t) =>
  inPage(t, { viewport: { width: 390, height: 844 } }, async (page) => {
    await open(page, `${DISK}en/compare.html?board=open-llm-v2&models=meta-llama/llama-3.3-70b-instruct,google/gemma-2-27b-it`);
    const area = page.locator(".scroll:has(> .compared)").nth(1);
    const least = await area.locator("thead .named a").first().evaluate((link) => {
      const word = document.createElement("span");
      word.textContent = "Instruct";
      link.append(word);
      const { width } = word.getBoundingClientRect();
      word.remove();
      return [width, link.getBoundingClientRect().width];
    });
    assert.ok(least[1] >= least[0], `${least}`);
    await area.evaluate((box) => (box.scrollLeft = 200));
    const lefts = await area.locator("tr:not(.group) > th:first-child").evaluateAll((heads) => heads.map((head) => head.getBoundingClientRect().left));
    assert.deepEqual(new Set(lefts), new Set([lefts[0]]));
  }));

test("a comparison breaks no rule of accessibility and does not scroll sideways", (t) =>
  inPage(t, {}, async (page) => {
    for (const [language, size] of /** @type {const} */ ([["en", { width: 1280, height: 800 }], ["zh", { width: 390, height: 844 }]])) {
      await page.setViewportSize(size);
      await open(page, `${DISK}${language}/compare.html?${PAIR},01-ai/yi-6b`);
      await page.evaluate(AXE);
      await page.getByRole("combobox").last().click();
      assert.ok(await page.getByRole("listbox").isVisible());
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({ colorScheme });
        const found = await page.evaluate(async () => {
          const options = { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"], preload: false };
          const { violations } = await globalThis.axe.run(options);
          return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`));
        });
        assert.deepEqual(found, []);
      }
      assert.ok((await page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0)) <= size.width);
    }
  }));
