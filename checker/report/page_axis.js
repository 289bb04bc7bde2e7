// What stands around the lanes: lines of the grid, the clients' names, a picture
// of the whole history.

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

function drawClients(context) {
  drawLaneNames(context,
    (row) => RULER + (row + 0.5) * state.lane - state.top,
    (lane) => lane.isInvolved, laneName);
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
