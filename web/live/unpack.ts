// The packages' archives: zips whose files are stored as they are, one after
// the other, so that reading one is looking where each file begins.

const FILE = 0x04034b50; // how each file's header begins

/** What is in an archive, by name. */
export type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** Return the files of such a zip; they share its memory. */
export function unpack(zip: ArrayBuffer): Files {
  const files: Files = new Map();
  const header = new DataView(zip);
  const words = new TextDecoder();
  for (let at = 0; header.getUint32(at, true) === FILE; ) {
    const packing = header.getUint16(at + 8, true);
    const size = header.getUint32(at + 22, true);
    const nameEnd = at + 30 + header.getUint16(at + 26, true);
    const name = words.decode(new Uint8Array(zip, at + 30, nameEnd - at - 30));
    if (packing) throw new Error(`${name} is packed in its archive`);
    const start = nameEnd + header.getUint16(at + 28, true);
    files.set(name, new Uint8Array(zip, start, size));
    at = start + size;
  }
  if (!files.size) throw new Error("there is no archive of files");
  return files;
}
