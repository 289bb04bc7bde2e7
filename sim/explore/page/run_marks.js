// Messages as arrows, other events as marks on their lanes, and what is chosen.
// Each kind of message and of mark has a form of its own beside its colour.

const MOST = 1500;  // messages of one look that are drawn at a time

const MESSAGE_LOOKS = {
  arrived: { colour: "message", dash: [], end: "arrow", name: "message" },
  copy: { colour: "copy", dash: [8, 3], end: "double", name: "duplicate" },
  late: { colour: "late", dash: [2, 3], end: "hollow", name: "late" },
  lost: { colour: "fault", dash: [5, 3], end: "cross", name: "lost" },
  refused: { colour: "refused", dash: [], end: "square", name: "refused" },
  unreachable: { colour: "fault", dash: [], end: "bar",
    name: "unreachable" },
  flying: { colour: "message", dash: [1, 4], end: "ring",
    name: "not arrived" },
};

function lookOf(message) {
  if (message.state === "arrived" && message.isCopy) return MESSAGE_LOOKS.copy;
  return MESSAGE_LOOKS[message.state];
}

// From where to where it is drawn; what does not arrive ends on the way.
function segmentOf(message) {
  const x0 = toScreen(message.event.x);
  const y0 = lineOf(message.from);
  const y1 = lineOf(message.to);
  if (message.isArrival) {  // Its sending is not on this page.
    return { x0: x0 - 14, y0: y0 + (y1 - y0) * 0.3, x1: x0, y1: y0 };
  }
  if (message.end !== null) {
    return { x0, y0, x1: toScreen(message.end.x), y1 };
  }
  const part = message.state === "unreachable" ? 0.25 : 0.55;
  const reach = Math.min(Math.max(state.scale * 2, 14), 60);
  return { x0, y0, x1: x0 + reach * part * 1.6, y1: y0 + (y1 - y0) * part };
}

function isMessageShown(message) {
  return isRowShown(message.from) && isRowShown(message.to) &&
    (message.event.isShown || message.end !== null && message.end.isShown);
}

// Where on the axis it has ended, or is drawn to end.
function endOf(message) {
  return message.end === null ? message.event.x + 60 : message.end.x;
}

// Those of `items`, which begin in this order at item.event.x, of which a part
// may be on the screen. `reach[i]`: where the last one of those up to i ends.
function onScreen(items, reach) {
  const left = state.left - 4;
  const right = state.left + state.width / state.scale;
  const from = placeFrom(items.length, (at) => reach[at] >= left);
  const to = placeFrom(items.length, (at) => items[at].event.x > right);
  return items.slice(from, to);
}

// The first of `count` places for which `test` holds, which holds for all later
// ones.
function placeFrom(count, test) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

// See onScreen().
function reachOf(items, endOfItem) {
  const reach = new Float64Array(items.length);
  let most = -Infinity;
  items.forEach((item, at) => {
    most = Math.max(most, endOfItem(item));
    reach[at] = most;
  });
  return reach;
}

function visibleMessages() {
  const left = state.left - 4;
  return onScreen(state.run.messages, state.reachOfMessages).filter(
    (message) => endOf(message) >= left && isMessageShown(message));
}

// Those that are drawn: all that are on the screen, or of more than can be told
// apart a part that stays the same while the view moves.
function drawnMessages() {
  const messages = onScreen(state.run.messages, state.reachOfMessages);
  const isSparse = messages.length <= MOST;
  if (!isSparse && !isThinStill()) state.thin = thinMessages();
  const before = state.undrawn;
  state.undrawn = isSparse ? 0 : state.thin.undrawn;
  if (state.undrawn !== before) fillViewNotes();
  return isSparse ? messages.filter(isMessageShown)
    : onScreen(state.thin.messages, state.thin.reach);
}

function isThinStill() {
  return state.thin !== null && state.thin.scale === state.scale &&
    state.thin.cone === state.cone;
}

// The messages of the whole run that are drawn at this scale.
function thinMessages() {
  const { scale, cone } = state;
  const shown = state.run.messages.filter(isMessageShown);
  const messages = [...groupsOf(shown).values()]
    .flatMap(({ lit, dim }) => [...thinned(lit), ...thinned(dim)])
    .sort((a, b) => a.event.index - b.event.index);
  return { scale, cone, messages, reach: reachOf(messages, endOf),
    undrawn: shown.length - messages.length };
}

// By look, those that happened before the chosen event and the others.
function groupsOf(messages) {
  const groups = new Map(
    Object.values(MESSAGE_LOOKS).map((look) => [look, { lit: [], dim: [] }]));
  for (const message of messages) {
    const { lit, dim } = groups.get(lookOf(message));
    (isInCone(message) ? lit : dim).push(message);
  }
  return groups;
}

