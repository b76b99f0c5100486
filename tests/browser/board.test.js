// What the script adds to a board's table: searching, facets, pins, weights, pop-ups, and the address that says it all.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { serve } from "./support/server.js";
import { DISK, SITE } from "./support/site.js";
import { Table } from "./support/table.js";

const BOARD = "boards/open-llm-v1.html";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The data of a board. @param {string} id */
function viewOf(id) {
  const script = readFileSync(path.join(SITE, `data/boards/${id}.js`), "utf8");
  return JSON.parse(script.slice(script.indexOf("=", script.indexOf("[")) + 1, -1));
}

const VIEW = viewOf("open-llm-v1");

/** Opens a board and waits for its controls. @param {import("playwright-core").Page} page @param {string} [search] @param {string} [base] */
async function open(page, search = "", base = `${DISK}en/`) {
  await page.goto(base + BOARD + search);
  await page.locator(".controls").waitFor();
  return new Table(page);
}

/** The names of the rows that are shown. @param {import("playwright-core").Page} page */
const shown = (page) => page.locator("#table tbody tr:visible .model > a").allInnerTexts();

const field = (/** @type {import("playwright-core").Page} */ page) => page.locator("#table").getByRole("searchbox");

/** @param {import("playwright-core").Page} page @param {RegExp} address */
const waitForAddress = (page, address) => page.waitForFunction((source) => new RegExp(source).test(location.href), address.source);

/** Names of the rows of the data for which this holds. @param {(row: any, at: number) => boolean} holds */
const named = (holds) => VIEW.rows.filter(holds).map((row) => row.name);

const MMLU = VIEW.columns.findIndex((column) => column.id === "mmlu");

for (const [query, holds] of /** @type {[string, (row: any, at: number) => boolean][]} */ ([
  ["qwen chat", (row) => /qwen/i.test(row.name) && /chat/i.test(row.name)],
  ["零一万物", (row) => VIEW.organisations[row.organisation].zh.includes("零一万物")],
  ["org:mistral", (row) => VIEW.organisations[row.organisation].en.includes("Mistral")],
  ["type:chat", (row) => row.kind === "chat"],
  ["-type:chat", (row) => row.kind !== "chat"],
  ["size:<10", (row) => parseFloat(row.parameters) < 10],
  ["size:6..7b", (row) => parseFloat(row.parameters) >= 6 && parseFloat(row.parameters) <= 7],
  ["licence:apache", (row) => /apache/i.test(row.licence ?? "")],
  ["lang:zh", (row) => row.languages?.includes("zh")],
  ["released:>2023", (row) => (row.released ?? "") > "2024"],
  ["released:2023", (row) => (row.released ?? "").startsWith("2023")],
  ["mmlu:>60", (row, at) => VIEW.values[MMLU][at] > 60],
  ["mmlu：＞60", (row, at) => VIEW.values[MMLU][at] > 60],
  ['"Yi-6B"', (row) => row.name.includes("Yi-6B")],
  ["-yi -deepseek", (row) => !/yi|deepseek/i.test(row.id)],
])) {
  test(`the query ${query} leaves the rows it describes`, (t) =>
    inPage(t, {}, async (page) => {
      await open(page);
      await field(page).fill(query);
      const expected = named(holds);
      assert.ok(expected.length > 0 && expected.length < VIEW.rows.length, "the query tells rows apart");
      assert.deepEqual(await shown(page), expected);
      assert.match(await page.getByRole("status").innerText(), new RegExp(`\\b${expected.length}\\b`));
    }));
}

for (const [query, text] of /** @type {const} */ ([
  ["colour:red", "colour"],
  ["size:big", "size:big"],
  ["released:soon", "released:soon"],
  ["org:", "org:"],
  ["-mmlu>=50", "-mmlu:>=50"],
  ['"Yi', "quotation"],
])) {
  test(`what is wrong with the query ${query} is said, and no row vanishes for it`, (t) =>
    inPage(t, {}, async (page) => {
      await open(page);
      await field(page).fill(query);
      assert.ok((await page.locator(".errors").innerText()).includes(text));
      assert.equal(await field(page).getAttribute("aria-invalid"), "true");
      if (!query.startsWith('"')) assert.equal((await shown(page)).length, VIEW.rows.length);
    }));
}

