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

function listenToPointers() {
  canvas.addEventListener("wheel", turnWheel, { passive: false });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    if (pointers.size === 0) hasMoved = false;
    pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    canvas.classList.add("dragging");
  });
  canvas.addEventListener("pointermove", (event) => {
    if (pointers.has(event.pointerId)) movePointer(event);
    else if (pointers.size === 0) hover(event);
  });
  const release = (event) => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) canvas.classList.remove("dragging");
  };
  canvas.addEventListener("pointerup", (event) => {
    release(event);
    const item = hasMoved ? null : itemAt(event.offsetX, event.offsetY);
    if (item) select(item);
  });
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => {
    state.hovered = null;
    if (!state.selected) hideTip();
    redraw();
  });
  overview.addEventListener("pointerdown", lookThere);
  overview.addEventListener("pointermove",
    (event) => { if (event.buttons) lookThere(event); });
}

function lookThere(event) {
  const at = (event.offsetX - state.gutter) / roomWidth() * state.length;
  state.left = at - roomWidth() / state.scale / 2;
  clampView();
  hideTip();
  redraw();
}
