import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Range, type Scalar, type YAMLMap } from 'yaml';
import { isJsonNumber } from '../../json/isJsonNumber';
import type { TextRange } from '../diagnostic';
import { Reporter } from '../reporter';
import { shorten } from '../shorten';
import { finish, type Steps } from '../steps';
import { readDocument, type ReadDocument } from './readDocument';
import { hasPatchedBraces, hasPatches, restore } from './patches';
import type { YamlEntry, YamlNode } from './yamlNode';

/** Values that all aliases of a file may repeat together. */
export const MAX_ALIASED_VALUES = 10_000;

/** Reads a YAML text by the rules of request files. Never throws; `undefined` when there is nothing to read. */
export function parseYaml(text: string, reporter: Reporter): YamlNode | undefined {
  return readYaml(text, reporter).root;
}

export interface ReadYaml {
  readonly root: YamlNode | undefined;
  /** Names of the anchors in the text. */
  readonly anchors: ReadonlySet<string>;
  /** Names of aliases without an anchor before them in the text. */
  readonly unknownAliases: ReadonlySet<string>;
  /** How many values the aliases repeat together. */
  readonly aliasedValues: number;
}

/**
 * Like {@link parseYaml}, with what a text has to do with others around it.
 * @param base the offset of the text's first character: every range counts from there.
 */
export function readYaml(text: string, reporter: Reporter, base = 0): ReadYaml {
  const read = readDocument(text, base === 0 ? reporter : reporter.shifted(base));
  return convertDocument(read, reporter, base);
}

/** An entry as it was read beside others. */
export interface ReadEntry extends Omit<ReadYaml, 'root'> {
  readonly entry: YamlEntry | undefined;
  /** Holds what is wrong with it. */
  readonly reporter: Reporter;
}

/**
 * Reads the entries of a map that is all there is in another one, each as if it had been read alone. `undefined`: the
 * text is not like that, or YAML has something against it.
 * @param bases for each of the entries, what is added to its offsets.
 */
export function readInnerEntries(text: string, bases: readonly number[]): readonly ReadEntry[] | undefined {
  const reporter = new Reporter();
  const read = readDocument(text, reporter);
  const root = read.document?.contents;
  if (reporter.mark > 0 || read.isPatched || !isMap(root) || root.items.length !== 1) return undefined;
  const inner = root.items[0]?.value;
  if (!isMap(inner) || inner.items.length !== bases.length) return undefined;
  return (inner.items as Pair<Node | null, Node | null>[]).map((pair, index) => {
    const found = new Reporter();
    const converter = new Converter(read, found, bases[index] ?? 0);
    const entry = converter.entry(pair, inner);
    return { entry, reporter: found, ...converter.aliases };
  });
}

export function convertDocument(read: ReadDocument, reporter: Reporter, base: number): ReadYaml {
  return finish(convertDocumentInSteps(read, reporter, base));
}

/** The same, a few milliseconds at a time. */
export function* convertDocumentInSteps(
  { document, text, isPatched }: ReadDocument,
  reporter: Reporter,
  base: number,
): Steps<ReadYaml> {
  const converter = new Converter({ text, isPatched }, reporter, base);
  const root = document?.contents ? yield* converter.nodeInSteps(document.contents, STEPPED_LEVELS) : undefined;
  return { root, ...converter.aliases };
}

/** Maps between whose entries others get their turn: the file, and what stands under `requests`. */
const STEPPED_LEVELS = 2;
/** A millisecond's work or two. */
const ENTRIES_PER_STEP = 20;

const NO_NAMES: ReadonlySet<string> = new Set();

interface Anchored {
  readonly node: YamlNode;
  readonly size: number;
}

class Converter {
  readonly #text: string;
  readonly #base: number;
  readonly #reporter: Reporter;
  readonly #anchors = new Map<string, Anchored>();
  readonly #unknownAliases = new Set<string>();
  readonly #isPatched: boolean;
  #nodes = 0;
  #aliased = 0;

  constructor({ text, isPatched }: Omit<ReadDocument, 'document'>, reporter: Reporter, base: number) {
    this.#text = text;
    this.#base = base;
    this.#reporter = reporter;
    this.#isPatched = isPatched;
  }