// Of messages that lie closer than a pixel, from lane to lane, one; of more
// than can be told apart on a screen, one of several pixels.
function thinned(messages) {
  const share = Math.min(1, widest() / state.scale);  // that is on the screen
  const lanes = state.run.lanes.length;
  let drawn = messages;
  for (let pixels = 1; drawn.length * share > MOST; pixels *= 2) {
    const taken = new Set();
    const unit = state.scale / pixels;
    drawn = drawn.filter(({ event, from, to }) => {
      const place = (Math.floor(event.x * unit) * lanes + from) * lanes + to;
      if (taken.has(place)) return false;
      taken.add(place);
      return true;
    });
  }
  return drawn;
}

function isInCone(message) {
  return state.cone === null ||
    state.cone[(message.end ?? message.event).index] === 1;
}

// Ordinary ones lie below all others.
function drawMessages(context) {
  const messages = drawnMessages();
  for (const [look, { lit, dim }] of groupsOf(messages)) {
    const isPlain = look === MESSAGE_LOOKS.arrived;
    const strength = !isPlain || state.cone ? 1 : lit.length > 700 ? 0.35 : 0.8;
    drawGroup(context, dim, look, isPlain ? 0.2 : 0.34, false);
    drawGroup(context, lit, look, strength, true);
  }
  drawMessageTexts(context, messages);
}

function drawGroup(context, messages, look, strength, isLit) {
  if (messages.length === 0) return;
  const isFine = messages.length > 700;
  context.globalAlpha = strength;
  context.strokeStyle = context.fillStyle = isLit && state.cone &&
    look === MESSAGE_LOOKS.arrived ? state.colours.focus
    : state.colours[look.colour];
  context.lineWidth = look === MESSAGE_LOOKS.arrived ? 1.1 : 1.6;
  context.setLineDash(isFine ? [] : look.dash);
  const segments = messages.map(segmentOf);
  context.beginPath();
  for (const { x0, y0, x1, y1 } of segments) {
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
  }
  context.stroke();
  context.setLineDash([]);
  if (!isFine || look.end === "cross") drawEnds(context, segments, look.end);
  context.globalAlpha = 1;
}

function drawEnds(context, segments, form) {
  const isFilled = ["arrow", "double", "square"].includes(form);
  context.lineWidth = 1.6;
  context.beginPath();
  for (const segment of segments) addEnd(context, segment, form);
  if (isFilled) context.fill();
  else {
    if (form !== "cross" && form !== "bar") {
      const colour = context.fillStyle;
      context.fillStyle = state.colours.card;
      context.fill();
      context.fillStyle = colour;
    }
    context.stroke();
  }
}

function addEnd(context, { x0, y0, x1, y1 }, form) {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const dx = (x1 - x0) / length;
  const dy = (y1 - y0) / length;
  if (form === "cross") {
    context.moveTo(x1 - 4, y1 - 4);
    context.lineTo(x1 + 4, y1 + 4);
    context.moveTo(x1 - 4, y1 + 4);
    context.lineTo(x1 + 4, y1 - 4);
  } else if (form === "bar") {
    context.moveTo(x1 - 5 * dy, y1 + 5 * dx);
    context.lineTo(x1 + 5 * dy, y1 - 5 * dx);
  } else if (form === "ring") {
    context.moveTo(x1 + 3.5, y1);
    context.arc(x1, y1, 3.5, 0, 2 * Math.PI);
  } else if (form === "square") {
    context.rect(x1 - 4, y1 - 4, 8, 8);
  } else {
    addHead(context, x1, y1, dx, dy);
    if (form === "double") addHead(context, x1 - 6 * dx, y1 - 6 * dy, dx, dy);
  }
}

function addHead(context, x, y, dx, dy) {
  context.moveTo(x, y);
  context.lineTo(x - 7 * dx - 3 * dy, y - 7 * dy + 3 * dx);
  context.lineTo(x - 7 * dx + 3 * dy, y - 7 * dy - 3 * dx);
  context.closePath();
}

// What messages carry, where they are few enough, and never one text upon
// another.
function drawMessageTexts(context, messages) {
  if (state.scale < 9 || messages.length > 150 || state.lane < 26) return;
  const taken = [...visibleOperations().map(operationBox),
    ...messages.filter((each) => each.state !== "arrived").map(endBox)];
  context.font = "10.5px " + MONO;
  context.textBaseline = "middle";
  const urgent = messages.filter((each) => each.state !== "arrived");
  for (const message of [...urgent,
    ...messages.filter((each) => each.state === "arrived")]) {
    if (message.event.text === "" || !isInCone(message)) continue;
    const { x0, y0, x1, y1 } = segmentOf(message);
    const text = cutToFit(context, message.event.text,
      Math.min(230, Math.max(60, state.scale * 9)), true);
    if (text === "") continue;
    const width = context.measureText(text).width + 6;
    const box = { x: (x0 + x1) / 2 + 5, y: (y0 + y1) / 2 - 7, width,
      height: 14 };
    if (box.x < state.gutter || taken.some((each) => overlap(each, box))) {
      continue;
    }
    taken.push(box);
    context.globalAlpha = 0.85;
    context.fillStyle = state.colours.card;
    context.fillRect(box.x, box.y, box.width, box.height);
    context.globalAlpha = 1;
    context.fillStyle = state.colours[lookOf(message).colour];
    context.fillText(isolated(text), box.x + 3, box.y + 7.5);
  }
}

