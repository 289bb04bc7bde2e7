// Opens the page, when everything else is there.

setTheme(window.matchMedia("(prefers-color-scheme: dark)").matches
  ? "dark" : "light");
fillKeys();
fillLegend();
listenToKeys();
listenToTools();
listenToPointers();
listenToRows();
openPage();
