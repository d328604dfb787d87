import { entryRange, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/yamlNode';

export interface Insertion {
  /** UTF-16 offset in the text. */
  readonly offset: number;
  readonly text: string;
}

/** An entry that is to be put into a map. */
export interface NewEntry {
  /** Its lines in block style, each without its line break. */
  readonly block: (indent: string) => readonly string[];
  /** On one line, for inside of `{ }`. */
  readonly flow: string;
}

/** The top-level map that an entry is put into. */
export interface Place {
  readonly key: string;
  /** The entry that it is put behind; absent: the last. */
  readonly after?: string | undefined;
  /** A map that is not there yet is put above everything else instead of below. */
  readonly first?: boolean;
}

const step = '  ';

/** Places where an entry can be put, best first; whether the file still says the same is for others to judge. */
export function insertionsFor(
  text: string,
  root: YamlNode | undefined,
  place: Place,
  entry: NewEntry,
): readonly Insertion[] {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const write = new Writer(text, eol, place.key, entry);
  if (root === undefined || root.kind === 'null') return write.atTheEnd('');
  if (root.kind !== 'map') return [];
  const holder = root.entries.find(({ key }) => key === place.key);
  if (!holder)
    return isFlow(text, root)
      ? write.intoFlow(root, `${place.key}: { ${entry.flow} }`)
      : [...(place.first === true ? write.above(root) : []), ...write.below(root)];
  const { value } = holder;
  // An alias stands for something that is written elsewhere.
  if (value.range.start < holder.keyRange.end) return [];
  if (value.kind === 'null') return value.range.end > value.range.start ? [] : write.underKey(holder);
  if (value.kind !== 'map') return [];
  return insertionsInto(text, value, entry, place.after);
}

/** Places in a map that is there, best first: behind the entry of that name, else the last. */
export function insertionsInto(text: string, map: YamlMap, entry: NewEntry, after?: string): readonly Insertion[] {
  const write = new Writer(text, text.includes('\r\n') ? '\r\n' : '\n', '', entry);
  if (isFlow(text, map)) return write.intoFlow(map, entry.flow);
  const before = map.entries.find(({ key }) => key === after);
  return [...(before && before !== map.entries.at(-1) ? write.behind(map, before) : []), ...write.afterLast(map)];
}

function isFlow(text: string, map: YamlMap): boolean {
  return text[map.range.start] === '{';
}

class Writer {
  readonly #text: string;
  readonly #eol: string;
  readonly #key: string;
  readonly #new: NewEntry;

  constructor(text: string, eol: string, key: string, entry: NewEntry) {
    this.#text = text;
    this.#eol = eol;
    this.#key = key;
    this.#new = entry;
  }

  /** The file has no such map yet, so they go below everything; a blank line sets them off. */
  below(root: YamlMap): readonly Insertion[] {
    const indent = this.#indentOf(root.entries[0]?.keyRange.start ?? 0);
    const last = root.entries.at(-1);
    const behind = last ? this.#insertAt(this.#lineAfter(entryRange(last).end), this.#whole(indent)) : [];
    return [...this.atTheEnd(indent), ...behind];
  }

  /** Before the first entry and behind the comments at the head of the file. */
  above(root: YamlMap): readonly Insertion[] {
    const start = root.entries[0]?.keyRange.start ?? 0;
    const indent = this.#indentOf(start);
    const offset = start - indent.length;
    return /^ *$/.test(this.#text.slice(offset, start)) ? this.#insertAt(offset, this.#whole(indent)) : [];
  }

  atTheEnd(indent: string): readonly Insertion[] {
    const { length } = this.#text;
    const isSetOff = this.#text.trim() === '' || /(?:\r?\n){2}$/.test(this.#text);
    const block = this.#whole(indent);
    const plain = this.#insertAt(length, block);
    return isSetOff ? plain : [...this.#insertAt(length, ['', ...block]), ...plain];
  }

  /** The key is there with nothing below it. */
  underKey({ keyRange }: YamlEntry): readonly Insertion[] {
    const indent = this.#indentOf(keyRange.start);
    return this.#insertAt(this.#lineAfter(keyRange.end), this.#entry(indent + step));
  }

  /** Directly behind one of several entries: comments below it are about the next. */
  behind(map: YamlMap, entry: YamlEntry): readonly Insertion[] {
    const lines = this.#entry(this.#indentOf(entry.keyRange.start));
    return this.#insertAt(this.#lineAfter(entryRange(entry).end), this.#setOff(map, lines));
  }

  /** Behind the last entry and the comments that belong to it. */
  afterLast(map: YamlMap): readonly Insertion[] {
    const last = map.entries.at(-1);
    if (!last) return [];
    const indent = this.#indentOf(last.keyRange.start);
    const end = this.#lineAfter(entryRange(last).end);
    const entry = this.#setOff(map, this.#entry(indent));
    return [...this.#insertAt(this.#behindComments(end, indent.length), entry), ...this.#insertAt(end, entry)];
  }

  intoFlow(map: YamlMap, entry: string): readonly Insertion[] {
    const last = map.entries.at(-1);
    if (last) return [{ offset: entryRange(last).end, text: `, ${entry}` }];
    return [{ offset: map.range.start + 1, text: ` ${entry} ` }];
  }

  #whole(indent: string): readonly string[] {
    return [`${indent}${this.#key}:`, ...this.#entry(indent + step)];
  }

  #entry(indent: string): readonly string[] {
    return this.#new.block(indent);
  }

  /** With a blank line before it where the entries have one between them, and it is more than a line. */
  #setOff(map: YamlMap, lines: readonly string[]): readonly string[] {
    if (lines.length < 2) return lines;
    const isSpaced = map.entries.slice(1).some(({ keyRange }) => {
      const line = this.#text.lastIndexOf('\n', keyRange.start - 1);
      return /\n[ \t]*\r?$/.test(this.#text.slice(Math.max(0, line - 200), Math.max(0, line)));
    });
    return isSpaced ? ['', ...lines] : lines;
  }

  #insertAt(offset: number, lines: readonly string[]): readonly Insertion[] {
    const before = offset > 0 && this.#text[offset - 1] !== '\n' ? this.#eol : '';
    return [{ offset, text: before + lines.map((line) => line + this.#eol).join('') }];
  }

  #indentOf(offset: number): string {
    const start = this.#text.lastIndexOf('\n', offset - 1) + 1;
    return ' '.repeat(offset - start);
  }

  #lineAfter(offset: number): number {
    const end = this.#text.indexOf('\n', offset);
    return end < 0 ? this.#text.length : end + 1;
  }

  /** Comments as deep as the entries belong to them; those further out are about what follows. */
  #behindComments(offset: number, depth: number): number {
    let [behind, at] = [offset, offset];
    while (at < this.#text.length) {
      const next = this.#lineAfter(at);
      const [, indent = '', mark] = /^([ \t]*)(.?)/.exec(this.#text.slice(at, next)) ?? [];
      if (mark === '#' && indent.length >= depth) behind = next;
      else if (mark !== undefined && mark.trim() !== '') break;
      at = next;
    }
    return behind;
  }
}
