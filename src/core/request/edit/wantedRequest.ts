import { LatchkeyError } from '../../errors';
import { methodKeys } from '../format/requestKeys';
import { Reporter } from '../reporter';
import { shorten } from '../shorten';
import { readYaml } from '../yaml/parseYaml';
import type { YamlNode } from '../yaml/yamlNode';
import type { RequestSlice } from './requestSlice';
import { isBodyKind, writtenRequest, type WrittenBody, type WrittenField, type WrittenRequest } from './writtenRequest';
import { sameContent } from './yamlContent';

/** A row as it is wanted: one that was there, by its index, or a new one. */
export interface WantedField {
  readonly name: string;
  readonly value: string;
  readonly from: number | undefined;
}

export interface WantedRequest {
  readonly method: string;
  readonly url: string;
  readonly query: readonly WantedField[];
  readonly headers: readonly WantedField[];
  readonly body: WrittenBody | undefined;
}

/** Rows that say nothing are none. */
export function rowsOf(fields: readonly WantedField[]): readonly WantedField[] {
  return fields.filter(({ name, value, from }) => from !== undefined || name !== '' || value !== '');
}

/** As the file has it: methods that have a key of their own are written in capitals. */
export function methodName(method: string): string {
  return Object.hasOwn(methodKeys, method.toLowerCase()) ? method.toUpperCase() : method;
}

const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;

/** @throws LatchkeyError `edit.*` what nobody could write. */
export function checkWanted(wanted: WantedRequest, written: WrittenRequest): void {
  const { method, url, body } = wanted;
  if (!METHOD.test(method) || method.toUpperCase() === 'CONNECT') {
    throw new LatchkeyError('edit.badMethod', { method: shorten(method) });
  }
  if (url.trim() === '') throw new LatchkeyError('edit.urlMissing');
  checkRows('query', wanted.query, written.query);
  checkRows('headers', wanted.headers, written.headers);
  if (body?.isYaml !== true) return;
  const reporter = new Reporter();
  const { root, unknownAliases } = readYaml(body.text, reporter);
  const [problem] = reporter.errorsSince(0);
  if (problem) throw new LatchkeyError('edit.bodyBroken', { problem: String(problem.data['problem'] ?? problem.code) });
  if (!root || unknownAliases.size > 0) throw new LatchkeyError('edit.bodyBroken', { problem: '—' });
}

function checkRows(key: string, fields: readonly WantedField[], old: readonly WrittenField[]): void {
  const seen = new Set<string>();
  for (const { name, value, from } of rowsOf(fields)) {
    if (name === '') throw new LatchkeyError('edit.nameMissing', { value: shorten(value) });
    if (seen.has(name)) throw new LatchkeyError('edit.duplicate', { key, name: shorten(name) });
    if (from !== undefined && !old[from]) throw new LatchkeyError('edit.stale');
    seen.add(name);
  }
}

/** Whether an edited request says what is wanted, and beyond that what it said before. */
export function saysWanted(edited: RequestSlice, before: RequestSlice, wanted: WantedRequest): boolean {
  const written = writtenRequest(edited);
  if (written?.method !== methodName(wanted.method) || written.url !== wanted.url) return false;
  return (
    saysRows(written.query, wanted.query) &&
    saysRows(written.headers, wanted.headers) &&
    saysBody(edited, written.body, wanted.body) &&
    sameFixed(edited, before, wanted) &&
    sameContent(others(edited.map), others(before.map))
  );
}

function saysRows(written: readonly WrittenField[], wanted: readonly WantedField[]): boolean {
  const rows = rowsOf(wanted);
  const values = new Map(written.map((field) => [field.name, field]));
  return (
    written.length === rows.length &&
    rows.every(({ name, value }) => {
      const field = values.get(name);
      return field !== undefined && (field.isFixed || field.value === value);
    })
  );
}

function saysBody(edited: RequestSlice, written: WrittenBody | undefined, wanted: WrittenBody | undefined): boolean {
  if (written?.kind !== wanted?.kind || !written || !wanted) return written === wanted;
  if (!wanted.isYaml) return !written.isYaml && written.text === wanted.text;
  const node = edited.map.entries.find(({ key }) => key === wanted.kind)?.value;
  return sameContent(node, readYaml(wanted.text, new Reporter()).root);
}

/** Lists and `null` among the rows are not edited here, but they can be renamed. */
function sameFixed(edited: RequestSlice, before: RequestSlice, wanted: WantedRequest): boolean {
  return (['query', 'headers'] as const).every((key) => {
    const old = fieldNodes(before, key);
    const now = new Map(fieldNodes(edited, key));
    return rowsOf(wanted[key]).every(({ name, from }) => {
      const [, node] = (from === undefined ? undefined : old[from]) ?? [];
      if (!node || (node.kind !== 'list' && node.kind !== 'null' && node.kind !== 'map')) return true;
      return sameContent(now.get(name), node);
    });
  });
}

function fieldNodes({ map }: RequestSlice, key: string): readonly (readonly [string, YamlNode])[] {
  const value = map.entries.find((entry) => entry.key === key)?.value;
  return value?.kind === 'map' ? value.entries.map((entry) => [entry.key, entry.value] as const) : [];
}

/** What is not edited here. */
function others(map: RequestSlice['map']): YamlNode {
  const isEdited = (key: string): boolean =>
    Object.hasOwn(methodKeys, key) || ['method', 'url', 'query', 'headers'].includes(key) || isBodyKind(key);
  return { ...map, entries: map.entries.filter(({ key }) => !isEdited(key)) };
}
