// The history as the page shows it: operations, axes, and the place of each
// operation in the order that was found. Nothing here draws.

const data = JSON.parse(document.getElementById("data").textContent);
const ALL_KEYS = -1;
const UNKNOWN = 0;
const FAILED = 2;

const operations = data.operations.map((row, index) => {
  const [id, client, key, fn, answer, call, ret, callText, output, line,
    callTime = null, retTime = null] = row;
  return {
    index, id, client, key, answer, call, ret, callText, output, line,
    callTime, retTime,
    name: data.functions[fn][0],
    colour: data.functions[fn][1],
    isOpen: ret === null,
    number: 0,  // in the contradiction, from 1 on
  };
});
const byId = new Map(operations.map((op) => [op.id, op]));
const conflict = data.conflict.map((id) => byId.get(id));
conflict.forEach((op, index) => { op.number = index + 1; });
const firstIllegal = byId.get(data.firstIllegal);
const hasTimes = operations.some((op) => op.callTime !== null);

function describe(op) {
  if (op.answer === UNKNOWN) return op.callText + " → no answer";
  if (op.output !== "") return op.callText + " → " + op.output;
  return op.callText + (op.answer === FAILED ? " → failed" : "");
}

// What tells the operation from others of its function.
function valueOf(op) {
  if (op.output !== "") return "→ " + op.output;
  const isNamed = op.callText.startsWith(op.name);
  return (isNamed ? op.callText.slice(op.name.length).trim() : "") ||
    describe(op);
}

// The part of the history that is on the screen: one key or all of them, or
// the contradiction alone. Events are numbered anew, so that no room is lost to
// what is not shown.
function makeView(key, isOnly) {
  const shown = operations.filter((op) => isOnly ? op.number > 0
    : key === ALL_KEYS || op.key === key);
  const timeOf = new Map();
  for (const op of shown) {
    timeOf.set(op.call, op.callTime);
    if (!op.isOpen) timeOf.set(op.ret, op.retTime);
  }
  const events = [...timeOf.keys()].sort((a, b) => a - b);
  const rank = new Map(events.map((event, index) => [event, index]));
  const end = events.length;
  const items = shown.map((op) => ({
    op,
    lane: 0,
    from: rank.get(op.call),
    to: op.isOpen ? end : rank.get(op.ret),
  }));
  const times = events.map((event) => timeOf.get(event));
  const view = { key, isOnly, items, events, end, times, order: [] };
  view.lanes = placeInLanes(items);
  placeOrder(view);
  return view;
}

// Gives each operation a lane of its client, and returns the lanes. A client
// that goes on while a call of its own was never answered has another.
function placeInLanes(items) {
  const lanesOf = new Map();
  for (const item of [...items].sort((a, b) => a.from - b.from)) {
    const client = item.op.client;
    if (!lanesOf.has(client)) lanesOf.set(client, []);
    const lanes = lanesOf.get(client);
    let lane = lanes.find((each) => each.until <= item.from);
    if (!lane) {
      lane = { client, items: [], isInvolved: false };
      lanes.push(lane);
    }
    lane.until = item.to;
    lane.items.push(item);
    lane.isInvolved ||= item.op.number > 0;
  }
  const lanes = [...lanesOf.values()].flat()
    .sort((a, b) => a.client - b.client);
  numberLanes(lanes);
  return lanes;
}

// Puts the clients that contradict each other before the others.
function raiseInvolved(view) {
  view.lanes.sort((a, b) => b.isInvolved - a.isInvolved ||
    a.client - b.client);
  numberLanes(view.lanes);
}

// Gives each operation of the order an instant inside its interval, as early as
// possible; those between the same two events share the room between them.
function placeOrder(view) {
  const itemOf = new Map(view.items.map((item) => [item.op.id, item]));
  let reached = 0;
  let group = [];
  const finish = () => {
    group.forEach((item, index) => {
      item.point = reached + (index + 1) / (group.length + 1);
    });
    group = [];
  };
  let lastKey = null;
  for (const id of data.order) {
    const item = itemOf.get(id);
    if (!item) continue;
    if (item.op.key !== lastKey) {
      finish();
      reached = 0;
      lastKey = item.op.key;
      view.order.push([]);
    }
    if (item.from > reached) {
      finish();
      reached = item.from;
    }
    group.push(item);
    view.order[view.order.length - 1].push(item);
    item.place = view.order[view.order.length - 1].length;
  }
  finish();
}

// Where an instant of the axis of events lies on the axis that is shown.
function axisPosition(view, axis, at) {
  if (axis === "events" || view.times.length < 2) return at;
  const last = view.times.length - 1;
  const before = Math.min(Math.max(Math.floor(at), 0), last);
  const first = view.times[0];
  const time = before === last
    ? view.times[last] + (at - last) * (view.times[last] - first) / last
    : view.times[before] + (at - before) *
      (view.times[before + 1] - view.times[before]);
  return (time - first) / Math.max(view.times[last] - first, 1) * last;
}

function numberLanes(lanes) {
  lanes.forEach((lane, index) => {
    for (const item of lane.items) item.lane = index;
  });
}
// After the first call of all, in the recorder's own unit.
function time(value) {
  return "+" + number(value) + (data.unit ? " " + data.unit : "");
}
