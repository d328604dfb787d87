import { JsonNumber, type JsonValue } from './jsonValue';

/** A value, or where the text breaks the grammar of RFC 8259: a UTF-16 offset. */
export type ReadJson =
  { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly offset: number };

/** Reads a JSON text without losing digits. Never throws; depth costs no stack. */
export function readJson(text: string): ReadJson {
  const reader = new JsonReader(text);
  for (;;) {
    const state = reader.advance(text.length + 1);
    if (state.kind === 'done') return { ok: true, value: state.value };
    if (state.kind === 'invalid') return { ok: false, offset: state.offset };
  }
}

/** Characters between two turns of the event loop: some milliseconds of work. */
const SLICE = 512 * 1024;

/** As {@link readJson}, without holding up the event loop. */
export async function readJsonInSlices(text: string, pause: () => Promise<void>): Promise<ReadJson> {
  const reader = new JsonReader(text);
  for (;;) {
    const state = reader.advance(SLICE);
    if (state.kind === 'done') return { ok: true, value: state.value };
    if (state.kind === 'invalid') return { ok: false, offset: state.offset };
    await pause();
  }
}

type ReadingState =
  | { readonly kind: 'more' }
  | { readonly kind: 'done'; readonly value: JsonValue }
  | { readonly kind: 'invalid'; readonly offset: number };

type Container =
  | { readonly items: JsonValue[]; readonly members?: undefined }
  | { readonly items?: undefined; readonly members: Map<string, JsonValue>; key: string };

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const QUOTE = 34;
const BACKSLASH = 92;

class JsonReader {
  readonly #text: string;
  readonly #open: Container[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Works until at least `characters` more are done. Call again while it says `more`. */
  advance(characters: number): ReadingState {
    const limit = this.#at + characters;
    while (this.#at < limit) {
      this.#skipSpace();
      const value = this.#value();
      if (value === undefined) return { kind: 'invalid', offset: this.#at };
      if (value === OPENED) continue;
      const root = this.#place(value);
      if (root !== undefined) return root;
    }
    return { kind: 'more' };
  }

  /** Puts a value where it belongs and goes on to where the next one begins, closing what ends before it. */
  #place(first: JsonValue): ReadingState | undefined {
    let value = first;
    for (;;) {
      const container = this.#open.at(-1);
      this.#skipSpace();
      if (!container) {
        return this.#at === this.#text.length ? { kind: 'done', value } : { kind: 'invalid', offset: this.#at };
      }
      if (container.items) container.items.push(value);
      else container.members.set(container.key, value);
      const code = this.#text.charCodeAt(this.#at);
      if (code === 44 /* , */) {
        this.#at++;
        return container.items || this.#key(container) ? undefined : { kind: 'invalid', offset: this.#at };
      }
      if (code !== (container.items ? 93 /* ] */ : 125) /* } */) return { kind: 'invalid', offset: this.#at };
      this.#at++;
      this.#open.pop();
      value = container.items ?? container.members;
    }
  }

  /** The value that begins here, {@link OPENED} for a container that is not empty, `undefined` where none does. */
  #value(): JsonValue | typeof OPENED | undefined {
    switch (this.#text.charCodeAt(this.#at)) {
      case QUOTE:
        return this.#string();
      case 91 /* [ */:
        return this.#array();
      case 123 /* { */:
        return this.#object();
      case 116 /* t */:
        return this.#word('true', true);
      case 102 /* f */:
        return this.#word('false', false);
      case 110 /* n */:
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #array(): JsonValue | typeof OPENED {
    this.#at++;
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) === 93) {
      this.#at++;
      return [];
    }
    this.#open.push({ items: [] });
    return OPENED;
  }

  #object(): JsonValue | typeof OPENED | undefined {
    this.#at++;
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) === 125) {
      this.#at++;
      return new Map();
    }
    const container = { members: new Map<string, JsonValue>(), key: '' };
    this.#open.push(container);
    return this.#key(container) ? OPENED : undefined;
  }

  #key(container: { key: string }): boolean {
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== QUOTE) return false;
    const key = this.#string();
    if (key === undefined) return false;
    container.key = key;
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== 58 /* : */) return false;
    this.#at++;
    return true;
  }

  #word<T extends boolean | null>(word: string, value: T): T | undefined {
    if (!this.#text.startsWith(word, this.#at)) return undefined;
    this.#at += word.length;
    return value;
  }

  #number(): JsonNumber | undefined {
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.#text);
    if (!found) return undefined;
    this.#at = NUMBER.lastIndex;
    return new JsonNumber(found[0]);
  }

  #string(): string | undefined {
    const text = this.#text;
    const start = this.#at + 1;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        return text.slice(start, at);
      }
      if (code === BACKSLASH) return this.#escaped(at);
      if (code < 32) {
        this.#at = at;
        return undefined;
      }
    }
    this.#at = text.length;
    return undefined;
  }

  /** A string with escapes in it: what lies between the quotes is for `JSON.parse` to read. */
  #escaped(firstEscape: number): string | undefined {
    const text = this.#text;
    const start = this.#at;
    let at = firstEscape;
    while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
    this.#at = Math.min(at + 1, text.length);
    try {
      return JSON.parse(text.slice(start, this.#at)) as string;
    } catch {
      this.#at = firstEscape;
      return undefined;
    }
  }

  #skipSpace(): void {
    if (this.#text.charCodeAt(this.#at) > 32) return;
    SPACE.lastIndex = this.#at;
    SPACE.test(this.#text);
    this.#at = SPACE.lastIndex;
  }
}

/** Stands for a container whose first value comes next. */
const OPENED = Symbol('opened');
