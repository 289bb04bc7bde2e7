// What is on the screen: which events are shown and where, and the parts of the
// drawing that lie below the messages.

// Pixels; fewer where more lanes have to be seen.
const LANE = 48;
const LANE_WITH_CURVE = 66;

function newState(run) {
  return {
    run,
    view: { lanes: [] },
    axis: "events",
    hiddenGroups: new Set(),
    showsMemory: true,
    isConeOnly: false,
    isPlaced: false,  // It has been shown.
    cone: null,      // of the event that is selected
    order: run.orders[0] ?? null,
    lit: null,       // the entry of the order that is chosen
    matches: [],     // of the search
    isMatch: null,
    left: 0,         // on the axis
    scale: 1,        // pixels for one unit of the axis
    scaleMost: 240,
    top: 0,          // pixels that are scrolled away
    lane: LANE,      // pixels
    laneMost: LANE,
    gutter: 92,
    width: 0,
    height: 0,
    length: 1,
    hovered: null,
    selected: null,
    thin: null,      // what of too many messages is drawn
    undrawn: 0,      // messages that are too close to others
    colours: {},
    overview: null,  // what of it stays as it is while the view moves
  };
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["card", "ink", "soft", "line", "band", "conflict",
    "focus", "onbadge", "onbar", "message", "fault", "late", "copy", "refused",
    "operation", "down", "outage", "note", "disk", "memory", "order",
    "state"]) {
    state.colours[name] = style.getPropertyValue("--" + name).trim();
  }
  state.overview = null;
}

// Whether the reader has left nothing out.
function showsAll() {
  return state.hiddenGroups.size === 0 && !state.isConeOnly &&
    state.run.lanes.every((lane) => !lane.isHidden);
}

// Whether the reader has not left the event out.
function passes(event) {
  const { run } = state;
  if (state.hiddenGroups.has(event.group)) return false;
  if (state.isConeOnly && state.cone && !state.cone[event.index]) return false;
  if (event.node < 0) return true;
  return !run.lanes[event.node].isHidden ||
    event.peer >= 0 && !run.lanes[event.peer].isHidden;
}

// Everything that depends on what is shown and on the axis: events that are not
// shown take no room on the axis of events.
function prepare() {
  const { run } = state;
  const lanes = run.lanes.filter((lane) => !lane.isHidden);
  state.rows = new Int32Array(run.lanes.length).fill(-1);
  lanes.forEach((lane, row) => { state.rows[lane.place] = row; });
  state.view = { lanes };
  state.laneMost = showsCurves() ? LANE_WITH_CURVE : LANE;
  state.shown = [];
  const isAll = showsAll();
  for (const event of run.list) {
    event.isShown = isAll || passes(event);
    run.places[event.index] = state.shown.length + 0.5;
    if (event.isShown) state.shown.push(event);
  }
  state.length = Math.max(state.shown.length, 1);
  if (state.axis === "time" && run.last !== null) {
    const first = run.list[0].time;
    const span = Math.max(run.last.time - first, 1);
    run.times.forEach((time, index) => {
      run.places[index] = (time - first) / span * state.length;
    });
  }
  state.reachOfMessages = reachOf(run.messages, endOf);
  state.reachOfOperations = reachOf(run.operations,
    ({ end }) => end === null ? Infinity : end.x);
  state.thin = null;
  placeOrder(state.order);
  state.overview = null;
}

// As high as all lanes are.
function wantedHeight() {
  return Math.max(140,
    RULER + state.view.lanes.length * state.laneMost + MARGIN);
}

// As high as the lanes want, and not higher than the window has room: what
// another diagram does not want of its share, this one may have.
function layout() {
  const own = diagram;
  const share = (window.innerHeight - 120) / diagrams.length;
  let room = share - OVERVIEW;
  eachDiagram(() => {
    if (diagram !== own) {
      room += Math.max(0, share - OVERVIEW - 30 - wantedHeight());
    }
  });
  state.height = Math.round(Math.min(wantedHeight(), Math.max(room, 260)));
  state.width = resize(canvas, state.height);
  resize(overview, OVERVIEW);
  const context = canvas.getContext("2d");
  context.font = '12px system-ui, "DejaVu Sans", sans-serif';
  const widths = state.run.lanes.map(
    (lane) => context.measureText(lane.name).width);
  const least = showsCurves() ? 76 : 50;
  state.gutter = Math.min(Math.max(least, ...widths) + 24, state.width / 3);
  state.overview = null;
}

