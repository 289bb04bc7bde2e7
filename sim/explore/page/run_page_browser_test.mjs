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

async function press(page, ...keys) {
  await page.locator("#lanes").focus();
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
    assert.equal(await page.locator("#tip").isVisible(), true);
    await press(page, "Escape");
    assert.equal(await selected(page), null);
  },

  async "steps through faults and back to a cause"(page) {
    await press(page, "f");
    assert.match(await page.locator("#tip").textContent(), /LOST/);
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
    assert.match(await page.locator("#tip").textContent(),
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
    assert.match(await page.locator("#tip").textContent(), /gossip/);
    await page.locator("#search").fill("no such text");
    await page.waitForFunction(
      () => document.getElementById("found").textContent === "0");
  },

  async "shows the other run"(page) {
    const before = await shown(page);
    await page.locator("#runs button").last().click();
    assert.ok(await shown(page) > before);
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

// The longest task while the view moves, in milliseconds.
const panning = (page) => page.evaluate(async () => {
  let longest = 0;
  for (let i = 0; i < 30; ++i) {
    const start = performance.now();
    panBy(i % 2 === 0 ? 400 : -300, 0);
    drawNow();
    longest = Math.max(longest, performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return longest;
});

async function testLarge() {
  const start = Date.now();
  const page = await open("large");
  const opened = Date.now() - start;
  const near = await panning(page);
  await press(page, "0");
  const far = await panning(page);
  console.log(`large page: opened in ${opened} ms; longest task while ` +
    `panning ${near.toFixed(0)} ms, of the whole run ${far.toFixed(0)} ms`);
  assert.ok(opened < 5000 && near < 1000 && far < 1000);
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
