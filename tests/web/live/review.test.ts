// A reader's year, with a clock of the test's own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Memories, type Memory, dueToday, endOfDay, readMemory, startOfDay } from "../../../web/live/memory.ts";
import { nextDue, plan } from "../../../web/live/queue.ts";
import { type Grade, graded, inWords, waits } from "../../../web/live/schedule.ts";
import { Shelf } from "./shelf.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = new Date(2026, 0, 1, 19).getTime(); // an evening, where it runs

/** Grade a card until it is known, a minute apart. */
function learned(now: number, memory: Memory | null = null): [Memory, number] {
  let card = memory;
  while (!card || card.state !== 2) {
    card = graded(card, 3, now);
    now = Math.max(now + MINUTE, card.state === 2 ? now : card.due);
  }
  return [card, now];
}

test("known at every review, a card is due after longer and longer waits", () => {
  let [card] = learned(START);
  const gaps = [card.due - card.reviewed];
  for (let review = 0; review < 6; review++) {
    card = graded(card, 3, card.due);
    gaps.push(card.due - card.reviewed);
  }
  for (let k = 1; k < gaps.length; k++) assert.ok(gaps[k] > gaps[k - 1]);
  assert.ok(gaps[0] >= DAY && gaps.at(-1)! > 180 * DAY);
  assert.equal(card.lapses, 0);
});

test("a forgotten card comes back at once, and then sooner than before", () => {
  let [card] = learned(START);
  for (let review = 0; review < 4; review++) card = graded(card, 3, card.due);
  const before = card.due - card.reviewed;
  const now = card.due;
  card = graded(card, 1, now);
  assert.equal(card.lapses, 1);
  assert.ok(card.due - now <= 10 * MINUTE);
  [card] = learned(card.due, card);
  const after = card.due - card.reviewed;
  assert.ok(after >= DAY && after < before / 2);
});

test("the better the grade, the longer the wait", () => {
  const [card] = learned(START);
  const wait = waits(card, card.due);
  assert.ok(wait[1] < wait[2] && wait[2] < wait[3] && wait[3] < wait[4]);
  const fresh = waits(null, START);
  assert.ok(fresh[1] < fresh[3] && fresh[3] < fresh[4]);
  assert.ok(fresh[4] > DAY);
});

test("the same grades at the same times give the same dates", () => {
  const run = () => graded(graded(graded(null, 3, START), 3, START + DAY), 2, START + 9 * DAY);
  assert.deepEqual(run(), run());
});

test("a clock that was set back does no harm", () => {
  const [card] = learned(START);
  const again = graded(card, 3, START - 400 * DAY);
  assert.ok(again.due > card.reviewed && readMemory(again));
});

/** Study every day of a year; `knows` says whether a card is remembered, when
 * it is asked for the first time on a day, or again. */
function year(knows: (id: string, again: boolean) => boolean) {
  const shelf = new Shelf();
  const ids = Array.from({ length: 60 }, (_, n) => `rnn.card_${n}`);
  const counts: number[] = [];
  const fresh: number[] = [];
  for (let day = 0; day < 365; day++) {
    // a new visit each day: nothing but what was stored is known
    const cards = new Memories(shelf);
    let now = new Date(2026, 0, 1 + day, 19).getTime();
    let asked = 0;
    const seen = new Set<string>();
    const before = cards.ids().length;
    for (;;) {
      const { next } = plan(ids, ids, cards, 5, now);
      if (!next) break;
      const grade: Grade = knows(next, seen.has(next)) ? 3 : 1;
      seen.add(next);
      cards.update(next, () => graded(cards.of(next), grade, now));
      now += MINUTE;
      assert.ok(++asked < 200, "a day that does not end");
    }
    counts.push(asked);
    fresh.push(cards.ids().length - before);
    assert.deepEqual(dueToday(ids, cards, now), []);
  }
  return { cards: new Memories(shelf), ids, counts, fresh };
}

test("a year of reviews: new ones as wished, fewer and fewer, none lost", () => {
  const { cards, ids, counts, fresh } = year(() => true);
  assert.deepEqual(fresh.slice(0, 13), [...Array(12).fill(5), 0]);
  assert.equal(cards.ids().length, 60);
  const total = (days: number[]) => days.reduce((a, b) => a + b, 0);
  assert.ok(total(counts.slice(0, 60)) > 4 * total(counts.slice(-60)));
  for (const id of ids) {
    const card = cards.of(id)!;
    assert.equal(card.lapses, 0);
    assert.ok(card.due - card.reviewed > 60 * DAY);
  }
});

