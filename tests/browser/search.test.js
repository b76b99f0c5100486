// The search as a reader uses it, from a disk and from a server.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { serve } from "./support/server.js";
import { DISK, KINDS } from "./support/site.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Opens the search on a page and waits until everything can be found. @param {import("playwright-core").Page} page */
async function open(page, file = `en/${KINDS.board}`, base = DISK) {
  await page.goto(base + file);
  await page.keyboard.press("/");
  await page.getByRole("dialog").getByRole("combobox").waitFor();
  await page.waitForFunction(() => Object.keys(/** @type {any} */ (self).tianti ?? {}).filter((key) => key.startsWith("search/")).length >= 3);
}

/** Types a query and gives the results in order. @param {import("playwright-core").Page} page @param {string} query */
async function find(page, query) {
  await page.getByRole("dialog").getByRole("combobox").fill(query);
  return page.getByRole("dialog").getByRole("option").evaluateAll((options) =>
    options.flatMap((option) =>
      option instanceof HTMLAnchorElement
        ? [{ title: option.querySelector(".search-title")?.textContent, hint: option.querySelector(".search-hint")?.textContent, href: option.href }]
        : [],
    ),
  );
}

/** @param {{ title?: string | null }[]} results */
const titles = (results) => results.map(({ title }) => title);

test("a model is found by its name however it is spelt, its aliases and its maker in either language", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    for (const query of ["Qwen1.5-7B-Chat", "qwen1.5 7b chat", "qwen1_5-7b-chat", "QWEN/Qwen1.5-7B-Chat"]) {
      assert.equal((await find(page, query))[0]?.title, "Qwen1.5-7B-Chat", query);
    }
    assert.equal((await find(page, "qwen-14b-chat-hf"))[0]?.title, "Qwen-14B-Chat", "an alias on the card");
    for (const query of ["通义千问", "义千"]) {
      const found = titles(await find(page, query));
      assert.ok(found.includes("Qwen-7B") && found.every((title) => title?.startsWith("Qwen")), `${query}: ${found}`);
      assert.ok(found.includes("Qwen (Alibaba Cloud)"), "the organisation itself");
    }
  }));

test("a term of the glossary is found by its names in both languages and by other words for it, and leads to its definition", (t) =>
  inPage(t, {}, async (page) => {
    for (const [language, title] of [["zh", "少样本提示"], ["en", "Few-shot"]]) {
      await open(page, `${language}/index.html`);
      for (const query of ["少样本", "few-shot", "Few shot", "上下文学习", "k-shot"]) {
        const found = (await find(page, query)).find((result) => result.title === title);
        assert.ok(found?.href.endsWith(`/${language}/glossary.html#few-shot`), `${language} ${query}: ${found?.href}`);
      }
    }
    const results = await find(page, "few-shot");
    assert.equal(results[0]?.title, "Few-shot");
    const heads = await page.getByRole("listbox").getByRole("group").evaluateAll((all) => all.map((group) => group.firstElementChild?.firstChild?.textContent));
    assert.ok(heads.includes("Terms"), `${heads}`);
    await page.keyboard.press("Enter");
    await page.waitForURL(/glossary\.html#few-shot$/);
    assert.match((await page.locator(":target").textContent()) ?? "", /solved examples/);
  }));

test("an exact name comes first, then names that start so", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    const found = titles(await find(page, "mmlu"));
    assert.deepEqual(found.slice(0, 3), ["MMLU", "MMLU-Pro", "CMMLU"]);
    assert.equal(titles(await find(page, "mml"))[0], "MMLU");
  }));

test("any run of Chinese characters finds the sentence it stands in, and the heading above it", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, "zh/index.html");
    for (const query of ["差出14.9分", "名次也变了", "次也变", "想减个常数"]) {
      const [first] = await find(page, query);
      assert.equal(first?.title, "三个MMLU", query);
      assert.ok(first.hint?.includes(query.slice(0, 2)), `${query}: ${first.hint}`);
    }
    const under = (await find(page, "应改用Wilson区间"))[0];
    assert.match(decodeURIComponent(under?.href ?? ""), /reading-a-leaderboard\.html#.+/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/reading-a-leaderboard/);
    assert.ok(await page.evaluate(() => document.querySelector(":target")?.matches("h2, h3")));
  }));

test("a run that stands nowhere is looked for in parts, and the page says so", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, "zh/index.html");
    const found = await find(page, "榜单误差");
    assert.ok(found.length > 0);
    assert.match((await page.locator(".search-status").textContent()) ?? "", /榜单 误差/);
    assert.deepEqual(await find(page, "鲸鱼罐头"), []);
    assert.match((await page.locator(".search-status").textContent()) ?? "", /没有找到/);
  }));

