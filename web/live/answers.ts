// What the reader has typed and solved. Memory is the truth for this page;
// localStorage, where the browser has one, carries it to the next visit.

/** One exercise's answer: code that differs from the starter, and whether
 * a check has ever called it correct. */
export interface Answer {
  code?: string;
  solved?: boolean;
}

/** The part of `Storage` that is used. */
export type Store = Pick<
  Storage,
  "getItem" | "setItem" | "removeItem" | "key" | "length"
>;

const PREFIX = "rnncourse/answer/";
const ID = /^[a-z0-9_]+\.[a-z0-9_]+$/;
const LONGEST = 100_000;

/** Return the browser's storage, or null where it is refused. */
export function openStorage(): Storage | null {
  try {
    const storage = window.localStorage;
    storage.getItem(PREFIX);
    return storage;
  } catch {
    return null;
  }
}

/** Return `value` as an answer, or null if it is none. */
export function readAnswer(value: unknown): Answer | null {
  if (typeof value !== "object" || value === null) return null;
  const { code, solved } = value as Record<string, unknown>;
  const answer: Answer = {};
  if (code !== undefined) {
    if (typeof code !== "string" || code.length > LONGEST) return null;
    answer.code = code;
  }
  if (solved === true) answer.solved = true;
  return answer;
}

function isEmpty(answer: Answer): boolean {
  return answer.code === undefined && !answer.solved;
}

/** All answers. Events: "change" (detail: ids), "kept" when `kept` changes. */
export class Answers extends EventTarget {
  /** Whether what is typed now will be there after a reload. */
  kept: boolean;
  #answers = new Map<string, Answer>();
  #store: Store | null;

  constructor(store: Store | null) {
    super();
    this.#store = store;
    this.kept = store !== null;
    for (let i = 0; store && i < store.length; i++) {
      const key = store.key(i);
      if (key?.startsWith(PREFIX)) this.#read(key);
    }
  }

  /** Take up what another tab has stored under `key`. */
  refresh(key: string | null): void {
    if (key === null) this.#answers.clear();
    else if (!key.startsWith(PREFIX)) return;
    else this.#read(key);
    this.#tell("change", key ? [key.slice(PREFIX.length)] : []);
  }

  get(id: string): Answer {
    return { ...this.#answers.get(id) };
  }

  set(id: string, answer: Answer): void {
    this.#write(id, answer);
    this.#tell("change", [id]);
  }

  ids(): string[] {
    return [...this.#answers.keys()].sort();
  }

  /** Return a copy that `restore` takes back. */
  snapshot(): Map<string, Answer> {
    return new Map([...this.#answers].map(([id, a]) => [id, { ...a }]));
  }

  restore(snapshot: Map<string, Answer>): void {
    const touched = new Set([...this.#answers.keys(), ...snapshot.keys()]);
    for (const id of touched) this.#write(id, snapshot.get(id) ?? {});
    this.#tell("change", [...touched]);
  }

  clear(): void {
    this.restore(new Map());
  }

  /** Return all answers as the text of a file. */
  toFile(): string {
    const answers = Object.fromEntries(
      this.ids().map((id) => [id, this.get(id)]),
    );
    return JSON.stringify({ course: "rnncourse", version: 1, answers }, null, 2);
  }

  /** Add the answers of a file to these; return their ids. */
  addFile(text: string): string[] {
    const read = answersOf(text);
    for (const [id, answer] of read) this.#write(id, answer);
    this.#tell("change", [...read.keys()]);
    return [...read.keys()];
  }

  #read(key: string): void {
    const id = key.slice(PREFIX.length);
    let answer: Answer | null = null;
    try {
      answer = readAnswer(JSON.parse(this.#store?.getItem(key) ?? "null"));
    } catch {
      // not ours: leave it where it is
    }
    if (answer) this.#answers.set(id, answer);
    else this.#answers.delete(id);
  }

  #write(id: string, answer: Answer): void {
    const key = PREFIX + id;
    if (isEmpty(answer)) this.#answers.delete(id);
    else this.#answers.set(id, { ...answer });
    let kept = this.#store !== null;
    try {
      if (isEmpty(answer)) this.#store?.removeItem(key);
      else this.#store?.setItem(key, JSON.stringify(answer));
    } catch {
      kept = false; // full, or switched off while the page was open
    }
    if (kept === this.kept) return;
    this.kept = kept;
    this.#tell("kept", []);
  }

  #tell(name: string, ids: string[]): void {
    this.dispatchEvent(new CustomEvent(name, { detail: ids }));
  }
}

/** Return the answers in the text of an exported file, by id. */
export function answersOf(text: string): Map<string, Answer> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error("This file is not JSON, so it was not exported here.");
  }
  const { course, version, answers } = (file ?? {}) as Record<string, unknown>;
  if (course !== "rnncourse" || typeof answers !== "object" || !answers)
    throw new Error("This file was not exported from this course.");
  if (version !== 1)
    throw new Error("This file comes from a newer version of the course.");
  const read = new Map<string, Answer>();
  for (const [id, value] of Object.entries(answers)) {
    const answer = ID.test(id) ? readAnswer(value) : null;
    if (!answer) throw new Error(`The answer to “${id}” cannot be read.`);
    read.set(id, answer);
  }
  return read;
}
