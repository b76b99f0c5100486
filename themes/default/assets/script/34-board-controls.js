// What stands above a board's table: the search field, the panels with facets, columns and weights, and the strip of what is
// in force. It reads the choice and asks for another; what follows from one is not known here.

/**
 * What the controls are told and what they ask for.
 *
 * @typedef {object} BoardHost
 * @property {BoardIndex} index
 * @property {() => Choice} choice
 * @property {(change: (choice: Choice) => void) => void} change Takes a change of the choice and shows what follows.
 * @property {() => void} reset
 * @property {() => string} formula The reader's weighting in words and numbers.
 * @property {() => string[]} notes What to know of the reader's ranking.
 * @property {() => void} resized Takes note that rows have another height.
 * @property {string} compare The address of the page that compares models.
 */

/**
 * @typedef {object} Controls
 * @property {HTMLElement} element
 * @property {(selection: Selected) => void} show
 */

const DENSITIES = ["compact", "normal", "roomy"];
const DENSITY = "tianti-density";

/** What is in a panel, and what brings it up to date. @typedef {{ content: HTMLElement, show: (selection: Selected) => void }} Panel */

/** A panel below the bar, which is made when it is opened first, and the button that opens it. @param {string} name @param {string} label @param {() => Panel} make */
const panelOf = (name, label, make) => {
  const panel = makeNode("div", { class: "panel", id: `panel-${name}`, role: "group", "aria-label": label, hidden: true });
  const button = makeButton(label, { class: "tool", "aria-expanded": "false", "aria-controls": panel.id });
  const made = once(() => {
    const { content, show } = make();
    panel.append(content);
    return show;
  });
  return { panel, button, show: (/** @type {Selected} */ selection) => !panel.hidden && made()(selection) };
};

/** @param {string} type @param {string} label @param {Record<string, any>} attributes */
const labelled = (type, label, attributes) => {
  const input = /** @type {HTMLInputElement} */ (makeNode("input", { type, ...attributes }));
  return { input, label: makeNode("label", {}, input, makeNode("span", {}, label)) };
};

/** @param {Set<string>} set @param {string} value @param {boolean} there */
const put = (set, value, there) => {
  if (there) set.add(value);
  else set.delete(value);
};

/** The facets, with counts. @param {BoardHost} host @returns {Panel} */
const facetPanel = ({ index, choice, change }) => {
  const content = makeNode("div", { class: "facets" });
  const updates = index.facets().map((facet) => {
    const rows = facet.values.map((value) => {
      const { input, label } = labelled("checkbox", value.label, {
        change: () =>
          change(({ facets }) => {
            const chosen = facets.get(facet.key) ?? new Set();
            put(chosen, value.key, input.checked);
            // All of them are as good as none: the facet is off.
            if (chosen.size === 0 || chosen.size === facet.values.length) facets.delete(facet.key);
            else facets.set(facet.key, chosen);
          }),
      });
      const count = makeNode("span", { class: "count" });
      label.append(count);
      return { input, label, count, key: value.key };
    });
    content.append(
      makeNode("fieldset", {}, makeNode("legend", {}, say(`facet-${facet.key}`)), makeNode("div", {}, ...rows.map((row) => row.label))),
    );
    return (/** @type {number[]} */ counts) =>
      rows.forEach((row, at) => {
        row.input.checked = choice().facets.get(facet.key)?.has(row.key) ?? false;
        row.count.textContent = String(counts[at]);
        row.label.classList.toggle("empty", counts[at] === 0);
      });
  });
  const show = (/** @type {Selected} */ selection) => {
    const counts = selection.counts();
    index.facets().forEach((facet, at) => updates[at](counts.get(facet.key) ?? []));
  };
  return { content, show };
};

/** The groups of columns. @param {BoardHost} host @returns {Panel} */
const columnPanel = ({ index, choice, change }) => {
  const boxes = index.groups.map((group) => {
    const names = group.columns.map((at) => inOwn(index.view.columns[at].label)).join(say("list-comma"));
    const { input, label } = labelled("checkbox", group.label, { change: () => change(({ hidden }) => put(hidden, group.key, !input.checked)) });
    label.append(makeNode("span", { class: "detail" }, names));
    return { input, label, key: group.key };
  });
  const show = () => boxes.forEach(({ input, key }) => (input.checked = !choice().hidden.has(key)));
  return { content: makeNode("div", { class: "choices" }, ...boxes.map((box) => box.label)), show };
};

/** A slider from 0 to 5 and its number. @param {string} name @param {(value: number) => void} set */
const slider = (name, set) => {
  const range = /** @type {HTMLInputElement} */ (
    makeNode("input", { type: "range", min: 0, max: 5, step: 0.1, "aria-label": say("weight-of", { column: name }), input: () => set(Number(range.value)) })
  );
  const number = makeNode("output");
  const show = (/** @type {number | undefined} */ value) => {
    range.value = String(value ?? 1);
    number.textContent = value === undefined ? say("weight-mixed") : String(value);
  };
  return { nodes: [makeNode("span", {}, name), range, number], show };
};

