import { completeExpression, wholeExpressions } from './completeExpression';
import { completeKeys } from './completeKeys';
import { completeValues, nameItems, scopeConnection } from './completeValues';
import type { Completion } from './completion';
import { expressionAt } from './expressionAt';
import { filePlace, type FilePlace } from './filePlace';
import { isExpanded, keyPlace, keysAt, type KeyPlace } from './keyPlace';
import type { LanguageFile } from './languageFile';
import { lineShape, lineStart } from './lineShape';
import { positionContext, type PositionContext } from './positionContext';
import { ScalarInserter } from './scalarInsert';
import { siblingKeys } from './siblingKeys';
import { snippetsFor } from './snippets';

export interface Completions {
  readonly items: readonly Completion[];
  /** The path of a file is written here: what is in its folder can be put in as well. */
  readonly files: FilePlace | undefined;
  /** Scopes are written here, of this connection: its server can be asked for them. */
  readonly scopesOf?: string | undefined;
  /** There is more than is worth a list: what is typed next brings other items. */
  readonly isPartial: boolean;
}

const NOTHING: Completions = { items: [], files: undefined, isPartial: false };

/** Items that anybody looks through. */
const MOST_ITEMS = 400;

/** The items, when there are very many only some of those that have what is typed in them. */
function limited(
  items: readonly Completion[],
  files: FilePlace | undefined,
  text: string,
  offset: number,
): Completions {
  if (items.length <= MOST_ITEMS) return { items, files, isPartial: false };
  const fitting = items.filter(({ label, filter = label, range }) => {
    const typed = text.slice(range.start, offset).replace(/^["']|^\$\{/, '');
    return filter.toLowerCase().includes(typed.toLowerCase());
  });
  return { items: fitting.slice(0, MOST_ITEMS), files, isPartial: true };
}

/** Characters that open the list; each where it means something. */
export const TRIGGER_CHARACTERS: readonly string[] = ['$', '{', '.', ':', '|', '/', ' ', '"', '['];

/**
 * What can be put in at a cursor.
 * @param trigger the character that was just typed; `undefined` when somebody asked, or types a word.
 */
export function completeAt(file: LanguageFile, offset: number, trigger?: string): Completions {
  const context = positionContext(file.text, offset);
  const place = keyPlace(file.kind, context.path);
  const expression = expressionAt(file.text, offset);
  if (context.role === 'none' || !isAnswered(trigger, file.text, offset, context, expression !== undefined))
    return NOTHING;
  const files = filePlace(file, context, place, offset);
  if (expression) {
    const isRead = context.role !== 'key' && (!place || isExpanded(place));
    const items = isRead && !files ? completeExpression(file, context, offset) : undefined;
    return limited(items ?? [], isRead ? files : undefined, file.text, offset);
  }
  if (context.style === 'blockScalar') return NOTHING;
  const items = place ? completeInPlace(file, context, place, offset) : completeAnywhere(file, context, offset);
  const isScope = place?.description.suggest === 'scope' && context.role !== 'key';
  return {
    ...limited(items, files, file.text, offset),
    ...(isScope && { scopesOf: scopeConnection(file, context) }),
  };
}

function completeInPlace(
  file: LanguageFile,
  context: PositionContext,
  place: KeyPlace,
  offset: number,
): readonly Completion[] {
  const inserter = new ScalarInserter(file.text, context, offset);
  const items: Completion[] = [];
  if (context.role !== 'value') {
    items.push(...completeKeys(file, context, place, inserter.range), ...completeNames(file, context, place, inserter));
  }
  if (context.role === 'key' || (context.role === 'either' && isMap(file, context, place))) return items;
  items.push(...completeValues(file, context, place, inserter));
  return isExpanded(place) ? [...items, ...completeAnywhere(file, context, offset)] : items;
}

/** Below a key with entries, only more entries can follow. */
function isMap(file: LanguageFile, context: PositionContext, place: KeyPlace): boolean {
  if (place.isItem && place.description.kind !== 'messages') return false;
  return /^(?:named|fields|variables|namedVariables|captures|matchersByName|parts)$/.test(place.description.kind)
    ? true
    : keysAt(place) !== undefined && (context.path.length === 0 || siblingKeys(file.text, context).length > 0);
}

function completeNames(
  file: LanguageFile,
  context: PositionContext,
  place: KeyPlace,
  inserter: ScalarInserter,
): readonly Completion[] {
  const present = new Set(siblingKeys(file.text, context));
  const names = [...nameItems(file, context, place)].filter(({ text }) => !present.has(text));
  const items = names.map((item) => inserter.key(item));
  if (context.style !== 'block' || context.role === 'key') return items;
  return [...items, ...completeSnippets(file, context, place, inserter)];
}

function completeSnippets(
  file: LanguageFile,
  context: PositionContext,
  { description, path, name }: KeyPlace,
  inserter: ScalarInserter,
): readonly Completion[] {
  const key = path.at(-1);
  if (description.kind !== 'named' || name !== undefined || key === undefined || path.length > 1) return [];
  const { indent } = lineShape(file.text, lineStart(file.text, context.token.start));
  const inner = ' '.repeat(Math.max(0, context.column - indent));
  return snippetsFor(key).map(({ label, docs, lines }) => ({
    ...{ label, docs, kind: 'snippet', range: inserter.range, rank: 2 },
    insert: lines.join(`\n${inner}`),
  }));
}

/** A whole expression, where a value is empty or its dollar sign is typed. */
function completeAnywhere(file: LanguageFile, context: PositionContext, offset: number): readonly Completion[] {
  const { start } = context.token;
  const typed = file.text.slice(start, offset).replace(/^["']/, '');
  if (context.role === 'key' || (typed !== '' && typed !== '$')) return [];
  const inserter = new ScalarInserter(file.text, context, offset);
  return [...wholeExpressions(file, context)].map(({ text, kind, detail, docs, rank = 5 }) =>
    inserter.value({ text, kind, detail, docs, rank: rank + 3 }),
  );
}

/** Whether the list should open for a character that means something only in some places. */
function isAnswered(
  trigger: string | undefined,
  text: string,
  offset: number,
  { role, token, style }: PositionContext,
  inExpression: boolean,
): boolean {
  const isEmpty = text.slice(token.start, offset).replace(/^["']/, '') === '';
  switch (trigger) {
    case '[':
      return isEmpty ? role === 'value' && !inExpression : text[token.start] === '$' || text[token.start + 1] === '$';
    case ' ':
    case ':':
      return inExpression ? trigger === ':' : role === 'value' && isEmpty;
    case '"':
      return isEmpty && style === 'flow';
    case '{':
      return inExpression || (role === 'key' && style === 'flow');
    case '|':
      return inExpression;
    case '.':
      return inExpression || text.slice(token.start, offset).replace(/^["']/, '').startsWith('$');
    case undefined:
    default:
      return true;
  }
}
