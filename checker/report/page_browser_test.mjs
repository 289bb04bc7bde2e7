// Opens pages in headless Chromium and uses them as a reader would.
//
//   node page_browser_test.mjs PLAYWRIGHT CHROMIUM FOLDER
//
// FOLDER has the pages that page_browser_test.sh makes.

import assert from "node:assert/strict";
import { browser, open as openPage, seen, settle } from "./browser.mjs";

const open = (name, options) => openPage(name,
  { viewport: { width: 1200, height: 800 }, ...options });

const text = (page, id) => page.locator("#" + id).textContent();

// Where the operation with this id is drawn, in pixels of the window.
async function middleOf(page, id) {
  return page.evaluate((wanted) => {
    const item = state.view.items.find((each) => each.op.id === wanted);
    const box = boxOf(item);
    const frame = canvas.getBoundingClientRect();
    return { x: frame.x + box.x + box.width / 2, y: frame.y + box.y + 10,
      inside: { x: box.x + box.width - 4, y: box.y + 4 },
      border: { x: box.x + box.width / 2, y: box.y - 2 } };
  }, id);
}

// The colour of the lanes at a point of theirs.
const pixel = (page, at) => page.evaluate(({ x, y }) => {
  const ratio = window.devicePixelRatio;
  return [...canvas.getContext("2d")
    .getImageData(x * ratio, y * ratio, 1, 1).data].slice(0, 3);
}, at);

// The operations that contradict each other and cannot be seen as a whole in
// the window.
const hiddenConflict = (page) => page.evaluate(() => {
  const frame = canvas.getBoundingClientRect();
  return conflict.filter((op) => {
    const item = state.view.items.find((each) => each.op === op);
    if (!item) return true;
    const { x, y, width, height } = boxOf(item);
    const right = op.isOpen ? x + 10 : x + width;
    return x < state.gutter || right > state.width || y < RULER ||
      y + height > state.height || frame.y < 0 ||
      frame.y + y + height > window.innerHeight || width < 10;
  }).map((op) => op.id);
});

// What of the history does not lie within the lanes' canvas.
const outsideAfterFit = (page) => page.evaluate(() => {
  fit();
  const inside = state.view.items.filter((item) =>
    toScreen(item.x0) >= state.gutter && toScreen(item.x1) <= state.width &&
    laneTop(item) >= RULER && laneTop(item) + barHeight() <= state.height);
  return state.view.items.length - inside.length;
});

// The texts that the next drawing writes on the lanes.
const drawnTexts = (page) => page.evaluate(() => {
  const context = canvas.getContext("2d");
  const texts = [];
  context.fillText = (written) => texts.push(String(written));
  drawLanes();
  delete context.fillText;
  return texts;
});

