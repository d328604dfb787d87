import { authFromHeader } from '../../curl/curlAuth';
import { draftHeaders } from '../../curl/curlHeaders';
import { decoded, draftUrl } from '../../curl/curlUrl';
import { duration, headerEntries, methodEntries, queryEntries } from '../../curl/importCurl';
import { hasMarks } from '../../curl/marks';
import type { SecretKeeper } from '../../curl/secretKeeper';
import type { NewYaml, NewYamlEntry } from '../../request/edit/newYaml';
import { shownNames } from '../fields';
import type { ImportedAuth, ImportedField, ImportedRequest } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import type { DraftConnections } from './draftConnection';
import { originsOf } from './draftConnection';
import { maskedText } from '../maskedText';
import { plainText } from '../plainText';
import { draftBody } from './draftBody';
import { headerText, secretAuth, variableValue } from './secretTexts';
import { listYaml, mapYaml, textYaml } from './yamlParts';

/** A request as it goes into a file, with marks in its texts. */
export interface DraftedRequest {
  /** The address, without the query where that stands by itself. */
  readonly url: string;
  readonly method: string;
  /** What stands above the URL and is never expanded. */
  readonly head: readonly NewYamlEntry[];
  readonly auth: NewYaml | undefined;
  /** What stands below the URL. */
  readonly rest: readonly NewYamlEntry[];
  /** Expectations, captures and settings. */
  readonly tail: readonly NewYamlEntry[];
  readonly variables: readonly NewYamlEntry[];
  readonly notes: readonly ImportNote[];
}

export interface DraftParts {
  readonly secrets: SecretKeeper;
  /** Variables whose values are secrets. */
  readonly secretNames: ReadonlySet<string>;
  readonly connections: DraftConnections;
  readonly valuesOf: (variable: string) => readonly NewYaml[];
  /** What secrets are named after where there is no host. */
  readonly label: string;
  /** The name of the request of the same file that another tool calls so. */
  readonly nameOf: (written: string) => string | undefined;
}

/** What a request becomes; nothing that is or looks secret is in it. */
export function draftRequest(request: ImportedRequest, name: string, parts: DraftParts): DraftedRequest {
  const { secrets, valuesOf } = parts;
  const notes = [...request.notes];
  const written = withScheme(request.url.trim(), valuesOf);
  const target = draftUrl(written, (request.query ?? []).map(queryText), secrets);
  const host = hostOf(target.url) ?? parts.label;
  const headers = httpHeaders(request.headers, notes);
  const isSocket = request.method === 'WEBSOCKET' || /^wss?:/i.test(target.url);
  const { auth, header } = draftAuth(request.auth, headers, target, host, parts, notes);
  const plain = headers
    .filter((each) => !/^authorization$/i.test(each.name) || each === header)
    .map((each) => ({ name: each.name, value: headerText(each, secrets) }));
  const shown = draftHeaders({ headers: plain, cookies: [] }, host, secrets);
  if (shown.leftOut.length > 0) notes.push(importNote('browserHeaders', { names: shownNames(shown.leftOut) }));
  const type = shown.headers.find(([each]) => /^content-type$/i.test(each))?.[1];
  const body = isSocket ? undefined : draftBody(request.body, type, secrets, notes);
  const messages = isSocket && request.body?.kind === 'text' ? messagesOf(request.body.text) : [];
  const drafted = body ?? { entry: undefined, ownType: undefined, curlType: undefined };
  return {
    url: target.url,
    method: isSocket ? 'WEBSOCKET' : methodOf(request.method, notes),
    head: headEntries(request, name),
    auth,
    rest: [
      ...queryEntries(target),
      ...headerEntries(shown, drafted, { data: [] }),
      ...(drafted.entry ? [drafted.entry] : []),
      ...(messages.length === 0 ? [] : [['messages', listYaml(messages.map((text) => secrets.within(text)))] as const]),
    ],
    tail: [...needsEntries(request, name, parts.nameOf), ...tailEntries(request)],
    variables: (request.variables ?? []).map((variable) => {
      const { name: written } = variable;
      return [written, variableValue(variable, parts.secretNames.has(written), written, secrets, notes)];
    }),
    notes,
  };
}

