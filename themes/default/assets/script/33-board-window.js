// The rows of a table that is too long for a page: all of them, of which those in sight are on the page. They are written
// as the build writes them (`src/render/table.rs`); only the way to a record within its model's page is not known until
// the record is asked for.

/** Rows that are ready above and below those in sight, and pixels beside the columns in sight. */
const READY = 8;
const BESIDE = 300;

/** The signs of what is said of a score. @type {Record<string, string>} */
const SIGNS = {
  withdrawn: "\u00d7",
  disputed: "?",
  contaminated: "\u25b2",
  "possibly-seen": "\u25b3",
  "stand-in": "\u2020",
  claimed: "\u2021",
  partial: "\u25d0",
};

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** Writes cells of a row: `plan` has places in `heads`, and less than 0 for so many columns that are left out. @param {BoardIndex} index @param {Head[]} heads @returns {(ranking: Ranking) => (row: number, plan: number[]) => string} */
const rowWriter = ({ view }, heads) => {
  const { columns, rows, values } = view;
  const best = values.map((column, at) =>
    column.reduce((found, value) => (value !== null && (found === null || (columns[at].lower ? value < found : value > found)) ? value : found), null),
  );
  const heat = (/** @type {number} */ at, /** @type {number} */ value) => {
    const [none, all] = columns[at].heat;
    return Math.min(19, Math.max(0, Math.round(none === all ? 0 : (19 * (value - none)) / (all - none))));
  };
  const said = new Map(view.states.map((state) => [state[0] * columns.length + state[1], state]));
  const link = (/** @type {number} */ row) => `../models/${escaped(rows[row].id)}.html`;
  const score = (/** @type {number} */ row, /** @type {number} */ at) => {
    const state = said.get(row * columns.length + at);
    const value = values[at][row] ?? state?.[2] ?? null;
    if (value === null) return '<td class="none">\u2014</td>';
    const names = state?.[3] ?? [];
    const counts = values[at][row] !== null;
    const withdrawn = !counts && names.includes("withdrawn");
    const own = counts
      ? [`h${heat(at, value)}`, ...(value === best[at] ? ["best"] : []), ...names].join(" ")
      : withdrawn ? "withdrawn" : "stand-in";
    const marks = names.map((name) => `${SIGNS[name]}<span class="hidden"> ${say(`state-${name}`)} </span>`).join("");
    const number = numberText(value, columns[at].decimals);
    return `<td class="${own}"><a href="${link(row)}">${withdrawn ? `<s>${number}</s>` : number}</a>${marks && `<sup>${marks}</sup>`}</td>`;
  };
  const fact = (/** @type {string | undefined} */ text) => (text ? `<td class="fact">${escaped(text)}</td>` : '<td class="none">\u2014</td>');
  return (ranking) => {
    const composite = compositeHtml(view, ranking);
    const name = (/** @type {number} */ row) => {
      const { organisation, variant, status } = rows[row];
      const spans = [
        ["org", organisation === undefined ? undefined : inOwn(view.organisations[organisation])],
        ["variant", variant],
        ["status", view.aggregate === "none" || ranking.place[row] ? undefined : say(`status-${status ?? "below-coverage"}`)],
      ];
      return `<a href="${link(row)}">${escaped(rows[row].name)}</a>${spans.map(([kind, text]) => (text ? `<span class="${kind}">${escaped(text)}</span>` : "")).join("")}`;
    };
    /** @type {Record<string, (row: number) => string>} */
    const fixed = {
      place: (row) => `<td class="place">${placeHtml(ranking, row)}</td>`,
      model: (row) => `<th scope="row" class="model">${name(row)}</th>`,
      score: (row) => `<td class="composite">${composite(row)}</td>`,
      coverage: (row) => `<td class="coverage">${ranking.covered[row]}/${ranking.columns}</td>`,
      size: (row) => fact(rows[row].parameters),
      released: (row) => fact(rows[row].released),
    };
    const cell = (/** @type {number} */ row, /** @type {Head} */ { key, column }) => (column < 0 ? fixed[key](row) : score(row, column));
    return (row, plan) => plan.map((at) => (at < 0 ? `<td class="spacer" colspan="${-at}" aria-hidden="true"></td>` : cell(row, heads[at]))).join("");
  };
};

