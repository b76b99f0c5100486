// What every HTML file of the site holds, read without opening it as a page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { inPage } from "./support/browser.js";
import { FILES, LANGUAGES, PAGES, SITE } from "./support/site.js";

const BASE = "https://site.invalid/prefix/";

/**
 * @typedef {object} Contents
 * @property {string} lang
 * @property {string[]} ids
 * @property {number} headings How many `h1` there are.
 * @property {string[]} nameless Images without `alt`.
 * @property {{ href: string, hreflang: string }[]} translations
 * @property {{ element: string, href: string, loaded: boolean }[]} links
 */

/** @type {Map<string, Contents>} */
const pages = new Map();
const files = new Set(FILES);

/** Runs in the browser. @param {string} html @returns {Contents} */
function readContents(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const all = (selector) => [...parsed.querySelectorAll(selector)];
  return {
    lang: parsed.documentElement.lang,
    ids: all("[id]").map((element) => element.id),
    headings: all("h1").length,
    nameless: all("img:not([alt])").map((image) => image.outerHTML),
    translations: all("[hreflang]").map(({ hreflang, attributes }) => ({ hreflang, href: attributes.href.value })),
    links: all("[href], [src]").map((element) => ({
      element: element.localName,
      href: (element.attributes.href ?? element.attributes.src).value,
      loaded: !element.matches("a, area, link[rel=canonical], link[rel=alternate]"),
    })),
  };
}

/** The place a link of a page leads to, or nothing when it leaves the site. @param {string} page @param {string} href */
function resolve(page, href) {
  const url = new URL(href, BASE + page);
  if (url.origin !== new URL(BASE).origin) return undefined;
  const file = url.href.startsWith(BASE) ? decodeURIComponent(url.pathname.slice(new URL(BASE).pathname.length)) : "";
  return { file, fragment: decodeURIComponent(url.hash.slice(1)) };
}

/** What is wrong with the pages, as lines. @param {(contents: Contents, page: string) => string[]} check */
const problemsOf = (check) =>
  [...pages].flatMap(([page, contents]) => check(contents, page).map((problem) => `${page}: ${problem}`));

before(() =>
  inPage({ name: "reading the documents" }, {}, async (page) => {
    for (const file of PAGES) {
      pages.set(file, await page.evaluate(readContents, readFileSync(path.join(SITE, file), "utf8")));
    }
  }),
);

test("every internal link leads to a file that exists, and to an id of its page", () => {
  const ids = new Map([...pages].map(([page, contents]) => [page, new Set(contents.ids)]));
  const problems = problemsOf(({ links }, page) =>
    links.flatMap(({ element, href }) => {
      const target = resolve(page, href);
      if (!target) return [];
      if (!files.has(target.file)) return [`<${element}> to ${href}: no such file`];
      if (target.fragment && !ids.get(target.file)?.has(target.fragment)) return [`<${element}> to ${href}: no such id`];
      return [];
    }),
  );
  assert.deepEqual(problems, []);
});

test("no page loads anything from another place", () => {
  const problems = problemsOf(({ links }, page) =>
    links.filter(({ loaded, href }) => loaded && !resolve(page, href)).map(({ element, href }) => `<${element}> ${href}`),
  );
  assert.deepEqual(problems, []);
});

test("every page can be reached from the opening page", () => {
  const reached = new Set(["index.html"]);
  for (const page of reached) {
    for (const { href } of pages.get(page)?.links ?? []) {
      const target = resolve(page, href);
      if (target && pages.has(target.file)) reached.add(target.file);
    }
  }
  assert.deepEqual(
    PAGES.filter((page) => !reached.has(page)),
    [],
  );
});

test("every page names its language", () => {
  const problems = problemsOf(({ lang }, page) =>
    lang === (LANGUAGES[page.split("/")[0]] ?? LANGUAGES.zh) ? [] : [`lang is "${lang}"`],
  );
  assert.deepEqual(problems, []);
});

test("every page but the opening one links to itself in the other languages, and says which", () => {
  const problems = problemsOf(({ translations }, page) => {
    const [language, ...rest] = page.split("/");
    if (rest.length === 0) return [];
    const others = Object.keys(LANGUAGES).filter((other) => other !== language);
    return others
      .filter((other) => {
        const target = [other, ...rest].join("/");
        return !translations.some((link) => link.hreflang === LANGUAGES[other] && resolve(page, link.href)?.file === target);
      })
      .map((other) => `no link to ${other}`);
  });
  assert.deepEqual(problems, []);
});

test("what a link says of its language is true of its page", () => {
  const problems = problemsOf(({ translations }, page) =>
    translations
      .filter(({ href, hreflang }) => pages.get(resolve(page, href)?.file ?? "")?.lang !== hreflang)
      .map(({ href, hreflang }) => `${href} is not in ${hreflang}`),
  );
  assert.deepEqual(problems, []);
});

test("every page has one main heading", () => {
  assert.deepEqual(
    problemsOf(({ headings }) => (headings === 1 ? [] : [`${headings} h1`])),
    [],
  );
});

test("every image has an alternative text", () => {
  assert.deepEqual(
    problemsOf(({ nameless }) => nameless),
    [],
  );
});

test("no id stands twice in a page", () => {
  assert.deepEqual(
    problemsOf(({ ids }) => ids.filter((id, index) => ids.indexOf(id) !== index)),
    [],
  );
});

test("what a page opens it closes", () => {
  const uneven = PAGES.flatMap((file) => {
    const html = readFileSync(path.join(SITE, file), "utf8");
    return ["div", "section", "figure", "details", "table", "ul", "ol", "dl"].flatMap((element) => {
      const count = (/** @type {string} */ pattern) => html.match(new RegExp(pattern, "g"))?.length ?? 0;
      const [opened, closed] = [count(`<${element}[\\s>]`), count(`</${element}>`)];
      return opened === closed ? [] : [`${file}: ${opened} <${element}>, ${closed} </${element}>`];
    });
  });
  assert.deepEqual(uneven, []);
});
