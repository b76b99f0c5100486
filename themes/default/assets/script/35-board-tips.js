// The one pop-up of a board's table: what a column measures, and what stands behind a number. It lies outside of the table,
// which would clip it; pointer and keyboard can go into it, and Escape puts it away.

/** How long a pointer rests on a number before the pop-up comes, and how long it may be away, in milliseconds. */
const REST = 250;
const GRACE = 200;

/** A list of what is known, without what is not. @param {[string, Node | string | undefined][]} items */
const factList = (items) =>
  makeNode("dl", {}, ...items.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [makeNode("dt", {}, name), makeNode("dd", {}, value)])));

/** The address of a page of this language. @param {string} page */
const pageHref = (page) => new URL(`${CODE}/${page}`, SITE).href;

/** What a column measures. @param {BoardIndex} index @param {number} at @param {Choice} choice */
const columnTip = ({ view }, at, choice) => {
  const column = view.columns[at];
  const label = inOwn(column.label);
  const factor = choice.factors.get(at);
  const weight = view.aggregate === "weighted-mean" ? column.weight : undefined;
  return [
    makeNode("h3", {}, label === column.name ? label : `${column.name} · ${label}`),
    ...(column.summary ? [makeNode("p", {}, inOwn(column.summary))] : []),
    factList([
      [say("metric"), column.metric],
      [say("unit"), say(`unit-${column.unit}`)],
      [say("direction"), column.heat[0] === column.heat[1] ? undefined : say(column.lower ? "lower-is-better" : "higher-is-better")],
      [say("items"), column.items === undefined ? undefined : String(column.items)],
      [say("chance"), column.chance === undefined ? undefined : numberText(column.chance, 1)],
      [say("published"), column.published],
      [say("counts"), column.ranked ? (weight === undefined ? undefined : say("counts-weight", { weight })) : say("counts-not")],
      [say("own-weight"), factor === undefined ? undefined : `× ${factor}`],
      [say("problems"), inOwn(column.problems)],
    ]),
    // A board in a file of its own has no other pages.
    ...(OWN ? [makeNode("p", { class: "links" }, makeNode("a", { href: pageHref(`benchmarks/${column.id}.html`) }, say("to-benchmark")))] : []),
  ];
};

/** The 95% interval of a score: Wilson's for a share of items, else the normal one. @param {any} cell @param {boolean} percent @returns {[number, number]} */
const intervalOf = (cell, percent) => {
  const margin = marginOf(cell.standard_error);
  if (cell.basis !== "count" || !cell.items || !percent) return [cell.value - margin, cell.value + margin];
  const z = marginOf(1);
  const [share, items] = [cell.value / 100, cell.items];
  const middle = (share + (z * z) / (2 * items)) / (1 + (z * z) / items);
  const half = (z / (1 + (z * z) / items)) * Math.sqrt((share * (1 - share)) / items + (z * z) / (4 * items * items));
  return [100 * (middle - half), 100 * (middle + half)];
};

/** A link that opens an issue filled in, at the hosts that take such links. @param {string | undefined} repository @param {string} title @param {string} body */
const issueHref = (repository, title, body) => {
  if (!repository) return undefined;
  const { hostname } = new URL(repository);
  const text = (/** @type {string[]} */ names) => new URLSearchParams([[names[0], title], [names[1], body]]).toString();
  if (["github.com", "codeberg.org"].includes(hostname)) return `${repository}/issues/new?${text(["title", "body"])}`;
  if (hostname.startsWith("gitlab.")) return `${repository}/-/issues/new?${text(["issue[title]", "issue[description]"])}`;
  if (hostname === "gitee.com") return `${repository}/issues/new?${text(["issue[title]", "issue[description]"])}`;
  return undefined;
};

/** The score of a row in a column, also one that was withdrawn. @param {any} row Of a block. @param {number} at */
const cellOf = (row, at) => row.cells[at] ?? row.withdrawn?.find((/** @type {any} */ cell) => cell.column === at);

