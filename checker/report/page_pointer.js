// Mouse, pen and fingers on the drawing: one drags, two pinch.

const pointers = new Map();  // where each that is down was last
let hasMoved = false;

// The middle of the pointers that are down, and how far apart they are.
function grip() {
  const places = [...pointers.values()];
  const mean = (name) => places.reduce((sum, at) => sum + at[name], 0) /
    places.length;
  const [a, b] = places;
  return { x: mean("x"), y: mean("y"),
    apart: b ? Math.max(Math.hypot(a.x - b.x, a.y - b.y), 10) : 0 };
}

function movePointer(event) {
  const { offsetX: x, offsetY: y } = event;
  const last = pointers.get(event.pointerId);
  const isNear = Math.abs(x - last.x) + Math.abs(y - last.y) < 3;
  if (!hasMoved && isNear) return;
  hasMoved = true;
  const before = grip();
  pointers.set(event.pointerId, { x, y });
  const after = grip();
  panBy(before.x - after.x, before.y - after.y);
  if (before.apart) zoomAt(after.x, after.y, after.apart / before.apart);
}

function hover(event) {
  const { offsetX: x, offsetY: y } = event;
  const item = itemAt(x, y);
  if (item !== state.hovered) redraw();
  state.hovered = item;
  if (item) showTip(item, x, y);
  else hideTip();
}

function turnWheel(event) {
  event.preventDefault();
  if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
    panBy(event.deltaX || event.deltaY, 0);
  } else {
    zoomAt(event.offsetX, event.offsetY, Math.exp(-event.deltaY * 0.0022));
  }
}

// For the diagram in use.
function listenToPointers() {
  const own = diagram;
  const listen = (target, name, act, options) => target.addEventListener(name,
    (event) => inDiagram(own, () => act(event)), options);
  // What the reader does there makes the diagram the one in use.
  const touch = (target, name, act, options) => target.addEventListener(name,
    (event) => {
      own.touch();
      inDiagram(own, () => act(event));
    }, options);
  touch(canvas, "wheel", turnWheel, { passive: false });
  touch(canvas, "pointerdown", pressPointer);
  listen(canvas, "pointermove", (event) => {
    if (pointers.has(event.pointerId)) movePointer(event);
    else if (pointers.size === 0) hover(event);
  });
  listen(canvas, "pointerup", (event) => {
    releasePointer(event);
    const item = hasMoved ? null : itemAt(event.offsetX, event.offsetY);
    if (item) select(item);
  });
  listen(canvas, "pointercancel", releasePointer);
  listen(canvas, "pointerleave", () => {
    state.hovered = null;
    if (!state.selected) hideTip();
    redraw();
  });
  touch(overview, "pointerdown", lookThere);
  listen(overview, "pointermove",
    (event) => { if (event.buttons) lookThere(event); });
}

function pressPointer(event) {
  canvas.setPointerCapture(event.pointerId);
  if (pointers.size === 0) hasMoved = false;
  pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
  canvas.classList.add("dragging");
}

function releasePointer(event) {
  pointers.delete(event.pointerId);
  if (pointers.size === 0) canvas.classList.remove("dragging");
}

function lookThere(event) {
  const at = (event.offsetX - state.gutter) / roomWidth() * state.length;
  state.left = at - roomWidth() / state.scale / 2;
  clampView();
  hideTip();
  redraw();
}
