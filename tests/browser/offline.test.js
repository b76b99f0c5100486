// The site without a network: what was read opens again. And a board as one file.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inPage } from "./support/browser.js";
import { serve } from "./support/server.js";
import { DISK, KINDS } from "./support/site.js";

/** Waits until the worker looks after the page. @param {import("playwright-core").Page} page */
const looksAfter = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    }
  });

test("pages that were read open without a network, others say that they were not saved", async (t) => {
  const base = await serve(t);
  await inPage(t, { base }, async (page) => {
    await page.goto(`${base}en/index.html`);
    await looksAfter(page);
    await page.goto(`${base}en/${KINDS.board}?sort=x`);
    const title = await page.locator("h1").innerText();
    await page.context().setOffline(true);
    await page.goto(`${base}en/${KINDS.board}`);
    assert.equal(await page.locator("h1").innerText(), title);
    assert.ok(await page.locator(".search-open").isVisible(), "style and script are there");
    await page.goto(`${base}zh/index.html`);
    assert.ok(await page.locator("h1").isVisible(), "the entrance of the other language");
  });
});

test("a page that was never read says so in its language", async (t) => {
  const base = await serve(t);
  let text = "";
  await inPage(t, { base }, async (page) => {
    await page.goto(`${base}zh/index.html`);
    await looksAfter(page);
    await page.context().setOffline(true);
    await page.evaluate(async (address) => {
      const frame = document.createElement("iframe");
      frame.src = address;
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener("load", resolve));
    }, `${base}zh/${KINDS.benchmark}`);
    text = (await page.frames()[1]?.locator("h1").innerText()) ?? "";
  }).catch((error) => {
    // The answer 503 is a problem to the watcher and what is wanted here.
    if (!/503/.test(error.message)) throw error;
  });
  assert.equal(text, "本机没有存下这一页");
});

test("Chromium finds nothing that keeps the site from being installed", async (t) => {
  const base = await serve(t);
  for (const language of ["zh", "en"]) {
    await inPage(t, { base }, async (page) => {
      await page.goto(`${base}${language}/index.html`);
      await looksAfter(page);
      const session = await page.context().newCDPSession(page);
      const { url, errors, data } = await session.send("Page.getAppManifest");
      assert.equal(url, `${base}manifest.${language}.webmanifest`);
      assert.deepEqual(errors, []);
      assert.equal(JSON.parse(data ?? "").start_url, `${language}/index.html`);
      const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
      // A context of the test is a private window.
      assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
    });
  }
});

test("on a disk nothing is registered", (t) =>
  inPage(t, {}, async (page) => {
    await page.goto(`${DISK}en/index.html`);
    assert.equal(await page.locator("link[rel=manifest]").count(), 0);
  }));

const SINGLE = process.env.TIANTI_SINGLE_FILE;

test("a board as one file works alone", { skip: SINGLE ? false : "TIANTI_SINGLE_FILE names no exported board" }, (t) => {
  const file = pathToFileURL(SINGLE ?? "").href;
  return inPage(t, { base: file }, async (page) => {
    await page.goto(file);
    assert.equal(await page.locator("main table").first().locator("tbody tr").count(), 9);
    assert.ok((await page.locator("main svg").count()) > 0, "charts");
    assert.ok((await page.locator("header.top").evaluate((element) => getComputedStyle(element).borderBottomStyle)) === "solid");
    const first = () => page.locator("main table tbody th").first().innerText();
    const before = await first();
    await page.locator("main table thead").first().getByRole("button").nth(1).click();
    assert.notEqual(await first(), before, "the script sorts");
    const leaving = await page.evaluate(() => [...document.links].map((link) => link.href).filter((href) => !/^(https?:|data:)/.test(href) && !href.startsWith(`${location.href.split("#")[0]}#`)));
    assert.deepEqual(leaving, []);
    const download = page.waitForEvent("download");
    await page.locator("a[download$='.csv']").click();
    assert.equal((await download).suggestedFilename(), "open-llm-v1.csv");
  });
});
