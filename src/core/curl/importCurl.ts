import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import { isName } from '../request/names';
import { methodKeys } from '../request/format/requestKeys';
import type { CurlCommand } from './curlCommand';
import { draftAuth, type DraftAuth } from './curlAuth';
import { dataQuery, draftBody, fieldValue, type DraftBody } from './curlBody';
import { draftHeaders, type DraftHeaders } from './curlHeaders';
import { draftUrl, grouped, type DraftUrl } from './curlUrl';
import { hasMarks } from './marks';
import type { RequestDraft } from './requestDraft';
import { SecretKeeper } from './secretKeeper';
import { writtenYaml } from './writtenYaml';

export interface ImportSurroundings {
  /** Names of the requests that are in the file already. */
  readonly requestNames: Iterable<string>;
  /** Names of secrets that are stored or mentioned already: they mean something else. */
  readonly secretNames: Iterable<string>;
  /** Whether a request without `auth` is sent as somebody here. */
  readonly inheritsAuth: boolean;
  /** Sent with this connection's token instead of what the command says. */
  readonly connection?: string;
}

/**
 * A request that sends what the command sends, as far as the request format can say it; the rest is in the notices.
 * `undefined` when the command has no URL. Nothing that is or looks secret is in its entries.
 */
export function importCurl(command: CurlCommand, surroundings: ImportSurroundings): RequestDraft | undefined {
  if (command.url === undefined || command.url === '') return undefined;
  const secrets = new SecretKeeper(surroundings.secretNames);
  const notices = [...command.notices];
  const inQuery = [...(command.get === true ? [dataQuery(command, notices)] : []), ...command.urlQuery.map(queryText)];
  const target = draftUrl(command.url, inQuery, secrets);
  if (/[[\]{}]/.test(command.url.replace(/^[a-z]+:\/\/\[[^\]]*\]/i, ''))) notices.push({ kind: 'globbing' });
  const host = hostOf(target.url);
  const { auth, headers } = draftSender(command, host, target.user, secrets, surroundings);
  const shown = draftHeaders({ ...command, headers }, host, secrets);
  const body = draftBody(command, headerValue(shown, 'content-type'), secrets, notices);
  const method = methodOf(command, body);
  const entries = [
    ...methodEntries(method, target.url),
    ...queryEntries(target),
    ...(auth ? [['auth', auth] as const] : []),
    ...headerEntries(shown, body, command),
    ...(body.entry ? [body.entry] : []),
    ...settingEntries(command),
  ];
  return {
    name: freeRequestName(method, target.url, surroundings.requestNames),
    entries: entries.map(([key, value]) => [key, writtenYaml(value)]),
    ...{ secrets: secrets.found, notices, leftOutHeaders: shown.leftOut },
  };
}

function draftSender(
  command: CurlCommand,
  host: string,
  user: string | undefined,
  secrets: SecretKeeper,
  { connection, inheritsAuth }: ImportSurroundings,
): DraftAuth {
  const isAuth = ({ name }: CurlCommand['headers'][number]): boolean => name.toLowerCase() === 'authorization';
  const others = command.headers.filter((header) => !isAuth(header));
  if (connection !== undefined) return { auth: text(connection), headers: others };
  const { auth, headers } = draftAuth(command, host.replace(/:\d+$/, ''), user, secrets);
  // Another scheme keeps its header, beside which no token may go.
  return { headers, auth: auth ?? (inheritsAuth ? text('none') : undefined) };
}

function methodOf({ method, head, upload, get, data, form }: CurlCommand, { entry }: DraftBody): string {
  if (method !== undefined && /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/.test(method)) return method;
  if (head === true) return 'HEAD';
  if (upload !== undefined) return 'PUT';
  return entry !== undefined || (get !== true && data.length + form.length > 0) ? 'POST' : 'GET';
}

/** The method and the URL, with the shortcut where there is one. */
export function methodEntries(method: string, url: string): readonly NewYamlEntry[] {
  const key = method.toLowerCase();
  // Methods mean their case (RFC 9110 §9.1); the shortcuts stand for upper case.
  if (method === method.toUpperCase() && Object.hasOwn(methodKeys, key)) return [[key, text(url)]];
  return [
    ['method', text(method)],
    ['url', text(url)],
  ];
}

export function queryEntries({ query }: Pick<DraftUrl, 'query'>): readonly NewYamlEntry[] {
  if (query.length === 0) return [];
  const entries = [...grouped(query)].map(([name, values]): NewYamlEntry => [name, fieldValue(values)]);
  return [['query', { kind: 'map', entries }]];
}

