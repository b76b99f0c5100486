// Going from page to page as a reader does.

import assert from "node:assert/strict";

/**
 * Clicks the first visible link to an address and waits for its page.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} target
 */
export async function follow(page, target) {
  const from = page.url();
  const link = await page.evaluateHandle(
    (href) => [...document.links].find((link) => link.href === href && link.checkVisibility()),
    target,
  );
  const element = link.asElement();
  assert.ok(element, `${from} has a visible link to ${target}`);
  await element.click();
  await page.waitForURL(target);
  assert.ok(await page.locator("h1").isVisible(), `${target} shows its heading`);
}