test("where no row matches the table says so, keeps its columns, and a button brings the rows back", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    const nothing = page.locator(".nothing");
    assert.equal(await nothing.isVisible(), false);
    const widths = () => page.locator(".board thead tr:last-child th").evaluateAll((heads) => heads.map((head) => Math.round(head.getBoundingClientRect().width)));
    const before = await widths();
    await field(page).fill("qwne");
    assert.equal((await shown(page)).length, 0);
    assert.match(await nothing.innerText(), /No row matches/);
    assert.deepEqual(await widths(), before);
    await nothing.getByRole("button").click();
    assert.equal((await shown(page)).length, VIEW.rows.length);
    assert.equal(await nothing.isVisible(), false);
  }));

test("Escape closes the help of the search, from its button and from the field, whose words stay", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    await field(page).fill("yi");
    const help = page.getByRole("button", { name: "How to search" });
    await help.click();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#panel-help").isVisible(), false);
    assert.ok(await help.evaluate((button) => button === document.activeElement));
    await help.click();
    await field(page).focus();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#panel-help").isVisible(), false);
    assert.equal(await field(page).inputValue(), "yi");
  }));

test("facets count what the other choices leave, and all values together are no filter", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    await page.getByRole("button", { name: "Filters" }).click();
    const type = page.getByRole("group", { name: "Type" });
    const licence = page.getByRole("group", { name: "Licence" });
    const counts = (/** @type {typeof type} */ group) => group.locator("label").allInnerTexts();
    const count = (/** @type {(row: any) => boolean} */ holds) => VIEW.rows.filter(holds).length;
    assert.ok((await counts(type)).some((text) => /Chat\s*(\d+)/.exec(text)?.[1] === String(count((row) => row.kind === "chat"))));
    await type.getByText("Chat").click();
    assert.deepEqual(await shown(page), named((row) => row.kind === "chat"));
    const unknown = (await counts(licence)).find((text) => /not stated/.test(text)) ?? "";
    assert.equal(/\d+/.exec(unknown)?.[0], String(count((row) => row.kind === "chat" && !row.licence)));
    const others = count((row) => row.kind === "base");
    assert.ok((await counts(type)).some((text) => /Base\s*(\d+)/.exec(text)?.[1] === String(others)), "a facet does not narrow itself");
    for (const label of ["Base", "Code"]) await type.getByText(label).click();
    assert.equal((await shown(page)).length, VIEW.rows.length);
    await waitForAddress(page, /html$/);
    await type.getByText("Chat").click();
    await page.getByRole("button", { name: /Type: Chat/ }).click();
    assert.equal((await shown(page)).length, VIEW.rows.length);
  }));

for (const where of ["disk", "server"]) {
  test(`the address keeps the choice and the language switch takes it along, from a ${where}`, async (t) => {
    const root = where === "disk" ? DISK : await serve(t);
    await inPage(t, { base: root }, async (page) => {
      const table = await open(page, "", `${root}en/`);
      await field(page).fill("-deepseek");
      await table.button(1).click();
      const row = page.locator("#table tbody tr", { hasText: "Yi-34B-Chat" });
      await row.hover();
      await row.locator(".pin").click();
      await page.getByRole("button", { name: "Columns" }).click();
      await page.getByRole("checkbox", { name: /Knowledge/ }).uncheck();
      await waitForAddress(page, /\?sort=model&q=-deepseek&pin=01-ai\/yi-34b-chat&hide=Knowledge$/);
      const names = await shown(page);
      assert.equal(names[0], "Yi-34B-Chat");
      assert.deepEqual(names.slice(1), named((one) => !/deepseek|Yi-34B/i.test(one.name)).sort(new Intl.Collator("en", { numeric: true }).compare));
      await page.reload();
      await page.locator(".controls").waitFor();
      assert.deepEqual(await shown(page), names);
      assert.equal(await page.locator("#table thead").getByText("MMLU").isVisible(), false);
      await page.locator("nav.languages a").click();
      await page.locator(".controls").waitFor();
      assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
      assert.deepEqual(await shown(page), names);
      await page.getByRole("button", { name: "重置" }).click();
      await waitForAddress(page, /html$/);
      assert.equal((await shown(page)).length, VIEW.rows.length);
    });
  });
}

