// The rows of a table that is too long for a page: all of them, of which those in sight are on the page. They are written
// as the build writes them (`src/render/table.rs`); only the way to a record within its model's page is not known until
// the record is asked for. Elements stay and take other rows and scores, since to make them costs more than to fill them.

/** Rows above and below those in sight that are there while the table scrolls, and pixels beside the columns in sight. */
const READY = 8;
const BESIDE = 300;

/** Rows above and below those in sight that go on paper. */
const PRINTED = 100;

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

/**
 * What writes a cell of a row: its class and its parts.
 *
 * @typedef {(row: number, head: Head, pinned: boolean) => [string, Part[]]} RowWriter
 */

/** @param {BoardIndex} index @returns {(ranking: Ranking) => RowWriter} */
const rowWriter = (index) => {
  const { columns, rows, values, organisations, aggregate } = index.view;
  /** @type {(number | null | undefined)[]} */
  const bests = [];
  const best = (/** @type {number} */ at) =>
    columns[at].heat[0] === columns[at].heat[1] ? undefined : (bests[at] ??= values[at].reduce((found, value) => (value !== null && (found === null || (columns[at].lower ? value < found : value > found)) ? value : found), null));
  const heat = (/** @type {number} */ at, /** @type {number} */ value) => {
    const [none, all] = columns[at].heat;
    return Math.min(19, Math.max(0, Math.round(none === all ? 0 : (19 * (value - none)) / (all - none))));
  };
  const href = (/** @type {number} */ row) => `../models/${rows[row].id}.html`;

  /** @type {(row: number, at: number) => [string, Part[]]} */
  const score = (row, at) => {
    const state = index.said(row, at);
    const counted = values[at][row];
    const value = counted ?? state?.[2] ?? null;
    if (value === null) return ["none", [["", "\u2014"]]];
    const names = state?.[3] ?? [];
    const withdrawn = counted === null && names.includes("withdrawn");
    const own = counted === null ? (withdrawn ? "withdrawn" : "stand-in") : `h${heat(at, value)}${value === best(at) ? " best" : ""}${names.map((name) => ` ${name}`).join("")}`;
    const number = numberText(value, columns[at].decimals);
    /** @type {Part[]} */
    const parts = [["a", withdrawn ? [["s", number]] : number, { href: href(row) }]];
    if (names.length > 0) parts.push(["sup", names.flatMap((name) => /** @type {Part[]} */ ([["", SIGNS[name]], ["span", ` ${say(`state-${name}`)} `, { class: "hidden" }]]))]);
    return [own, parts];
  };

  return (ranking) => {
    const composite = compositeParts(index.view, ranking);
    const fact = (/** @type {string | undefined} */ text) => /** @type {[string, Part[]]} */ ([text ? "fact" : "none", [["", text || "\u2014"]]]);
    /** @type {(row: number, pinned: boolean) => Part[]} */
    const model = (row, pinned) => {
      const { name, organisation, variant, status } = rows[row];
      const spans = {
        org: organisation === undefined ? undefined : inOwn(organisations[organisation]),
        variant,
        status: aggregate === "none" || ranking.place[row] ? undefined : say(`status-${status ?? "below-coverage"}`),
      };
      return [
        ["a", name, { href: href(row) }],
        ...Object.entries(spans).flatMap(([kind, text]) => /** @type {Part[]} */ (text ? [["span", text, { class: kind }]] : [])),
        pinPart(index, row, pinned),
      ];
    };
    /** What is no score. @type {Record<string, (row: number, pinned: boolean) => [string, Part[]]>} */
    const fixed = {
      place: (row) => ["place", placeParts(ranking, row)],
      model: (row, pinned) => ["model", model(row, pinned)],
      score: (row) => ["composite", composite(row)],
      coverage: (row) => ["coverage", [["", `${ranking.covered[row]}/${ranking.columns}`]]],
      size: (row) => fact(rows[row].parameters),
      released: (row) => fact(rows[row].released),
    };
    return (row, { key, column }, pinned) => (column < 0 ? fixed[key](row, pinned) : score(row, column));
  };
};

/**
 * A cell on the page, what it shows and who wrote it; -1 for nothing yet.
 *
 * @typedef {{ element: HTMLTableCellElement, row: number, writer: RowWriter | undefined }} RowCell
 */

