import type { TextRange } from '../request/diagnostic';
import { nameText } from '../request/edit/yamlText';
import { Names } from '../request/index/names';
import type { Occurrence } from '../request/index/occurrences';
import { Symbols, type FoundSymbol, type SymbolFile } from '../request/index/symbols';
import { isName } from '../request/names';
import { BUILT_IN_NAMES } from '../request/parseTemplate';
import type { renameRefusalTexts } from '../text/renameRefusalTexts';
import type { TemplateData } from '../text/template';

export type RenameRefusalCode = keyof typeof renameRefusalTexts;

export interface RenameRefusal {
  readonly ok: false;
  readonly code: RenameRefusalCode;
  readonly data: TemplateData;
}

export interface RenameTarget {
  readonly ok: true;
  /** Of the name alone, without quotes. */
  readonly range: TextRange;
  readonly symbol: FoundSymbol;
}

export interface FileEdit {
  readonly uri: string;
  readonly range: TextRange;
  readonly text: string;
}

export type Renamed =
  { readonly ok: true; readonly edits: readonly FileEdit[]; readonly symbol: FoundSymbol } | RenameRefusal;

/** Whether the name at an offset can be renamed, and which text that is about. */
export function renameTarget(symbols: Symbols, uri: string, offset: number): RenameTarget | RenameRefusal {
  const found = symbols.at(uri, offset);
  if (!found) return refusal('nothing');
  const { symbol, place } = found;
  const { name, kind } = symbol;
  if (kind === 'env') return refusal('environmentVariable', { name });
  if (kind === 'variable' && BUILT_IN_NAMES.includes(name)) return refusal('builtIn', { name });
  if (symbol.definitions.length === 0 && kind !== 'secret') return refusal('undefinedName', { name });
  const { range, written } = place.occurrence;
  const isQuoted = written !== 'expression' && range.end - range.start === name.length + 2;
  return { ok: true, symbol, range: isQuoted ? { start: range.start + 1, end: range.end - 1 } : range };
}

/**
 * The edits that give a symbol another name everywhere. Refused when the name cannot be one, or when any name in the
 * workspace would then mean something else than before.
 * @param sourceOf the text of a file at a range.
 */
export function rename(
  symbols: Symbols,
  uri: string,
  offset: number,
  newName: string,
  sourceOf: (uri: string, range: TextRange) => string,
): Renamed {
  const target = renameTarget(symbols, uri, offset);
  if (!target.ok) return target;
  const { symbol } = target;
  const name = newName.trim();
  if (!isName(name)) return refusal('badName', { name });
  const reserved = symbol.kind === 'connection' ? ['none', 'auto'] : symbol.kind === 'variable' ? BUILT_IN_NAMES : [];
  if (reserved.includes(name)) return refusal('reserved', { name });
  if (name === symbol.name) return { ok: true, edits: [], symbol };
  const clash = clashOf(symbols, symbol, name);
  if (clash) return refusal(clash, { name });
  const places = [...symbol.definitions, ...symbol.uses];
  const edits = places.map((place): FileEdit => ({
    uri: place.uri,
    range: place.occurrence.range,
    text: written(place.occurrence, name, sourceOf(place.uri, place.occurrence.range)),
  }));
  return { ok: true, edits, symbol };
}

/** Renames in the index alone, and looks whether every name that could be concerned still means what it meant. */
function clashOf(symbols: Symbols, symbol: FoundSymbol, name: string): 'taken' | 'changesMeaning' | undefined {
  const ours = new Set([...symbol.definitions, ...symbol.uses].map(({ occurrence }) => occurrence));
  const concerned: { readonly uri: string; readonly before: Occurrence; readonly after: Occurrence }[] = [];
  const files = [...symbols.files].map((file): SymbolFile => {
    const named = [...file.names.named(symbol.kind, symbol.name), ...file.names.named(symbol.kind, name)];
    const after = named.map((before) => (ours.has(before) ? { ...before, name } : before));
    concerned.push(...after.map((each, index) => ({ uri: file.uri, before: named[index] ?? each, after: each })));
    return { ...file, names: new Names(after) };
  });
  const renamed = new Symbols(files);
  const idAfter = ({ uri, after }: (typeof concerned)[number]): string => renamed.idOf({ uri, occurrence: after });
  const first = concerned.find(({ before }) => ours.has(before));
  const newId = first && idAfter(first);
  const clashes = concerned.filter((each) => ours.has(each.before) !== (idAfter(each) === newId));
  if (clashes.length === 0) return undefined;
  return clashes.some(({ before }) => before.role === 'definition') ? 'taken' : 'changesMeaning';
}

/** In the style that the old name has. */
function written({ written: where }: Occurrence, name: string, source: string): string {
  if (where === 'expression') return name;
  const quote = source[0];
  return quote === '"' || quote === "'" ? quote + name + quote : nameText(name);
}

function refusal(code: RenameRefusalCode, data: TemplateData = {}): RenameRefusal {
  return { ok: false, code, data };
}