const sampleTests = {
  async "says what was found"(page) {
    assert.equal(await text(page, "badge"), "violated");
    assert.match(await text(page, "sentence"), /client 1 read "old"/);
    assert.match(await text(page, "facts"), /9 operations · 4 clients · 2 keys/);
    assert.equal(await page.locator("#left-out").count(), 0);
    assert.equal(await page.locator("#not-minimal").count(), 0);
    assert.match(await text(page, "order-title"), /longest order/);
    assert.ok(await page.locator("#order-list li").count() >= 3);
    assert.match(await page.title(), /page_sample.jsonl.* · violated$/);
  },

  async "lists the contradiction with its values"(page) {
    const rows = page.locator("#conflict-list tbody tr");
    assert.deepEqual(await rows.locator("code").allTextContents(),
      ["put \"old\"", "put \"new\"", "get → \"old\""]);
    assert.match(await rows.last().textContent(), /no order explains/);
    assert.deepEqual(await rows.last().locator("td").allTextContents()
      .then((cells) => cells.slice(3)), ["+400", "+540", "8"]);
  },

  async "draws bars in their colours and frames the contradiction"(page) {
    const stale = await middleOf(page, 7);
    assert.deepEqual(await pixel(page, stale.inside), [0x2f, 0x6f, 0xbd]);
    assert.deepEqual(await pixel(page, stale.border), [0xc3, 0x2a, 0x36]);
    const fine = await middleOf(page, 1);
    assert.notDeepEqual(await pixel(page, fine.border), [0xc3, 0x2a, 0x36]);
  },

  async "names what it draws and nothing else"(page) {
    assert.deepEqual(await page.locator("#legend .legend").allTextContents(),
      ["put", "get", "append", "cas", "failed", "no answer", "contradiction",
        "takes effect"]);
  },

  async "places the order inside the intervals"(page) {
    const misplaced = await page.evaluate(() => state.view.items.filter(
      (item) => item.place && !(item.from < item.point && item.point < item.to))
      .length);
    assert.equal(misplaced, 0);
  },

  async "shows all details on hover"(page) {
    assert.equal(await page.locator("#tip").isVisible(), false);
    const stale = await middleOf(page, 7);
    await page.mouse.move(stale.x, stale.y);
    await settle(page);
    const tip = await text(page, "tip");
    assert.match(tip, /get → "old"/);
    assert.match(tip, /client1/);
    assert.match(tip, /keyk/);
    assert.match(tip, /time\+400 to \+540/);
    assert.match(tip, /events13 to 16/);
    assert.match(tip, /line8/);
    assert.match(tip, /no order explains this answer/);
    await page.mouse.move(5, 5);
    assert.equal(await page.locator("#tip").isVisible(), false);
  },

  async "zooms and pans by pointer and by key"(page) {
    const now = () => page.evaluate(() => ({ ...state, view: null }));
    await page.keyboard.press("0");
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
    await page.locator("#zoom-fit").click();
    assert.equal((await now()).left, 0);
    assert.equal((await now()).scale, before.scale);
    await page.locator("#zoom-in").click();
    assert.ok((await now()).scale > before.scale);
  },

  async "chooses keys"(page) {
    const select = page.locator("#key");
    assert.deepEqual(await select.locator("option").allTextContents(),
      ["all 2 keys", "\u2066k\u2069 (6) ● violated",
        "\u2066other </script><b>\u2069 (3)"]);
    assert.equal(await page.evaluate(() => state.view.items.length), 6);
    await select.selectOption("1");
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
  },

  async "walks through the contradiction by arrows"(page) {
    const chosen = () => page.evaluate(() => state.selected.op.id);
    await page.locator("#lanes").focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await chosen(), 0);
    await page.keyboard.press("ArrowDown");
    assert.equal(await chosen(), 3);
    await page.keyboard.press("ArrowUp");
    assert.equal(await chosen(), 0);
    await page.locator("#conflict-list tbody tr").last().click();
    assert.equal(await chosen(), 7);
    await page.keyboard.press("ArrowUp");
    assert.equal(await chosen(), 3);
    assert.match(await page.locator("tr[aria-current]").textContent(), /"new"/);
    await page.keyboard.press("ArrowDown");
    assert.match(await page.evaluate(() =>
      document.activeElement.textContent), /get → "old"/);
  },

  async "draws the contradiction alone"(page) {
    await page.keyboard.press("o");
    assert.equal(await page.evaluate(() => state.view.items.length), 3);
    assert.match(await text(page, "view-note"), /without 6 other operations/);
    await page.locator("#only-conflict").click();
    assert.equal(await page.evaluate(() => state.view.items.length), 6);
    assert.equal(await page.locator("#view-note").isVisible(), false);
  },

  async "shows recorded times"(page) {
    await page.locator("#axis-time").click();
    const widths = await page.evaluate(() => state.view.items
      .filter((item) => !item.op.isOpen)
      .map((item) => (item.x1 - item.x0) / (item.op.retTime - item.op.callTime)));
    for (const width of widths) assert.ok(Math.abs(width - widths[0]) < 1e-9);
    assert.ok((await drawnTexts(page)).includes("+100"));
  },

  async "turns dark, and light for paper"(page) {
    const light = await pixel(page, { x: 3, y: 3 });
    await page.locator("#theme").click();
    await settle(page);
    const dark = await pixel(page, { x: 3, y: 3 });
    assert.ok(light[0] > 200 && dark[0] < 60);
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    assert.deepEqual(await pixel(page, { x: 3, y: 3 }), light);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".toolbar").isVisible(), false);
    assert.equal(await page.locator("#conflict-list").isVisible(), true);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await settle(page);
    assert.deepEqual(await pixel(page, { x: 3, y: 3 }), dark);
  },
};

