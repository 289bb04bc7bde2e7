// What the reader does: choosing, moving, looking closer. Everything that a
// pointer can do a keyboard can do too.

const element = (id) => document.getElementById(id);
const tip = element("tip");

function widest() {
  return (state.width - GUTTER - 24) / Math.max(state.length, 1);
}

// Keeps the view over the history.
function clampView() {
  state.scale = Math.min(Math.max(state.scale, Math.min(widest(), 60)), 400);
  const room = (state.width - GUTTER) / state.scale;
  const most = Math.max(state.length - room + 24 / state.scale, 0);
  state.left = Math.min(Math.max(state.left, 0), most);
  const wanted = RULER + state.view.clients.length * LANE + 10;
  state.top = Math.min(Math.max(state.top, 0),
    Math.max(0, wanted - state.height));
}

function zoomAt(x, factor) {
  const under = state.left + (x - GUTTER) / state.scale;
  state.scale *= factor;
  clampView();
  state.left = under - (x - GUTTER) / state.scale;
  clampView();
  redraw();
}
function zoomMiddle(factor) {
  zoomAt(GUTTER + (state.width - GUTTER) / 2, factor);
}
function fit() {
  state.scale = Math.min(widest(), 60);
  state.left = 0;
  clampView();
  redraw();
}

// Brings `items` into view with what is around them.
function show(items) {
  const from = Math.min(...items.map((item) => item.x0));
  const to = Math.max(...items.map((item) => Math.min(item.x1,
    item.op.isPending ? item.x0 + 8 : item.x1)));
  const room = state.width - GUTTER;
  const wanted = room / Math.max((to - from) * 1.3, 12);
  state.scale = Math.max(Math.min(wanted, 60), Math.min(widest(), 60));
  state.left = (from + to) / 2 - room / state.scale / 2;
  const lane = Math.min(...items.map((item) => item.lane));
  state.top = lane * LANE - 2 * LANE;
  clampView();
  redraw();
}

function conflictItems() {
  return state.view.items.filter((item) => item.op.isConflict);
}

function chooseKey(key) {
  state.view = makeView(key);
  state.hovered = state.selected = null;
  hideTip();
  element("key").value = String(key);
  layout();
  element("go-conflict").disabled = conflict.length === 0;
  fillOrder();
  const items = conflictItems();
  if (items.length > 0 && state.view.items.length > 60) {
    show(items);
  } else {
    fit();
  }
}

function stepKey(by) {
  const options = [...element("key").options];
  const next = element("key").selectedIndex + by;
  if (options[next]) chooseKey(Number(options[next].value));
}

function goToConflict() {
  if (conflict.length === 0) return;
  if (conflictItems().length === 0) chooseKey(conflict[0].key);
  show(conflictItems());
}

function chooseAxis(axis) {
  state.axis = axis;
  element("axis-events").setAttribute("aria-pressed", axis === "events");
  element("axis-time").setAttribute("aria-pressed", axis === "time");
  prepare();
  const chosen = state.selected ? [state.selected] : conflictItems();
  if (chosen.length > 0 && state.view.items.length > 60) show(chosen);
  else fit();
}

function itemAt(x, y) {
  if (x < GUTTER || y < RULER) return null;
  const lane = Math.floor((y - RULER + state.top) / LANE);
  let best = null;
  let bestGap = 4;
  for (const item of state.view.items) {
    if (item.lane !== lane) continue;
    const box = boxOf(item);
    const gap = Math.max(box.x - x, x - (box.x + box.width), 0);
    if (gap < bestGap) {
      best = item;
      bestGap = gap;
    }
  }
  return best;
}

function addFact(list, name, value) {
  const term = document.createElement("dt");
  const detail = document.createElement("dd");
  term.textContent = name;
  detail.textContent = value;
  list.append(term, detail);
}

function showTip(item, x, y) {
  const op = item.op;
  tip.replaceChildren();
  const title = document.createElement("strong");
  title.textContent = describe(op);
  const facts = document.createElement("dl");
  addFact(facts, "client", op.client);
  addFact(facts, "key", data.keys[op.key]);
  const hasTimes = op.callTime !== null;
  addFact(facts, hasTimes ? "time" : "events", interval(op, hasTimes));
  if (op.line) addFact(facts, "line", number(op.line));
  if (item.place) {
    addFact(facts, "order", `number ${number(item.place)} of its key`);
  }
  if (op === firstIllegal) {
    addFact(facts, "illegal", "no order explains this answer");
  } else if (op.isConflict) {
    addFact(facts, "conflict", "is part of the contradiction");
  }
  tip.append(title, facts);
  tip.hidden = false;
  const room = tip.parentElement.clientWidth;
  tip.style.left = Math.max(4, Math.min(x + 14,
    room - tip.offsetWidth - 8)) + "px";
  tip.style.top = y + 18 + "px";
}