  get aliases(): Omit<ReadYaml, 'root'> {
    const anchors = this.#anchors.size === 0 ? NO_NAMES : new Set(this.#anchors.keys());
    const unknownAliases = this.#unknownAliases.size === 0 ? NO_NAMES : this.#unknownAliases;
    return { anchors, unknownAliases, aliasedValues: this.#aliased };
  }

  node(node: Node): YamlNode {
    const before = this.#nodes++;
    if (isAlias(node)) return this.#alias(node.source, this.#range(node.range));
    const converted = this.#convert(node);
    // Only now: a collection that holds an alias of itself must not find it.
    if (node.anchor) this.#anchors.set(node.anchor, { node: converted, size: this.#nodes - before });
    return converted;
  }

  /** `undefined`: it does not count. */
  entry(pair: Pair<Node | null, Node | null>, map: YAMLMap): YamlEntry | undefined {
    const key = this.#key(pair, map);
    return key && { ...key, value: pair.value ? this.node(pair.value) : noValue(key) };
  }

  /** Like {@link node}, with pauses between the entries of so many levels of maps. */
  *nodeInSteps(node: Node, levels: number): Steps<YamlNode> {
    if (levels === 0 || !isMap(node)) return this.node(node);
    const before = this.#nodes++;
    const entries = new Entries(this.#reporter);
    for (const [index, pair] of (node.items as Pair<Node | null, Node | null>[]).entries()) {
      if (index % ENTRIES_PER_STEP === 0) yield;
      const key = this.#key(pair, node);
      if (key)
        entries.add({ ...key, value: pair.value ? yield* this.nodeInSteps(pair.value, levels - 1) : noValue(key) });
    }
    const converted: YamlNode = { kind: 'map', entries: entries.all, range: this.#range(node.range) };
    if (node.anchor) this.#anchors.set(node.anchor, { node: converted, size: this.#nodes - before });
    return converted;
  }

  #convert(node: Exclude<Node, { source: string; anchor?: never }>): YamlNode {
    const range = this.#range(node.range);
    if (isMap(node)) return { kind: 'map', entries: this.#entries(node), range };
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => this.#item(item, range)), range };
    return isScalar(node) ? this.#scalar(node, range) : { kind: 'null', range };
  }

  /** A sequence can hold a pair only where YAML's shorthand `[a: b]` is used; the package makes a map of it. */
  #item(item: unknown, range: TextRange): YamlNode {
    return item ? this.node(item as Node) : { kind: 'null', range };
  }

  #entries(map: YAMLMap): readonly YamlEntry[] {
    const entries = new Entries(this.#reporter);
    for (const pair of map.items as Pair<Node | null, Node | null>[]) {
      const entry = this.entry(pair, map);
      if (entry) entries.add(entry);
    }
    return entries.all;
  }

  /** `undefined`: the entry does not count. */
  #key({ key, value }: Pair<Node | null, Node | null>, map: YAMLMap): Omit<YamlEntry, 'value'> | undefined {
    const keyRange = this.#range(key?.range ?? map.range);
    if (!isScalar(key) || typeof key.value !== 'string' || (key.type === 'PLAIN' && key.value === '')) {
      if (value) this.node(value);
      this.#reporter.error('yaml.keyNotText', keyRange);
      return undefined;
    }
    if (key.type === 'PLAIN' && key.value === '<<') {
      this.#reporter.error('yaml.mergeKey', keyRange);
      return undefined;
    }
    const text = this.#restored(key.value, keyRange);
    if (text.includes('${')) this.#reporter.warning('request.keyExpression', keyRange, { key: shorten(text) });
    return { key: text, keyRange };
  }

  #scalar(scalar: Scalar, range: TextRange): YamlNode {
    const value = String(scalar.value);
    if (scalar.type === 'PLAIN') {
      if (value === '' || value === 'null') return { kind: 'null', range };
      if (value === 'true' || value === 'false') return { kind: 'boolean', value: value === 'true', range };
      if (isJsonNumber(value)) return { kind: 'number', literal: value, range };
    }
    const text = this.#restored(value, range);
    const source = this.#sourceOf(range);
    if (text.includes('{{')) this.#doubleBraces(source, range.start);
    return { kind: 'text', text, source: this.#isPatched ? restore(source) : source, range };
  }

  #restored(text: string, range: TextRange): string {
    // An escape may give what we put in place of something elsewhere.
    if (!this.#isPatched || !hasPatches(this.#sourceOf(range))) return text;
    const value = restore(text);
    if (hasPatchedBraces(text) && value.includes('${')) {
      const data = { value: shorten(value), replacement: JSON.stringify(value) };
      this.#reporter.error('yaml.quoteExpression', range, data);
    }
    return value;
  }

  #sourceOf(range: TextRange): string {
    return this.#text.slice(range.start - this.#base, range.end - this.#base);
  }

  #doubleBraces(source: string, start: number): void {
    for (const found of (this.#isPatched ? restore(source) : source).matchAll(/\{\{([^{}]*)\}\}/g)) {
      // An expression says so itself.
      if (source[found.index - 1] === '$') continue;
      const range = { start: start + found.index, end: start + found.index + found[0].length };
      const data = { value: shorten(found[0]), replacement: `\${${shorten((found[1] ?? '').trim())}}` };
      // Where YAML had to be helped over the braces, the value is not what was written either.
      if (source[found.index] === '{') this.#reporter.warning('request.doubleBraces', range, data);
      else this.#reporter.error('request.doubleBraces', range, data);
    }
  }

  #alias(name: string, range: TextRange): YamlNode {
    const target = this.#anchors.get(name);
    if (!target) {
      this.#unknownAliases.add(name);
      const alias = `*${name}`;
      this.#reporter.error('yaml.unknownAlias', range, { alias: shorten(alias), replacement: JSON.stringify(alias) });
      return { kind: 'null', range };
    }
    this.#aliased += target.size;
    this.#nodes += target.size;
    if (this.#aliased <= MAX_ALIASED_VALUES) return target.node;
    this.#reporter.error('yaml.aliasesTooBig', range, { limit: MAX_ALIASED_VALUES });
    return { kind: 'null', range };
  }

  /** The place of a value, without the line breaks that the package counts to the end of a block. */
  #range(range: Range | null | undefined): TextRange {
    const length = this.#text.length;
    const start = Math.min(Math.max(0, range?.[0] ?? 0), length);
    let end = Math.min(Math.max(start, range?.[1] ?? start), length);
    while (end > start && isSpace(this.#text.charCodeAt(end - 1))) end--;
    return { start: start + this.#base, end: end + this.#base };
  }
}

/** The entries of a map; a key that is there twice is reported. */
class Entries {
  readonly all: YamlEntry[] = [];
  readonly #seen = new Set<string>();
  readonly #reporter: Reporter;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  add(entry: YamlEntry): void {
    const { key, keyRange } = entry;
    if (this.#seen.has(key)) this.#reporter.error('yaml.duplicateKey', keyRange, { key: shorten(key) });
    this.#seen.add(key);
    this.all.push(entry);
  }
}

function noValue({ keyRange: { end } }: Omit<YamlEntry, 'value'>): YamlNode {
  return { kind: 'null', range: { start: end, end } };
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code > 0x7f && /\s/.test(String.fromCharCode(code)));
}
