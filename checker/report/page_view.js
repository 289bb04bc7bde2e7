// What is on the screen, and how it is drawn: lanes, bars, order, ruler.

const LANE = 34;  // pixels; fewer where more lanes have to be seen

use({
  canvas: element("lanes"),
  overview: element("overview"),
  tip: element("tip"),
  frame: null,
  touch() {},
  state: {
    view: null,
    axis: "events",
    showOrder: true,
    left: 0,     // on the axis
    scale: 1,    // pixels for one unit of the axis
    top: 0,      // pixels that are scrolled away
    lane: LANE,  // pixels
    laneMost: LANE,
    scaleMost: 400,
    gutter: 92,
    width: 0,
    height: 0,
    hovered: null,
    selected: null,
    colours: {},
    overview: null,  // what of it stays as it is while the view moves
  },
});
diagrams = [diagram];

function position(at) {
  return axisPosition(state.view, state.axis, at);
}
function barHeight() {
  return Math.max(state.lane * 0.6, Math.min(state.lane, 1));
}
function laneTop(item) {
  return RULER + item.lane * state.lane - state.top +
    (state.lane - barHeight()) / 2;
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue("--" + name).trim();
  for (const name of ["card", "ink", "soft", "line", "band", "conflict",
    "order", "focus", "onbar", "onbadge"]) {
    state.colours[name] = read(name);
  }
  state.colours.functions = [0, 1, 2, 3, 4, 5, 6, 7]
    .map((index) => read("function-" + index));
  state.colours.faint = Number(read("faint"));
  state.overview = null;
}

// As high as the lanes want, and not higher than the window has room.
function layout() {
  const wanted = RULER + state.view.lanes.length * LANE + MARGIN;
  const above = canvas.getBoundingClientRect().top + window.scrollY;
  const below = window.innerHeight - above - OVERVIEW - 16;
  const least = window.innerWidth < 720 ? 200 : 280;
  state.height = Math.round(Math.max(120,
    Math.min(wanted, Math.max(below, least))));
  state.width = resize(canvas, state.height);
  resize(overview, OVERVIEW);
  const context = canvas.getContext("2d");
  context.font = '12px system-ui, "DejaVu Sans", sans-serif';
  const names = state.view.lanes.map((lane) => laneName(lane).length);
  const longest = "0".repeat(Math.max(5, ...names));
  state.gutter = Math.min(context.measureText(longest).width + 22,
    state.width / 3);
  prepare();
}

function laneName(lane) {
  return (state.width < 600 ? "" : "client ") + lane.client;
}

// Everything that depends on the view and the axis alone.
function prepare() {
  for (const item of state.view.items) {
    item.x0 = position(item.from);
    item.x1 = position(item.to);
    if (item.place) item.x = position(item.point);
  }
  state.length = Math.max(position(state.view.end), 1e-9);
  state.overview = null;
}

// The rectangle of a bar, cut to what can be seen.
function boxOf(item) {
  const x = Math.max(toScreen(item.x0), state.gutter - 20);
  const right = Math.min(toScreen(item.x1), state.width + 20);
  const least = item.op.number > 0 ? 4 : 1.5;
  return { x, y: laneTop(item), width: Math.max(right - x, least),
    height: barHeight() };
}

function isVisible(item) {
  const top = laneTop(item);
  return toScreen(item.x1) >= state.gutter - 2 &&
    toScreen(item.x0) <= state.width && top > -LANE && top < state.height;
}

function drawLanes() {
  const context = canvas.getContext("2d");
  const { colours, view } = state;
  context.globalAlpha = 1;
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.width, state.height);
  drawBands(context);
  context.save();
  context.beginPath();
  context.rect(state.gutter, RULER, state.width, state.height);
  context.clip();
  drawGrid(context);
  const visible = view.items.filter(isVisible);
  const others = visible.filter((item) => item.op.number === 0);
  const involved = visible.filter((item) => item.op.number > 0);
  for (const item of others) drawBar(context, item, conflict.length > 0);
  if (state.showOrder) drawOrder(context);
  for (const item of involved) drawBar(context, item, false);
  drawNumbers(context, involved);
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
  const { lanes } = state.view;
  if (state.lane < 4) return;
  const first = Math.max(0, Math.floor(state.top / state.lane));
  for (let index = first; index < lanes.length; ++index) {
    const y = RULER + index * state.lane - state.top;
    if (y > state.height) break;
    if (index % 2 === 0) {
      context.fillStyle = state.colours.band;
      context.fillRect(0, y, state.width, state.lane);
    }
  }
}

function drawBar(context, item, isDimmed) {
  const { x, y, width, height } = boxOf(item);
  const { op } = item;
  const { colours } = state;
  const colour = colours.functions[op.colour];
  const isPale = isDimmed || op.answer !== 1;
  context.globalAlpha = isPale ? colours.faint : 1;
  context.fillStyle = colour;
  if (op.isOpen && width > 8) {
    const fade = context.createLinearGradient(x, 0, x + width, 0);
    fade.addColorStop(0, colour);
    fade.addColorStop(1, "transparent");
    context.fillStyle = fade;
  }
  if (width < 8) {  // many, and round corners take time
    context.fillRect(x, y, width, height);
  } else {
    roundedRect(context, x, y, width, height, 4);
    context.fill();
  }
  context.globalAlpha = 1;
  if (op.answer === FAILED) {
    context.setLineDash([3, 2]);
    drawFrame(context, item, colour, 1, 0);
    context.setLineDash([]);
  }
  if (op.number > 0) drawFrame(context, item, colours.conflict, 2.5);
  const inset = op.number > 0 ? 24 : 7;
  if (isWideEnough(context, op, width) && state.lane >= 15) {
    const from = Math.max(x, state.gutter) + inset;
    context.fillStyle = isPale ? colours.ink : colours.onbar;
    drawLabel(context, op, from, y + height / 2, x + width - from - 6);
  }
}

