// What is around the lanes of every page that has them: the grid and the ruler,
// the names of the lanes, the overview. A page declares forEachTick(), which
// calls a function with the place and the name of each line of the grid, and
// drawWhole(), which returns a picture of everything.

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

// All of it, and which part of it is above.
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

// The names of the lanes beside them: the middle of each, whether it stands out,
// and its name, for which the font is set.
function drawLaneNames(context, middleOf, isStrong, nameOf) {
  const { colours, view } = state;
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.gutter - 1, state.height);
  context.fillStyle = colours.line;
  context.fillRect(state.gutter - 1, 0, 1, state.height);
  context.textBaseline = "middle";
  // Of lanes that are too low, not each has its name.
  const every = Math.max(1, Math.ceil(13 / state.lane));
  view.lanes.forEach((lane, row) => {
    const y = middleOf(row);
    if (row % every !== 0 || y < RULER + 4 || y > state.height + state.laneMost) return;
    const size = Math.min(12, Math.max(9, state.lane * every - 2));
    const weight = isStrong(lane) ? "bold " : "";
    context.font = `${weight}${size}px system-ui, "DejaVu Sans", sans-serif`;
    context.fillStyle = isStrong(lane) ? colours.ink : colours.soft;
    context.fillText(nameOf(lane), 12, y);
  });
  context.fillStyle = colours.card;
  context.fillRect(0, 0, state.gutter - 1, RULER - 1);
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  context.fillStyle = colours.soft;
  context.fillText(state.axis === "time" ? "time" : "event", 12, RULER / 2);
}
