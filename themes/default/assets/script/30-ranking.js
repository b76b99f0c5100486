// The ranking of a board by weights of the reader's, with the rules of the build (`src/board/standing.rs`, `src/stats/ranks.rs`):
// composites over the columns that count, their standard errors, tests of all pairs together, and places that are shared
// by rows no test separates. It knows numbers and nothing of the page.

/**
 * Where the rows of a board stand. Numbers of rows without any are `NaN` and 0.
 *
 * @typedef {object} Ranking
 * @property {Float64Array} composite
 * @property {Float64Array} error Standard error of the composite.
 * @property {Int32Array} place
 * @property {Uint8Array} shared
 * @property {Int32Array} best
 * @property {Int32Array} worst
 * @property {Int32Array} covered
 * @property {number} columns Columns that count.
 * @property {number[]} order The rows from the first to the last.
 * @property {(a: number, b: number) => boolean} separated Whether a test tells two rows apart.
 * @property {string} evidence What the tests rest on: `standard-errors`, `columns`, `none`; of the build also `shared-items`.
 * @property {number} critical
 */

const WEIGHABLE = ["mean", "weighted-mean", "category-balanced-mean", "chance-normalised-mean"];

/** From fewer columns, differences between columns say nothing. */
const FEWEST_COLUMNS = 5;

/** Up to so many rows the critical value is simulated, from so many draws. */
const SIMULATED = 100;
const DRAWS = 4000;

/** The group of a column as a key. @param {BoardColumn} column */
const groupOf = (column) => (column.group ? Object.values(column.group).join("\n") : "");

/** The standing that the build found. @param {BoardView} view @returns {Ranking} */
const publishedRanking = (view) => {
  const { rows } = view;
  const best = Int32Array.from(rows, (row) => row.range?.[0] ?? 0);
  const worst = Int32Array.from(rows, (row) => row.range?.[1] ?? 0);
  const byErrors = view.evidence === "standard-errors";
  /** @type {Estimates | undefined} */
  let found;
  return {
    composite: Float64Array.from(rows, (row) => row.composite ?? NaN),
    error: Float64Array.from(rows, (row) => row.error ?? NaN),
    place: Int32Array.from(rows, (row) => row.place ?? 0),
    shared: Uint8Array.from(rows, (row) => Number(Boolean(row.shared))),
    best,
    worst,
    covered: Int32Array.from(rows, (row) => row.covered),
    columns: view.columns.filter((column) => column.ranked).length,
    order: rows.map((_, row) => row),
    separated: (a, b) => {
      if (WEIGHABLE.includes(view.aggregate) && (byErrors || view.evidence === "columns")) {
        found ??= estimatesOf(view, view.columns.map(() => 1));
        const [first, second] = [found.at[a], found.at[b]];
        if (first >= 0 && second >= 0) return differs(found, first, second, view.critical);
      }
      return best[a] > 0 && best[b] > 0 && (worst[a] < best[b] || worst[b] < best[a]);
    },
    evidence: view.evidence,
    critical: view.critical,
  };
};

/**
 * Composites of the rows that have one, the greater the better, and what is known of their errors.
 *
 * @typedef {object} Estimates
 * @property {number[]} rows
 * @property {Int32Array} at Of each row of the board, its place in `rows` or -1.
 * @property {Float64Array} values
 * @property {Float64Array} variances 0 for what cannot be tested.
 * @property {Float64Array | undefined} deviations Of evidence by columns: row by row, by how much each column departs.
 * @property {number} columns Columns that count.
 * @property {Int32Array} covered Of all rows of the board.
 * @property {string} evidence
 */

/**
 * @param {BoardView} view
 * @param {number[]} factors For each column, by how much its weight is multiplied.
 * @returns {Estimates}
 */
