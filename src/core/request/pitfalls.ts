import type { Diagnostic, TextRange } from './diagnostic';
import { methodKeys } from './format/requestKeys';
import type { RequestFile } from './model';
import { Reporter } from './reporter';
import { looksLikeSecret } from './secretLooks';
import { shorten } from './shorten';
import type { Steps } from './steps';
import { parseYaml } from './yaml/parseYaml';
import type { YamlEntry, YamlMap, YamlNode, YamlText } from './yaml/yamlNode';

/** What YAML takes without a word and surely was not meant, and literals that look like credentials. */
export function pitfallsIn(text: string): readonly Diagnostic[] {
  const reporter = new Reporter();
  const root = parseYaml(text, new Reporter());
  if (root) new PitfallWalk(text, reporter).node(root, undefined, []);
  return reporter.sorted();
}

/** Parts that are read before others get their turn. */
const PARTS_PER_STEP = 20;

/** Finds them request by request, so that an edit costs as much as the request that it is in. */
export class RequestFilePitfalls {
  #known: ReadonlyMap<string, readonly Diagnostic[]> = new Map();

  /** @param text what `file` was read from. */
  *find(text: string, file: RequestFile): Steps<readonly Diagnostic[]> {
    const found: Diagnostic[] = [];
    const known = new Map<string, readonly Diagnostic[]>();
    let fresh = 0;
    for (const { start, end } of partsOf(text, file)) {
      const part = text.slice(start, end);
      let pitfalls = known.get(part) ?? this.#known.get(part);
      if (!pitfalls) {
        if (++fresh % PARTS_PER_STEP === 0) yield;
        pitfalls = pitfallsIn(part);
      }
      known.set(part, pitfalls);
      for (const each of pitfalls) found.push({ ...each, range: moved(each.range, start) });
    }
    // What no request says any more is forgotten.
    this.#known = known;
    return found;
  }
}

/** The requests, and what stands around them. */
function* partsOf(text: string, { requests }: RequestFile): Generator<TextRange> {
  let at = 0;
  for (const { extent } of requests) {
    if (extent.start < at) continue;
    if (text.slice(at, extent.start).trim() !== '') yield { start: at, end: extent.start };
    yield extent;
    at = extent.end;
  }
  if (text.slice(at).trim() !== '') yield { start: at, end: text.length };
}

function moved({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}

/** Entity tags are quoted strings (RFC 9110 §8.8.3). */
const entityTagHeaders = /^(?:if-match|if-none-match|if-range|etag)$/i;
/** What stands there is a pattern or a path, or has a diagnostic of its own. */
const ownRules: ReadonlySet<string> = new Set(['capture', 'expect', 'auth', 'clientSecret', 'privateKey', 'until']);

function isUrlKey(key: string): boolean {
  return key in methodKeys || key === 'url' || key === 'websocket' || key === 'baseUrl';
}

class PitfallWalk {
  readonly #text: string;
  readonly #reporter: Reporter;
  readonly #seen = new Set<YamlNode>();

  constructor(text: string, reporter: Reporter) {
    this.#text = text;
    this.#reporter = reporter;
  }

  node(node: YamlNode, key: string | undefined, path: readonly string[]): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    if (node.kind === 'map') this.#map(node, path);
    else if (node.kind === 'list') for (const item of node.items) this.node(item, key, path);
    else if (node.kind === 'text') this.#scalar(node, key, path);
  }

  #map(map: YamlMap, path: readonly string[]): void {
    for (const [index, entry] of map.entries.entries()) {
      const { key, value } = entry;
      if (key.startsWith('x-')) continue;
      this.#comma(map.entries[index - 1], entry);
      this.#hash(entry);
      this.node(value, key, [...path, key]);
    }
  }

  /** `{ ids: 1,2 }`: a key without a colon, which only braces allow. */
  #comma(before: YamlEntry | undefined, { key, keyRange, value }: YamlEntry): void {
    const isBare = value.kind === 'null' && value.range.start === keyRange.end && value.range.end === keyRange.end;
    const previous = before?.value;
    if (!isBare || !previous || this.#text[keyRange.end] === ':') return;
    const isText = previous.kind === 'text' || previous.kind === 'number';
    const isPlain = isText && !/["']/.test(this.#text.charAt(previous.range.start));
    if (!isPlain || this.#text.slice(previous.range.end, keyRange.start).trim() !== ',') return;
    const range = { start: previous.range.start, end: keyRange.end };
    const replacement = JSON.stringify(shorten(this.#text.slice(range.start, range.end)));
    this.#reporter.warning('yaml.commaInFlow', range, { key: shorten(key), replacement });
  }

  /** `color: #fff` and `get: /a #b`: what follows is a comment. */
  #hash({ key, keyRange, value }: YamlEntry): void {
    const isUrl = isUrlKey(key);
    if (value.kind !== 'null' && !(isUrl && value.kind === 'text')) return;
    if (value.kind === 'text' && /^["'|>]/.test(value.source)) return;
    const from = value.kind === 'null' ? keyRange.end : value.range.end;
    const [, before, comment] = /^(:?[ \t]+)(#[^\s#,}\]][^\s,}\]]*)/.exec(this.#text.slice(from, from + 300)) ?? [];
    if (before === undefined || comment === undefined || before.startsWith(':') !== (value.kind === 'null')) return;
    const hash = from + before.length;
    const range = { start: value.kind === 'null' ? hash : value.range.start, end: hash + comment.length };
    const replacement = JSON.stringify(shorten(this.#text.slice(range.start, range.end)));
    this.#reporter.warning('yaml.hashComment', range, { key: shorten(key), replacement });
  }

  #scalar(node: YamlText, key: string | undefined, path: readonly string[]): void {
    if (key !== undefined && path.at(-2) === 'headers' && entityTagHeaders.test(key)) this.#quotes(node, key);
    if (path.some((step) => ownRules.has(step))) return;
    if (key !== undefined && isUrlKey(key)) this.#braces(node);
    if (looksLikeSecret(key, literalIn(node.text))) {
      this.#reporter.warning('request.looksLikeSecret', node.range, { key: shorten(key ?? '') });
    }
  }

  /** `/orders/{id}`, as API descriptions have it. */
  #braces({ source, range }: YamlText): void {
    for (const found of source.matchAll(/(?<![${])\{([\w-]{1,60})\}(?!\})/g)) {
      const start = range.start + found.index;
      const data = { value: found[0], replacement: `\$${found[0]}` };
      this.#reporter.warning('request.singleBraces', { start, end: start + found[0].length }, data);
    }
  }

  #quotes({ text, source, range }: YamlText, name: string): void {
    const isTag = source.startsWith('"') && text !== '' && !/["*$]/.test(text);
    if (!isTag) return;
    const replacement = `'${source}'`;
    this.#reporter.warning('request.quotesLost', range, { name: shorten(name), replacement: shorten(replacement) });
  }
}

/** A text without its expressions. What is open to its end is none: looking for each end anew would be quadratic. */
function literalIn(text: string): string {
  const end = text.lastIndexOf('}') + 1;
  return text.slice(0, end).replace(/\$\{[^}]*\}/g, ' ') + text.slice(end);
}
