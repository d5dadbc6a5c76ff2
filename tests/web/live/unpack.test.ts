import assert from "node:assert/strict";
import { test } from "node:test";
import { unpack } from "../../../web/live/unpack.ts";

/** What stands before a stored file, as `zipfile` of Python writes it. */
function entry(name: string, content: string, packing = 0): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(packing, 8);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  header.writeUInt16LE(3, 28);
  return Buffer.concat([header, Buffer.from(name), Buffer.from("+++"), Buffer.from(content)]);
}

const zip = (...parts: Buffer[]) =>
  new Uint8Array(Buffer.concat([...parts, Buffer.from("PK\x01\x02, the list at its end")])).buffer;

test("each file of an archive has its name and its content", () => {
  const files = unpack(zip(entry("a/b.py", "one"), entry("é.txt", ""), entry("c.so", "two")));
  const read = [...files].map(([name, x]) => [name, new TextDecoder().decode(x)]);
  assert.deepEqual(read, [["a/b.py", "one"], ["é.txt", ""], ["c.so", "two"]]);
});

test("files share the memory of their archive", () => {
  const whole = zip(entry("a", "one"));
  assert.equal(unpack(whole).get("a")!.buffer, whole);
});

test("a file that is packed is not taken for its content", () => {
  assert.throws(() => unpack(zip(entry("a.py", "x", 8))), /a.py is packed/);
});

test("what is no archive is none", () => {
  assert.throws(() => unpack(new TextEncoder().encode("<html> not found").buffer), /no archive/);
});