function rowTop(row) {
  return RULER + row * state.lane - state.top;
}
// Where the line of a lane is, from which messages leave; -1: it is hidden.
function lineOf(lane) {
  return lane < 0 ? RULER + 6
    : rowTop(state.rows[lane]) + upperHeight() * 0.68;
}
function isRowShown(lane) {
  return lane >= 0 && state.rows[lane] >= 0;
}

// How strongly an event is drawn.
function strengthOf(event) {
  return state.cone && !state.cone[event.index] ? 0.32 : 1;
}

function drawLanes() {
  const context = canvas.getContext("2d");
  const { colours } = state;
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.width, state.height);
  drawRows(context);
  context.save();
  context.beginPath();
  context.rect(state.gutter, RULER, state.width, state.height);
  context.clip();
  drawGrid(context);
  for (const outage of state.run.outages) drawOutage(context, outage);
  drawCurves(context);
  drawLines(context);
  drawStates(context);
  drawOperations(context);
  drawOrder(context);
  drawMessages(context);
  drawTicks(context);
  drawViolation(context);
  drawLit(context);
  drawChosen(context);
  context.restore();
  drawRuler(context);
  drawNames(context);
  drawPeaks(context);
}

function drawRows(context) {
  context.fillStyle = state.colours.band;
  for (let row = 0; row < state.view.lanes.length; row += 2) {
    context.fillRect(0, rowTop(row), state.width, state.lane);
  }
}

function drawLines(context) {
  context.fillStyle = state.colours.soft;
  context.globalAlpha = 0.55;
  for (const lane of state.view.lanes) {
    context.fillRect(state.gutter, lineOf(lane.place) - 0.5, state.width, 1);
  }
  context.globalAlpha = 1;
}

function xOfTime(time) {
  const { run } = state;
  let low = 0;
  let high = run.list.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (run.list[middle].time < time) low = middle + 1;
    else high = middle;
  }
  return run.list[low].x;
}

const LOOKS = {
  down: { colour: "down", strength: 0.3, label: "down", step: 5 },
  paused: { colour: "outage", strength: 0.28, label: "paused", step: 9 },
  slow: { colour: "outage", strength: 0.16, label: "slow", step: 0 },
  clogged: { colour: "outage", strength: 0.2, label: "clogged", step: 0 },
  flaps: { colour: "fault", strength: 0.2, label: "flaps", step: 3 },
  cut: { colour: "fault", strength: 0.16, label: "cut", step: 14 },
  parted: { colour: "fault", strength: 0.1, label: "", step: 22 },
};

// A band on its lanes, or on all of them, told apart by the steps of its
// hatching as well as by its colour and its label.
function drawOutage(context, outage) {
  if (!outage.event.isShown) return;
  const end = outage.until ? xOfTime(outage.until)
    : outage.end === null ? state.length : outage.end.x;
  const x = Math.max(toScreen(outage.event.x), state.gutter - 2);
  const right = Math.min(toScreen(end), state.width + 2);
  if (right < state.gutter || x > state.width) return;
  const look = LOOKS[outage.what];
  const width = Math.max(right - x, 2);
  const lanes = outage.lanes.filter(isRowShown);
  const places = outage.lanes.length === 0
    ? [[RULER, state.view.lanes.length * state.lane - state.top]]
    : lanes.map((lane) => [rowTop(state.rows[lane]) + 2, state.lane - 4]);
  for (const [y, height] of places) {
    fillBand(context, look, x, y, width, height);
    if (width > 46 && state.lane > 20) {
      context.globalAlpha = strengthOf(outage.event);
      context.fillStyle = state.colours[look.colour];
      context.font = 'bold 10.5px system-ui, "DejaVu Sans", sans-serif';
      context.textBaseline = "top";
      const texts = look.label ? [look.label]
        : ["partition " + outage.event.text, "partition"];
      const fitting = texts.find(
        (text) => context.measureText(text).width <= width - 8);
      if (fitting) context.fillText(isolated(fitting), x + 4, y + 3);
    }
  }
  context.globalAlpha = 1;
}

function fillBand(context, look, x, y, width, height) {
  context.fillStyle = context.strokeStyle = state.colours[look.colour];
  context.globalAlpha = look.strength * 0.6;
  context.fillRect(x, y, width, height);
  if (look.step > 0 && width > 3) {
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.beginPath();
    const step = Math.max(look.step, width / 400);
    for (let at = x - height; at < x + width; at += step) {
      context.moveTo(at, y + height);
      context.lineTo(at + height, y);
    }
    context.globalAlpha = look.strength;
    context.lineWidth = 1;
    context.stroke();
    context.restore();
  }
  context.globalAlpha = Math.min(1, look.strength * 2.5);
  context.fillRect(x, y, 1.5, height);
}

