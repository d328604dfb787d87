import type { TextRange } from '../request/diagnostic';
import type { FieldPlace } from '../request/knownRows';
import type { FileOrigin } from '../request/model';
import { shownValue } from '../request/resolve/resolved';
import { isVariableName } from '../request/parseTemplate';
import { findVariable, type Scopes } from '../request/resolve/scopes';
import { shorten } from '../request/shorten';
import { literalText } from '../request/templateText';
import type { Value } from '../request/value';
import { requestOn, scopesAt, type LanguageFile } from './languageFile';
import type { PathStep } from './positionContext';
import { MAX_SHOWN, VariableViewer } from './shownVariable';

/** A field of the rows that a request is sent for, as people may see it. */
export interface ShownField {
  /** In the first row that has it: masked and cut short; `undefined` where only a send tells. */
  readonly value: string | undefined;
  /** Where its name is written. */
  readonly source: FieldSource | undefined;
}

export type FieldSource =
  /** `path` as the request file writes it. */
  | { readonly kind: 'file'; readonly path: string; readonly place: FieldPlace | undefined }
  | { readonly kind: 'list'; readonly origin: FileOrigin; readonly range: TextRange };

export interface ShownRows {
  readonly fields: ReadonlyMap<string, ShownField>;
  /** No row has any other field. */
  readonly isComplete: boolean;
}

const UNKNOWN: ShownField = { value: undefined, source: undefined };
const UNKNOWN_ROWS: ShownRows = { fields: new Map([['item', UNKNOWN]]), isComplete: false };

/**
 * What the rows bring that are sent where a path leads: the columns of a file that was looked into, the fields of a
 * list that the files write out, else `item`, since only sending would tell. `undefined` where there are no rows.
 */
export function rowsAt(file: LanguageFile, path: readonly PathStep[]): ShownRows | undefined {
  const request = requestOn(file, path);
  const key = path[2]?.kind === 'key' ? path[2].key : undefined;
  // What says whether and for which rows it is sent comes before there are any.
  if (!request?.flow.forEach || key === 'forEach' || key === 'skip') return undefined;
  const { forEach } = request.flow;
  if (forEach.kind === 'value') return rowsOfValue(forEach.value, scopesAt(file, path));
  const written = literalText(forEach.path);
  return written === undefined ? UNKNOWN_ROWS : rowsOfFile(file, written);
}

function rowsOfFile({ known }: LanguageFile, path: string): ShownRows {
  const rows = known.rows?.(path);
  if (rows?.ok !== true) return UNKNOWN_ROWS;
  const fields = Array.from(rows.fields, ([name, { value, place }]): readonly [string, ShownField] => [
    name,
    { value: value && shorten(shownValue(value), MAX_SHOWN), source: { kind: 'file', path, place } },
  ]);
  return { fields: new Map(fields), isComplete: rows.isComplete };
}

/** A value, and the file that it is written in. */
interface Written {
  readonly value: Value;
  readonly origin: FileOrigin;
}

/** Variables that stand for each other. */
const MAX_STEPS = 50;

/** Follows variables that stand for a whole value to where that is written. */
function written(value: Value, origin: FileOrigin, scopes: Scopes): Written {
  let found: Written = { value, origin };
  for (let step = 0; step < MAX_STEPS; step++) {
    const [only, more] = found.value.kind === 'text' ? found.value.parts : [];
    if (typeof only !== 'object' || more !== undefined || only.filters.length > 0) break;
    const variable = only.source.kind === 'variable' ? findVariable(only.source.name, scopes)?.variable : undefined;
    if (!variable) break;
    found = variable;
  }
  return found;
}

function rowsOfValue(value: Value, scopes: Scopes): ShownRows {
  const list = written(value, 'requestFile', scopes);
  if (list.value.kind !== 'list' || list.value.items.length === 0) return UNKNOWN_ROWS;
  const viewer = new VariableViewer(scopes, 'requestFile');
  const fields = new Map<string, ShownField>();
  const add = (name: string, field: Value, range: TextRange, origin: FileOrigin): void => {
    if (fields.has(name) || !isVariableName(name)) return;
    const shown = viewer.value(field, origin !== 'requestFile');
    fields.set(name, { value: shown, source: { kind: 'list', origin, range } });
  };
  let isComplete = true;
  for (const each of list.value.items) {
    const { value: item, origin } = written(each, list.origin, scopes);
    // What comes from elsewhere may turn out to be a map.
    if (item.kind === 'text' && typeof item.parts[0] === 'object') isComplete = false;
    if (item.kind !== 'map') add('item', item, item.range, origin);
    else for (const entry of item.entries) add(entry.key, entry.value, entry.keyRange, origin);
  }
  return { fields, isComplete };
}
