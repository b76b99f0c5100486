// Where numbers come from: the name of the source, the way to dispute a number, and references to pages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { DISK, SITE } from "./support/site.js";

const BOARD = "boards/open-llm-v1.html";
const ARTICLE = "articles/evaluation/reading-a-leaderboard.html";
const REPOSITORY = "https://github.com/example/boards";

/** As `tianti.toml` would have it. @param {import("playwright-core").Page} page @param {string} repository */
const withRepository = (page, repository) =>
  page.addInitScript((repository) => {
    document.addEventListener("readystatechange", () => {
      const table = document.getElementById("table");
      if (table) table.dataset.repository = repository;
    });
  }, repository);

/** Opens what stands behind the first score of the table. @param {import("playwright-core").Page} page */
async function openTip(page) {
  const link = page.locator("#table tbody tr").first().locator("td[class^=h] a").first();
  await link.click();
  const tip = page.getByRole("dialog");
  await tip.waitFor();
  return tip;
}

test("what stands behind a number names its source, and without a repository offers no dispute", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(`${DISK}zh/${BOARD}`);
    const tip = await openTip(page);
    const source = tip.locator("dt", { hasText: "来源" }).locator("+ dd");
    assert.equal(await source.innerText(), "Open LLM Leaderboard第一版");
    assert.equal(await tip.getByRole("link").filter({ hasText: "异议" }).count(), 0);
  }));

test("a number is disputed by an issue that says all that finds it again", (t) =>
  inPage(t, {}, async (page) => {
    await withRepository(page, REPOSITORY);
    await page.goto(`${DISK}en/${BOARD}`);
    const tip = await openTip(page);
    const href = await tip.getByRole("link", { name: "Dispute this number" }).getAttribute("href");
    const url = new URL(href ?? "");
    assert.equal(url.origin + url.pathname, `${REPOSITORY}/issues/new`);
    assert.equal(url.searchParams.get("title"), "Disputed: Mistral-7B-Instruct-v0.2 · ARC (Open LLM Leaderboard v1)");
    const body = url.searchParams.get("body") ?? "";
    const data = JSON.parse(readFileSync(path.join(SITE, "data/boards/open-llm-v1.json"), "utf8"));
    const [record] = data.rows[0].cells[0].records;
    const context = data.contexts[record.context];
    for (const line of [
      "- Board: Open LLM Leaderboard v1, `open-llm-v1`",
      "- Model: Mistral-7B-Instruct-v0.2, `mistralai/mistral-7b-instruct-v0.2`",
      "- Benchmark: ARC, `arc-challenge`",
      `- As written: \`${record.written}\`, %, ${context.metric}`,
      `- File: \`${context.file.path}\``,
      `- Place in the file: \`${record.place}\``,
      `- SHA-256: \`${context.file.sha256}\``,
      `- Record: en/models/mistralai/mistral-7b-instruct-v0.2.html#${record.anchor}`,
    ]) {
      assert.ok(body.includes(line), `${line} in\n${body}`);
    }
    assert.ok(body.includes("- Protocol: ") && body.includes("- Source: Open LLM Leaderboard v1\n"), body);
    assert.ok((href ?? "").length < 4000, "hosts cut longer addresses off");
  }));

for (const [repository, start] of [
  ["https://gitlab.com/a/b", "https://gitlab.com/a/b/-/issues/new?issue%5Btitle%5D="],
  ["https://codeberg.org/a/b", "https://codeberg.org/a/b/issues/new?title="],
]) {
  test(`an issue at ${new URL(repository).hostname} has its own form of address`, (t) =>
    inPage(t, {}, async (page) => {
      await withRepository(page, repository);
      await page.goto(`${DISK}en/${BOARD}`);
      const link = (await openTip(page)).getByRole("link", { name: "Dispute this number" });
      assert.ok((await link.getAttribute("href"))?.startsWith(start));
    }));
}

test("a board and an article can be cited without script", (t) =>
  inPage(t, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${DISK}en/${BOARD}`);
    await page.getByText("Cite this board").click();
    const version = JSON.parse(readFileSync(path.join(SITE, "data/index.json"), "utf8")).data_version;
    const board = await page.locator("pre.cite").allInnerTexts();
    assert.ok(board[0].startsWith(`@misc{tianti-open-llm-v1-${version},\n  title = {Open LLM Leaderboard v1},\n`), board[0]);
    assert.equal(board[1], `Tianti (2024). Open LLM Leaderboard v1. Data version ${version}.`);
    await page.goto(`${DISK}zh/${ARTICLE}`);
    await page.getByText("引用本文").click();
    const [, article] = await page.locator("pre.cite").allInnerTexts();
    assert.match(article, new RegExp(`^天梯\\. 怎么读榜单, ${version}\\[DB/OL\\]\\. \\(\\d{4}-\\d\\d-\\d\\d\\)\\[YYYY-MM-DD\\]\\.$`));
  }));

test("a reference is copied with the day of reading", (t) =>
  inPage(t, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.goto(`${DISK}zh/${BOARD}`);
    await page.getByText("引用本榜单").click();
    await page.getByRole("button", { name: "复制", exact: true }).nth(1).click();
    await page.getByRole("button", { name: "已复制" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.includes(`[${new Date().toISOString().slice(0, 10)}]`), copied);
    assert.ok(copied.startsWith("天梯. "), copied);
  }));
