// A board's table with all its comfort: the choice of the reader, what follows from it, and the address that says it.

/** The address of the compare page, in this language. */
const COMPARE = "compare.html";

/** @param {HTMLElement} section Has the board's id. @param {HTMLTableElement} table */
const boardTable = async (section, table) => {
  /** @type {BoardView} */
  let view;
  try {
    view = await boardData(section.dataset.board ?? "");
  } catch {
    root.classList.remove("asked");
    sortable(table);
    return;
  }
  const index = boardIndex(view);
  const published = publishedRanking(view);
  let choice = choiceOf(index, location.search);
  let ranking = published;
  /** What the ranking was reckoned with. */
  let reckoned = "";
  const heads = headsOf(table, index);
  const directions = sortKeys(index);

  const long = view.rows.length > table.tBodies[0].rows.length;
  const rows = long ? windowedRows(table, index, heads) : staticRows(table, index, heads);
  if (long) section.querySelector(".pages")?.remove();
  const host = {
    index,
    choice: () => choice,
    change: (/** @type {(choice: Choice) => void} */ step) => {
      step(choice);
      for (const [at, factor] of choice.factors) if (factor === 1) choice.factors.delete(at);
      update();
      announce(say("filtered", { rows: selection.count }));
    },
    reset: () => {
      choice = noChoice();
      update();
      announce(say("filtered", { rows: selection.count }));
    },
    formula: () => weightFormula(index, choice),
    notes: () => weightNotes(view, ranking, choice.factors.size > 0),
    resized: () => rows.resize(),
    compare: pageHref(COMPARE),
  };
  const controls = boardControls(host, section);
  const own = makeNode("p", { class: "own-weights", hidden: true }, makeNode("b", {}, say("own-weights")), ` ${say("own-weights-note")} `, makeButton(say("weights-reset"), { class: "tool", click: () => host.change(({ factors }) => factors.clear()) }));
  (table.closest(".scroll") ?? table).before(controls.element, own);
  const nothing = makeNode("p", { class: "nothing", hidden: true }, `${say("no-row")} `, makeButton(say("all-rows"), { class: "tool", click: host.reset }));
  table.after(nothing);
  const columnStyle = document.createElement("style");
  document.head.append(columnStyle);
  let selection = selectRows(index, choice);
  /** What the selection follows from. */
  const asked = () => [choice.query, ...[...choice.facets].map(([key, values]) => [key, ...values].join())].join("\n");
  let answered = asked();

  const update = () => {
    const weights = [...choice.factors].join(";");
    if (weights !== reckoned) {
      ranking = weights ? weighedRanking(view, view.columns.map((_, at) => choice.factors.get(at) ?? 1)) : published;
      reckoned = weights;
    }
    if (asked() !== answered) selection = selectRows(index, choice);
    answered = asked();
    // Without rows the heads alone would be narrower.
    const empty = selection.count === 0;
    if (empty === nothing.hidden) {
      const widths = heads.map(({ head }) => (empty ? `${head.getBoundingClientRect().width}px` : ""));
      heads.forEach(({ head }, at) => (head.style.minInlineSize = widths[at]));
      nothing.hidden = !empty;
    }
    rows.draw({ ...orderRows(index, choice, ranking, selection), published: choice.sort === "place" && !choice.reversed, ranking, weighed: weights !== "", hidden: hiddenHeads() });
    table.classList.toggle("out-of-order", choice.sort !== "place" || choice.reversed);
    own.hidden = weights === "";
    showSort();
    showColumns();
    controls.show(selection);
    sayAddress();
  };

  const directionOf = () => (Boolean(directions.get(choice.sort)) !== choice.reversed ? "descending" : "ascending");
  const showSort = () => {
    for (const { key, head } of heads) {
      if (key === choice.sort) head.setAttribute("aria-sort", directionOf());
      else head.removeAttribute("aria-sort");
    }
  };

  /** Places of the heads that are not shown. */
  const hiddenHeads = () => {
    const hidden = new Set(index.groups.filter((group) => choice.hidden.has(group.key)).flatMap((group) => group.columns));
    const shown = ["place", "model", "score", choice.only];
    return new Set(heads.flatMap(({ key, column }, at) => ((choice.only ? !shown.includes(key) : hidden.has(column)) ? [at] : [])));
  };
  const showColumns = () => {
    const hidden = hiddenHeads();
    const style = [...hidden].map((at) => `#table .board :is(colgroup,thead tr:not(.groups)${long ? "" : ",tbody tr"})>:nth-child(${at + 1})`).join(",") + (hidden.size > 0 ? "{display:none}" : "");
    if (columnStyle.textContent === style) return;
    columnStyle.textContent = style;
    table.classList.toggle("one", choice.only !== "");
    let at = 0;
    for (const cell of table.querySelectorAll(".groups > *")) {
      const first = heads[at];
      if (first && first.column >= 0) /** @type {HTMLElement} */ (cell).hidden = hidden.has(at);
      at += /** @type {HTMLTableCellElement} */ (cell).colSpan;
    }
  };

  let waiting = 0;
  const writeAddress = () => {
    clearTimeout(waiting);
    waiting = 0;
    const address = addressOf(index, choice);
    history.replaceState(history.state, "", (address || location.pathname) + location.hash);
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("nav.languages a"))) link.search = address;
  };
  /** Browsers take a new address only so often. */
  const sayAddress = () => {
    if (!waiting) waiting = window.setTimeout(writeAddress, 150);
  };
  const finish = () => {
    if (waiting) writeAddress();
  };
  window.addEventListener("pagehide", finish);
  document.querySelector("nav.languages")?.addEventListener("click", finish);

  for (const { key, head } of heads) {
    if (!directions.has(key) || !head.dataset.sort) continue;
    sortButton(head, (name) => {
      choice.reversed = choice.sort === key && !choice.reversed;
      choice.sort = key;
      update();
      announce(say("sorted", { column: name, direction: say(directionOf()), rows: selection.count }));
    });
  }

  table.tBodies[0].addEventListener("click", (event) => {
    const key = event.target instanceof HTMLElement ? event.target.dataset.pin : undefined;
    if (key === undefined) return;
    put(choice.pins, key, !choice.pins.has(key));
    update();
    /** @type {HTMLElement | null} */ (table.querySelector(`[data-pin="${CSS.escape(key)}"]`))?.focus({ preventScroll: true });
  });

  const markAlike = (/** @type {Event} */ event) => {
    const row = event.target instanceof Element ? rows.rowAt(event.target) : -1;
    const tested = (/** @type {number} */ at) => ranking.evidence !== "none" && ranking.place[at] > 0;
    rows.mark((other) => row >= 0 && other !== row && tested(row) && tested(other) && !ranking.separated(row, other));
  };
  let marked = -1;
  for (const kind of ["pointerover", "focusin"]) {
    table.tBodies[0].addEventListener(kind, (event) => {
      const row = event.target instanceof Element ? rows.rowAt(event.target) : -1;
      if (row === marked) return;
      marked = row;
      markAlike(event);
    });
  }
  table.tBodies[0].addEventListener("pointerleave", () => {
    marked = -1;
    rows.mark(() => false);
  });

  boardTips(table, index, rows, () => choice, section.dataset.repository);
  update();
  root.classList.remove("asked");
  // What the first sorting, search and facet need, made before it is asked for.
  const idle = self.requestIdleCallback ?? ((step) => setTimeout(step, 500));
  for (const make of [index.named, index.askable.words, index.facets]) idle(() => void make());
};

