// The built site under test: its folder, its addresses and its kinds of pages.

import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

if (!process.env.TIANTI_SITE) throw new Error("TIANTI_SITE must name the folder of a built site; tests/run.sh sets it");

/** The folder of the built site. */
export const SITE = path.resolve(process.env.TIANTI_SITE);

/** The address of the site's folder on the disk. */
export const DISK = `${pathToFileURL(SITE).href}/`;

/** The folder of each language, and what its pages say in `lang`. */
export const LANGUAGES = { zh: "zh-Hans", en: "en" };

/** A page of every kind, below a language's folder. */
export const KINDS = {
  home: "index.html",
  boards: "boards/index.html",
  board: "boards/open-llm-v1.html",
  models: "models/index.html",
  model: "models/mistralai/mistral-7b-instruct-v0.2.html",
  benchmarks: "benchmarks/index.html",
  benchmark: "benchmarks/mmlu.html",
  compare: "compare.html",
  articles: "articles/index.html",
  article: "articles/evaluation/metrics.html",
  about: "about.html",
  organisations: "orgs/index.html",
  organisation: "orgs/qwen.html",
  glossary: "glossary.html",
  datasets: "datasets.html",
  data: "data.html",
};

/** The opening page and a page of every kind in every language, below the site's folder. */
export const EXAMPLES = [
  "index.html",
  ...Object.keys(LANGUAGES).flatMap((language) => Object.values(KINDS).map((page) => `${language}/${page}`)),
];

/** Every file below the site's folder with `/` between its parts. */
export const FILES = listFiles("");

/** Every page of the site. */
export const PAGES = FILES.filter((file) => file.endsWith(".html"));

/** The pages of single boards as they are today, each the first where there are several. */
export const BOARDS = PAGES.filter((file) => /^\w+\/boards\/(?!index\.html)[^@~]+$/.test(file));

/** @param {string} folder @returns {string[]} */
function listFiles(folder) {
  return readdirSync(path.join(SITE, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? listFiles(file) : [file];
  });
}
