import type { TextRange } from '../request/diagnostic';
import { expressionsIn, type ExpressionPlace } from '../request/expressionPlace';
import { isExpanded, keyPlace } from './keyPlace';
import type { LanguageFile } from './languageFile';
import type { Steps } from '../request/steps';
import { outsideRequests, PerRequest } from './perRequest';
import { positionContext, type PathStep } from './positionContext';

/** Types of the tokens, as VS Code names them. */
export const TOKEN_TYPES = ['operator', 'variable', 'function', 'class', 'property'] as const;

export interface SemanticToken {
  readonly type: (typeof TOKEN_TYPES)[number];
  readonly start: number;
  readonly end: number;
}

/** What a request's own path begins with, and what stands for the name of the key above. */
const IN_REQUEST: readonly PathStep[] = [{ kind: 'key', key: 'requests', range: { start: 0, end: 0 } }];

/** Colours expressions; one for each document, as it keeps what has not changed. */
export class TokenFinder {
  readonly #requests = new PerRequest((text) => tokensOf(text, 'request', IN_REQUEST));

  /** In order of position, without overlap. */
  *tokens(file: LanguageFile): Steps<readonly SemanticToken[]> {
    const tokens: SemanticToken[] = [];
    for (const { start: by, value } of yield* this.#requests.of(file)) {
      for (const { type, start, end } of value) tokens.push({ type, start: start + by, end: end + by });
    }
    for (const { start, end } of outsideRequests(file)) tokens.push(...outside(file, start, end));
    return tokens.sort((a, b) => a.start - b.start);
  }
}

function tokensOf(text: string, kind: LanguageFile['kind'], above: readonly PathStep[]): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  for (const place of expressionsIn(text, 0)) {
    if (isRead(text, kind, above, place)) tokens.push(...tokensIn(place));
  }
  return tokens;
}

function outside({ text, kind }: LanguageFile, start: number, end: number): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  for (const place of expressionsIn(text.slice(start, end), start)) {
    if (isRead(text, kind, [], place)) tokens.push(...tokensIn(place));
  }
  return tokens;
}

/** Whether the expression stands where expressions are put in: not in a comment, a key or a description. */
function isRead(
  text: string,
  kind: LanguageFile['kind'],
  above: readonly PathStep[],
  { range, closed }: ExpressionPlace,
): boolean {
  if (!closed || text.slice(range.start, range.end).includes('\n')) return false;
  const { role, path } = positionContext(text, range.start + 1);
  if (role === 'none' || role === 'key') return false;
  const place = keyPlace(kind, [...above, ...path]);
  return !place || isExpanded(place);
}

function* tokensIn({ range, prefix, name, request, capture, filters }: ExpressionPlace): Generator<SemanticToken> {
  yield { type: 'operator', start: range.start, end: range.start + 2 };
  if (request && capture) {
    yield* token('class', request.range);
    yield* token('property', capture.range);
  } else if (prefix) {
    yield* token('function', prefix.range);
    yield* token('variable', name.range);
  } else {
    yield* token(name.text === 'uuid' || name.text === 'now' ? 'function' : 'variable', name.range);
  }
  // With the bar before it.
  let behind = name.range.end;
  for (const filter of filters) {
    yield* token('operator', { start: Math.max(behind, filter.range.start), end: filter.range.end });
    behind = filter.range.end;
  }
  yield { type: 'operator', start: range.end - 1, end: range.end };
}

function* token(type: SemanticToken['type'], { start, end }: TextRange): Generator<SemanticToken> {
  if (end > start) yield { type, start, end };
}
