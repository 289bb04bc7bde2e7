// The order in which the checker applied the operations: a list beside the
// diagram and a line through the operations, each at an instant inside its
// interval. Partitions, such as keys, have orders of their own; one is chosen.

const ORDERED = 100;  // operations that are listed before and after the one lit

// Reads what run_data.h describes.
function makeOrders(run) {
  return run.orders.map(([name, illegal, leftOut, letters]) => {
    const read = new NumberReader(letters);
    const order = { name, leftOut, items: [], stop: null };
    let id = 0;
    while (!read.isDone()) {
      id += signed(read.next());
      const place = leftOut + order.items.length + 1;
      order.items.push(makeEntry(run, order, id, place));
    }
    if (illegal !== null) order.stop = makeEntry(run, order, illegal, 0);
    return order;
  });
}

// `place`: 0 where the order stops.
function makeEntry(run, order, id, place) {
  const operation = run.operationOf.get(id) ?? null;
  const item = { id, order, operation, place, x: 0 };
  if (operation !== null) operation.item = item;
  return item;
}

// An instant for each, as early as the order allows.
function placeOrder(order) {
  let x = 0;
  for (const item of order?.items ?? []) {
    if (item.operation === null) continue;
    x = Math.max(x, item.operation.event.x);
    item.x = x;
  }
}

function pointOfItem(item) {
  const box = operationBox(item.operation);
  return [toScreen(item.x), box.y + box.height];
}

// From far it would hide everything else.
function drawOrder(context) {
  const { order, colours } = state;
  if (order === null || state.scale < 3 || state.lane < 20) return;
  const right = state.left + state.width / state.scale;
  const items = order.items.filter((item) => item.operation !== null &&
    isOperationShown(item.operation));
  const isNear = (item) => item !== undefined && item.x >= state.left - 20 &&
    item.x <= right + 20;
  const near = items.filter((item, at) => isNear(item) ||
    isNear(items[at - 1]) || isNear(items[at + 1]));
  context.strokeStyle = context.fillStyle = colours.order;
  context.lineWidth = 1.2;
  context.globalAlpha = 0.4;
  context.beginPath();
  near.forEach((item, at) => at === 0 ? context.moveTo(...pointOfItem(item))
    : context.lineTo(...pointOfItem(item)));
  context.stroke();
  context.globalAlpha = 1;
  for (const item of near) {
    context.beginPath();
    context.arc(...pointOfItem(item), 3, 0, 2 * Math.PI);
    context.fill();
  }
}

// The operation that was chosen in the list.
function drawLit(context) {
  const operation = state.lit?.operation;
  if (!operation || !isOperationShown(operation)) return;
  const { x, y, width, height } = operationBox(operation);
  context.strokeStyle = state.colours.focus;
  context.lineWidth = 3;
  roundedRect(context, x - 3, y - 3, width + 6, height + 6, 6);
  context.stroke();
}

// All that can be chosen, in the order of the list.
function entriesOf(order) {
  return order.stop === null ? order.items : [...order.items, order.stop];
}

// Chooses an entry and shows its operation.
function light(item) {
  if (item.operation === null) return;
  goTo(item.operation.end ?? item.operation.event);
}

// The entry of the event's operation becomes the one that is lit, in whichever
// order it stands.
function lightOperationOf(event) {
  const item = event.group === "operations"
    ? state.run.operationOf.get(event.id)?.item ?? null : null;
  if (item !== null && item.order !== state.order) chooseOrder(item.order);
  state.lit = item;
  fillOrder();
}

function stepOrder(by) {
  if (state.order === null) return;
  const entries = entriesOf(state.order);
  const now = entries.indexOf(state.lit);
  const next = now >= 0 ? now + by : by > 0 ? 0 : entries.length - 1;
  if (entries[next]) light(entries[next]);
}

function chooseOrder(order) {
  state.order = order;
  state.lit = null;
  placeOrder(order);
  fillOrder();
  redraw();
}

function noteOf(order) {
  const count = order.leftOut + order.items.length;
  const operations = `${number(count)} operation${count === 1 ? "" : "s"}`;
  const note = order.stop === null
    ? `${operations}, in the order in which the checker applied them.`
    : `${operations} explain what clients saw; then the order stops.`;
  return order.leftOut === 0 ? note
    : `${note} The first ${number(order.leftOut)} are not on this page.`;
}

// The entries around the one that is lit, or the last ones.
function fillOrder() {
  const { order } = state;
  const { side } = diagram;
  side.hidden = order === null;
  if (order === null) return;
  side.querySelector("select").value = String(state.run.orders.indexOf(order));
  const entries = entriesOf(order);
  const at = state.lit ? entries.indexOf(state.lit) : entries.length - 1;
  const from = Math.max(0, at - ORDERED);
  const listed = entries.slice(from, at + ORDERED + 1);
  side.querySelector(".order-note").textContent = noteOf(order) +
    (listed.length < entries.length ? ` ${number(listed.length)} are listed.`
      : "");
  const list = side.querySelector(".order-list");
  list.replaceChildren(...listed.map(orderEntry));
  const current = list.querySelector("[aria-current]") ??
    list.lastElementChild;
  if (current) {
    list.scrollTop = current.offsetTop - list.clientHeight / 2;
  }
}

function orderEntry(item) {
  const own = diagram;
  const { operation } = item;
  const entry = document.createElement("li");
  const button = document.createElement("button");
  const place = document.createElement("span");
  const text = document.createElement("code");
  place.textContent = item.place === 0 ? "✕" : number(item.place);
  write(text, operation === null ? `#${item.id}, not on this page`
    : `${laneName(state.run, operation.lane)} ${operation.text}`);
  text.title = text.textContent;
  button.append(place, text);
  button.disabled = operation === null;
  if (item.place === 0) {
    entry.className = "stop";
    const why = document.createElement("small");
    why.textContent = "Here it stops: no order explains this answer.";
    button.append(why);
  }
  button.addEventListener("click", () => {
    own.touch();
    light(item);
  });
  if (item === state.lit) entry.setAttribute("aria-current", "true");
  entry.append(button);
  return entry;
}

// Where there are several partitions, one of them can be chosen.
function addPartitions() {
  const own = diagram;
  const { orders } = state.run;
  const select = diagram.side.querySelector("select");
  select.hidden = orders.length < 2;
  select.replaceChildren(...orders.map((order, at) => {
    const option = document.createElement("option");
    option.value = String(at);
    option.dir = "ltr";
    const name = order.name === "" ? `history ${at + 1}` : order.name;
    option.textContent = `${isolated(name)} (${number(order.leftOut +
      order.items.length)})${order.stop === null ? "" : " ✕ stops"}`;
    return option;
  }));
  select.addEventListener("change", () => {
    own.touch();
    chooseOrder(orders[Number(select.value)]);
  });
}
