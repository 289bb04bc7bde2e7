// The words around the drawing: details of an event, the list of events, the
// legend, what is left out.

const LISTED = 60;  // events before and after the chosen one

function showTip(event, x, y) {
  const { run } = state;
  tip.replaceChildren();
  const title = document.createElement("strong");
  const node = laneName(run, event.node);
  write(title, `${node} ${event.words.verb} ${describe(run, event)}`.trim());
  const facts = document.createElement("dl");
  if (event.words.fault !== "") addFault(facts, event.words.fault);
  addFact(facts, "event", number(event.number));
  addFact(facts, "time", seconds(event.time));
  const begin = event.begin;
  if (begin !== null) {
    addFact(facts, event.group === "operations" ? "called" : "sent",
      `event ${number(begin.number)}, ${duration(event.time - begin.time)} ` +
      "before");
  }
  if (event.end !== null) {
    const verb = event.end.words.verb;
    addFact(facts, verb, `event ${number(event.end.number)}, ` +
      `${duration(event.end.time - event.time)} later`);
  }
  if (event.group === "operations") {
    addFact(facts, "operation", event.id);
    addOrderFact(facts, event.id);
    const place = run.contradiction.indexOf(event.id);
    if (place >= 0) {
      addFact(facts, "contradicts",
        `number ${place + 1} of ${run.contradiction.length}`);
    }
  }
  const what = stateAfter(event);
  if (what !== null) {
    addFact(facts, "state", `${node} ${what.headline}`);
    for (const [name, value] of what.facts) addFact(facts, name, value);
  }
  const bytes = memoryAt(event);
  if (bytes !== null) {
    addFact(facts, "memory", `${node} holds about ${sizeText(bytes)}`);
  }
  if (event === state.selected && state.cone) {
    const count = state.cone.reduce((sum, each) => sum + each, 0);
    addFact(facts, "causes", `${number(count - 1)} events happened before it`);
  }
  tip.append(title, facts);
  tip.hidden = false;
  placeTip(x, y);
}

// Where the checker put the operation.
function addOrderFact(facts, id) {
  const item = state.run.operationOf.get(id)?.item ?? null;
  if (item === null) return;
  addFact(facts, "order", item.place > 0 ? `number ${number(item.place)}`
    : "stops here: no order explains this answer");
}

function addFault(list, fault) {
  const term = document.createElement("dt");
  const detail = document.createElement("dd");
  term.textContent = "fault";
  detail.className = "fault";
  detail.textContent = fault;
  list.append(term, detail);
}

// The events around the chosen one, or the last ones.
function fillList() {
  const { run, shown, selected } = state;
  const at = selected && selected.isShown ? shown.indexOf(selected)
    : shown.length - 1;
  const from = Math.max(0, at - LISTED);
  const listed = shown.slice(from, at + LISTED + 1);
  element("list-note").textContent = shown.length === 0 ? "none are shown"
    : `${number(from + 1)} to ${number(from + listed.length)} of ` +
      `${number(shown.length)} that are shown` +
      (diagrams.length > 1 ? `, of the ${run.title} run` : "");
  element("list").replaceChildren(...listed.map((event) => entryOf(run, event)));
  const current = element("list").querySelector("[aria-current]") ??
    element("list").lastElementChild;
  if (current) {
    element("list").scrollTop = current.offsetTop -
      element("list").offsetTop - element("list").clientHeight / 2;
  }
}

function entryOf(run, event) {
  const entry = document.createElement("li");
  const button = document.createElement("button");
  button.tabIndex = -1;
  for (const text of [seconds(event.time), laneName(run, event.node),
    event.words.verb, describe(run, event)]) {
    const part = document.createElement("span");
    write(part, text);
    part.title = text;
    button.append(part);
  }
  const fault = document.createElement("b");
  fault.className = "fault";
  fault.textContent = event.words.fault;
  button.append(fault);
  const own = diagram;
  button.addEventListener("click", () => {
    own.touch();
    goTo(event);
  });
  if (event === state.selected) entry.setAttribute("aria-current", "true");
  else if (state.cone && state.cone[event.index]) entry.className = "before";
  entry.append(button);
  return entry;
}

