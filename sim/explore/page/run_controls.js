// What the reader does: choosing, moving, leaving out, searching. Everything
// that a pointer can do a keyboard can do too.

// After a change of what the diagram shows: `event` stays where it was on the
// screen.
function refreshAround(event) {
  const x = event ? toScreen(event.x) : 0;
  prepare();
  layout();
  clampView();
  hideTip();
  if (event) state.left = event.x - (x - state.gutter) / state.scale;
  clampView();
  redraw();
}

// As refreshAround(), with what is said of it.
function refresh(event) {
  refreshAround(event);
  fillWords();
}

// All that is said around the diagrams of what they show.
function fillWords() {
  fillControls();
  fillList();
  fillLegend();
  fillNotes();
}

function fillControls() {
  element("axis-events").setAttribute("aria-pressed", state.axis === "events");
  element("axis-time").setAttribute("aria-pressed", state.axis === "time");
  element("only-cone").setAttribute("aria-pressed", state.isConeOnly);
  element("only-cone").disabled = state.cone === null;
  element("go-violation").hidden = state.run.contradiction.length === 0;
  element("runs").hidden = drawings.length < 2;
  [...element("runs").children].forEach((button, at) =>
    button.setAttribute("aria-pressed", isChosen(choices()[at])));
  element("show-memory").hidden = diagrams.every(
    (each) => each.run.curves.size === 0);
  element("show-memory").setAttribute("aria-pressed", state.showsMemory);
  for (const button of element("kinds").children) {
    const { group } = button.dataset;
    button.hidden = !diagrams.some(
      ({ run }) => run.words.some((each) => each.group === group));
    button.setAttribute("aria-pressed", !state.hiddenGroups.has(group));
  }
}

function fillNodes() {
  element("node-list").replaceChildren(...state.run.lanes.map((lane) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !lane.isHidden;
    box.addEventListener("change", () => {
      lane.isHidden = !box.checked;
      refresh(state.selected);
    });
    label.append(box);
    write(label, lane.name);
    return label;
  }));
}

function toggleGroup(group) {
  const isHidden = !state.hiddenGroups.has(group);
  setEverywhere(({ hiddenGroups }) => isHidden ? hiddenGroups.add(group)
    : hiddenGroups.delete(group));
}

function toggleMemory() {
  const shows = !state.showsMemory;
  setEverywhere((each) => { each.showsMemory = shows; });
  eachDiagram(() => {
    state.lane = state.laneMost;
    clampView();
    redraw();
  });
}

function chooseAxis(axis) {
  setEverywhere((each) => {
    each.axis = axis;
    each.scaleMost = axis === "time" ? 1e6 : 240;
  });
  eachDiagram(() => { if (state.selected) goTo(state.selected); });
  fillWords();
}

