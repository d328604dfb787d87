import type { TextRange } from '../diagnostic';
import { methodKeys } from '../format/requestKeys';
import { entryRange, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/yamlNode';
import { bodyValue, type BodyPlace } from './bodyText';
import { editedScalar, type ScalarPlacement } from './editScalar';
import { insertionsInto, type NewEntry } from './insertions';
import { yamlStep } from './newYaml';
import { wholeLines } from './removals';
import type { RequestSlice } from './requestSlice';
import { methodName, rowsOf, type WantedField, type WantedRequest } from './wantedRequest';
import { isBodyKind, targetEntry, type WrittenBody, type WrittenField, type WrittenRequest } from './writtenRequest';
import { scalarText } from './yamlText';

/** A stretch of the slice that is replaced. */
export interface TextPatch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The patches of a change, in order. What they make of the request is for others to judge.
 * @param attempt from 0; later ones keep less of the style and are safer.
 */
export function patchesFor(
  slice: RequestSlice,
  written: WrittenRequest,
  wanted: WantedRequest,
  attempt: number,
): readonly TextPatch[] {
  const patcher = new Patcher(slice, attempt);
  patcher.target(written, wanted);
  patcher.fields('query', written.query, rowsOf(wanted.query));
  patcher.fields('headers', written.headers, rowsOf(wanted.headers));
  patcher.body(written.body, wanted.body);
  return merged(patcher.patches.toSorted((a, b) => a.start - b.start || a.end - b.end));
}

/** Patches that touch become one: in which order editors take them is nobody's promise. */
function merged(patches: readonly TextPatch[]): readonly TextPatch[] {
  const result: TextPatch[] = [];
  for (const patch of patches) {
    const before = result.at(-1);
    if (before?.end !== patch.start) result.push(patch);
    else result.splice(-1, 1, { start: before.start, end: patch.end, text: before.text + patch.text });
  }
  return result;
}

class Patcher {
  readonly #patches: TextPatch[] = [];
  readonly #removed = new Map<YamlMap, Set<YamlEntry>>();
  readonly #text: string;
  readonly #map: YamlMap;
  readonly #attempt: number;
  readonly #place: ScalarPlacement;

  constructor({ text, map }: RequestSlice, attempt: number) {
    this.#text = text;
    this.#map = map;
    this.#attempt = attempt;
    const place = text[map.range.start] === '{' ? 'flow' : 'block';
    const column = map.range.start - (text.lastIndexOf('\n', map.range.start - 1) + 1);
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    this.#place = { place, indent: ' '.repeat(column) + yamlStep, eol };
  }

  get patches(): readonly TextPatch[] {
    return [...this.#patches, ...this.#removals()];
  }

  target(written: WrittenRequest, wanted: WantedRequest): void {
    const target = targetEntry(this.#map);
    if (!target) return;
    if (written.url !== wanted.url) this.#scalar(target.value, wanted.url);
    const method = methodName(wanted.method);
    if (method === written.method) return;
    const key = Object.hasOwn(methodKeys, method.toLowerCase()) ? method.toLowerCase() : 'url';
    if (key !== target.key) this.#replace(target.keyRange, key);
    const own = this.#map.entries.find((entry) => entry.key === 'method');
    if (key === 'url' && own) this.#scalar(own.value, method);
    else if (key === 'url') this.#insert(this.#map, line('method', method), target.key);
    else if (own) this.#remove(this.#map, own);
  }

  fields(key: 'query' | 'headers', old: readonly WrittenField[], wanted: readonly WantedField[]): void {
    const entry = this.#map.entries.find((each) => each.key === key);
    const map = entry?.value.kind === 'map' ? entry.value : undefined;
    const removed = old.map((_, index) => index).filter((index) => !wanted.some(({ from }) => from === index));
    const added = wanted.filter(({ from }) => from === undefined);
    // A row that is gone and one that is new are one that has changed.
    const pairs = removed.slice(0, added.length).map((from, index) => ({ from, row: added[index] }));
    for (const row of wanted) if (row.from !== undefined) this.#field(map?.entries[row.from], old[row.from], row);
    for (const { from, row } of pairs) if (row) this.#field(map?.entries[from], old[from], row);
    const gone = removed.slice(pairs.length);
    if (entry && map && gone.length > 0 && gone.length === map.entries.length) this.#remove(this.#map, entry);
    else for (const index of gone) if (map?.entries[index]) this.#remove(map, map.entries[index]);
    this.#addFields(key, entry, map, added.slice(pairs.length));
  }

  body(written: WrittenBody | undefined, wanted: WrittenBody | undefined): void {
    const entry = this.#map.entries.find(({ key }) => isBodyKind(key));
    if (!wanted) {
      if (entry) this.#remove(this.#map, entry);
      return;
    }
    if (written && entry && written.kind === wanted.kind && written.isYaml === wanted.isYaml) {
      if (written.text === wanted.text) return;
      if (!wanted.isYaml) this.#scalar(entry.value, wanted.text);
      else this.#replace(...bodyValue(wanted, entry, this.#bodyPlace()));
      return;
    }
    const newEntry = this.#bodyEntry(wanted);
    if (entry) {
      const [first = '', ...rest] = newEntry.block(this.#place.indent.slice(yamlStep.length));
      const lines = [first.trimStart(), ...rest].join(this.#place.eol);
      this.#replace(entryRange(entry), this.#place.place === 'flow' ? newEntry.flow : lines);
    } else this.#insert(this.#map, newEntry, this.#lastKey(['headers', 'query', 'auth']));
  }

  #field(entry: YamlEntry | undefined, old: WrittenField | undefined, row: WantedField): void {
    if (!entry || !old) return;
    if (row.name !== old.name) this.#replace(entry.keyRange, this.#keyText(entry, row.name));
    if (!old.isFixed && row.value !== old.value) this.#scalar(entry.value, row.value, entry);
  }

  #addFields(key: string, entry: YamlEntry | undefined, map: YamlMap | undefined, rows: readonly WantedField[]): void {
    if (rows.length === 0) return;
    if (map) {
      this.#insert(map, linesOf(rows, this.#attempt > 0));
      return;
    }
    const own = linesOf(rows, this.#attempt > 0);
    const whole: NewEntry = {
      block: (indent) => [`${indent}${key}:`, ...own.block(indent + yamlStep)],
      flow: `${key}: { ${own.flow} }`,
    };
    if (!entry)
      this.#insert(this.#map, whole, key === 'headers' ? this.#lastKey(['query', 'auth']) : this.#lastKey([]));
    else {
      const indent = this.#place.indent.slice(yamlStep.length);
      const lines = whole.block(indent).join(this.#place.eol).slice(indent.length);
      this.#replace(entryRange(entry), this.#place.place === 'flow' ? whole.flow : lines);
    }
  }

  /** The last of these keys that is there, else the one with the URL: what is new goes behind it. */
  #lastKey(keys: readonly string[]): string | undefined {
    const found = this.#map.entries.filter(({ key }) => keys.includes(key)).at(-1);
    return (found ?? targetEntry(this.#map))?.key;
  }

  #bodyEntry(body: WrittenBody): NewEntry {
    const place = this.#bodyPlace();
    const text = body.text;
    return {
      block: (indent) => {
        const below = indent + yamlStep;
        if (!body.isYaml) {
          const [first = '', ...rest] = editedScalar(
            nothing,
            text,
            { ...place, indent: below },
            this.#attempt > 1,
          ).split(place.eol);
          return [`${indent}${body.kind}: ${first}`, ...rest];
        }
        const lines = text.trimEnd().split('\n');
        if (lines.length === 1 && /^["'[{]/.test(text)) return [`${indent}${body.kind}: ${text.trim()}`];
        return [`${indent}${body.kind}:`, ...lines.map((each) => (each === '' ? '' : below + each))];
      },
      flow: `${body.kind}: ${body.isYaml ? text.trim().replaceAll(/\s*\n\s*/g, ' ') : scalarText(text, 'flow')}`,
    };
  }

  #bodyPlace(): BodyPlace {
    return { text: this.#text, ...this.#place };
  }

  #scalar(node: YamlNode, text: string, entry?: YamlEntry): void {
    const isFlow = this.#place.place === 'flow' || (entry !== undefined && this.#isInFlow(entry));
    const place = { ...this.#place, ...(isFlow ? { place: 'flow' as const } : {}) };
    const value = editedScalar(node, text, place, this.#attempt > 0);
    // Directly behind a colon a value needs a space.
    this.#replace(node.range, this.#text[node.range.start - 1] === ':' ? ` ${value}` : value);
  }

  /** Whether an entry of a map within the request stands in braces. */
  #isInFlow(entry: YamlEntry): boolean {
    const holder = this.#map.entries.find(({ value }) => value.kind === 'map' && value.entries.includes(entry));
    return holder !== undefined && this.#text[holder.value.range.start] === '{';
  }

  #keyText({ keyRange }: YamlEntry, name: string): string {
    const quote = this.#text[keyRange.start];
    if (quote === "'" && /^[\x20-\x7e]*$/.test(name)) return `'${name.replaceAll("'", "''")}'`;
    return quote === '"' ? JSON.stringify(name) : scalarText(name, 'flow');
  }

  #insert(map: YamlMap, entry: NewEntry, after?: string): void {
    const places = insertionsInto(this.#text, map, entry, after);
    const insertion = places[Math.min(this.#attempt, places.length - 1)];
    if (insertion) this.#patches.push({ start: insertion.offset, end: insertion.offset, text: insertion.text });
  }

  #remove(map: YamlMap, entry: YamlEntry): void {
    this.#removed.set(map, (this.#removed.get(map) ?? new Set()).add(entry));
  }

  #removals(): readonly TextPatch[] {
    return [...this.#removed].flatMap(([map, removed]) => {
      const isFlow = this.#text[map.range.start] === '{';
      const ranges = isFlow
        ? flowRemovals(map, removed)
        : [...removed].map((entry) => wholeLines(this.#text, entryRange(entry)));
      return ranges.map(({ start, end }) => ({ start, end, text: '' }));
    });
  }

  #replace({ start, end }: { readonly start: number; readonly end: number }, text: string): void {
    this.#patches.push({ start, end, text });
  }
}

/** With the commas that set them off: the one before each, and where nothing is left before it, the one behind. */
function flowRemovals({ entries }: YamlMap, removed: ReadonlySet<YamlEntry>): readonly TextRange[] {
  const firstKept = entries.findIndex((entry) => !removed.has(entry));
  return entries.flatMap((entry, index) => {
    if (!removed.has(entry)) return [];
    const { start, end } = entryRange(entry);
    const before = entries[index - 1];
    const next = entries[index + 1];
    if (before && index > firstKept && firstKept >= 0) return [{ start: entryRange(before).end, end }];
    return [{ start, end: next ? next.keyRange.start : end }];
  });
}

/** What stands where there was no value. */
const nothing: YamlNode = { kind: 'null', range: { start: 0, end: 0 } };

function line(key: string, value: string): NewEntry {
  const text = `${key}: ${scalarText(value, 'flow')}`;
  return { block: (indent) => [indent + text], flow: text };
}

function linesOf(rows: readonly WantedField[], safely: boolean): NewEntry {
  const text = (place: 'block' | 'flow', { name, value }: WantedField): string =>
    `${scalarText(name, 'flow')}: ${editedScalar(nothing, value, { place, indent: '', eol: '\n' }, safely || value.includes('\n'))}`;
  return {
    block: (indent) => rows.map((row) => indent + text('block', row)),
    flow: rows.map((row) => text('flow', row)).join(', '),
  };
}
