import assert from "node:assert/strict";
import { test } from "node:test";
import { Answers, answersOf, type Store } from "../../../web/live/answers.ts";

/** A storage that can be full. */
class Shelf implements Store {
  items = new Map<string, string>();
  full = false;
  get length() {
    return this.items.size;
  }
  key(index: number) {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    this.items.set(key, value);
  }
  removeItem(key: string) {
    this.items.delete(key);
  }
}

test("what one visit stores, the next one reads", () => {
  const shelf = new Shelf();
  new Answers(shelf).set("rnn.step", { code: "x = 1", solved: true });
  const again = new Answers(shelf);
  assert.deepEqual(again.get("rnn.step"), { code: "x = 1", solved: true });
  assert.deepEqual(again.get("rnn.other"), {});
  assert.equal(again.kept, true);
});

test("other people's keys and broken answers are left alone", () => {
  const shelf = new Shelf();
  shelf.setItem("mode", "dark");
  shelf.setItem("rnncourse/answer/rnn.a", "{not json");
  shelf.setItem("rnncourse/answer/rnn.b", '{"code": 3}');
  const answers = new Answers(shelf);
  assert.deepEqual(answers.ids(), []);
  answers.clear();
  assert.equal(shelf.getItem("mode"), "dark");
  assert.equal(shelf.length, 3);
});

test("an empty answer takes no room", () => {
  const shelf = new Shelf();
  const answers = new Answers(shelf);
  answers.set("rnn.step", { code: "x" });
  answers.set("rnn.step", {});
  assert.equal(shelf.length, 0);
  assert.deepEqual(answers.ids(), []);
});

test("a full storage is told, and told again when there is room", () => {
  const shelf = new Shelf();
  const answers = new Answers(shelf);
  const told: boolean[] = [];
  answers.addEventListener("kept", () => told.push(answers.kept));
  shelf.full = true;
  answers.set("rnn.step", { code: "x" });
  answers.set("rnn.step", { code: "xy" });
  assert.deepEqual(answers.get("rnn.step"), { code: "xy" });
  shelf.full = false;
  answers.set("rnn.step", { code: "xyz" });
  assert.deepEqual(told, [false, true]);
});

test("without a storage answers live as long as the page", () => {
  const answers = new Answers(null);
  assert.equal(answers.kept, false);
  answers.set("rnn.step", { code: "x" });
  assert.deepEqual(answers.get("rnn.step"), { code: "x" });
  assert.match(answers.toFile(), /"rnn.step"/);
});

test("a changed copy changes nothing", () => {
  const answers = new Answers(new Shelf());
  const mine = { code: "x" };
  answers.set("rnn.step", mine);
  mine.code = "y";
  answers.get("rnn.step").code = "z";
  answers.snapshot().get("rnn.step")!.code = "z";
  assert.deepEqual(answers.get("rnn.step"), { code: "x" });
});

test("export, clear, import gives everything back", () => {
  const shelf = new Shelf();
  const answers = new Answers(shelf);
  answers.set("rnn.step", { code: "x = 'ü'\n", solved: true });
  answers.set("lstm.gate", { code: "y" });
  const before = new Map(shelf.items);
  const file = answers.toFile();
  answers.clear();
  assert.deepEqual(answers.ids(), []);
  assert.equal(shelf.length, 0);
  assert.deepEqual(answers.addFile(file), ["lstm.gate", "rnn.step"]);
  assert.deepEqual(shelf.items, before);
});

test("clearing can be undone", () => {
  const answers = new Answers(new Shelf());
  answers.set("rnn.step", { code: "x" });
  const before = answers.snapshot();
  answers.clear();
  answers.set("rnn.new", { code: "n" });
  answers.restore(before);
  assert.deepEqual(answers.snapshot(), before);
});

test("those who listen hear which answers changed", () => {
  const answers = new Answers(new Shelf());
  const heard: string[][] = [];
  answers.addEventListener("change", (event) =>
    heard.push((event as CustomEvent<string[]>).detail),
  );
  answers.set("rnn.a", { code: "x" });
  answers.set("rnn.b", { code: "x" });
  answers.clear();
  assert.deepEqual(heard, [["rnn.a"], ["rnn.b"], ["rnn.a", "rnn.b"]]);
});

test("what another tab stores arrives", () => {
  const shelf = new Shelf();
  const answers = new Answers(shelf);
  new Answers(shelf).set("rnn.step", { solved: true });
  answers.refresh("rnncourse/answer/rnn.step");
  assert.deepEqual(answers.get("rnn.step"), { solved: true });
  answers.refresh("mode");
  shelf.items.clear();
  answers.refresh(null);
  assert.deepEqual(answers.ids(), []);
});

const FILES = {
  "not JSON": "hello",
  "from this course": '{"course": "other", "version": 1, "answers": {}}',
  "was not exported": "null",
  "newer version": '{"course": "rnncourse", "version": 2, "answers": {}}',
  "“__proto__”": '{"course": "rnncourse", "version": 1, "answers": {"__proto__": {"code": "x"}}}',
  "“rnn.a”": '{"course": "rnncourse", "version": 1, "answers": {"rnn.a": {"code": 3}}}',
  "“rnn.b”": `{"course": "rnncourse", "version": 1, "answers": {"rnn.b": {"code": "${"x".repeat(100_001)}"}}}`,
};

for (const [words, file] of Object.entries(FILES))
  test(`a file that cannot be read says why: ${words}`, () => {
    const answers = new Answers(new Shelf());
    assert.throws(() => answers.addFile(file), (error: Error) =>
      error.message.includes(words),
    );
    assert.throws(() => answersOf(file));
    assert.deepEqual(answers.ids(), []);
  });