const estimatesOf = (view, factors) => {
  const chosen = view.columns.flatMap((column, index) => (column.ranked && factors[index] > 0 ? [index] : []));
  const balanced = view.aggregate === "category-balanced-mean";
  const groups = view.columns.map(groupOf);
  const size = (/** @type {number} */ index) =>
    view.columns.filter((column, other) => column.ranked && groups[other] === groups[index]).length;
  const weights = chosen.map(
    (index) => factors[index] * (balanced ? 1 / size(index) : view.aggregate === "weighted-mean" ? view.columns[index].weight : 1),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const normalised = view.aggregate === "chance-normalised-mean";
  const chances = chosen.map((index) => (normalised ? (view.columns[index].chance ?? 0) : 0));
  const point = (/** @type {number} */ value, /** @type {number} */ at) =>
    normalised ? Math.max(0, ((value - chances[at]) / (100 - chances[at])) * 100) : value;
  const sign = view.higher ? 1 : -1;

  const covered = new Int32Array(view.rows.length);
  /** @type {number[]} */
  const rows = [];
  /** @type {number[]} */
  const values = [];
  view.rows.forEach((row, at) => {
    const present = chosen.map((column) => view.values[column][at] !== null);
    covered[at] = present.filter(Boolean).length;
    if (row.status || !total || !covered[at] || covered[at] < view.minimum * chosen.length - 1e-9) return;
    let sum = 0;
    let over = 0;
    /** @type {Map<string, [number, number, number]>} Sum and weight of what is there, and the weight of all. */
    const parts = new Map();
    chosen.forEach((column, index) => {
      const part = parts.get(balanced ? groups[column] : "") ?? [0, 0, 0];
      parts.set(balanced ? groups[column] : "", part);
      part[2] += weights[index];
      if (!present[index]) return;
      part[0] += weights[index] * point(/** @type {number} */ (view.values[column][at]), index);
      part[1] += weights[index];
    });
    for (const [part, weight, all] of parts.values()) {
      if (weight > 0) {
        sum += (part / weight) * all;
        over += all;
      }
    }
    rows.push(at);
    values.push((sign * sum) / over);
  });

  const at = new Int32Array(view.rows.length).fill(-1);
  rows.forEach((row, place) => (at[row] = place));
  const of = { rows, at, values: Float64Array.from(values), columns: chosen.length, covered };
  const errors = rows.map((row) =>
    chosen.reduce((squares, column, at) => {
      const error = view.errors[column]?.[row];
      const slope = normalised ? 100 / (100 - chances[at]) : 1;
      return error == null ? NaN : squares + ((slope * weights[at] * error) / total) ** 2;
    }, 0),
  );
  const variances = Float64Array.from(errors, (error) => error || 0);
  if (rows.length > 1 && 2 * variances.filter((variance) => variance > 0).length > rows.length) {
    return { ...of, variances, deviations: undefined, evidence: "standard-errors" };
  }
  const complete = rows.every((row) => covered[row] === chosen.length);
  if (rows.length > 1 && chosen.length >= FEWEST_COLUMNS && complete) {
    const correction = Math.sqrt(chosen.length / (chosen.length - 1));
    const deviations = new Float64Array(rows.length * chosen.length);
    rows.forEach((row, at) => {
      chosen.forEach((column, index) => {
        const value = sign * point(/** @type {number} */ (view.values[column][row]), index);
        deviations[at * chosen.length + index] = (correction * weights[index] * (value - values[at])) / total;
      });
    });
    const sums = Float64Array.from(rows, (_, at) =>
      deviations.subarray(at * chosen.length, (at + 1) * chosen.length).reduce((sum, part) => sum + part * part, 0),
    );
    return { ...of, variances: sums, deviations, evidence: "columns" };
  }
  return { ...of, variances, deviations: undefined, evidence: "none" };
};

/** Whether estimate `a` is significantly greater than `b`. @param {Estimates} of @param {number} a @param {number} b @param {number} critical */
const exceeds = ({ values, variances, deviations, columns }, a, b, critical) => {
  const gap = values[a] - values[b];
  if (!(gap > 0) || !variances[a] || !variances[b]) return false;
  let variance = variances[a] + variances[b];
  if (deviations) {
    // The deviation of a difference lies between the difference and the sum of the two deviations.
    const [first, second] = [Math.sqrt(variances[a]), Math.sqrt(variances[b])];
    if (gap <= critical * Math.abs(first - second) * (1 - 1e-12)) return false;
    variance = 0;
    for (let column = 0; column < columns; column += 1) {
      variance += (deviations[a * columns + column] - deviations[b * columns + column]) ** 2;
    }
  }
  return variance > 0 && gap > critical * Math.sqrt(variance);
};

/** @param {Estimates} of @param {number} a @param {number} b @param {number} critical */
const differs = (of, a, b, critical) => exceeds(of, a, b, critical) || exceeds(of, b, a, critical);

/** The standing by weights. @param {BoardView} view @param {number[]} factors @returns {Ranking} */
const weighedRanking = (view, factors) => {
  const of = estimatesOf(view, factors);
  const weights = new Set(factors.filter((_, column) => view.columns[column].ranked));
  // Weights that are all alike ask what the build has asked, which took more draws.
  const critical = weights.size === 1 && of.evidence === view.evidence ? view.critical : criticalOf(of);
  const { rows, values, variances } = of;
  const all = rows.length;
  const order = rows.map((_, at) => at).sort((a, b) => values[b] - values[a] || (variances[a] || Infinity) - (variances[b] || Infinity) || a - b);

  /** Places by value alone, equal values sharing one. */
  const plain = new Int32Array(all);
  order.forEach((at, index) => {
    plain[at] = index > 0 && values[order[index - 1]] === values[at] ? plain[order[index - 1]] : index + 1;
  });
  const tested = (/** @type {number} */ at) => of.evidence !== "none" && variances[at] > 0;
  const places = Int32Array.from(plain);
  /** @type {number[]} */
  let first = [];
  for (let index = 0; index < all; ) {
    let end = index + 1;
    while (end < all && plain[order[end]] === plain[order[index]]) end += 1;
    const equal = order.slice(index, end).filter(tested);
    if (equal.length > 0 && first.every((one) => equal.every((at) => exceeds(of, one, at, critical)))) first = equal;
    for (const at of equal) places[at] = plain[first[0]];
    index = end;
  }

  const count = view.rows.length;
  /** @type {Ranking} */
  const ranking = {
    composite: new Float64Array(count).fill(NaN),
    error: new Float64Array(count).fill(NaN),
    place: new Int32Array(count),
    shared: new Uint8Array(count),
    best: new Int32Array(count),
    worst: new Int32Array(count),
    covered: of.covered,
    columns: of.columns,
    order: [],
    separated: (a, b) => of.at[a] >= 0 && of.at[b] >= 0 && differs(of, of.at[a], of.at[b], critical),
    evidence: of.evidence,
    critical,
  };
  const sizes = new Map();
  for (const place of places) sizes.set(place, (sizes.get(place) ?? 0) + 1);
  // What the gaps of some rows could hide is not reckoned here, so that no interval is shown where there are any.
  const complete = rows.every((row) => of.covered[row] === of.columns);
  const significant = complete ? countsOf(of, critical) : undefined;
  rows.forEach((row, at) => {
    ranking.composite[row] = view.higher ? values[at] : -values[at];
    if (of.evidence === "standard-errors" && variances[at]) ranking.error[row] = Math.sqrt(variances[at]);
    ranking.place[row] = places[at];
    ranking.shared[row] = Number(sizes.get(places[at]) > 1);
    if (significant && tested(at)) {
      ranking.best[row] = Math.min(1 + significant.greater[at], places[at]);
      ranking.worst[row] = Math.max(all - significant.smaller[at], places[at]);
    }
  });
  const sign = view.higher ? 1 : -1;
  const merit = (/** @type {number} */ row) => (isNaN(ranking.composite[row]) ? -Infinity : sign * ranking.composite[row]);
  ranking.order = view.rows.map((_, row) => row);
  ranking.order.sort(
    (a, b) =>
      (ranking.place[a] || Infinity) - (ranking.place[b] || Infinity) || merit(b) - merit(a) || of.covered[b] - of.covered[a] || a - b,
  );
  return ranking;
};

/** For each estimate, how many are significantly greater and smaller. @param {Estimates} of @param {number} critical */
const countsOf = (of, critical) => {
  const greater = new Int32Array(of.rows.length);
  const smaller = new Int32Array(of.rows.length);
  const order = of.rows.map((_, at) => at).sort((a, b) => of.values[b] - of.values[a]);
  for (let upper = 0; upper < order.length; upper += 1) {
    for (let lower = upper + 1; lower < order.length; lower += 1) {
      if (exceeds(of, order[upper], order[lower], critical)) {
        greater[order[lower]] += 1;
        smaller[order[upper]] += 1;
      }
    }
  }
  return { greater, smaller };
};

/** Standard errors of a difference that separate two estimates, at 95% for all pairs together. @param {Estimates} of */
const criticalOf = (of) => {
  const tested = of.rows.flatMap((_, at) => (of.variances[at] > 0 ? [at] : []));
  const pairs = (tested.length * (tested.length - 1)) / 2;
  if (tested.length < 2) return 1.959964;
  if (of.deviations) return sidakStudent(pairs, of.columns - 1);
  return of.rows.length <= SIMULATED ? simulatedCritical(of, tested) : studentisedRange(tested.length);
};

/** The root of a function that grows. @param {(x: number) => number} rising @param {number} low @param {number} high */
const root95 = (rising, low, high) => {
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
};

/** Šidák's critical value of so many tests by Student's t. @param {number} tests @param {number} degrees */
const sidakStudent = (tests, degrees) => {
  const alpha = -Math.expm1(Math.log(0.95) / tests);
  return root95((t) => alpha - twoTails(t, degrees), 1, 1e6);
};

/** `P(|T| > t)` of Student's t: Abramowitz and Stegun 26.7.3 and 26.7.4. @param {number} t @param {number} degrees */
const twoTails = (t, degrees) => {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let step = odd ? 3 : 2; step <= degrees - 2; step += 2) {
    term *= ((step - 1) / step) * cosine * cosine;
    sum += term;
  }
  return 1 - (odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum);
};

