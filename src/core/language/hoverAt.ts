import type { TextRange } from '../request/diagnostic';
import { resolveConnection } from '../request/resolveConnection';
import type { KeyDescription } from '../request/format/keyTable';
import { methodKeys } from '../request/format/requestKeys';
import type { RequestEntry } from '../request/model';
import { BUILT_IN_NAMES, FILTERS, PREFIXES } from '../request/parseTemplate';
import { shorten } from '../request/shorten';
import { expressionAt } from './expressionAt';
import type { ExpressionPlace } from '../request/expressionPlace';
import { FILTER_DOCS, SOURCE_DOCS } from './expressionDocs';
import { anchorOf, isExpanded, keyPlace, keysAt } from './keyPlace';
import { requestNamed, requestOn, scopesAt, type LanguageFile } from './languageFile';
import { positionContext, type PositionContext } from './positionContext';
import { resolvedUrl } from './resolvedUrl';
import { rowsAt, type ShownField } from './rowFields';
import { VariableViewer, type ShownVariable } from './shownVariable';
import { SIGNING_DOCS, signingNamesAt } from './signingNames';

/** What is to be told about a place, and the place. */
export interface HoverInfo {
  readonly range: TextRange;
  readonly about: HoverSubject;
}

export type HoverSubject =
  | {
      readonly kind: 'key';
      readonly key: string;
      readonly description: KeyDescription;
      /** In the list of keys. */
      readonly anchor: string;
    }
  | { readonly kind: 'value'; readonly value: string; readonly docs: string }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly shown: ShownVariable | undefined;
    }
  | { readonly kind: 'field'; readonly name: string; readonly field: ShownField }
  /** `${uuid}`, `${secret:name}` …, or a filter. */
  | { readonly kind: 'source'; readonly text: string; readonly docs: string }
  | {
      readonly kind: 'capture';
      readonly request: string;
      readonly name: string;
      /** Where in the response it is; `undefined` when no such capture is known. */
      readonly from: string | undefined;
    }
  /** `undefined`: it depends on what only a send brings. */
  | { readonly kind: 'url'; readonly method: string | undefined; readonly url: string | undefined }
  | ConnectionSubject
  | {
      readonly kind: 'request';
      readonly name: string;
      readonly title: string;
      readonly method: string | undefined;
      readonly url: string | undefined;
      readonly description: string | undefined;
    };

export interface ConnectionSubject {
  readonly kind: 'connection';
  readonly name: string;
  readonly label: string;
  readonly issuer: string | undefined;
  readonly origins: readonly string[];
  readonly accounts: readonly string[];
  /** It cannot be used as it stands; the diagnostics say why. */
  readonly isFaulty: boolean;
}

/** What there is to tell about the place of a pointer. */
export function hoverAt(file: LanguageFile, offset: number): HoverInfo | undefined {
  const context = positionContext(file.text, offset);
  if (context.role === 'none') return undefined;
  const expression = expressionAt(file.text, offset);
  if (expression) return hoverExpression(file, context, expression, offset);
  const { start, end } = context.token;
  if (start === end || offset === end) return undefined;
  const about = context.role === 'key' ? aboutKey(file, context) : aboutValue(file, context);
  return about && { range: context.token, about };
}

function tokenText({ text }: LanguageFile, { token, quote }: PositionContext): string {
  const written = text.slice(token.start, token.end);
  return quote ? written.slice(1, written.endsWith(quote) && written.length > 1 ? -1 : undefined) : written;
}

function aboutKey(file: LanguageFile, context: PositionContext): HoverSubject | undefined {
  const place = keyPlace(file.kind, context.path);
  if (!place) return undefined;
  const key = tokenText(file, context);
  const table = keysAt(place);
  const description = table && Object.hasOwn(table, key) ? table[key] : undefined;
  if (description)
    return { kind: 'key', key, description, anchor: anchorOf(file.kind, { ...place, path: [...place.path, key] }) };
  if (place.name !== undefined) return undefined;
  const path = place.path.join('.');
  if (path === 'requests') return aboutRequest(file, key);
  if (path === 'connections') return aboutConnection(file, key);
  return path.endsWith('variables') ? aboutVariable(file, context, key) : undefined;
}

