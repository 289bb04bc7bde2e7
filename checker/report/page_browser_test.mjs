// Opens pages in headless Chromium and uses them as a reader would.
//
//   node page_browser_test.mjs PLAYWRIGHT CHROMIUM SAMPLE.html LARGE.html

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [playwright, chromium, samplePage, largePage] = process.argv.slice(2);
const { chromium: driver } = createRequire(import.meta.url)(playwright);
const browser = await driver.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    "--disable-sync"],
});

const seen = [];  // that should not have happened

async function open(file) {
  const url = pathToFileURL(file).href;
  const page = await browser.newPage({
    viewport: { width: 1200, height: 800 }, colorScheme: "light",
  });
  page.on("console", (message) => seen.push("console: " + message.text()));
  page.on("pageerror", (error) => seen.push("error: " + error.message));
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) {
      seen.push("request: " + request.url());
    }
  });
  await page.goto(url);
  await settle(page);
  return page;
}

const settle = (page) => page.evaluate(() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(done))));

const text = (page, id) => page.locator("#" + id).textContent();

// Where the operation with this id is drawn, in pixels of the window.
async function middleOf(page, id) {
  return page.evaluate((wanted) => {
    const item = state.view.items.find((each) => each.op.id === wanted);
    const box = boxOf(item);
    const frame = canvas.getBoundingClientRect();
    return { x: frame.x + box.x + box.width / 2, y: frame.y + box.y + 10,
      inside: { x: box.x + box.width - 4, y: box.y + 10 },
      border: { x: box.x + box.width / 2, y: box.y - 2 } };
  }, id);
}

// Read from a copy: reading the page's own canvas makes the browser remark.
const pixel = (page, at) => page.evaluate(({ x, y }) => {
  const copy = document.createElement("canvas");
  copy.width = copy.height = 1;
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, x, y, 1, 1, 0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}, at);

