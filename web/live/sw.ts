// The service worker: keeps what was read, and Python once it was used, for
// those who come back without a network. With one, the network is asked first.
// Only a file whose address holds its hash is taken from what is kept: it can
// never change.

import { clientsClaim, type WorkboxPlugin } from "workbox-core";
import { ExpirationPlugin } from "workbox-expiration";
import { registerRoute, setCatchHandler } from "workbox-routing";
import { CacheFirst, NetworkFirst } from "workbox-strategies";
import { unpacked } from "./loading.ts";

declare const self: Window & typeof globalThis & {
  registration: { scope: string };
  skipWaiting(): Promise<void>;
};

const { scope } = self.registration;
/** Many projects share a host, so the names of caches hold the place. */
const named = (kind: string) => `rnncourse ${new URL(scope).pathname} ${kind}`;

/** At most so many files; those not asked for the longest go first. */
const atMost = (maxEntries: number) =>
  new ExpirationPlugin({ maxEntries, purgeOnQuotaError: true });

/** Nothing more is kept once a page has said so: until its reader goes on, it
 * is served from here. */
let keeps = true;
addEventListener("message", ({ data }) => {
  if (data?.type === "KEEP") keeps = data.on;
});
const ifWanted: WorkboxPlugin = {
  cacheWillUpdate: async ({ response }) => (keeps && response.status === 200 ? response : null),
};

/** search.html?q=gate is one page, whatever is looked for. */
const withoutQuery: WorkboxPlugin = {
  cacheKeyWillBeUsed: async ({ request }) => request.url.replace(/[?#].*/, ""),
};

/** python-….wasm is made of python-….wasm.gz, the file that is served. */
const ofPacked: WorkboxPlugin = {
  requestWillFetch: async ({ request }) => new Request(`${request.url}.gz`),
  fetchDidSucceed: async ({ request, response }) =>
    response.ok && response.body ? unpacked(response.body, request.url) : response,
  cacheDidUpdate: async ({ cacheName, request }) => {
    await (await caches.open(cacheName)).delete(`${request.url}.gz`); // once is enough
  },
};

const isPage = (url: URL) => /(\/|\.html)$/.test(url.pathname);
const hasHash = (url: URL) =>
  /[?&](v|digest)=/.test(url.search) || /[-.][0-9a-f]{12,}\.|-[0-9A-Z]{8}\./.test(url.pathname);
const ours = (url: URL) => url.href.startsWith(scope);

self.skipWaiting();
clientsClaim();

const python = named("python");
registerRoute(
  ({ url }) => ours(url) && /\/live\/[^/]+\.wasm$/.test(url.pathname),
  new CacheFirst({ cacheName: python, plugins: [ofPacked, ifWanted, atMost(14)] }),
);
registerRoute(
  ({ url }) => ours(url) && url.href.startsWith(`${scope}live/`),
  new CacheFirst({ cacheName: python, plugins: [ifWanted, atMost(14)] }),
);
registerRoute(
  ({ url }) => ours(url) && hasHash(url),
  new CacheFirst({ cacheName: named("files"), plugins: [ifWanted, atMost(300)] }),
);
registerRoute(
  ({ url }) => ours(url) && isPage(url),
  new NetworkFirst({
    cacheName: named("pages"),
    plugins: [ifWanted, withoutQuery, atMost(200)],
    networkTimeoutSeconds: 10, // of silence, not of loading
  }),
);
registerRoute(
  ({ url }) => ours(url),
  new NetworkFirst({ cacheName: named("files"), plugins: [ifWanted, atMost(300)] }),
);

const escaped = (text: string) => text.replace(/[&<>"]/g, (x) => `&#${x.charCodeAt(0)};`);

/** What a reader sees of a page that was never read: which ones were. */
async function notKept(): Promise<Response> {
  const cache = await caches.open(named("pages"));
  const links = [];
  for (const request of await cache.keys()) {
    const text = (await (await cache.match(request))?.text()) ?? "";
    const title = /<title>(.*?)( &#8212;.*|)<\/title>/s.exec(text)?.[1].trim();
    if (title && /\/book\//.test(request.url))
      links.push(`<li><a href="${escaped(request.url)}">${title}</a></li>`);
  }
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Not kept</title>
<style>body { font: 1.0625rem/1.65 system-ui, sans-serif; max-width: 34rem;
  margin: 3rem auto; padding: 0 1.5rem; }</style></head><body><main>
<h1>Not kept</h1><p>There is no connection, and this page has not been read in
this browser before. These have:</p><ul>${links.join("")}</ul></main></body></html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  };
  return new Response(body, { status: 503, headers });
}

setCatchHandler(async ({ request }) =>
  request.mode === "navigate" ? notKept() : Response.error(),
);