test("an address that asks for what is not there is an address without it", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, "?sort=nothing&type=nobody&pin=none/such&w=mmlu:99,x:1&hide=nil&q=%FF");
    await page.getByRole("button", { name: "Reset" }).click();
    assert.deepEqual(await shown(page), VIEW.rows.map((row) => row.name));
  }));

/** Places, intervals and composites as the page shows them; the bounds of rows without a place are the build's alone. @param {import("playwright-core").Page} page */
const standing = (page) =>
  page.locator("#table tbody").evaluate((body) =>
    [...body.querySelectorAll("tr")].map((row) => {
      const name = row.querySelector(".model > a")?.textContent;
      if (row.matches(".unranked")) return name;
      const texts = [".place", ".composite"].map((cell) => row.querySelector(cell)?.textContent);
      return [name, ...texts, row.dataset.best, row.dataset.worst, row.className.replace("alike", "").trim()].join(" | ");
    }),
  );

const WEIGHED = ["mean", "weighted-mean", "category-balanced-mean", "chance-normalised-mean"];

const BOARDS = readdirSync(path.join(SITE, "data/boards"))
  .flatMap((file) => /^(.*)\.json$/.exec(file)?.[1] ?? [])
  .filter((id) => readdirSync(path.join(SITE, "data/boards")).includes(`${id}.js`) && WEIGHED.includes(viewOf(id).aggregate));

for (const id of BOARDS) {
  test(`weights that are all alike give the places, intervals and composites that the build printed: ${id}`, (t) =>
    inPage(t, {}, async (page) => {
      const keys = [];
      for (const column of viewOf(id).columns) keys.push(column.id);
      const seen = {};
      const columns = keys.map((key) => ((seen[key] = (seen[key] ?? 0) + 1) === 1 ? key : `${key}.${seen[key]}`));
      const ranked = columns.filter((_, at) => viewOf(id).columns[at].ranked);
      await page.goto(`${DISK}en/boards/${id}.html`);
      await page.locator(".controls").waitFor();
      const printed = await standing(page);
      await page.goto(`${DISK}en/boards/${id}.html?w=${ranked.map((key) => `${key}:2`).join(",")}`);
      await page.locator(".own-weights").waitFor();
      assert.deepEqual(await standing(page), printed);
    }));
}

test("the script draws its own critical value where weights differ, and finds that of the build for weights that hardly do", (t) =>
  inPage(t, {}, async (page) => {
    const places = async () => (await standing(page)).map((row) => row.split(" | ").filter((_, at) => at !== 2).join(" | "));
    await open(page);
    const printed = await places();
    await open(page, `?w=${VIEW.columns.map((column, at) => `${column.id}:${at === 0 ? 2.001 : 2}`).join(",")}`);
    await page.locator(".own-weights").waitFor();
    assert.deepEqual(await places(), printed);
  }));

