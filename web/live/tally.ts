// How far a reader has come, counted from what is kept; and what comes next.

import type { Everything } from "./backup.ts";
import { dueToday } from "./memory.ts";
import type { Chapters } from "./sidebar.ts";

export interface Chapter {
  page: string;
  read: boolean;
  exercises: number;
  solved: number;
  cards: number;
  /** cards that were graded at least once */
  seen: number;
}

export interface Mistakes {
  id: string;
  /** what checks have said to answers that were not right yet */
  sentences: string[];
  /** whether the exercise was solved since */
  cured: boolean;
}

export interface Tally {
  chapters: Chapter[];
  mistakes: Mistakes[];
  /** cards that were known, forgotten, and are known again; and are not yet */
  relearned: number;
  forgotten: number;
  due: number;
  /** the first chapter that was not read, the first exercise not solved */
  unread: string | null;
  unsolved: string | null;
}

/** Count, for exercises and cards by page. */
export function tally(
  exercises: Chapters,
  cards: Chapters,
  kept: Everything,
  now: number,
): Tally {
  const solved = (id: string) => kept.answers.get(id).solved === true;
  const chapters = Object.entries(exercises).map(([page, ids]) => ({
    page,
    read: kept.chapters.isRead(page),
    exercises: ids.length,
    solved: ids.filter(solved).length,
    cards: cards[page]?.length ?? 0,
    seen: (cards[page] ?? []).filter((id) => kept.cards.has(id)).length,
  }));
  const known = Object.values(exercises).flat();
  const mistakes = known
    .map((id) => ({
      id,
      sentences: kept.answers.get(id).mistakes ?? [],
      cured: solved(id),
    }))
    .filter(({ sentences }) => sentences.length);
  const all = Object.values(cards).flat();
  const lapsed = all.flatMap((id) => kept.cards.of(id) ?? []).filter((x) => x.lapses);
  const relearned = lapsed.filter((x) => x.state === 2).length;
  return {
    chapters,
    mistakes,
    relearned,
    forgotten: lapsed.length - relearned,
    due: dueToday(all, kept.cards, now).length,
    unread: chapters.find((x) => !x.read)?.page ?? null,
    unsolved: known.find((id) => !solved(id)) ?? null,
  };
}

export function sum(chapters: Chapter[], what: "exercises" | "solved" | "cards" | "seen") {
  return chapters.reduce((total, chapter) => total + chapter[what], 0);
}

/** Return the tally as a text to hand in.
 * `titleOf` gives the title of a page or an exercise. */
export function summary(
  { chapters, mistakes, relearned, forgotten, due }: Tally,
  titleOf: (id: string) => string,
  name: string,
  day: string,
): string {
  const read = chapters.filter((x) => x.read).length;
  const cured = mistakes.filter((x) => x.cured);
  const lines = [
    "Recurrent networks from scratch: progress",
    "",
    ...(name ? [`Name: ${name}`] : []),
    `Day: ${day}`,
    `Chapters read: ${read} of ${chapters.length}`,
    `Exercises solved: ${sum(chapters, "solved")} of ${sum(chapters, "exercises")}`,
    `Exercises solved after a mistake: ${cured.length}`,
    `Cards reviewed: ${sum(chapters, "seen")} of ${sum(chapters, "cards")}, ` +
      `${due} due today`,
    `Cards forgotten and learned again: ${relearned}; not yet again: ${forgotten}`,
    "",
    "Chapter by chapter (read, exercises solved, cards reviewed):",
    ...chapters.map(
      (x) =>
        `  [${x.read ? "x" : " "}] ${titleOf(x.page)}: ` +
        `${x.solved} of ${x.exercises}, ${x.seen} of ${x.cards}`,
    ),
    "",
    ...(mistakes.length ? ["What checks have said on the way:"] : []),
    ...mistakes.flatMap(({ id, sentences, cured }) => [
      `  ${titleOf(id)} (${id}), ${cured ? "solved since" : "open"}:`,
      ...sentences.map((x) => `    - ${x.replace(/\s+/g, " ")}`),
    ]),
    ...(mistakes.length ? [""] : []),
    "Counted from what one browser has kept. It proves nothing; the answers",
    "themselves are in the file that Export saves.",
    "",
  ];
  return lines.join("\n");
}
