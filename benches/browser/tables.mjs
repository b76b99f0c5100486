// Measures a table of 5,000 rows × 60 columns in Chromium, from the disk: tianti's board, and the same numbers in AG Grid,
// Tabulator and DataTables.
//
//     python3 benches/generate.py tianti SITE --articles 2 --boards 1 --rows 5000 --columns 60
//     tianti --root SITE build
//     npm ci --prefix benches/browser
//     node benches/browser/tables.mjs SITE/site
//
// Needs Chromium (or CHROMIUM=path). A time is that from an event, which comes at the start of a frame, until the frame that
// shows what follows from it has been laid out and painted: what must be below 16.7 ms to miss no frame of 60 a second.

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const PACKAGES = fileURLToPath(new URL("node_modules", import.meta.url));
const TIMES = 40;
const FRAMES = 120;
const TEXTS = ["falcon", "7b", "kite", "1.5b", "chat", "3", "owl", "base", "a", "indigo"];

const site = path.resolve(process.argv[2] ?? "site");
const folder = mkdtempSync(path.join(os.tmpdir(), "tables-"));

/** Rows of the board as a data file of the site has them: place, model, composite, scores. */
function rowsOfBoard() {
  const [head, ...lines] = readFileSync(path.join(site, "data/boards/board-001.csv"), "utf8").trim().split("\n");
  const names = head.split(",");
  const first = names.length - 60;
  const fixed = ["place", "name", "composite"].map((name) => names.indexOf(name));
  const rows = lines.map((line) => {
    const cells = line.split(",");
    return [...fixed, ...Array.from({ length: 60 }, (_, at) => first + at)].map((at) => (isNaN(Number(cells[at])) ? cells[at] : Number(cells[at])));
  });
  return { names: ["Place", "Model", "Mean", ...names.slice(first)], rows };
}

const file = (name) => path.join(PACKAGES, name);
const css = (name) => `<link rel="stylesheet" href="${pathToFileURL(file(name))}">`;

/** What a page of a library consists of; it leaves `sort` and `filter` in `bench`. */
const LIBRARIES = {
  "AG Grid": {
    scripts: ["ag-grid-community/dist/ag-grid-community.min.js"],
    row: ".ag-row",
    head: "",
    start: `
      const options = {
        columnDefs: data.names.map((name, at) => ({ headerName: name, field: String(at), pinned: at < 2 ? "left" : undefined, width: at === 1 ? 220 : 90, sortable: true })),
        rowData: data.rows.map((row) => Object.fromEntries(row.map((cell, at) => [at, cell]))),
      };
      const api = agGrid.createGrid(document.getElementById("table"), options);
      bench = {
        sort: (at) => api.applyColumnState({ state: [{ colId: String(at), sort: "desc" }], defaultState: { sort: null } }),
        filter: (text) => api.setGridOption("quickFilterText", text),
      };`,
  },
  Tabulator: {
    scripts: ["tabulator-tables/dist/js/tabulator.min.js"],
    row: ".tabulator-row",
    head: () => css("tabulator-tables/dist/css/tabulator.min.css"),
    start: `
      const table = new Tabulator("#table", {
        height: "100%",
        renderHorizontal: "virtual",
        columns: data.names.map((name, at) => ({ title: name, field: String(at), frozen: at < 2, width: at === 1 ? 220 : 90 })),
        data: data.rows.map((row) => Object.fromEntries(row.map((cell, at) => [at, cell]))),
      });
      bench = {
        sort: (at) => table.setSort(String(at), "desc"),
        filter: (text) => (text ? table.setFilter("1", "like", text) : table.clearFilter()),
      };`,
  },
  "DataTables (pages of 50)": {
    scripts: ["datatables.net/js/dataTables.min.js"],
    row: "#table tbody tr",
    head: "",
    start: `
      document.getElementById("table").innerHTML = "<table></table>";
      const table = new DataTable("#table table", { data: data.rows, columns: data.names.map((title) => ({ title })), pageLength: 50, deferRender: true });
      bench = {
        sort: (at) => table.order([[at, "desc"]]).draw(),
        filter: (text) => table.search(text).draw(),
      };`,
  },
};

/** Writes the page of a library, and gives its address. @param {string} name */
function pageOf(name) {
  const { scripts, head, start } = LIBRARIES[name];
  const sources = scripts.map((script) => `<script src="${pathToFileURL(file(script))}"></script>`).join("");
  const html = `<!doctype html><meta charset="utf-8"><title>${name}</title>${typeof head === "function" ? head() : head}
<style>html,body{margin:0;height:100%}#table{height:830px;overflow:auto}</style>${sources}
<div id="table"></div><script src="data.js"></script><script>let bench;${start};self.bench=bench</script>`;
  const page = path.join(folder, `${name.replace(/\W+/g, "-")}.html`);
  writeFileSync(page, html);
  return pathToFileURL(page).href;
}

const zipped = (files) => files.reduce((sum, name) => sum + gzipSync(readFileSync(name)).length, 0);

