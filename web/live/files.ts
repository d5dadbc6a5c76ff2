// A session's files: what is taken along, and what this browser keeps.

import type { Bench } from "./bench.ts";
import type { Chart } from "./chart.ts";
import { button, h } from "./elements.ts";
import { base64Of, bytesOf, choose, download, forget, keep, kept } from "./keeping.ts";

/** The tab whose session it is. */
interface Owner {
  bench: Bench;
  train: HTMLElement;
  begun: Promise<unknown>;
  open(what: string, more: object): Promise<boolean>;
  say(title: string, message?: string, kind?: string): void;
  fail(error: unknown): void;
}

const LARGEST = 50_000_000; // bytes of a session's file

export class Files {
  /** The session as it was last kept, in base64. */
  last: string | null = null;
  #owner: Owner;
  #place: string;

  constructor(owner: Owner, place: string) {
    this.#owner = owner;
    this.#place = place;
  }

  /** A button that saves what Python answers. */
  button(words: string, what: string, name: string): HTMLButtonElement {
    return button(words, async () => {
      try {
        download(name, bytesOf(await this.#owner.bench.ask<string>(what)));
        this.#owner.say("Saved.", `${name} is among your downloads.`);
      } catch (error) {
        this.#owner.fail(error);
      }
    });
  }

  /** What can be taken along, and `more` of it. */
  along(words: string, chart: () => Chart, ...more: Node[]): HTMLElement {
    const name = `workbench-${this.#place}`;
    const session = choose(".npz", "Session to open", (x) => this.#openFile(x));
    return h(
      "details", { class: "bench-part" },
      h("summary", {}, "Take it along"),
      h("p", {}, `Files go to your own disk. Nothing is sent anywhere. ${words}`),
      h(
        "div", { class: "live-buttons" },
        this.button("Save the session", "save", `${name}-session.npz`),
        button("Open a session …", () => session.click()),
        this.button("Weights (.npz)", "weights", `${name}-weights.npz`),
        this.button("Script", "script", `${name}.py`),
        this.button("Notebook", "notebook", `${name}.ipynb`),
        ...more,
        button("Curve (text)", () => download(`${name}-curve.txt`, chart().text(), "text/plain")),
        button("Curve (SVG)", () => download(`${name}-curve.svg`, chart().svg(), "image/svg+xml")),
        session,
      ),
    );
  }

  async #openFile(file: File): Promise<void> {
    if (file.size > LARGEST)
      return this.#owner.say("No.", "This file is no session of the workbench.", "error");
    await this.#owner.open("open", { file: await base64Of(file) });
  }

  /** Keep the session in this browser, with the words that offer it. */
  async keep(words: string): Promise<void> {
    this.last = await this.#owner.bench.ask<string>("save");
    await keep(this.#place, { file: this.last, words, when: Date.now() });
  }

  /** Offer what was kept before; null if nothing was. */
  async offer(): Promise<HTMLElement | null> {
    const before = await kept(this.#place);
    if (!before) return null;
    const { file, words } = before;
    const offer: HTMLElement = h(
      "div", { class: "bench-offer" },
      h("p", {}, `You were here before: ${words}`),
      h(
        "div", { class: "live-buttons" },
        button("Go on with it", async () => {
          await this.#owner.begun; // else that one would come after
          if (!(await this.#owner.open("open", { file }))) return;
          offer.remove();
          this.#owner.train.focus();
        }, "is-main"),
        button("Forget it", async () => { await forget(this.#place); offer.remove(); }),
      ),
    );
    return offer;
  }
}
