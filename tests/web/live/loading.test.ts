import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { load } from "../../../web/live/loading.ts";

const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

function serve(...chunks: Uint8Array[]) {
  globalThis.fetch = async () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          const chunk = chunks.shift();
          if (chunk) controller.enqueue(chunk);
          else controller.close();
        },
      }),
    );
}

const bytes = (text: string) => new TextEncoder().encode(text);
const ignore = () => {};

test("a file comes as it is, every byte counted", async () => {
  serve(bytes("hel"), bytes("lo"));
  const counts: number[] = [];
  const response = await load("/live/a.zip", (n) => counts.push(n));
  assert.equal(await response.text(), "hello");
  assert.deepEqual(counts, [3, 2]);
});

test("a gzip file is unpacked", async () => {
  serve(new Uint8Array(gzipSync("hello")));
  assert.equal(await (await load("/live/a.js.gz", ignore)).text(), "hello");
});

test("a gzip file that comes a byte at a time is unpacked", async () => {
  serve(...[...gzipSync("hello")].map((byte) => Uint8Array.of(byte)));
  assert.equal(await (await load("/live/a.js.gz", ignore)).text(), "hello");
});

test("a gzip file that the browser has unpacked is left alone", async () => {
  serve(bytes("hello"));
  assert.equal(await (await load("/live/a.js.gz", ignore)).text(), "hello");
});

test("an empty file and one of a single byte are files", async () => {
  serve();
  assert.equal(await (await load("/live/a", ignore)).text(), "");
  serve(bytes("x"));
  assert.equal(await (await load("/live/a", ignore)).text(), "x");
});

test("WebAssembly may be compiled as it comes", async () => {
  serve(bytes("x"));
  const { headers } = await load("/live/python-123.wasm.gz", ignore);
  assert.equal(headers.get("content-type"), "application/wasm");
});

test("a file that is not there says its name", async () => {
  globalThis.fetch = async () => new Response("<html>", { status: 404 });
  await assert.rejects(load("/live/a.zip", ignore), {
    message: /^a\.zip could not be loaded: the server answered 404\. Reload/,
  });
});

test("each way to fail has its own remedy", async () => {
  for (const [status, words] of [[503, "in a while"], [403, "sign in"], [410, "Reload"]] as const) {
    globalThis.fetch = async () => new Response("", { status });
    await assert.rejects(load("/live/a.zip", ignore), (error: Error) =>
      error.message.includes(`answered ${status}`) && error.message.includes(words),
    );
  }
});

test("a web page in the place of a file is no file", async () => {
  serve(bytes("<!doctype html>"));
  await assert.rejects(load("/live/a.wasm.gz", ignore), {
    message: /^a\.wasm\.gz could not be loaded: a web page came in its place/,
  });
});

test("no connection says so", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  await assert.rejects(load("/live/a.zip", ignore), {
    message: "a.zip could not be loaded: no connection. See whether you are connected",
  });
});

test("a connection that breaks off says so", async () => {
  let pulls = 0;
  globalThis.fetch = async () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          if (pulls++ < 2) controller.enqueue(bytes("xy"));
          else controller.error(new TypeError("network error"));
        },
      }),
    );
  const response = await load("/live/a.zip", ignore);
  await assert.rejects(response.arrayBuffer(), {
    message: "a.zip broke off while it was loaded",
  });
});
