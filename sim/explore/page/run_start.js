// Opens the page, when everything else is there.

const runs = data.runs.map(makeRun);
document.documentElement.dataset.theme =
  window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
readColours();
element("diagram").hidden = runs.length === 0 || runs[0].list.length === 0;
if (!element("diagram").hidden) {
  addButtons();
  listenToKeys();
  listenToTools();
  listenToSearch();
  listenToPointers();
  listenToWindow();
  setRun(runs[0]);
}
