// The rows of a board's table on the page: which are shown in which order, what the reader's own weights change in them,
// and their pins. Rows that the page came with are moved and hidden, never written anew.

/**
 * Makes an element. Attributes that are `undefined` or `false` are left out; functions listen to the event of their name.
 *
 * @param {string} name
 * @param {Record<string, string | number | boolean | undefined | ((event: any) => void)>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
const makeNode = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== undefined && value !== false) node.setAttribute(key, String(value));
  }
  node.append(...children);
  return node;
};

/** @param {string} text @param {Record<string, string | number | boolean | undefined | ((event: any) => void)>} attributes */
const makeButton = (text, attributes) => makeNode("button", { type: "button", ...attributes }, text);

/**
 * A part of an element: the name of its own element, or nothing for text; what is in it; its attributes.
 *
 * @typedef {[name: string, content: string | Part[], attributes?: Record<string, string | number | boolean>]} Part
 */

/** Puts these parts into an element and keeps the nodes of parts alike, since to make nodes costs more than to fill them. @param {Element} element @param {Part[]} parts */
const putParts = (element, parts) => {
  let node = element.firstChild;
  for (const [name, content, attributes = {}] of parts) {
    const fits = node && (name ? node instanceof HTMLElement && node.localName === name && node.className === (attributes.class ?? "") : node instanceof Text);
    if (!fits) node = element.insertBefore(name ? document.createElement(name) : document.createTextNode(""), node);
    const own = /** @type {HTMLElement | Text} */ (node);
    if (own instanceof HTMLElement) {
      for (const key in attributes) own.setAttribute(key, String(attributes[key]));
      if (typeof content !== "string") putParts(own, content);
      else if (own.firstChild instanceof Text && own.firstChild === own.lastChild) own.firstChild.data = content;
      else own.textContent = content;
    } else own.data = String(content);
    node = own.nextSibling;
  }
  while (node) {
    const next = node.nextSibling;
    node.remove();
    node = next;
  }
};

/** As the build writes numbers: half away from zero. @param {number} value @param {number} decimals */
const numberText = (value, decimals) => {
  const scale = 10 ** decimals;
  const units = Math.round(Math.abs(value) * scale * (1 + 2 * Number.EPSILON));
  return (value < 0 && units > 0 ? "-" : "") + (units / scale).toFixed(decimals);
};

/** @typedef {{ key: string, head: HTMLTableCellElement, column: number }} Head What a head sorts by, and its column of the board or -1. */

/** The heads of a table. @param {HTMLTableElement} table @param {BoardIndex} index @returns {Head[]} */
const headsOf = (table, index) => {
  const rows = table.tHead?.rows;
  /** @type {Record<string, string>} */
  const fixed = { place: "place", model: "model", composite: "score", coverage: "coverage", size: "size", released: "released" };
  let next = 0;
  return [...(rows?.[rows.length - 1].cells ?? [])].map((head) => {
    const known = Object.keys(fixed).find((name) => head.classList.contains(name));
    if (known) return { key: fixed[known], head, column: -1 };
    next += 1;
    return { key: index.columns[next - 1], head, column: next - 1 };
  });
};

/** Half of the 95% interval around a number with this standard error. @param {number} error */
const marginOf = (error) => 1.959963984540054 * error;

/**
 * What rows are drawn by.
 *
 * @typedef {object} Drawing
 * @property {number[]} order The rows that are shown, from the first to the last.
 * @property {number} pinned How many of them are pinned.
 * @property {boolean} published The rows are in the order of the board.
 * @property {Ranking} ranking
 * @property {boolean} weighed The ranking is the reader's own.
 * @property {Set<number>} hidden Places of the heads that are not shown.
 */

/**
 * @typedef {object} BoardRows
 * @property {(drawing: Drawing) => void} draw
 * @property {(element: Element) => number} rowAt The row that an element stands in; -1 outside.
 * @property {(mark: (row: number) => boolean) => void} mark Marks the rows for which this holds.
 * @property {(cell: HTMLTableCellElement) => Head | undefined} headAt The head of a cell.
 * @property {() => void} resize Rows have another height.
 */

/** The place of a row and the places it may truly have. @param {Ranking} ranking @param {number} row @returns {Part[]} */
const placeParts = ({ place, shared, best, worst }, row) => {
  const own = place[row] ? place[row] + (shared[row] ? "=" : "") : "\u2014";
  if (!best[row] || (best[row] === worst[row] && best[row] === place[row])) return [["b", own]];
  const range = best[row] === worst[row] ? String(best[row]) : `${best[row]}\u2013${worst[row]}`;
  return [["small", own], ["", " "], ["b", range]];
};

/** @param {BoardView} view @param {Ranking} ranking @returns {(row: number) => Part[]} */
const compositeParts = (view, { composite, error }) => {
  let [low, high] = [Infinity, -Infinity];
  composite.forEach((value, row) => {
    if (isNaN(value)) return;
    low = Math.min(low, value - marginOf(error[row] || 0));
    high = Math.max(high, value + marginOf(error[row] || 0));
  });
  const share = (/** @type {number} */ value) => Math.min(100, Math.max(0, Math.round((100 * (value - low)) / (high - low))));
  return (row) => {
    const value = composite[row];
    if (isNaN(value)) return [["", "\u2014"]];
    const margin = marginOf(error[row]);
    const known = !isNaN(margin);
    const ends = [value - (known ? margin : 0), value, value + (known ? margin : 0)].map(share);
    /** @type {Part[]} */
    const parts = [["", numberText(value, view.decimals)]];
    if (known) parts.push(["span", `±${numberText(margin, view.decimals)}`, { class: "margin" }]);
    if (low < high) parts.push(["span", "", { class: "bar", style: `--low:${ends[0]};--at:${ends[1]};--high:${ends[2]}` }]);
    return parts;
  };
};

