// What the reader does: choosing, moving, looking closer. Everything that a
// pointer can do a keyboard can do too.

// Brings `items` into view, all of them together, with what is around them.
function show(items) {
  const from = Math.min(...items.map((item) => item.x0));
  const to = Math.max(...items.map((item) => Math.min(item.x1,
    item.op.isOpen ? item.x0 + 3 : item.x1)));
  const room = roomWidth();
  state.scale = Math.min(room / Math.max((to - from) * 1.15, 16), 120);
  const lanes = items.map((item) => item.lane);
  const first = Math.min(...lanes);
  const count = Math.max(...lanes) - first + 1;
  state.lane = Math.min(roomHeight() / count, LANE);
  clampView();
  state.left = (from + to) / 2 - room / state.scale / 2;
  state.top = (first + count / 2) * state.lane - roomHeight() / 2;
  clampView();
  hideTip();
  redraw();
}

function conflictItems() {
  return state.view.items.filter((item) => item.op.number > 0);
}

// Whether the operations that contradict each other can all be seen and told
// from what is around them.
function isLegible() {
  return state.lane >= 15 && conflictItems().every((item) => {
    const { x, y, width, height } = boxOf(item);
    return x >= state.gutter && x + Math.min(width, 12) <= state.width &&
      (item.op.isOpen || width >= 10 && x + width <= state.width) &&
      y >= RULER && y + height <= state.height;
  });
}

function setView(view) {
  state.view = view;
  state.hovered = state.selected = null;
  hideTip();
  layout();
  if (roomHeight() < view.lanes.length * LANE) {
    raiseInvolved(view);
    layout();
  }
  fillControls();
  fillOrder();
}

function chooseKey(key) {
  setView(makeView(key, false));
  if (conflictItems().length > 0) show(conflictItems());
  else fit();
}

function showOnlyConflict() {
  setView(makeView(conflict[0].key, true));
  fit();
}

function stepKey(by) {
  const options = [...element("key").options];
  const next = element("key").selectedIndex + by;
  if (options[next]) chooseKey(Number(options[next].value));
}

function goToConflict() {
  if (conflict.length === 0) return;
  if (conflictItems().length < conflict.length) chooseKey(conflict[0].key);
  show(conflictItems());
}

function toggleOnly() {
  if (conflict.length === 0) return;
  if (state.view.isOnly) chooseKey(conflict[0].key);
  else showOnlyConflict();
}

// With what is around the contradiction, if it can be told from that.
function openPage() {
  if (conflict.length > 0) {
    chooseKey(conflict[0].key);
    if (!isLegible()) showOnlyConflict();
  } else {
    chooseKey(data.undecidedKey ?? (data.keys.length > 1 ? ALL_KEYS : 0));
  }
}

function chooseAxis(axis) {
  state.axis = axis;
  fillControls();
  prepare();
  const chosen = state.selected ? [state.selected] : conflictItems();
  if (chosen.length > 0 && !state.view.isOnly) show(chosen);
  else fit();
}

function itemAt(x, y) {
  if (x < state.gutter || y < RULER) return null;
  const lane = Math.floor((y - RULER + state.top) / state.lane);
  let best = null;
  let bestGap = 4;
  for (const item of state.view.items) {
    if (item.lane !== lane) continue;
    const box = boxOf(item);
    const gap = Math.max(box.x - x, x - (box.x + box.width), 0);
    if (gap < bestGap || gap === bestGap && item.op.number > 0) {
      best = item;
      bestGap = gap;
    }
  }
  return best;
}

function select(item) {
  state.selected = item;
  const x = toScreen(item.x0);
  if (x < state.gutter || x > state.width - 60) {
    state.left = item.x0 - roomWidth() / state.scale / 3;
  }
  const y = laneTop(item);
  if (y < RULER || y + barHeight() > state.height) {
    state.top = item.lane * state.lane - roomHeight() / 2;
  }
  clampView();
  markRow(item.op);
  redraw();
  showTip(item, Math.max(toScreen(item.x0), state.gutter),
    laneTop(item) + barHeight());
}

// In the order of invocation.
function stepOperation(by) {
  const { items } = state.view;
  const now = items.indexOf(state.selected);
  const next = now < 0 ? (by > 0 ? 0 : items.length - 1) : now + by;
  if (items[next]) select(items[next]);
}

// In the order of the list.
function stepConflict(by) {
  if (conflict.length === 0) return;
  const now = conflict.indexOf(state.selected?.op);
  const next = now < 0 ? (by > 0 ? 0 : conflict.length - 1) : now + by;
  if (conflict[next]) selectOperation(conflict[next]);
}

function selectOperation(op) {
  const { view } = state;
  const isThere = view.isOnly ? op.number > 0
    : view.key === ALL_KEYS || op.key === view.key;
  if (!isThere) chooseKey(op.key);
  const item = state.view.items.find((candidate) => candidate.op === op);
  if (boxOf(item).width < 12 || state.lane < 15) {
    state.lane = LANE;
    state.scale = Math.max(state.scale, 120 / Math.max(item.x1 - item.x0, 1));
    clampView();
    state.left = item.x0 - roomWidth() / state.scale / 3;
    clampView();
  }
  select(item);
}

const actions = {
  ...viewActions,
  ArrowLeft: () => panBy(-120, 0),
  ArrowRight: () => panBy(120, 0),
  ArrowUp: () => conflict.length > 0 ? stepConflict(-1) : panBy(0, -LANE),
  ArrowDown: () => conflict.length > 0 ? stepConflict(1) : panBy(0, LANE),
  PageUp: () => panBy(0, -state.height),
  PageDown: () => panBy(0, state.height),
  c: goToConflict,
  o: toggleOnly,
  n: () => stepOperation(1),
  p: () => stepOperation(-1),
  "[": () => stepKey(-1),
  "]": () => stepKey(1),
  Escape: () => {
    state.selected = null;
    markRow(null);
    hideTip();
    redraw();
  },
};

function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const isInField = event.target.matches("select, input");
    if (isInField || event.ctrlKey || event.metaKey || event.altKey) return;
    const isInList = event.target.closest("#conflict-list") !== null;
    // Elsewhere these keys scroll the page.
    const needsPlace = /^(Arrow|Page|Home|End)/.test(event.key);
    const isInPlace = event.target === canvas ||
      isInList && /^Arrow(Up|Down)/.test(event.key);
    if (needsPlace && !isInPlace) return;
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
    if (isInList && needsPlace) rowOf(state.selected?.op)?.focus();
  });
}

function listenToTools() {
  const onClick = (id, act) => element(id).addEventListener("click", act);
  element("key").addEventListener("change",
    (event) => chooseKey(Number(event.target.value)));
  onClick("axis-events", () => chooseAxis("events"));
  onClick("axis-time", () => chooseAxis("time"));
  onClick("zoom-in", () => zoomMiddle(1.5));
  onClick("zoom-out", () => zoomMiddle(1 / 1.5));
  onClick("zoom-fit", fit);
  onClick("go-conflict", goToConflict);
  onClick("only-conflict", toggleOnly);
  element("show-order").addEventListener("change", (event) => {
    state.showOrder = event.target.checked;
    redraw();
  });
  listenToWindow();
}
