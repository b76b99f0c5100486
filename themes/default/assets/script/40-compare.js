// Models of one board side by side: the page `compare.html`. What is compared stands in its address.

/**
 * What is known of two rows in a column.
 *
 * @typedef {object} Comparison
 * @property {number} difference The first less the second.
 * @property {number} [error] Standard error of the difference.
 * @property {number} [p] Of no difference; absent where nothing can be tested.
 * @property {number[]} [items] Those that both have right, only the first, only the second, and neither; absent where they are
 *   not known.
 */

/** @typedef {"better" | "worse" | "unsure" | "tied" | "untested" | "beside"} Verdict of the first of two; `beside` in a column that does not count. */

/** Markup, as opposed to text. @typedef {{ markup: string }} Markup */

/** Builds the comparison. @param {HTMLElement} place */
const comparePage = (place) => {
  const MOST = 6;
  const SHAPES = [
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "M-4-4h8v8h-8z",
    "M0-5.2 5.2 4h-10.4z",
    "M0-5.6 5.6 0 0 5.6-5.6 0z",
    "M0 5.2 5.2-4h-10.4z",
    "M-1.7-5h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3z",
  ];
  const language = root.lang.split("-")[0];

  /** @type {{ id: string, title: string }[]} */
  const boards = [...document.querySelectorAll("[data-board]")].map((item) => ({
    id: item.getAttribute("data-board") || "",
    title: item.firstElementChild?.textContent || "",
  }));
  if (!boards.length) return;

  /** @type {BoardView} */
  let view;
  /** @type {Record<string, Record<string, string>>} */
  let answers = {};
  /** What the board says of a score. @type {BoardIndex["said"]} */
  let said;
  /** Of a board of battles, by row and row: wins, draws and losses of the first. @type {Map<string, [number, number, number]>} */
  let duels = new Map();
  /** What stands for each row in the address: its model, with a number behind one that comes again. @type {string[]} */
  let keys = [];
  /** Rows of the view; the first is the reference. @type {number[]} */
  let chosen = [];

  /** @param {unknown} value @returns {string} */
  const shown = (value) => {
    if (Array.isArray(value)) return value.map(shown).join("");
    if (value && typeof value === "object") return /** @type {Markup} */ (value).markup;
    return String(value ?? "").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  };
  /** Markup with values in it, which are text unless they are markup. @param {TemplateStringsArray} texts @param {unknown[]} values @returns {Markup} */
  const html = (texts, ...values) => ({ markup: texts.map((text, at) => text + shown(values[at])).join("") });

  /** @param {number} value @param {number} decimals */
  const number = (value, decimals) => {
    const text = value.toFixed(decimals);
    return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
  };
  /** @param {number} value @param {number} decimals */
  const signed = (value, decimals) => (Number(value.toFixed(decimals)) > 0 ? "+" : "") + number(value, decimals);
  /** @param {number | null | undefined} error @param {number} decimals */
  const margin = (error, decimals) => html` <span class="margin">${error ? `±${number(MARGIN * error, decimals)}` : ""}</span>`;
  const NONE = html`<span class="none" title="${say("compare-missing")}">—</span>`;

  /** @param {Texts} texts */
  const text = (texts) => texts[language] ?? Object.values(texts)[0];
  /** @param {number} row */
  const nameOf = (row) => view.rows[row].name + (view.rows[row].variant ? ` (${view.rows[row].variant})` : "");
  /** @param {number} at */
  const mark = (at) => html`<svg class="series s${at}" viewBox="-7 -7 14 14" width="13" height="13" aria-hidden="true"><path d="${SHAPES[at]}"/></svg>`;
  /** @param {number} at */
  const modelHead = (at) => html`<span class="named">${mark(at)}<a href="models/${view.rows[chosen[at]].id}.html">${nameOf(chosen[at])}</a></span>`;
  /** Decimals of differences in a column. @param {number} at */
  const decimalsOf = (at) => Math.max(1, view.columns[at].decimals);

  // What the data say

  /** A score that is shown, though it may not count. @param {number} column @param {number} row */
  const scoreOf = (column, row) => view.values[column][row] ?? said(row, column)?.[2] ?? null;

  /** @param {number} column @param {number} a @param {number} b @returns {Comparison | undefined} */
  const compare = (column, a, b) => {
    const [x, y] = [view.values[column][a], view.values[column][b]];
    if (x === null || y === null) return undefined;
    const [own, others] = [answers[column]?.[a], answers[column]?.[b]];
    if (own && others) {
      const items = ["11", "10", "01", "00"].map((both) => [...own].filter((sign, at) => sign + others[at] === both).length);
      const [, one, other] = items;
      const all = items.reduce((sum, count) => sum + count);
      const scale = view.columns[column].unit === "percent" ? 100 : 1;
      const error = scale * Math.sqrt((one + other - (one - other) ** 2 / all) / (all * (all - 1)));
      if (all > 1) return { difference: (scale * (one - other)) / all, error, p: mcnemar(one, other), items };
    }
    const [e, f] = [view.errors[column]?.[a], view.errors[column]?.[b]];
    if (!e || !f) return { difference: x - y };
    const error = Math.hypot(e, f);
    return { difference: x - y, error, p: twoSidedTail((x - y) / error) };
  };

  /** @type {Estimates | undefined} */
  let estimates;

  /** The standard error of a difference of composites, where the board reckons with one. @param {number} a @param {number} b */
  const compositeError = (a, b) => {
    if (view.evidence === "standard-errors") {
      const [e, f] = [view.rows[a].error, view.rows[b].error];
      return e && f ? Math.hypot(e, f) : undefined;
    }
    if (view.evidence !== "columns" || !WEIGHABLE.includes(view.aggregate)) return undefined;
    estimates ??= estimatesOf(view, view.columns.map(() => 1));
    const { at, columns, deviations } = estimates;
    if (!deviations || at[a] < 0 || at[b] < 0) return undefined;
    const [own, others] = [a, b].map((row) => deviations.subarray(at[row] * columns, (at[row] + 1) * columns));
    return Math.sqrt(own.reduce((sum, part, column) => sum + (part - others[column]) ** 2, 0)) || undefined;
  };

  /**
   * What the board says of two composites.
   *
   * @param {number} a
   * @param {number} b
   * @returns {{ difference: number, error?: number, detectable?: number, verdict: Verdict } | undefined}
   */
  const compareComposites = (a, b) => {
    const [x, y] = [view.rows[a], view.rows[b]];
    if (x.composite === undefined || y.composite === undefined) return undefined;
    const difference = x.composite - y.composite;
    const winner = difference > 0 === view.higher ? "better" : "worse";
    // Over shared items the board tests as this page does, where it has a single column.
    const ranked = view.columns.flatMap((column, at) => (column.ranked ? at : []));
    const pair = view.evidence.endsWith("shared-items") && ranked.length === 1 ? compare(ranked[0], a, b) : undefined;
    const error = pair?.items ? pair.error : compositeError(a, b);
    if (error) {
      const detectable = (view.critical + POWER) * error;
      const apart = (pair?.p ?? twoSidedTail(difference / error)) <= twoSidedTail(view.critical);
      return { difference, error, detectable, verdict: apart ? winner : detectable > view.gap ? "unsure" : "tied" };
    }
    if (view.evidence === "none" || !x.range || !y.range) return { difference, verdict: "untested" };
    const apart = x.range[1] < y.range[0] || y.range[1] < x.range[0];
    return { difference, verdict: apart ? winner : "unsure" };
  };

  /** All comparisons of the chosen rows, tested together. */
  const study = () => {
    const known = view.columns.map((_, at) => at).filter((at) => chosen.some((row) => scoreOf(at, row) !== null));
    const ranked = known.filter((at) => view.columns[at].ranked);
    const columns = [...ranked, ...known.filter((at) => !view.columns[at].ranked)];
    const pairs = columns.map((column) => chosen.map((a) => chosen.map((b) => (a === b ? undefined : compare(column, a, b)))));
    const counted = pairs.slice(0, ranked.length);
    const values = counted.flatMap((of) => of.flatMap((row, a) => row.slice(a + 1).flatMap((pair) => pair?.p ?? [])));
    const level = holmLevel(values);
    const critical = deviate(level);
    return {
      /** Those that count come first. */
      columns,
      ranked: ranked.length,
      tested: values.length,
      told: values.filter((p) => p <= level).length,
      critical,
      /** By the place of a column and of two models. @param {number} at @param {number} a @param {number} b @returns {(Comparison & { verdict: Verdict, detectable?: number }) | undefined} */
      of: (at, a, b) => {
        const pair = pairs[at][a][b];
        if (!pair) return undefined;
        if (at >= ranked.length) return { difference: pair.difference, error: pair.error, verdict: "beside" };
        const winner = pair.difference > 0 !== view.columns[columns[at]].lower ? "better" : "worse";
        const tested = (pair.p ?? 1) <= level ? winner : "unsure";
        const verdict = /** @type {Verdict} */ (pair.p === undefined ? "untested" : tested);
        return { ...pair, verdict, detectable: pair.error && (critical + POWER) * pair.error };
      },
    };
  };

  // What is shown

  /** @param {string} key Of its title. @param {unknown} intro @param {unknown[]} content */
  const section = (key, intro, ...content) =>
    html`<section><h2 id="${key}">${say(`compare-${key}`)}</h2><p class="prose">${intro}</p>${content}</section>`;

  /** @param {string} key Of its caption. @param {unknown} head @param {unknown} rows */
  const table = (key, head, rows) => {
    const caption = say(`compare-${key}`);
    return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table class="list compared"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
  };

  /** @param {string} key @param {boolean} [isNumber] */
  const head = (key, isNumber) => html`<th scope="col"${isNumber ? html` class="number"` : ""}>${say(`compare-${key}`)}</th>`;

  /** @param {unknown} content */
  const numberCell = (content) => html`<td class="number">${content}</td>`;

  /** A difference with its margin, the verdict and the detectable gap, if two can be compared. @param {(Comparison & { verdict: Verdict, detectable?: number }) | undefined} pair @param {number} at @param {number} decimals */
  const pairCells = (pair, at, decimals) =>
    pair
      ? html`${numberCell([signed(pair.difference, decimals), margin(pair.error, decimals)])}<td>${verdictTag(pair.verdict, at)}${itemsOf(pair)}</td>${detectableCell(pair.detectable ? number(pair.detectable, decimals) : pair.verdict === "beside" ? "" : NONE)}`
      : html`${numberCell(NONE)}<td>${NONE}</td>${detectableCell(NONE)}`;

  /** Battles are not tested here, so that no gap is known. @param {unknown} content */
  const detectableCell = (content) => (view.duels ? "" : numberCell(content));

  /** What two models have right and wrong, where that is known. @param {Comparison} pair */
  const itemsOf = ({ items }) => {
    if (!items) return "";
    const [both, one, other, neither] = items;
    const all = items.reduce((sum, count) => sum + count);
    return html`<span class="detail">${say("compare-paired", { all, both, one, other, neither })}</span>`;
  };

  /** @param {boolean} [tagged] Says which one is the reference. */
  const modelHeads = (tagged) => chosen.map((_, at) => html`<th scope="col" class="number">${modelHead(at)}${tagged && !at ? html`<span class="tag">${say("compare-reference")}</span>` : ""}</th>`);

  /** A verdict of the model at a place, against the reference. @param {Verdict} verdict @param {number} at */
  const verdictTag = (verdict, at) => {
    if (verdict === "beside") return "";
    const kind = { better: "separated", worse: "separated", tied: "tied", unsure: "underpowered", untested: "not-tested" }[verdict];
    const winner = verdict === "better" ? at : 0;
    if (chosen.length > 2 || kind !== "separated") return html`<span class="verdict relation-${kind} ${verdict}">${say(`compare-${verdict}`)}</span>`;
    return html`<span class="verdict relation-${kind}">${mark(winner)}${say("compare-winner", { model: nameOf(chosen[winner]) })}</span>`;
  };

  const overall = () => {
    const decimals = view.decimals;
    const pairs = chosen.map((row, at) => (at ? compareComposites(row, chosen[0]) : undefined));
    const rows = chosen.map((row, at) => {
      const { place: standing, shared, range, composite, error, covered } = view.rows[row];
      const places = range && (range[0] === range[1] ? range[0] : `${range[0]}–${range[1]}`);
      const cells = [
        standing === undefined ? say("compare-unranked") : `${standing}${shared ? "=" : ""}`,
        places ?? NONE,
        composite === undefined ? NONE : [number(composite, decimals), margin(error, decimals)],
        ...(view.duels ? [] : [covered]),
      ].map(numberCell);
      const against = at ? pairCells(pairs[at], at, decimals) : html`${numberCell(say("compare-reference"))}<td></td>${detectableCell("")}`;
      return html`<tr><th scope="row">${modelHead(at)}</th>${cells}${against}</tr>`;
    });
    const heads = ["place", "range", ...(view.duels ? ["rating"] : ["composite", "covered"]), "difference"];
    const tested = pairs.some((pair) => pair?.error);
    const basis = tested ? view.evidence.replace("some-", "") : view.evidence === "none" ? "none" : "ranges";
    const named = heads.map((key) => head(key, true));
    return section(
      "overall",
      say(`compare-by-${basis}`, { critical: view.critical.toFixed(2) }),
      table("overall", [head("model"), named, head("verdict"), view.duels ? "" : head("detectable", true)], rows),
    );
  };

  /** @param {ReturnType<typeof study>} studied */
  const byColumn = (studied) => {
    const two = chosen.length === 2;
    const width = 1 + chosen.length + (two ? 3 : 0);
    let group = "";
    /** States of the scores shown. @type {Set<string>} */
    const found = new Set();
    const rows = studied.columns.map((column, nth) => {
      const definition = view.columns[column];
      const decimals = decimalsOf(column);
      const cells = chosen.map((row, at) => {
        const value = scoreOf(column, row);
        if (value === null) return numberCell(NONE);
        const states = said(row, column)?.[3] ?? [];
        for (const state of states) found.add(state);
        const counts = view.values[column][row] !== null;
        const score = number(value, definition.decimals);
        const signs = states.map((state) => html`${SIGNS[state]}<span class="hidden"> ${say(`state-${state}`)} </span>`);
        const pair = two || !at ? undefined : studied.of(nth, at, 0);
        const from = pair?.verdict === "unsure" && pair.detectable && say("compare-from", { gap: number(pair.detectable, decimals) });
        const against = pair && html`<span class="against">${signed(pair.difference, decimals)} ${verdictTag(pair.verdict, at)}${from ? html`<span class="detail">${from}</span>` : ""}${itemsOf(pair)}</span>`;
        const shown = states.includes("withdrawn") && !counts ? html`<s>${score}</s>` : score;
        return html`<td class="number ${counts ? "" : "stand-in "}${states.join(" ")}">${shown}${states.length ? html`<sup>${signs}</sup>` : ""}${margin(view.errors[column]?.[row], decimals)}${against}</td>`;
      });
      const against = two ? pairCells(studied.of(nth, 1, 0), 1, decimals) : "";
      const beside = nth >= studied.ranked;
      const title = beside ? say("counts-not") : definition.group ? text(definition.group) : "";
      const opens = title !== group;
      group = title;
      return html`${opens ? html`<tr class="group">${title ? html`<th colspan="${width}" scope="colgroup">${title}</th>` : html`<td colspan="${width}"></td>`}</tr>` : ""}<tr><th scope="row"${beside ? html` class="beside"` : ""}><a href="benchmarks/${definition.id}.html">${text(definition.label)}</a>${definition.lower ? html`<span class="detail">${say("compare-lower")}</span>` : ""}</th>${cells}${against}</tr>`;
    });
    const extra = two ? [head("difference", true), head("verdict"), head("detectable", true)] : "";
    const rule = studied.tested
      ? say("compare-rule", { tested: studied.tested, told: studied.told, critical: studied.critical.toFixed(2) })
      : say("compare-no-errors");
    const key = Object.keys(SIGNS).filter((state) => found.has(state)).map((state) => html`<li><span class="key">${SIGNS[state]}</span> <span>${say(`state-${state}`)}</span></li>`);
    const signs = html`<p class="prose note">${say("compare-signs")}</p>${key.length ? html`<ul class="compared-key">${key}</ul>` : ""}`;
    return section("by-column", rule, table("by-column", [head("column"), modelHeads(!two), extra], rows), signs);
  };

  /** Wins, draws and losses of each pair. @param {ReturnType<typeof study>} studied */
  const matrix = (studied) => {
    /** @param {number} a @param {number} b */
    const counts = (a, b) => {
      /** @type {Record<string, number>} */
      const count = { better: 0, unsure: 0, worse: 0, untested: 0 };
      for (let nth = 0; nth < studied.ranked; nth++) {
        const verdict = studied.of(nth, a, b)?.verdict;
        if (verdict) count[verdict]++;
      }
      const { better, unsure, worse, untested } = count;
      if (!(better + unsure + worse + untested)) return numberCell(NONE);
      const spoken = say("compare-counts", { better, unsure, worse, untested });
      return html`<td class="number" title="${spoken}"><span aria-hidden="true">${better} / ${unsure} / ${worse}${untested ? html`<span class="detail">${say("compare-and-untested", { untested })}</span>` : ""}</span><span class="hidden">${spoken}</span></td>`;
    };
    const rows = chosen.map((_, a) => html`<tr><th scope="row">${modelHead(a)}</th>${chosen.map((_, b) => (a === b ? html`<td></td>` : counts(a, b)))}</tr>`);
    return section("pairs", say("compare-pairs-intro"), table("pairs", [head("model"), modelHeads()], rows));
  };

  /** How often each beat each. */
  const headToHead = () => {
    /** @param {number} a @param {number} b */
    const score = (a, b) => {
      const [won, drawn, lost] = duels.get(`${a} ${b}`) ?? [0, 0, 0];
      const all = won + drawn + lost;
      if (!all) return numberCell(NONE);
      const spoken = say("compare-duel", { won, drawn, lost });
      const share = `${number((100 * (won + drawn / 2)) / all, 0)}%`;
      return html`<td class="number" title="${spoken}"><span aria-hidden="true">${won} / ${drawn} / ${lost}<span class="detail">${share}</span></span><span class="hidden">${spoken}</span></td>`;
    };
    const rows = chosen.map((a, at) => html`<tr><th scope="row">${modelHead(at)}</th>${chosen.map((b) => (a === b ? html`<td></td>` : score(a, b)))}</tr>`);
    return section("duels", say("compare-duels-intro"), table("duels", [head("model"), modelHeads()], rows));
  };

  const legend = () => html`<ul class="compared-key">${chosen.map((row, at) => html`<li>${mark(at)}<span>${nameOf(row)}</span></li>`)}</ul>`;

  /** Each score with its interval, columns of one unit on one scale. @param {ReturnType<typeof study>} studied @param {number} width */
  const intervals = (studied, width) => {
    const units = new Set(studied.columns.map((column) => view.columns[column].unit));
    return [...units].map((unit) => {
      const columns = studied.columns.filter((column) => view.columns[column].unit === unit);
      const ends = columns.flatMap((column) => [
        view.columns[column].chance ?? [],
        ...chosen.flatMap((row) => {
          const value = view.values[column][row];
          const reach = MARGIN * (view.errors[column]?.[row] || 0);
          return value === null ? [] : [value - reach, value + reach];
        }),
      ]).flat();
      const [least, most] = [Math.min(...ends), Math.max(...ends)];
      const rough = (most - least || 1) / (width < 480 ? 4 : 8);
      const power = 10 ** Math.floor(Math.log10(rough));
      const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
      // An interval may reach beyond what a share can be; the axis does not.
      const shares = unit === "percent" && columns.every((column) => chosen.every((row) => Math.abs((view.values[column][row] ?? 50) - 50) <= 50));
      const [low, high] = [Math.floor((shares ? Math.max(0, least) : least) / step), Math.ceil((shares ? Math.min(100, most) : most) / step)];
      const x = (/** @type {number} */ value) => (16 + ((width - 32) * (Math.min(high, Math.max(low, value / step)) - low)) / (high - low || 1)).toFixed(1);
      // Without intervals the marks need no room of their own.
      const lead = columns.some((column) => view.errors[column]) ? 13 : 5;
      const band = 30 + lead * chosen.length;
      const height = 26 + band * columns.length;
      const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
      const sign = place.getAttribute(`data-${unit}`) || "";
      const grid = Array.from({ length: high - low + 1 }, (_, nth) => {
        const at = x((low + nth) * step);
        return html`<path class="grid" d="M${at} 22V${height}"/><text x="${at}" y="14" text-anchor="middle" class="muted">${number((low + nth) * step, decimals)}${unit === "percent" ? sign : ""}</text>`;
      });
      const bands = columns.map((column, nth) => {
        const top = 26 + band * nth;
        const { label, chance, ranked } = view.columns[column];
        const points = chosen.map((row, at) => {
          const value = view.values[column][row];
          if (value === null) return "";
          const y = top + 28 + lead * at;
          const reach = MARGIN * (view.errors[column]?.[row] || 0);
          const told = `${nameOf(row)} ${number(value, view.columns[column].decimals)}${reach ? ` ±${number(reach, decimalsOf(column))}` : ""}`;
          return html`<g class="series s${at}"><title>${told}</title><path class="whisker" d="M${x(value - reach)} ${y}H${x(value + reach)}"/><path d="${SHAPES[at]}" transform="translate(${x(value)} ${y})"/></g>`;
        });
        return html`<path class="rule" d="M0 ${top}H${width}"/>${chance === undefined ? "" : html`<path class="chance" d="M${x(chance)} ${top + 20}V${top + band - 3}"/>`}<text x="0" y="${top + 15}"${ranked ? "" : html` class="beside"`}>${text(label)}</text>${points}`;
      });
      const caption = say("compare-intervals-of", { unit: sign || say("compare-unknown-unit") });
      return html`<figure class="compared-chart"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${caption}">${grid}${bands}</svg><figcaption>${caption}</figcaption></figure>`;
    });
  };

  /** At most eight axes that all chosen models have, from guessing to a perfect score. @param {ReturnType<typeof study>} studied */
  const axes = (studied) => {
    const all = studied.columns.slice(0, studied.ranked).filter((column) => view.columns[column].unit === "percent" && chosen.every((row) => view.values[column][row] !== null));
    return all.slice(0, 8).map((column) => {
      const { label, lower, chance } = view.columns[column];
      const [zero, full] = lower ? [chance ?? 100, 0] : [chance ?? 0, 100];
      const shares = chosen.map((row) => (100 * ((view.values[column][row] ?? 0) - zero)) / (full - zero));
      return { label: text(label), shares, of: all.length };
    });
  };

  /** @param {ReturnType<typeof axes>} drawn @param {number} width */
  const radar = (drawn, width) => {
    const [w, h] = [Math.min(width, 460), 320];
    const radius = Math.min(120, w / 2 - 84);
    /** @param {number} nth @param {number} share */
    const at = (nth, share) => {
      const angle = (2 * Math.PI * nth) / drawn.length - Math.PI / 2;
      return [w / 2 + (radius * share * Math.cos(angle)) / 100, h / 2 + (radius * share * Math.sin(angle)) / 100];
    };
    /** @param {(nth: number) => number} share */
    const outline = (share) => `M${drawn.map((_, nth) => at(nth, share(nth)).map((part) => part.toFixed(1)).join(" ")).join("L")}z`;
    const rings = [25, 50, 75, 100].map((share) => html`<path class="grid" d="${outline(() => share)}"/>`);
    const names = drawn.map(({ label }, nth) => {
      const [x, y] = at(nth, 100 + 1200 / radius);
      const side = Math.abs(x - w / 2) < 2 ? "middle" : x > w / 2 ? "start" : "end";
      let [short, size] = ["", 0];
      for (const sign of label) if ((size += sign > "\u2e80" ? 2 : 1) <= 13) short += sign;
      return html`<text x="${x.toFixed(1)}" y="${(y + 4).toFixed(1)}" text-anchor="${side}">${short.length < label.length ? html`${short.trimEnd()}…<title>${label}</title>` : label}</text>`;
    });
    const lines = chosen.map((_, model) => {
      const share = (/** @type {number} */ nth) => Math.min(100, Math.max(0, drawn[nth].shares[model]));
      const points = drawn.map((_, nth) => html`<path d="${SHAPES[model]}" transform="translate(${at(nth, share(nth)).map((part) => part.toFixed(1)).join(" ")})"/>`);
      return html`<g class="series s${model}"><path class="line" d="${outline(share)}"/>${points}</g>`;
    });
    return html`<figure class="compared-chart"><svg viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" aria-label="${say("compare-radar")}">${rings}${names}${lines}</svg></figure>`;
  };

  /** @param {ReturnType<typeof axes>} drawn */
  const radarTable = (drawn) => {
    const rows = drawn.map(({ label, shares }) => html`<tr><th scope="row">${label}</th>${shares.map((share) => numberCell(number(share, 1)))}</tr>`);
    return table("radar-table", [head("column"), modelHeads()], rows);
  };

  // The chooser

  const chooser = document.createElement("form");
  chooser.className = "chooser";
  chooser.innerHTML = html`<p><label for="compare-board">${say("compare-board")}</label><select id="compare-board">${boards.map(({ id, title }) => html`<option value="${id}">${title}</option>`)}</select></p><div class="combo"><label for="compare-find">${say("compare-add")}</label><input id="compare-find" type="text" role="combobox" autocomplete="off" spellcheck="false" aria-autocomplete="list" aria-expanded="false" aria-controls="compare-found"><ul id="compare-found" role="listbox" aria-label="${say("compare-model")}" hidden></ul></div><ul class="chips" aria-label="${say("compare-chosen")}"></ul><p class="actions"></p>`.markup;
  const results = document.createElement("div");
  place.append(chooser, results);
  /** @template {Element} T @param {string} selector @returns {T} */
  const part = (selector) => /** @type {any} */ (chooser.querySelector(selector));
  /** @type {HTMLSelectElement} */
  const boardField = part("select");
  /** @type {HTMLInputElement} */
  const field = part("input");
  /** @type {HTMLUListElement} */
  const found = part("[role=listbox]");
  const chips = part(".chips");
  const actions = part(".actions");

  /** The links to this page in other languages, as written. @type {[HTMLAnchorElement, string][]} */
  const others = [...document.querySelectorAll("nav.languages a")].map((link) => [/** @type {any} */ (link), link.getAttribute("href") || ""]);

  const writeAddress = () => {
    const models = chosen.map((row) => encodeURIComponent(keys[row])).join(",").replaceAll("%2F", "/");
    const search = `?board=${encodeURIComponent(view.id)}${models && `&models=${models}`}`;
    history.replaceState(null, "", search + location.hash);
    for (const [link, href] of others) link.href = href + search;
  };

  let drawnWidth = 0;
  /** @type {(width: number) => void} */
  let drawCharts = () => {};

  /** Shows what is chosen. */
  const draw = () => {
    writeAddress();
    const buttons = chosen.length < 2 ? "" : html`${"clipboard" in navigator ? html`<button type="button" data-do="copy">${say("compare-copy")}</button>` : ""}<button type="button" data-do="csv">${say("compare-csv")}</button>`;
    actions.innerHTML = html`${buttons}<a href="boards/${view.id}.html">${say("compare-to-board")}</a>`.markup;
    chips.innerHTML = html`${chosen.map((row, at) => html`<li>${mark(at)}<a href="models/${view.rows[row].id}.html">${nameOf(row)}</a>${at ? html`<button type="button" data-do="lead" data-row="${row}"><span class="hidden">${nameOf(row)} </span>${say("compare-as-reference")}</button>` : html`<span class="tag">${say("compare-reference")}</span>`}<button type="button" data-do="remove" data-row="${row}" aria-label="${say("compare-remove", { model: nameOf(row) })}">×</button></li>`)}`.markup;
    field.disabled = chosen.length >= MOST;
    field.placeholder = field.disabled ? say("compare-full", { most: MOST }) : "";
    if (chosen.length < 2) {
      results.innerHTML = html`<p class="hint">${say("compare-hint", { most: MOST })} <button type="button" data-do="fill">${say(chosen.length ? "compare-neighbours" : "compare-first")}</button></p>`.markup;
      drawCharts = () => {};
      return;
    }
    if (view.duels) {
      results.innerHTML = shown([overall(), headToHead()]);
      drawCharts = () => {};
      return;
    }
    const studied = study();
    const drawn = axes(studied);
    const hasRadar = drawn.length > 2;
    const few = hasRadar && drawn[0].of > 8;
    const profile = html`<div class="side-by-side"><div><div data-chart="radar"></div>${legend()}</div>${radarTable(drawn)}</div>`;
    results.innerHTML = shown([
      overall(),
      byColumn(studied),
      section("intervals", say("compare-intervals-note"), legend(), html`<div data-chart="intervals"></div>`),
      matrix(studied),
      hasRadar ? section("radar", say("compare-radar-intro") + (few ? say("compare-radar-few") : ""), profile) : "",
    ]);
    drawCharts = (width) => {
      for (const chart of results.querySelectorAll("[data-chart]")) {
        const isRadar = chart.getAttribute("data-chart") === "radar";
        chart.innerHTML = shown(isRadar ? radar(drawn, width) : intervals(studied, width));
      }
    };
    drawnWidth = results.clientWidth;
    drawCharts(drawnWidth);
  };
  new ResizeObserver(() => {
    if (results.clientWidth !== drawnWidth) drawCharts((drawnWidth = results.clientWidth));
  }).observe(results);

  /** Chooses rows, shows them and says so. @param {number[]} rows */
  const choose = (rows) => {
    chosen = [...new Set(rows)].slice(0, MOST);
    draw();
    announce(say("compare-announce", { models: chosen.map(nameOf).join(", ") || "0" }));
  };

  /** Loads a board and chooses the rows with these keys. @param {string} id @param {string[]} wanted */
  const load = async (id, wanted) => {
    await compareOn(id, wanted);
    root.classList.remove("asked");
  };
  /** @param {string} id @param {string[]} wanted */
  const compareOn = async (id, wanted) => {
    boardField.value = id;
    try {
      const next = await boardData(id);
      answers = next.answers ? await boardAnswers(id) : {};
      duels = new Map(next.duels ? (await boardDuels(id)).flatMap(([a, b, won, lost, drawn]) => [[`${a} ${b}`, [won, drawn, lost]], [`${b} ${a}`, [lost, drawn, won]]]) : []);
      view = next;
    } catch {
      results.textContent = say("compare-failed");
      return;
    }
    said = saidOf(view);
    keys = distinctKeys(view.rows.map(({ id }) => id));
    choose(wanted.map((key) => keys.indexOf(key)).filter((row) => row >= 0));
  };

  // The field with suggestions

  let active = -1;
  /** @param {number} at */
  const activate = (at) => {
    active = at;
    for (const [nth, option] of [...found.children].entries()) {
      option.setAttribute("aria-selected", String(nth === at));
      if (nth === at) option.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `compare-found-${at}`);
  };
  const close = () => {
    found.hidden = true;
    field.setAttribute("aria-expanded", "false");
    activate(-1);
  };
  const suggest = () => {
    if (!view) return;
    const words = field.value.toLowerCase().split(/\s+/);
    const rows = view.rows.flatMap((row, at) => {
      const organisation = row.organisation === undefined ? "" : text(view.organisations[row.organisation]);
      const matches = words.every((word) => `${row.name} ${row.id} ${row.variant || ""} ${organisation}`.toLowerCase().includes(word));
      return matches && !chosen.includes(at) ? [{ at, organisation }] : [];
    });
    found.innerHTML = html`${rows.slice(0, 50).map(({ at, organisation }, nth) => html`<li role="option" id="compare-found-${nth}" data-row="${at}" aria-selected="false">${nameOf(at)}<span class="org">${organisation}</span></li>`)}`.markup;
    found.hidden = !rows.length;
    field.setAttribute("aria-expanded", String(rows.length > 0));
    activate(-1);
    if (!rows.length) announce(say("compare-nothing"));
  };
  /** @param {Element | undefined} option */
  const take = (option) => {
    if (!option) return;
    field.value = "";
    close();
    choose([...chosen, Number(option.getAttribute("data-row"))]);
  };
  field.addEventListener("input", suggest);
  field.addEventListener("click", suggest);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const count = found.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const down = event.key === "ArrowDown";
      if (found.hidden) suggest();
      const next = active < 0 ? (down ? 0 : -1) : active + (down ? 1 : -1);
      const all = found.children.length;
      if (all) activate((next + all) % all);
    } else if (event.key === "Enter") {
      take(found.hidden ? undefined : found.children[active < 0 && count === 1 ? 0 : active]);
    } else if (event.key === "Escape") {
      if (found.hidden) field.value = "";
      close();
    } else {
      return;
    }
    event.preventDefault();
  });
  found.addEventListener("pointerdown", (event) => event.preventDefault());
  found.addEventListener("click", (event) => take(/** @type {Element} */ (event.target).closest("li") || undefined));
  boardField.addEventListener("change", () => load(boardField.value, view ? chosen.map((row) => keys[row]) : []));
  chooser.addEventListener("submit", (event) => event.preventDefault());

  /** The comparison as CSV: a line for each score or rating, compared with that of the reference. */
  const csv = () => {
    /** @param {unknown} value */
    const quoted = (value) => {
      const field = String(value ?? "");
      const formula = typeof value === "string" && /^[=+\-@]/.test(field);
      return formula || /[",\r\n]/.test(field) ? `"${formula ? "'" : ""}${field.replaceAll('"', '""')}"` : field;
    };
    if (view.duels) {
      const names = "model,rating,standard_error,place,best_place,worst_place,reference,difference,wins,draws,losses".split(",");
      const lines = chosen.map((row, at) => {
        const { composite, error, place, range } = view.rows[row];
        const against = at ? [keys[chosen[0]], compareComposites(row, chosen[0])?.difference, ...(duels.get(`${row} ${chosen[0]}`) ?? [0, 0, 0])] : [];
        return Array.from(names, (_, nth) => [keys[row], composite, error, place, ...(range ?? ["", ""]), ...against][nth]);
      });
      return [names, ...lines].map((line) => `${line.map(quoted).join(",")}\n`).join("");
    }
    const studied = study();
    const lines = studied.columns.flatMap((column, nth) =>
      chosen.map((row, at) => {
        const { id, label, unit } = view.columns[column];
        const pair = at ? studied.of(nth, at, 0) : undefined;
        const score = [id, label.en ?? text(label), unit, keys[row], view.values[column][row], view.errors[column]?.[row]];
        const states = said(row, column)?.[3].join(" ");
        return [...score, at ? keys[chosen[0]] : "", pair?.difference, pair?.error, pair?.p, pair?.verdict, pair?.detectable, states];
      }),
    );
    const names = "benchmark,column,unit,model,score,standard_error,reference,difference,difference_error,p,verdict,detectable_gap,states".split(",");
    return [names, ...lines].map((line) => `${line.map(quoted).join(",")}\n`).join("");
  };

  place.addEventListener("click", async (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-do]");
    if (!button) return;
    const row = Number(button.getAttribute("data-row"));
    const rest = chosen.filter((other) => other !== row);
    switch (button.getAttribute("data-do")) {
      case "remove":
        choose(rest);
        field.focus();
        break;
      case "lead":
        choose([row, ...rest]);
        /** @type {HTMLElement} */ (chips.querySelector("a"))?.focus();
        break;
      case "fill":
        choose(chosen.length ? [chosen[0], ...[chosen[0] - 1, chosen[0] + 1].filter((at) => view.rows[at])] : [0, 1, 2].filter((at) => view.rows[at]));
        field.focus();
        break;
      case "csv": {
        const address = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
        Object.assign(document.createElement("a"), { href: address, download: `compare-${view.id}.csv` }).click();
        URL.revokeObjectURL(address);
        break;
      }
      default: {
        const copied = await navigator.clipboard.writeText(location.href).then(() => "compare-copied", () => "compare-not-copied");
        button.textContent = say(copied);
        announce(say(copied));
      }
    }
  });

  const asked = new URLSearchParams(location.search);
  const known = boards.find(({ id }) => id === asked.get("board")) ?? boards[0];
  load(known.id, asked.get("models")?.split(",") ?? []);
};
