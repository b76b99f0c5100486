// A static file server that publishes the built site below a prefix, as a project page of a host does.

import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { FILES, SITE } from "./site.js";
import { TYPES } from "./types.js";

const PREFIX = "/prefix/";

/**
 * Serves the site on a free port until the test ends.
 *
 * @param {import("node:test").TestContext} test
 * @returns {Promise<string>} the address of the prefix
 */
export async function serve(test) {
  const known = new Set(FILES);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const local = pathname.startsWith(PREFIX) ? decodeURIComponent(pathname.slice(PREFIX.length)) : undefined;
    const file = local === undefined || /[^/]$/.test(local) ? local : `${local}index.html`;
    if (file === undefined || !known.has(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": TYPES[path.extname(file)] ?? "application/octet-stream" });
    createReadStream(path.join(SITE, file)).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  test.after(() => server.close());
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `http://127.0.0.1:${address.port}${PREFIX}`;
}