/** Whether a row is the first, or the last, of those with its place. @param {Ranking} ranking */
const tieEnds = ({ order, place }) => {
  const [starts, ends] = [new Uint8Array(place.length), new Uint8Array(place.length)];
  order.forEach((row, at) => {
    starts[row] = Number(at === 0 || place[order[at - 1]] !== place[row]);
    ends[row] = Number(at === order.length - 1 || place[order[at + 1]] !== place[row]);
  });
  return { starts, ends };
};

/** @type {WeakMap<Ranking, ReturnType<typeof tieEnds>>} */
const tiesOf = new WeakMap();

/** Puts on a row what its place says of it, and these classes beside. @param {HTMLTableRowElement} element @param {Ranking} ranking @param {number} row @param {Record<string, boolean>} [also] */
const dressRow = (element, ranking, row, also = {}) => {
  const ties = tiesOf.get(ranking) ?? tieEnds(ranking);
  tiesOf.set(ranking, ties);
  const ranked = ranking.place[row] > 0;
  const names = { tie: ranked && ranking.shared[row] > 0, starts: ranked && ties.starts[row] > 0, ends: ranked && ties.ends[row] > 0, ...also };
  element.className = [ranked ? "ranked" : "unranked", ...Object.entries(names).flatMap(([name, holds]) => (holds ? [name] : []))].join(" ");
  if (ranking.best[row]) Object.assign(element.dataset, { best: ranking.best[row], worst: ranking.worst[row] });
  else for (const name of ["best", "worst"]) delete element.dataset[name];
};

/** The button that pins a row. @param {BoardIndex} index @param {number} row @param {boolean} pinned @returns {Part} */
const pinPart = ({ view, keys }, row, pinned) => {
  const { name, variant } = view.rows[row];
  const label = say("pin", { model: [name, variant].filter(Boolean).join(" ") });
  return ["button", "", { type: "button", class: "pin", "aria-label": label, "aria-pressed": pinned, title: label, "data-pin": keys[row] }];
};

/** The rows that the page came with. @param {HTMLTableElement} table @param {BoardIndex} index @param {Head[]} heads @returns {BoardRows} */
const staticRows = (table, index, heads) => {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const numbers = new Map(rows.map((element, row) => [element, row]));
  /** What weights change, as the page came with it. */
  const kept = rows.map((element) => ({
    names: element.className,
    data: { ...element.dataset },
    cells: /** @type {[Element, string][]} */ (
      [...element.querySelectorAll(".place, .composite, .coverage")].map((cell) => [cell, cell.innerHTML])
    ),
  }));
  const pins = rows.map((element, row) => {
    const [name, , attributes] = pinPart(index, row, false);
    const pin = makeNode(name, attributes);
    element.querySelector(".model")?.append(pin);
    return pin;
  });
  let weighed = false;

  /** @param {Ranking} ranking */
  const weigh = (ranking) => {
    const composite = compositeParts(index.view, ranking);
    rows.forEach((element, row) => {
      dressRow(element, ranking, row);
      for (const [cell] of kept[row].cells) {
        if (cell.classList.contains("place")) putParts(cell, placeParts(ranking, row));
        else if (cell.classList.contains("composite")) putParts(cell, composite(row));
        else cell.textContent = `${ranking.covered[row]}/${ranking.columns}`;
      }
    });
  };
  const restore = () =>
    rows.forEach((element, row) => {
      element.className = kept[row].names;
      for (const name of ["best", "worst"]) delete element.dataset[name];
      Object.assign(element.dataset, kept[row].data);
      for (const [cell, html] of kept[row].cells) cell.innerHTML = html;
    });

  let drawn = rows;
  return {
    draw: ({ order, pinned, ranking, ...drawing }) => {
      if (drawing.weighed) weigh(ranking);
      else if (weighed) restore();
      weighed = drawing.weighed;
      const shown = order.map((row) => rows[row]);
      const visible = new Set(shown);
      for (const element of rows) element.hidden = !visible.has(element);
      const next = [...shown, ...rows.filter((element) => !visible.has(element))];
      if (next.some((element, at) => element !== drawn[at])) body.append(...next);
      drawn = next;
      order.forEach((row, at) => pins[row].setAttribute("aria-pressed", String(at < pinned)));
      next.forEach((element, at) => {
        element.classList.toggle("pinned", at < pinned);
        element.classList.toggle("last-pinned", at === pinned - 1);
      });
    },
    rowAt: (element) => numbers.get(/** @type {HTMLTableRowElement} */ (element.closest("tbody tr"))) ?? -1,
    mark: (holds) => rows.forEach((element, row) => element.classList.toggle("alike", !element.hidden && holds(row))),
    resize: () => {},
    headAt: (cell) => heads[cell.cellIndex],
  };
};