function swatchOf(look) {
  const swatch = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  swatch.setAttribute("width", 34);
  swatch.setAttribute("height", 12);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M1 6H26" + ({
    arrow: "M26 3l6 3l-6 3z", double: "M26 3l6 3l-6 3zM20 3l6 3l-6 3z",
    hollow: "M26 3l6 3l-6 3z", cross: "M24 2l8 8M24 10l8-8",
    square: "M25 3h6v6h-6z", bar: "M27 1v10", ring: "M26 6a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
  })[look.end]);
  path.setAttribute("stroke", `var(--${look.colour})`);
  path.setAttribute("stroke-width", 1.5);
  path.setAttribute("stroke-dasharray", look.dash.join(" "));
  path.setAttribute("fill", ["arrow", "double", "square"].includes(look.end)
    ? `var(--${look.colour})` : "none");
  swatch.append(path);
  return swatch;
}

// Names what the page draws, and nothing else.
function fillLegend() {
  const shown = diagrams.map((each) => each.run);
  const some = (test) => shown.some(test);
  const add = (sign, text) => {
    const entry = document.createElement("span");
    entry.className = "legend";
    entry.append(sign, text);
    element("legend").append(entry);
  };
  const sign = (text, colour) => {
    const part = document.createElement("b");
    part.textContent = text;
    part.style.color = `var(--${colour})`;
    return part;
  };
  element("legend").replaceChildren();
  for (const look of Object.values(MESSAGE_LOOKS)) {
    if (!some((run) => run.looks.has(look))) continue;
    const isLate = look === MESSAGE_LOOKS.late;
    add(swatchOf(look),
      look.name + (isLate ? ` (over ${lateText(shown)})` : ""));
  }
  const has = (test) => some((run) => run.words.some(test));
  if (some((run) => run.operations.length > 0)) {
    add(sign("▬", "operation"), "operation");
  }
  if (some((run) => run.contradiction.length > 0)) {
    add(sign("①", "conflict"), "contradiction");
  }
  if (some((run) => run.states.size > 0)) {
    add(sign("\u25ac", "state"), "what a node is; filled: it stands out");
  }
  if (some((run) => run.orders.length > 0)) {
    add(sign("●", "order"), "takes effect, in the checker's order");
  }
  if (state.showsMemory && some((run) => run.curves.size > 0)) {
    add(sign("◢", "memory"), "memory of the node");
  }
  for (const [what, look] of Object.entries(LOOKS)) {
    const isOf = (each) => each.what === what;
    if (!some((run) => run.outages.some(isOf))) continue;
    add(sign("▨", look.colour), look.label || "partition");
  }
  if (has((each) => each.group === "disk")) add(sign("|", "disk"), "disk");
  if (has((each) => each.group === "logs")) add(sign("▾", "note"), "log, note");
  if (has((each) => each.kind === "call-failed")) {
    add(sign("○", "fault"), "gives up");
  }
  if (has((each) => each.fault !== "" && each.group !== "messages" &&
      each.group !== "logs")) {
    add(sign("◆", "fault"), "other fault");
  }
}

// From when on messages are late.
function lateText(shown) {
  const times = [...new Set(shown.map((run) => duration(run.late)))];
  return `${times.join(", ")}; or nobody waited`;
}

// "of the minimal run: ", where there are several.
function ofRun(run) {
  return diagrams.length > 1 ? `of the ${run.title} run ` : "";
}

function fillNotes() {
  const parts = [];
  for (const { run } of diagrams) {
    if (run.leftOut > 0) {
      parts.push(`${ofRun(run)}the first ${number(run.leftOut)} of ` +
        `${number(run.leftOut + run.list.length)} events`);
    }
    if (run.untold > 0) {
      parts.push(`${ofRun(run)}what ${number(run.untold)} of the older ` +
        "events were about");
    }
  }
  element("left-out").hidden = parts.length === 0;
  element("left-out").textContent = "So that this page stays small, it leaves " +
    `out ${parts.join(", and ")}.`;
  fillViewNotes();
}

// What of the runs is not drawn as they are looked at now.
function fillViewNotes() {
  const notes = [];
  eachDiagram(() => {
    const { run, shown, undrawn } = state;
    const hidden = run.list.length - shown.length;
    if (hidden > 0) {
      notes.push(`${ofRun(run)}${number(hidden)} events are not shown`);
    }
    if (undrawn > 0) {
      notes.push(`${ofRun(run)}${number(undrawn)} messages are too close to ` +
        "others to be drawn: zoom in");
    }
  });
  element("view-note").textContent = notes.join(" · ");
}
