// The rows of a table that is too long for a page: all of them, of which those in sight are on the page. They are written
// as the build writes them (`src/render/table.rs`); only the way to a record within its model's page is not known until
// the record is asked for.

/** Rows that are ready above and below those in sight. */
const READY = 10;

/** The sign and the class of what is said of a score. @type {Record<string, [string, string]>} */
const SIGNS = {
  claimed: ["\u2021", "claimed"],
  partial: ["\u25d0", "partial"],
  "state-stand-in": ["\u2020", "stand-in"],
  "state-possibly-seen": ["\u25b3", "seen"],
};

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** @param {BoardIndex} index @param {Head[]} heads @returns {(ranking: Ranking) => (row: number) => string} */
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
    const signs = (state?.[3] ?? []).map((key) => SIGNS[key]);
    const names = signs.map(([, name]) => ` ${name}`).join("");
    const own = values[at][row] === null ? "stand-in" : `h${heat(at, value)}${value === best[at] ? " best" : ""}${names}`;
    const marks = signs.map(([mark], place) => `${mark}<span class="hidden"> ${say(state?.[3][place] ?? "")} </span>`).join("");
    return `<td class="${own}"><a href="${link(row)}">${numberText(value, columns[at].decimals)}</a>${marks && `<sup>${marks}</sup>`}</td>`;
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
    return (row) => heads.map(({ key, column }) => (column < 0 ? fixed[key](row) : score(row, column))).join("");
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
  let drawing = { order: [], pinned: 0, published: true, ranking: publishedRanking(index.view), weighed: false };
  /** @type {((row: number) => string) | undefined} */
  let html;
  let height = 0;
  let marks = (/** @type {number} */ _row) => false;

  // From now on the columns keep the widths that the rows so far gave them.
  const widths = heads.map(({ head }) => head.getBoundingClientRect().width);
  table.querySelector("colgroup")?.remove();
  table.tHead?.before(makeNode("colgroup", {}, ...widths.map((width) => makeNode("col", { style: `inline-size:${Math.ceil(width)}px` }))));
  table.classList.add("windowed");

  /** @param {number} at */
  const rowElement = (at) => {
    const row = drawing.order[at];
    const element = /** @type {HTMLTableRowElement} */ (makeNode("tr", { "aria-rowindex": at + 1 + (table.tHead?.rows.length ?? 0) }));
    element.innerHTML = html?.(row) ?? "";
    dressRow(element, drawing.ranking, row);
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
  scroller.addEventListener("scroll", () => fill(), { passive: true });
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
  };
};
