// What a reader has chosen to see of a board's table, the address that says it, and which rows in which order follow from
// it. Pure: it knows the data of a board and nothing of the page.

const CODE = root.lang.split("-")[0];

/** @param {Texts | undefined} texts */
const inOwn = (texts) => (texts ? (texts[CODE] ?? Object.values(texts)[0]) : "");

/**
 * The choice of a reader.
 *
 * @typedef {object} Choice
 * @property {string} sort A key of {@link sortKeys}.
 * @property {boolean} reversed Not in the order in which the key is read first.
 * @property {string} query
 * @property {Map<string, Set<string>>} facets Values by facet; a facet that is not there is off.
 * @property {Set<string>} pins Keys of rows.
 * @property {Set<string>} hidden Keys of groups of columns.
 * @property {string} only The key of the one column that is shown beside place, model and composite; empty for all.
 * @property {Map<number, number>} factors By column, where it is not 1.
 */

/** @returns {Choice} */
const noChoice = () => ({
  sort: "place",
  reversed: false,
  query: "",
  facets: new Map(),
  pins: new Set(),
  hidden: new Set(),
  only: "",
  factors: new Map(),
});

/**
 * A property that rows can be chosen by: its values, and the ones of each row.
 *
 * @typedef {object} Facet
 * @property {string} key
 * @property {{ key: string, label: string }[]} values
 * @property {number[][]} of Of each row, places in `values`.
 */

/**
 * The data of a board as it is looked up again and again.
 *
 * @typedef {object} BoardIndex
 * @property {BoardView} view
 * @property {string[]} keys A short name of each row, for the address.
 * @property {string[]} columns A short name of each column.
 * @property {{ key: string, label: string, columns: number[] }[]} groups Of columns, in order; columns without a group are in one.
 * @property {() => Facet[]} facets
 * @property {Askable} askable
 * @property {() => number[]} named The rows by name.
 * @property {(row: number, column: number) => BoardView["states"][0] | undefined} said What is said of a score.
 */

const UNKNOWN = "none";

/** Upper ends of the bands of sizes, in billions of parameters. */
const BANDS = [1, 4, 10, 40, 100];

/** @param {BoardRow} row */
const bandOf = (row) => {
  const size = sizeOf(row.parameters);
  if (isNaN(size)) return UNKNOWN;
  const at = BANDS.findIndex((end) => size < end);
  return at === 0 ? `<${BANDS[0]}` : at < 0 ? `>=${BANDS[BANDS.length - 1]}` : `${BANDS[at - 1]}-${BANDS[at]}`;
};

/** @param {string} band */
const bandLabel = (band) => band.replace(/\d+/g, "$&B").replace(">=", "≥ ").replace("<", "< ").replace("-", "–");