/** The normal distribution function: Abramowitz and Stegun 7.1.26, good to 1e-7. @param {number} x */
const normalShare = (x) => {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const tail =
    0.5 * t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp((-x * x) / 2);
  return x < 0 ? tail : 1 - tail;
};

/** The 95% quantile of the range of so many normal deviates over √2 (Tukey and Kramer). @param {number} size */
const studentisedRange = (size) => {
  const share = (/** @type {number} */ w) => {
    let sum = 0;
    for (let x = -8; x < 9.5; x += 0.04375) {
      sum += Math.exp((-x * x) / 2) * (normalShare(x) - normalShare(x - w)) ** (size - 1);
    }
    return (size * sum * 0.04375) / Math.sqrt(2 * Math.PI);
  };
  return root95((critical) => share(critical * Math.SQRT2) - 0.95, 1.9, 8);
};

/** @type {{ size: number, deviates: Float32Array }} */
let deviateStore = { size: 0, deviates: new Float32Array(0) };

/** Normal deviates, the same each time: a row for each draw. @param {number} size */
const deviatesOf = (size) => {
  if (deviateStore.size === size) return deviateStore.deviates;
  const deviates = new Float32Array(DRAWS * size + 1);
  let state = 0x7469616e;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  for (let at = 0; at < DRAWS * size; at += 2) {
    const [radius, angle] = [Math.sqrt(-2 * Math.log(uniform())), 2 * Math.PI * uniform()];
    deviates[at] = radius * Math.cos(angle);
    deviates[at + 1] = radius * Math.sin(angle);
  }
  deviateStore = { size, deviates };
  return deviates;
};

