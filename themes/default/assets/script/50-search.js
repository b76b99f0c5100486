// One search over everything on the site. `src/search.rs` writes what it reads: a file of names, and blocks of words that
// follow once names can be found. There is no table of words: a run of characters is looked for in the texts themselves.

/**
 * A page. `names` holds the title and other names, a line each, spaced out; `tight` the same without spaces; `side` what
 * it belongs to. `words`, `heads` and `anchors` are those of the text: a line before the first heading, one below each.
 *
 * @typedef {{ kind: string, path: string, title: string, hint: string, names: string, tight: string, side: string,
 *   words: string, text: string, headings: string, heads: string, anchors: string[] }} Found
 *
 * A word of the query: as typed, without punctuation, its stem, and the start that all its forms share.
 * @typedef {{ text: string, tight: string, stem: string, start: string, han: boolean, last: boolean }} Sought
 *
 * A result; `body` is a word that only its text or a heading has.
 * @typedef {{ page: Found, score: number, body?: Sought }} Hit
 */

const search = {
  /** @type {Found[]} */
  pages: [],
  /** Every Latin word seen. @type {Set<string>} */
  vocabulary: new Set(),
  /** Every run of Han characters in a name. @type {Set<string>} */
  runs: new Set(),
  /** `reading`, `read` or `failed` */
  state: "reading",
  /** @type {HTMLDialogElement | undefined} */
  dialog: undefined,
  show: () => {},
};

/** Results of a kind that are shown at first, and at most. */
const SHOWN = [6, 100];

/** Pages found by their text alone that are looked for: more of them help nobody. */
const ENOUGH = 300;

/** What a word in a heading and one in a text are worth; one in a name is worth up to 100. */
const [HEADING, TEXT] = [30, 10];

/** What a kind adds to a score: less than the step from a text to a heading. @type {Record<string, number>} */
const PREFERRED = { board: 9, model: 8, benchmark: 7 };

/** Lower case, without punctuation. @param {string} text */
const spaced = (text) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\n]+/gu, " ")
    .trim();

/** @param {number} code of a character in lower case */
const isLatin = (code) => (code > 96 && code < 123) || (code > 47 && code < 58);

/** Words of three letters and more in a text of lower case. @param {string} text */
const learn = (text) => {
  for (const word of text.match(/[a-z][a-z0-9]{2,}/g) || []) search.vocabulary.add(word);
};

/** The part of an English word that its forms share: ranks, ranked and ranking are rank. @param {string} word */
const stemOf = (word) => {
  if (word.length < 4 || /[^a-z]/.test(word)) return word;
  let stem = word.replace(/(?:ies|ied)$/, "y").replace(/(ss|sh|ch|x|z)es$|([^su])s$/, "$1$2");
  const cut = stem.replace(/(?:ing|ed)$/, "");
  if (cut !== stem && cut.length > 2 && /[aeiouy]/.test(cut)) stem = cut.replace(/([^aeioulsz])\1$/, "$1");
  return stem.length > 3 ? stem.replace(/e$/, "").replace(/y$/, "i") : stem;
};

/** @param {string} text @param {boolean} last @returns {Sought} */
const soughtOf = (text, last) => {
  const stem = stemOf(text);
  return {
    text,
    tight: spaced(text).replaceAll(" ", ""),
    stem,
    start: stem.replace(/i$/, ""),
    han: /\p{Script=Han}/u.test(text),
    last,
  };
};