/**
 * A row on the page.
 *
 * @typedef {object} Slot
 * @property {HTMLTableRowElement} element
 * @property {number} at Its place in the order.
 * @property {number} row What it shows; -1 for nothing yet.
 * @property {RowCell[]} cells By place of the head; those that were in sight so far.
 * @property {HTMLTableCellElement[]} spacers For the columns left out before and after those in sight.
 * @property {number[]} plan Which columns are on the page.
 */

/** @param {HTMLTableElement} table @param {BoardIndex} index @param {Head[]} heads @returns {BoardRows} */
const windowedRows = (table, index, heads) => {
  const body = table.tBodies[0];
  const scroller = /** @type {HTMLElement} */ (table.closest(".scroll") ?? table);
  const above = table.tHead?.rows.length ?? 0;
  const widths = heads.map(({ head }) => head.getBoundingClientRect().width);
  const writerOf = rowWriter(index);
  const spacers = [0, 0].map(() => makeNode("tr", { class: "spacer", "aria-hidden": "true" }, makeNode("td", { colspan: heads.length })));
  /** @type {Slot[]} From the first to the last row on the page. */
  let slots = [];
  /** @type {Slot[]} */
  const pool = [];
  /** @type {Drawing} */
  let drawing = { order: [], pinned: 0, published: true, ranking: publishedRanking(index.view), weighed: false, hidden: new Set() };
  /** @type {RowWriter} */
  let writer = () => ["", []];
  let marks = (/** @type {number} */ _row) => false;

  /** What is in sight, in pixels; asked for when it changes and not when rows are drawn, for that would take a layout. */
  const view = { top: 0, left: 0, height: 0, width: 0, head: 0, row: 0 };
  const look = () => {
    [view.top, view.left, view.height, view.width] = [scroller.scrollTop, scroller.scrollLeft, scroller.clientHeight, scroller.clientWidth];
    view.head = table.tHead?.offsetHeight ?? 0;
  };
  look();

  // From now on the columns keep the widths that the rows so far gave them.
  table.querySelector("colgroup")?.remove();
  table.tHead?.before(makeNode("colgroup", {}, ...widths.map((width) => makeNode("col", { style: `inline-size:${Math.ceil(width)}px` }))));
  table.classList.add("windowed");
  table.setAttribute("aria-colcount", String(heads.length));
  body.replaceChildren(...spacers);

  /** The columns in sight with so much beside them, and less than 0 for so many that are left out; place and model are always there. @param {number} beside */
  const planned = (beside) => {
    /** @type {number[]} */
    const plan = [];
    let [left, out] = [0, 0];
    heads.forEach((_, at) => {
      if (drawing.hidden.has(at)) return;
      left += widths[at];
      if (at > 1 && (left <= view.left - beside || left - widths[at] >= view.left + view.width + beside)) {
        out += 1;
        return;
      }
      if (out > 0) plan.push(-out);
      out = 0;
      plan.push(at);
    });
    if (out > 0) plan.push(-out);
    return plan;
  };
  /** @type {number[]} */
  let plan = [];

  /** @param {Head} head @returns {RowCell} */
  const newCell = ({ key }) => ({
    element: /** @type {HTMLTableCellElement} */ (key === "model" ? makeNode("th", { scope: "row" }) : document.createElement("td")),
    row: -1,
    writer: undefined,
  });
  /** @returns {Slot} */
  const newSlot = () => ({
    element: /** @type {HTMLTableRowElement} */ (makeNode("tr", { "aria-rowindex": 0 })),
    at: -1,
    row: -1,
    cells: [],
    spacers: [0, 0].map(() => /** @type {HTMLTableCellElement} */ (makeNode("td", { class: "spacer", "aria-hidden": "true" }))),
    plan: [],
  });

  /** Puts the cells of the plan into a row. @param {Slot} slot */
  const arrange = (slot) => {
    const complete = plan.every((at) => at >= 0);
    const cells = plan.map((at, place) => {
      if (at < 0) {
        const spacer = slot.spacers[Number(place > 2)];
        spacer.colSpan = -at;
        return spacer;
      }
      const { element } = (slot.cells[at] ??= newCell(heads[at]));
      if (complete) element.removeAttribute("aria-colindex");
      else element.setAttribute("aria-colindex", String(at + 1));
      return element;
    });
    const wanted = new Set(cells);
    for (const cell of [...slot.element.cells]) if (!wanted.has(cell)) cell.remove();
    cells.forEach((cell, place) => {
      if (slot.element.cells[place] !== cell) slot.element.insertBefore(cell, slot.element.cells[place] ?? null);
    });
    slot.plan = plan;
  };

  /** @param {Slot} slot @param {number} at */
  const show = (slot, at) => {
    const row = drawing.order[at];
    const pinned = at < drawing.pinned;
    if (slot.plan !== plan) arrange(slot);
    for (const place of plan) {
      const cell = slot.cells[place];
      if (place < 0 || (cell.row === row && cell.writer === writer)) continue;
      const [names, parts] = writer(row, heads[place], pinned);
      cell.element.className = names;
      putParts(cell.element, parts);
      [cell.row, cell.writer] = [row, writer];
    }
    if (slot.at !== at) slot.element.setAttribute("aria-rowindex", String(at + 1 + above));
    [slot.at, slot.row] = [at, row];
    dressRow(slot.element, drawing.ranking, row, { pinned, "last-pinned": at === drawing.pinned - 1, alike: marks(row) });
    slot.cells[1].element.lastElementChild?.setAttribute("aria-pressed", String(pinned));
  };

  /** Puts the rows in sight on the page, with so many above and below, and so many pixels of columns beside. @param {number} ready @param {number} beside */
  const fill = (ready, beside) => {
    const { order } = drawing;
    // A shorter table scrolls up, which is told only after it has been drawn.
    const top = Math.min(view.top, Math.max(0, view.head + order.length * view.row - view.height));
    const first = Math.max(0, Math.floor(top / view.row) - ready);
    const last = Math.min(order.length, Math.ceil((top + view.height - view.head) / view.row) + ready);
    const next = planned(beside);
    if (next.join() !== plan.join()) plan = next;
    // The focus must not go along with an element to another row, nor out of the table.
    const focused = slots.find(({ element }) => element.contains(document.activeElement));
    if (focused && (focused.at < first || focused.at >= last || order[focused.at] !== focused.row)) scroller.focus({ preventScroll: true });
    const there = new Map(slots.map((slot) => [slot.at, slot]));
    pool.push(...slots.filter(({ at }) => at < first || at >= last));
    slots = [];
    let below = /** @type {Element} */ (spacers[1]);
    for (let at = last - 1; at >= first; at -= 1) {
      const slot = there.get(at) ?? pool.pop() ?? newSlot();
      show(slot, at);
      if (slot.element.nextSibling !== below) below.before(slot.element);
      below = slot.element;
      slots.push(slot);
    }
    for (const { element } of pool) element.remove();
    spacers[0].style.blockSize = `${first * view.row}px`;
    spacers[1].style.blockSize = `${(order.length - last) * view.row}px`;
  };

  const redraw = () => {
    if (view.row === 0 && drawing.order.length > 0) {
      plan = planned(0);
      const slot = slots.pop() ?? newSlot();
      show(slot, 0);
      body.replaceChildren(spacers[0], slot.element, spacers[1]);
      pool.push(...slots);
      slots = [slot];
      view.row = slot.element.getBoundingClientRect().height;
    }
    // With nothing beside what is in sight, so that it is there as soon as can be.
    if (view.row > 0) fill(0, 0);
  };
  scroller.addEventListener("scroll", () => {
    [view.top, view.left] = [scroller.scrollTop, scroller.scrollLeft];
    fill(READY, BESIDE);
  }, { passive: true });
  // On paper the table has the height of all its rows, which are not in sight for that.
  const onPaper = matchMedia("print");
  const resize = () => {
    if (onPaper.matches) return;
    look();
    view.row = 0;
    redraw();
  };
  new ResizeObserver(() => {
    if (onPaper.matches || (scroller.clientHeight === view.height && scroller.clientWidth === view.width)) return;
    look();
    redraw();
  }).observe(scroller);
  window.addEventListener("resize", resize);
  window.addEventListener("beforeprint", () => fill(PRINTED, Infinity));
  window.addEventListener("afterprint", redraw);

  return {
    draw: (next) => {
      if (drawing.ranking !== next.ranking || !plan.length) writer = writerOf(next.ranking);
      drawing = next;
      table.setAttribute("aria-rowcount", String(next.order.length + above));
      redraw();
    },
    rowAt: (element) => slots.find((slot) => slot.element.contains(element))?.row ?? -1,
    mark: (holds) => {
      marks = holds;
      for (const { element, row } of slots) element.classList.toggle("alike", holds(row));
    },
    resize,
    headAt: (cell) => {
      const slot = slots.find(({ element }) => element === cell.parentElement);
      return heads[slot ? slot.plan[cell.cellIndex] : cell.cellIndex];
    },
  };
};