function interval(op, hasTimes) {
  const call = hasTimes ? op.callTime : op.call;
  const ret = hasTimes ? op.retTime : op.ret;
  return op.isPending ? `${number(call)}, never answered`
    : `${number(call)} to ${number(ret)}`;
}

function hideTip() {
  tip.hidden = true;
}

function select(item) {
  state.selected = item;
  const x = toScreen(item.x0);
  if (x < GUTTER || x > state.width - 60) {
    state.left = item.x0 - (state.width - GUTTER) / state.scale / 3;
  }
  const y = RULER + item.lane * LANE - state.top;
  if (y < RULER || y > state.height - LANE) {
    state.top = item.lane * LANE - state.height / 2;
  }
  clampView();
  redraw();
  showTip(item, Math.max(toScreen(item.x0), GUTTER), laneTop(item) + BAR);
}

// In the order of invocation.
function stepOperation(by) {
  const items = state.view.items;
  if (items.length === 0) return;
  const now = items.indexOf(state.selected);
  const next = now < 0 ? (by > 0 ? 0 : items.length - 1) : now + by;
  if (items[next]) select(items[next]);
}

function selectOperation(op) {
  if (state.view.key !== ALL_KEYS && op.key !== state.view.key) {
    chooseKey(op.key);
  }
  const item = state.view.items.find((candidate) => candidate.op === op);
  if (state.scale < 12) {
    state.scale = 24;
    clampView();
  }
  select(item);
  canvas.scrollIntoView({ block: "nearest" });
}

function listEntry(op, label) {
  const entry = document.createElement("li");
  const button = document.createElement("button");
  for (const [tag, name, text] of [["span", "number", label],
    ["span", "who", "client " + op.client], ["code", "", describe(op)]]) {
    const part = document.createElement(tag);
    if (name) part.className = name;
    part.textContent = text;
    button.append(part);
  }
  if (op === firstIllegal) entry.className = "illegal";
  button.addEventListener("click", () => selectOperation(op));
  entry.append(button);
  return entry;
}

const LISTED = 500;

function fillOrder() {
  const list = element("order-list");
  const orders = state.view.order;
  const isOne = state.view.key !== ALL_KEYS;
  const items = isOne && orders.length === 1 ? orders[0] : [];
  const isWhole = isOne && items.length > 0 &&
    items.length >= state.view.items.filter((i) => !i.op.isPending).length;
  const name = isWhole ? "An order that explains every answer"
    : "The longest order that explains a beginning";
  element("order-title").textContent = isOne ? name : "Order";
  const listed = items.slice(-LISTED);
  const cut = items.length - listed.length;
  element("order-note").textContent = !isOne
    ? "Each key has an order of its own; choose one."
    : items.length === 0 ? "None was found for this key."
      : `${number(items.length)} of ${number(state.view.items.length)} ` +
        "operations" + (cut > 0 ? `; the last ${LISTED} are listed` : "");
  list.replaceChildren(...listed.map(
    (item) => listEntry(item.op, number(item.place))));
}

function fillHeader() {
  document.title = data.title + " · " + data.verdict;
  element("badge").textContent = data.verdict;
  element("badge").classList.add(data.verdict);
  element("title").textContent = data.title;
  element("sentence").textContent = data.sentence;
  element("facts").textContent = data.facts;
  element("get-word").textContent = words.get;
  element("put-word").textContent = words.put;
  element("left-out").textContent = data.leftOut;
  element("left-out").hidden = data.leftOut === "";
  element("conflict-section").hidden = conflict.length === 0;
  element("conflict-list").replaceChildren(
    ...conflict.map((op, index) => listEntry(op, String(index + 1))));
  const hasTimes = operations.some((op) => op.callTime !== null);
  element("axis-time").disabled = !hasTimes;
  if (!hasTimes) {
    element("axis-time").title = "This format records an order, no times";
  }
}

function fillKeys() {
  const select = element("key");
  const add = (value, text) => {
    const option = document.createElement("option");
    option.value = String(value);
    option.textContent = text;
    select.append(option);
  };
  const counts = data.keys.map(() => 0);
  for (const op of operations) ++counts[op.key];
  if (data.keys.length > 1) add(ALL_KEYS, `all ${data.keys.length} keys`);
  data.keys.forEach((name, key) => {
    const mark = conflict.some((op) => op.key === key) ? " ● violated" : "";
    add(key, `${name} (${number(counts[key])})${mark}`);
  });
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  readColours();
}

