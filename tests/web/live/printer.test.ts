import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromWorker } from "../../../web/live/messages.ts";
import { Printer } from "../../../web/live/printer.ts";

function stage() {
  const said: string[] = [];
  const clock = { now: 0 };
  const tell = (message: FromWorker) => {
    assert.equal(message.kind, "printed");
    if (message.kind === "printed") said.push(`${message.number} ${message.text}`);
  };
  return { printer: new Printer(tell, () => clock.now), said, clock };
}

test("the first words come at once, the next in pieces", () => {
  const { printer, said, clock } = stage();
  printer.begin(7);
  printer.print("a");
  printer.print("b");
  printer.print("c");
  assert.deepEqual(said, ["7 a"]);
  clock.now = 50;
  printer.print("d");
  assert.deepEqual(said, ["7 a", "7 bcd"]);
});

test("nothing is left behind at the end", () => {
  const { printer, said } = stage();
  printer.begin(1);
  printer.print("a");
  printer.print("b");
  printer.flush();
  printer.flush();
  assert.deepEqual(said, ["1 a", "1 b"]);
});

test("a new job does not inherit words", () => {
  const { printer, said } = stage();
  printer.begin(1);
  printer.print("a");
  printer.print("b");
  printer.begin(2);
  printer.print("c");
  assert.deepEqual(said, ["1 a", "2 c"]);
});
