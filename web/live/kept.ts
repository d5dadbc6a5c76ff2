// What a page keeps for a reader: things by id. Memory is the truth for this
// page; localStorage, where the browser has one, carries it to the next visit
// and to other tabs.

/** The part of `Storage` that is used. */
export type Store = Pick<
  Storage,
  "getItem" | "setItem" | "removeItem" | "key" | "length"
>;

/** Things by id, copied. */
export type Snapshot<T> = Map<string, T>;

/** Return the browser's storage, or null where it is refused. */
export function openStorage(): Storage | null {
  try {
    const storage = window.localStorage;
    storage.getItem("rnncourse");
    return storage;
  } catch {
    return null;
  }
}

/** What one kind of thing needs. */
export interface Kind<T> {
  /** of its keys in the storage */
  prefix: string;
  /** Return a value as such a thing, or null if it is none. */
  read(value: unknown): T | null;
  /** Whether there is nothing in it worth keeping. */
  isEmpty(thing: T): boolean;
}

/** All things of a kind. Events: "change" (detail: ids), "kept" when `kept`
 * changes. */
export class Kept<T extends object> extends EventTarget {
  /** Whether what is set now will be there after a reload. */
  kept: boolean;
  #things = new Map<string, T>();
  #unwritten = new Set<string>();
  #kind: Kind<T>;
  #store: Store | null;

  constructor(kind: Kind<T>, store: Store | null) {
    super();
    this.#kind = kind;
    this.#store = store;
    this.kept = store !== null;
    for (let i = 0; store && i < store.length; i++) {
      const key = store.key(i);
      if (key?.startsWith(kind.prefix)) this.#read(this.#id(key));
    }
  }

  /** Take up what another tab has stored under `key`; null: it has cleared. */
  refresh(key: string | null): void {
    if (key !== null && !key.startsWith(this.#kind.prefix)) return;
    const ids = key === null ? this.ids() : [this.#id(key)];
    if (key === null) this.#things.clear();
    else this.#read(ids[0]);
    this.#tell("change", ids);
  }

  get(id: string): Partial<T> {
    return { ...this.#things.get(id) };
  }

  has(id: string): boolean {
    return this.#things.has(id);
  }

  /** Keep a thing; null: nothing any more. */
  set(id: string, thing: T | null): void {
    this.#write(id, thing ?? undefined);
    this.#tell("change", [id]);
  }

  /** Change one thing as it is now, what other tabs did to it included. */
  update(id: string, change: (thing: Partial<T>) => T): void {
    if (this.#store && !this.#unwritten.has(id)) this.#read(id);
    this.set(id, change(this.get(id)));
  }

  ids(): string[] {
    return [...this.#things.keys()].sort();
  }

  /** Return a copy that `restore` takes back. */
  snapshot(): Snapshot<T> {
    return new Map([...this.#things].map(([id, x]) => [id, { ...x }]));
  }

  restore(snapshot: Snapshot<T>): void {
    const touched = new Set([...this.#things.keys(), ...snapshot.keys()]);
    for (const id of touched) this.#write(id, snapshot.get(id));
    this.#tell("change", [...touched]);
  }

  /** Put things in the place of those with the same ids. */
  add(things: Snapshot<T>): void {
    for (const [id, thing] of things) this.#write(id, thing);
    this.#tell("change", [...things.keys()]);
  }

  clear(): void {
    this.restore(new Map());
  }

  #id(key: string): string {
    return key.slice(this.#kind.prefix.length);
  }

  #read(id: string): void {
    let thing: T | null = null;
    try {
      const text = this.#store?.getItem(this.#kind.prefix + id);
      thing = this.#kind.read(JSON.parse(text ?? "null"));
    } catch {
      // not ours: leave it where it is
    }
    if (thing) this.#things.set(id, thing);
    else this.#things.delete(id);
    this.#unwritten.delete(id);
  }

  #write(id: string, thing?: T): void {
    if (thing && !this.#kind.isEmpty(thing)) this.#things.set(id, { ...thing });
    else this.#things.delete(id);
    // what found no room before may find some now
    const waiting = this.#put(id) ? [...this.#unwritten] : [];
    for (const other of waiting) if (!this.#put(other)) break;
    const kept = this.#store !== null && !this.#unwritten.size;
    if (kept === this.kept) return;
    this.kept = kept;
    this.#tell("kept", []);
  }

  /** Store a thing as it is now; return whether there was room. */
  #put(id: string): boolean {
    const key = this.#kind.prefix + id;
    const thing = this.#things.get(id);
    try {
      if (thing) this.#store?.setItem(key, JSON.stringify(thing));
      else this.#store?.removeItem(key);
      this.#unwritten.delete(id);
      return true;
    } catch {
      this.#unwritten.add(id); // full, or switched off meanwhile
      return false;
    }
  }

  #tell(name: string, ids: string[]): void {
    this.dispatchEvent(new CustomEvent(name, { detail: ids }));
  }
}
