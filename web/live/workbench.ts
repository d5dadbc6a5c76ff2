// The entry of the workbench: tabs, and one worker for all of them.
// The page's address chooses: #text/lstm/64,
// #toys/adding/lstm+tanh/100.

import { h } from "./elements.ts";
import { CELLS, type Settings } from "./fields.ts";
import "./live.ts";
import type { RuntimeFiles } from "./messages.ts";
import { NumbersBench } from "./numbers_bench.ts";
import { keepPython } from "./offline.ts";
import { Runtime } from "./runtime.ts";
import { TextBench } from "./text_bench.ts";
import { type Choice, TASKS, ToysBench } from "./toys_bench.ts";

declare global {
  interface Window {
    /** The worker that the head of this page has started. */
    python?: Worker | null;
  }
}

interface Tab {
  element: HTMLElement;
  begin(): Promise<void>;
  set settings(given: object);
}

const CHOICES: Record<string, (parts: string[]) => object> = {
  text: network, numbers: network, toys,
};

/** A cell, and units: `gru/32`. */
function network([cell = "", units = ""]: string[]): Partial<Settings> {
  const settings: Partial<Settings> = {};
  if (cell in CELLS) settings.cell = cell;
  if (/^\d+$/.test(units) && +units >= 1 && +units <= 512) settings.H = +units;
  return settings;
}

/** A problem, one cell or two, a distance: `adding/lstm+tanh/100`. */
function toys([task = "", cells = "", distance = ""]: string[]): Choice {
  const choice: Choice = {};
  if (task in TASKS) choice.task = task;
  const known = cells.split("+").filter((x) => x in CELLS).slice(0, 2);
  if (known.length) choice.cells = known;
  if (/^\d{1,3}$/.test(distance)) choice.distance = +distance;
  return choice;
}

/** What the address asks for: a tab, and its choices. */
function wanted(): { tab: string; settings: object } {
  const [tab, ...parts] = location.hash.slice(1).split("/");
  return { tab, settings: tab in CHOICES ? CHOICES[tab](parts) : {} };
}

/** Return the worker that the head of the page has started, once. */
function early(): Worker | null | undefined {
  const worker = window.python;
  window.python = null;
  return worker;
}

function open(root: HTMLElement): void {
  const given = document.getElementById("python-in-the-page")!.textContent!;
  const served: { base: string; worker: string; files: RuntimeFiles } = JSON.parse(given);
  const base = new URL(served.base, document.baseURI).href;
  const runtime = new Runtime({
    base,
    files: served.files,
    makeWorker: () => early() ?? new Worker(new URL(served.worker, base), { type: "module" }),
    started: () => keepPython(base, served),
  });
  const from = wanted();
  const start = (name: string) => (from.tab === name ? from.settings : {});
  const tabs: Record<string, [string, Tab]> = {
    text: ["Text", new TextBench(runtime, start("text"))],
    numbers: ["Numbers", new NumbersBench(runtime, start("numbers"))],
    toys: ["Toys", new ToysBench(runtime, start("toys"))],
  };
  const begun = new Set<string>();
  const names = Object.keys(tabs);
  const buttons = names.map((name) =>
    h("button", {
      type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `bench-of-${name}`, class: "bench-tab",
    }, tabs[name][0]),
  );
  const panels = names.map((name) =>
    h("div", { role: "tabpanel", id: `bench-of-${name}`, "aria-labelledby": `tab-${name}` }, tabs[name][1].element),
  );
  const show = (name: string) => {
    names.forEach((other, i) => {
      const on = other === name;
      buttons[i].setAttribute("aria-selected", String(on));
      buttons[i].tabIndex = on ? 0 : -1;
      panels[i].hidden = !on;
    });
    if (!begun.has(name)) {
      begun.add(name);
      tabs[name][1].begin();
    }
  };
  buttons.forEach((button, i) => {
    button.addEventListener("click", () => {
      history.replaceState(null, "", `#${names[i]}`);
      show(names[i]);
    });
    button.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (!step) return;
      const next = (i + step + names.length) % names.length;
      buttons[next].focus();
      buttons[next].click();
    });
  });
  addEventListener("hashchange", () => {
    const { tab, settings } = wanted();
    if (!(tab in tabs)) return; // a heading of the page
    show(tab);
    tabs[tab][1].settings = settings;
  });
  root.replaceChildren(
    h("div", { role: "tablist", class: "bench-tabs", "aria-label": "What to train on" }, ...buttons),
    ...panels,
  );
  const { tab } = wanted();
  show(tab in tabs ? tab : names[0]);
}

// else the page stays what it is without JavaScript: text
const root = document.querySelector<HTMLElement>("[data-workbench]");
if (root && "WebAssembly" in window && "DecompressionStream" in window) open(root);