/** The reader's weights. @param {BoardHost} host @returns {Panel} */
const weightPanel = ({ index, choice, change, formula, notes }) => {
  const { columns } = index.view;
  const content = makeNode("div", { class: "weights" }, makeNode("p", {}, say("weights-intro")));
  const groups = index.groups.map((group) => ({ ...group, columns: group.columns.filter((at) => columns[at].ranked) })).filter((group) => group.columns.length > 0);
  /** @type {(() => void)[]} */
  const updates = [];
  for (const group of groups) {
    const rows = group.columns.map((at) => {
      const { nodes, show } = slider(inOwn(columns[at].label), (value) => change(({ factors }) => factors.set(at, value)));
      updates.push(() => show(choice().factors.get(at) ?? 1));
      return makeNode("div", { class: "weight" }, ...nodes);
    });
    if (groups.length > 1 && rows.length > 1) {
      const { nodes, show } = slider(group.label, (value) => change(({ factors }) => group.columns.forEach((at) => factors.set(at, value))));
      updates.push(() => {
        const values = new Set(group.columns.map((at) => choice().factors.get(at) ?? 1));
        show(values.size === 1 ? [...values][0] : undefined);
      });
      rows.unshift(makeNode("div", { class: "weight whole" }, ...nodes));
    }
    content.append(makeNode("div", { class: "weights-group" }, ...rows));
  }
  const text = makeNode("div", { class: "formula" });
  const back = makeButton(say("weights-reset"), { class: "tool", click: () => change(({ factors }) => factors.clear()) });
  content.append(text, back);
  const show = () => {
    for (const update of updates) update();
    text.replaceChildren(...[formula(), ...notes()].map((line) => makeNode("p", {}, line)));
  };
  return { content, show };
};

/** How a query is written. @returns {Panel} */
const queryHelp = () => {
  const examples = ["org:qwen", "type:chat", "size:<10", "licence:apache", "lang:zh", "released:>2024-01", "mmlu:>60", "-instruct", '"7b chat"'];
  const keys = ["org", "type", "size", "licence", "lang", "released", "column", "not", "quotes"];
  const rows = examples.flatMap((example, at) => [makeNode("dt", {}, makeNode("code", {}, example)), makeNode("dd", {}, say(`query-help-${keys[at]}`))]);
  return { content: makeNode("div", {}, makeNode("p", {}, say("query-help")), makeNode("dl", { class: "syntax" }, ...rows)), show: () => {} };
};

/** Rows by their height, kept for all boards. @param {HTMLElement} area @param {() => void} resized */
const densityChoice = (area, resized) => {
  const select = /** @type {HTMLSelectElement} */ (
    makeNode("select", { change: () => {
      area.dataset.density = select.value;
      resized();
      try {
        localStorage.setItem(DENSITY, select.value);
      } catch {
        // Without storage the choice holds for this page only.
      }
    } }, ...DENSITIES.map((value) => makeNode("option", { value }, say(`density-${value}`))))
  );
  select.value = "normal";
  try {
    const kept = localStorage.getItem(DENSITY);
    if (kept && DENSITIES.includes(kept)) select.value = kept;
  } catch {
    // As above.
  }
  area.dataset.density = select.value;
  return makeNode("label", { class: "density" }, makeNode("span", {}, say("density")), select);
};

/** One column at a time, for narrow screens. @param {BoardHost} host */
const columnChoice = ({ index, choice, change }) => {
  const columns = index.columns.map((key, at) => makeNode("option", { value: key }, inOwn(index.view.columns[at].label)));
  const select = /** @type {HTMLSelectElement} */ (
    makeNode("select", { change: () => change((next) => {
      next.only = select.value;
      next.sort = select.value || "place";
      next.reversed = false;
    }) }, makeNode("option", { value: "" }, say("only-all")), ...columns)
  );
  const label = makeNode("label", { class: "only" }, makeNode("span", {}, say("only")), select);
  const show = () => {
    select.value = choice().only;
    label.classList.toggle("chosen", choice().only !== "");
  };
  return { label, show };
};

