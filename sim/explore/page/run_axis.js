// Draws what is around the lanes: the ruler, the names of nodes, the overview.

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

function drawNames(context) {
  const { colours, view } = state;
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.gutter - 1, state.height);
  context.fillStyle = colours.line;
  context.fillRect(state.gutter - 1, 0, 1, state.height);
  context.textBaseline = "middle";
  // Of lanes that are too low, not each has its name.
  const every = Math.max(1, Math.ceil(13 / state.lane));
  view.lanes.forEach((lane, row) => {
    const y = rowTop(row) + state.lane * 0.6;
    if (row % every !== 0 || y < RULER + 4 || y > state.height + LANE) return;
    const size = Math.min(12, Math.max(9, state.lane * every - 2));
    context.font = `${lane.isClient ? "" : "bold "}${size}px system-ui, ` +
      '"DejaVu Sans", sans-serif';
    context.fillStyle = lane.isClient ? colours.soft : colours.ink;
    context.fillText(isolated(cutToFit(context, lane.name, state.gutter - 18,
      true)), 12, y);
  });
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.gutter - 1, RULER - 1);
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  context.fillStyle = colours.soft;
  context.fillText(state.axis === "time" ? "time" : "event", 12, RULER / 2);
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

// The whole run, and which part of it is above.
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
