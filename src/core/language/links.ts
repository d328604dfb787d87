import type { TextRange } from '../request/diagnostic';
import { keyReferences } from '../request/format/keyReference';
import type { Suggestion } from '../request/format/keyTable';
import { projectFileKeys } from '../request/format/projectKeys';
import { requestFileKeys } from '../request/format/requestKeys';
import type { RequestEntry } from '../request/model';
import { Reporter } from '../request/reporter';
import { parseYaml } from '../request/yaml/parseYaml';
import type { YamlNode } from '../request/yaml/yamlNode';
import { expressionsIn } from '../request/expressionPlace';
import { keyPlace } from './keyPlace';
import type { LanguageFile } from './languageFile';
import type { Steps } from '../request/steps';
import { outsideRequests, PerRequest } from './perRequest';
import type { PathStep } from './positionContext';

/** Something in a file that leads elsewhere. */
export type Link =
  /** A file, by the path as it is written: relative to the file that names it. */
  | { readonly kind: 'file'; readonly range: TextRange; readonly path: string }
  /** The URL of a request that only reads; to be resolved when somebody follows it. */
  | { readonly kind: 'url'; readonly range: TextRange; readonly request: string };

const FILE: ReadonlySet<Suggestion | undefined> = new Set(['file', 'requestFile']);

/** Keys whose values are paths: what mentions none of them need not be parsed. */
const FILE_KEYS = new RegExp(
  `\\b(?:${[...keyReferences(requestFileKeys), ...keyReferences(projectFileKeys)]
    .filter(({ description }) => FILE.has(description.suggest))
    .map(({ path }) => path.at(-1) ?? '')
    .join('|')})["']?\\s*:`,
);

/** Finds links; one for each document, as it keeps what has not changed. */
export class LinkFinder {
  readonly #requests = new PerRequest((text, request) => [...linksIn(text), ...urlLink(request)]);

  *links(file: LanguageFile): Steps<readonly Link[]> {
    const links = (yield* this.#requests.of(file)).flatMap(({ start, value }) =>
      value.map((link) => moved(link, start)),
    );
    for (const { start, end } of outsideRequests(file)) {
      links.push(...linksOutside(file.kind, file.text.slice(start, end)).map((link) => moved(link, start)));
    }
    return links.sort((a, b) => a.range.start - b.range.start);
  }
}

/** The links in the text of one request, which is a map with one entry. */
function linksIn(text: string): readonly Link[] {
  const requests: PathStep = { kind: 'key', key: 'requests', range: { start: 0, end: 0 } };
  return [...pathsIn(text, 'request', [requests]), ...fileExpressions(text)];
}

function linksOutside(kind: LanguageFile['kind'], text: string): readonly Link[] {
  return [...pathsIn(text, kind, []), ...fileExpressions(text)];
}

function* fileExpressions(text: string): Generator<Link> {
  if (!text.includes('${file:')) return;
  for (const { prefix, name, closed } of expressionsIn(text, 0)) {
    if (prefix?.text === 'file' && closed && /^[^"'{]+$/.test(name.text))
      yield { kind: 'file', range: name.range, path: name.text };
  }
}

function pathsIn(text: string, kind: LanguageFile['kind'], above: readonly PathStep[]): readonly Link[] {
  if (!FILE_KEYS.test(text)) return [];
  const root = parseYaml(text, new Reporter());
  const links: Link[] = [];
  if (root) collect(root, kind, above, links);
  return links;
}

function collect(node: YamlNode, kind: LanguageFile['kind'], path: readonly PathStep[], links: Link[]): void {
  if (node.kind === 'map') {
    for (const { key, keyRange, value } of node.entries) {
      // What an alias stands for is found where it is written.
      if (value.range.start < keyRange.end) continue;
      collect(value, kind, [...path, { kind: 'key', key, range: keyRange }], links);
    }
  } else if (node.kind === 'list') {
    for (const item of node.items) collect(item, kind, [...path, { kind: 'item', range: item.range }], links);
  } else if (node.kind === 'text' && isPath(node.text)) {
    if (FILE.has(keyPlace(kind, path)?.description.suggest))
      links.push({ kind: 'file', range: node.range, path: node.text });
  }
}

function isPath(text: string): boolean {
  return text !== '' && !text.includes('${') && !text.includes('\n') && !/^[a-z][a-z0-9+.-]+:/i.test(text);
}

/** Following a link reads, so only what reads has one; and what comes from a response is not there to follow. */
function urlLink({ method, url, extent, name }: RequestEntry): readonly Link[] {
  if (method !== 'GET' || !url) return [];
  const isKnown = url.parts.every((part) => typeof part === 'string' || part.source.kind === 'variable');
  if (!isKnown) return [];
  const { start, end } = url.range;
  return end > start
    ? [{ kind: 'url', range: { start: start - extent.start, end: end - extent.start }, request: name }]
    : [];
}

function moved<T extends Link>(link: T, by: number): T {
  return { ...link, range: { start: link.range.start + by, end: link.range.end + by } };
}
