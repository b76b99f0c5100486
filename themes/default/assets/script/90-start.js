// Puts the comfort on the page, which is complete without it.

region = document.createElement("p");
region.className = "hidden";
region.setAttribute("role", "status");
document.body.append(region);
for (const table of document.querySelectorAll("table")) {
  const section = /** @type {HTMLElement | null} */ (table.closest("[data-board]"));
  if (section && table.classList.contains("board")) boardTable(section, table);
  else if (!table.classList.contains("short") && table.querySelector("th[data-sort]")) sortable(table);
  if (table.dataset.filter) filterable(table);
}
for (const reference of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("pre.cite"))) citable(reference);
const place = document.querySelector("header.top > .wide");
if (place) {
  if (OWN) searchButton(place);
  themeButton(place);
}
const comparison = document.getElementById("compare");
if (comparison) comparePage(comparison);
keepPlace();
keepOffline();
