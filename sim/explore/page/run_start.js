// Opens the page, when everything else is there.

document.documentElement.dataset.theme =
  window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const runs = data.runs.filter((run) => run.events !== "").map(makeRun);
element("diagram").hidden = runs.length === 0;
if (runs.length > 0) {
  runs.forEach(makeDiagram);
  use(drawings[0]);
  addButtons();
  listenToKeys();
  listenToTools();
  listenToSearch();
  listenToWindow();
  for (const each of drawings) {
    inDiagram(each, () => {
      addPartitions();
      listenToPointers();
    });
  }
  showDiagrams(choices()[0]);
}
