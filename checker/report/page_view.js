// Draws the lanes and the overview below them.

const LANE = 34;
const BAR = 20;
const GUTTER = 92;
const RULER = 26;

const canvas = document.getElementById("lanes");
const overview = document.getElementById("overview");

const state = {
  view: null,
  axis: "events",
  showOrder: true,
  left: 0,     // on the axis
  scale: 1,    // pixels for one unit of the axis
  top: 0,      // pixels that are scrolled away
  width: 0,
  height: 0,
  hovered: null,
  selected: null,
  colours: {},
};

function position(at) {
  return axisPosition(state.view, state.axis, at);
}
function toScreen(axisValue) {
  return GUTTER + (axisValue - state.left) * state.scale;
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "card", "ink", "soft", "line", "band", "get",
    "put", "append", "cas", "conflict", "order", "focus", "onbar"]) {
    state.colours[name] = style.getPropertyValue("--" + name).trim();
  }
}

function resize(element, height) {
  const ratio = window.devicePixelRatio || 1;
  const width = element.parentElement.clientWidth;
  element.style.height = height + "px";
  element.width = Math.round(width * ratio);
  element.height = Math.round(height * ratio);
  const context = element.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return width;
}

function layout() {
  const wanted = RULER + state.view.clients.length * LANE + 10;
  state.height = Math.max(150, Math.min(wanted, window.innerHeight * 0.62));
  state.width = resize(canvas, state.height);
  resize(overview, 44);
  state.top = Math.min(state.top, Math.max(0, wanted - state.height));
  prepare();
}

// Everything that depends on the view and the axis alone.
function prepare() {
  for (const item of state.view.items) {
    item.x0 = position(item.from);
    item.x1 = position(item.to);
    if (item.place) item.x = position(item.point);
  }
  state.length = position(state.view.end);
}

let frame = 0;
function redraw() {
  if (frame) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    drawLanes();
    drawOverview();
  });
}

function laneTop(item) {
  return RULER + item.lane * LANE - state.top + (LANE - BAR) / 2 - 2;
}

function isVisible(item) {
  const top = laneTop(item);
  return toScreen(item.x1) >= GUTTER - 2 && toScreen(item.x0) <= state.width &&
    top > -BAR && top < state.height;
}

function drawLanes() {
  const context = canvas.getContext("2d");
  const colours = state.colours;
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.width, state.height);
  drawBands(context);
  context.save();
  context.beginPath();
  context.rect(GUTTER, RULER, state.width - GUTTER, state.height - RULER);
  context.clip();
  drawGrid(context);
  const visible = state.view.items.filter(isVisible);
  const dims = data.conflict.length > 0;
  for (const item of visible) {
    if (!item.op.isConflict) drawBar(context, item, dims ? 0.36 : 0.9);
  }
  if (state.showOrder) drawOrder(context);
  for (const item of visible) {
    if (item.op.isConflict) drawBar(context, item, 1);
  }
  if (state.showOrder) drawPoints(context, visible);
  for (const item of visible) {
    if (item === state.selected || item === state.hovered) {
      drawFrame(context, item, colours.focus, 2);
    }
  }
  context.restore();
  drawRuler(context);
  drawClients(context);
}

function drawBands(context) {
  const first = Math.max(0, Math.floor(state.top / LANE));
  for (let lane = first; lane < state.view.clients.length; ++lane) {
    const y = RULER + lane * LANE - state.top;
    if (y > state.height) break;
    if (lane % 2 === 0) {
      context.fillStyle = state.colours.band;
      context.fillRect(0, y, state.width, LANE);
    }
  }
}

function roundedRect(context, x, y, width, height, radius) {
  const r = Math.min(radius, width / 2, height / 2);
  context.beginPath();
  context.moveTo(x + r, y);
  context.arcTo(x + width, y, x + width, y + height, r);
  context.arcTo(x + width, y + height, x, y + height, r);
  context.arcTo(x, y + height, x, y, r);
  context.arcTo(x, y, x + width, y, r);
  context.closePath();
}

// The rectangle of a bar, cut to what can be seen.
function boxOf(item) {
  const x = Math.max(toScreen(item.x0), GUTTER - 20);
  const right = Math.min(toScreen(item.x1), state.width + 20);
  return { x, y: laneTop(item), width: Math.max(right - x, 3) };
}

function drawBar(context, item, strength) {
  const { x, y, width } = boxOf(item);
  const op = item.op;
  const colour = state.colours[KIND[op.kind]];
  context.globalAlpha = strength * (op.answer === 3 ? 0.55 : op.isPending ? 0.7 : 1);
  if (op.isPending) {
    const fade = context.createLinearGradient(x, 0, x + width, 0);
    fade.addColorStop(0, colour);
    fade.addColorStop(1, "transparent");
    context.fillStyle = fade;
  } else {
    context.fillStyle = colour;
  }
  roundedRect(context, x, y, width, BAR, 4);
  context.fill();
  context.globalAlpha = 1;
  if (op.isConflict) drawFrame(context, item, state.colours.conflict, 2.5);
  if (width > 44) {
    const isPale = strength < 0.5 || op.isPending || op.answer === 3;
    drawLabel(context, item, x, y, width, isPale);
  }
}

function drawFrame(context, item, colour, width) {
  const box = boxOf(item);
  context.strokeStyle = colour;
  context.lineWidth = width;
  roundedRect(context, box.x - 2, box.y - 2, box.width + 4, BAR + 4, 6);
  context.stroke();
}

