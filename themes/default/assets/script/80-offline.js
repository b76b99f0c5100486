// On a server, the site can be installed and keeps the pages that were read.

const keepOffline = () => {
  if (!OWN || !location.protocol.startsWith("http") || !("serviceWorker" in navigator)) return;
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = new URL(`manifest.${root.lang.slice(0, 2)}.webmanifest`, SITE).href;
  document.head.append(link);
  // Where a browser forbids it, the site works all the same, but for being offline.
  const register = () => navigator.serviceWorker.register(new URL("sw.js", SITE)).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
};
