// The tests that the build makes (`src/stats`), for rows that the reader puts side by side.

/** `P(|Z| ≥ |z|)`, to a part in ten million: Press et al. 1992, Numerical Recipes in C, section 6.2. @param {number} z */
const twoSidedTail = (z) => {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ];
  return t * Math.exp(-x * x + series.reduceRight((sum, term) => sum * t + term, 0));
};

/** The `z` with this two-sided tail, which lies in (0, 1). @param {number} tail */
const deviate = (tail) => {
  let [low, high] = [0, 40];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (twoSidedTail(middle) > tail) low = middle;
    else high = middle;
  }
  return low;
};

/** Half of a 95% interval, in standard errors. */
const MARGIN = deviate(0.05);
/** A gap is detectable when it is found four times out of five: added to the critical value. */
const POWER = deviate(0.4);

/**
 * The exact McNemar test, two-sided: the items that only one has right, and those that only the other has.
 *
 * @param {number} one
 * @param {number} other
 */
const mcnemar = (one, other) => {
  const all = one + other;
  let term = -all * Math.LN2;
  let sum = 0;
  for (let k = 0; k <= Math.min(one, other); k++) {
    sum += Math.exp(term);
    term += Math.log((all - k) / (k + 1));
  }
  return Math.min(1, 2 * sum);
};

/**
 * The p value at which Holm's procedure stops, for a family that is tested at 5%: what is at or below is separated.
 *
 * @param {number[]} values p values
 */
const holmLevel = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const level = (/** @type {number} */ rejected) => 0.05 / Math.max(1, sorted.length - rejected);
  let rejected = 0;
  while (rejected < sorted.length && sorted[rejected] <= level(rejected)) rejected++;
  return level(rejected);
};
