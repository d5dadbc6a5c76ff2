// Reading without a network: starts the service worker, tells it what came
// before it was there, and gives the reader a switch.

import { h } from "./elements.ts";
import { unpackedName } from "./loading.ts";
import type { RuntimeFiles } from "./messages.ts";

const SWITCH = "rnncourse/offline"; // in localStorage: "off"

const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
const setting = document.querySelector<HTMLMetaElement>('meta[name="keep-for-offline"]');
const possible =
  /^https?:$/.test(location.protocol) && "serviceWorker" in navigator && "caches" in window;

function wanted(): boolean {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return false; // who refuses storage wants nothing kept
  }
}

/** Have files kept that the service worker has not seen on their way. */
async function keep(urls: string[]): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ type: "CACHE_URLS", payload: { urlsToCache: urls } });
}

/** Keep Python's files, once it runs. */
export function keepPython(base: string, served: { worker: string; files: RuntimeFiles }): void {
  const { wasm, ...others } = served.files;
  const files = Object.values(others).map(({ name }) => name);
  files.push(unpackedName(wasm.name)); // as the worker asks for it next time
  if (possible && setting?.content === "on" && wanted())
    keep([served.worker, ...files].map((name) => new URL(name, base).href));
}

async function start(): Promise<void> {
  await navigator.serviceWorker.register(new URL("sw.js", root));
  const { controller } = navigator.serviceWorker;
  controller?.postMessage({ type: "KEEP", on: true });
  if (controller) return; // it has seen all
  await new Promise((next) =>
    navigator.serviceWorker.addEventListener("controllerchange", next, { once: true }),
  );
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  keep([location.href, ...loaded].filter((url) => url.startsWith(root.href)));
}

async function end(): Promise<void> {
  navigator.serviceWorker.controller?.postMessage({ type: "KEEP", on: false });
  for (const registration of await navigator.serviceWorker.getRegistrations())
    if (registration.scope === root.href) await registration.unregister();
  await drop();
  setTimeout(drop, 1000); // what was on its way
}

async function drop(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(`rnncourse ${root.pathname} `)) await caches.delete(name);
}

/** The switch, under what else is kept in this browser. */
function addSwitch(): void {
  const box = h("input", { type: "checkbox", id: "keep-for-offline" });
  box.checked = wanted();
  box.addEventListener("change", async () => {
    localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    status.textContent = "";
    if (box.checked) start();
    else {
      await end();
      status.textContent = "What was kept is deleted.";
    }
  });
  const status = h("span", { role: "status" });
  const label = h("label", { for: box.id }, "Keep what I read, for reading offline");
  const line = h("p", { class: "live-offline" }, box, " ", label, " ", status);
  const answers = document.querySelector(".live-answers");
  if (answers) answers.append(line);
  else document.querySelector("nav.bd-links")?.after(line);
}

/** Keep what is read, or nothing, as the site and the reader want it. */
export function startKeeping(): void {
  if (!possible) return;
  const on = setting?.content === "on";
  if (on) addSwitch();
  const begin = () => (on && wanted() ? start() : end()).catch(() => {});
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
