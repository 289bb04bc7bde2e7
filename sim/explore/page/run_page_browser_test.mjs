// Opens pages of runs in headless Chromium and uses them as a reader would.
//
//   node run_page_browser_test.mjs PLAYWRIGHT CHROMIUM FOLDER
//
// FOLDER has the pages that run_page_browser_test.sh makes.

import assert from "node:assert/strict";
import { browser, open as openPage, seen, settle }
  from "../../../checker/report/browser.mjs";

const open = (name, options) => openPage(name,
  { viewport: { width: 1200, height: 900 }, ...options });

const selected = (page) => page.evaluate(() => state.selected?.index ?? null);
const shown = (page) => page.evaluate(() => state.shown.length);

// Of the diagram in use.
const tipOf = (page) => page.locator("[aria-current] .tip, .run:only-child .tip")
  .first();

// Waits until the list of events, which is drawn in a frame to come, is that of
// the run of this title.
const listIsOf = (page, title) => page.waitForFunction(
  (wanted) => document.getElementById("list-note").textContent.endsWith(
    `of the ${wanted} run`), title);

async function press(page, ...keys) {
  await page.locator("[aria-current] .lanes, .lanes").first().focus();
  for (const key of keys) await page.keyboard.press(key);
  await settle(page);
}

const tests = {
  async "says what was found"(page) {
    const header = await page.locator("header").textContent();
    assert.match(header, /harsh-random-keys · seed 17/);
    assert.match(header, /clerk-1 read "old"/);
    assert.match(header, /its reply is lost/);
    assert.match(header, /replay out\/harsh-random-keys-17\.json --trace/);
    assert.equal(await page.locator("figure.curve svg").count(), 1);
  },

  async "has a lane for each node"(page) {
    assert.deepEqual(
      await page.evaluate(() => state.view.lanes.map((lane) => lane.name)),
      ["server", "clerk-0", "clerk-1"]);
  },

  async "draws something on each lane"(page) {
    const counts = await page.evaluate(() => state.view.lanes.map((lane) => {
      const ratio = window.devicePixelRatio;
      const y = Math.round(rowTop(state.rows[lane.place]) * ratio);
      const { data } = canvas.getContext("2d").getImageData(
        Math.round(state.gutter * ratio), y, canvas.width / 2,
        Math.round(state.lane * ratio));
      const colours = new Set();
      for (let i = 0; i < data.length; i += 4) {
        colours.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
      }
      return colours.size;
    }));
    for (const count of counts) assert.ok(count > 5, String(counts));
  },

  async "steps through events by keys"(page) {
    await press(page, "Escape", "ArrowRight");
    const first = await selected(page);
    await press(page, "ArrowRight");
    const second = await selected(page);
    assert.ok(second > first);
    await press(page, "ArrowLeft");
    assert.equal(await selected(page), first);
    assert.equal(await tipOf(page).isVisible(), true);
    await press(page, "Escape");
    assert.equal(await selected(page), null);
  },

  async "steps through faults and back to a cause"(page) {
    await press(page, "f");
    assert.match(await tipOf(page).textContent(), /LOST/);
    const lost = await selected(page);
    await press(page, "b");
    assert.ok(await selected(page) < lost);
  },

  async "lights causes and nothing else"(page) {
    await page.evaluate(() => select(state.run.list.find(
      (event) => /lost/i.test(event.words.fault))));
    const cone = await page.evaluate(() => [...state.cone]);
    const at = await selected(page);
    assert.equal(cone[at], 1);
    assert.ok(cone.slice(0, at).some((each) => each === 1));
    assert.ok(cone.slice(at + 1).every((each) => each === 0));
    const all = await shown(page);
    await press(page, "o");
    assert.equal(await shown(page), cone.filter((each) => each).length);
    await press(page, "o");
    assert.equal(await shown(page), all);
  },

  async "marks the contradiction"(page) {
    const marked = await page.evaluate(() => state.run.operations
      .filter((each) => each.number > 0).map((each) => each.event.id));
    assert.ok(marked.length > 1, String(marked));
    await page.evaluate(() => select(state.run.violation));
    assert.match(await tipOf(page).textContent(),
      /contradicts.*number \d of \d/);
    // Its name stands beside the line at one of its sides.
    const has = await page.evaluate(() => {
      const wanted = document.createElement("canvas").getContext("2d");
      wanted.fillStyle = state.colours.conflict;
      wanted.fillRect(0, 0, 1, 1);
      const colour = [...wanted.getImageData(0, 0, 1, 1).data].join();
      const ratio = window.devicePixelRatio;
      return [5, -6].some((gap) => colour === [...canvas.getContext("2d")
        .getImageData((toScreen(state.run.violation.x) + gap) * ratio,
          (state.height - 16) * ratio, 1, 1).data].join());
    });
    assert.ok(has);
  },

  async "knows who told a caller that its call failed"(page) {
    const kind = await page.evaluate(() => {
      const failed = state.run.list.find((each) => each.because !== null);
      const isCause = causesOf(state.run, failed)[failed.because.index] === 1;
      return isCause ? failed.because.kind : "";
    });
    assert.equal(kind, "reply-lost");
  },

  async "leaves out kinds and nodes"(page) {
    const all = await shown(page);
    await page.locator("#kinds button").first().click();
    assert.ok(await shown(page) < all);
    await page.locator("#kinds button").first().click();
    assert.equal(await shown(page), all);
    await page.locator("#nodes summary").click();
    await page.locator("#node-list input").last().uncheck();
    assert.ok(await shown(page) < all);
    assert.equal(await page.evaluate(() => state.view.lanes.length), 2);
  },

  async "finds what is searched for"(page) {
    await press(page, "/");
    await page.keyboard.type("gossip");
    await page.keyboard.press("Enter");
    await settle(page);
    assert.equal(await page.locator("#found").textContent(), "2");
    assert.match(await tipOf(page).textContent(), /gossip/);
    await page.locator("#search").fill("no such text");
    await page.waitForFunction(
      () => document.getElementById("found").textContent === "0");
  },

  async "shows both runs or one"(page) {
    const visible = () => page.locator(".stage:visible").count();
    assert.equal(await visible(), 2);
    assert.match(await page.locator(".run-head").first().textContent(),
      /minimal run/);
    const before = await shown(page);
    await page.locator("#runs button").last().click();
    assert.equal(await visible(), 1);
    assert.ok(await shown(page) > before);
    await press(page, "v");
    assert.equal(await visible(), 2);
    await press(page, "v");
    assert.equal(await visible(), 1);
    assert.equal(await shown(page), before);
  },

  async "zooms each run by itself"(page) {
    const scales = () => page.evaluate(
      () => drawings.map((each) => each.state.scale));
    const [minimal, original] = await scales();
    const canvas = page.locator(".lanes").last();
    await canvas.hover({ position: { x: 500, y: 60 } });
    await page.mouse.wheel(0, 300);
    await settle(page);
    const zoomed = await scales();
    assert.equal(zoomed[0], minimal);
    assert.ok(zoomed[1] < original);
    // What was touched last is what tools and keys mean.
    await listIsOf(page, "original");
    await page.locator("#zoom-in").click();
    const [same, nearer] = await scales();
    assert.equal(same, minimal);
    assert.ok(nearer > zoomed[1]);
    // Both, minimal, original, both.
    await press(page, "v", "v", "v");
    assert.deepEqual(await scales(), [same, nearer]);
    // A diagram that is hidden for less than a frame keeps its focus.
    await page.evaluate(() => document.activeElement.blur());
    await page.locator(".lanes").first().focus();
    await listIsOf(page, "minimal");
  },

  async "leaves out kinds in both runs"(page) {
    const counts = () => page.evaluate(
      () => drawings.map((each) => each.state.shown.length));
    const before = await counts();
    await page.locator("#kinds button").first().click();
    const after = await counts();
    assert.ok(after[0] < before[0] && after[1] < before[1]);
  },

  async "tells the checker's order and where it stops"(page) {
    const order = page.locator(".order").first();
    assert.deepEqual(await order.locator("li code").allTextContents(), [
      'clerk-0 #1 Put("k", "old")', 'clerk-1 #2 Put("k", "new")',
      'clerk-1 #3 Get("k", "") = "old"']);
    assert.match(await order.locator(".order-note").textContent(),
      /2 operations explain what clients saw; then the order stops/);
    assert.match(await order.locator("li").last().textContent(),
      /no order explains this answer/);
    const whole = page.locator(".order").last();
    assert.match(await whole.locator(".order-note").textContent(),
      /300 operations, in the order in which the checker applied/);
    assert.equal(await whole.locator(".stop").count(), 0);
  },

  async "lights the operation that is chosen in the order"(page) {
    const entries = page.locator(".order").first().locator("li button");
    const frame = () => page.evaluate(() => {
      const { x, y, height } = operationBox(state.lit.operation);
      const ratio = window.devicePixelRatio;
      return [...canvas.getContext("2d").getImageData((x + 20) * ratio,
        (y + height + 3) * ratio, 1, 1).data].slice(0, 3);
    });
    await entries.first().click();
    await settle(page);
    assert.deepEqual(await frame(), [0x2f, 0x6f, 0xbd]);
    assert.match(await tipOf(page).textContent(), /ordernumber 1/);
    assert.equal(await entries.first().evaluate(
      (button) => button.parentElement.ariaCurrent), "true");
    await press(page, "]", "]");
    assert.match(await tipOf(page).textContent(), /orderstops here/);
    await press(page, "[");
    assert.match(await tipOf(page).textContent(), /ordernumber 2/);
    // Choosing the operation in the diagram marks it in the list.
    await page.evaluate(() => select(state.run.violation));
    assert.equal(await page.locator(".order .stop").getAttribute(
      "aria-current"), "true");
    await press(page, "Escape");
    assert.equal(await page.locator(".order [aria-current]").count(), 0);
  },

  async "says what nodes were"(page) {
    assert.match(await page.locator("#states").textContent(),
      /nodestatelogserverleads term 21\.\.2/);
    await page.evaluate(() => select(
      state.run.list.findLast((event) => event.node === 0)));
    await settle(page);
    assert.match(await tipOf(page).textContent(),
      /stateserver leads term 2log1\.\.2/);
    await press(page, "Escape");
    // Each headline is a band of its own.
    const bands = await page.evaluate(() => state.run.states.get(0).bands
      .map((band) => [band.what.headline, band.what.standsOut]));
    assert.deepEqual(bands, [["leads term 1", true], ["leads term 2", true]]);
    assert.match(await page.locator("#legend").textContent(), /what a node is/);
  },

  async "draws what nodes hold"(page) {
    // How many pixels of each lane the curves change.
    const [server, first, second] = await page.evaluate(() => {
      const ratio = window.devicePixelRatio;
      const draw = () => {
        drawNow();
        return state.view.lanes.map((lane, row) => canvas.getContext("2d")
          .getImageData(0, rowTop(row) * ratio, canvas.width,
            state.lane * ratio).data);
      };
      const own = drawCurve;
      const withCurves = draw();
      window.drawCurve = () => {};
      const without = draw();
      window.drawCurve = own;
      return withCurves.map((pixels, row) =>
        pixels.filter((part, at) => part !== without[row][at]).length);
    });
    assert.ok(server > 1000 && first > 1000 && second === 0,
      [server, first, second].join());
    const tall = await page.evaluate(() => state.lane);
    await press(page, "m");
    assert.equal(await page.locator("#show-memory").getAttribute(
      "aria-pressed"), "false");
    assert.ok(await page.evaluate(() => state.lane) < tall);
    assert.equal(await page.evaluate(() => showsCurves()), false);
    await page.locator("#show-memory").click();
    assert.equal(await page.evaluate(() => state.lane), tall);
    await page.evaluate(() => select(state.run.violation));
    assert.doesNotMatch(await tipOf(page).textContent(), /memory/);
    await page.evaluate(() => select(state.run.list.findLast(
      (event) => event.node === 0)));
    assert.match(await tipOf(page).textContent(),
      /memoryserver holds about 2.60 KB/);
  },

  async "keeps its tools inside a narrow window"(page) {
    await page.setViewportSize({ width: 420, height: 900 });
    await settle(page);
    assert.ok(await page.evaluate(() =>
      document.documentElement.scrollWidth <= window.innerWidth));
  },
};