/** What is said of a score: each state, and the notices that declare it. @param {BoardView} view @param {string[]} states @param {number[]} numbers Of notices. */
const statements = (view, states, numbers) =>
  states.map((state) => {
    const notices = (view.notices ?? []).filter((notice) => notice.state === state && numbers.includes(notice.number));
    const reasons = notices.flatMap(({ since, reason, url }) => [
      ` ${say("notice", { date: since, reason: inOwn(reason) })} `,
      ...(url ? [makeNode("a", { href: url, rel: "noopener" }, say("notice-source"))] : []),
    ]);
    return makeNode("p", {}, makeNode("span", { class: `state ${state}` }, say(`state-${state}`)), ...reasons);
  });

/**
 * The title and the text of an issue about a number, in Markdown: all that is needed to find it again.
 *
 * @param {BoardView} view
 * @param {BoardRow} model
 * @param {BoardColumn} column
 * @param {any} record
 * @param {any} context
 * @param {string} href The record's place on the model's page.
 * @returns {[string, string]}
 */
const disputeOf = (view, model, column, record, context, href) => {
  const code = (/** @type {unknown} */ text) => `\`${String(text).replaceAll("`", "")}\``;
  const { file } = context;
  const protocol = Object.entries(context.protocol).map(([field, value]) => `${say(`field-${field}`)} ${value}`);
  const from = SITE.protocol === "file:" ? decodeURI(href.slice(SITE.href.length)) : href;
  /** @type {[string, string][]} */
  const facts = [
    [say("compare-board"), `${inOwn(view.title)}, ${code(view.id)}`],
    [say("compare-model"), [model.name, ...(model.variant ? [model.variant] : []), code(model.id)].join(", ")],
    [say("compare-column"), `${inOwn(column.label)}, ${code(column.id)}`],
    [say("written"), [code(record.written), say(`unit-${context.unit}`), context.metric].filter(Boolean).join(", ")],
    [say("protocol"), protocol.join(" · ") || say("not-stated")],
    [say("source"), sourceOf(view, file)],
    [say("file"), code(file.path)],
    [say("source-place"), code(record.place)],
    ["SHA-256", code(file.sha256)],
    ...(from ? [/** @type {[string, string]} */ ([say("record"), from])] : []),
  ];
  const what = `${model.name} · ${inOwn(column.label)} (${inOwn(view.title)})`;
  return [say("dispute-title", { what }), [...facts.map(([name, value]) => `- ${name}: ${value}`), "", say("dispute-body"), ""].join("\n")];
};

/** Where in a file a record stands: a line and a character, or else a pointer. @param {string} place */
const placeText = (place) => {
  const [line, character] = /^\d+:\d+$/.test(place) ? place.split(":") : [];
  return line ? say("place-line", { line, character }) : makeNode("code", {}, place);
};

/** Copies what is to be said of a number, where no repository takes it. @param {[string, string]} dispute */
const disputeButton = ([title, body]) => {
  const button = makeButton(say("dispute-copy"), {
    click: async () => {
      await navigator.clipboard.writeText(`${title}\n\n${body}`);
      announce((button.textContent = say("dispute-copied")));
    },
  });
  return button;
};

/** The name of a file's source. @param {BoardView} view @param {any} file @returns {string} */
const sourceOf = (view, file) => inOwn(view.sources[file.source]) || file.source || file.path;

/**
 * What stands behind a number.
 *
 * @param {BoardIndex} index
 * @param {number} row
 * @param {number} at The column.
 * @param {BoardBlock} block
 * @param {string} href The record's place on the model's page.
 * @param {string | undefined} repository
 */
