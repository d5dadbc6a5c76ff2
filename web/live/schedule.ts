// When a card comes again: the free spaced repetition scheduler (FSRS), as
// ts-fsrs has it. Nothing here asks a clock or draws a number.

import { type Card, createEmptyCard, fsrs } from "ts-fsrs";
import type { Memory } from "./memory.ts";

/** 1 again, 2 hard, 3 good, 4 easy. */
export type Grade = 1 | 2 | 3 | 4;
export const GRADES: Record<Grade, string> = {
  1: "Again",
  2: "Hard",
  3: "Good",
  4: "Easy",
};

// days that are not drawn at random: the same grades, the same dates
const scheduler = fsrs({ enable_fuzz: false });

/** Return what is known of a card after a grade at a moment.
 * A clock that was set back counts as one that stood still. */
export function graded(memory: Memory | null, grade: Grade, moment: number): Memory {
  const now = Math.max(moment, memory?.reviewed ?? moment);
  const { card } = scheduler.next(toCard(memory, now), new Date(now), grade);
  return {
    due: card.due.getTime(),
    stability: card.stability,
    difficulty: card.difficulty,
    scheduled: card.scheduled_days,
    state: card.state,
    step: card.learning_steps,
    reviews: card.reps,
    lapses: card.lapses,
    reviewed: now,
    since: memory?.since ?? now,
  };
}

/** Return after how many milliseconds each grade would bring the card again. */
export function waits(memory: Memory | null, now: number): Record<Grade, number> {
  const wait = (grade: Grade) => graded(memory, grade, now).due - now;
  return { 1: wait(1), 2: wait(2), 3: wait(3), 4: wait(4) };
}

function toCard(memory: Memory | null, now: number): Card {
  if (!memory) return createEmptyCard(new Date(now));
  return {
    due: new Date(memory.due),
    stability: memory.stability,
    difficulty: memory.difficulty,
    elapsed_days: 0, // ts-fsrs counts them from the last review
    scheduled_days: memory.scheduled,
    learning_steps: memory.step,
    reps: memory.reviews,
    lapses: memory.lapses,
    state: memory.state,
    last_review: new Date(memory.reviewed),
  };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Say a wait in words: "10 min", "3 days", "5 months". */
export function inWords(wait: number): string {
  const days = Math.round(wait / DAY);
  if (wait < HOUR) return `${Math.max(1, Math.round(wait / MINUTE))} min`;
  if (wait < DAY) return `${Math.round(wait / HOUR)} h`;
  if (days < 60) return days === 1 ? "1 day" : `${days} days`;
  if (days < 730) return `${Math.round(days / 30.4)} months`;
  return `${Math.round(days / 365)} years`;
}