test("weights rank anew, say so, and are taken back", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    const printed = await standing(page);
    await page.getByRole("button", { name: "Weights", exact: true }).click();
    for (const column of VIEW.columns.filter((one) => one.id !== "mmlu")) {
      const slider = page.getByRole("slider", { name: `Weight of ${column.label.en}`, exact: true });
      await slider.fill("0");
    }
    const byMmlu = VIEW.rows.map((row, at) => [row.name, VIEW.values[MMLU][at]]).sort((a, b) => b[1] - a[1]);
    assert.deepEqual(await shown(page), byMmlu.map(([name]) => name));
    assert.equal(parseFloat((await page.locator("#table tbody .composite").first().innerText()).trim()), byMmlu[0][1]);
    assert.match(await page.locator(".formula").innerText(), /\(1 × MMLU\) ÷ 1/);
    assert.ok(await page.locator(".own-weights").isVisible());
    await waitForAddress(page, /w=arc-challenge:0,/);
    await page.locator(".own-weights").getByRole("button").click();
    assert.deepEqual(await standing(page), printed);
  }));

test("a number's pop-up opens by keyboard, says what stands behind the number, and Escape gives the focus back", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    const link = page.locator("#table tbody tr").nth(1).locator("td a").nth(MMLU);
    await link.focus();
    await page.keyboard.press("Enter");
    const tip = page.getByRole("dialog");
    await tip.waitFor();
    const text = await tip.innerText();
    for (const part of [VIEW.rows[1].name, "MMLU", "acc", "lm-evaluation-harness", "early-2024.toml", "measured"]) {
      assert.ok(text.includes(part), `${part} in: ${text}`);
    }
    assert.equal(await tip.getByRole("link", { name: "The record" }).evaluate((own) => own.href), await link.evaluate((own) => own.href));
    assert.ok(await tip.evaluate((own) => own.contains(document.activeElement)));
    await page.keyboard.press("Tab");
    assert.ok(await tip.evaluate((own) => own !== document.activeElement && own.contains(document.activeElement)));
    await page.keyboard.press("Escape");
    assert.equal(await tip.count(), 0);
    assert.ok(await link.evaluate((own) => own === document.activeElement));
  }));

for (const [how, act] of /** @type {[string, (link: import("playwright-core").Locator) => Promise<void>][]} */ ([
  ["a click", (link) => link.click()],
  ["Enter", (link) => link.press("Enter")],
  ["the space bar", (link) => link.press("Space")],
])) {
  test(`a head opens what its column measures by ${how}, and Escape closes it`, (t) =>
    inPage(t, {}, async (page) => {
      await open(page);
      const link = page.locator("#table thead th", { hasText: "MMLU" }).locator("a");
      await act(link);
      const tip = page.getByRole("dialog", { name: "MMLU" });
      await tip.waitFor();
      await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "dialog");
      assert.match(page.url(), /open-llm-v1\.html$/, "the page is not left");
      assert.equal(await tip.getByRole("link").last().evaluate((own) => own.href), await link.evaluate((own) => own.href));
      await page.keyboard.press("Escape");
      assert.equal(await tip.count(), 0);
      assert.ok(await link.evaluate((own) => own === document.activeElement));
    }));
}

test("a tap on a head opens what its column measures", (t) =>
  inPage(t, { viewport: { width: 390, height: 844 }, hasTouch: true }, async (page) => {
    await open(page);
    const link = page.locator("#table thead th", { hasText: "ARC" }).locator("a");
    await link.scrollIntoViewIfNeeded();
    await link.tap();
    await page.getByRole("dialog", { name: "ARC" }).waitFor();
  }));

