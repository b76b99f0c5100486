// The site opened from a disk and below a prefix of a server, with and without scripts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./support/browser.js";
import { follow } from "./support/links.js";
import { serve } from "./support/server.js";
import { DISK, KINDS, LANGUAGES } from "./support/site.js";

const PATH = [
  KINDS.home,
  KINDS.boards,
  KINDS.board,
  KINDS.model,
  KINDS.models,
  KINDS.benchmarks,
  KINDS.benchmark,
  KINDS.articles,
  KINDS.article,
  KINDS.about,
  KINDS.glossary,
  KINDS.organisations,
  KINDS.organisation,
  KINDS.datasets,
  KINDS.data,
  KINDS.home,
];

/**
 * From the opening page through pages of every kind.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} base
 * @param {string} language
 */
async function walk(page, base, language) {
  await page.goto(`${base}index.html`);
  for (const step of PATH) {
    await follow(page, `${base}${language}/${step}`);
    assert.equal(await page.locator("html").getAttribute("lang"), LANGUAGES[language]);
  }
}

for (const javaScriptEnabled of [true, false]) {
  const scripts = javaScriptEnabled ? "with scripts" : "without scripts";
  for (const language of Object.keys(LANGUAGES)) {
    test(`links lead from the opening page to every kind of page, on a disk, ${scripts}, ${language}`, (t) =>
      inPage(t, { javaScriptEnabled }, (page) => walk(page, DISK, language)));

    test(`links lead from the opening page to every kind of page, below a prefix, ${scripts}, ${language}`, async (t) => {
      const base = await serve(t);
      await inPage(t, { javaScriptEnabled, base }, (page) => walk(page, base, language));
    });
  }
}

test("the server's prefix alone opens the site", async (t) => {
  const base = await serve(t);
  await inPage(t, { base }, async (page) => {
    await page.goto(base);
    await follow(page, `${base}en/index.html`);
  });
});

for (const kind of ["board", "model", "benchmark", "article", "organisation", "glossary", "datasets", "data"]) {
  test(`the language switch leads to the same page and back: ${kind}`, (t) =>
    inPage(t, {}, async (page) => {
      await page.goto(`${DISK}zh/${KINDS[kind]}`);
      for (const language of ["en", "zh"]) {
        await follow(page, `${DISK}${language}/${KINDS[kind]}`);
        assert.equal(await page.locator("html").getAttribute("lang"), LANGUAGES[language]);
      }
    }));
}
