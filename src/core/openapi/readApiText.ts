import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Scalar,
} from 'yaml';
import { LatchkeyError } from '../errors';
import { isJsonNumber } from '../json/isJsonNumber';
import { isJsonObject, JsonNumber, type JsonValue } from '../json/jsonValue';
import { readJson } from '../json/readJson';
import { shorten } from '../request/shorten';

/** Characters of the longest document that is read; the largest that are published have a third of it. */
const MOST_CHARACTERS = 32_000_000;
/** Levels of nesting. */
const MOST_LEVELS = 500;

/**
 * An API description's text, as JSON or as YAML by its JSON schema rules (OpenAPI 3.1 §4.2), digits of numbers kept.
 * @param label what the document is called where it is told that it cannot be read.
 * @throws LatchkeyError `description.*`
 */
export function readApiText(text: string, label: string): JsonValue {
  if (text.length > MOST_CHARACTERS) {
    throw new LatchkeyError('description.tooLarge', { file: label, limit: `${MOST_CHARACTERS / 1_000_000} MB` });
  }
  const clean = text.replace(/^\ufeff/, '');
  const json = readJson(clean);
  if (json.ok) return json.value;
  // What begins like JSON can still be YAML in flow style.
  return readYaml(clean, label, /^\s*[{[]/.test(clean) ? json.offset : undefined);
}

function readYaml(text: string, label: string, jsonOffset: number | undefined): JsonValue {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(jsonOffset ?? error.pos[0]);
    const problem = jsonOffset === undefined ? shorten(error.message.split('\n')[0] ?? '', 200) : 'this is not JSON';
    throw new LatchkeyError('description.notReadable', { file: label, line, column: col, problem });
  }
  return new YamlReader(document, label).value(document.contents, 0);
}

class YamlReader {
  readonly #document: Document.Parsed;
  readonly #label: string;
  /** Aliases share what they stand for, so that none of them costs anything. */
  readonly #known = new Map<Node, JsonValue>();
  readonly #open = new Set<Node>();

  constructor(document: Document.Parsed, label: string) {
    this.#document = document;
    this.#label = label;
  }

  value(given: unknown, level: number): JsonValue {
    const node = isAlias(given) ? given.resolve(this.#document) : (given as Node | null | undefined);
    if (!node) return null;
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    if (level > MOST_LEVELS || this.#open.has(node)) {
      throw new LatchkeyError('description.tooDeep', { file: this.#label, limit: MOST_LEVELS });
    }
    this.#open.add(node);
    const value = this.#read(node, level);
    this.#open.delete(node);
    this.#known.set(node, value);
    return value;
  }

  #read(node: Node, level: number): JsonValue {
    if (isScalar(node)) return scalarValue(node);
    if (isSeq(node)) return node.items.map((item) => this.value(item, level + 1));
    if (!isMap(node)) return null;
    const members = new Map<string, JsonValue>();
    for (const { key: written, value } of node.items) {
      const read = this.value(value, level + 1);
      const name = isScalar(written) ? textOf(written) : '';
      // A merge key of YAML 1.1, which documents use to repeat responses: what is there already counts.
      if (name !== '<<' || !isJsonObject(read)) members.set(name, read);
      else for (const [key, inner] of read) members.set(key, members.get(key) ?? inner);
    }
    return members;
  }
}

function scalarValue(scalar: Scalar): JsonValue {
  const text = textOf(scalar);
  if (scalar.type !== 'PLAIN') return text;
  if (text === '' || text === 'null' || text === '~') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return isJsonNumber(text) ? new JsonNumber(text) : text;
}

/** Scalars are texts as long as no schema makes more of them. */
function textOf({ value }: Scalar): string {
  return typeof value === 'string' ? value : '';
}