test("on a phone one column at a time stands beside place, model and composite, all of them in sight", (t) =>
  inPage(t, { viewport: { width: 390, height: 844 } }, async (page) => {
    await open(page);
    const heads = () => page.locator("#table thead tr:last-child th:visible").evaluateAll((cells) => cells.map((cell) => cell.firstChild?.textContent));
    const select = page.locator(".only select");
    const all = (await heads()).length;
    await select.selectOption({ label: "MMLU" });
    assert.equal((await heads()).length, 4);
    const byMmlu = VIEW.rows.map((row, at) => [row.name, VIEW.values[MMLU][at]]).sort((a, b) => b[1] - a[1]);
    assert.deepEqual(await shown(page), byMmlu.map(([name]) => name));
    const cells = page.locator("#table tbody tr").first().locator("td:visible");
    assert.equal(parseFloat(await cells.last().innerText()), byMmlu[0][1]);
    const box = await cells.last().boundingBox();
    assert.ok(box && box.x + box.width <= 390, JSON.stringify(box));
    await waitForAddress(page, /html\?only=mmlu$/);
    await page.locator("nav.languages a").click();
    await page.locator(".controls").waitFor();
    assert.deepEqual(await shown(page), byMmlu.map(([name]) => name));
    await page.locator(".only", { hasText: "显示" }).locator("select").selectOption("");
    assert.equal((await heads()).length, all);
    assert.deepEqual(await shown(page), named(() => true));
    await waitForAddress(page, /html$/);
  }));

test("a link to one column keeps another order, and the choice of column is seen on a wide screen as long as it holds", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, "?only=mmlu&sort=model");
    assert.deepEqual(await shown(page), named(() => true).sort(new Intl.Collator("en", { numeric: true }).compare));
    const select = page.locator(".only select");
    assert.equal(await select.inputValue(), "mmlu");
    await select.selectOption("");
    assert.equal(await select.isVisible(), false);
  }));

test("a pointer that rests on a head opens its pop-up, can go into it, and stays within the window", (t) =>
  inPage(t, { viewport: { width: 700, height: 500 } }, async (page) => {
    await open(page);
    const head = page.locator("#table thead th", { hasText: "MMLU" });
    await head.scrollIntoViewIfNeeded();
    await head.locator("a").hover();
    const tip = page.getByRole("dialog");
    await tip.waitFor();
    assert.ok((await tip.innerText()).includes("2020-09"));
    const box = await tip.boundingBox();
    assert.ok(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 700 && box.y + box.height <= 500, JSON.stringify(box));
    await tip.hover();
    await page.waitForTimeout(400);
    assert.ok(await tip.isVisible());
    await page.mouse.move(5, 5);
    await tip.waitFor({ state: "hidden" });
  }));

test("a row that is pointed at marks the rows no test tells from it", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    const { critical } = VIEW;
    const apart = (a, b) => Math.abs(a.composite - b.composite) > critical * Math.hypot(a.error, b.error);
    for (const at of [0, 4, 8]) {
      await page.locator("#table tbody tr").nth(at).locator(".model").hover();
      const alike = await page.locator("#table tbody .alike .model > a").allInnerTexts();
      assert.deepEqual(alike, VIEW.rows.filter((row, other) => other !== at && !apart(VIEW.rows[at], row)).map((row) => row.name));
    }
  }));