/** The entries of a request in the order in which people read them. */
export function requestEntries(
  { head, rest, tail, variables, method }: DraftedRequest,
  url: string,
  auth: NewYaml | undefined,
): readonly NewYamlEntry[] {
  return [
    ...head,
    ...(method === 'WEBSOCKET' ? [['websocket', textYaml(url)] as const] : methodEntries(method, url)),
    ...(auth ? [['auth', auth] as const] : []),
    ...rest,
    ...tail,
    ...(variables.length > 0 ? [['variables', mapYaml(variables)] as const] : []),
  ];
}

/** What of a request can use variables. */
export function requestValues({ url, auth, rest, variables }: DraftedRequest): readonly NewYaml[] {
  return [textYaml(url), ...(auth ? [auth] : []), ...[...rest, ...variables].map(([, value]) => value)];
}

function headEntries(
  { name: title, description = '', folder }: ImportedRequest,
  name: string,
): readonly NewYamlEntry[] {
  const shown = title.replace(/\s+/g, ' ').trim();
  const about = maskedText(plainText(description).replace(/\r\n?/g, '\n').trim());
  const tags = folder.slice(1).filter((each) => each.trim() !== '');
  return [
    ...(shown === name || shown === '' ? [] : [['name', textYaml(plainText(shown))] as const]),
    ...(about === '' ? [] : [['description', textYaml(about)] as const]),
    ...(tags.length === 0 ? [] : [['tags', listYaml(tags.map(plainText))] as const]),
  ];
}

function needsEntries(
  { needs = [] }: ImportedRequest,
  name: string,
  nameOf: DraftParts['nameOf'],
): readonly NewYamlEntry[] {
  const names = needs.flatMap((written) => nameOf(written) ?? []).filter((each) => each !== name);
  return names.length === 0 ? [] : [['needs', listYaml([...new Set(names)])]];
}

function tailEntries({ status, captures = [], timeout, redirects, cookies }: ImportedRequest): readonly NewYamlEntry[] {
  const raw = (source: string): NewYaml => ({ kind: 'raw', source });
  const isWait = timeout !== undefined && timeout > 0 && Number.isFinite(timeout);
  return [
    ...(status === undefined ? [] : [['expect', mapYaml([['status', raw(String(status))]])] as const]),
    ...(captures.length === 0
      ? []
      : [['capture', mapYaml(captures.map(({ name, from }) => [name, textYaml(from)]))] as const]),
    ...(isWait ? [['timeout', textYaml(duration(Math.ceil(timeout) / 1000))] as const] : []),
    ...(redirects === undefined ? [] : [['redirects', raw(String(redirects))] as const]),
    ...(cookies === false ? [['cookies', textYaml('off')] as const] : []),
  ];
}

interface DraftSender {
  readonly auth: NewYaml | undefined;
  /** The `Authorization` header that says what `auth` cannot. */
  readonly header: ImportedField | undefined;
}

/** Who a request is sent as: a header that is written out counts before what the tool would have added. */
function draftAuth(
  auth: ImportedAuth | undefined,
  headers: readonly ImportedField[],
  target: ReturnType<typeof draftUrl>,
  host: string,
  parts: DraftParts,
  notes: ImportNote[],
): DraftSender {
  const { secrets, connections, valuesOf } = parts;
  const header = headers.find(({ name }) => /^authorization$/i.test(name));
  if (header) {
    const said = authFromHeader(header.value.trim(), host, secrets);
    return said ? { auth: secretAuth(said, host, secrets, notes), header: undefined } : { auth: undefined, header };
  }
  const origins = originsOf(target.url, valuesOf);
  const written = auth && authYaml(auth, (client) => connections.use(client, origins), parts, notes);
  if (written) return { auth: secretAuth(written, host, secrets, notes), header: undefined };
  if (target.user === undefined) return { auth: undefined, header: undefined };
  const [username = '', ...password] = target.user.split(':');
  const basic = mapYaml([
    ['username', textYaml(username)],
    ['password', textYaml(password.join(':'))],
  ]);
  return { auth: secretAuth(mapYaml([['basic', basic]]), host, secrets, notes), header: undefined };
}

type ConnectionOf = (client: Extract<ImportedAuth, { kind: 'oauth2' }>['client']) => string;