// The distance of a point from a message.
function distanceTo(message, x, y) {
  const { x0, y0, x1, y1 } = segmentOf(message);
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2 || 1;
  const part = Math.min(1, Math.max(0,
    ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
  return Math.hypot(x - x0 - part * (x1 - x0), y - y0 - part * (y1 - y0));
}

// The event that is drawn there: a mark, else a message, else an operation.
function itemAt(x, y) {
  if (x < state.gutter || y < RULER) return null;
  let best = null;
  let bestGap = 7;
  const reach = 7 / state.scale;
  const at = state.left + (x - state.gutter) / state.scale;
  for (let i = firstFrom(at - reach); i < state.shown.length; ++i) {
    const event = state.shown[i];
    if (event.x > at + reach) break;
    if (event.node >= 0 && !isRowShown(event.node)) continue;
    const gap = Math.hypot(toScreen(event.x) - x, lineOf(event.node) - y);
    if (gap < bestGap) [best, bestGap] = [event, gap];
  }
  if (best) return best;
  bestGap = 5;
  for (const message of visibleMessages()) {
    const gap = distanceTo(message, x, y);
    if (gap < bestGap) [best, bestGap] = [message.event, gap];
  }
  if (best) return best;
  const found = visibleOperations().find((operation) => {
    const box = operationBox(operation);
    return x >= box.x && x <= box.x + box.width && y >= box.y &&
      y <= box.y + box.height;
  });
  return found ? found.end ?? found.event : null;
}

// Where details of an event belong on the screen.
function tipAt(event) {
  showTip(event, Math.max(toScreen(event.x), state.gutter),
    isRowShown(event.node) ? lineOf(event.node) : RULER);
}

function select(event) {
  state.selected = event;
  state.cone = causesOf(state.run, event);
  if (state.isConeOnly) prepare();
  const x = toScreen(event.x);
  if (x < state.gutter + 20 || x > state.width - 40) {
    state.left = event.x - roomWidth() / state.scale / 2;
  }
  if (isRowShown(event.node)) {
    const y = lineOf(event.node);
    if (y < RULER + 10 || y > state.height - 10) {
      state.top += y - state.height / 2;
    }
  }
  clampView();
  lightOperationOf(event);
  fillControls();
  fillList();
  redraw();
  tipAt(event);
}

function unselect() {
  state.selected = state.cone = state.lit = null;
  state.isConeOnly = false;
  fillOrder();
  refresh(null);
}

// Chooses an event and comes near it.
function goTo(event) {
  if (!event.isShown) {
    if (state.hiddenGroups.has(event.group)) toggleGroup(event.group);
    state.isConeOnly = false;
    if (event.node >= 0) state.run.lanes[event.node].isHidden = false;
    fillNodes();
    refresh(null);
  }
  if (state.scale < 6) {
    state.scale = Math.max(24, widest());
    state.lane = state.laneMost;
    clampView();
    state.left = event.x - roomWidth() / state.scale / 2;
  }
  select(event);
}

// The next event from the chosen one on that `test` accepts.
function step(by, test) {
  const { shown } = state;
  let at = state.selected && state.selected.isShown
    ? firstFrom(state.selected.x - 1e-9) : by > 0 ? -1 : shown.length;
  while (at >= 0 && at < shown.length && shown[at] !== state.selected &&
      state.selected) ++at;
  for (at += by; at >= 0 && at < shown.length; at += by) {
    if (test(shown[at])) return goTo(shown[at]);
  }
}
const stepEvent = (by) => step(by, () => true);
const stepFault = (by) => step(by, (event) => event.words.fault !== "");
function stepOnNode(by) {
  const node = state.selected?.node;
  step(by, (event) => event.node === node || node === undefined);
}
function goToCause() {
  const event = state.selected;
  const cause = event?.begin ?? event?.before;
  if (cause) goTo(cause);
}

// The contradiction with what is around it, or the end of the run.
function goToViolation() {
  const { run } = state;
  if (run.violation === null) return;
  const involved = run.operations.filter((each) => each.number > 0);
  const ends = involved.flatMap((each) => [each.event, each.end ?? each.event]);
  const places = [run.violation, ...ends].map((event) => event.x);
  const from = Math.min(...places);
  const to = Math.max(...places);
  state.scale = Math.min(roomWidth() / ((to - from) * 1.15 + 4), 40);
  if (involved.length === 0) state.scale = Math.max(state.scale, 8);
  state.lane = state.laneMost;
  clampView();
  state.left = (from + to) / 2 - roomWidth() / state.scale / 2;
  clampView();
  hideTip();
  redraw();
}

function search(text) {
  const words = text.trim().toLowerCase();
  const { run } = state;
  state.matches = words === "" ? [] : run.list.filter(
    (event) => searchText(run, event).includes(words));
  state.isMatch = words === "" ? null : new Uint8Array(run.list.length);
  for (const event of state.matches) state.isMatch[event.index] = 1;
  redraw();
}

function searchAll(text) {
  eachDiagram(() => search(text));
  fillFound();
}

function fillFound() {
  element("found").textContent = state.isMatch === null ? ""
    : number(state.matches.length);
}

function stepMatch(by) {
  const { matches } = state;
  if (matches.length === 0) return;
  const now = state.selected?.index ?? (by > 0 ? -1 : Infinity);
  const next = by > 0 ? matches.find((each) => each.index > now)
    : matches.findLast((each) => each.index < now);
  goTo(next ?? matches[by > 0 ? 0 : matches.length - 1]);
}

function toggleCone() {
  if (state.cone === null) return;
  state.isConeOnly = !state.isConeOnly;
  refresh(state.selected);
  tipAt(state.selected);
}

const actions = {
  ...viewActions,
  ArrowLeft: () => stepEvent(-1),
  ArrowRight: () => stepEvent(1),
  ArrowUp: () => stepOnNode(-1),
  ArrowDown: () => stepOnNode(1),
  PageUp: () => panBy(-roomWidth() * 0.8, 0),
  PageDown: () => panBy(roomWidth() * 0.8, 0),
  b: goToCause,
  c: goToViolation,
  "[": () => stepOrder(-1),
  "]": () => stepOrder(1),
  f: () => stepFault(1),
  F: () => stepFault(-1),
  m: toggleMemory,
  n: () => stepMatch(1),
  o: toggleCone,
  p: () => stepMatch(-1),
  v: stepChoice,
  "/": () => element("search").focus(),
  Escape: unselect,
};

function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const isInField = event.target.matches("select, input");
    if (isInField || event.ctrlKey || event.metaKey || event.altKey) return;
    // Elsewhere these keys scroll the page.
    const needsPlace = /^(Arrow|Page|Home|End)/.test(event.key);
    if (needsPlace && event.target !== canvas) return;
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
}

function listenToSearch() {
  const field = element("search");
  let timer = 0;  // One search for what is typed at once.
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => searchAll(field.value), 60);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") canvas.focus();
    if (event.key !== "Enter") return;
    searchAll(field.value);
    stepMatch(event.shiftKey ? -1 : 1);
  });
}

function addButtons() {
  addChoices();
  for (const [group, name] of GROUPS) {
    const button = document.createElement("button");
    button.textContent = name;
    button.dataset.group = group;
    button.addEventListener("click", () => toggleGroup(group));
    element("kinds").append(button);
  }
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

// Without the clipboard, which a browser may refuse, the text is marked.
function copy(button) {
  const code = button.previousElementSibling;
  window.getSelection().selectAllChildren(code);
  const done = () => { button.textContent = "Copied"; };
  navigator.clipboard?.writeText(code.textContent).then(done, () => {});
}

function listenToTools() {
  const onClick = (id, act) => element(id).addEventListener("click", act);
  onClick("axis-events", () => chooseAxis("events"));
  onClick("axis-time", () => chooseAxis("time"));
  onClick("show-memory", toggleMemory);
  onClick("zoom-in", () => zoomMiddle(1.5));
  onClick("zoom-out", () => zoomMiddle(1 / 1.5));
  onClick("zoom-fit", fit);
  onClick("only-cone", toggleCone);
  onClick("go-violation", goToViolation);
}
