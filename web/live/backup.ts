// All that is kept, as one file: out by Export, back by Import.

import { type Answer, type Answers, readAnswer } from "./answers.ts";
import type { Kept, Snapshot } from "./kept.ts";
import { type Memories, type Memory, readMemory } from "./memory.ts";
import { type Choice, type Choices, readChoice } from "./quizzes.ts";
import { type Reading, type Readings, readReading } from "./reading.ts";

export interface Everything {
  answers: Answers;
  cards: Memories;
  chapters: Readings;
  questions: Choices;
}

export interface Contents {
  answers: Snapshot<Answer>;
  cards: Snapshot<Memory>;
  chapters: Snapshot<Reading>;
  questions: Snapshot<Choice>;
}

const ID = /^[a-z0-9_]+\.[a-z0-9_]+$/;
const PAGE = /^[a-z0-9_]+\/[a-z0-9_]+$/;

const plain = <T extends object>(kept: Kept<T>) =>
  Object.fromEntries(kept.ids().map((id) => [id, kept.get(id)]));

/** Return everything as the text of a file. */
export function toFile(everything: Everything): string {
  const { answers, cards, chapters, questions } = everything;
  const kept = {
    answers: plain(answers),
    cards: plain(cards),
    chapters: plain(chapters),
    questions: plain(questions),
  };
  return JSON.stringify({ course: "rnncourse", version: 1, ...kept }, null, 2);
}

/** Return what the text of a file holds. */
export function contentsOf(text: string): Contents {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error("This file is not JSON, so it was not exported here.");
  }
  const { course, version, answers, cards, chapters, questions } = (file ??
    {}) as Record<string, unknown>;
  if (course !== "rnncourse" || typeof answers !== "object" || !answers)
    throw new Error("This file was not exported from this course.");
  if (version !== 1)
    throw new Error("This file comes from a newer version of the course.");
  return {
    answers: things(answers, ID, readAnswer, "The answer to"),
    cards: things(cards, ID, readMemory, "The card"),
    chapters: things(chapters, PAGE, readReading, "The chapter"),
    questions: things(questions, ID, readChoice, "The question"),
  };
}

function things<T>(
  given: unknown,
  name: RegExp,
  read: (value: unknown) => T | null,
  what: string,
): Snapshot<T> {
  const found: Snapshot<T> = new Map();
  for (const [id, value] of Object.entries(given ?? {})) {
    const thing = name.test(id) ? read(value) : null;
    if (!thing) throw new Error(`${what} “${id}” cannot be read.`);
    found.set(id, thing);
  }
  return found;
}

/** Take what this book has no exercise for out of a file's answers; return
 * its ids. */
export function strangers({ answers }: Contents, known: string[]): string[] {
  const unknown = [...answers.keys()].filter((id) => !known.includes(id));
  for (const id of unknown) answers.delete(id);
  return unknown;
}

/** Add a file's contents to what is there. Its answers count; of a card the
 * later review, of a chapter what the reader has said here. */
export function add(everything: Everything, read: Contents): void {
  const { answers, cards, chapters, questions } = everything;
  answers.add(read.answers);
  questions.add(read.questions);
  const later = [...read.cards].filter(
    ([id, card]) => card.reviewed >= (cards.of(id)?.reviewed ?? -Infinity),
  );
  cards.add(new Map(later));
  const merged = [...read.chapters].map(
    ([page, reading]) => [page, { ...reading, ...chapters.get(page) }] as const,
  );
  chapters.add(new Map(merged));
}

/** A copy of everything that `restore` takes back. */
export function snapshot(everything: Everything): Contents {
  const { answers, cards, chapters, questions } = everything;
  return {
    answers: answers.snapshot(),
    cards: cards.snapshot(),
    chapters: chapters.snapshot(),
    questions: questions.snapshot(),
  };
}

export function restore(everything: Everything, before: Contents): void {
  everything.answers.restore(before.answers);
  everything.cards.restore(before.cards);
  everything.chapters.restore(before.chapters);
  everything.questions.restore(before.questions);
}

export function clear(everything: Everything): void {
  for (const kept of Object.values(everything)) kept.clear();
}

/** Take up what another tab has stored. */
export function refresh(everything: Everything, key: string | null): void {
  for (const kept of Object.values(everything)) kept.refresh(key);
}

/** Whether all of it will be there after a reload. */
export function isKept(everything: Everything): boolean {
  return Object.values(everything).every((x) => x.kept);
}
