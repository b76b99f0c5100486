// One Chromium for a test file, and a watched page for a test.

import assert from "node:assert/strict";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { DISK } from "./site.js";

const FAILURES = fileURLToPath(new URL("../out/", import.meta.url));

/** @type {Promise<import("playwright-core").Browser> | undefined} */
let launched;

after(async () => (await launched)?.close());

function browser() {
  launched ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"],
  });
  return launched;
}

/**
 * Takes the steps in a new page, which may ask only for addresses below `base`; fails with what went wrong in the page,
 * and leaves a picture of a failure in the folder `out`.
 *
 * @param {{ name: string }} test
 * @param {import("playwright-core").BrowserContextOptions & { base?: string }} options
 * @param {(page: import("playwright-core").Page) => Promise<void>} steps
 */
export async function inPage(test, { base = DISK, ...options }, steps) {
  const context = await (await browser()).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const problems = watch(page, base);
  try {
    await steps(page);
    assert.deepEqual(problems, []);
  } catch (error) {
    await page.screenshot({ path: path.join(FAILURES, `${test.name.replace(/[^\p{L}\p{N}]+/gu, "-")}.png`) });
    throw error;
  } finally {
    await context.close();
  }
}

/**
 * Collects errors, failed requests and requests that leave `base`.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} base
 * @returns {string[]}
 */
function watch(page, base) {
  /** @type {string[]} */
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    const leftBehind = reason === "net::ERR_ABORTED"; // The test went on to the next page while an icon was loading.
    if (!leftBehind) problems.push(`failed: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base)) problems.push(`foreign: ${request.url()}`);
  });
  return problems;
}