/** The strip of what is in force beside the query; each entry takes itself away. @param {BoardHost} host */
const chipsOf = ({ index, choice, change, compare }) => {
  const now = choice();
  /** @type {[string, (choice: Choice) => void][]} */
  const chips = [];
  for (const facet of now.facets.size > 0 ? index.facets() : []) {
    for (const value of facet.values) {
      if (!now.facets.get(facet.key)?.has(value.key)) continue;
      const label = say("chip", { name: say(`facet-${facet.key}`), value: value.label });
      chips.push([label, ({ facets }) => {
        put(facets.get(facet.key) ?? new Set(), value.key, false);
        if (facets.get(facet.key)?.size === 0) facets.delete(facet.key);
      }]);
    }
  }
  for (const group of index.groups) {
    if (now.hidden.has(group.key)) chips.push([say("chip-hidden", { group: group.label }), ({ hidden }) => put(hidden, group.key, false)]);
  }
  if (now.pins.size > 0) chips.push([say("chip-pins", { count: now.pins.size }), ({ pins }) => pins.clear()]);
  if (now.factors.size > 0) chips.push([say("chip-weights"), ({ factors }) => factors.clear()]);
  /** @type {Node[]} */
  const nodes = chips.map(([label, change1]) =>
    makeNode("li", {}, makeNode("button", { type: "button", class: "chip", click: () => change(change1) }, label, makeNode("span", { class: "hidden" }, ` ${say("chip-remove")}`))),
  );
  if (OWN && now.pins.size > 1) {
    const ids = [...new Set(index.view.rows.flatMap((row, at) => (now.pins.has(index.keys[at]) ? [row.id] : [])))];
    const href = `${compare}?board=${encodeURIComponent(index.view.id)}&models=${ids.map((id) => encodeURIComponent(id).replaceAll("%2F", "/")).join(",")}`;
    nodes.push(makeNode("li", {}, makeNode("a", { href }, say("compare-pinned"))));
  }
  return nodes;
};

/** @param {BoardHost} host @param {HTMLElement} area What has the density. @returns {Controls} */
const boardControls = (host, area) => {
  const { index, choice, change, reset } = host;
  const field = /** @type {HTMLInputElement} */ (
    makeNode("input", {
      type: "search",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": say("query-label"),
      placeholder: say("query-placeholder"),
      "aria-describedby": "query-errors",
      input: () => change((next) => (next.query = field.value)),
    })
  );
  /** @type {Selected} */
  let shown;
  const panels = [panelOf("help", say("query-help-open"), queryHelp), panelOf("facets", say("facets"), () => facetPanel(host))];
  if (index.groups.length > 1) panels.push(panelOf("columns", say("columns"), () => columnPanel(host)));
  if (WEIGHABLE.includes(index.view.aggregate)) panels.push(panelOf("weights", say("weights"), () => weightPanel(host)));
  const open = (/** @type {string | undefined} */ id) => {
    for (const { panel, button, show } of panels) {
      panel.hidden = panel.id !== id;
      button.setAttribute("aria-expanded", String(!panel.hidden));
      show(shown);
    }
  };
  for (const { panel, button } of panels) {
    button.addEventListener("click", () => open(panel.hidden ? panel.id : undefined));
  }
  document.addEventListener("keydown", (event) => {
    const opened = panels.find(({ panel }) => !panel.hidden);
    const { activeElement } = document;
    if (event.key !== "Escape" || !opened || (activeElement !== document.body && !element.contains(activeElement))) return;
    // Else the field would lose its words too.
    event.preventDefault();
    open(undefined);
    if (activeElement !== field) opened.button.focus();
  });
  const [help, ...others] = panels.map(({ button }) => button);
  help.textContent = "?";
  help.setAttribute("aria-label", say("query-help-open"));
  help.title = say("query-help-open");
  const copy = makeButton(say("copy-link"), {
    class: "tool",
    click: async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        copy.textContent = say("link-copied");
      } catch {
        copy.textContent = say("link-in-address");
      }
      announce(copy.textContent);
      setTimeout(() => (copy.textContent = say("copy-link")), 2000);
    },
  });
  const column = columnChoice(host);
  const back = makeButton(say("reset"), { class: "tool", click: reset });
  const count = makeNode("span", { class: "shown" });
  const errors = makeNode("p", { class: "errors", id: "query-errors" });
  const chips = makeNode("ul", { class: "chips", "aria-label": say("chips-label") });
  const element = makeNode(
    "div",
    { class: "controls" },
    makeNode("div", { class: "tools" }, makeNode("span", { class: "find", role: "search" }, field, help), column.label, ...others, densityChoice(area, host.resized), copy, back, count),
    errors,
    ...panels.map(({ panel }) => panel),
    chips,
  );
  return {
    element,
    show: (selection) => {
      shown = selection;
      if (field.value.trim() !== choice().query.trim()) field.value = choice().query;
      for (const { show } of panels) show(selection);
      column.show();
      const problems = selection.errors.join(" ");
      if (errors.textContent !== problems) errors.textContent = problems;
      errors.hidden = selection.errors.length === 0;
      field.setAttribute("aria-invalid", String(selection.errors.length > 0));
      const rows = say("rows-of", { shown: selection.count, all: index.view.rows.length });
      if (count.textContent !== rows) count.textContent = rows;
      const nodes = chipsOf(host);
      const focused = chips.contains(document.activeElement);
      if (nodes.length > 0 || !chips.hidden) chips.replaceChildren(...nodes);
      if (focused) (chips.querySelector("button") ?? field).focus();
      chips.hidden = nodes.length === 0;
      back.hidden = addressOf(index, choice()) === "";
    },
  };
};
