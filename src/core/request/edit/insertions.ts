import { entryRange, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/yamlNode';
import type { ConnectionLines } from './connectionLines';
import { keyText } from './yamlText';

export interface Insertion {
  /** UTF-16 offset in the text. */
  readonly offset: number;
  readonly text: string;
}

const step = '  ';

/** Places where a connection can be put, best first; whether the file still says the same is for others to judge. */
export function insertionsFor(
  text: string,
  root: YamlNode | undefined,
  name: string,
  lines: ConnectionLines,
): readonly Insertion[] {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const write = new Writer(text, eol, name, lines);
  if (root === undefined || root.kind === 'null') return write.atTheEnd('');
  if (root.kind !== 'map') return [];
  const connections = root.entries.find(({ key }) => key === 'connections');
  if (!connections)
    return isFlow(text, root) ? write.intoFlow(root, `connections: { ${write.flow()} }`) : write.below(root);
  const { value } = connections;
  // An alias stands for something that is written elsewhere.
  if (value.range.start < connections.keyRange.end) return [];
  if (value.kind === 'null') return value.range.end > value.range.start ? [] : write.underKey(connections);
  if (value.kind !== 'map') return [];
  return isFlow(text, value) ? write.intoFlow(value, write.flow()) : write.afterLast(value);
}

function isFlow(text: string, map: YamlMap): boolean {
  return text[map.range.start] === '{';
}

class Writer {
  readonly #text: string;
  readonly #eol: string;
  readonly #name: string;
  readonly #lines: ConnectionLines;

  constructor(text: string, eol: string, name: string, lines: ConnectionLines) {
    this.#text = text;
    this.#eol = eol;
    this.#name = name;
    this.#lines = lines;
  }

  /** The entry in flow style. */
  flow(): string {
    return `${keyText(this.#name)}: { ${this.#lines.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
  }

  /** The file has no connections yet, so they go below everything; a blank line sets them off. */
  below(root: YamlMap): readonly Insertion[] {
    const indent = this.#indentOf(root.entries[0]?.keyRange.start ?? 0);
    const last = root.entries.at(-1);
    const behind = last ? this.#insertAt(this.#lineAfter(entryRange(last).end), this.#connections(indent)) : [];
    return [...this.atTheEnd(indent), ...behind];
  }

  atTheEnd(indent: string): readonly Insertion[] {
    const { length } = this.#text;
    const isSetOff = this.#text.trim() === '' || /(?:\r?\n){2}$/.test(this.#text);
    const block = this.#connections(indent);
    const plain = this.#insertAt(length, block);
    return isSetOff ? plain : [...this.#insertAt(length, ['', ...block]), ...plain];
  }

  /** `connections:` is there with nothing below it. */
  underKey({ keyRange }: YamlEntry): readonly Insertion[] {
    const indent = this.#indentOf(keyRange.start);
    return this.#insertAt(this.#lineAfter(keyRange.end), this.#entry(indent + step));
  }

  /** Behind the last connection and the comments that belong to it. */
  afterLast(map: YamlMap): readonly Insertion[] {
    const last = map.entries.at(-1);
    if (!last) return [];
    const indent = this.#indentOf(last.keyRange.start);
    const end = this.#lineAfter(entryRange(last).end);
    const entry = this.#entry(indent);
    return [...this.#insertAt(this.#behindComments(end, indent.length), entry), ...this.#insertAt(end, entry)];
  }

  intoFlow(map: YamlMap, entry: string): readonly Insertion[] {
    const last = map.entries.at(-1);
    if (last) return [{ offset: entryRange(last).end, text: `, ${entry}` }];
    return [{ offset: map.range.start + 1, text: ` ${entry} ` }];
  }

  #connections(indent: string): readonly string[] {
    return [`${indent}connections:`, ...this.#entry(indent + step)];
  }

  #entry(indent: string): readonly string[] {
    const fields = this.#lines.map(([key, value]) => `${indent}${step}${key}: ${value}`);
    return [`${indent}${keyText(this.#name)}:`, ...fields];
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
