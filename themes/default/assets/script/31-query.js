// The query of a board's table: words, and fields with a value. What cannot be understood is said in words and left out.

/**
 * A test of a row by its index.
 *
 * @typedef {(row: number) => boolean} Test
 */

/**
 * What the fields of a query ask rows for.
 *
 * @typedef {object} Askable
 * @property {() => string[]} words Of each row: model, variant and organisation in all languages, as {@link plainText}.
 * @property {(name: string) => { texts: (row: number) => string[] } | { number: (row: number) => number } | { date: (row: number) => string } | undefined} field
 */

/** Text to be compared: case, width of letters and accents do not count. @param {string} text */
const plainText = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Parameters of a model in billions; `NaN` if unknown. @param {string | undefined} text */
const sizeOf = (text) => {
  const found = /^(?:(\d+)\s*x\s*)?(\d+(?:\.\d+)?)\s*([kmbt])?/i.exec(text ?? "");
  if (!found) return NaN;
  const unit = { k: 1e-6, m: 1e-3, b: 1, t: 1e3 }[(found[3] ?? "b").toLowerCase()] ?? 1;
  return Number(found[1] ?? 1) * Number(found[2]) * unit;
};

/**
 * @param {string} text
 * @param {Askable} askable
 * @returns {{ tests: Test[], errors: string[] }}
 */
const parseQuery = (text, askable) => {
  /** @type {Test[]} */
  const tests = [];
  /** @type {string[]} */
  const errors = [];
  const terms = /(-?)(?:([^\s":]+):)?(?:"([^"]*)("?)|([^\s"]+))/gu;
  for (const [term, minus, name, quoted, closing, bare] of text.normalize("NFKC").matchAll(terms)) {
    const value = quoted ?? bare;
    /** @type {Test | undefined} */
    let test;
    if (quoted !== undefined && !closing) errors.push(say("query-open-quote"));
    if (name === undefined && bare?.endsWith(":")) errors.push(say("query-no-value", { term }));
    else if (name === undefined && /^[^<>=]+[<>=]/.test(bare ?? "")) errors.push(say("query-no-colon", { term, meant: term.replace(/[<>=]/, ":$&") }));
    else if (name === undefined) test = wordTest(value, askable);
    else {
      const field = askable.field(plainText(name));
      if (!field) errors.push(say("query-no-field", { field: name }));
      else if ("texts" in field) {
        const wanted = plainText(value);
        test = (row) => field.texts(row).some((own) => plainText(own).includes(wanted));
      } else {
        test = "date" in field ? dateTest(value, field.date) : numberTest(value, field.number);
        if (!test) errors.push(say("date" in field ? "query-no-date" : "query-no-number", { term }));
      }
    }
    if (!test) continue;
    const positive = test;
    tests.push(minus ? (row) => !positive(row) : positive);
  }
  return { tests, errors };
};

/** @param {string} word @param {Askable} askable @returns {Test} */
const wordTest = (word, askable) => {
  const wanted = plainText(word);
  const words = askable.words();
  return (row) => words[row].includes(wanted);
};

/** @type {Record<string, (order: number) => boolean>} */
const RELATIONS = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
  "=": (order) => order === 0,
};

/** `<10`, `>=2.5`, `7`, `3..9` @param {string} text @param {(row: number) => number} of @returns {Test | undefined} */
const numberTest = (text, of) => {
  const [, low, high] = /^(.+?)\.\.(.+)$/.exec(text) ?? [];
  if (low !== undefined) {
    const [least, most] = [sizeOf(low), sizeOf(high)];
    return isNaN(least) || isNaN(most) ? undefined : (row) => of(row) >= least && of(row) <= most;
  }
  const [, relation, minus, rest] = /^([<>]=?|=)?(-?)(.*)$/.exec(text) ?? [];
  const wanted = (minus ? -1 : 1) * sizeOf(rest);
  if (isNaN(wanted)) return undefined;
  return (row) => !isNaN(of(row)) && RELATIONS[relation || "="](of(row) - wanted);
};

/** `>2024-01`, `2024`: dates compare as far as both are written. @param {string} text @param {(row: number) => string} of @returns {Test | undefined} */
const dateTest = (text, of) => {
  const [, relation, wanted] = /^([<>]=?|=)?(\d{4}(?:-\d\d){0,2})$/.exec(text) ?? [];
  if (!wanted) return undefined;
  return (row) => {
    const length = Math.min(of(row).length, wanted.length);
    const [own, other] = [of(row).slice(0, length), wanted.slice(0, length)];
    return length > 0 && RELATIONS[relation || "="](own < other ? -1 : Number(own > other));
  };
};
