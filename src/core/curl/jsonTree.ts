import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import { hasMarks } from './marks';

/** Levels of nesting; deeper bodies stay text. */
const MAX_DEPTH = 50;

/**
 * A JSON text as YAML that is sent as the same JSON, numbers as they are written. `undefined` for what is not JSON, or
 * has a name twice, which only a text can say.
 * @param convert makes the text of a string, given the name it stands under.
 * @param bareMark makes the text of a mark that stands where JSON has a value; absent: such a text is no JSON.
 */
export function jsonTree(
  json: string,
  convert: (text: string, name: string | undefined) => string,
  bareMark?: (mark: string) => string,
): NewYaml | undefined {
  const reader = new JsonTreeReader(json, convert, bareMark);
  try {
    return reader.read();
  } catch {
    return undefined;
  }
}

class JsonTreeReader {
  readonly #text: string;
  readonly #convert: (text: string, name: string | undefined) => string;
  readonly #bareMark: ((mark: string) => string) | undefined;
  #at = 0;
  #depth = 0;

  constructor(
    text: string,
    convert: (text: string, name: string | undefined) => string,
    bareMark: ((mark: string) => string) | undefined,
  ) {
    this.#text = text;
    this.#convert = convert;
    this.#bareMark = bareMark;
  }

  read(): NewYaml {
    const value = this.#value(undefined);
    this.#token(/\s*/y);
    if (this.#at < this.#text.length) throw new SyntaxError('more text');
    return value;
  }

  #value(name: string | undefined): NewYaml {
    if (++this.#depth > MAX_DEPTH) throw new RangeError('too deep');
    this.#token(/[ \t\r\n]*/y);
    const character = this.#text[this.#at];
    const value =
      character === '{' ? this.#map() : character === '[' ? this.#list(name) : this.#scalar(character, name);
    this.#depth--;
    this.#token(/[ \t\r\n]*/y);
    return value;
  }

  #scalar(character: string | undefined, name: string | undefined): NewYaml {
    if (character === '"') return { kind: 'text', text: this.#convert(this.#string(), name) };
    if (this.#bareMark && character !== undefined && hasMarks(character)) {
      return { kind: 'text', text: this.#bareMark(this.#token(/\ufdd4[^\ufdd4\ufdd5]*\ufdd5/y)) };
    }
    return { kind: 'raw', source: this.#token(/true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y) };
  }

  #map(): NewYaml {
    const entries: NewYamlEntry[] = [];
    const known = new Set<string>();
    this.#token(/\{[ \t\r\n]*/y);
    while (this.#text[this.#at] !== '}') {
      if (entries.length > 0) this.#token(/,[ \t\r\n]*/y);
      const key = this.#string();
      if (known.has(key)) throw new SyntaxError('twice');
      known.add(key);
      this.#token(/[ \t\r\n]*:/y);
      entries.push([key, this.#value(key)]);
    }
    this.#at++;
    return { kind: 'map', entries };
  }

  #list(name: string | undefined): NewYaml {
    const items: NewYaml[] = [];
    this.#token(/\[[ \t\r\n]*/y);
    while (this.#text[this.#at] !== ']') {
      if (items.length > 0) this.#token(/,/y);
      items.push(this.#value(name));
    }
    this.#at++;
    return { kind: 'list', items };
  }

  #string(): string {
    return JSON.parse(this.#token(/"(?:[^"\\]|\\.)*"/y)) as string;
  }

  #token(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) throw new SyntaxError('not JSON');
    this.#at += found[0].length;
    return found[0];
  }
}