test("English words are found in their other forms, and a word that is still being typed", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, "en/index.html");
    const forms = [];
    for (const query of ["ranks", "ranked", "rankings"]) forms.push(titles(await find(page, query)).sort());
    assert.ok(forms[0].length > 3, "ranks");
    assert.deepEqual(forms[1], forms[0]);
    assert.deepEqual(forms[2], forms[0]);
    assert.ok(titles(await find(page, "contam")).includes("What makes a leaderboard fair"));
  }));

test("one wrong Han character in a name finds what was meant, and the page says so", (t) =>
  inPage(t, {}, async (page) => {
    await open(page, "zh/index.html");
    for (const query of ["通意千问", "同义千问"]) {
      const found = titles(await find(page, query));
      assert.ok(found.includes("Qwen-7B") && found.some((title) => title?.startsWith("通义千问")), `${query}: ${found}`);
      assert.match(await page.getByRole("dialog").getByRole("status").innerText(), /通义千问/);
    }
    assert.deepEqual(await find(page, "通意千文"), [], "two wrong characters are another word");
  }));

test("models are found by names of their family that their maker's entry gives", (t) =>
  inPage(t, {}, async (page) => {
    for (const language of ["zh", "en"]) {
      await open(page, `${language}/index.html`);
      for (const query of ["文心一言", "ERNIE Bot"]) {
        const found = titles(await find(page, query));
        assert.ok(found.some((title) => title?.startsWith("ERNIE-5.0")), `${language} ${query}: ${found}`);
      }
    }
  }));

test("a misspelt Latin word finds what was meant, but never another number", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    for (const [query, title] of [["mistrl instruct", /^Mistral-7B-Instruct-v0\.\d$/], ["mistarl-7b-instruct", /^Mistral-7B-Instruct-v0\.\d$/], ["hellaswga", /^HellaSwag$/]]) {
      assert.match(titles(await find(page, query))[0], title, query);
      assert.match((await page.locator(".search-status").textContent()) ?? "", /Shown for/);
    }
    assert.deepEqual(await find(page, "qwen1.5-77b"), []);
  }));

test("results are grouped by kind, and the number of them is announced", (t) =>
  inPage(t, {}, async (page) => {
    await open(page);
    await find(page, "mmlu");
    const groups = page.getByRole("listbox").getByRole("group");
    const names = await groups.evaluateAll((all) => all.map((group) => group.firstElementChild?.firstChild?.textContent));
    assert.equal(new Set(names).size, names.length);
    for (const kind of ["Articles", "Benchmarks", "Boards"]) assert.ok(names.includes(kind), kind);
    assert.match((await page.getByRole("dialog").getByRole("status").textContent()) ?? "", /^Results: \d+/);
  }));

test("the keyboard is enough: / opens, arrows choose, Escape closes and gives the focus back, Enter goes", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(`${DISK}en/index.html`);
    const button = page.getByRole("button", { name: "Search" });
    await button.focus();
    await page.keyboard.press("/");
    const field = page.getByRole("dialog").getByRole("combobox");
    assert.equal(await field.getAttribute("aria-expanded"), "false");
    await page.keyboard.type("mmlu");
    await page.getByRole("dialog").getByRole("option").nth(2).waitFor();
    assert.equal(await field.getAttribute("aria-expanded"), "true");
    const chosen = () => page.locator("[role=option][aria-selected=true]").evaluateAll((all) => all.map((option) => option.id));
    const first = await chosen();
    assert.equal(first.length, 1);
    await page.keyboard.press("ArrowDown");
    const second = await chosen();
    assert.notDeepEqual(second, first);
    assert.equal(await field.getAttribute("aria-activedescendant"), second[0]);
    await page.keyboard.press("ArrowUp");
    assert.deepEqual(await chosen(), first);
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.ok(await button.evaluate((element) => element === document.activeElement));
    await page.keyboard.press("/");
    await page.keyboard.type("mmlu");
    await page.keyboard.press("Enter");
    await page.waitForURL(/benchmarks\/mmlu\.html$/);
  }));

test("a slash typed into a field stays a slash", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(`${DISK}en/models/index.html`);
    await page.locator("main input").first().focus();
    await page.keyboard.press("/");
    assert.equal(await page.getByRole("dialog").count(), 0);
  }));

test("it works below a prefix on a server", async (t) => {
  const base = await serve(t);
  await inPage(t, { base }, async (page) => {
    await open(page, `en/${KINDS.model}`, base);
    assert.ok((await find(page, "mmlu"))[0]?.href.startsWith(`${base}en/benchmarks/mmlu.html`));
  });
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe finds nothing in the open search, ${colorScheme}`, async (t) => {
    const base = await serve(t);
    await inPage(t, { colorScheme, base }, async (page) => {
      await open(page, "zh/index.html", base);
      await page.addScriptTag({ path: AXE });
      for (const query of ["", "误差", "鲸鱼罐头"]) {
        await find(page, query);
        const { violations } = await page.evaluate(() => /** @type {any} */ (self).axe.run());
        assert.deepEqual(violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html}`), []);
      }
    });
  });
}