/** @param {string} code @returns {string} */
const languageName = (code) => {
  try {
    return new Intl.DisplayNames(root.lang, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
};

/** What a facet finds in a row, and how it names its values. @param {BoardView} view @returns {Record<string, { of: (row: BoardRow) => string[], label: (key: string) => string }>} */
const facetSources = (view) => {
  const same = (/** @type {string} */ key) => key;
  const one = (/** @type {string | undefined} */ value) => [value ?? UNKNOWN];
  const organisation = (/** @type {BoardRow} */ row) =>
    row.organisation === undefined ? undefined : view.organisations[row.organisation];
  const englishOf = (/** @type {Texts | undefined} */ texts) => texts && (texts.en ?? Object.values(texts)[0]);
  const named = new Map(view.organisations.map((texts) => [englishOf(texts), inOwn(texts)]));
  return {
    type: { of: (row) => one(row.kind), label: (key) => say(`kind-${key}`) },
    size: { of: (row) => [bandOf(row)], label: bandLabel },
    weights: { of: (row) => one(row.open === undefined ? undefined : row.open ? "open" : "closed"), label: (key) => say(`weights-${key}`) },
    licence: { of: (row) => one(row.licence), label: same },
    org: { of: (row) => one(englishOf(organisation(row))), label: (key) => named.get(key) ?? key },
    lang: { of: (row) => (row.languages?.length ? row.languages : [UNKNOWN]), label: languageName },
    year: { of: (row) => one(row.released?.slice(0, 4)), label: same },
  };
};

/** @param {BoardView} view @returns {Facet[]} */
const facetsOf = (view) =>
  Object.entries(facetSources(view)).map(([key, { of, label }]) => {
    const found = view.rows.map(of);
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const value of found.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
    const size = (/** @type {string} */ band) => (band.startsWith("<") ? 0 : parseFloat(band.replace(">=", "")));
    /** @type {(a: string, b: string) => number} */
    const order =
      key === "size"
        ? (a, b) => size(a) - size(b)
        : key === "year"
          ? (a, b) => Number(b) - Number(a)
          : (a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || collator.compare(a, b);
    const keys = [...counts.keys()].sort((a, b) => Number(a === UNKNOWN) - Number(b === UNKNOWN) || order(a, b));
    const places = new Map(keys.map((value, at) => [value, at]));
    return {
      key,
      values: keys.map((value) => ({ key: value, label: value === UNKNOWN ? say("not-stated") : label(value) })),
      of: found.map((values) => values.map((value) => places.get(value) ?? 0)),
    };
  });

/** Texts told apart by numbers behind those that come again. @param {string[]} texts */
const distinctKeys = (texts) => {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return texts.map((text) => {
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return times === 1 ? text : `${text}.${times}`;
  });
};

/** The names by which a query can ask for a field, in all languages of the interface. */
const FIELDS = {
  org: ["org", "organisation", "organization", "机构"],
  type: ["type", "kind", "类型"],
  size: ["size", "params", "规模", "参数"],
  licence: ["licence", "license", "许可", "许可证"],
  lang: ["lang", "language", "语言"],
  released: ["released", "date", "year", "发布"],
  weights: ["weights", "open", "权重"],
  model: ["model", "name", "模型"],
  variant: ["variant", "变体"],
  place: ["place", "rank", "名次"],
  score: ["score", "composite", "综合分"],
};

/** @param {BoardView} view @param {string[]} columns @returns {Askable} */
const askableOf = (view, columns) => {
  const { rows } = view;
  const names = (/** @type {number} */ row) => Object.values(view.organisations[rows[row].organisation ?? -1] ?? {});
  const sizes = once(() => rows.map((row) => sizeOf(row.parameters)));
  const labels = view.columns.map((column) => Object.values(column.label).concat(column.name).map((text) => plainText(text).replace(/\s/g, "")));
  const text = (/** @type {(row: BoardRow) => (string | undefined)[]} */ of) => ({
    texts: (/** @type {number} */ row) => of(rows[row]).filter((value) => value !== undefined),
  });
  /** @type {Record<string, ReturnType<Askable["field"]>>} */
  const fields = {
    org: { texts: names },
    type: text((row) => (row.kind ? [row.kind, say(`kind-${row.kind}`)] : [])),
    size: { number: (row) => sizes()[row] },
    licence: text((row) => [row.licence]),
    lang: text((row) => (row.languages ?? []).flatMap((code) => [code, languageName(code)])),
    released: { date: (row) => rows[row].released ?? "" },
    weights: text((row) => (row.open === undefined ? [] : row.open ? ["open", "yes", say("weights-open")] : ["closed", "no", say("weights-closed")])),
    model: text((row) => [row.name, row.id]),
    variant: text((row) => [row.variant]),
    place: { number: (row) => rows[row].place ?? NaN },
    score: { number: (row) => rows[row].composite ?? NaN },
  };
  return {
    words: once(() => rows.map((row, at) => plainText([row.name, row.id, row.variant ?? "", ...names(at)].join("\n")))),
    field: (name) => {
      const known = Object.entries(FIELDS).find(([, all]) => all.includes(name));
      if (known) return fields[known[0]];
      let at = columns.indexOf(name);
      if (at < 0) at = labels.findIndex((all) => all.includes(name));
      return at < 0 ? undefined : { number: (row) => view.values[at][row] ?? NaN };
    },
  };
};

/** What is said of a score, by its row and column. @param {BoardView} view @returns {BoardIndex["said"]} */
const saidOf = (view) => {
  const said = once(() => new Map(view.states.map((state) => [state[0] * view.columns.length + state[1], state])));
  return (row, column) => said().get(row * view.columns.length + column);
};

/** @param {BoardView} view @returns {BoardIndex} */
const boardIndex = (view) => {
  const columns = distinctKeys(view.columns.map((column) => column.id));
  /** @type {BoardIndex["groups"]} */
  const groups = [];
  view.columns.forEach((column, at) => {
    const label = inOwn(column.group) || say("other-columns");
    const key = column.group ? (column.group.en ?? label) : UNKNOWN;
    const known = groups.find((group) => group.key === key);
    if (known) known.columns.push(at);
    else groups.push({ key, label, columns: [at] });
  });
  return {
    view,
    said: saidOf(view),
    keys: distinctKeys(view.rows.map((row) => row.id)),
    columns,
    groups,
    facets: once(() => facetsOf(view).filter((facet) => facet.values.length > 1)),
    askable: askableOf(view, columns),
    named: once(() => view.rows.map((_, row) => row).sort((a, b) => collator.compare(view.rows[a].name, view.rows[b].name))),
  };
};

/** The keys that a table can be sorted by, and whether each is read from the greatest down. @param {BoardIndex} index @returns {Map<string, boolean>} */
const sortKeys = ({ view, columns }) =>
  new Map([
    ["place", false],
    ["model", false],
    ["score", view.higher],
    ["coverage", true],
    ["size", true],
    ["released", true],
    ...columns.map((key, at) => /** @type {[string, boolean]} */ ([key, !view.columns[at].lower])),
  ]);

/** @param {BoardIndex} index @param {string} search The part of an address from `?`. @returns {Choice} */
const choiceOf = (index, search) => {
  const asked = new URLSearchParams(search);
  const choice = noChoice();
  const list = (/** @type {string} */ key) => (asked.get(key) ?? "").split(",").filter(Boolean);
  const only = asked.get("only") ?? "";
  if (index.columns.includes(only)) choice.sort = choice.only = only;
  const sort = asked.get("sort") ?? "";
  if (sortKeys(index).has(sort.replace(/^-/, ""))) {
    choice.sort = sort.replace(/^-/, "");
    choice.reversed = sort.startsWith("-");
  }
  choice.query = asked.get("q") ?? "";
  for (const facet of search ? index.facets() : []) {
    const values = asked.getAll(facet.key).filter((key) => facet.values.some((value) => value.key === key));
    if (values.length > 0) choice.facets.set(facet.key, new Set(values));
  }
  for (const key of list("pin")) if (index.keys.includes(key)) choice.pins.add(key);
  for (const group of index.groups) if (asked.getAll("hide").includes(group.key)) choice.hidden.add(group.key);
  for (const part of list("w")) {
    const at = index.columns.indexOf(part.slice(0, part.lastIndexOf(":")));
    const factor = Number(part.slice(part.lastIndexOf(":") + 1));
    if (at >= 0 && index.view.columns[at].ranked && factor >= 0 && factor <= 5) choice.factors.set(at, factor);
  }
  return choice;
};

/** What an address says of a choice, with its `?`. @param {BoardIndex} index @param {Choice} choice @returns {string} */
const addressOf = (index, choice) => {
  /** @type {[string, string][]} */
  const said = [];
  if (choice.only) said.push(["only", choice.only]);
  if (choice.sort !== (choice.only || "place") || choice.reversed) said.push(["sort", (choice.reversed ? "-" : "") + choice.sort]);
  if (choice.query.trim()) said.push(["q", choice.query.trim()]);
  for (const [key, values] of choice.facets) for (const value of values) said.push([key, value]);
  if (choice.pins.size > 0) said.push(["pin", [...choice.pins].join(",")]);
  for (const group of choice.hidden) said.push(["hide", group]);
  const weights = [...choice.factors].filter(([, factor]) => factor !== 1).map(([at, factor]) => `${index.columns[at]}:${factor}`);
  if (weights.length > 0) said.push(["w", weights.join(",")]);
  const text = new URLSearchParams(said).toString().replace(/%(2F|3A|2C|40|3E|3C|3D)/g, (code) => decodeURIComponent(code).replace("=", "%3D"));
  return text && `?${text}`;
};

/**
 * @typedef {object} Selected
 * @property {Uint8Array} shown Of each row.
 * @property {number} count
 * @property {() => Map<string, number[]>} counts By facet, for each of its values, the rows that all else leaves.
 * @property {string[]} errors What is wrong with the query.
 */

/** Which rows a choice leaves. @param {BoardIndex} index @param {Choice} choice @returns {Selected} */
const selectRows = ({ view, facets, askable }, choice) => {
  const { tests, errors } = parseQuery(choice.query, askable);
  /** Of each facet that is on, the values that are chosen. */
  const chosen = [...choice.facets].flatMap(([key, values]) =>
    facets().flatMap((facet) => (facet.key === key ? [{ facet, wanted: facet.values.map((value) => values.has(value.key)) }] : [])),
  );
  /** The rows that the query leaves and at most one facet does not, with that facet. @type {[number, Facet | undefined][]} */
  const near = [];
  const shown = new Uint8Array(view.rows.length);
  let count = 0;
  for (let row = 0; row < view.rows.length; row += 1) {
    if (!tests.every((test) => test(row))) continue;
    const failed = chosen.filter(({ facet, wanted }) => !facet.of[row].some((value) => wanted[value]));
    if (failed.length > 1) continue;
    near.push([row, failed[0]?.facet]);
    shown[row] = Number(failed.length === 0);
    count += shown[row];
  }
  const counts = () => {
    const counted = facets().map((facet) => {
      const found = new Array(facet.values.length).fill(0);
      for (const [row, failed] of near) {
        if (!failed || failed === facet) for (const value of facet.of[row]) found[value] += 1;
      }
      return /** @type {[string, number[]]} */ ([facet.key, found]);
    });
    return new Map(counted);
  };
  return { shown, count, counts, errors };
};

/**
 * The rows that are shown, from the first to the last: pinned ones, then what is selected; those without a number for the
 * key are last in both directions, and what is equal stands by name.
 *
 * @param {BoardIndex} index
 * @param {Choice} choice
 * @param {Ranking} ranking
 * @param {Selected} selected
 * @returns {{ order: number[], pinned: number }} With how many of them are pinned.
 */
const orderRows = (index, choice, ranking, { shown, count }) => {
  const sorted = sortRows(index, choice, ranking);
  const isPinned = (/** @type {number} */ row) => choice.pins.has(index.keys[row]);
  const pins = choice.pins.size > 0 ? sorted.filter(isPinned) : [];
  const others = count === sorted.length ? sorted : sorted.filter((row) => shown[row] > 0);
  return { order: pins.length > 0 ? [...pins, ...others.filter((row) => !isPinned(row))] : others, pinned: pins.length };
};

/** @param {BoardIndex} index @param {Choice} choice @param {Ranking} ranking @returns {number[]} */
const sortRows = (index, { sort, reversed }, ranking) => {
  const { view } = index;
  if (sort === "place" && !reversed) return [...ranking.order];
  const named = index.named();
  if (sort === "model") return reversed ? named.toReversed() : [...named];
  const keys = new Float64Array(view.rows.length);
  const column = index.columns.indexOf(sort);
  const number = (/** @type {number} */ row) => {
    if (column >= 0) return view.values[column][row] ?? NaN;
    if (sort === "score") return ranking.composite[row];
    if (sort === "coverage") return ranking.covered[row];
    if (sort === "size") return sizeOf(view.rows[row].parameters);
    if (sort === "released") return Number((view.rows[row].released ?? "").replaceAll("-", "").padEnd(8, "0")) || NaN;
    return ranking.place[row] || NaN;
  };
  const descending = Boolean(sortKeys(index).get(sort)) !== reversed;
  for (let row = 0; row < keys.length; row += 1) keys[row] = descending ? -number(row) : number(row);
  return [...byKey(named.filter((row) => !isNaN(keys[row])), keys), ...named.filter((row) => isNaN(keys[row]))];
};

/**
 * Rows from the least key to the greatest, those with the same key as they came. The digits of keys in single precision are
 * counted, which takes a tenth of the time of comparing; what single precision cannot tell apart is set right at the end.
 *
 * @param {number[]} rows
 * @param {Float64Array} keys By row.
 * @returns {number[]}
 */
const byKey = (rows, keys) => {
  const single = new Float32Array(keys);
  const bits = new Int32Array(single.buffer);
  // The bits of numbers below zero count backwards.
  for (let row = 0; row < bits.length; row += 1) bits[row] ^= bits[row] < 0 ? -1 : 1 << 31;
  let from = rows;
  for (const shift of [0, 11, 22]) {
    const to = new Array(rows.length);
    const ends = new Uint32Array(2049);
    for (const row of from) ends[((bits[row] >>> shift) & 2047) + 1] += 1;
    for (let digit = 1; digit < ends.length; digit += 1) ends[digit] += ends[digit - 1];
    for (const row of from) to[ends[(bits[row] >>> shift) & 2047]++] = row;
    from = to;
  }
  for (let last = 1; last < from.length; last += 1) {
    for (let at = last; at > 0 && keys[from[at - 1]] > keys[from[at]]; at -= 1) [from[at - 1], from[at]] = [from[at], from[at - 1]];
  }
  return from;
};
