// What the reader has answered to a chapter's questions, there again at the
// next visit. A question is known by its chapter and place, an option by its
// own words: where they were changed, nothing is ticked.

import { Kept, type Kind, type Store } from "./kept.ts";

/** The options that were chosen, or the number that was typed. */
export interface Choice {
  said: string[];
}

const MOST = 12; // options
const LONGEST = 400; // characters

const KIND: Kind<Choice> = {
  prefix: "rnncourse/question/",
  read: readChoice,
  isEmpty: ({ said }) => !said.length,
};

/** Return `value` as what was said to a question, or null. */
export function readChoice(value: unknown): Choice | null {
  const said = (value as Partial<Choice> | null)?.said;
  if (!Array.isArray(said) || said.length > MOST) return null;
  const fits = (x: unknown) => typeof x === "string" && x.length <= LONGEST;
  return said.every(fits) ? { said } : null;
}

/** All choices, by question, such as "rnn.3". */
export class Choices extends Kept<Choice> {
  constructor(store: Store | null) {
    super(KIND, store);
  }
}

const words = (input: HTMLInputElement) =>
  input.nextElementSibling!.textContent!.trim().slice(0, LONGEST);

/** Keep what is chosen and typed in the questions of a chapter. */
export function keepQuestions(
  forms: Iterable<HTMLFormElement>,
  chapter: string,
  choices: Choices,
): void {
  const shown = [...forms].map((form, index) => {
    const id = `${chapter}.${index + 1}`;
    const inputs = [...form.querySelectorAll("input")];
    const typed = inputs.find((x) => x.type === "text");
    const said = () =>
      typed
        ? [typed.value.trim()].filter(Boolean)
        : inputs.filter((x) => x.checked).map(words);
    const show = () => {
      const kept = choices.get(id).said ?? [];
      if (kept.join("\n") === said().join("\n")) return;
      if (typed) typed.value = kept[0] ?? "";
      else for (const x of inputs) x.checked = kept.includes(words(x));
      form.querySelector("output")!.value = ""; // it spoke of another answer
    };
    form.addEventListener("change", () => choices.set(id, { said: said() }));
    return { id, show };
  });
  const update = (ids: string[] | null) => {
    for (const { id, show } of shown) if (!ids || ids.includes(id)) show();
  };
  choices.addEventListener("change", (event) => {
    update((event as CustomEvent<string[]>).detail);
  });
  update(null);
}
