// The last session stays in this browser (IndexedDB), and comes and goes as
// a file. Nothing leaves the device.

import { h } from "./elements.ts";

export { download } from "./elements.ts";

/** What is kept of a session, and the words that offer it. */
export interface Kept {
  file: string; // base64
  words: string;
  when: number;
}

function store(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("rnncourse-workbench", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("sessions");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function inside<T>(
  mode: IDBTransactionMode,
  act: (sessions: IDBObjectStore) => IDBRequest<T>,
): Promise<T | null> {
  try {
    const base = await store();
    return await new Promise((resolve, reject) => {
      const request = act(base.transaction("sessions", mode).objectStore("sessions"));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }).finally(() => base.close()) as T;
  } catch {
    return null; // storage is full or switched off
  }
}

/** Keep a session; false if this browser does not. */
export async function keep(place: string, kept: Kept): Promise<boolean> {
  return (await inside("readwrite", (x) => x.put(kept, place))) !== null;
}

export const kept = (place: string): Promise<Kept | null | undefined> =>
  inside("readonly", (x) => x.get(place));

export async function forget(place: string): Promise<void> {
  await inside("readwrite", (x) => x.delete(place));
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

export async function base64Of(file: Blob): Promise<string> {
  const url: string = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error("The file could not be read."));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}

/** Let the reader choose a file. */
export function choose(accept: string, label: string, take: (file: File) => void) {
  const input = h("input", {
    type: "file", accept, "aria-label": label, tabindex: "-1", hidden: true,
  });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.value = "";
    if (file) take(file);
  });
  return input;
}