// Where the sign at the end of a message is.
function endBox(message) {
  const { x1, y1 } = segmentOf(message);
  return { x: x1 - 6, y: y1 - 6, width: 12, height: 12 };
}

function overlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width &&
    a.y < b.y + b.height && b.y < a.y + a.height;
}

// The part of the events that are shown which is on the screen.
function visibleEvents() {
  const from = firstFrom(state.left - 1);
  const to = firstFrom(state.left + state.width / state.scale + 1);
  return [from, to];
}
function firstFrom(x) {
  return placeFrom(state.shown.length, (at) => state.shown[at].x >= x);
}

// At most one mark on each pixel of a lane, a fault before others.
function drawTicks(context) {
  const [from, to] = visibleEvents();
  const rows = state.view.lanes.length + 1;
  const width = Math.ceil(state.width) + 1;
  const taken = new Uint8Array(rows * width);
  for (let at = from; at < to; ++at) {
    const event = state.shown[at];
    if (event.node >= 0 && !isRowShown(event.node)) continue;
    const x = toScreen(event.x);
    if (x < state.gutter - 8) continue;
    const row = event.node < 0 ? rows - 1 : state.rows[event.node];
    const pixel = row * width + Math.max(0, Math.floor(x));
    const isFault = event.words.fault !== "" || isMatch(event);
    if (taken[pixel] > (isFault ? 1 : 0)) continue;
    taken[pixel] = isFault ? 2 : 1;
    drawTick(context, event, x, lineOf(event.node));
  }
  context.globalAlpha = 1;
}

function isMatch(event) {
  return state.isMatch !== null && state.isMatch[event.index] === 1;
}

function drawTick(context, event, x, y) {
  const { colours } = state;
  const isFault = event.words.fault !== "";
  context.globalAlpha = strengthOf(event);
  if (isMatch(event)) {
    context.fillStyle = colours.focus;
    context.globalAlpha = 0.9;
    context.fillRect(x - 2, y - 12, 4, 24);
    context.globalAlpha = 1;
  }
  if (event.group === "messages") {
    context.fillStyle = colours.soft;
    context.fillRect(x - 0.75, y - 2, 1.5, 4);
    if (event.kind === "call-failed") ring(context, x, y, colours.fault);
    if (event.kind === "connection-reset") {
      diamond(context, x, y, colours.fault);
    }
  } else if (event.group === "logs") {
    const colour = isFault ? colours.fault : colours.note;
    triangle(context, x, event.node < 0 ? y + 4 : y - 9, colour);
  } else if (isFault) {
    diamond(context, x, y, event.group === "outages" ? colours.outage
      : colours.fault);
  } else {
    context.fillStyle = event.group === "disk" ? colours.disk
      : event.group === "operations" ? colours.operation : colours.soft;
    context.fillRect(x - 0.75, y - 4, 1.5, 8);
  }
}

function ring(context, x, y, colour) {
  context.beginPath();
  context.arc(x, y, 3.5, 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.stroke();
}
function diamond(context, x, y, colour) {
  context.beginPath();
  context.moveTo(x, y - 6);
  context.lineTo(x + 5, y);
  context.lineTo(x, y + 6);
  context.lineTo(x - 5, y);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}
function triangle(context, x, y, colour) {
  context.beginPath();
  context.moveTo(x - 3.5, y - 5);
  context.lineTo(x + 3.5, y - 5);
  context.lineTo(x, y + 2);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}

// The event under the pointer, and the chosen one across all lanes.
function drawChosen(context) {
  const { colours } = state;
  for (const event of [state.hovered, state.selected]) {
    if (!event || !event.isShown) continue;
    const x = toScreen(event.x);
    const y = isRowShown(event.node) ? lineOf(event.node) : lineOf(-1);
    context.strokeStyle = colours.focus;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 7, 0, 2 * Math.PI);
    context.stroke();
    if (event !== state.selected) continue;
    context.globalAlpha = 0.35;
    context.fillStyle = colours.focus;
    context.fillRect(x - 0.5, RULER, 1, state.height);
    context.globalAlpha = 1;
  }
}
