import { captureKeys } from '../format/expectKeys';
import type { CaptureEntry, CaptureSource } from '../expectModel';
import { isName } from '../names';
import { nearest } from '../nearest';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/yamlNode';
import { decodeBodyPlace, looksLikeXPath } from './decodeBodyPlace';
import { decodeKeys, mapEntries, wrongKind } from './decodeKeys';
import { checkExpression } from './decodeMatchers';
import { firstOfEach, plainText } from './decodeValue';

/** The entries of `capture:`. One that cannot be read is left out, and reported. */
export function decodeCaptures(entry: YamlEntry, reporter: Reporter): readonly CaptureEntry[] {
  return firstOfEach(mapEntries(entry, reporter)).flatMap((item) => {
    if (item.key.startsWith('x-')) return [];
    if (!isName(item.key)) reporter.error('request.badName', item.keyRange, { name: shorten(item.key) });
    return decodeCapture(item, reporter) ?? [];
  });
}

function decodeCapture(entry: YamlEntry, reporter: Reporter): CaptureEntry | undefined {
  const { from, secret } =
    entry.value.kind === 'map' ? decodeParts(entry, entry.value, reporter) : { from: entry.value };
  if (!from) return undefined;
  const text = plainText(from);
  if (text === undefined) {
    wrongKind(entry, 'a path', `${entry.key}: $.id`, reporter);
    return undefined;
  }
  if (text.includes('${')) reporter.warning('capture.notExpanded', from.range);
  const source = decodeSource(text, from, reporter);
  return source && { name: entry.key, nameRange: entry.keyRange, source, secret };
}

interface CaptureParts {
  from?: YamlNode | undefined;
  secret?: boolean | undefined;
}

function decodeParts(entry: YamlEntry, map: YamlMap, reporter: Reporter): CaptureParts {
  const parts: CaptureParts = {};
  const before = reporter.mark;
  decodeKeys(map, captureKeys, 'a capture', reporter, (key, part) => {
    if (key === 'from') parts.from = part.value;
    else if (part.value.kind === 'boolean') parts.secret = part.value.value;
    else wrongKind(part, 'true or false', 'secret: true', reporter);
  });
  if (!parts.from && reporter.errorsSince(before).length === 0) {
    wrongKind(entry, 'a path, or a map with from', `${entry.key}: { from: $.id, secret: true }`, reporter);
  }
  return parts;
}

const PREFIXES = ['header', 'cookie', 'regex'] as const;
const WORDS: readonly string[] = ['status', 'body', 'url'];

function decodeSource(text: string, node: YamlNode, reporter: Reporter): CaptureSource | undefined {
  if (text === 'body') return { kind: 'text' };
  if (text === 'status' || text === 'url') return { kind: text };
  if (text.startsWith('$') || looksLikeXPath(text)) return decodeBodyPlace(text, node.range, reporter);
  const colon = text.indexOf(':');
  const prefix = PREFIXES.find((known) => known === text.slice(0, colon));
  if (prefix) return decodePrefixed(prefix, text.slice(colon + 1), node, reporter);
  const known = ['$.name', '/name', ...PREFIXES.map((name) => `${name}:`), ...WORDS];
  const close = nearest(colon < 0 ? text : text.slice(0, colon + 1), known);
  const data = { source: shorten(text), known: known.join(', ') };
  reporter.error('capture.unknownSource', node.range, close === undefined ? data : { ...data, nearest: close });
  return undefined;
}

function decodePrefixed(
  kind: (typeof PREFIXES)[number],
  rest: string,
  node: YamlNode,
  reporter: Reporter,
): CaptureSource | undefined {
  const name = kind === 'regex' ? rest : rest.trim();
  if (name === '') {
    reporter.error('capture.noName', node.range, { prefix: `${kind}:` });
    return undefined;
  }
  if (kind !== 'regex') return { kind, name };
  checkExpression(name, node, reporter);
  return { kind, pattern: name };
}