function aboutValue(file: LanguageFile, context: PositionContext): HoverSubject | undefined {
  const place = keyPlace(file.kind, context.path);
  if (!place) return undefined;
  const { description, path } = place;
  const text = tokenText(file, context);
  const value = description.values && Object.hasOwn(description.values, text) ? description.values[text] : undefined;
  if (value) return { kind: 'value', value: text, docs: value.docs };
  const key = path.at(-1) ?? '';
  if (description.kind === 'connectionName' || description.or === 'connectionName') return aboutConnection(file, text);
  if (description.suggest === 'request') return aboutRequest(file, text);
  const request = requestOn(file, context.path);
  const isUrl = request && path.length === 2 && (Object.hasOwn(methodKeys, key) || key === 'url');
  return isUrl ? { kind: 'url', method: request.method, url: resolvedUrl(file, request)?.shown } : undefined;
}

function hoverExpression(
  file: LanguageFile,
  context: PositionContext,
  place: ExpressionPlace,
  offset: number,
): HoverInfo | undefined {
  const where = keyPlace(file.kind, context.path);
  if (context.role === 'key' || (where && !isExpanded(where))) return undefined;
  const filter = place.filters.find(({ range }) => offset >= range.start && offset <= range.end);
  if (filter) {
    const name = FILTERS.find((known) => known === filter.text);
    return name && { range: filter.range, about: { kind: 'source', text: `|${name}`, docs: FILTER_DOCS[name] } };
  }
  const about = aboutSource(file, context, place);
  return about && { range: place.range, about };
}

function aboutSource(
  file: LanguageFile,
  context: PositionContext,
  { source, prefix, request, capture }: ExpressionPlace,
): HoverSubject | undefined {
  const { text } = source;
  const signing = signingNamesAt(keyPlace(file.kind, context.path)).find((name) => name === text);
  if (signing) return { kind: 'source', text, docs: SIGNING_DOCS[signing] };
  const word = prefix?.text ?? text;
  if (prefix ? PREFIXES.includes(word) : BUILT_IN_NAMES.includes(word)) {
    return { kind: 'source', text, docs: SOURCE_DOCS[word] ?? '' };
  }
  if (request && capture) {
    const found = requestNamed(file, request.text)?.captures.find(({ name }) => name === capture.text);
    const from = found && ('path' in found.source ? found.source.path : found.source.kind);
    return { kind: 'capture', request: request.text, name: capture.text, from };
  }
  return prefix ? undefined : aboutName(file, context, text);
}

function aboutVariable(file: LanguageFile, context: PositionContext, name: string): HoverSubject {
  const viewer = new VariableViewer(scopesAt(file, context.path), file.kind === 'request' ? 'requestFile' : 'project');
  return { kind: 'variable', name, shown: viewer.show(name) };
}

/** A variable, or the field of a row that hides it. What nothing else defines may be a field of rows to come. */
function aboutName(file: LanguageFile, context: PositionContext, name: string): HoverSubject {
  const rows = rowsAt(file, context.path);
  const field = rows?.fields.get(name);
  if (field) return { kind: 'field', name, field };
  const about = aboutVariable(file, context, name);
  const isToCome = rows?.isComplete === false && about.kind === 'variable' && !about.shown;
  return isToCome ? { kind: 'field', name, field: { value: undefined, source: undefined } } : about;
}

function aboutRequest(file: LanguageFile, name: string): HoverSubject | undefined {
  const request = requestNamed(file, name);
  if (!request) return undefined;
  const { method, title, description } = request;
  return { kind: 'request', name, title, method, url: shownUrl(file, request), description };
}

function shownUrl(file: LanguageFile, request: RequestEntry): string | undefined {
  // Requests of other files have their offsets there.
  const isOwn = file.requests?.requests.includes(request) === true;
  const resolved = isOwn ? resolvedUrl(file, request)?.shown : undefined;
  if (resolved !== undefined || !isOwn || !request.url) return resolved;
  return shorten(file.text.slice(request.url.range.start, request.url.range.end));
}

function aboutConnection({ project, environment, known }: LanguageFile, name: string): HoverSubject | undefined {
  if (!project?.connections.has(name)) return undefined;
  const resolved = resolveConnection(project, name, environment);
  const accounts = known.accounts?.(name) ?? [];
  if (!resolved.ok)
    return { kind: 'connection', name, label: name, issuer: undefined, origins: [], accounts, isFaulty: true };
  const { label, issuer, endpoints, origins } = resolved.connection;
  const server = issuer ?? endpoints.authorization ?? endpoints.token;
  return { kind: 'connection', name, label, issuer: server, origins, accounts, isFaulty: false };
}