for (const id of ["lm-eval-base-models", "evalscope-mmlu-5shot", "mteb-eng-v2"]) {
  for (const language of ["en", "zh"]) {
    test(`rows written by the script are those the build wrote: ${id}, ${language}`, (t) =>
      // So wide that all columns are in sight.
      inPage(t, { viewport: { width: 6000, height: 800 } }, async (page) => {
        const file = `${language}/boards/${id}.html`;
        /** The rows without what the script adds. */
        const rows = () =>
          page.locator("#table tbody").evaluate((body) =>
            [...body.querySelectorAll("tr:not(.spacer)")].map((row) => {
              const copy = /** @type {HTMLElement} */ (row.cloneNode(true));
              for (const pin of copy.querySelectorAll(".pin")) pin.remove();
              for (const link of copy.querySelectorAll("a")) link.setAttribute("href", (link.getAttribute("href") ?? "").replace(/#.*/, ""));
              copy.removeAttribute("aria-rowindex");
              return copy.outerHTML;
            }),
          );
        await page.goto(DISK + file);
        await page.locator(".controls").waitFor();
        const built = await rows();
        await page.route("**/boards/*.html", async (route) => {
          const html = readFileSync(path.join(SITE, file), "utf8");
          const start = html.indexOf("<tbody>") + "<tbody>".length;
          const second = html.indexOf("<tr", start + 1);
          const wide = "<style>.wide{max-inline-size:none!important}</style>";
          await route.fulfill({ body: html.slice(0, second) + html.slice(html.indexOf("</tbody>", start)) + wide, contentType: "text/html" });
        });
        await page.goto(DISK + file);
        await page.locator(".windowed").waitFor();
        assert.deepEqual(await rows(), built);
      }));
  }
}

test("a long table has the rows and the columns in sight on the page, and says where they are among all", (t) =>
  inPage(t, { viewport: { width: 900, height: 500 }, reducedMotion: "reduce" }, async (page) => {
    const html = readFileSync(path.join(SITE, "en/boards/mteb-eng-v2.html"), "utf8");
    const start = html.indexOf("<tbody>") + "<tbody>".length;
    const second = html.indexOf("<tr", start + 1);
    const body = html.slice(0, second) + html.slice(html.indexOf("</tbody>", start));
    await page.route("**/boards/*.html", (route) => route.fulfill({ body, contentType: "text/html" }));
    await page.goto(`${DISK}en/boards/mteb-eng-v2.html`);
    await page.locator(".windowed").waitFor();
    const view = viewOf("mteb-eng-v2");
    const table = page.locator("#table table");
    assert.equal(await table.getAttribute("aria-rowcount"), String(view.rows.length + 2));
    const scores = () => page.locator("#table tbody tr:not(.spacer)").first().locator("td a").allInnerTexts();
    const written = (at) => view.values[at][0].toFixed(view.columns[at].decimals);
    assert.equal((await scores())[0], written(0));
    assert.ok((await scores()).length < view.columns.length);
    await page.locator("#table .scroll").evaluate((scroller) => scroller.scrollTo({ left: 1e6, behavior: "instant" }));
    await page.waitForFunction((text) => [...document.querySelectorAll("#table tbody td a")].some((link) => link.textContent === text), written(40));
    assert.equal((await scores()).at(-1), written(40));
    const cell = page.locator("#table tbody tr:not(.spacer)").first().locator("td:has(a)").last();
    const head = table.locator("thead tr:last-child th").nth(Number(await cell.getAttribute("aria-colindex")) - 1);
    assert.ok((await head.innerText()).includes(view.columns[40].label.en));
    const [left, of] = await Promise.all([cell, head].map(async (one) => (await one.boundingBox())?.x));
    assert.ok(Math.abs((left ?? 0) - (of ?? 9)) < 2, "cells stand below their heads");
    await cell.locator("a").focus();
    await page.keyboard.press("Enter");
    const tip = page.getByRole("dialog");
    await tip.waitFor();
    assert.ok((await tip.innerText()).includes(view.columns[40].label.en));
    assert.match((await cell.locator("a").getAttribute("href")) ?? "", /#r\w{9}$/);
  }));

for (const [panel, button] of [["facets", "Filters"], ["columns", "Columns"], ["weights", "Weights"], ["help", "How to search"]]) {
  test(`the panel of ${panel} breaks no rule of accessibility and fits a phone`, (t) =>
    inPage(t, {}, async (page) => {
      await open(page, "?q=colour:red&type=chat&pin=01-ai/yi-34b-chat,01-ai/yi-6b&w=mmlu:2");
      await page.getByRole("button", { name: button, exact: true }).click();
      await page.evaluate(AXE);
      const problems = [];
      for (const size of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
        await page.setViewportSize(size);
        for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
          await page.emulateMedia({ colorScheme });
          const found = await page.evaluate(async () => (await globalThis.axe.run({ preload: false, resultTypes: ["violations"] })).violations);
          problems.push(...found.flatMap(({ id, nodes }) => nodes.map((node) => `${size.width} ${colorScheme} ${id}: ${node.target} ${node.failureSummary}`)));
        }
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${size.width}`);
      }
      assert.deepEqual(problems, []);
    }));
}
