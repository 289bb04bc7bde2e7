// The runs as the page shows them: their events in arrays, messages, operations
// and outages made of them, and what happened before an event. Nothing here
// draws.

const data = JSON.parse(document.getElementById("data").textContent);

// What events are, by the name of their kind. Kinds that are not named here are
// ticks on their lane.
const MESSAGES = /^(request|reply|message)-/;
const DISK = /^(file|directory|disk|bit|sector|size|name-lost)/;
const OUTAGES = /^(node-(booted|stopped|paused|resumed|slowed)|link-|partition)/;
const ENDS_CALLS =
  /^(request-(sent|refused)|reply-lost|node-stopped|call-failed)$/;
const LOGS = /^(note|logged|scenario-logged)$/;

// The groups that a reader can leave out.
const GROUPS = [["messages", "Messages"], ["operations", "Operations"],
  ["outages", "Outages"], ["disk", "Disk"], ["logs", "Logs"],
  ["other", "Other"]];

function groupOf(kind) {
  if (MESSAGES.test(kind)) return "messages";
  if (kind === "call-failed" || kind === "connection-reset") return "messages";
  if (kind.startsWith("operation-")) return "operations";
  if (DISK.test(kind)) return "disk";
  if (OUTAGES.test(kind)) return "outages";
  return LOGS.test(kind) ? "logs" : "other";
}

const LETTERS =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const DIGITS = new Uint8Array(128);
[...LETTERS].forEach((letter, digit) => {
  DIGITS[letter.charCodeAt(0)] = digit;
});

// Reads the numbers that run_data.h describes, one after the other.
class NumberReader {
  constructor(letters) {
    this.numbers = new Float64Array(letters.length);
    this.count = 0;
    this.at = 0;
    let value = 0;
    let unit = 1;
    for (let i = 0; i < letters.length; ++i) {
      const digit = DIGITS[letters.charCodeAt(i)];
      value += (digit & 31) * unit;
      unit *= 32;
      if (digit >= 32) continue;
      this.numbers[this.count++] = value;
      value = 0;
      unit = 1;
    }
  }
  next() { return this.numbers[this.at++]; }
  // Of a place or a count, which takes less room than other numbers.
  small() { return this.numbers[this.at++] | 0; }
  isDone() { return this.at >= this.count; }
}

function signed(digits) {
  return digits % 2 ? -(digits + 1) / 2 : digits / 2;
}

// An event. Its numbers that are no small ones are kept in arrays of the run,
// because a hundred thousand objects that hold them take long to make.
class RunEvent {
  constructor(run, index, number, words, node) {
    this.run = run;
    this.index = index;
    this.number = number;
    this.words = words;
    this.node = node;
    this.peer = -1;
    this.id = 0;
    this.begin = null;    // the event that it ends
    this.end = null;      // the event that ends it
    this.before = null;   // of the same node
    this.because = null;  // see linkFailures()
    this.text = "";
    this.value = 0;
    this.isShown = true;
  }
  get time() { return this.run.times[this.index]; }
  get x() { return this.run.places[this.index]; }  // on the axis
  get kind() { return this.words.kind; }
  get group() { return this.words.group; }
}

// Reads what run_data.h describes.
function readEvents(run) {
  const read = new NumberReader(run.events);
  const last = { time: 0, number: 0, id: 0, text: -1 };
  const lastOf = run.lanes.map(() => null);
  run.list = [];
  run.times = [];
  while (!read.isDone()) {
    const event = readEvent(run, last, read);
    if (event.node >= 0) {
      event.before = lastOf[event.node];
      lastOf[event.node] = event;
    }
  }
  run.times = Float64Array.from(run.times);
  run.places = new Float64Array(run.list.length);
}

