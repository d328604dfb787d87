import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { formsMasker } from '../../core/http/secretMasker';
import type { JsonValue } from '../../core/json/jsonValue';
import { readJson } from '../../core/json/readJson';
import { parseJsonPath } from '../../core/jsonPath/parseJsonPath';
import { filterJson, type FilterOutcome, type JsonSource } from '../../core/response/filterJson';
import type { FilterAnswer, FilterRequest } from './filterMessages';

// The entry of the thread. It keeps the JSON that it read last: people try one path after the other.
let kept: { readonly key: string; readonly value: JsonValue } | undefined;

parentPort?.on('message', ({ key, source, path }: FilterRequest) => {
  const answer: FilterAnswer = { outcome: filter(key, source, path) };
  parentPort?.postMessage(answer);
});

function filter(key: string, source: JsonSource, path: string): FilterOutcome | undefined {
  if (kept?.key !== key) {
    kept = undefined;
    const json = readJson(textOf(source));
    if (!json.ok) return undefined;
    kept = { key, value: json.value };
  }
  const parsed = parseJsonPath(path);
  if (!parsed.ok) return undefined;
  return filterJson(kept.value, parsed.query, formsMasker(source.kind === 'file' ? source.forms : []));
}

function textOf(source: JsonSource): string {
  return source.kind === 'text' ? source.text : new TextDecoder().decode(readFileSync(source.path));
}
