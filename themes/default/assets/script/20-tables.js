// Lists as tables: sorting by any column, and a field that filters long ones.

const collator = new Intl.Collator(root.lang, { numeric: true, sensitivity: "base" });

/** Makes the heads of a table with `data-sort` sort it. @param {HTMLTableElement} table */
const sortable = (table) => {
  const body = table.tBodies[0];
  if (!body || body.rows.length < 2) return;
  const rows = [...body.rows];
  const heads = [.../** @type {NodeListOf<HTMLTableCellElement>} */ (table.querySelectorAll("th[data-sort]"))];

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
    table.classList.toggle("out-of-order", !head.matches(".place") || direction === "descending");
    body.append(...keys.map((key) => key.row));
    announce(say("sorted", { column: name, direction: say(direction), rows: rows.length }));
  };

  for (const head of heads) sortButton(head, (name) => sort(head, name));
};

/** Puts the button into a head that sorts by it. @param {HTMLTableCellElement} head @param {(name: string) => void} click */
const sortButton = (head, click) => {
  const name = textOf(head);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  if (head.querySelector("a")) button.setAttribute("aria-label", say("sort-by", { column: name }));
  else button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => click(name));
};

/** Compares by number; dates of one year as text. @param {string} a @param {string} b */
const dateOrNumber = (a, b) =>
  numberOf(a) - numberOf(b) || (/^\d{4}-\d/.test(a) || /^\d{4}-\d/.test(b) ? collator.compare(a, b) : 0);

/** Puts a field above a table that hides the rows without the words typed. @param {HTMLTableElement} table */
const filterable = (table) => {
  const rows = [...(table.tBodies[0] ? table.tBodies[0].rows : [])];
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
    announce(say("filtered", { rows: shown }));
  });
  (table.closest(".scroll") || table).before(label);
};
