import assert from "node:assert/strict";
import { test } from "node:test";
import { Answers } from "../../../web/live/answers.ts";
import {
  add, clear, contentsOf, isKept, refresh, restore, snapshot, strangers, toFile,
} from "../../../web/live/backup.ts";
import { Memories, type Memory } from "../../../web/live/memory.ts";
import { Choices } from "../../../web/live/quizzes.ts";
import { Readings } from "../../../web/live/reading.ts";
import { Shelf } from "./shelf.ts";

const CARD: Memory = {
  due: 9, stability: 2.5, difficulty: 5, scheduled: 3, state: 2, step: 0,
  reviews: 4, lapses: 1, reviewed: 8, since: 1,
};

/** All that a tab keeps, on one shelf. */
const tab = (shelf: Shelf) => ({
  answers: new Answers(shelf),
  cards: new Memories(shelf),
  chapters: new Readings(shelf),
  questions: new Choices(shelf),
});

function filled(shelf: Shelf) {
  const all = tab(shelf);
  all.answers.set("rnn.step", { code: "x = 'ü'\n", solved: true });
  all.answers.set("lstm.gate", { code: "y", mistakes: ["Hm."] });
  all.cards.set("rnn.elman", CARD);
  all.chapters.set("book/rnn", { end: 7 });
  all.chapters.set("book/gru", { said: false });
  all.questions.set("rnn.3", { said: ["No, each step learns its own."] });
  return all;
}

test("export, clear, import gives everything back", () => {
  const shelf = new Shelf();
  const all = filled(shelf);
  const before = new Map(shelf.items);
  const file = toFile(all);
  clear(all);
  assert.equal(shelf.length, 0);
  add(all, contentsOf(file));
  assert.deepEqual(shelf.items, before);
});

test("a file of before there were cards can be read", () => {
  const all = tab(new Shelf());
  const old = '{"course": "rnncourse", "version": 1, "answers": {"rnn.a": {"solved": true}}}';
  add(all, contentsOf(old));
  assert.deepEqual(all.answers.get("rnn.a"), { solved: true });
  assert.deepEqual(all.cards.ids(), []);
});

test("an answer to an exercise that is not there is taken out and named", () => {
  const read = contentsOf(toFile(filled(new Shelf())));
  assert.deepEqual(strangers(read, ["rnn.step"]), ["lstm.gate"]);
  assert.deepEqual([...read.answers.keys()], ["rnn.step"]);
});

test("an old file takes no later review away", () => {
  const all = filled(new Shelf());
  const file = toFile(all);
  all.cards.set("rnn.elman", { ...CARD, reviewed: 20, due: 30, reviews: 5 });
  all.chapters.set("book/rnn", { end: 7, said: false });
  add(all, contentsOf(file));
  assert.equal(all.cards.of("rnn.elman")!.due, 30);
  assert.equal(all.chapters.isRead("book/rnn"), false);
  add(all, contentsOf(file.replace('"reviewed": 8', '"reviewed": 21')));
  assert.equal(all.cards.of("rnn.elman")!.reviewed, 21);
});

test("clearing can be undone", () => {
  const all = filled(new Shelf());
  const before = snapshot(all);
  clear(all);
  restore(all, before);
  assert.deepEqual(snapshot(all), before);
});

test("another tab's changes arrive, of each kind", () => {
  const shelf = new Shelf();
  const here = tab(shelf);
  filled(shelf);
  for (const key of shelf.items.keys()) refresh(here, key);
  assert.deepEqual(snapshot(here), snapshot(tab(shelf)));
  shelf.items.clear();
  refresh(here, null);
  assert.equal(snapshot(here).cards.size, 0);
});

test("a full or refused storage is told for each kind", () => {
  const shelf = new Shelf();
  const all = tab(shelf);
  assert.equal(isKept(all), true);
  shelf.full = true;
  all.chapters.set("book/rnn", { end: 1 });
  assert.equal(isKept(all), false);
  shelf.full = false;
  all.chapters.set("book/gru", { end: 2 });
  assert.equal(isKept(all), true);
  const none = { answers: new Answers(null), cards: new Memories(null), chapters: new Readings(null), questions: new Choices(null) };
  none.cards.set("rnn.elman", CARD);
  assert.equal(isKept(none), false);
  assert.deepEqual(none.cards.of("rnn.elman"), CARD);
});

test("what a reader says of a chapter counts more than what was seen", () => {
  const chapters = new Readings(new Shelf());
  assert.equal(chapters.isRead("book/rnn"), false);
  chapters.set("book/rnn", { end: 5 });
  assert.equal(chapters.isRead("book/rnn"), true);
  chapters.set("book/rnn", { end: 5, said: false });
  assert.equal(chapters.isRead("book/rnn"), false);
  chapters.set("book/gru", { said: true });
  assert.equal(chapters.isRead("book/gru"), true);
});

const file = (more: string) =>
  `{"course": "rnncourse", "version": 1, "answers": {}, ${more}}`;
const FILES = {
  "not JSON": "hello",
  "from this course": '{"course": "other", "version": 1, "answers": {}}',
  "was not exported": "null",
  "newer version": '{"course": "rnncourse", "version": 2, "answers": {}}',
  "“__proto__”": '{"course": "rnncourse", "version": 1, "answers": {"__proto__": {"code": "x"}}}',
  "“rnn.a”": '{"course": "rnncourse", "version": 1, "answers": {"rnn.a": {"code": 3}}}',
  "“rnn.b”": `{"course": "rnncourse", "version": 1, "answers": {"rnn.b": {"code": "${"x".repeat(100_001)}"}}}`,
  "The card “rnn.c” cannot be read": file('"cards": {"rnn.c": {"due": "soon"}}'),
  "The question “rnn.3” cannot be read": file('"questions": {"rnn.3": {"said": "one"}}'),
  "The chapter “rnn” cannot be read": file('"chapters": {"rnn": {"end": 1}}'),
};

for (const [words, text] of Object.entries(FILES))
  test(`a file that cannot be read says why: ${words}`, () => {
    const all = tab(new Shelf());
    assert.throws(() => add(all, contentsOf(text)), (error: Error) =>
      error.message.includes(words),
    );
    assert.deepEqual(all.answers.ids(), []);
  });