const actions = {
  ArrowLeft: () => panBy(-120, 0),
  ArrowRight: () => panBy(120, 0),
  ArrowUp: () => panBy(0, -LANE),
  ArrowDown: () => panBy(0, LANE),
  PageUp: () => panBy(0, -state.height),
  PageDown: () => panBy(0, state.height),
  Home: () => panBy(-1e12, 0),
  End: () => panBy(1e12, 0),
  "+": () => zoomMiddle(1.5),
  "=": () => zoomMiddle(1.5),
  "-": () => zoomMiddle(1 / 1.5),
  "0": fit,
  c: goToConflict,
  n: () => stepOperation(1),
  p: () => stepOperation(-1),
  "[": () => stepKey(-1),
  "]": () => stepKey(1),
  d: () => element("theme").click(),
  Escape: () => { state.selected = null; hideTip(); redraw(); },
};

function panBy(x, y) {
  state.left += x / state.scale;
  state.top += y;
  clampView();
  hideTip();
  redraw();
}

function listen() {
  document.addEventListener("keydown", (event) => {
    const isInField = event.target.matches("select, input");
    if (isInField || event.ctrlKey || event.metaKey || event.altKey) return;
    const needsCanvas = /^(Arrow|Page|Home|End)/.test(event.key);
    if (needsCanvas && event.target !== canvas) return;
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
  element("key").addEventListener("change",
    (event) => chooseKey(Number(event.target.value)));
  element("axis-events").addEventListener("click", () => chooseAxis("events"));
  element("axis-time").addEventListener("click", () => chooseAxis("time"));
  element("zoom-in").addEventListener("click", () => zoomMiddle(1.5));
  element("zoom-out").addEventListener("click", () => zoomMiddle(1 / 1.5));
  element("zoom-fit").addEventListener("click", fit);
  element("go-conflict").addEventListener("click", goToConflict);
  element("show-order").addEventListener("change", (event) => {
    state.showOrder = event.target.checked;
    redraw();
  });
  element("theme").addEventListener("click", () => {
    setTheme(document.documentElement.dataset.theme === "dark"
      ? "light" : "dark");
    redraw();
  });
  window.addEventListener("resize", () => { layout(); clampView(); redraw(); });
  listenToPointer();
}

function listenToPointer() {
  let drag = null;
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      panBy(event.deltaX || event.deltaY, 0);
    } else {
      zoomAt(event.offsetX, Math.exp(-event.deltaY * 0.0022));
    }
  }, { passive: false });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    drag = { x: event.offsetX, y: event.offsetY, moved: false };
    canvas.classList.add("dragging");
  });
  canvas.addEventListener("pointermove", (event) => {
    const { offsetX: x, offsetY: y } = event;
    if (drag) {
      if (Math.abs(x - drag.x) + Math.abs(y - drag.y) < 3) return;
      panBy(drag.x - x, drag.y - y);
      drag = { x, y, moved: true };
      return;
    }
    const item = itemAt(x, y);
    if (item !== state.hovered) redraw();
    state.hovered = item;
    if (item) showTip(item, x, y);
    else hideTip();
  });
  canvas.addEventListener("pointerup", (event) => {
    const item = drag && !drag.moved && itemAt(event.offsetX, event.offsetY);
    drag = null;
    canvas.classList.remove("dragging");
    if (item) select(item);
  });
  canvas.addEventListener("pointerleave", () => {
    state.hovered = null;
    if (!state.selected) hideTip();
    redraw();
  });
  const look = (event) => {
    const room = state.width - GUTTER - 12;
    const at = (event.offsetX - GUTTER) / room * state.length;
    state.left = at - (state.width - GUTTER) / state.scale / 2;
    clampView();
    redraw();
  };
  overview.addEventListener("pointerdown", look);
  overview.addEventListener("pointermove",
    (event) => { if (event.buttons) look(event); });
}

setTheme(window.matchMedia("(prefers-color-scheme: dark)").matches
  ? "dark" : "light");
fillHeader();
fillKeys();
listen();
chooseKey(conflict.length > 0 ? conflict[0].key
  : data.undecidedKey >= 0 ? data.undecidedKey
    : data.keys.length > 1 ? ALL_KEYS : 0);
