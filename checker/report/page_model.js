// The history as the page shows it: operations, axes, and the place of each
// operation in the order that was found. Nothing here draws.

const data = JSON.parse(document.getElementById("data").textContent);
const KIND = ["get", "put", "append", "cas"];
const ALL_KEYS = -1;

const operations = data.operations.map((row, index) => {
  const [id, client, key, kind, answer, call, ret, argument, expected, output,
    line, callTime, retTime] = row;
  return {
    index, id, client, key, kind, answer, call, ret, argument, expected,
    output, line, callTime, retTime,
    isPending: answer === 0,
    isConflict: false,
  };
});
const byId = new Map(operations.map((op) => [op.id, op]));
for (const id of data.conflict) {
  if (byId.has(id)) byId.get(id).isConflict = true;
}
const conflict = data.conflict.filter((id) => byId.has(id))
  .map((id) => byId.get(id));
const firstIllegal = byId.get(data.firstIllegal);

const words = data.isRegister
  ? { get: "read", put: "write", append: "append", cas: "cas" }
  : { get: "get", put: "put", append: "append", cas: "cas" };

function quoted(value) {
  return data.isRegister && value === "" ? "nil" : JSON.stringify(value);
}

function describe(op) {
  const name = words[KIND[op.kind]];
  const answer = op.answer === 1 ? " → " + quoted(op.output)
    : op.answer === 3 ? " → failed" : op.isPending ? " → no answer" : "";
  if (op.kind === 0) return name + answer;
  if (op.kind === 3) {
    return `${name} ${quoted(op.expected)} ⇒ ${quoted(op.argument)}${answer}`;
  }
  return `${name} ${quoted(op.argument)}${answer}`;
}

// The part of the history that is on the screen: one key, or all of them.
// Events are numbered anew, so that no room is lost to what is not shown.
function makeView(key) {
  const shown = operations.filter((op) => key === ALL_KEYS || op.key === key);
  const events = new Map();
  for (const op of shown) {
    events.set(op.call, op.callTime);
    if (!op.isPending) events.set(op.ret, op.retTime);
  }
  const sorted = [...events.keys()].sort((a, b) => a - b);
  const rank = new Map(sorted.map((event, index) => [event, index]));
  const end = sorted.length;
  const items = shown.map((op) => ({
    op,
    lane: 0,
    from: rank.get(op.call),
    to: op.isPending ? end : rank.get(op.ret),
  }));
  const clients = placeInLanes(items);
  const times = sorted.map((event) => events.get(event));
  const view = { key, items, clients, end, times, order: [] };
  placeOrder(view);
  return view;
}

// Gives each operation a lane of its client, and returns the lanes' clients. A
// client that goes on while a call of its own was never answered has another.
function placeInLanes(items) {
  const lanesOf = new Map();
  for (const item of [...items].sort((a, b) => a.from - b.from)) {
    const client = item.op.client;
    if (!lanesOf.has(client)) lanesOf.set(client, []);
    const lanes = lanesOf.get(client);
    let lane = lanes.find((each) => each.until <= item.from);
    if (!lane) {
      lane = { client, items: [] };
      lanes.push(lane);
    }
    lane.until = item.to;
    lane.items.push(item);
  }
  const lanes = [...lanesOf.values()].flat()
    .sort((a, b) => a.client - b.client);
  lanes.forEach((lane, index) => {
    for (const item of lane.items) item.lane = index;
  });
  return lanes.map((lane) => lane.client);
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

function number(value) {
  return value.toLocaleString("en-US");
}
