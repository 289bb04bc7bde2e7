// What nodes were over time, by the words of their scenario: a band on each lane
// for as long as the same headline holds. One that stands out is filled.

// Reads what run_data.h describes: by lane the spans, each up to the next one,
// and their bands.
function makeStates(run) {
  const states = new Map();
  if (run.last === null) return states;
  const parsed = run.stateWords.map(stateOfWords);
  for (const [lane, number, place] of run.states) {
    if (!states.has(lane)) states.set(lane, { spans: [], bands: [] });
    states.get(lane).spans.push(
      { event: eventNumbered(run, number), what: parsed[place] });
  }
  for (const each of states.values()) each.bands = bandsOf(each.spans);
  return states;
}

function stateOfWords(words) {
  if (words === null) return null;
  const [standsOut, headline, ...rest] = words;
  const facts = [];
  for (let i = 0; i + 1 < rest.length; i += 2) facts.push(rest.slice(i, i + 2));
  return { headline, standsOut: standsOut === 1, facts };
}

// What the node of an event was after it; null where it is not known.
function stateAfter(event) {
  const span = state.run.states.get(event.node)?.spans.findLast(
    (each) => each.event.index <= event.index);
  return span?.what ?? null;
}

// Neighbours of one headline are one band.
function bandsOf(spans) {
  const bands = [];
  for (const { event, what } of spans) {
    const last = bands[bands.length - 1];
    if (last && last.what?.headline === what?.headline) continue;
    if (last) last.end = event;
    bands.push({ begin: event, end: null, what });
  }
  return bands.filter((band) => band.what !== null);
}

function drawStates(context) {
  for (const [lane, { bands }] of state.run.states) {
    if (!isRowShown(lane)) continue;
    const top = rowTop(state.rows[lane]);
    if (top + state.lane < RULER || top > state.height) continue;
    for (const band of bands) drawState(context, lane, band, top);
  }
}

// Above the line of its lane, or below it where operations are above.
function drawState(context, lane, { begin, end, what }, top) {
  const height = upperHeight();
  const isBelow = state.run.lanes[lane].isClient;
  const y = top + height * (isBelow ? 0.74 : 0.26);
  const tall = height * (isBelow ? 0.24 : 0.34);
  const x = Math.max(toScreen(begin.x), state.gutter - 20);
  const right = Math.min(toScreen(end === null ? state.length : end.x),
    state.width + 20);
  const width = right - x - 1;
  if (width < 1 || x > state.width || right < state.gutter) return;
  const { colours } = state;
  context.globalAlpha = what.standsOut ? 0.9 : 0.13;
  context.fillStyle = colours.state;
  roundedRect(context, x, y, width, tall, 4);
  context.fill();
  context.globalAlpha = 1;
  if (width < 24 || tall < 9) return;
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  context.textBaseline = "middle";
  context.fillStyle = what.standsOut ? colours.onbadge : colours.ink;
  const from = Math.max(x, state.gutter) + 5;
  const text = cutToFit(context, what.headline, x + width - from - 3, false);
  if (text !== "") {
    context.fillText(isolated(text), from, y + tall / 2 + 0.5);
  }
}
