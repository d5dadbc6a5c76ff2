import assert from "node:assert/strict";
import { test } from "node:test";
import { Answers, overwritten, readAnswer } from "../../../web/live/answers.ts";
import { Shelf } from "./shelf.ts";

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
  assert.deepEqual(answers.ids(), ["rnn.step"]);
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

test("one tab's change does not undo another's", () => {
  const shelf = new Shelf();
  const [one, two] = [new Answers(shelf), new Answers(shelf)];
  one.update("rnn.step", (answer) => ({ ...answer, code: "x" }));
  two.solve("rnn.step"); // before the browser has told it of the first
  one.miss("rnn.step", "Hm.");
  const all = { code: "x", solved: true, mistakes: ["Hm."] };
  assert.deepEqual(new Answers(shelf).get("rnn.step"), all);
});

test("what found no room is kept on, and stored once there is some", () => {
  const shelf = new Shelf();
  const answers = new Answers(shelf);
  answers.set("rnn.a", { code: "old" });
  shelf.full = true;
  answers.set("rnn.a", { code: "new" });
  answers.miss("rnn.a", "No."); // must not go back to what is stored
  assert.deepEqual(answers.get("rnn.a"), { code: "new", mistakes: ["No."] });
  answers.set("rnn.b", { code: "b" });
  shelf.full = false;
  answers.set("rnn.c", { code: "c" });
  assert.equal(answers.kept, true);
  assert.deepEqual(new Answers(shelf).snapshot(), answers.snapshot());
});

test("a mistake is noted once, and there is an end to it", () => {
  const answers = new Answers(new Shelf());
  for (const words of ["One.", "Two.", "One."]) answers.miss("rnn.a", words);
  assert.deepEqual(answers.get("rnn.a").mistakes, ["One.", "Two."]);
  for (let n = 0; n < 50; n++) answers.miss("rnn.a", `${n}`.repeat(999));
  const { mistakes } = answers.get("rnn.a");
  assert.equal(mistakes!.length, 20);
  assert.ok(mistakes!.every((x) => x.length <= 500));
  assert.deepEqual(readAnswer({ mistakes: "none" }), {});
  assert.deepEqual(readAnswer({ mistakes: [3, "x"] }), { mistakes: ["x"] });
});

test("answers that a file would replace are counted", () => {
  const answers = new Answers(new Shelf());
  answers.set("rnn.a", { code: "mine" });
  answers.set("rnn.b", { code: "same" });
  answers.set("rnn.c", { solved: true });
  const read = new Map(
    ["rnn.a", "rnn.b", "rnn.c", "rnn.d"].map((id) => [id, { code: "same" }]),
  );
  assert.equal(overwritten(answers, read), 1);
});
