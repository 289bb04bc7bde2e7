// The words around the drawing: lists, legend, and what is said of one
// operation.

const LISTED = 500;

function span(call, ret, isOpen, name) {
  return isOpen ? `from ${name(call)}, never answered`
    : `${name(call)} to ${name(ret)}`;
}

function showTip(item, x, y) {
  const { op } = item;
  tip.replaceChildren();
  const title = document.createElement("strong");
  if (op.number > 0) {
    const mark = document.createElement("b");
    mark.textContent = op.number;
    title.append(mark, " ");
  }
  write(title, describe(op));
  const facts = document.createElement("dl");
  addFact(facts, "client", op.client);
  if (data.keys[op.key] !== "") addFact(facts, "key", data.keys[op.key]);
  if (op.callTime !== null) {
    addFact(facts, "time", span(op.callTime, op.retTime, op.isOpen, time));
  }
  addFact(facts, "events", span(op.call, op.ret, op.isOpen, number));
  if (op.line) addFact(facts, "line", number(op.line));
  if (item.place) addFact(facts, "order", `number ${number(item.place)}`);
  if (op === firstIllegal) {
    addFact(facts, "illegal", "no order explains this answer");
  } else if (op.number > 0) {
    addFact(facts, "conflict", "is part of the contradiction");
  }
  tip.append(title, facts);
  tip.hidden = false;
  placeTip(x, y);
}

const rows = [...document.querySelectorAll("#conflict-list tbody tr")];

function rowOf(op) {
  return op && op.number > 0 ? rows[op.number - 1] : null;
}

function markRow(op) {
  for (const row of rows) row.removeAttribute("aria-current");
  const row = rowOf(op);
  row?.setAttribute("aria-current", "true");
  row?.scrollIntoView({ block: "nearest" });
}

function listenToRows() {
  rows.forEach((row, index) => {
    const op = conflict[index];
    row.tabIndex = 0;
    row.title = "Show it";
    row.addEventListener("click", () => selectOperation(op));
    row.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      selectOperation(op);
    });
    const point = (isOver) => {
      state.hovered = isOver
        ? state.view.items.find((item) => item.op === op) ?? null : null;
      redraw();
    };
    row.addEventListener("pointerenter", () => point(true));
    row.addEventListener("pointerleave", () => point(false));
  });
}

function listEntry(op, label) {
  const entry = document.createElement("li");
  const button = document.createElement("button");
  for (const [tag, text] of [["span", label], ["span", "client " + op.client],
    ["code", describe(op)]]) {
    const part = document.createElement(tag);
    write(part, text);
    button.append(part);
  }
  button.addEventListener("click", () => {
    selectOperation(op);
    canvas.scrollIntoView({ block: "nearest" });
  });
  entry.append(button);
  return entry;
}

function fillOrder() {
  const { view } = state;
  element("order-section").hidden = data.order.length === 0 || view.isOnly;
  const isOne = view.key !== ALL_KEYS || data.keys.length === 1;
  const items = isOne && view.order.length === 1 ? view.order[0] : [];
  const isWhole = conflictItems().length === 0 &&
    view.key !== data.undecidedKey && items.length > 0;
  element("order-title").textContent = !isOne ? "Order"
    : isWhole ? "An order that explains every answer"
      : "The longest order that explains a beginning";
  const listed = items.slice(-LISTED);
  const cut = items.length - listed.length;
  element("order-note").textContent = !isOne
    ? "Each key has an order of its own; choose one."
    : items.length === 0 ? "None was found for this key."
      : `${number(items.length)} of ${number(view.items.length)} operations` +
        (cut > 0 ? `; the last ${LISTED} are listed` : "");
  element("order-list").replaceChildren(...listed.map(
    (item) => listEntry(item.op, number(item.place))));
}

function fillKeys() {
  const add = (value, text) => {
    const option = document.createElement("option");
    option.value = String(value);
    option.dir = "ltr";
    option.textContent = text;
    element("key").append(option);
  };
  const counts = data.keys.map(() => 0);
  for (const op of operations) ++counts[op.key];
  if (data.keys.length > 1) {
    add(ALL_KEYS, `all ${number(data.keys.length)} keys`);
  }
  data.keys.forEach((name, key) => {
    const mark = conflict.some((op) => op.key === key) ? " ● violated" : "";
    add(key, `${isolated(name)} (${number(counts[key])})${mark}`);
  });
}

// Names what the page draws, and nothing else.
function fillLegend() {
  const add = (kind, text) => {
    const entry = document.createElement("span");
    const swatch = document.createElement("i");
    entry.className = "legend";
    swatch.className = "swatch " + kind;
    entry.append(swatch, text);
    element("legend").append(entry);
  };
  for (const [name, colour] of data.functions) add("function-" + colour, name);
  const has = (answer) => operations.some((op) => op.answer === answer);
  if (has(FAILED)) add("failed", "failed");
  if (has(UNKNOWN)) add("unknown", "no answer");
  if (conflict.length > 0) add("conflicting", "contradiction");
  if (data.order.length > 0) add("point", "takes effect");
}

// Only what can be done is there.
function fillControls() {
  const { view } = state;
  element("key-label").hidden = data.keys.length < 2;
  element("key").value = String(view.key);
  element("axis").hidden = !hasTimes;
  element("axis-events").setAttribute("aria-pressed", state.axis === "events");
  element("axis-time").setAttribute("aria-pressed", state.axis === "time");
  element("order-label").hidden = data.order.length === 0;
  element("conflict-tools").hidden = conflict.length === 0;
  element("only-conflict").setAttribute("aria-pressed", view.isOnly);
  document.querySelector(".for-conflict").hidden = conflict.length === 0;
  element("view-note").hidden = !view.isOnly;
  if (view.isOnly) {
    const others = operations.filter((op) => op.number === 0).length;
    element("view-note").textContent = "The contradiction alone is drawn, " +
      `without ${number(others)} other operation${others === 1 ? "" : "s"}.`;
  }
}
