// What every page has that draws lanes over an axis: which part of the axis is
// on the screen and how it moves, text in elements and on a canvas, two colour
// schemes. A page has one diagram or more, and declares drawLanes(),
// readColours() and layout(); these and all that is here mean the one in use.
//
// A diagram has the elements `canvas`, `overview` and `tip`, touch(), which is
// called before the reader does something in it, and a `state`: the fields that
// are used here, `laneMost` among them, the height of a lane in pixels where
// there is room.

document.documentElement.classList.remove("no-script");

const RULER = 26;
const OVERVIEW = 44;
const MARGIN = 12;  // beyond the last event and the last lane
const MONO = '"DejaVu Sans Mono", monospace';

const element = (id) => document.getElementById(id);

let diagrams = [];   // that are on the screen
let diagram = null;  // the one in use, and its parts
let canvas = null;
let overview = null;
let tip = null;
let state = null;

function use(next) {
  diagram = next;
  ({ canvas, overview, tip, state } = next);
}

// Does what is meant for another diagram than the one in use.
function inDiagram(other, act) {
  const before = diagram;
  use(other);
  try {
    return act();
  } finally {
    if (before !== null) use(before);
  }
}

function eachDiagram(act) {
  for (const each of diagrams) inDiagram(each, act);
}

function toScreen(axisValue) {
  return state.gutter + (axisValue - state.left) * state.scale;
}
// The room for bars.
function roomWidth() {
  return Math.max(state.width - state.gutter - MARGIN, 20);
}
function roomHeight() {
  return state.height - RULER - MARGIN;
}

function resize(element, height) {
  const ratio = window.devicePixelRatio || 1;
  const width = element.parentElement.clientWidth;
  element.style.height = height + "px";
  element.width = Math.round(width * ratio);
  element.height = Math.round(height * ratio);
  element.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
  return width;
}

function redraw() {
  const own = diagram;
  own.frame ??= requestAnimationFrame(() => inDiagram(own, drawNow));
}
function drawNow() {
  if (diagram.frame) cancelAnimationFrame(diagram.frame);
  diagram.frame = null;
  if (state.width === 0) return;  // Nobody sees the window.
  drawLanes();
  drawOverview();
}

function widest() {
  return roomWidth() / state.length;
}
function lowest() {
  return Math.min(roomHeight() / state.view.lanes.length, state.laneMost);
}

// Keeps the view over the history.
function clampView() {
  const least = widest();
  state.scale = Math.min(Math.max(state.scale, least),
    Math.max(state.scaleMost, least));
  state.lane = Math.min(Math.max(state.lane, lowest()),
    state.laneMost);
  const most = state.length - roomWidth() / state.scale;
  state.left = Math.max(0, Math.min(state.left, most));
  const hidden = state.view.lanes.length * state.lane - roomHeight();
  state.top = Math.max(0, Math.min(state.top, hidden));
}

function zoomAt(x, y, factor) {
  const under = state.left + (x - state.gutter) / state.scale;
  const lanes = (y - RULER + state.top) / state.lane;
  state.scale *= factor;
  state.lane *= factor;
  clampView();
  state.left = under - (x - state.gutter) / state.scale;
  state.top = lanes * state.lane - (y - RULER);
  clampView();
  hideTip();
  redraw();
}

function zoomMiddle(factor) {
  zoomAt(state.gutter + roomWidth() / 2, RULER + roomHeight() / 2, factor);
}

// All lanes and the whole time.
function fit() {
  state.scale = state.lane = state.left = state.top = 0;
  clampView();
  hideTip();
  redraw();
}

function panBy(x, y) {
  state.left += x / state.scale;
  state.top += y;
  clampView();
  hideTip();
  redraw();
}

// What keys do on every page.
const viewActions = {
  Home: () => panBy(-1e12, 0),
  End: () => panBy(1e12, 0),
  "+": () => zoomMiddle(1.5),
  "=": () => zoomMiddle(1.5),
  "-": () => zoomMiddle(1 / 1.5),
  "0": fit,
  d: () => element("theme").click(),
};

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  eachDiagram(() => { readColours(); redraw(); });
}

