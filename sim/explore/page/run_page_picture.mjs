// Draws the picture of a page of a run that the README shows.
//
//   node run_page_picture.mjs PLAYWRIGHT CHROMIUM FOLDER
//
// FOLDER/run.html is the page; FOLDER/run.png becomes the picture of all that
// stands above the list of events.

import assert from "node:assert/strict";
import { browser, open, seen } from "../../../checker/report/browser.mjs";

const folder = process.argv[4];
const width = 1180;
const page = await open("run", { viewport: { width, height: 1000 } });
const list = await page.locator("#view-note").boundingBox();
await page.screenshot({
  path: `${folder}/run.png`,
  clip: { x: 0, y: 0, width, height: Math.ceil(list.y) },
});
await browser.close();
assert.deepEqual(seen, []);