// Whether the text is written into the bar; of the contradiction it stands
// beside it otherwise.
function isWideEnough(context, op, width) {
  if (op.number === 0 || width > 110) return width > 44;
  context.font = "11.5px " + MONO;
  return width - 30 >= context.measureText(valueOf(op)).width;
}

function drawFrame(context, item, colour, lineWidth, gap = 2) {
  const { x, y, width, height } = boxOf(item);
  context.strokeStyle = colour;
  context.lineWidth = lineWidth;
  roundedRect(context, x - gap, y - gap, width + 2 * gap, height + 2 * gap,
    4 + gap);
  context.stroke();
}

// As much as fits: the colour says which function it is, the value is said
// nowhere else.
function labelFor(context, op, room) {
  const whole = describe(op);
  if (context.measureText(whole).width <= room) return whole;
  return cutToFit(context, valueOf(op), room, op.number > 0);
}

function drawLabel(context, op, x, y, room) {
  if (room < 20) return;
  context.font = "11.5px " + MONO;
  const text = labelFor(context, op, room);
  if (text !== "") drawText(context, text, x, y, room);
}

function drawText(context, text, x, y, room) {
  context.textBaseline = "middle";
  context.direction = "ltr";
  context.save();
  context.beginPath();  // Marks may be stacked high upon a letter.
  context.rect(x, y - state.lane / 2, room + 4, state.lane);
  context.clip();
  context.fillText(isolated(text), x, y + 0.5);
  context.restore();
}

// The numbers that the operations have in the list above, where they do not
// cover each other, and their texts beside bars that are too narrow for them.
function drawNumbers(context, involved) {
  if (state.lane < 9) return;
  const ends = new Map();  // of what was drawn last in a lane
  for (const item of involved) {
    const { x, y, width, height } = boxOf(item);
    const half = Math.max(Math.min(16, state.lane * 0.8) / 2,
      String(item.op.number).length * 4 + 1);
    const isNarrow = !isWideEnough(context, item.op, width);
    const centre = isNarrow ? x + Math.min(width / 2, 12)
      : Math.max(x, state.gutter) + 12;
    if (centre - half < (ends.get(item.lane) ?? -Infinity)) continue;
    const end = isNarrow && state.lane >= 15
      ? drawBeside(context, item, ends.get(item.lane) ?? state.gutter) : 0;
    ends.set(item.lane, Math.max(end, centre + half, x + width));
    drawNumber(context, item.op.number, centre, y + height / 2, half);
  }
}

function drawNumber(context, name, centre, middle, half) {
  const size = Math.min(16, state.lane * 0.8);
  roundedRect(context, centre - half, middle - size / 2, 2 * half, size,
    size / 2);
  context.fillStyle = state.colours.conflict;
  context.fill();
  context.fillStyle = state.colours.onbadge;
  context.font = `bold ${Math.min(11, size - 4)}px "DejaVu Sans", sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(name, centre, middle + 0.5);
  context.textAlign = "start";
}

// Behind the bar, or before it where there is more room after `begin`. Returns
// where the text ends.
function drawBeside(context, item, begin) {
  const box = boxOf(item);
  const next = state.view.items
    .filter((other) => other.lane === item.lane && other.op.number > 0 &&
      other.from > item.from)
    .reduce((least, other) => Math.min(least, toScreen(other.x0)),
      state.width);
  const behind = Math.min(next - box.x - box.width - 30, 320);
  const before = Math.min(box.x - begin - 20, 200);
  const room = Math.max(behind, before);
  if (room < 30) return 0;
  context.font = "11.5px " + MONO;
  const text = cutToFit(context, valueOf(item.op), room, true);
  if (text === "") return 0;
  const width = context.measureText(text).width + 1;
  const isBehind = room === behind || behind >= width;
  const x = isBehind ? box.x + box.width + 14 : box.x - width - 12;
  context.globalAlpha = 0.94;
  context.fillStyle = state.colours.card;
  context.fillRect(x - 4, box.y, width + 8, box.height);
  context.globalAlpha = 1;
  context.fillStyle = state.colours.ink;
  drawText(context, text, x, box.y + box.height / 2, width);
  return x + width;
}

// On the lower edge of its bar, clear of the label.
function pointOf(item) {
  return [toScreen(item.x), laneTop(item) + barHeight()];
}

// A line through the points, in the order found; one for each key.
function drawOrder(context) {
  if (state.view.order.length !== 1 || state.scale < 1) return;
  context.strokeStyle = state.colours.order;
  context.globalAlpha = 0.42;
  context.lineWidth = 1.4;
  context.beginPath();
  let last = null;
  for (const item of state.view.order[0]) {
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
  const isSparse = state.scale > 7 && state.lane >= 15;
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