function operationBox(operation) {
  const row = state.rows[operation.lane];
  const x = Math.max(toScreen(operation.event.x), state.gutter - 20);
  const end = operation.end === null ? state.length : operation.end.x;
  const right = Math.min(toScreen(end), state.width + 20);
  const height = upperHeight();
  return { x, y: rowTop(row) + height * 0.12,
    width: Math.max(right - x, operation.number > 0 ? 4 : 1),
    height: Math.max(height * 0.38, 1.5) };
}

function isOperationShown(operation) {
  return operation.event.isShown && isRowShown(operation.lane);
}

function visibleOperations() {
  return onScreen(state.run.operations, state.reachOfOperations).filter(
    (operation) => isOperationShown(operation));
}

function drawOperations(context) {
  const ends = new Float64Array(state.run.lanes.length).fill(-1);
  const involved = [];
  for (const operation of visibleOperations()) {
    const box = operationBox(operation);
    const right = box.x + box.width;
    if (right < state.gutter) continue;
    if (operation.number > 0) involved.push([operation, box]);
    // What the last one covers need not be drawn.
    else if (right >= ends[operation.lane] + 0.5) {
      drawOperation(context, operation, box);
      ends[operation.lane] = right;
    }
  }
  for (const [operation, box] of involved) {
    drawOperation(context, operation, box);
    drawBadge(context, operation, box);
  }
}

function drawOperation(context, operation, box) {
  const { colours } = state;
  const isDimmed = state.cone !== null &&
    !state.cone[(operation.end ?? operation.event).index] &&
    !state.cone[operation.event.index];
  context.globalAlpha = isDimmed ? 0.14 : operation.number > 0 ? 1 : 0.24;
  context.fillStyle = operation.number > 0 ? colours.conflict
    : colours.operation;
  if (box.width < 8) {  // many, and round corners take time
    context.fillRect(box.x, box.y, box.width, box.height);
  } else {
    roundedRect(context, box.x, box.y, box.width, box.height, 4);
    context.fill();
  }
  context.globalAlpha = isDimmed ? 0.5 : 1;
  if (box.width > 24 && box.height > 10) {
    const inset = operation.number > 0 ? 24 : 6;
    context.font = "11px " + MONO;
    context.textBaseline = "middle";
    // A contradiction that is dimmed is too pale for light letters.
    context.fillStyle = operation.number > 0 && !isDimmed ? colours.onbadge
      : colours.ink;
    const from = Math.max(box.x, state.gutter) + inset;
    const text = cutToFit(context, operation.text,
      box.x + box.width - from - 4, operation.number > 0);
    if (text !== "") {
      context.fillText(isolated(text), from, box.y + box.height / 2 + 0.5);
    }
  }
  context.globalAlpha = 1;
}

// The number of an operation that contradicts others.
function drawBadge(context, operation, box) {
  const { colours } = state;
  const x = Math.max(box.x, state.gutter) + Math.min(11, box.width / 2);
  const y = box.y + box.height / 2;
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  context.fillStyle = colours.card;
  context.fill();
  context.strokeStyle = colours.conflict;
  context.lineWidth = 2;
  context.stroke();
  context.fillStyle = colours.conflict;
  context.font = 'bold 11px system-ui, "DejaVu Sans", sans-serif';
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(operation.number), x, y + 0.5);
  context.textAlign = "start";
}

// The instant from which on no order explains what clients saw, with its name.
function drawViolation(context) {
  const { run, colours } = state;
  if (run.violation === null || run.contradiction.length === 0) return;
  const x = toScreen(run.violation.x);
  context.strokeStyle = colours.conflict;
  context.lineWidth = 1.5;
  context.setLineDash([6, 4]);
  context.beginPath();
  context.moveTo(x, RULER);
  context.lineTo(x, state.height);
  context.stroke();
  context.setLineDash([]);
  const name = run.contradiction.length > 1 ? "contradiction" : "violation";
  context.font = 'bold 11px system-ui, "DejaVu Sans", sans-serif';
  context.textBaseline = "bottom";
  const width = context.measureText(name).width + 8;
  // On the side where there is room.
  const left = x + width + 3 < state.width ? x + 3 : x - width - 3;
  context.fillStyle = colours.conflict;
  context.fillRect(left, state.height - 18, width, 16);
  context.fillStyle = colours.onbadge;
  context.fillText(name, left + 4, state.height - 4);
}