const scoreTip = ({ view, said }, row, at, block, href, repository) => {
  const column = view.columns[at];
  const model = view.rows[row];
  const cell = cellOf(block.rows[row % view.block], at);
  const states = said(row, at)?.[3] ?? [];
  const [record] = cell.records;
  const context = block.contexts[record.context];
  const { file } = context;
  const digits = Math.min(4, column.decimals + 1);
  const title = `${model.name} · ${inOwn(column.label)}`;
  const known = cell.standard_error !== undefined;
  const share = column.unit === "percent";
  const inUnit = (/** @type {string} */ number) => (share ? `${number}%` : number);
  const interval = known ? inUnit(intervalOf(cell, share).map((end) => numberText(end, digits)).join("\u2013")) : "";
  const protocol = Object.entries(context.protocol).map(([field, value]) =>
    makeNode("span", { class: "pair" }, makeNode("span", {}, say(`field-${field}`)), makeNode("b", {}, String(value))),
  );
  const dispute = disputeOf(view, model, column, record, context, href);
  const issue = issueHref(repository, ...dispute);
  const source = record.url ?? file.url;
  return [
    makeNode("h3", {}, title),
    makeNode("p", { class: "written" }, makeNode(states.includes("withdrawn") ? "s" : "b", {}, inUnit(numberText(cell.value, digits))), share ? "" : ` ${say(`unit-${context.unit}`)}`),
    ...statements(view, states, cell.notices ?? []),
    ...(cell.records.length > 1 ? [makeNode("p", {}, say("mean-of-records", { count: cell.records.length, value: numberText(cell.value, digits) }))] : []),
    factList([
      [say("written"), cell.records.length > 1 ? undefined : `${record.written} (${say(`unit-${context.unit}`)})`],
      [say("standard-error"), known ? `±${inUnit(numberText(cell.standard_error, digits))} (${say(`basis-${cell.basis}`)})` : say("error-unknown")],
      [say("interval"), interval],
      [say("items"), cell.items === undefined ? undefined : String(cell.items)],
      [say("metric"), context.metric],
      [say("protocol"), protocol.length > 0 ? makeNode("span", {}, ...protocol) : say("not-stated")],
      [say("reporter"), say(`reporter-${context.reporter}`)],
      [say("date"), context.date ?? undefined],
      [say("source"), source ? makeNode("a", { href: source, rel: "noopener" }, sourceOf(view, file)) : sourceOf(view, file)],
      [say("retrieved"), file.retrieved ?? undefined],
      [say("file"), makeNode("code", {}, file.path)],
      [say("source-place"), placeText(record.place)],
      ["SHA-256", makeNode("abbr", { title: file.sha256 }, file.sha256.slice(0, 12))],
      [say("licence"), file.licence ?? say("not-stated")],
    ]),
    makeNode("p", { class: "links" }, ...(href ? [makeNode("a", { href }, say("to-record"))] : []), issue ? makeNode("a", { href: issue, rel: "noopener" }, say("dispute")) : "clipboard" in navigator ? disputeButton(dispute) : ""),
  ];
};

/**
 * @param {HTMLTableElement} table
 * @param {BoardIndex} index
 * @param {BoardRows} rows
 * @param {() => Choice} choice
 * @param {string | undefined} repository
 */