function readEvent(run, last, read) {
  const { list } = run;
  const index = list.length;
  last.time += read.next();
  run.times.push(last.time);
  last.number += read.small();
  const words = run.words[read.small()];
  const node = read.small() - 1;
  const event = new RunEvent(run, index, last.number, words, node);
  list.push(event);
  const back = read.small();
  if (back > 0) {
    const begin = list[index - back];
    event.begin = begin;
    begin.end = event;
    event.id = begin.id;
    event.peer = begin.peer < 0 ? -1 : begin.node;
    event.text = begin.text;
  } else {
    event.peer = read.small() - 1;
    last.id += signed(read.next());
    event.id = last.id;
  }
  const told = read.small();
  if (told === 1) event.text = run.texts[++last.text];
  else if (told > 1) event.text = run.texts[last.text - (told - 2)];
  if (["link-clogged", "link-flaps", "node-slowed"].includes(words.kind)) {
    event.value = read.next();
  }
  return event;
}

function makeRun(source) {
  const run = { ...source, words: source.words.map(([kind, verb, fault]) =>
    ({ kind, verb, fault, group: groupOf(kind),
      message: MESSAGES.test(kind) ? kind.split("-")[1] : null,
      endsCalls: ENDS_CALLS.test(kind) })) };
  run.lanes = source.lanes.map(([name, isClient], place) =>
    ({ name, isClient: isClient === 1, place, isHidden: false }));
  readEvents(run);
  run.last = run.list[run.list.length - 1] ?? null;
  linkFailures(run);
  run.messages = makeMessages(run);
  run.looks = new Set(run.messages.map(lookOf));
  run.operations = makeOperations(run);
  run.operationOf = new Map(
    run.operations.map((operation) => [operation.event.id, operation]));
  run.outages = makeOutages(run);
  run.curves = makeCurves(run);
  run.states = makeStates(run);
  run.orders = makeOrders(run);
  run.violation = violationOf(run);
  return run;
}

// What other nodes did to calls that failed of it, as sim/trace/causal_cone.h
// has it. A deadline that passes needs nobody else.
function linkFailures(run) {
  const calls = new Map();
  const endings = new Map();
  const stops = new Map();
  for (const event of run.list) {
    if (!event.words.endsCalls) continue;
    const { kind } = event;
    if (kind === "request-sent") calls.set(event.id, event);
    else if (kind === "request-refused" || kind === "reply-lost") {
      endings.set(event.id, event);
    } else if (kind === "node-stopped") stops.set(event.node, event);
    else if (kind === "call-failed" &&
        event.words.fault !== "DEADLINE PASSED") {
      const stop = stops.get(event.peer);
      const sent = calls.get(event.id);
      event.because = endings.get(event.id) ??
        (stop && sent && stop.index > sent.index ? stop : null);
    }
  }
}

const LATE_FACTOR = 8;
const STATES = { lost: "lost", unreachable: "unreachable" };

// Late is what took eight times as long as half of the messages, or came when
// nobody waited for it any more.
function makeMessages(run) {
  const messages = [];
  for (const event of run.list) {
    const what = event.words.message;
    if (what === null || event.begin !== null || event.peer < 0) continue;
    const end = event.end;
    const isArrival = what === "delivered" || what === "ignored" ||
      what === "refused";
    messages.push({ event, end, from: event.node, to: event.peer,
      isArrival, isCopy: what === "duplicated",
      state: STATES[what] ?? (isArrival ? stateOf(event)
        : end === null ? "flying" : stateOf(end)) });
  }
  const spans = Float64Array.from(
    messages.filter((each) => each.end !== null),
    (each) => each.end.time - each.event.time).sort();
  run.late = (spans[Math.floor(spans.length / 2)] ?? 0) * LATE_FACTOR;
  for (const each of messages) {
    if (each.state === "arrived" && each.end !== null && run.late > 0 &&
        each.end.time - each.event.time > run.late) {
      each.state = "late";
    }
  }
  return messages;
}

function stateOf(end) {
  if (end.kind.endsWith("-refused")) return "refused";
  return end.kind.endsWith("-ignored") ? "late" : "arrived";
}