/** Runs in the page. */
async function measure({ times, frames, texts, row }) {
  /** When the next frame has been drawn, at whose start a step is taken. */
  const drawn = (step) =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        step?.();
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now());
        channel.port2.postMessage(0);
      }),
    );
  /** What the first and the last rows say: some of the others show what they sorted in a later frame. */
  const said = () => {
    const rows = [...document.querySelectorAll(row)];
    return [...rows.slice(0, 4), ...rows.slice(-4)].map((element) => element.textContent).join();
  };
  const sample = async (step) => {
    const found = [];
    for (let at = 0; at < times; at += 1) {
      for (let frame = 0; frame < 3; frame += 1) await drawn();
      const before = said();
      let start = 0;
      const first = await drawn(() => {
        start = performance.now();
        step(at);
      });
      let end = first;
      for (let frame = 0; frame < 12 && said() === before; frame += 1) end = await drawn();
      // Rows that stay as they were have come with the first frame.
      found.push((said() === before ? first : end) - start);
    }
    found.sort((a, b) => a - b);
    return [found[times >> 1], found[Math.ceil(0.95 * times) - 1]];
  };
  await new Promise((done) => setTimeout(done, 2000));
  const nodes = document.getElementsByTagName("*").length;
  const sort = await sample((at) => self.bench.sort(3 + ((at * 7) % 60)));
  const filter = await sample((at) => self.bench.filter(at % 2 ? "" : texts[(at / 2) % texts.length]));
  self.bench.filter("");
  await drawn();
  await new Promise((done) => setTimeout(done, 500));
  const hidden = (element) => element.scrollHeight - element.clientHeight;
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowY) && hidden(element) > 100;
  const candidates = [...document.querySelectorAll("#table, #table *")].filter(scrolls);
  const [scroller] = candidates.sort((a, b) => hidden(b) - hidden(a));
  scroller.scrollTop = 0;
  const gaps = [];
  await new Promise((done) => {
    let last = 0;
    const tick = (now) => {
      if (last) gaps.push(now - last);
      last = now;
      scroller.scrollTop += 120;
      if (gaps.length < frames) requestAnimationFrame(tick);
      else done(undefined);
    };
    requestAnimationFrame(tick);
  });
  gaps.sort((a, b) => a - b);
  // A frame of 60 a second is 16.7 ms long; clocks are not exact.
  return { nodes, sort, filter, late: gaps.filter((gap) => gap > 17.5).length, gap: gaps[frames >> 1] };
}

/** The board's own controls as the others have them. Runs in the page. */
function ownBench() {
  const field = document.querySelector("#table input[type=search]");
  const buttons = [...document.querySelectorAll("#table thead .sort")];
  self.bench = {
    sort: (at) => buttons[Math.min(at + 1, buttons.length - 2)].click(),
    filter: (text) => {
      field.value = text;
      field.dispatchEvent(new Event("input"));
    },
  };
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

/** @param {string} address @param {string} row @param {string} ready @param {string[]} scripts @param {(() => void) | undefined} prepare */
async function run(address, row, ready, scripts, prepare) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(120_000);
  await page.addInitScript(
    ([rows, end]) => {
      const seen = (self.seen = {});
      const look = () => {
        if (!seen.rows && document.querySelector(rows)) seen.rows = performance.now();
        if (!seen.ready && document.querySelector(end)) seen.ready = performance.now();
        if (!seen.ready) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    [row, ready],
  );
  await page.goto(address);
  await page.waitForFunction(() => self.seen.ready);
  const seen = await page.evaluate(() => self.seen);
  if (prepare) await page.evaluate(prepare);
  const found = await page.evaluate(measure, { times: TIMES, frames: FRAMES, texts: TEXTS, row });
  await page.close();
  return { ...seen, ...found, script: zipped(scripts) };
}

const data = rowsOfBoard();
writeFileSync(path.join(folder, "data.js"), `const data=${JSON.stringify(data)}`);
const own = readdirSync(path.join(site, "assets")).filter((name) => name.startsWith("script.en.")).map((name) => path.join(site, "assets", name));
const results = {
  tianti: await run(pathToFileURL(path.join(site, "en/boards/board-001.html")).href, "#table tbody .model", "#table .windowed", own, ownBench),
};
for (const [name, { scripts, row }] of Object.entries(LIBRARIES)) {
  console.error(name);
  results[name] = await run(pageOf(name), row, row, scripts.map(file), undefined);
}
await browser.close();
rmSync(folder, { recursive: true });

const ms = (value) => value.toFixed(value < 100 ? 1 : 0);
console.log(`Chromium ${browser.version()}, ${os.cpus().length} × ${os.cpus()[0].model}, load ${os.loadavg()[0].toFixed(1)}\n`);
console.log("| | first rows, ms | ready, ms | sort, ms: median (p95) | filter, ms: median (p95) | late frames of 120, scrolling (median gap, ms) | elements | script, KB gzipped |");
console.log("|---|---|---|---|---|---|---|---|");
for (const [name, { rows, ready, sort, filter, late, gap, nodes, script }] of Object.entries(results)) {
  console.log(
    `| ${name} | ${ms(rows)} | ${ms(ready)} | ${ms(sort[0])} (${ms(sort[1])}) | ${ms(filter[0])} (${ms(filter[1])}) | ${late} (${ms(gap)}) | ${nodes} | ${(script / 1024).toFixed(0)} |`,
  );
}
