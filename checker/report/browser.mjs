// Headless Chromium for the tests of pages, which see to it that a page asks for
// nothing and complains of nothing.
//
//   import { browser, open, seen, settle } from "./browser.mjs";
//
//   node TEST.mjs PLAYWRIGHT CHROMIUM FOLDER
//
// FOLDER has the pages. A test ends by browser.close() and looks into `seen`.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [playwright, chromium, folder] = process.argv.slice(2);
const { chromium: driver } = createRequire(import.meta.url)(playwright);
export const browser = await driver.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    "--disable-sync"],
});

export const seen = [];  // that should not have happened

// When what was asked for is drawn.
export const settle = (page) => page.evaluate(() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(done))));

// Opens the page of this name, with options of Playwright's newPage().
export async function open(name, options) {
  const url = pathToFileURL(`${folder}/${name}.html`).href;
  const page = await browser.newPage({ colorScheme: "light", ...options });
  page.on("console", (message) => {
    // A hint to this test, which reads pixels.
    if (/willReadFrequently/.test(message.text())) return;
    seen.push("console: " + message.text());
  });
  page.on("pageerror", (error) => seen.push("error: " + error.message));
  page.on("dialog", (dialog) => {
    seen.push("dialog: " + dialog.message());
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) {
      seen.push("request: " + request.url());
    }
  });
  await page.goto(url);
  if (options.javaScriptEnabled !== false) await settle(page);
  return page;
}
