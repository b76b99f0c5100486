// What all scripts of a page share. The files of this folder are joined in the order of their names, within one function;
// `words` holds the messages `script-…` of the page's language, without that prefix.

const root = document.documentElement;

/**
 * A message of the theme: `say("sorted", { rows: 3 })` is the Fluent message `script-sorted`.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (mark, name) => String(values[name] ?? mark));

/** @type {HTMLElement | undefined} */
let region;
/** Tells a screen reader, after what it is told of has been drawn. @param {string} text */
const announce = (text) => {
  setTimeout(() => {
    if (region) region.textContent = text;
  });
};

/** A value that is made when it is first asked for. @template T @param {() => T} make @returns {() => T} */
const once = (make) => {
  /** @type {{ value: T } | undefined} */
  let made;
  return () => (made ??= { value: make() }).value;
};

/** The text of a cell without its marks. @param {Element | undefined} cell @returns {string} */
const textOf = (cell) =>
  [...(cell ? cell.childNodes : [])]
    .filter((node) => node.nodeName !== "SUP")
    .map((node) => node.textContent)
    .join(" ")
    .trim();

/** @param {string} text @returns {number} NaN for an empty cell */
const numberOf = (text) => parseFloat(text.replace("\u2212", "-"));

const KEY = "tianti-theme";
const THEMES = ["auto", "light", "dark"];

/** Adds the button that goes from the system's colours to light to dark. @param {Element} place */
const themeButton = (place) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "theme";
  const label = document.createElement("span");
  button.append(label);
  const show = () => {
    const theme = root.dataset.theme || "auto";
    label.textContent = say(theme);
    button.title = say("theme-label", { theme: say(theme) });
    button.setAttribute("aria-label", button.title);
  };
  button.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme || "auto") + 1) % THEMES.length];
    if (next === "auto") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      if (next === "auto") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, next);
    } catch {
      // Without storage the choice holds for this page only.
    }
    show();
  });
  show();
  place.append(button);
};

const PLACE = "tianti-place";

/** What a reader reads is that far below the top of the window. */
const READING = 100;

/** Where the sections of the page begin, in pixels of it, and where it ends. */
const stops = () => {
  let last = 0;
  const heads = [...document.querySelectorAll("main :is(h2, h3)")].map((head) => (last = head.getClientRects().length ? head.getBoundingClientRect().top + scrollY : last));
  return [0, ...heads, root.scrollHeight];
};

/** Takes the place of the reader along to the same page in another language: so far between the same two headings. */
const keepPlace = () => {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("nav.languages a"))) {
    link.addEventListener("click", (event) => {
      link.hash = location.hash;
      const line = scrollY + READING;
      const all = stops();
      const at = Math.max(0, all.findLastIndex((top, nth) => top <= line && nth < all.length - 1));
      const place = [link.pathname, all.length, at, (line - all[at]) / (all[at + 1] - all[at] || 1), line / root.scrollHeight];
      try {
        if (scrollY && !event.ctrlKey && !event.metaKey && !event.shiftKey) sessionStorage.setItem(PLACE, JSON.stringify(place));
      } catch {
        // Without storage the address says it, as far as it can.
      }
    });
  }
  /** @type {string | null} */
  let kept = null;
  try {
    kept = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
  } catch {
    // As above.
  }
  const [path, count, at, share, whole] = JSON.parse(kept || "[]");
  if (path !== location.pathname) return;
  // What the data bring is there by then.
  window.addEventListener("load", () => {
    // Headings of articles have names in their own language.
    if (location.hash && !document.getElementById(decodeURIComponent(location.hash.slice(1)))) history.replaceState(null, "", location.pathname + location.search);
    const all = stops();
    const line = all.length === count ? all[at] + share * (all[at + 1] - all[at]) : whole * root.scrollHeight;
    window.scrollTo({ top: line - READING, behavior: "instant" });
  });
};
