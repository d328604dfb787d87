import type { TextRange } from '../../request/diagnostic';
import { insertionsFor, insertionsInto, type NewEntry } from '../../request/edit/insertions';
import { flowEntryRange, wholeLines } from '../../request/edit/removals';
import { literalText, nameText } from '../../request/edit/yamlText';
import { methodKeys } from '../../request/format/requestKeys';
import { entryRange, type YamlNode } from '../../request/yaml/yamlNode';
import type { Fixer, QuickFix, SourceText, TextEdit } from './quickFix';
import { entriesAround, entryAt, isFlowNode } from './yamlPath';

/** The second of two entries with the same name. */
export const removeEntry: Fixer = ({ range }, { file }) => {
  const place = entriesAround(file.root, range).at(-1);
  if (place?.entry.keyRange.start !== range.start) return [];
  const removed = isFlowNode(file.text, place.map)
    ? flowEntryRange(file.text, entryRange(place.entry))
    : wholeLines(file.text, entryRange(place.entry));
  const edits = [{ range: removed, text: '' }];
  return [{ code: 'removeEntry', data: { name: place.entry.key }, target: 'file', edits }];
};

/** A line that has no meaning here, such as a directive. */
export const removeLine: Fixer = ({ range }, { file }) => [
  { code: 'removeLine', data: {}, target: 'file', edits: [{ range: wholeLines(file.text, range), text: '' }] },
];

export const removeTag: Fixer = ({ range }, { file }) => {
  const spaces = /^[ \t]*/.exec(file.text.slice(range.end))?.[0].length ?? 0;
  const edits = [{ range: { start: range.start, end: range.end + spaces }, text: '' }];
  return [{ code: 'removeTag', data: {}, target: 'file', edits, preferred: true }];
};

/** Lets the token of the connection go where the request goes. */
export const addOrigin: Fixer = ({ data }, { file, project }) => {
  const { origin, connection } = data;
  const source = project ?? file;
  const place = entryAt(source.root, ['connections', String(connection)]);
  const edits = place && originEdits(source, place.entry.value, String(origin));
  const target = project ? 'project' : 'file';
  return edits
    ? [{ code: 'addOrigin', data: { origin: String(origin), connection: String(connection) }, target, edits }]
    : [];
};

function originEdits({ text }: SourceText, connection: YamlNode, origin: string): readonly TextEdit[] | undefined {
  if (connection.kind !== 'map') return undefined;
  const origins = connection.entries.find(({ key }) => key === 'origins');
  // Those of a preset would no longer count.
  if (!origins) return undefined;
  const { value } = origins;
  if (value.range.start < origins.keyRange.end) return undefined;
  if (value.kind === 'text') {
    return [{ range: value.range, text: `[${flowSource(value.source)}, ${literalText(origin)}]` }];
  }
  const last = value.kind === 'list' ? value.items.at(-1) : undefined;
  if (value.kind !== 'list' || !last) return undefined;
  const at = { start: last.range.end, end: last.range.end };
  if (isFlowNode(text, value)) return [{ range: at, text: `, ${literalText(origin)}` }];
  const lineStart = text.lastIndexOf('\n', last.range.start - 1) + 1;
  const dash = /^[ \t]*-[ \t]+/.exec(text.slice(lineStart, last.range.start))?.[0];
  const end = lineEnd(text, last.range.end);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return dash === undefined ? undefined : [{ range: { start: end, end }, text: `${eol}${dash}${literalText(origin)}` }];
}

/** What is plain in a block may have to be quoted in brackets. */
function flowSource(source: string): string {
  return /^["']/.test(source) || !/[[\]{},]/.test(source) ? source : JSON.stringify(source);
}

/** Sends the request as nobody. */
export const authNone: Fixer = ({ range }, { file }) => {
  const [requests, request] = entriesAround(file.root, range);
  const value = request?.entry.value;
  if (requests?.entry.key !== 'requests' || value?.kind !== 'map') return [];
  const auth = value.entries.find(({ key }) => key === 'auth');
  const fix = (edits: readonly TextEdit[]): readonly QuickFix[] => [
    { code: 'authNone', data: {}, target: 'file', edits },
  ];
  if (auth) {
    const isOwn = auth.value.range.start >= auth.keyRange.end && auth.value.range.end > auth.value.range.start;
    return isOwn && isOneLine(file.text, auth.value.range) ? fix([{ range: auth.value.range, text: 'none' }]) : [];
  }
  const method = value.entries.find(({ key }) => key in methodKeys || key === 'url');
  const edits = insertion(insertionsInto(file.text, value, entryWith('auth', 'none'), method?.key));
  return edits ? fix(edits) : [];
};

/** A variable that nobody defines, with an empty value to be filled in. */
export const defineVariable: Fixer = ({ data }, { file, project, environment }) => {
  const name = String(data['name']);
  const entry = entryWith(name, '""');
  const fixes: QuickFix[] = [];
  const add = (
    code: QuickFix['code'],
    more: object,
    target: QuickFix['target'],
    edits: readonly TextEdit[] | undefined,
  ): void => {
    if (edits) fixes.push({ code, data: { name, ...more }, target, edits });
  };
  const isRequestFile = entryAt(file.root, ['requests']) !== undefined;
  if (isRequestFile)
    add(
      'defineInFile',
      {},
      'file',
      insertion(insertionsFor(file.text, file.root, { key: 'variables', first: true }, entry)),
    );
  const shared = isRequestFile ? project : file;
  const target = isRequestFile ? 'project' : 'file';
  if (!shared) return fixes;
  const environments = entryAt(shared.root, ['environments'])?.entry.value;
  if (environment !== undefined && environments?.kind === 'map') {
    const edits = insertion(insertionsFor(shared.text, environments, { key: environment }, entry));
    if (environments.entries.some(({ key }) => key === environment))
      add('defineInEnvironment', { environment }, target, edits);
  }
  add('defineInProject', {}, target, insertion(insertionsFor(shared.text, shared.root, { key: 'variables' }, entry)));
  return fixes;
};

/** An environment that is protected and is not there. */
export const addEnvironment: Fixer = ({ data }, { file, project }) => {
  const name = String(data['environment']);
  const source = project ?? file;
  const edits = insertion(insertionsFor(source.text, source.root, { key: 'environments' }, entryWith(name, '{}')));
  const target = project ? 'project' : 'file';
  return edits ? [{ code: 'addEnvironment', data: { name }, target, edits }] : [];
};

function entryWith(name: string, value: string): NewEntry {
  const line = `${nameText(name)}: ${value}`;
  return { block: (indent) => [indent + line], flow: line };
}

function insertion(places: ReturnType<typeof insertionsFor>): readonly TextEdit[] | undefined {
  const [best] = places;
  return best && [{ range: { start: best.offset, end: best.offset }, text: best.text }];
}

function isOneLine(text: string, { start, end }: TextRange): boolean {
  return !text.slice(start, end).includes('\n');
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : text[end - 1] === '\r' && end > offset ? end - 1 : end;
}