async function testSample() {
  for (const [name, test] of Object.entries(tests)) {
    const page = await open("sample");
    try {
      await test(page);
    } catch (error) {
      error.message = `${name}: ${error.message}`;
      throw error;
    }
    await page.close();
  }
}

// The longest task while the view moves, drawing included, in milliseconds; 0:
// none took 50.
const panning = (page) => page.evaluate(async () => {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(
    ...list.getEntries().map((entry) => entry.duration)));
  observer.observe({ type: "longtask" });
  for (let i = 0; i < 30; ++i) {
    panBy(i % 2 === 0 ? 400 : -300, 0);
    await new Promise(requestAnimationFrame);
  }
  await new Promise((done) => setTimeout(done, 100));
  observer.disconnect();
  return Math.max(0, ...tasks);
});

async function testLarge() {
  const page = await open("large");
  // Since the page was asked for.
  const opened = await page.evaluate(() => performance.now());
  const near = await panning(page);
  await press(page, "0");
  assert.match(await page.locator("#view-note").textContent(),
    /messages are too close to others to be drawn/);
  const whole = await panning(page);
  await page.evaluate(() => zoomMiddle(3));
  const far = await panning(page);
  assert.match(await page.locator(".order-note").textContent(),
    /17,000 operations.* \d+ are listed/);
  console.log(`large page: opened in ${opened.toFixed(0)} ms; longest task ` +
    `while panning ${near} ms, from far ${far} ms, of the whole ${whole} ms`);
  assert.ok(opened < 5000 && near < 1000 && far < 1000 && whole < 1000);
  await page.close();
}

await testSample();
const evil = await open("evil", { colorScheme: "dark" });
assert.match(await evil.locator("header").textContent(), /<img src=x>/);
assert.equal(await evil.locator("img").count(), 0);
const plain = await open("plain");
assert.equal(await plain.locator("#diagram").isVisible(), false);
await testLarge();
await browser.close();
assert.deepEqual(seen, []);
console.log("all pages are fine");
