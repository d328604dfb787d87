import type { TextRange } from '../request/diagnostic';
import { nameText } from '../request/edit/yamlText';
import { isName } from '../request/names';
import { BUILT_IN_NAMES } from '../request/parseTemplate';
import type { renameRefusalTexts } from '../text/renameRefusalTexts';
import type { TemplateData } from '../text/template';
import type { Occurrence } from './occurrences';
import { Symbols, type FoundSymbol, type SymbolFile, type SymbolPlace } from './symbols';

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

/** Renames in the index alone, and looks whether every name still means what it meant. */
function clashOf(symbols: Symbols, symbol: FoundSymbol, name: string): 'taken' | 'changesMeaning' | undefined {
  const renamed = new Map<Occurrence, Occurrence>();
  for (const { occurrence } of [...symbol.definitions, ...symbol.uses])
    renamed.set(occurrence, { ...occurrence, name });
  const files = [...symbols.files];
  const after = new Symbols(files.map((file) => renamedFile(file, symbol, name, renamed)));
  const [first] = [...symbol.definitions, ...symbol.uses];
  if (!first) return undefined;
  const newId = after.idOf(renamedPlace(first, renamed));
  for (const file of files) {
    for (const [index, occurrence] of file.occurrences.entries()) {
      const now = after.fileAt(file.uri)?.occurrences[index];
      if (!now) continue;
      const isOurs = renamed.has(occurrence);
      const means = after.idOf({ uri: file.uri, occurrence: now });
      if (isOurs === (means === newId)) continue;
      return occurrence.role === 'definition' ? 'taken' : 'changesMeaning';
    }
  }
  return undefined;
}

/** What stands in a renamed request or names it for a capture goes with it. */
function renamedFile(
  file: SymbolFile,
  symbol: FoundSymbol,
  name: string,
  renamed: ReadonlyMap<Occurrence, Occurrence>,
): SymbolFile {
  const isRequest = symbol.kind === 'request';
  const definesIt = symbol.definitions.some(({ uri }) => uri === file.uri);
  const usesIt = definesIt || symbol.uses.some(({ uri }) => uri === file.uri);
  const occurrences = file.occurrences.map((occurrence) => {
    const own = renamed.get(occurrence) ?? occurrence;
    if (!isRequest) return own;
    const within = definesIt && own.within === symbol.name ? { within: name } : {};
    const of = usesIt && own.kind === 'capture' && own.of === symbol.name ? { of: name } : {};
    return { ...own, ...within, ...of };
  });
  return { ...file, occurrences };
}

function renamedPlace({ uri, occurrence }: SymbolPlace, renamed: ReadonlyMap<Occurrence, Occurrence>): SymbolPlace {
  return { uri, occurrence: renamed.get(occurrence) ?? occurrence };
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