/** `Content-Type` is written where the body would bring another one. */
export function headerEntries(
  { headers }: Pick<DraftHeaders, 'headers'>,
  body: DraftBody,
  { data }: Pick<CurlCommand, 'data'>,
): readonly NewYamlEntry[] {
  const values = new Map<string, { readonly name: string; readonly values: (string | undefined)[] }>();
  const add = (name: string, value: string | undefined): void => {
    const known = values.get(name.toLowerCase());
    if (known) known.values.push(value);
    else values.set(name.toLowerCase(), { name, values: [value] });
  };
  const isJson = data.some(({ kind }) => kind === 'json');
  const said = new Set(headers.map(([name]) => name.toLowerCase()));
  if (isJson && !said.has('accept')) add('Accept', 'application/json');
  if (!said.has('content-type') && body.curlType !== undefined) add('Content-Type', body.curlType);
  for (const [name, value] of headers) add(name, value);
  const type = values.get('content-type');
  if (type && isOwnType(type.values, body)) values.delete('content-type');
  const entries = [...values.values()].flatMap((header): NewYamlEntry[] => {
    const texts = header.values.filter((value) => value !== undefined);
    if (texts.length > 0) return [[header.name, fieldValue(texts)]];
    // Only what a request has by itself needs to be taken away.
    return /^content-type$/i.test(header.name) && body.entry ? [[header.name, { kind: 'raw', source: 'null' }]] : [];
  });
  return entries.length === 0 ? [] : [['headers', { kind: 'map', entries }]];
}

function isOwnType(values: readonly (string | undefined)[], { ownType, entry }: DraftBody): boolean {
  const [value] = values;
  if (values.length !== 1 || ownType === undefined) return false;
  // The boundary of a multipart body is the sender's.
  if (entry?.[0] === 'multipart') return value?.toLowerCase().startsWith('multipart/form-data') === true;
  return value?.toLowerCase() === ownType;
}

function headerValue({ headers }: DraftHeaders, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

function settingEntries({ maxTime, connectTimeout, maxRedirects }: CurlCommand): readonly NewYamlEntry[] {
  const entries: NewYamlEntry[] = [];
  const phases: NewYamlEntry[] = [];
  if (connectTimeout !== undefined && connectTimeout > 0) phases.push(['connect', text(duration(connectTimeout))]);
  if (maxTime !== undefined && maxTime > 0) {
    if (phases.length === 0) entries.push(['timeout', text(duration(maxTime))]);
    else phases.push(['total', text(duration(maxTime))]);
  }
  if (phases.length > 0) entries.push(['timeout', { kind: 'map', entries: phases }]);
  if (maxRedirects !== undefined && Number.isInteger(maxRedirects) && maxRedirects <= 100) {
    entries.push(['redirects', { kind: 'raw', source: String(maxRedirects) }]);
  }
  return entries;
}

/** As request files write it. */
export function duration(seconds: number): string {
  return Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`;
}

/** `--url-query` takes what `--data-urlencode` takes; a plus sign means that nothing is encoded. */
function queryText(value: string): string {
  if (value.startsWith('+')) return value.slice(1);
  const [, name = '', content = value] = /^([^=]*)=([^]*)$/.exec(value) ?? [];
  return `${name === '' ? '' : `${name}=`}${hasMarks(content) ? content : encodeURIComponent(content)}`;
}

function hostOf(url: string): string {
  return /^[^:]*:\/\/([^/?]*)/.exec(url)?.[1] ?? '';
}

function freeRequestName(method: string, url: string, taken: Iterable<string>): string {
  const base = suggestedRequestName(method, url);
  const used = new Set(taken);
  let name = base;
  for (let number = 2; used.has(name); number++) name = `${base}${number}`;
  return name;
}

/** The last part of the path that is a word, with the method before it. */
export function suggestedRequestName(method: string, url: string): string {
  const path = url.replace(/^[^:]*:\/\//, '').split('?')[0] ?? '';
  const words = path.split('/').filter((part, index) => index > 0 && /^[A-Za-z][A-Za-z_-]*$/.test(part));
  const last = words.filter((part) => part.length <= 40).at(-1) ?? '';
  const camel = last.replace(/[-_]+([A-Za-z])?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '');
  const base = `${method.toLowerCase().replace(/[^a-z0-9]/g, '') || 'send'}${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
  return isName(base) ? base : 'request';
}

function text(value: string): NewYaml {
  return { kind: 'text', text: value };
}
