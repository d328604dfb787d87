import { hasMarks, isOnlyMarks, markedSources } from '../../curl/marks';
import type { SecretKeeper } from '../../curl/secretKeeper';
import { freeName } from '../../request/edit/freeName';
import type { NewYaml, NewYamlEntry } from '../../request/edit/newYaml';
import type { ImportedClient } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import { secretMark, secretText } from './secretTexts';
import { listYaml, mapYaml, textYaml } from './yamlParts';

interface Draft {
  readonly client: ImportedClient;
  /** Texts that may hold marks. */
  readonly origins: Set<string>;
}

/** What a connection is written with. */
export interface ConnectionParts {
  readonly secrets: SecretKeeper;
  readonly notes: ImportNote[];
  /** What a variable holds, by its environments. */
  readonly valuesOf: (variable: string) => readonly NewYaml[];
}

/** The connections that requests are sent with: those that say the same are one. */
export class DraftConnections {
  readonly #drafts = new Map<string, Draft>();
  readonly #names = new Map<string, string>();
  readonly #taken: Set<string>;
  readonly #fallback: string;

  /** @param fallback what a connection is named after that names no server. */
  constructor(taken: Iterable<string>, fallback: string) {
    this.#taken = new Set(taken);
    this.#fallback = fallback;
  }

  /** The name of the connection for a client, whose token then may go to these origins. */
  use(client: ImportedClient, origins: readonly string[]): string {
    const key = JSON.stringify({ ...client, name: '' });
    let name = this.#names.get(key);
    if (name === undefined) {
      name = freeName(suggestedName(client, this.#fallback), this.#taken);
      this.#taken.add(name);
      this.#names.set(key, name);
      this.#drafts.set(name, { client, origins: new Set() });
    }
    for (const origin of origins) this.#drafts.get(name)?.origins.add(origin);
    return name;
  }

  /** What goes into the project file, with marks in it. */
  entries(parts: ConnectionParts): readonly NewYamlEntry[] {
    return [...this.#drafts].map(([name, draft]) => [name, mapYaml(connectionEntries(name, draft, parts))]);
  }
}

function connectionEntries(name: string, { client, origins }: Draft, parts: ConnectionParts): readonly NewYamlEntry[] {
  const { grant, clientId, clientAuth, scopes, audience, resource, deviceAuthorizationUrl } = client;
  const text = (key: string, value: string): readonly NewYamlEntry[] => (value === '' ? [] : [[key, textYaml(value)]]);
  const list = (key: string, values: readonly string[]): readonly NewYamlEntry[] =>
    values.length === 0 ? [] : [[key, listYaml(values)]];
  const secret = clientSecret(name, client, parts);
  if (origins.size === 0) parts.notes.push(importNote('noOrigin', { connection: name }));
  const { authorizationUrl, tokenUrl } = endpoints(name, client, parts.notes);
  return [
    ...(grant === 'authorizationCode' ? [] : text('grant', grant)),
    ...text('authorizationUrl', grant === 'authorizationCode' ? authorizationUrl : ''),
    ...text('deviceAuthorizationUrl', grant === 'deviceCode' ? deviceAuthorizationUrl : ''),
    ...text('tokenUrl', tokenUrl),
    ...text('clientId', clientId),
    ...text('clientSecret', secret),
    ...(secret === '' || clientAuth === undefined ? [] : text('clientAuth', clientAuth)),
    ...list('scopes', scopes),
    ...text('audience', audience),
    ...list('resource', resource === '' ? [] : [resource]),
    ...list('origins', [...origins]),
  ];
}

/** A connection names its secret itself, so what stands behind a variable is looked up. */
function clientSecret(
  name: string,
  { clientSecret: written, grant }: ImportedClient,
  { secrets, notes, valuesOf }: ConnectionParts,
): string {
  const suggestion = `${name}-client-secret`;
  if (written === '') return grant === 'clientCredentials' ? secrets.unknown(suggestion) : '';
  const [source = '', ...others] = markedSources(written);
  if (!isOnlyMarks(written) || others.length > 0) return secretText(written, suggestion, secrets, notes);
  if (source.startsWith('secret:')) return written;
  const values = new Set(
    valuesOf(source).flatMap((value) => (value.kind === 'text' && value.text !== '' ? value.text : [])),
  );
  const [value] = values;
  if (value === undefined || hasMarks(value)) return secretMark(source);
  const mark = secrets.keep(source, value);
  if (values.size > 1)
    notes.push(importNote('secretPerEnvironment', { name: markedSources(mark)[0]?.slice('secret:'.length) ?? source }));
  return mark;
}

/** People sign in at an authorization endpoint, which the grants that are replaced may not have needed. */
function endpoints(
  connection: string,
  { grant, authorizationUrl, tokenUrl }: ImportedClient,
  notes: ImportNote[],
): Pick<ImportedClient, 'authorizationUrl' | 'tokenUrl'> {
  if (grant !== 'authorizationCode' || (authorizationUrl !== '' && tokenUrl !== ''))
    return { authorizationUrl, tokenUrl };
  notes.push(importNote('guessedUrl', { connection }));
  const guess = (url: string, from: RegExp, to: string): string => (from.test(url) ? url.replace(from, to) : '');
  const isKeycloak = (tokenUrl + authorizationUrl).includes('/protocol/openid-connect/');
  if (authorizationUrl === '')
    return { tokenUrl, authorizationUrl: guess(tokenUrl, /token\/?$/, isKeycloak ? 'auth' : 'authorize') };
  return { authorizationUrl, tokenUrl: guess(authorizationUrl, /auth(?:orize|orise)?\/?$/, 'token') };
}

function suggestedName({ name, tokenUrl, authorizationUrl }: ImportedClient, fallback: string): string {
  if (name !== '' && !hasMarks(name) && !/^(?:access )?token$|^new token$/i.test(name)) return name;
  const url = tokenUrl === '' ? authorizationUrl : tokenUrl;
  const host = URL.parse(url)?.hostname ?? '';
  return host === '' ? fallback : host;
}

/** Where a request's token may go: the origin of its URL. What its variables hold tells which that is. */
export function originsOf(url: string, valuesOf: (variable: string) => readonly NewYaml[]): readonly string[] {
  if (!hasMarks(/^[^/]*\/\/[^/?#]*/.exec(url)?.[0] ?? url.slice(0, 1))) {
    const origin = URL.parse(url)?.origin;
    return origin === undefined || origin === 'null' ? [] : [origin.replace(/^ws/, 'http')];
  }
  const start = /^(?:https?:\/\/)?\ufdd4([^\ufdd5]*)\ufdd5(?=[/?#]|$)/.exec(url);
  if (!start) return [/^[^/]*\/\/[^/?#]*/.exec(url)?.[0] ?? ''].filter((text) => text !== '');
  const prefix = start[0].startsWith('http') ? start[0].slice(0, start[0].indexOf('://') + 3) : '';
  const values = valuesOf(start[1] ?? '').flatMap((value) => (value.kind === 'text' ? value.text : []));
  const parsed = values.map((value) => (hasMarks(value) ? undefined : URL.parse(prefix + value)));
  const isPlain = parsed.every((each) => each === undefined || (each?.pathname === '/' && each.search === ''));
  if (isPlain) return [start[0]];
  return parsed.flatMap((each) => (each ? [each.origin] : []));
}
