// Making elements, and putting what Python answers onto the page safely.

import type { Table } from "./messages.ts";

type Attributes = Record<string, string | boolean>;

/** Make an element: `h("p", { class: "quiet" }, "words")`. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== false) element.setAttribute(key, value === true ? "" : value);
  element.append(...children);
  return element;
}

export function button(name: string, press: () => void, kind = ""): HTMLButtonElement {
  const element = h("button", { type: "button", class: `live-button ${kind}` }, name);
  element.addEventListener("click", () => {
    if (element.ariaDisabled !== "true") press();
  });
  return element;
}

/** Say how much has come: `megabytes(1.5e6, 4e6)` is "1.5 of 4.0 MB". */
export function megabytes(loaded: number, total: number): string {
  const [come, all] = [loaded, total].map((bytes) => (bytes / 1e6).toFixed(1));
  return `${come} of ${all} MB`;
}

/** Switch a button off without taking the keyboard's focus from it. */
export function enable(element: HTMLButtonElement, on: boolean): void {
  element.ariaDisabled = on ? null : "true";
}

/** Make a table; the first cell of a row is its heading. */
export function table({ caption, columns, rows }: Table): HTMLElement {
  const head = columns.map((name) => h("th", { scope: "col" }, name));
  const body = rows.map(([first, ...rest]) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, first),
      ...rest.map((cell) => h("td", {}, cell)),
    ),
  );
  const box = { class: "live-table", tabindex: "0", role: "group" };
  return h(
    "div",
    { ...box, "aria-label": caption || "Table" },
    h(
      "table",
      {},
      ...(caption ? [h("caption", {}, caption)] : []),
      h("thead", {}, h("tr", {}, ...head)),
      h("tbody", {}, ...body),
    ),
  );
}

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = new Set(
  ("svg g defs title desc path line polyline polygon rect circle ellipse text " +
    "tspan marker linearGradient stop clipPath").split(" "),
);

/** Return the drawing in `source`, without anything that acts or loads; null
 * if it is not an SVG. */
export function picture(source: string): SVGElement | null {
  const parsed = new DOMParser().parseFromString(source, "text/html");
  const root = parsed.querySelector("svg");
  if (!root) return null;
  for (const element of [root, ...root.querySelectorAll("*")]) {
    if (element.namespaceURI !== SVG || !SHAPES.has(element.localName)) {
      element.remove();
      continue;
    }
    for (const { name, value } of [...element.attributes])
      if (
        /^on|href$|^id$/i.test(name) ||
        /url\s*\(\s*(?!["']?#)|expression|@import|\\/i.test(value)
      )
        element.removeAttribute(name);
  }
  root.ariaLabel ??= root.querySelector("title")?.textContent ?? "Picture";
  return document.importNode(root, true);
}

/** Ask before something is lost; the answer that keeps it is at hand. */
export function ask(question: string, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "live-dialog", "aria-label": question });
    const keep = button("Cancel", () => dialog.close());
    const lose = button(yes, () => dialog.close("yes"), "is-main");
    dialog.append(
      h("p", {}, question),
      h("div", { class: "live-buttons" }, keep, lose),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
    keep.focus();
  });
}

export const plural = (n: number, one: string) =>
  `${n} ${n === 1 ? one : one + "s"}`;

/** Save something as a file of the reader's. */
export function download(name: string, content: BlobPart, type = ""): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