test("a year in which one card is forgotten again and again", () => {
  const weak = "rnn.card_7";
  const { cards, ids } = year((id, again) => id !== weak || again);
  const wait = (id: string) => cards.of(id)!.due - cards.of(id)!.reviewed;
  assert.ok(cards.of(weak)!.lapses > 20);
  const others = ids.filter((id) => id !== weak);
  assert.ok(others.every((id) => cards.of(id)!.lapses === 0));
  assert.ok(others.every((id) => wait(id) > wait(weak)));
  assert.ok(others.every((id) => cards.of(weak)!.reviews > cards.of(id)!.reviews));
});

test("what is due comes first, then what is new, then what waits for minutes", () => {
  const cards = new Memories(new Shelf());
  const ids = ["a.late", "a.later", "a.soon", "a.new"];
  const [known] = learned(START - 9 * DAY);
  cards.set("a.later", { ...known, due: START - DAY });
  cards.set("a.late", { ...known, due: START - 2 * DAY });
  cards.set("a.soon", { ...known, state: 1, due: START + MINUTE });
  const day = plan(ids, ids, cards, 10, START);
  assert.deepEqual(day.due, ["a.late", "a.later", "a.soon"]);
  assert.deepEqual(day.fresh, ["a.new"]);
  const order = [];
  for (let next = day.next; next; next = plan(ids, ids, cards, 10, START).next) {
    order.push(next);
    cards.set(next, { ...known, due: START + 3 * DAY });
  }
  assert.deepEqual(order, ["a.late", "a.later", "a.new", "a.soon"]);
  assert.equal(nextDue(ids, cards), START + 3 * DAY);
});

test("new cards come from where one wishes, and no more than a day's", () => {
  const cards = new Memories(new Shelf());
  const ids = ["a.one", "a.two", "b.one", "b.two"];
  assert.deepEqual(plan(ids, ["b.one", "b.two"], cards, 1, START).fresh, ["b.one"]);
  cards.set("b.one", graded(null, 4, START - MINUTE));
  assert.deepEqual(plan(ids, ids, cards, 1, START).fresh, []);
  assert.deepEqual(plan(ids, ids, cards, 1, START + DAY).fresh, ["a.one"]);
  assert.equal(plan(ids, ids, cards, 0, START).next, null);
});

test("a card that the book has no more is kept and not asked", () => {
  const cards = new Memories(new Shelf());
  cards.set("old.card", { ...learned(START - 30 * DAY)[0], due: START - DAY });
  assert.deepEqual(plan(["a.one"], [], cards, 5, START), { due: [], fresh: [], next: null });
  assert.deepEqual(cards.ids(), ["old.card"]);
});

test("two tabs that grade the same card lose neither grade", () => {
  const shelf = new Shelf();
  const [one, two] = [new Memories(shelf), new Memories(shelf)];
  const grade = (tab: Memories, now: number) =>
    tab.update("a.one", (given) =>
      graded(given.reviewed === undefined ? null : (given as Memory), 3, now),
    );
  grade(one, START);
  grade(two, START + 10 * MINUTE); // no event has told it of the first
  grade(one, START + 20 * MINUTE);
  two.refresh("rnncourse/card/a.one");
  assert.equal(one.of("a.one")!.reviews, 3);
  assert.deepEqual(one.of("a.one"), two.of("a.one"));
});

test("what was kept and is no memory is left alone", () => {
  const shelf = new Shelf();
  shelf.setItem("rnncourse/card/a.one", '{"due": null}');
  shelf.setItem("rnncourse/card/a.two", JSON.stringify({ ...graded(null, 3, START), state: 9 }));
  const cards = new Memories(shelf);
  assert.deepEqual(cards.ids(), []);
  assert.equal(shelf.length, 2);
});

test("a day ends at midnight where the reader is", () => {
  const noon = new Date(2026, 2, 28, 12).getTime();
  for (let day = 0; day < 400; day++) { // and over each change of the clocks
    const now = new Date(2026, 2, 28 + day, 12).getTime();
    assert.equal(new Date(endOfDay(now)).getHours(), 0);
    assert.equal(endOfDay(now), startOfDay(endOfDay(now)));
    assert.ok(startOfDay(now) < now && now < endOfDay(now));
  }
  assert.ok(endOfDay(noon) - startOfDay(noon) > 22 * 60 * MINUTE);
});

test("waits in words", () => {
  const words = [0, 10 * MINUTE, 5 * 60 * MINUTE, DAY, 3 * DAY, 90 * DAY, 3 * 365 * DAY];
  assert.deepEqual(words.map(inWords), [
    "1 min", "10 min", "5 h", "1 day", "3 days", "3 months", "3 years",
  ]);
});
