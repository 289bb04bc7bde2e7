// The memory of nodes over time: a curve below the line of each lane, of its
// own scale, from nothing up to the most that the node held.

const UPPER = 0.7;  // the part of a lane above its curve

// Reads what run_data.h describes: curves by lane.
function makeCurves(run) {
  const curves = new Map();
  for (const [lane, letters] of run.memory) {
    const read = new NumberReader(letters);
    const points = [];
    let number = 0;
    let bytes = 0;
    while (!read.isDone()) {
      number += read.next();
      bytes += signed(read.next());
      points.push({ event: eventNumbered(run, number), bytes });
    }
    const most = Math.max(...points.map((point) => point.bytes));
    if (most > 0 && run.last !== null) curves.set(lane, { points, most });
  }
  return curves;
}

// The last event whose number is not above, or else the first.
function eventNumbered(run, number) {
  let low = 0;
  let high = run.list.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (run.list[middle].number <= number) low = middle;
    else high = middle - 1;
  }
  return run.list[low];
}

function showsCurves() {
  return state.showsMemory && state.run.curves.size > 0;
}

// Where the upper part of a lane ends.
function upperHeight() {
  return showsCurves() ? state.lane * UPPER : state.lane;
}

function sizeText(bytes) {
  for (const [unit, size] of [["GB", 1e9], ["MB", 1e6], ["KB", 1e3]]) {
    if (bytes >= size) return (bytes / size).toPrecision(3) + " " + unit;
  }
  return bytes + " B";
}

// What the node of an event held then; null where it is not known.
function memoryAt(event) {
  const curve = state.run.curves.get(event.node);
  const point = curve?.points.findLast(
    (each) => each.event.index <= event.index);
  return point ? point.bytes : null;
}

function drawCurves(context) {
  const height = state.lane - upperHeight() - 4;
  if (!showsCurves() || height < 4) return;
  for (const [lane, curve] of state.run.curves) {
    if (!isRowShown(lane)) continue;
    const bottom = rowTop(state.rows[lane]) + state.lane - 2;
    if (bottom < RULER || bottom - height > state.height) continue;
    drawCurve(context, curve, bottom, height);
  }
}

function drawCurve(context, { points, most }, bottom, height) {
  const { colours } = state;
  const first = toScreen(points[0].event.x);
  const end = Math.min(toScreen(state.length), state.width + 2);
  const place = (bytes) => bottom - bytes / most * height;
  const trace = () => {
    let y = place(points[0].bytes);
    context.lineTo(first, y);
    for (const point of points) {
      const x = toScreen(point.event.x);
      context.lineTo(x, y);
      y = place(point.bytes);
      context.lineTo(x, y);
    }
    context.lineTo(end, y);
  };
  context.fillStyle = context.strokeStyle = colours.memory;
  context.beginPath();
  context.moveTo(first, bottom);
  trace();
  context.lineTo(end, bottom);
  context.globalAlpha = 0.18;
  context.fill();
  context.beginPath();
  trace();
  context.globalAlpha = 0.9;
  context.lineWidth = 1.2;
  context.stroke();
  context.globalAlpha = 1;
}

// The most that each node held, below its name.
function drawPeaks(context) {
  if (!showsCurves() || state.lane < 34) return;
  context.font = '10.5px system-ui, "DejaVu Sans", sans-serif';
  context.textBaseline = "middle";
  context.fillStyle = state.colours.memory;
  for (const [lane, { most }] of state.run.curves) {
    if (!isRowShown(lane)) continue;
    const y = rowTop(state.rows[lane]) + (upperHeight() + state.lane) / 2;
    if (y < RULER + 4 || y > state.height) continue;
    context.fillText("peak " + sizeText(most), 12, y);
  }
}
