import type { TextRange } from '../request/diagnostic';
import { FILTERS } from '../request/parseTemplate';
import { visibleNames } from '../request/resolve/scopes';
import { snippetText, type Completion, type CompletionKind } from './completion';
import { expressionAt } from './expressionAt';
import type { ExpressionPlace } from '../request/expressionPlace';
import { knownCaptures, requestOn, scopesAt, type LanguageFile } from './languageFile';
import { FILTER_DOCS } from './expressionDocs';
import { keyPlace } from './keyPlace';
import type { PositionContext } from './positionContext';
import { rowsAt, type ShownField } from './rowFields';
import { SCOPE_NAMES } from './scopeNames';
import { SIGNING_DOCS, signingNamesAt } from './signingNames';
import { VariableViewer } from './shownVariable';

/** Something that can stand in `${…}`. */
interface Part {
  readonly text: string;
  readonly kind: CompletionKind;
  readonly detail?: string | undefined;
  readonly docs?: string | undefined;
  readonly rank?: number;
  /** More has to follow it, so that the expression is left open. */
  readonly open?: boolean;
}

const SOURCES: readonly Part[] = [
  { text: 'uuid', kind: 'source', detail: 'a random UUID', rank: 6 },
  { text: 'now', kind: 'source', detail: 'the time, ISO 8601', rank: 6 },
  { text: 'now:+1h', kind: 'source', detail: 'the time in an hour', rank: 7 },
  { text: 'random:1..100', kind: 'source', detail: 'a random number', rank: 7 },
  { text: 'secret:', kind: 'source', detail: 'a stored secret', rank: 7, open: true },
  { text: 'env:', kind: 'source', detail: 'a variable of .env or the process', rank: 7, open: true },
  { text: 'input:', kind: 'source', detail: 'a value that is asked for', rank: 7, open: true },
  { text: 'file:', kind: 'source', detail: 'the content of a file', rank: 7, open: true },
];

/** What can stand in the expression at the cursor: names with their values, sources, filters. */
export function completeExpression(
  file: LanguageFile,
  context: PositionContext,
  offset: number,
): readonly Completion[] | undefined {
  const place = expressionAt(file.text, offset);
  if (!place) return undefined;
  const filter = place.filters.find(({ range }) => offset >= range.start);
  const mustQuote = context.style === 'flow' && !context.quote;
  if (filter) {
    const parts = FILTERS.map((name): Part => ({ text: name, kind: 'filter', docs: FILTER_DOCS[name] }));
    return parts.map((part) => inside(part, filter.range, place, offset));
  }
  const parts = [...partsFor(file, context, place)];
  const start = place.source.range.start;
  const range = { start: Math.min(start, offset), end: Math.max(offset, place.source.range.end) };
  return parts.map((part) => (mustQuote ? quotedWhole(part, place, offset) : inside(part, range, place, offset)));
}

/** Whole expressions, where a value is to begin. */
export function* wholeExpressions(file: LanguageFile, context: PositionContext): Generator<Part> {
  for (const part of partsFor(file, context, undefined)) {
    if (part.open !== true) yield { ...part, text: `\${${part.text}}` };
  }
}

function* partsFor(file: LanguageFile, context: PositionContext, place: ExpressionPlace | undefined): Generator<Part> {
  const prefix = place?.prefix?.text;
  if (prefix === 'secret') {
    for (const name of file.known.secrets ?? []) yield { text: `secret:${name}`, kind: 'variable', detail: 'stored' };
    return;
  }
  if (prefix === 'env') {
    for (const name of file.project?.env?.keys() ?? []) yield { text: `env:${name}`, kind: 'variable' };
    return;
  }
  if (prefix === 'input') {
    yield* inputParts(file);
    return;
  }
  if (prefix === 'file') return;
  for (const name of signingNamesAt(keyPlace(file.kind, context.path))) {
    yield { text: name, kind: 'source', detail: 'of what is signed', docs: SIGNING_DOCS[name], rank: 0 };
  }
  const fields = rowsAt(file, context.path)?.fields ?? new Map<string, ShownField>();
  yield* fieldParts(fields);
  yield* variableParts(file, context, fields);
  yield* captureParts(file, context, place?.request?.text);
  yield* SOURCES;
}

function* inputParts({ requests, project }: LanguageFile): Generator<Part> {
  const inputs = new Map([...(project?.inputs ?? []), ...(requests?.inputs ?? [])]);
  for (const { name, label } of inputs.values()) yield { text: `input:${name}`, kind: 'variable', detail: label };
}

function* fieldParts(fields: ReadonlyMap<string, ShownField>): Generator<Part> {
  for (const [name, { value, source }] of fields) {
    const meaning = name === 'item' ? 'the row or item that is sent' : 'a field of the row that is sent';
    const docs = source && 'A field of the row that is sent, with its first value.';
    yield { text: name, kind: 'variable', detail: value ?? meaning, docs, rank: 1 };
  }
}

/** @param hidden names that mean something else here. */
function* variableParts(
  file: LanguageFile,
  context: PositionContext,
  hidden: ReadonlyMap<string, unknown>,
): Generator<Part> {
  const scopes = scopesAt(file, context.path);
  const viewer = new VariableViewer(scopes, file.kind === 'request' ? 'requestFile' : 'project');
  for (const name of new Set(visibleNames(scopes))) {
    const shown = hidden.has(name) ? undefined : viewer.show(name);
    if (!shown) continue;
    yield { text: name, kind: 'variable', detail: shown.value, docs: SCOPE_NAMES[shown.scope], rank: 1 };
  }
}

/** `request.capture`: the captures of all requests, or of those whose name begins with what is typed. */
function* captureParts(file: LanguageFile, context: PositionContext, named: string | undefined): Generator<Part> {
  if (file.kind !== 'request') return;
  const own = requestOn(file, context.path)?.name;
  for (const { request, names } of knownCaptures(file)) {
    if (request.name === own || (named !== undefined && !request.name.startsWith(named))) continue;
    for (const name of names) {
      yield { text: `${request.name}.${name}`, kind: 'capture', detail: request.method, rank: 2 };
    }
  }
}

/** Between the braces; the closing one is added where it is missing. */
function inside(part: Part, range: TextRange, place: ExpressionPlace, offset: number): Completion {
  const { text, open, ...rest } = part;
  const end = place.closed ? '' : open === true ? '$0}' : '\\}';
  const covered = { start: Math.min(range.start, offset), end: Math.max(range.end, offset) };
  return {
    ...rest,
    label: text,
    insert: snippetText(text) + end,
    range: covered,
    ...(open === true && { more: true }),
  };
}

/** In a flow collection braces mean something else, unless there are quotes around them. */
function quotedWhole(part: Part, place: ExpressionPlace, offset: number): Completion {
  const { text, open, ...rest } = part;
  const written = open === true ? `"\${${text}` : `"\${${text}}"`;
  const range = { start: place.range.start, end: Math.max(offset, place.range.end) };
  return {
    ...rest,
    label: text,
    insert: snippetText(written) + (open === true ? '$0}"' : ''),
    range,
    filter: `\${${text}`,
  };
}
