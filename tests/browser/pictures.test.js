// What every kind of page looks like, against reference pictures: small ones, a fifth of the size, since they are to show
// what moved, lost its colour or fell apart, and not a letter. TIANTI_PICTURES=draw draws them anew; look at each.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { inPage } from "./support/browser.js";
import { DISK, KINDS, LANGUAGES } from "./support/site.js";

const FOLDER = fileURLToPath(new URL("./pictures/", import.meta.url));
const DRAWING = process.env.TIANTI_PICTURES === "draw";

/** What the references were drawn with: other fonts break lines elsewhere, which is no fault of a page. */
const DRAWN_WITH = `${FOLDER}drawn-with.json`;

const SIZES = [
  { width: 1440, height: 1800 },
  { width: 390, height: 1170 },
];
const THEMES = /** @type {const} */ (["light", "dark"]);

/** A reference is so many times smaller than the page. */
const SCALE = 5;

/** A pixel differs if its brightness or colour is off by more than this, of 255. */
const NOTICEABLE = 24;

/** The share of pixels that may differ. */
const TOLERANCE = 0.015;

for (const language of Object.keys(LANGUAGES)) {
  for (const [kind, file] of Object.entries(KINDS)) {
    test(`${language}/${file} looks like its reference`, (t) =>
      inPage(t, { reducedMotion: "reduce" }, async (page) => {
        // Until the data that a page asks for are there.
        await page.goto(`${DISK}${language}/${file}`, { waitUntil: "networkidle" });
        const fonts = await page.evaluate(measured);
        if (DRAWING) {
          mkdirSync(FOLDER, { recursive: true });
          writeFileSync(DRAWN_WITH, `${JSON.stringify(fonts)}\n`);
        } else if (!existsSync(DRAWN_WITH) || readFileSync(DRAWN_WITH, "utf8").trim() !== JSON.stringify(fonts)) {
          return t.skip("the references were drawn with other fonts than this machine's");
        }
        for (const size of SIZES) {
          await page.setViewportSize(size);
          for (const colorScheme of THEMES) {
            await page.emulateMedia({ colorScheme });
            const now = (await page.screenshot()).toString("base64");
            const reference = `${FOLDER}${kind}.${language}.${colorScheme}.${size.width}.webp`;
            if (DRAWING) {
              writeFileSync(reference, Buffer.from(await page.evaluate(shrunk, { now, scale: SCALE }), "base64"));
              continue;
            }
            assert.ok(existsSync(reference), `${reference} is missing: draw it with TIANTI_PICTURES=draw`);
            const then = readFileSync(reference).toString("base64");
            const share = await page.evaluate(difference, { now, then, noticeable: NOTICEABLE });
            assert.ok(share <= TOLERANCE, `${(100 * share).toFixed(1)}% of ${reference} differ`);
          }
        }
      }));
  }
}

/** Runs in the browser: how wide it sets some text, which tells fonts apart. */
function measured() {
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  return ["system-ui", "sans-serif", "monospace"].map((family) => {
    pen.font = `100px ${family}`;
    return Math.round(pen.measureText("Ladder 天梯 0123").width);
  });
}

/** Runs in the browser: the picture made smaller, as WebP in base 64. @param {{ now: string, scale: number }} picture */
async function shrunk({ now, scale }) {
  const bytes = Uint8Array.from(atob(now), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes]));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width / scale);
  canvas.height = Math.round(picture.height / scale);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/webp", 0.8).split(",")[1];
}

/**
 * Runs in the browser: the share of the reference's pixels that differ in the picture made as small.
 *
 * @param {{ now: string, then: string, noticeable: number }} pictures
 */
async function difference({ now, then, noticeable }) {
  const read = (/** @type {string} */ base64) =>
    createImageBitmap(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]));
  const [reference, picture] = await Promise.all([read(then), read(now)]);
  const pixels = (/** @type {ImageBitmap} */ bitmap) => {
    const canvas = document.createElement("canvas");
    canvas.width = reference.width;
    canvas.height = reference.height;
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.imageSmoothingQuality = "high";
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return pen.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const [before, after] = [pixels(reference), pixels(picture)];
  let differing = 0;
  for (let at = 0; at < before.length; at += 4) {
    const off = [0, 1, 2].some((channel) => Math.abs(before[at + channel] - after[at + channel]) > noticeable);
    differing += Number(off);
  }
  return differing / (before.length / 4);
}
