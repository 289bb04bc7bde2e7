// The diagrams of the page, one for each run: each has a zoom and a choice of
// its own; tools and keys mean the one that was touched last.

const drawings = [];  // all of them, also those that are not shown

function makeDiagram(run) {
  const part = element("drawing").content.firstElementChild.cloneNode(true);
  const find = (name) => part.querySelector("." + name);
  const made = { part, run, canvas: find("lanes"), overview: find("overview"),
    tip: find("tip"), side: find("order"), frame: null, state: newState(run),
    touch: () => takeDiagram(made) };
  write(find("run-title"), run.title);
  made.canvas.setAttribute("aria-label",
    `Events of each node over time, ${run.title} run`);
  made.canvas.addEventListener("focus", made.touch);
  element("drawings").append(part);
  drawings.push(made);
  return made;
}

// From now on tools, keys and lists mean this one.
function takeDiagram(next) {
  if (next === diagram) return;
  hideTip();
  use(next);
  fillAround();
}

// After another diagram has come into use.
function fillAround() {
  for (const each of drawings) {
    each.part.removeAttribute("aria-current");
    if (each === diagram && diagrams.length > 1) {
      each.part.setAttribute("aria-current", "true");
    }
  }
  fillNodes();
  fillFound();
  fillWords();
}

// Shows these runs and no others: each first with its violation in view, later
// as the reader left it.
function showDiagrams(shown) {
  diagrams = shown;
  for (const each of drawings) {
    each.part.hidden = !shown.includes(each);
    each.part.querySelector(".run-head").hidden = drawings.length < 2;
  }
  if (!shown.includes(diagram)) use(shown[0]);
  eachDiagram(() => {
    readColours();
    prepare();
  });
  eachDiagram(() => {
    layout();
    clampView();
    hideTip();
    fillOrder();
  });
  eachDiagram(() => {
    search(element("search").value);
    if (!state.isPlaced) goToViolation();
    state.isPlaced = true;
  });
  fillAround();
}

// What can be shown: all of them, or one.
function choices() {
  const single = drawings.map((each) => [each]);
  return drawings.length > 1 ? [drawings, ...single] : single;
}

function isChosen(choice) {
  return choice.length === diagrams.length &&
    choice.every((each, at) => each === diagrams[at]);
}

function stepChoice() {
  const all = choices();
  const now = all.findIndex(isChosen);
  showDiagrams(all[(now + 1) % all.length]);
}

function addChoices() {
  for (const choice of choices()) {
    const button = document.createElement("button");
    write(button, choice.length > 1 ? "Both" : choice[0].run.title);
    button.addEventListener("click", () => showDiagrams(choice));
    element("runs").append(button);
  }
}

// Of all diagrams, shown or not.
function setEverywhere(change) {
  for (const each of drawings) change(each.state);
  refreshAll();
}

// After a change of what is shown in all diagrams: each keeps its chosen event
// where it was.
function refreshAll() {
  eachDiagram(() => refreshAround(state.selected));
  fillWords();
}