function makeOperations(run) {
  const numbers = new Map(run.contradiction.map((id, at) => [id, at + 1]));
  const operations = run.list.filter(
    (event) => event.kind === "operation-called").map((event) => ({
    event, end: event.end, lane: event.node,
    number: numbers.get(event.id) ?? 0, item: null,
    text: `#${event.id} ` +
      (event.end !== null ? event.end.text || event.text : event.text),
  }));
  return operations;
}

// Spans in which a node or all of the network was not as it should be.
function makeOutages(run) {
  const outages = [];
  const open = new Map();
  const begin = (key, event, what, lanes) => {
    end(key, event);
    open.set(key, { event, end: null, what, lanes });
    outages.push(open.get(key));
  };
  const end = (key, event) => {
    const outage = open.get(key);
    if (outage) outage.end = event;
    open.delete(key);
  };
  for (const event of run.list) {
    const { kind, node } = event;
    if (event.group !== "outages") continue;
    const link = event.node + ">" + event.peer;
    if (kind === "node-stopped") {
      for (const each of ["pause", "slow"]) end(each + node, event);
      begin("down" + node, event, "down", [node]);
    } else if (kind === "node-booted") end("down" + node, event);
    else if (kind === "node-paused") {
      begin("pause" + node, event, "paused", [node]);
    } else if (kind === "node-resumed") end("pause" + node, event);
    else if (kind === "node-slowed" && event.value > 0) {
      begin("slow" + node, event, "slow", [node]);
    } else if (kind === "node-slowed") end("slow" + node, event);
    else if (kind === "link-cut") {
      begin("cut" + link, event, "cut", [node, event.peer]);
    } else if (kind === "link-connected") end("cut" + link, event);
    else if (kind === "partitioned") begin("parts", event, "parted", []);
    else if (kind === "partition-healed") end("parts", event);
    else if (kind === "link-clogged" || kind === "link-flaps") {
      const what = kind === "link-clogged" ? "clogged" : "flaps";
      outages.push({ event, end: null, what, lanes: [node],
        until: event.time + event.value });
    }
  }
  return outages;
}

// The answer that contradicts the others, or the end of a run that failed.
function violationOf(run) {
  const wanted = run.contradiction[run.contradiction.length - 1];
  const operation = run.operations.find((each) => each.event.id === wanted);
  return operation ? operation.end ?? operation.event : run.last;
}

// What happened before an event, itself included, as Lamport has it: one walk
// backward, in which each node has reached some event of its own. A partition is
// before all that comes later.
function causesOf(run, event) {
  const causes = new Uint8Array(run.list.length);
  causes[event.index] = 1;
  for (let index = event.index; index >= 0; --index) {
    const { before, begin, because, kind } = run.list[index];
    if (kind === "partitioned" || kind === "partition-healed") {
      causes[index] = 1;
    }
    if (!causes[index]) continue;
    if (because !== null) causes[because.index] = 1;
    if (before !== null) causes[before.index] = 1;
    if (begin !== null) causes[begin.index] = 1;
  }
  return causes;
}

function seconds(time) {
  return (time / 1e9).toFixed(6).replace(/(\d{3})(\d{3})$/, "$1 $2") + " s";
}
function duration(nanoseconds) {
  for (const [unit, size] of [["s", 1e9], ["ms", 1e6], ["us", 1e3]]) {
    if (nanoseconds >= size) {
      return +(nanoseconds / size).toPrecision(4) + " " + unit;
    }
  }
  return nanoseconds + " ns";
}

function laneName(run, place) {
  return place < 0 ? "" : run.lanes[place].name;
}

function describe(run, event) {
  const arrow = event.peer < 0 ? ""
    : (event.begin !== null || /delivered|refused|ignored/.test(event.kind)
      ? " ← " : " → ") + laneName(run, event.peer);
  return event.text + arrow;
}

// In small letters, for the search.
function searchText(run, event) {
  return [laneName(run, event.node), event.words.verb, describe(run, event),
    event.words.fault, event.kind, event.kind.startsWith("operation-")
      ? "#" + event.id : "", ].join(" ").toLowerCase();
}