function authYaml(
  auth: ImportedAuth,
  connectionOf: ConnectionOf,
  parts: DraftParts,
  notes: ImportNote[],
): NewYaml | undefined {
  const fields = (key: string, values: Readonly<Record<string, string>>): NewYaml =>
    mapYaml([[key, mapYaml(Object.entries(values).map(([name, value]) => [name, textYaml(value)]))]]);
  switch (auth.kind) {
    case 'none':
      return undefined;
    case 'auto':
      return textYaml('auto');
    case 'basic':
    case 'digest':
      return fields(auth.kind, { username: auth.username, password: auth.password });
    case 'bearer':
      return mapYaml([['bearer', textYaml(auth.token)]]);
    case 'apiKey':
      return fields('apiKey', { in: auth.in, name: keyName(auth, parts, notes), value: auth.value });
    case 'awsSigV4': {
      const { region, service, accessKeyId, secretAccessKey, sessionToken } = auth;
      const rest = { region, service, accessKeyId, secretAccessKey };
      return fields('awsSigV4', { ...rest, ...(sessionToken === '' ? {} : { sessionToken }) });
    }
    case 'oauth2':
      return textYaml(connectionOf(auth.client));
  }
}

function messagesOf(text: string): readonly string[] {
  const messages = text.replace(/\r\n?/g, '\n').split(/^===.*$/m);
  return messages.map((message) => message.trim()).filter((message) => message !== '');
}

/** The header or parameter of an API key, which has to be written out. */
function keyName(
  { in: place, name }: Extract<ImportedAuth, { kind: 'apiKey' }>,
  { valuesOf }: DraftParts,
  notes: ImportNote[],
): string {
  const text = withMarkedTexts(name, (variable) => valuesOf(variable).find((value) => value.kind === 'text'));
  if (!hasMarks(text) && text !== '' && (place === 'query' || isToken(text))) return text;
  notes.push(importNote('keyName', { name: plainText(text) }));
  return 'X-API-Key';
}

function withMarkedTexts(text: string, valueOf: (variable: string) => NewYaml | undefined): string {
  return text.replace(/\ufdd4([^\ufdd5]*)\ufdd5/g, (mark, variable: string) => {
    const value = valueOf(variable);
    return value?.kind === 'text' ? value.text : mark;
  });
}

/** What HTTP allows as the name of a header (RFC 9110 §5.6.2). */
function isToken(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
}

/** Other tools take an address without scheme for http. */
function withScheme(url: string, valuesOf: DraftParts['valuesOf']): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(url) || url.startsWith('/')) return url;
  // The variable may be the scheme itself.
  if (/^\ufdd4[^\ufdd5]*\ufdd5:\/\//.test(url)) return url;
  const variable = /^\ufdd4([^\ufdd5]*)\ufdd5/.exec(url)?.[1];
  if (variable === undefined) return `http://${url}`;
  const values = valuesOf(variable).flatMap((value) => (value.kind === 'text' && value.text !== '' ? value.text : []));
  const isBare =
    values.length > 0 && values.every((value) => !value.includes('://') && !hasMarks(value) && !value.startsWith('/'));
  return isBare ? `http://${url}` : url;
}

function hostOf(url: string): string | undefined {
  const host = /^[^:]*:\/\/([^/?#:]*)/.exec(url)?.[1] ?? '';
  return host === '' || hasMarks(host) ? undefined : host;
}

/** Characters that would end a name or a value in a query. */
function queryText({ name, value }: ImportedField): string {
  const pair = (text: string, pattern: RegExp): string => text.replace(pattern, encodeURIComponent);
  const isEncoded = decoded(value) !== undefined;
  return `${pair(name, /[&=#]/g)}=${pair(value, isEncoded ? /[&#]/g : /[%&#]/g)}`;
}

function httpHeaders(headers: readonly ImportedField[], notes: ImportNote[]): readonly ImportedField[] {
  const isAllowed = ({ name }: ImportedField): boolean => isToken(name);
  const wrong = headers.filter((header) => !isAllowed(header)).map(({ name }) => plainText(name));
  // Those of HTTP/2 that stand for the request line say nothing of their own.
  const named = wrong.filter((name) => name.trim() !== '' && !name.startsWith(':'));
  if (named.length > 0) notes.push(importNote('headers', { names: shownNames(named) }));
  return headers.filter(isAllowed).map(({ name, value }) => ({ name, value: value.replace(/[\0\r\n]+/g, ' ') }));
}

function methodOf(method: string, notes: ImportNote[]): string {
  const upper = method.trim().toUpperCase();
  if (/^[!#$%&'*+.^_`|~0-9A-Z-]{1,64}$/.test(upper) && upper !== 'CONNECT') return upper;
  notes.push(importNote('method'));
  return 'GET';
}