/** The words of a query; Han characters and others are words of their own. @param {string} query */
const split = (query) => {
  const texts = query.normalize("NFKC").toLowerCase().match(/\p{Script=Han}+|[^\p{Script=Han}\s，。、；：？！“”（）《》]+/gu) || [];
  const words = texts.map((text) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")).filter(Boolean);
  return words.map((text, index) => soughtOf(text, index === words.length - 1));
};

/**
 * Where a text in lower case has a word: Han characters anywhere, other words from their start.
 *
 * @param {string} text
 * @param {Sought} word
 * @param {boolean} open whether what was typed may go on
 */
const find = (text, word, open) => {
  if (word.han) return text.indexOf(word.text);
  for (let at = text.indexOf(word.start); at >= 0; at = text.indexOf(word.start, at + 1)) {
    if (isLatin(text.charCodeAt(at - 1))) continue;
    if (open && text.startsWith(word.text, at)) return at;
    let end = at + word.start.length;
    while (isLatin(text.charCodeAt(end))) end += 1;
    if (stemOf(text.slice(at, end)) === word.stem || text.slice(at, end) === word.text) return at;
    if (text.startsWith(word.text, at) && !isLatin(text.charCodeAt(at + word.text.length))) return at;
  }
  return -1;
};

/** How well a page's names have a word; 0 for not at all. @param {Found} page @param {Sought} word */
const inNames = (page, word) => {
  const at = find(page.names, word, true);
  if (at >= 0) return at <= page.names.indexOf("\n") ? 100 : 80;
  if (word.tight.length > 1 && page.tight.includes(word.tight)) return 60;
  return find(page.side, word, true) >= 0 ? 40 : 0;
};

/** The best of the forms of a word. @param {Sought[]} forms @param {(form: Sought) => number} score */
const best = (forms, score) => forms.reduce((most, form) => Math.max(most, score(form)), 0);

/** Whether a text has one of the forms of a word. @param {string} text @param {Sought[]} forms */
const has = (text, forms) => forms.find((form) => find(text, form, form.last) >= 0);

/** Whether anything has a Latin word. @param {Sought} word */
const isKnown = (word) => {
  for (const known of search.vocabulary) if (known.startsWith(word.start)) return true;
  return search.pages.some((page) => page.tight.includes(word.tight));
};

/** @param {string} character */
const isDigit = (character) => character >= "0" && character <= "9";

/** What it costs to take two characters for one another; digits are never misspelt. @param {string} a @param {string} b */
const change = (a, b) => (a === b ? 0 : isDigit(a) || isDigit(b) ? 9 : 1);

/**
 * The fewest letters to change, add, leave out or swap until `word` is a start of `known`, and how long that start is.
 *
 * @param {string} word
 * @param {string} known
 * @param {number} most
 * @returns {[number, number]}
 */
const distance = (word, known, most) => {
  const width = Math.min(known.length, word.length + most);
  /** @type {number[]} */
  let before = [];
  let above = [0];
  for (let j = 0; j < width; j += 1) above.push(above[j] + change(known[j], ""));
  for (let i = 1; i <= word.length; i += 1) {
    const [typed, typedBefore] = [word[i - 1], word[i - 2]];
    const row = [above[0] + change(typed, "")];
    let least = row[0];
    for (let j = 1; j <= width; j += 1) {
      const letter = known[j - 1];
      let cost = above[j - 1] + change(typed, letter);
      cost = Math.min(cost, above[j] + change(typed, ""), row[j - 1] + change(letter, ""));
      if (j > 1 && typed === known[j - 2] && typedBefore === letter) cost = Math.min(cost, before[j - 2] + change(typed, letter));
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return [least, 0];
    [before, above] = [above, row];
  }
  let end = width;
  for (let j = width; j >= 0; j -= 1) if (above[j] < above[end]) end = j;
  return [above[end], end];
};

/** Known words, or starts of them, that a reader may have meant; the nearest. @param {Sought} word @returns {Sought[]} */
const meant = ({ tight, last }) => {
  const most = tight.length < 4 ? 0 : tight.length < 8 ? 1 : 2;
  let best = most + 0.5;
  /** @type {Set<string>} */
  let nearest = new Set();
  for (const known of most ? search.vocabulary : []) {
    if (known.length < tight.length - most) continue;
    const [letters, length] = distance(tight, known, most);
    const cost = letters + (length < known.length ? 0.5 : 0);
    if (cost > best) continue;
    if (cost < best) nearest = new Set();
    best = cost;
    nearest.add(known.slice(0, length));
  }
  return [...nearest].slice(0, 3).map((text) => soughtOf(text, last));
};

/** Names that differ in one character from a run of Han characters, which has three at least. @param {Sought} word @returns {Sought[]} */
const misread = ({ text, last }) =>
  [...search.runs]
    .filter((run) => run.length === text.length && text.length > 2 && [...run].filter((sign, at) => sign !== text[at]).length === 1)
    .slice(0, 3)
    .map((run) => soughtOf(run, last));

/** Whether a run of Han characters stands anywhere. @param {Sought} run */
const stands = ({ text }) =>
  search.pages.some(
    (page) => page.text.includes(text) || page.names.includes(text) || page.heads.includes(text) || page.side.includes(text),
  );

/**
 * Parts of a run of Han characters that stand somewhere, as long as they can be, which is four characters at most; none
 * where not even two characters do.
 *
 * @param {Sought} word
 * @returns {Sought[]}
 */
const parts = ({ text, last }) => {
  const found = [];
  for (let from = 0; from < text.length; from += found[found.length - 1].text.length) {
    const lengths = [4, 3, 2, 1].filter((length) => length < text.length && from + length <= text.length && (length > 1 || from));
    const part = lengths.map((length) => soughtOf(text.slice(from, from + length), last)).find(stands);
    if (!part) return [];
    found.push(part);
  }
  return found;
};

/**
 * The words of a query, each in the forms that stand for it. Where nothing has a word as typed, others do.
 *
 * @param {string} query
 * @returns {{ words: Sought[][], typed: boolean }}
 */
const understood = (query) => {
  let typed = true;
  const words = split(query).flatMap((word) => {
    if (word.han ? stands(word) : isKnown(word)) return [[word]];
    const near = word.han ? misread(word) : meant(word);
    const others = near.length ? [near] : word.han ? parts(word).map((part) => [part]) : [];
    if (!others.flat().length) return [[word]];
    typed = false;
    return others;
  });
  return { words, typed };
};

/**
 * The pages that have every word, best first. Of those that have them only in their text, no more than enough.
 *
 * @param {Sought[][]} words
 * @returns {Hit[]}
 */
const lookUp = (words) => {
  if (!words.length) return [];
  /** @type {Hit[]} */
  const hits = [];
  /** @type {{ hit: Hit, missing: Sought[][] }[]} */
  const others = [];
  const longest = [...words].sort((a, b) => b[0].text.length - a[0].text.length);
  for (const page of search.pages) {
    /** @type {Hit} */
    const hit = { page, score: PREFERRED[page.kind] || 0 };
    const missing = longest.filter((forms) => {
      const score = best(forms, (form) => inNames(page, form));
      const body = score ? undefined : has(page.heads, forms);
      hit.score += body ? HEADING : score;
      hit.body ??= body;
      return !score && !body;
    });
    if (!missing.length) hits.push(hit);
    else if (page.text) others.push({ hit, missing });
  }
  const most = hits.length + ENOUGH;
  others.sort((a, b) => b.hit.score - a.hit.score);
  for (const { hit, missing } of others) {
    if (hits.length >= most) break;
    const every = missing.every((forms) => {
      const body = has(hit.page.text, forms);
      hit.body ??= body;
      return body;
    });
    hit.score += TEXT * missing.length;
    if (every) hits.push(hit);
  }
  const whole = words.map((forms) => forms[0].tight).join("");
  for (const hit of hits) {
    const { tight, title } = hit.page;
    if (tight.includes(`\n${whole}\n`)) hit.score += tight.startsWith(`\n${whole}\n`) ? 1000 : 900;
    else if (tight.includes(`\n${whole}`)) hit.score += 500;
    hit.score -= Math.min(title.length, 99) / 100;
  }
  return hits.sort((a, b) => b.score - a.score);
};

/** Reads names, then texts. */
const read = async () => {
  const language = `search/${root.lang.slice(0, 2)}`;
  const { blocks, block, kinds } = await data(language, language);
  let articles = 0;
  for (const [kind, documents] of kinds) {
    if (kind === "article") articles = search.pages.length;
    for (const [path, title, hint = "", names = "", terms = ""] of documents) {
      const named = spaced(`${title}\n${names}`);
      const side = spaced(`${hint}\n${terms}`);
      const tight = `\n${named.replaceAll(" ", "")}\n`;
      for (const text of [named, side, tight]) learn(text);
      for (const run of `${named} ${side}`.match(/\p{Script=Han}{3,}/gu) || []) search.runs.add(run);
      const text = { words: "", text: "", headings: "", heads: "", anchors: [] };
      search.pages.push({ kind, path, title, hint, names: `${named}\n`, tight, side, ...text });
    }
  }
  search.show();
  for (let index = 0; index < blocks; index += 1) {
    const texts = await data(`${language}-${index}`, `${language}-${index}`);
    const first = index ? articles + (index - 1) * block : 0;
    texts.forEach((/** @type {string[]} */ [words = "", headings = "", anchors = ""], /** @type {number} */ place) => {
      const page = search.pages[first + place];
      Object.assign(page, { words, headings, anchors: anchors.split("\n") });
      page.text = words.toLowerCase();
      page.heads = headings.toLowerCase();
      learn(page.text);
      learn(page.heads);
    });
  }
  search.state = "read";
  search.show();
};

/**
 * An element with a class and what is in it.
 *
 * @param {string} name
 * @param {string} className
 * @param {...(Node | string)} content
 */
const made = (name, className, ...content) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
};

/** A text with the words of the query marked. @param {string} text @param {Sought[]} words @param {string} className */
const marked = (text, words, className) => {
  const low = text.toLowerCase();
  const places = words
    .map((word) => {
      const at = find(low, word, true);
      let end = at + word.start.length;
      if (low.startsWith(word.text, at)) end = at + word.text.length;
      else while (isLatin(low.charCodeAt(end))) end += 1;
      return [at, end];
    })
    .filter(([at]) => at >= 0)
    .sort((a, b) => a[0] - b[0]);
  const element = made("span", className);
  let done = 0;
  for (const [at, end] of places) {
    if (at < done) continue;
    element.append(text.slice(done, at), made("mark", "", text.slice(at, end)));
    done = end;
  }
  element.append(text.slice(done));
  return element;
};

/** Where in its text a page has a word: the line of `page.heads` or `page.text`. @param {string} text @param {number} at */
const lineOf = (text, at) => text.slice(0, at).split("\n").length - 1;

/** The text around a place, within its line. @param {string} text @param {number} at */
const around = (text, at) => {
  const start = text.lastIndexOf("\n", at) + 1;
  const line = text.slice(start).split("\n", 1)[0];
  const reach = /\p{Script=Han}/u.test(line.slice(Math.max(0, at - start - 20), at - start + 20)) ? 24 : 48;
  let from = Math.max(0, at - start - reach);
  if (from > 0 && reach > 24) from = line.indexOf(" ", from) + 1;
  return `${from > 0 ? "…" : ""}${line.slice(from, at - start + 3 * reach)}`;
};

/** The link of a result. @param {Hit} hit @param {Sought[]} words @param {number} number */
const optionOf = ({ page, body }, words, number) => {
  const option = /** @type {HTMLAnchorElement} */ (made("a", "search-option", marked(page.title, words, "search-title")));
  let [path, hint] = [page.path, page.hint];
  if (body) {
    const head = find(page.heads, body, body.last);
    const at = head < 0 ? find(page.text, body, body.last) : -1;
    const heading = head < 0 ? lineOf(page.text, at) - 1 : lineOf(page.heads, head);
    if (heading >= 0) {
      path += `#${encodeURIComponent(page.anchors[heading])}`;
      hint = page.headings.split("\n")[heading];
    }
    if (at >= 0) hint = around(page.words, at);
  }
  if (hint) option.append(marked(hint, words, "search-hint"));
  option.href = new URL(path, new URL(`${root.lang.slice(0, 2)}/`, SITE)).href;
  option.id = `search-${number}`;
  option.tabIndex = -1;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  return option;
};

/** Makes the dialog. */
const searchDialog = () => {
  const dialog = /** @type {HTMLDialogElement} */ (made("dialog", "search"));
  const field = /** @type {HTMLInputElement} */ (made("input", ""));
  const list = made("div", "search-results");
  const status = made("p", "search-status");
  const close = made("button", "search-close", made("kbd", "", "Esc"), made("span", "hidden", say("search-close")));
  const bar = made("div", "search-field", field, close);
  dialog.append(bar, list, status);
  dialog.setAttribute("aria-label", say("search"));
  list.id = "search-results";
  for (const [element, attributes] of /** @type {[Element, Record<string, string>][]} */ ([
    [close, { type: "button" }],
    [list, { role: "listbox", "aria-label": say("search-results") }],
    [status, { role: "status" }],
    [
      field,
      {
        role: "combobox",
        type: "text",
        enterkeyhint: "go",
        autocomplete: "off",
        autocapitalize: "off",
        spellcheck: "false",
        placeholder: say("search-placeholder"),
        "aria-label": say("search"),
        "aria-autocomplete": "list",
        "aria-controls": list.id,
        "aria-expanded": "false",
      },
    ],
  ])) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  }
  /** @type {Element[]} */
  let options = [];
  let active = -1;
  /** Kinds of which all results are shown. @type {Set<string>} */
  const opened = new Set();

  /** @param {number} index */
  const choose = (index) => {
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = options.length ? (index + options.length) % options.length : -1;
    const option = options[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else field.removeAttribute("aria-activedescendant");
  };

  const show = () => {
    const query = field.value.trim();
    const { words, typed } = understood(query);
    const hits = lookUp(words);
    /** @type {Map<string, Hit[]>} */
    const groups = new Map();
    for (const hit of hits) {
      const group = groups.get(hit.page.kind);
      if (group) group.push(hit);
      else groups.set(hit.page.kind, [hit]);
    }
    list.textContent = "";
    options = [];
    active = -1;
    for (const [kind, group] of groups) {
      const head = made("p", "search-kind", say(`search-${kind}`), made("span", "count", String(group.length)));
      const box = made("div", "", head);
      head.id = `search-kind-${kind}`;
      box.setAttribute("role", "group");
      box.setAttribute("aria-labelledby", head.id);
      for (const hit of group.slice(0, SHOWN[Number(opened.has(kind))])) {
        const option = optionOf(hit, words.flat(), options.length);
        options.push(option);
        box.append(option);
      }
      if (group.length > SHOWN[0] && !opened.has(kind)) {
        const more = made("div", "search-option search-more", say("search-more", { count: group.length }));
        more.id = `search-${options.length}`;
        more.setAttribute("role", "option");
        more.setAttribute("aria-selected", "false");
        more.addEventListener("click", () => {
          const place = options.indexOf(more);
          opened.add(kind);
          show();
          choose(place);
        });
        options.push(more);
        box.append(more);
      }
      list.append(box);
    }
    field.setAttribute("aria-expanded", String(options.length > 0));
    choose(0);
    const used = words.map((forms) => forms.map((form) => form.text).join(" / ")).join(" ");
    status.textContent = [
      !query ? say("search-help") : "",
      query && !hits.length && search.state === "read" ? say("search-none", { query }) : "",
      hits.length ? say(hits.length < ENOUGH ? "search-count" : "search-many", { count: hits.length }) : "",
      typed ? "" : say("search-instead", { words: used }),
      search.state === "failed" ? say("search-failed") : query && search.state !== "read" ? say("search-reading") : "",
    ]
      .filter(Boolean)
      .join(say("search-and"));
  };

  field.addEventListener("input", () => {
    opened.clear();
    show();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(active + step);
    else if (event.key === "Enter") /** @type {HTMLElement | undefined} */ (options[active])?.click();
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close();
    else field.focus();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    field.value = "";
    opened.clear();
  });
  document.body.append(dialog);
  Object.assign(search, { dialog, show });
};

const openSearch = () => {
  if (search.dialog?.open) return;
  if (!search.dialog) {
    searchDialog();
    read().catch(() => {
      search.state = "failed";
      search.show();
    });
  }
  search.show();
  search.dialog?.showModal();
};

/** Adds the button that opens the search, which `/` does too. @param {Element} place */
const searchButton = (place) => {
  const button = made("button", "search-open", made("span", "", say("search")), made("kbd", "", "/"));
  button.setAttribute("type", "button");
  button.setAttribute("aria-label", say("search"));
  button.setAttribute("aria-keyshortcuts", "/");
  button.addEventListener("click", openSearch);
  place.querySelector("nav.languages")?.before(button);
  document.addEventListener("keydown", (event) => {
    const typing = /** @type {Element} */ (event.target).closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    openSearch();
  });
};
