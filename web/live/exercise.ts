// One exercise of the page: editor, buttons, results.

import type { Answers } from "./answers.ts";
import { Editor } from "./editor.ts";
import { ask, button, enable, h, megabytes, picture, table } from "./elements.ts";
import type { Outcome } from "./messages.ts";
import type { Ending, Runtime } from "./runtime.ts";

/** What the site's build wrote into the element. */
interface Given {
  title: string;
  starter: string;
}

/** Code without the space at its ends: what nobody would call a change. */
const bare = (code: string) => code.trim();

export class Exercise {
  #id: string;
  #given: Given;
  #answers: Answers;
  #runtime: Runtime;
  #editor: Editor;
  #hints: HTMLElement[];
  #solution: HTMLElement | undefined;
  #busy = false;

  #status = h("div", { class: "live-status", role: "status" });
  #bar = h("progress", { "aria-label": "Python is loading" });
  #loaded = h("span", { "aria-hidden": "true" });
  #loading = h("p", { class: "live-loading", hidden: true }, this.#bar, this.#loaded);
  #printed = h("div", {
    class: "live-printed", // no <pre>: the theme decides on their tabindex, late
    tabindex: "0",
    role: "group",
    "aria-label": "What the code printed",
    hidden: true,
  });
  #shown = h("div", { class: "live-shown" });
  #solved = h("span", { class: "live-solved", hidden: true }, "Solved");
  #unkept = h("p", { class: "live-note", hidden: true });

  #run = button("Run", () => this.#submit("run"));
  #check = button("Check", () => this.#submit("check"), "is-main");
  #hint = button("Hint", () => this.#showHint());
  #show = button("Solution", () => this.#toggleSolution());
  #reset = button("Reset", () => this.#askReset());
  #stop = button("Stop", () => this.#runtime.stop(this.#id));

  constructor(element: HTMLElement, answers: Answers, runtime: Runtime) {
    const id = (this.#id = element.dataset.exercise!);
    this.#answers = answers;
    this.#runtime = runtime;
    this.#given = JSON.parse(element.querySelector("script")!.text);

    const aids = [
      ...document.querySelectorAll<HTMLElement>("details.exercise-aid"),
    ].filter((aid) => aid.dataset.for === id);
    for (const aid of aids) aid.hidden = true;
    this.#hints = aids.filter((x) => x.matches(".exercise-hint"));
    this.#solution = aids.find((x) => x.matches(".exercise-solution"));
    this.#show.ariaExpanded = "false";
    enable(this.#hint, this.#hints.length > 0);
    enable(this.#show, this.#solution !== undefined);

    const tab = h(
      "p",
      { class: "live-tab", id: `tab-${id}` },
      "Tab indents; Escape, then Tab, moves on. Ctrl+Enter runs.",
    );
    const frame = h("div", { class: "live-editor" });
    const buttons = [this.#run, this.#check, this.#hint, this.#show];
    buttons.push(this.#reset, this.#stop);
    for (const part of element.children) (part as HTMLElement).hidden = true;
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", `Exercise: ${this.#given.title}`);
    element.append(
      h(
        "div",
        { class: "live" },
        frame,
        h("div", { class: "live-buttons" }, ...buttons, this.#solved),
        tab,
        this.#unkept,
        this.#loading,
        this.#status,
        this.#printed,
        this.#shown,
        h("div", { class: "live-aids", "aria-live": "polite" }, ...aids),
      ),
    );
    this.#editor = new Editor({
      parent: frame,
      code: answers.get(id).code ?? this.#given.starter.trimEnd(),
      label: `Your code for: ${this.#given.title}`,
      describedBy: tab.id,
      changed: (code) => this.#keep(code),
      run: () => this.#submit("run"),
    });
    enable(this.#stop, false);
    this.#update();
    answers.addEventListener("change", (event) => {
      if ((event as CustomEvent<string[]>).detail.includes(id)) this.#update();
    });
    answers.addEventListener("kept", () => this.#update());
  }

  /** Show what the answers hold, if they were changed from elsewhere. */
  #update(): void {
    const { code = this.#given.starter.trimEnd(), solved } = this.#answers.get(
      this.#id,
    );
    if (bare(code) !== bare(this.#editor.code)) this.#editor.code = code;
    this.#solved.hidden = !solved;
    this.#unkept.hidden = this.#answers.kept;
    this.#unkept.textContent =
      "Your answers are not kept: this browser's storage is full or switched " +
      "off. The exercise works all the same; Export, beside the chapters, " +
      "saves your answers before you leave.";
  }

  #keep(code: string): void {
    const untouched = bare(code) === bare(this.#given.starter);
    const next = untouched ? undefined : code;
    if (next === this.#answers.get(this.#id).code) return;
    this.#answers.update(this.#id, ({ code: _, ...rest }) =>
      untouched ? rest : { ...rest, code },
    );
  }

  #say(title: string, message: string, kind: string, more?: HTMLElement): void {
    this.#status.dataset.kind = kind;
    this.#status.replaceChildren(h("strong", {}, title), ` ${message} `);
    if (more) this.#status.append(more);
  }

  #clearResults(): void {
    this.#printed.hidden = true;
    this.#printed.textContent = "";
    this.#shown.replaceChildren();
    this.#editor.mark(null);
  }

  #print(text: string): void {
    this.#printed.hidden = false;
    this.#printed.append(text);
  }

  async #submit(kind: "run" | "check"): Promise<void> {
    if (this.#busy) return;
    this.#setBusy(true);
    this.#clearResults();
    const doing = kind === "run" ? "Running …" : "Checking …";
    this.#say(doing, "", "busy");
    const task = { kind, id: this.#id, source: this.#editor.code };
    const ending = await this.#runtime.submit(task, {
      waiting: () => this.#say("Waiting …", "Another exercise is running.", "busy"),
      progress: (loaded, total) => this.#progress(loaded, total),
      running: () => {
        this.#loading.hidden = true;
        this.#say(doing, "", "busy");
      },
      printed: (text) => this.#print(text),
    });
    this.#loading.hidden = true;
    this.#setBusy(false);
    this.#end(ending, kind);
  }

  #progress(loaded: number, total: number): void {
    if (this.#loading.hidden) this.#say("Starting Python …", STARTING, "busy");
    this.#loading.hidden = false;
    this.#bar.max = total;
    this.#bar.value = loaded;
    this.#loaded.textContent = megabytes(loaded, total);
  }

  #setBusy(busy: boolean): void {
    this.#busy = busy;
    enable(this.#run, !busy);
    enable(this.#check, !busy);
    enable(this.#stop, busy);
  }

  #end(ending: Ending, kind: "run" | "check"): void {
    if (ending.kind === "stopped") {
      this.#say("Stopped.", "The code had not finished.", "error");
    } else if (ending.kind === "broken") {
      const again = button("Try again", () => {
        (kind === "run" ? this.#run : this.#check).focus(); // it goes
        this.#submit(kind);
      });
      const what = ending.started
        ? `Python broke off: ${ending.message}. Your code is still here.`
        : `Python could not be started: ${ending.message}. ` +
          "Your code is still here.";
      this.#say("Error.", what, "error", again);
    } else {
      this.#showOutcome(ending.outcome);
    }
  }

  #showOutcome(outcome: Outcome): void {
    this.#say(`${outcome.title}.`, outcome.message, outcome.status);
    if (outcome.printed) this.#print(outcome.printed);
    const drawn = outcome.picture && picture(outcome.picture);
    if (drawn) this.#shown.append(drawn);
    if (outcome.table) this.#shown.append(table(outcome.table));
    this.#editor.mark(outcome.line);
    if (outcome.status === "correct") this.#answers.solve(this.#id);
    if (outcome.status === "not yet") this.#answers.miss(this.#id, outcome.message);
  }

  /** Show one hint more. */
  #showHint(): void {
    const next = this.#hints.find((hint) => hint.hidden);
    if (next) reveal(next);
    enable(this.#hint, this.#hints.some((hint) => hint.hidden));
  }

  #toggleSolution(): void {
    const solution = this.#solution!;
    if (solution.hidden) reveal(solution);
    else solution.hidden = true;
    this.#show.ariaExpanded = String(!solution.hidden);
  }

  async #askReset(): Promise<void> {
    const code = this.#editor.code;
    if (bare(code) === bare(this.#given.starter)) {
      this.#clearResults();
      this.#say("Nothing to reset.", "This is how it started.", "");
      return;
    }
    const question = "Put the code back to how it started?";
    if (!(await ask(question, "Reset"))) return;
    this.#editor.code = this.#given.starter.trimEnd();
    this.#clearResults();
    const undo = button("Undo", () => {
      this.#editor.code = code;
      this.#say("Undone.", "Your code is back.", "");
      this.#editor.focus();
    });
    this.#say("Reset.", "The code is as it started.", "", undo);
  }
}

const STARTING = "It is loaded once a page, and runs in your browser.";

function reveal(aid: HTMLElement): void {
  aid.hidden = false;
  if (aid instanceof HTMLDetailsElement) aid.open = true;
}
