import assert from "node:assert/strict";
import { test } from "node:test";
import { Answers } from "../../../web/live/answers.ts";
import { Memories } from "../../../web/live/memory.ts";
import { Choices } from "../../../web/live/quizzes.ts";
import { Readings } from "../../../web/live/reading.ts";
import { summary, tally } from "../../../web/live/tally.ts";
import { Shelf } from "./shelf.ts";

const EXERCISES = { "book/rnn": ["rnn.a", "rnn.b"], "book/gru": ["gru.a"] };
const CARDS = { "book/rnn": ["rnn.x", "rnn.y", "rnn.z"], "book/gru": ["gru.x"] };
const NOW = new Date(2026, 10, 29, 12).getTime();
const DAY = 86_400_000;

function kept() {
  const shelf = new Shelf();
  const all = {
    answers: new Answers(shelf), cards: new Memories(shelf), chapters: new Readings(shelf), questions: new Choices(shelf),
  };
  const card = {
    due: NOW + 9 * DAY, stability: 9, difficulty: 5, scheduled: 9, state: 2, step: 0,
    reviews: 3, lapses: 0, reviewed: NOW - DAY, since: NOW - 9 * DAY,
  };
  all.cards.set("rnn.x", { ...card, lapses: 2 });
  all.cards.set("rnn.y", { ...card, lapses: 1, state: 3, due: NOW - DAY });
  all.cards.set("gone.x", { ...card, due: NOW - DAY });
  all.answers.miss("rnn.a", "Your step never looks\ninto the store.");
  all.answers.solve("rnn.a");
  all.answers.miss("gru.a", "Which end keeps?");
  all.chapters.set("book/rnn", { end: NOW });
  return all;
}

test("a tally counts what is kept, and only what the book has", () => {
  const found = tally(EXERCISES, CARDS, kept(), NOW);
  assert.deepEqual(found.chapters, [
    { page: "book/rnn", read: true, exercises: 2, solved: 1, cards: 3, seen: 2 },
    { page: "book/gru", read: false, exercises: 1, solved: 0, cards: 1, seen: 0 },
  ]);
  const { due, relearned, forgotten, unsolved, unread } = found;
  assert.deepEqual([due, relearned, forgotten], [1, 1, 1]);
  assert.deepEqual([unsolved, unread], ["rnn.b", "book/gru"]);
  assert.deepEqual(found.mistakes.map((x) => [x.id, x.cured]), [
    ["rnn.a", true],
    ["gru.a", false],
  ]);
});

test("when all is done there is nothing next", () => {
  const all = kept();
  for (const id of ["rnn.a", "rnn.b", "gru.a"]) all.answers.solve(id);
  all.chapters.set("book/gru", { said: true });
  const { unsolved, unread } = tally(EXERCISES, CARDS, all, NOW);
  assert.deepEqual([unsolved, unread], [null, null]);
});

test("the summary says what it knows, and that it proves nothing", () => {
  const found = tally(EXERCISES, CARDS, kept(), NOW);
  const text = summary(found, (id) => `<${id}>`, "Ada", "2026-11-29");
  for (const line of [
    "Name: Ada", "Day: 2026-11-29", "Chapters read: 1 of 2",
    "Exercises solved: 1 of 3", "Exercises solved after a mistake: 1",
    "Cards reviewed: 2 of 4, 1 due today",
    "Cards forgotten and learned again: 1; not yet again: 1",
    "  [x] <book/rnn>: 1 of 2, 2 of 3", "  [ ] <book/gru>: 0 of 1, 0 of 1",
    "  <rnn.a> (rnn.a), solved since:",
    "    - Your step never looks into the store.",
    "  <gru.a> (gru.a), open:",
  ])
    assert.ok(text.split("\n").includes(line), line);
  assert.match(text, /proves nothing/);
  const unnamed = summary(found, String, "", "2026-11-29");
  assert.doesNotMatch(unnamed, /Name/);
});
