import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { assertNever } from '../../core/assertNever';
import { formsMasker, type SecretMasker } from '../../core/http/secretMasker';
import type { JsonValue } from '../../core/json/jsonValue';
import { readJson } from '../../core/json/readJson';
import { parseJsonPath } from '../../core/jsonPath/parseJsonPath';
import { FILTER_BYTES, type FilterOutcome, type FilterSource } from '../../core/response/bodyFilter';
import { filterJson } from '../../core/response/filterJson';
import { filterXml, type FilteredXml } from '../../core/response/filterXml';
import { parseXPath } from '../../core/xml/parseXPath';
import { readXml } from '../../core/xml/readXml';
import type { FilterAnswer, FilterRequest } from './filterMessages';

/** A body that a path can look into. */
type ReadBody =
  | { readonly kind: 'json'; readonly value: JsonValue }
  | { readonly kind: 'xml'; readonly xml: FilteredXml }
  | { readonly kind: 'none'; readonly outcome: FilterOutcome | undefined };

// The entry of the thread. It keeps the body that it read last: people try one path after the other.
let kept: { readonly key: string; readonly body: ReadBody } | undefined;

parentPort?.on('message', (request: FilterRequest) => {
  void answer(request).then((outcome) => parentPort?.postMessage({ outcome } satisfies FilterAnswer));
});

async function answer({ key, source, path }: FilterRequest): Promise<FilterOutcome | undefined> {
  if (kept?.key !== key) {
    kept = undefined;
    kept = { key, body: await read(source) };
  }
  return filter(kept.body, path, formsMasker(source.kind === 'file' ? source.forms : []));
}

async function read(source: FilterSource): Promise<ReadBody> {
  const text = textOf(source);
  if (source.language === 'json') {
    const json = readJson(text);
    return json.ok ? { kind: 'json', value: json.value } : { kind: 'none', outcome: undefined };
  }
  // This thread has nothing else to do meanwhile.
  const read = await readXml(text, () => Promise.resolve(), FILTER_BYTES);
  if (read.ok) return { kind: 'xml', xml: { text, document: read.value } };
  const { problem, line, column } = read;
  return { kind: 'none', outcome: { kind: 'unreadable', problem, line, column } };
}

function filter(body: ReadBody, path: string, mask: SecretMasker): FilterOutcome | undefined {
  switch (body.kind) {
    case 'json': {
      const parsed = parseJsonPath(path);
      return parsed.ok ? filterJson(body.value, parsed.query, mask) : undefined;
    }
    case 'xml': {
      const parsed = parseXPath(path);
      return parsed.ok ? filterXml(body.xml, parsed.expression, mask) : undefined;
    }
    case 'none':
      return body.outcome;
    default:
      return assertNever(body);
  }
}

function textOf(source: FilterSource): string {
  return source.kind === 'text' ? source.text : new TextDecoder(source.charset).decode(readFileSync(source.path));
}