const QUOTED = /"(?:[^"\\]|\\.)*("|$)/g;

// Letters that are written from right to left turn nothing beyond their quotes.
function isolated(text) {
  return "\u2066" + text.replace(QUOTED, "\u2066$&\u2069") + "\u2069";
}

const NUMBERS = new Intl.NumberFormat("en-US");
function number(value) {
  return NUMBERS.format(value);
}

function roundedRect(context, x, y, width, height, radius) {
  const r = Math.max(0, Math.min(radius, width / 2, height / 2));
  context.beginPath();
  context.moveTo(x + r, y);
  context.arcTo(x + width, y, x + width, y + height, r);
  context.arcTo(x + width, y + height, x, y + height, r);
  context.arcTo(x, y + height, x, y, r);
  context.arcTo(x, y, x + width, y, r);
  context.closePath();
}

// What a person takes for one character.
const segmenter = new Intl.Segmenter();
function characters(text) {
  return [...segmenter.segment(text)].map((part) => part.segment);
}

// `text` in a room of so many pixels; its middle or its end is left out.
function cutToFit(context, text, room, cutsMiddle) {
  if (context.measureText(text).width <= room) return text;
  const letters = characters(text);
  const cut = (count) => {
    const tail = cutsMiddle ? Math.floor(count * 0.45) : 0;
    return letters.slice(0, count - tail).join("") + "…" +
      letters.slice(letters.length - tail).join("");
  };
  let fits = 0;
  let most = Math.min(letters.length, Math.ceil(room / 3));
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2);
    if (context.measureText(cut(middle)).width <= room) fits = middle;
    else most = middle - 1;
  }
  return fits < 3 ? "" : cut(fits);
}

// Writes `text` so that nothing in its quotes turns what is around them.
function write(parent, text) {
  let done = 0;
  for (const match of text.matchAll(QUOTED)) {
    parent.append(text.slice(done, match.index));
    const part = document.createElement("bdi");
    part.dir = "ltr";
    part.textContent = match[0];
    parent.append(part);
    done = match.index + match[0].length;
  }
  parent.append(text.slice(done));
}

function addFact(list, name, value) {
  const term = document.createElement("dt");
  const detail = document.createElement("dd");
  term.textContent = name;
  write(detail, String(value));
  list.append(term, detail);
}

// Below the operation, or above it where there is more room.
function placeTip(x, y) {
  const room = tip.parentElement.clientWidth;
  tip.style.left = Math.max(4,
    Math.min(x + 14, room - tip.offsetWidth - 8)) + "px";
  const stage = tip.parentElement.getBoundingClientRect();
  const isBelow = stage.top + y + 18 + tip.offsetHeight < window.innerHeight;
  const above = y - tip.offsetHeight - 26;
  const goesAbove = !isBelow && stage.top + above > 0;
  tip.style.top = (goesAbove ? above : y + 18) + "px";
}

function hideTip() {
  tip.hidden = true;
}

// A step of 1, 2 or 5 times a power of ten that leaves room for its label, which
// may have so many letters more than usual.
function stepFor(unitsPerPixel, letters) {
  const least = unitsPerPixel * (90 + 8 * letters);
  const power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-9))));
  for (const factor of [1, 2, 5, 10]) {
    if (power * factor >= least) return Math.max(power * factor, 1);
  }
  return Math.max(power * 10, 1);
}

// The size of the window, its colours, and paper, which is light.
function listenToWindow() {
  element("theme").addEventListener("click", () => setTheme(
    document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  window.addEventListener("resize", () => eachDiagram(() => {
    layout();
    clampView();
    redraw();
  }));
  let theme = "light";
  window.addEventListener("beforeprint", () => {
    theme = document.documentElement.dataset.theme;
    setTheme("light");
    eachDiagram(drawNow);
  });
  window.addEventListener("afterprint", () => setTheme(theme));
}
