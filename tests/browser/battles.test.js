// A board of battles in the reader's hands, and its models compared.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { DISK, SITE } from "./support/site.js";

const BOARD = "boards/llmfao-crowd.html";

/** What the build exports of the board. */
const EXPORT = JSON.parse(readFileSync(path.join(SITE, "data/boards/llmfao-crowd.json"), "utf8"));

/** @param {import("playwright-core").Page} page */
const shownModels = (page) => page.locator("#table tbody tr:visible .model > a").allInnerTexts();

test("ratings are searched, chosen by facets, sorted and pinned, and the address says it", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(`${DISK}en/${BOARD}?q=org:anthropic+win-rate:>60&sort=battles`);
    const battles = (/** @type {any} */ row) => row.wins + row.losses + row.ties + row.both_bad;
    const wanted = EXPORT.rows.filter((/** @type {any} */ row) => row.model.startsWith("anthropic/") && row.win_rate > 0.6);
    wanted.sort((/** @type {any} */ a, /** @type {any} */ b) => battles(b) - battles(a));
    await page.locator(".controls").waitFor();
    assert.deepEqual(await shownModels(page), wanted.map((/** @type {any} */ row) => row.name));
    await page.getByRole("searchbox").fill("");
    await page.getByRole("button", { name: "Pin GPT-4 to the top" }).click();
    await page.waitForFunction(() => location.search.includes("pin=openai/gpt-4"));
    assert.equal((await shownModels(page))[0], "GPT-4");
    assert.equal((await shownModels(page)).length, EXPORT.rows.length);
    assert.equal(await page.getByRole("button", { name: "Weights" }).count(), 0, "there is nothing to weigh");
  }));

test("models of battles are compared by rating, range of places and their battles with each other", (t) =>
  inPage(t, {}, async (page) => {
    const [first, second] = ["openai/gpt-4", "cohere/command"];
    await page.goto(`${DISK}en/compare.html?board=llmfao-crowd&models=${first},${second}`);
    const overall = page.getByRole("table", { name: "Overall" });
    await overall.waitFor();
    const [one, other] = [first, second].map((id) => EXPORT.rows.find((/** @type {any} */ row) => row.model === id));
    const difference = (other.rating - one.rating).toFixed(0).replace("-", "\u2212");
    const row = overall.getByRole("row", { name: /^Command / });
    assert.ok((await row.innerText()).includes(difference));
    assert.ok((await row.innerText()).includes("cannot tell"), "their ranges of places meet");
    let [won, drawn, lost] = [0, 0, 0];
    for (const { a, b, a_wins, b_wins, ties, both_bad } of EXPORT.pairs) {
      if (![a, b].includes(first) || ![a, b].includes(second)) continue;
      won += a === first ? a_wins : b_wins;
      lost += a === first ? b_wins : a_wins;
      drawn += ties + both_bad;
    }
    assert.ok(won + drawn + lost > 0, "the two met");
    const duels = page.getByRole("table", { name: "Head to head" });
    const cell = duels.getByRole("row", { name: /^GPT-4 / }).getByRole("cell").last();
    assert.ok((await cell.innerText()).startsWith(`${won} / ${drawn} / ${lost}`), await cell.innerText());
    assert.equal(await page.getByRole("columnheader", { name: "Detectable gap" }).count(), 0);
  }));
