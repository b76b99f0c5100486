// Keeps what was read, so that it opens without a network. `src/render/offline.rs` puts `site` before this: the version,
// the files that every page needs, and what is said instead of a page that is not there.
//
// Pages and data come from the network whenever there is one, and from the store when there is none; files whose names
// change with their content come from the store. A host may hold several sites: each has stores of its own.

const scope = new URL("./", location.href);
const prefix = `tianti ${scope.pathname} `;
const store = prefix + site.version;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(store).then((cache) => cache.addAll(site.files.map((file) => new URL(file, scope).href))));
});

addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => names.filter((name) => name.startsWith(prefix) && name !== store));
  event.waitUntil(old.then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope.href)) return;
  url.search = url.hash = "";
  if (url.pathname.endsWith("/")) url.pathname += "index.html";
  const isFixed = url.href.startsWith(new URL("assets/", scope).href);
  event.respondWith(isFixed ? kept(url.href).then((found) => found || fetched(request, url.href)) : latest(request, url.href));
});

const kept = (address) => caches.open(store).then((cache) => cache.match(address));

const fetched = async (request, address) => {
  const response = await fetch(request);
  if (response.status === 200 && !response.redirected) {
    const copy = response.clone();
    // A full disk is no reason to withhold a page.
    caches.open(store).then((cache) => cache.put(address, copy)).catch(() => {});
  }
  return response;
};

const latest = async (request, address) => {
  try {
    return await fetched(request, address);
  } catch (error) {
    const found = await kept(address);
    if (found) return found;
    if (request.mode !== "navigate") throw error;
    const language = address.slice(scope.href.length).split("/")[0];
    return new Response(site.missing[language] || Object.values(site.missing)[0], {
      status: 503,
      headers: { "Content-Type": "text/html; charset=utf-8" },
    });
  }
};