/** @param {HTMLTableElement} table @param {BoardIndex} index @param {(row: number) => HTMLElement} pinOf @param {Head[]} heads @returns {BoardRows} */
const windowedRows = (table, index, pinOf, heads) => {
  const body = table.tBodies[0];
  const scroller = /** @type {HTMLElement} */ (table.closest(".scroll") ?? table);
  const write = rowWriter(index, heads);
  const [above, below] = [0, 0].map(() => makeNode("tr", { class: "spacer", "aria-hidden": "true" }, makeNode("td", { colspan: heads.length })));
  /** @type {Map<Element, number>} */
  const numbers = new Map();
  /** @type {Map<number, HTMLTableRowElement>} Rows on the page, by their place in the order. */
  let present = new Map();
  /** @type {Drawing} */
  let drawing = { order: [], pinned: 0, published: true, ranking: publishedRanking(index.view), weighed: false, hidden: new Set() };
  /** @type {((row: number, plan: number[]) => string) | undefined} */
  let html;
  let height = 0;
  let marks = (/** @type {number} */ _row) => false;

  // From now on the columns keep the widths that the rows so far gave them.
  const widths = heads.map(({ head }) => head.getBoundingClientRect().width);
  table.querySelector("colgroup")?.remove();
  table.tHead?.before(makeNode("colgroup", {}, ...widths.map((width) => makeNode("col", { style: `inline-size:${Math.ceil(width)}px` }))));
  table.classList.add("windowed");
  table.setAttribute("aria-colcount", String(heads.length));
  /** @type {number[]} */
  let plan = [];

  /** The columns in sight; place and model are always. @returns {boolean} Whether they are others than before. */
  const planned = () => {
    const from = Math.floor(scroller.scrollLeft / BESIDE) * BESIDE - BESIDE;
    const to = from + scroller.clientWidth + 3 * BESIDE;
    /** @type {number[]} */
    const next = [];
    let [left, out] = [0, 0];
    heads.forEach(({ column }, at) => {
      if (drawing.hidden.has(column)) return;
      left += widths[at];
      if (at > 1 && (left < from || left - widths[at] > to)) {
        out += 1;
        return;
      }
      if (out > 0) next.push(-out);
      out = 0;
      next.push(at);
    });
    if (out > 0) next.push(-out);
    const changed = next.join() !== plan.join();
    plan = next;
    return changed;
  };

  /** @param {number} at */
  const rowElement = (at) => {
    const row = drawing.order[at];
    const element = /** @type {HTMLTableRowElement} */ (makeNode("tr", { "aria-rowindex": at + 1 + (table.tHead?.rows.length ?? 0) }));
    element.innerHTML = html?.(row, plan) ?? "";
    dressRow(element, drawing.ranking, row);
    if (plan.some((column) => column < 0)) {
      plan.forEach((column, cell) => column >= 0 && element.cells[cell].setAttribute("aria-colindex", String(column + 1)));
    }
    element.querySelector(".model")?.append(pinOf(row));
    element.classList.toggle("pinned", at < drawing.pinned);
    element.classList.toggle("last-pinned", at === drawing.pinned - 1);
    element.classList.toggle("alike", marks(row));
    numbers.set(element, row);
    return element;
  };

  const fill = () => {
    const { order } = drawing;
    const first = Math.max(0, Math.floor(scroller.scrollTop / height) - READY);
    const last = Math.min(order.length, Math.ceil((scroller.scrollTop + scroller.clientHeight) / height) + READY);
    for (const [at, element] of present) {
      if (at >= first && at < last) continue;
      // The focus must not fall out of the table with the row it is in.
      if (element.contains(document.activeElement)) scroller.focus({ preventScroll: true });
      numbers.delete(element);
      present.delete(at);
      element.remove();
    }
    let next = /** @type {Element} */ (below);
    for (let at = last - 1; at >= first; at -= 1) {
      let element = present.get(at);
      if (!element) {
        element = rowElement(at);
        present.set(at, element);
        next.before(element);
      }
      next = element;
    }
    above.style.blockSize = `${first * height}px`;
    below.style.blockSize = `${(order.length - last) * height}px`;
  };

  const redraw = () => {
    planned();
    if (body.contains(document.activeElement)) scroller.focus({ preventScroll: true });
    numbers.clear();
    present = new Map();
    body.replaceChildren(above, below);
    if (height === 0 && drawing.order.length > 0) {
      const element = rowElement(0);
      body.append(element);
      height = element.getBoundingClientRect().height;
      element.remove();
    }
    if (height > 0) fill();
  };
  scroller.addEventListener("scroll", () => (planned() ? redraw() : fill()), { passive: true });
  new ResizeObserver(() => height > 0 && fill()).observe(scroller);
  window.addEventListener("resize", () => resize());
  const resize = () => {
    height = 0;
    redraw();
  };

  return {
    draw: (next) => {
      const same = html && drawing.ranking === next.ranking;
      if (!same) html = write(next.ranking);
      drawing = next;
      table.setAttribute("aria-rowcount", String(next.order.length + (table.tHead?.rows.length ?? 0)));
      redraw();
    },
    rowAt: (element) => numbers.get(element.closest("tbody tr") ?? body) ?? -1,
    mark: (holds) => {
      marks = holds;
      for (const [element, row] of numbers) element.classList.toggle("alike", holds(row));
    },
    resize,
    headAt: (cell) => heads[body.contains(cell) ? (plan[cell.cellIndex] ?? -1) : cell.cellIndex],
  };
};