const boardTips = (table, index, rows, choice, repository) => {
  const tip = makeNode("div", { class: "tip", role: "dialog", tabindex: "-1", hidden: true });
  for (const link of table.querySelectorAll("thead th a")) link.setAttribute("aria-haspopup", "dialog");
  document.body.append(tip);
  /** @type {HTMLElement | undefined} */
  let owner;
  let timer = 0;

  const hide = () => {
    clearTimeout(timer);
    if (!owner) return;
    if (tip.contains(document.activeElement)) (owner.querySelector("a") ?? owner).focus({ preventScroll: true });
    tip.hidden = true;
    owner = undefined;
  };
  const later = (/** @type {() => void} */ step, /** @type {number} */ wait) => {
    clearTimeout(timer);
    timer = window.setTimeout(step, wait);
  };
  /** @param {HTMLElement} cell */
  const place = (cell) => {
    tip.style.insetBlockStart = tip.style.insetInlineStart = "0";
    const [at, own] = [cell.getBoundingClientRect(), tip.getBoundingClientRect()];
    const [width, height] = [root.clientWidth, window.innerHeight];
    const below = at.bottom + own.height + 8 <= height || at.top < own.height + 8;
    const top = below ? Math.min(at.bottom + 4, height - own.height - 4) : at.top - own.height - 4;
    tip.style.insetBlockStart = `${Math.max(4, top)}px`;
    tip.style.insetInlineStart = `${Math.max(4, Math.min(at.left, width - own.width - 4))}px`;
  };
  /** What the pop-up of a cell says. @param {HTMLTableCellElement} cell @returns {Promise<HTMLElement[]> | undefined} */
  const contentOf = (cell) => {
    const column = rows.headAt(cell)?.column ?? -1;
    const link = cell.querySelector("a");
    if (column < 0 || !link) return undefined;
    if (cell.closest("thead")) return Promise.resolve(columnTip(index, column, choice()));
    const row = rows.rowAt(cell);
    if (row < 0 || (index.view.values[column][row] === null && !index.said(row, column)?.[3].includes("withdrawn"))) return undefined;
    const block = boardBlock(index.view.id, Math.floor(row / index.view.block));
    return block.then((found) => {
      if (!link.hash) link.hash = cellOf(found.rows[row % index.view.block], column).records[0].anchor;
      return scoreTip(index, row, column, found, link.href, repository);
    });
  };
  /** @param {HTMLTableCellElement} cell @param {boolean} enter Whether the focus goes into the pop-up. */
  const show = async (cell, enter) => {
    const content = contentOf(cell);
    if (!content) return;
    clearTimeout(timer);
    owner = cell;
    try {
      const nodes = await content;
      if (owner !== cell) return;
      tip.replaceChildren(...nodes);
      tip.setAttribute("aria-label", nodes[0].textContent ?? "");
      tip.hidden = false;
      place(cell);
      if (enter) tip.focus({ preventScroll: true });
    } catch {
      // Without its data a number is still a link to its record.
      owner = undefined;
      if (enter) cell.querySelector("a")?.dispatchEvent(new MouseEvent("click", { ctrlKey: false, detail: -1, cancelable: true, bubbles: true }));
    }
  };
  const cellAt = (/** @type {EventTarget | null} */ target) =>
    /** @type {HTMLTableCellElement | null} */ (target instanceof Element ? target.closest("tbody td, thead tr:last-child th") : null);

  table.addEventListener("pointerover", (event) => {
    const cell = event.pointerType === "touch" ? null : cellAt(event.target);
    if (!cell || cell === owner) return clearTimeout(timer);
    if (tip.contains(document.activeElement)) return;
    later(() => (contentOf(cell) ? show(cell, false) : hide()), REST);
  });
  table.addEventListener("pointerleave", () => {
    if (!tip.contains(document.activeElement)) later(hide, GRACE);
  });
  tip.addEventListener("pointerenter", () => clearTimeout(timer));
  tip.addEventListener("pointerleave", () => {
    if (!tip.contains(document.activeElement)) later(hide, GRACE);
  });
  table.addEventListener("focusin", (event) => {
    const cell = event.target instanceof HTMLAnchorElement && event.target.matches(":focus-visible") ? cellAt(event.target) : null;
    if (cell) show(cell, false);
    else hide();
  });
  table.addEventListener("focusout", (event) => {
    if (!tip.contains(/** @type {Node | null} */ (event.relatedTarget))) later(hide, GRACE);
  });
  tip.addEventListener("focusout", (event) => {
    const next = /** @type {Node | null} */ (event.relatedTarget);
    if (!tip.contains(next)) later(hide, GRACE);
  });
  table.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const cell = cellAt(link);
    if (!cell || event.detail < 0 || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!contentOf(cell)) return;
    event.preventDefault();
    show(cell, true);
  });
  table.addEventListener("keydown", (event) => {
    // A link is followed by Enter alone; what opens a pop-up opens by the space bar too.
    if (event.key !== " " || !(event.target instanceof HTMLAnchorElement) || !cellAt(event.target)) return;
    event.preventDefault();
    event.target.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (owner && !tip.contains(target) && !owner.contains(target)) hide();
  });
  window.addEventListener("scroll", (event) => {
    if (owner && !tip.contains(/** @type {Node} */ (event.target))) hide();
  }, { capture: true, passive: true });
};