const pageTests = {
  async "opens with the contradiction in view"() {
    for (const name of ["sample", "below", "far", "large", "queue", "evil"]) {
      const page = await open(name);
      assert.deepEqual(await hiddenConflict(page), [], name);
      assert.equal(await page.evaluate(() => state.view.isOnly),
        name === "far", name);
      await page.close();
    }
  },

  async "puts the clients that take part before the others"() {
    const page = await open("below");
    assert.deepEqual(await page.evaluate(() =>
      state.view.lanes.slice(0, 4).map((lane) => lane.client)), [0, 90, 99, 1]);
    await page.close();
  },

  async "draws the contradiction alone where it is far apart"() {
    const page = await open("far");
    assert.deepEqual(await page.locator("#legend .legend").allTextContents(),
      ["put", "get", "contradiction", "takes effect"]);
    assert.equal(await page.evaluate(() => state.view.isOnly), true);
    await page.keyboard.press("o");
    assert.equal(await page.evaluate(() => state.view.isOnly), false);
    await page.locator("#conflict-list tbody tr").last().click();
    assert.ok((await drawnTexts(page)).some((drawn) => /old/.test(drawn)));
    await page.close();
  },

  async "fits all lanes and the whole time"() {
    for (const name of ["sample", "below", "far", "large", "queue", "evil"]) {
      const page = await open(name);
      assert.equal(await outsideAfterFit(page), 0, name);
      await page.locator("#only-conflict").click();
      assert.equal(await outsideAfterFit(page), 0, name);
      await page.close();
    }
  },

  async "keeps text from turning or hiding other text"() {
    const page = await open("evil");
    const deceiving = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060\ufeff]/u;
    assert.doesNotMatch(await page.content(), deceiving);
    assert.doesNotMatch(await page.title(), deceiving);
    assert.match(await page.title(), /violated$/);
    for (let key = 0; key < 3; ++key) {
      await page.locator("#key").selectOption(String(key));
      for (const drawn of await drawnTexts(page)) {
        assert.doesNotMatch(drawn, deceiving);
        const isolates = (drawn.match(/\u2066/g) ?? []).length;
        assert.equal((drawn.match(/\u2069/g) ?? []).length, isolates);
        if (/[\u0590-\u06ff]/u.test(drawn)) assert.ok(isolates >= 2, drawn);
      }
    }
    // Two words from right to left stay in the order in which they were said.
    const [first, second] = await page.locator("#conflict-list tr")
      .filter({ hasText: "cas" }).locator("bdi").evaluateAll((all) => all
        .map((each) => each.getBoundingClientRect().left));
    assert.ok(first < second);
    await page.close();
  },

  async "says what it leaves out"() {
    const page = await open("large");
    const began = Date.now();
    for (let step = 0; step < 20; ++step) {
      await page.keyboard.press(step % 2 ? "-" : "+");
      await settle(page);
    }
    console.log(`note: ${(Date.now() - began) / 20} ms for one step of zoom`);
    assert.match(await text(page, "left-out"),
      /shows [0-9,]+ of 30,000 operations: a part of the [0-9,]+ on key/);
    assert.ok(await page.evaluate(() => operations.length) <= 10000);
    assert.ok(await page.evaluate(() => operations.length) > 9000);
    assert.ok(await page.evaluate(() => conflict.length) >= 2);
    await page.close();
  },

  async "shows any model"() {
    const page = await open("queue");
    assert.match(await text(page, "sentence"), /dequeue\("jobs"\) = "resize image 17"/);
    assert.deepEqual(await page.locator("#legend .legend").allTextContents(),
      ["enqueue", "dequeue", "failed", "no answer", "contradiction"]);
    assert.equal(await page.locator("#axis").isVisible(), false);
    assert.equal(await page.locator("#key").isVisible(), false);
    assert.match(await text(page, "conflict-list"), /whatever came of it/);
    assert.match(await text(page, "order-title"), /longest order/);
    await page.close();
  },

  async "can be read without scripts"() {
    const page = await open("sample", { javaScriptEnabled: false });
    assert.equal(await page.locator("#sentence").isVisible(), true);
    assert.equal(await page.locator("#conflict-list code").count(), 3);
    assert.equal(await page.locator(".toolbar").isVisible(), false);
    assert.match(await page.locator("noscript").innerText(), /needs scripts/);
    await page.close();
  },

  async "works in a small window, with fingers"() {
    const page = await open("sample", {
      viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true,
    });
    assert.ok(await page.evaluate(() =>
      [document.documentElement, document.querySelector(".conflict")].every(
        (each) => each.scrollWidth <= each.clientWidth)));
    assert.equal(await outsideAfterFit(page), 0);
    await page.locator("#lanes").scrollIntoViewIfNeeded();
    const stale = await middleOf(page, 7);
    await page.touchscreen.tap(stale.x, stale.y);
    assert.match(await text(page, "tip"), /get → "old"/);
    const before = await page.evaluate(() => state.scale);
    await page.evaluate(() => {
      canvas.setPointerCapture = () => {};
      const send = (type, pointerId, x) => canvas.dispatchEvent(
        new PointerEvent(type, { pointerId, pointerType: "touch",
          clientX: canvas.getBoundingClientRect().x + x,
          clientY: canvas.getBoundingClientRect().y + 60 }));
      send("pointerdown", 11, 150);
      send("pointerdown", 12, 200);
      send("pointermove", 12, 300);
      send("pointerup", 11, 150);
      send("pointerup", 12, 300);
    });
    assert.ok(await page.evaluate(() => state.scale) > before * 2);
    await page.close();
  },
};

for (const [name, test] of Object.entries(sampleTests)) {
  const page = await open("sample");
  await test(page);
  await page.close();
  console.log("ok: " + name);
}
for (const [name, test] of Object.entries(pageTests)) {
  await test();
  console.log("ok: " + name);
}
await browser.close();
assert.deepEqual(seen, []);
console.log("ok: no console message, no error, no request");