/** The reader's composite in words and numbers. @param {BoardIndex} index @param {Choice} choice */
const weightFormula = ({ view, groups }, { factors }) => {
  const balanced = view.aggregate === "category-balanced-mean";
  const weightOf = (/** @type {number} */ at) => {
    const column = view.columns[at];
    const size = groups.find((group) => group.columns.includes(at))?.columns.filter((other) => view.columns[other].ranked).length ?? 1;
    return (factors.get(at) ?? 1) * (balanced ? 1 / size : view.aggregate === "weighted-mean" ? column.weight : 1);
  };
  const counted = view.columns.flatMap((column, at) => (column.ranked && weightOf(at) > 0 ? [at] : []));
  const short = (/** @type {number} */ value) => String(Number(value.toFixed(3)));
  if (counted.length === 0) return say("weights-none");
  const terms = counted.map((at) => `${short(weightOf(at))} × ${inOwn(view.columns[at].label)}`).join(" + ");
  const total = short(counted.reduce((sum, at) => sum + weightOf(at), 0));
  return say(view.aggregate === "chance-normalised-mean" ? "weights-formula-chance" : "weights-formula", { terms, total });
};

/** What to know of a ranking by the reader's weights. @param {BoardView} view @param {Ranking} ranking @param {boolean} weighed */
const weightNotes = (view, ranking, weighed) => {
  if (!weighed) return [say("weights-same")];
  const notes = [say("weights-coverage", { percent: Math.round(100 * view.minimum) })];
  const critical = numberText(ranking.critical, 2);
  if (ranking.evidence === "none") notes.push(say("weights-evidence-none"));
  else if (ranking.evidence === "columns") notes.push(say("weights-evidence-columns", { critical }));
  else notes.push(say(view.rows.length <= SIMULATED ? "weights-evidence-simulated" : "weights-evidence-bound", { critical }));
  if (view.evidence === "shared-items") notes.push(say("weights-not-shared"));
  if (ranking.evidence !== "none" && !ranking.best.some((best) => best > 0)) notes.push(say("weights-gaps"));
  return notes;
};
