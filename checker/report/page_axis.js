// Draws what is around the lanes: the ruler, the clients' names, the overview.

// Calls `use` with the place and the name of each line of the grid.
function forEachTick(use) {
  const { view } = state;
  const isTime = state.axis === "time" && view.times.length > 1;
  const last = view.times.length - 1;
  const first = isTime ? view.times[0] : 0;
  const span = isTime ? Math.max(view.times[last] - first, 1) / last : 1;
  const step = stepFor(span / state.scale, isTime ? data.unit.length : 0);
  const left = first + state.left * span;
  for (let at = Math.ceil(left / step) * step; ; at += step) {
    const x = toScreen((at - first) / span);
    if (x > state.width) return;
    if (isTime) use(x, time(at));
    else if (at < view.end) use(x, number(view.events[at]));
    else return;
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
    if (x + context.measureText(name).width + 6 < state.width) {
      context.fillText(name, x + 4, RULER / 2);
    }
  });
  context.fillStyle = colours.line;
  context.fillRect(0, RULER - 1, state.width, 1);
}

function drawClients(context) {
  const { colours, view } = state;
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.gutter - 1, state.height);
  context.fillStyle = colours.line;
  context.fillRect(state.gutter - 1, 0, 1, state.height);
  context.textBaseline = "middle";
  // Of lanes that are too low, not each has its name.
  const every = Math.max(1, Math.ceil(13 / state.lane));
  view.lanes.forEach((lane, index) => {
    const y = RULER + (index + 0.5) * state.lane - state.top;
    if (index % every !== 0 || y < RULER + 4 || y > state.height + LANE) return;
    const size = Math.min(12, Math.max(9, state.lane * every - 2));
    const weight = lane.isInvolved ? "bold " : "";
    context.font = `${weight}${size}px system-ui, "DejaVu Sans", sans-serif`;
    context.fillStyle = lane.isInvolved ? colours.ink : colours.soft;
    context.fillText(laneName(lane), 12, y);
  });
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.gutter - 1, RULER - 1);
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  context.fillStyle = colours.soft;
  context.fillText(state.axis === "time" ? "time" : "event", 12, RULER / 2);
}

// The whole view, one pixel column for many operations.
function drawWhole() {
  const image = document.createElement("canvas");
  image.width = overview.width;
  image.height = overview.height;
  const context = image.getContext("2d");
  context.setTransform(overview.getContext("2d").getTransform());
  const { colours, view } = state;
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.width, OVERVIEW);
  const scale = roomWidth() / state.length;
  const lane = 32 / view.lanes.length;
  context.globalAlpha = 0.45;
  for (const item of view.items) {
    context.fillStyle = colours.functions[item.op.colour];
    context.fillRect(state.gutter + item.x0 * scale, 6 + item.lane * lane,
      Math.max((item.x1 - item.x0) * scale, 1), Math.max(lane * 0.8, 0.5));
  }
  context.globalAlpha = 1;
  context.fillStyle = colours.conflict;
  for (const item of view.items) {
    if (item.op.number === 0) continue;
    const at = item.op.isOpen ? item.x0 : (item.x0 + item.x1) / 2;
    context.fillRect(state.gutter + at * scale - 1.5, 4, 3, 36);
  }
  context.fillStyle = colours.soft;
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  context.textBaseline = "middle";
  context.fillText("all", 12, 22);
  return image;
}

// The whole view, and which part of it is above.
function drawOverview() {
  state.overview ??= drawWhole();
  const context = overview.getContext("2d");
  context.drawImage(state.overview, 0, 0, state.width, OVERVIEW);
  const scale = roomWidth() / state.length;
  const x = state.gutter + state.left * scale;
  const width = Math.max(roomWidth() / state.scale * scale, 4);
  context.fillStyle = state.colours.focus;
  context.globalAlpha = 0.13;
  context.fillRect(x, 2, width, 40);
  context.globalAlpha = 1;
  context.strokeStyle = state.colours.focus;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, 2.5, width, 39);
}
