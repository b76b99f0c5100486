// The data files of boards, in types, and how they are loaded. `src/render/view.rs` writes them.

/**
 * A text in each language of the site.
 *
 * @typedef {Record<string, string>} Texts
 */

/**
 * A column of a board. Its numbers are in its own unit.
 *
 * @typedef {object} BoardColumn
 * @property {string} id The benchmark; its page is `benchmarks/<id>.html`.
 * @property {string} name
 * @property {Texts} label
 * @property {Texts} [group]
 * @property {string} unit
 * @property {boolean} lower Lower is better.
 * @property {boolean} ranked Whether it counts for the composite.
 * @property {number} weight
 * @property {number} decimals
 * @property {number} [chance] The score of guessing.
 * @property {[number, number]} heat The scores with the least and the most heat.
 * @property {string} [metric]
 * @property {Texts} [summary]
 * @property {Texts} [problems]
 * @property {number} [items]
 * @property {string} [published]
 */

/**
 * A row of a board.
 *
 * @typedef {object} BoardRow
 * @property {string} id The model; its page is `models/<id>.html`.
 * @property {string} name
 * @property {string} [variant] Tells rows of one model apart.
 * @property {number} [organisation] Index into the view's.
 * @property {string} [kind]
 * @property {string} [parameters]
 * @property {string} [licence]
 * @property {boolean} [open]
 * @property {string[]} [languages]
 * @property {string} [released]
 * @property {number} [place]
 * @property {boolean} [shared] Whether others have the same place.
 * @property {[number, number]} [range] Best and worst place.
 * @property {number} [composite]
 * @property {number} [error] Standard error of the composite.
 * @property {number} covered
 * @property {string} [status] Why the board gives it no place, whatever its scores: `excluded`, `ineligible`.
 */

/**
 * What is said of records.
 *
 * @typedef {object} BoardNotice
 * @property {number} number
 * @property {string} state `withdrawn`, `disputed`, `contaminated`
 * @property {string} since
 * @property {Texts} reason
 * @property {string | null} url
 */

/**
 * A board: all rows and columns. Values and errors are by column, then by row.
 *
 * @typedef {object} BoardView
 * @property {string} id
 * @property {Texts} title
 * @property {string} aggregate
 * @property {number} minimum Share of the ranked columns that a row needs for a place.
 * @property {boolean} higher A higher composite is better.
 * @property {boolean} percent The composite is in percent.
 * @property {number} decimals Decimals of the composite.
 * @property {string} evidence
 * @property {number} critical Standard errors of a difference that separate two rows.
 * @property {number} gap The gap that matters.
 * @property {number} block Rows of a block.
 * @property {boolean} answers There is a file with answers.
 * @property {boolean} duels It is a board of battles, and there is a file with who beat whom.
 * @property {BoardColumn[]} columns
 * @property {Texts[]} organisations
 * @property {Record<string, Texts>} sources Names of sources, as far as they have any.
 * @property {BoardRow[]} rows
 * @property {(number | null)[][]} values
 * @property {((number | null)[] | null)[]} errors Standard errors; `null` for a column without any.
 * @property {[number, number, number | null, string[]][]} states Row, column and what is said of the score there; with its value where it does not count.
 * @property {BoardNotice[]} [notices] Scores of a block refer to them by their numbers.
 */

/**
 * What stands behind the scores of some rows: see the board's JSON file.
 *
 * @typedef {object} BoardBlock
 * @property {Record<string, any>} contexts
 * @property {any[]} rows
 */

/** The address of this script; empty where it stands in the page itself, which then is a file of its own. */
const OWN = /** @type {HTMLScriptElement} */ (document.currentScript).src;

/** Where the site begins: this script lies in its folder `assets/`. */
const SITE = new URL("..", OWN || location.href);

/** @type {Map<string, Promise<any>>} */
const loading = new Map();

/**
 * The value of a data file. A page on a disk may load scripts and nothing else, so the file is one, which leaves its value
 * in the global `tianti`.
 *
 * @param {string} key
 * @param {string} file Below `data/`.
 * @returns {Promise<any>}
 */
const data = (key, file) => {
  const known = loading.get(key);
  if (known) return known;
  const inside = /** @type {any} */ (self).tianti?.[key];
  if (inside) return Promise.resolve(inside);
  /** @type {Promise<any>} */
  const value = new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = new URL(`data/${file}.js`, SITE).href;
    script.onload = () => done(/** @type {any} */ (self).tianti[key]);
    script.onerror = () => {
      loading.delete(key);
      fail(new Error(script.src));
    };
    document.head.append(script);
  });
  loading.set(key, value);
  return value;
};

/** All rows and columns of a board. @param {string} id @returns {Promise<BoardView>} */
const boardData = (id) => data(`boards/${id}`, `boards/${id}`);

/**
 * What stands behind a block of a board's rows.
 *
 * @param {string} id
 * @param {number} block Its index: a row's index by the view's `block`.
 * @returns {Promise<BoardBlock>}
 */
const boardBlock = (id, block) => data(`boards/${id}/${block}`, `boards/${id}.${block}`);

/**
 * Which items the first rows have right, by column and row: `1` right, `0` wrong, `-` not asked, for each item.
 *
 * @param {string} id
 * @returns {Promise<Record<string, Record<string, string>>>}
 */
const boardAnswers = (id) => data(`boards/${id}/answers`, `boards/${id}.answers`);

/**
 * Who beat whom on a board of battles: two rows, the wins of the first and of the second, and draws.
 *
 * @param {string} id
 * @returns {Promise<[number, number, number, number, number][]>}
 */
const boardDuels = (id) => data(`boards/${id}/duels`, `boards/${id}.duels`);