function drawLabel(context, item, x, y, width, isPale) {
  const from = Math.max(x, GUTTER) + 7;
  const room = x + width - from - 6;
  const letters = Math.floor(room / 6.7);
  if (letters < 3) return;
  const text = describe(item.op);
  context.fillStyle = isPale ? state.colours.ink : state.colours.onbar;
  context.font = '11px ui-monospace, "DejaVu Sans Mono", monospace';
  context.textBaseline = "middle";
  context.fillText(
    text.length <= letters ? text : text.slice(0, letters - 1) + "…",
    from, y + BAR / 2 + 0.5);
}

// On the lower edge of its bar, clear of the label.
function pointOf(item) {
  return [toScreen(item.x), laneTop(item) + BAR];
}

// A line through the points, in the order found; one for each key.
function drawOrder(context) {
  if (state.view.order.length !== 1 || state.scale < 1) return;
  const order = state.view.order[0];
  context.strokeStyle = state.colours.order;
  context.globalAlpha = 0.42;
  context.lineWidth = 1.4;
  context.beginPath();
  let last = null;
  for (const item of order) {
    const [x, y] = pointOf(item);
    const isNear = x >= -50 && x <= state.width + 50;
    if (last && (isNear || last.isNear)) {
      context.moveTo(last.x, last.y);
      context.lineTo(x, y);
    }
    last = { x, y, isNear };
  }
  context.stroke();
  context.globalAlpha = 1;
}

function drawPoints(context, visible) {
  if (state.scale < 1.5) return;  // they would hide everything else
  const isSparse = state.scale > 7;
  for (const item of visible) {
    if (!item.place) continue;
    const [x, y] = pointOf(item);
    context.beginPath();
    context.arc(x, y, isSparse ? 4 : 2.2, 0, 2 * Math.PI);
    context.fillStyle = state.colours.order;
    context.fill();
    if (isSparse) {
      context.strokeStyle = state.colours.card;
      context.lineWidth = 1.5;
      context.stroke();
    }
  }
}

// A step of 1, 2 or 5 times a power of ten that leaves room for its label.
function stepFor(unitsPerPixel) {
  const least = unitsPerPixel * 90;
  const power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-9))));
  for (const factor of [1, 2, 5, 10]) {
    if (power * factor >= least) return Math.max(power * factor, 1);
  }
  return Math.max(power * 10, 1);
}

// Calls `use` with the place and the name of each line of the grid.
function forEachTick(use) {
  const { view } = state;
  const hasTimes = state.axis === "time" && view.times.length > 1;
  const last = view.times.length - 1;
  const span = hasTimes ? (view.times[last] - view.times[0]) / last : 1;
  const step = stepFor(span / state.scale);
  const from = Math.ceil(state.left * span / step) * step;
  for (let at = Math.max(from, 0); toScreen(at / span) <= state.width;
    at += step) {
    use(toScreen(at / span), hasTimes ? "+" + number(at) : number(at));
  }
}

function drawGrid(context) {
  context.fillStyle = state.colours.line;
  forEachTick((x) => context.fillRect(x, RULER, 1, state.height));
}

function drawRuler(context) {
  const { colours } = state;
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.width, RULER);
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  context.textBaseline = "middle";
  forEachTick((x, name) => {
    context.fillStyle = colours.line;
    context.fillRect(x, RULER - 6, 1, 6);
    context.fillStyle = colours.soft;
    if (x + 40 < state.width) context.fillText(name, x + 4, RULER / 2);
  });
  context.fillStyle = colours.line;
  context.fillRect(0, RULER - 1, state.width, 1);
}

function drawClients(context) {
  const { colours, view } = state;
  context.fillStyle = colours.card;
  context.globalAlpha = 0.94;
  context.fillRect(0, 0, GUTTER - 1, state.height);
  context.globalAlpha = 1;
  context.fillStyle = colours.line;
  context.fillRect(GUTTER - 1, 0, 1, state.height);
  context.font = '12px system-ui, "DejaVu Sans", sans-serif';
  context.textBaseline = "middle";
  view.clients.forEach((client, lane) => {
    const y = RULER + lane * LANE - state.top + LANE / 2;
    if (y < RULER + 4 || y > state.height + LANE) return;
    context.fillStyle = colours.soft;
    context.fillText("client " + client, 14, y);
  });
  context.fillStyle = colours.soft;
  context.fillText(state.axis === "time" ? "time" : "event", 14, RULER / 2);
}

// The whole view, one pixel column for many operations.
function drawOverview() {
  const context = overview.getContext("2d");
  const { colours, view } = state;
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.width, 44);
  const room = state.width - GUTTER - 12;
  const scale = room / Math.max(state.length, 1);
  const lane = Math.max(1, 32 / Math.max(view.clients.length, 1));
  context.globalAlpha = 0.45;
  for (const item of view.items) {
    context.fillStyle = colours[KIND[item.op.kind]];
    const y = 6 + (item.lane * lane) % 32;
    context.fillRect(GUTTER + item.x0 * scale, y,
      Math.max((item.x1 - item.x0) * scale, 1), Math.max(lane - 0.5, 1));
  }
  context.globalAlpha = 1;
  context.fillStyle = colours.conflict;
  for (const item of view.items) {
    if (!item.op.isConflict) continue;
    const at = item.op.isPending ? item.x0 : (item.x0 + item.x1) / 2;
    context.fillRect(GUTTER + at * scale - 1.5, 4, 3, 36);
  }
  context.globalAlpha = 1;
  const x = GUTTER + state.left * scale;
  const width = Math.max((state.width - GUTTER) / state.scale * scale, 4);
  context.fillStyle = colours.focus;
  context.globalAlpha = 0.13;
  context.fillRect(x, 2, width, 40);
  context.globalAlpha = 1;
  context.strokeStyle = colours.focus;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, 2.5, width, 39);
  context.fillStyle = colours.soft;
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  context.textBaseline = "middle";
  context.fillText("overview", 14, 22);
}