const tests = {
  async "shows verdict, sentence and figures"(page) {
    assert.equal(await text(page, "badge"), "violated");
    assert.match(await text(page, "sentence"),
      /client 1 read "old" although client 0 had already replaced it by "new"/);
    assert.equal(await text(page, "facts"), "9 operations · 4 clients · 2 keys");
    assert.equal(await page.locator("#left-out").isVisible(), false);
    assert.equal(await page.locator("#conflict-list .illegal").count(), 1);
    assert.match(await text(page, "conflict-list"), /get → "old"/);
    assert.match(await text(page, "order-title"), /longest order/);
    assert.ok(await page.locator("#order-list li").count() >= 3);
  },

  async "draws bars in their colours and frames the contradiction"(page) {
    const stale = await middleOf(page, 7);
    assert.deepEqual(await pixel(page, stale.inside), [0x3b, 0x78, 0xc3]);
    assert.deepEqual(await pixel(page, stale.border), [0xd2, 0x32, 0x3c]);
    const fine = await middleOf(page, 1);
    assert.notDeepEqual(await pixel(page, fine.border), [0xd2, 0x32, 0x3c]);
  },

  async "places the order inside the intervals"(page) {
    const misplaced = await page.evaluate(() => state.view.items.filter(
      (item) => item.place && !(item.from < item.point && item.point < item.to))
      .length);
    assert.equal(misplaced, 0);
  },

  async "shows values on hover"(page) {
    assert.equal(await page.locator("#tip").isVisible(), false);
    const stale = await middleOf(page, 7);
    await page.mouse.move(stale.x, stale.y);
    await settle(page);
    const tip = await text(page, "tip");
    assert.match(tip, /get → "old"/);
    assert.match(tip, /client1/);
    assert.match(tip, /line8/);
    assert.match(tip, /no order explains this answer/);
    await page.mouse.move(5, 5);
    assert.equal(await page.locator("#tip").isVisible(), false);
  },

  async "zooms and pans by pointer and by key"(page) {
    const now = () => page.evaluate(() => ({ ...state, view: null }));
    const before = await now();
    const stale = await middleOf(page, 7);
    await page.mouse.move(stale.x, stale.y);
    await page.mouse.wheel(0, -600);
    await settle(page);
    const zoomed = await now();
    assert.ok(zoomed.scale > before.scale * 2);
    const after = await middleOf(page, 7);
    assert.ok(Math.abs(after.x - stale.x) < 250, "zooms at the pointer");
    await page.mouse.down();
    await page.mouse.move(stale.x + 150, stale.y, { steps: 3 });
    await page.mouse.up();
    assert.ok((await now()).left < zoomed.left);
    await page.locator("#lanes").focus();
    const dragged = await now();
    await page.keyboard.press("ArrowRight");
    assert.ok((await now()).left > dragged.left);
    await page.keyboard.press("-");
    assert.ok((await now()).scale < dragged.scale);
    await page.keyboard.press("0");
    assert.equal((await now()).left, 0);
    assert.equal((await now()).scale, before.scale);
    await page.locator("#zoom-in").click();
    assert.ok((await now()).scale > before.scale);
  },

  async "chooses keys"(page) {
    const select = page.locator("#key");
    assert.deepEqual(await select.locator("option").allTextContents(),
      ["all 2 keys", "k (6) ● violated", "other </script><b> (3)"]);
    assert.equal(await page.evaluate(() => state.view.items.length), 6);
    await select.selectOption({ label: "other </script><b> (3)" });
    assert.equal(await page.evaluate(() => state.view.items.length), 3);
    assert.match(await text(page, "order-title"), /explains every answer/);
    assert.match(await text(page, "order-list"), /put "<i>&\\"quoted\\""/);
    await select.selectOption("-1");
    assert.equal(await page.evaluate(() => state.view.items.length), 9);
    await page.locator("#go-conflict").click();
    await page.locator("#lanes").focus();
    await page.keyboard.press("]");
    assert.equal(await select.inputValue(), "0");
  },

  async "walks through operations by key"(page) {
    await page.locator("#lanes").focus();
    await page.keyboard.press("n");
    await page.keyboard.press("n");
    assert.match(await text(page, "tip"), /get → "old"/);
    await page.keyboard.press("p");
    assert.match(await text(page, "tip"), /put "old"/);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#tip").isVisible(), false);
    await page.locator("#conflict-list button").last().click();
    assert.equal(await page.evaluate(() => state.selected.op.id), 7);
  },

  async "shows recorded times"(page) {
    await page.locator("#axis-time").click();
    const widths = await page.evaluate(() => state.view.items
      .filter((item) => !item.op.isPending)
      .map((item) => (item.x1 - item.x0) / (item.op.retTime - item.op.callTime)));
    for (const width of widths) assert.ok(Math.abs(width - widths[0]) < 1e-9);
    const stale = await middleOf(page, 7);
    await page.mouse.move(stale.x, stale.y);
    assert.match(await text(page, "tip"), /time400 to 540/);
  },

  async "turns dark"(page) {
    const light = await pixel(page, { x: 3, y: 3 });
    await page.locator("#theme").click();
    await settle(page);
    const dark = await pixel(page, { x: 3, y: 3 });
    assert.ok(light[0] > 200 && dark[0] < 60);
  },
};

for (const [name, test] of Object.entries(tests)) {
  const page = await open(samplePage);
  await test(page);
  await page.close();
  console.log("ok: " + name);
}

const large = await open(largePage);
const began = Date.now();
for (let step = 0; step < 20; ++step) {
  await large.keyboard.press(step % 2 ? "-" : "+");
  await settle(large);
}
console.log(`note: ${(Date.now() - began) / 20} ms for one step of zoom`);
assert.match(await text(large, "left-out"),
  /shows [0-9]+ of 30000 operations: a part of the [0-9]+ on key/);
assert.ok(await large.evaluate(() => operations.length) <= 10000);
assert.ok(await large.evaluate(() => operations.length) > 9000);
assert.ok(await large.evaluate(() => conflict.length) >= 2);
console.log("ok: says what it leaves out");

await browser.close();
assert.deepEqual(seen, []);
console.log("ok: no console message, no error, no request");
