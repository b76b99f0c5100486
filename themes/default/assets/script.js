// Comfort on top of pages that are complete without it: sortable tables, a filter for long lists, the choice of theme.
(() => {
  "use strict";
  const root = document.documentElement;
  /** @type {DOMStringMap} Interface strings in the page's language, from the attributes of the script element. */
  const strings = document.currentScript ? document.currentScript.dataset : {};

  /** @param {string} key @param {Record<string, string | number>} [values] @returns {string} */
  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [mark, value]) => text.replace("%" + mark, () => String(value)), strings[key] || "");

  /** @type {HTMLElement | undefined} */
  let region;
  /** Tells a screen reader. @param {string} text */
  const announce = (text) => {
    if (region) region.textContent = text;
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

  const collator = new Intl.Collator(root.lang, { numeric: true, sensitivity: "base" });

  /** Makes the heads of a table with `data-sort` sort it. @param {HTMLTableElement} table */
  const sortable = (table) => {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 2) return;
    const rows = [...body.rows];
    /** @type {HTMLTableCellElement[]} */
    const heads = [...table.querySelectorAll("th[data-sort]")];

    /** @param {HTMLTableCellElement} head @param {string} name */
    const sort = (head, name) => {
      const kind = head.dataset.sort;
      const first = kind === "descending" ? kind : "ascending";
      const current = head.getAttribute("aria-sort");
      const direction = !current ? first : current === "ascending" ? "descending" : "ascending";
      const sign = direction === "ascending" ? 1 : -1;
      const keys = rows.map((row) => {
        const text = textOf(row.cells[head.cellIndex]);
        const missing = text === "" || text.startsWith("\u2014");
        return { row, text, missing: missing || (kind !== "text" && isNaN(numberOf(text))) };
      });
      keys.sort((a, b) => {
        if (a.missing || b.missing) return Number(a.missing) - Number(b.missing);
        return sign * (kind === "text" ? collator.compare(a.text, b.text) : dateOrNumber(a.text, b.text));
      });
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", direction);
      body.append(...keys.map((key) => key.row));
      announce(say("sorted", { c: name, d: strings[direction] || direction, r: rows.length }));
    };

    for (const head of heads) {
      const name = textOf(head);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      if (head.querySelector("a")) {
        button.setAttribute("aria-label", say("sort", { c: name }));
        head.append(button);
      } else {
        button.append(...head.childNodes);
        head.append(button);
      }
      button.addEventListener("click", () => sort(head, name));
    }
  };

  /** Compares by number; dates of one year as text. @param {string} a @param {string} b */
  const dateOrNumber = (a, b) =>
    numberOf(a) - numberOf(b) || (/^\d{4}-\d/.test(a) || /^\d{4}-\d/.test(b) ? collator.compare(a, b) : 0);

  /** Puts a field above a long table that hides the rows without the words typed. @param {HTMLTableElement} table */
  const filterable = (table) => {
    const rows = [...(table.tBodies[0] ? table.tBodies[0].rows : [])];
    if (rows.length < 15) return;
    const texts = rows.map((row) => (row.textContent || "").toLowerCase());
    const label = document.createElement("label");
    label.className = "filter";
    const field = document.createElement("input");
    field.type = "search";
    field.autocomplete = "off";
    label.append(Object.assign(document.createElement("span"), { textContent: say("filter") }), field);
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      let shown = 0;
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
        shown += Number(!row.hidden);
      });
      announce(say("filtered", { r: shown }));
    });
    (table.closest(".scroll") || table).before(label);
  };

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
      button.title = say("theme", { t: say(theme) });
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

  region = document.createElement("p");
  region.className = "hidden";
  region.setAttribute("role", "status");
  document.body.append(region);
  for (const table of document.querySelectorAll("table")) {
    if (!table.classList.contains("short") && table.querySelector("th[data-sort]")) sortable(table);
    if (table.dataset.filter) filterable(table);
  }
  const place = document.querySelector("header.top > .wide");
  if (place) themeButton(place);
})();
