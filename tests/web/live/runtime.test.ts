import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromWorker, Outcome, ToWorker } from "../../../web/live/messages.ts";
import { Runtime, type Listener, type WorkerLike } from "../../../web/live/runtime.ts";

/** A worker that does what the test says. */
class Puppet implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  heard: ToWorker[] = [];
  alive = true;
  postMessage(message: ToWorker) {
    this.heard.push(message);
  }
  terminate() {
    this.alive = false;
  }
  say(message: FromWorker) {
    if (this.alive) this.onmessage?.({ data: message } as MessageEvent<FromWorker>);
  }
  get jobs() {
    return this.heard.filter((x) => x.kind === "job");
  }
  finish() {
    const { number, task } = this.jobs.at(-1)!;
    this.say({ kind: "done", number, outcome: { id: task.id } as Outcome });
  }
}

const MODULE = {} as WebAssembly.Module;
const READY: FromWorker = { kind: "ready", module: MODULE };

function stage(patience = 60) {
  const workers: Puppet[] = [];
  const runtime = new Runtime({
    base: "",
    files: {} as never,
    patience,
    makeWorker: () => workers[workers.push(new Puppet()) - 1],
  });
  return { runtime, workers };
}

function ear() {
  const heard: string[] = [];
  const listener: Listener = {
    progress: (loaded, total) => heard.push(`${loaded}/${total}`),
    waiting: () => heard.push("waiting"),
    running: () => heard.push("running"),
    printed: (text) => heard.push(`printed ${text}`),
  };
  return { heard, listener };
}

const task = (id: string) => ({ kind: "run" as const, id, source: id });

test("nothing starts before the first job", async () => {
  const { runtime, workers } = stage();
  assert.equal(workers.length, 0);
  const { heard, listener } = ear();
  const end = runtime.submit(task("a"), listener);
  assert.equal(workers.length, 1);
  assert.deepEqual(workers[0].jobs, []);
  workers[0].say({ kind: "progress", loaded: 1, total: 2 });
  workers[0].say(READY);
  workers[0].say({ kind: "printed", number: 1, text: "hello" });
  workers[0].finish();
  assert.equal((await end).kind, "done");
  assert.deepEqual(heard, ["1/2", "running", "printed hello"]);
});

test("one worker, one job at a time, in order", async () => {
  const { runtime, workers } = stage();
  const [first, second] = [ear(), ear()];
  const ends = [
    runtime.submit(task("a"), first.listener),
    runtime.submit(task("b"), second.listener),
  ];
  workers[0].say(READY);
  assert.equal(workers[0].jobs.length, 1);
  workers[0].finish();
  assert.equal(workers[0].jobs.length, 2);
  workers[0].finish();
  const ids = (await Promise.all(ends)).map((x) => x.kind === "done" && x.outcome.id);
  assert.deepEqual(ids, ["a", "b"]);
  assert.deepEqual(second.heard, ["waiting", "running"]);
  assert.equal(workers.length, 1);
});

test("stop ends the worker, and another one is ready soon", async () => {
  const { runtime, workers } = stage();
  const end = runtime.submit(task("a"), ear().listener);
  workers[0].say(READY);
  runtime.stop("a");
  assert.equal((await end).kind, "stopped");
  assert.equal(workers[0].alive, false);
  assert.equal(workers.length, 2);
  const [start] = workers[1].heard;
  assert.equal(start.kind === "start" && start.module, MODULE); // not again
  const next = runtime.submit(task("a"), ear().listener);
  workers[1].say(READY);
  workers[1].finish();
  assert.equal((await next).kind, "done");
});

test("stop during the start stops the loading", async () => {
  const { runtime, workers } = stage();
  const end = runtime.submit(task("a"), ear().listener);
  runtime.stop("a");
  assert.equal((await end).kind, "stopped");
  assert.equal(workers[0].alive, false);
  assert.equal(workers.length, 1);
});

test("stop of a job that waits leaves the other one alone", async () => {
  const { runtime, workers } = stage();
  const first = runtime.submit(task("a"), ear().listener);
  const second = runtime.submit(task("b"), ear().listener);
  workers[0].say(READY);
  runtime.stop("b");
  assert.equal((await second).kind, "stopped");
  assert.equal(workers[0].alive, true);
  workers[0].finish();
  assert.equal((await first).kind, "done");
  assert.equal(workers[0].jobs.length, 1);
});

test("stop of the running job lets the one that waits run", async () => {
  const { runtime, workers } = stage();
  runtime.submit(task("a"), ear().listener);
  const second = runtime.submit(task("b"), ear().listener);
  workers[0].say(READY);
  runtime.stop("a");
  workers[1].say(READY);
  workers[1].finish();
  const ending = await second;
  assert.equal(ending.kind === "done" && ending.outcome.id, "b");
});

test("stop of nothing does nothing", () => {
  const { runtime, workers } = stage();
  runtime.stop("a");
  assert.equal(workers.length, 0);
});

test("a start that fails tells all who wait, and can be tried again", async () => {
  const { runtime, workers } = stage();
  const ends = [
    runtime.submit(task("a"), ear().listener),
    runtime.submit(task("b"), ear().listener),
  ];
  workers[0].say({ kind: "broken", message: "no connection" });
  for (const end of await Promise.all(ends))
    assert.deepEqual(end, { kind: "broken", message: "no connection", started: false });
  assert.equal(workers[0].alive, false);
  const again = runtime.submit(task("a"), ear().listener);
  workers[1].say(READY);
  workers[1].finish();
  assert.equal((await again).kind, "done");
});

test("a worker whose script does not load is a start that failed", async () => {
  const { runtime, workers } = stage();
  const end = runtime.submit(task("a"), ear().listener);
  workers[0].onerror?.({} as ErrorEvent);
  assert.equal((await end).kind, "broken");
});

test("a start without a sign of life fails", async () => {
  const { runtime, workers } = stage(0.02);
  const end = await runtime.submit(task("a"), ear().listener);
  assert.equal(end.kind === "broken" && end.message, "nothing came for 0.02 seconds");
  assert.equal(workers[0].alive, false);
});

test("a job may take longer than a start", async () => {
  const { runtime, workers } = stage(0.02);
  const end = runtime.submit(task("a"), ear().listener);
  workers[0].say(READY);
  await new Promise((resolve) => setTimeout(resolve, 60));
  workers[0].finish();
  assert.equal((await end).kind, "done");
});

test("Python that breaks off ends one job; the next gets a new worker", async () => {
  const { runtime, workers } = stage();
  const first = runtime.submit(task("a"), ear().listener);
  const second = runtime.submit(task("b"), ear().listener);
  workers[0].say(READY);
  workers[0].say({ kind: "broken", message: "out of memory" });
  assert.deepEqual(await first, { kind: "broken", message: "out of memory", started: true });
  workers[1].say(READY);
  workers[1].finish();
  assert.equal((await second).kind, "done");
});

test("what a stopped worker still says is not heard", async () => {
  const { runtime, workers } = stage();
  runtime.submit(task("a"), ear().listener);
  workers[0].say(READY);
  const old = workers[0];
  runtime.stop("a");
  const { heard, listener } = ear();
  runtime.submit(task("b"), listener);
  old.alive = true; // words that were on their way
  old.say(READY);
  old.say({ kind: "printed", number: 1, text: "late" });
  old.say({ kind: "done", number: 1, outcome: { id: "a" } as Outcome });
  workers[1].say(READY);
  assert.deepEqual(heard, ["running"]);
});
