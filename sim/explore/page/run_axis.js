// What stands around the lanes: lines of the grid, names of nodes, a picture of
// the whole run.

// Calls `use` with the place and the name of each line of the grid.
function forEachTick(use) {
  const { run, shown } = state;
  if (shown.length === 0) return;
  const isTime = state.axis === "time";
  const first = isTime ? run.list[0].time : 0;
  const span = isTime
    ? Math.max(run.last.time - first, 1) / state.length : 1;
  const step = stepFor(span / state.scale, isTime ? 6 : 0);
  const left = first + state.left * span;
  for (let at = Math.ceil(left / step) * step; ; at += step) {
    const x = toScreen((at - first) / span);
    if (x > state.width) return;
    if (isTime) use(x, duration(at));
    else if (at < shown.length) use(x, number(shown[at].number));
    else return;
  }
}

function drawNames(context) {
  drawLaneNames(context, (row) => rowTop(row) + upperHeight() * 0.6,
    (lane) => !lane.isClient,
    (lane) => isolated(cutToFit(context, lane.name, state.gutter - 18, true)));
}

// The whole run, one pixel for many events.
function drawWhole() {
  const image = document.createElement("canvas");
  image.width = overview.width;
  image.height = overview.height;
  const context = image.getContext("2d");
  context.setTransform(overview.getContext("2d").getTransform());
  const { colours, run, view } = state;
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.width, OVERVIEW);
  const scale = roomWidth() / state.length;
  const height = 32 / Math.max(view.lanes.length, 1);
  const width = Math.ceil(state.width) + 1;
  for (const isFault of [false, true]) {
    const taken = new Uint8Array((view.lanes.length + 1) * width);
    context.fillStyle = isFault ? colours.fault : colours.soft;
    context.globalAlpha = isFault ? 0.9 : 0.35;
    for (const event of state.shown) {
      if ((event.words.fault !== "") !== isFault) continue;
      if (!isRowShown(event.node)) continue;
      const x = state.gutter + event.x * scale;
      const pixel = state.rows[event.node] * width + Math.floor(x);
      if (taken[pixel]) continue;
      taken[pixel] = 1;
      context.fillRect(x, 6 + state.rows[event.node] * height, 1,
        Math.max(height * 0.8, 1));
    }
  }
  context.globalAlpha = 1;
  if (run.violation !== null && run.contradiction.length > 0) {
    context.fillStyle = colours.conflict;
    context.fillRect(state.gutter + run.violation.x * scale - 1, 3, 2, 38);
  }
  context.fillStyle = colours.soft;
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  context.textBaseline = "middle";
  context.fillText("all", 12, 22);
  return image;
}