/**
 * The quantile of the greatest studentised difference, with step-down: pairs that are separated leave, until nothing new
 * is separated.
 *
 * @param {Estimates} of
 * @param {number[]} tested
 */
const simulatedCritical = (of, tested) => {
  const size = tested.length;
  const deviates = deviatesOf(size);
  const spread = tested.map((at) => Math.sqrt(of.variances[at]));
  const maxima = new Float64Array(DRAWS);
  const pair = new Int32Array(DRAWS);
  let limit = Infinity;
  let left = new Uint8Array(size * size);
  for (let known = -1; ; ) {
    for (let draw = 0; draw < DRAWS; draw += 1) {
      if (known >= 0 && !left[pair[draw]]) continue;
      let square = 0;
      let found = 0;
      for (let a = 0; a < size; a += 1) {
        const error = deviates[draw * size + a] * spread[a];
        for (let b = 0; b < size; b += 1) {
          const difference = error - deviates[draw * size + b] * spread[b];
          if (difference <= 0) continue;
          const over = (difference * difference) / (spread[a] * spread[a] + spread[b] * spread[b]);
          if (over > square && !left[a * size + b]) {
            square = over;
            found = a * size + b;
          }
        }
      }
      maxima[draw] = Math.sqrt(square);
      pair[draw] = found;
    }
    const next = Math.min(limit, maxima.slice().sort()[Math.ceil(0.95 * (DRAWS + 1)) - 1]);
    left = new Uint8Array(size * size);
    let count = 0;
    tested.forEach((a, row) =>
      tested.forEach((b, column) => {
        if (exceeds(of, a, b, next)) {
          left[row * size + column] = 1;
          count += 1;
        }
      }),
    );
    if (count === Math.max(known, 0)) return next;
    [limit, known] = [next, count];
  }
};
