// What the reader has typed and solved, and which mistakes the checks have
// named on the way.

import { Kept, type Kind, type Snapshot, type Store } from "./kept.ts";

/** One exercise's answer: code that differs from the starter, whether a check
 * has ever called it correct, and what checks have said that did not. */
export interface Answer {
  code?: string;
  solved?: boolean;
  mistakes?: string[];
}

const LONGEST = 100_000;
const MOST = 20; // mistakes an exercise
const SENTENCE = 500;

const KIND: Kind<Answer> = {
  prefix: "rnncourse/answer/",
  read: readAnswer,
  isEmpty: ({ code, solved, mistakes }) =>
    code === undefined && !solved && !mistakes?.length,
};

/** Return `value` as an answer, or null if it is none. */
export function readAnswer(value: unknown): Answer | null {
  if (typeof value !== "object" || value === null) return null;
  const { code, solved, mistakes } = value as Record<string, unknown>;
  const answer: Answer = {};
  if (code !== undefined) {
    if (typeof code !== "string" || code.length > LONGEST) return null;
    answer.code = code;
  }
  if (solved === true) answer.solved = true;
  if (Array.isArray(mistakes)) {
    const words = mistakes.filter((x) => typeof x === "string" && x);
    if (words.length)
      answer.mistakes = words.slice(0, MOST).map((x) => x.slice(0, SENTENCE));
  }
  return answer;
}

/** All answers, by exercise. */
export class Answers extends Kept<Answer> {
  constructor(store: Store | null) {
    super(KIND, store);
  }

  solve(id: string): void {
    this.update(id, (answer) => ({ ...answer, solved: true }));
  }

  /** Note what a check has said to an answer that is not right yet. */
  miss(id: string, sentence: string): void {
    this.update(id, (answer) => {
      const words = sentence.slice(0, SENTENCE);
      const before = answer.mistakes ?? [];
      if (before.includes(words) || before.length >= MOST) return answer;
      return { ...answer, mistakes: [...before, words] };
    });
  }
}

/** How many of `read` have other code than the reader has. */
export function overwritten(answers: Answers, read: Snapshot<Answer>): number {
  return [...read].filter(([id, { code }]) => {
    const mine = answers.get(id).code;
    return mine !== undefined && mine !== code;
  }).length;
}
