import type { TlsSetting } from '../http/tlsSetting';
import type {
  AssertionSetting,
  ClientAuth,
  ExchangedTokenSetting,
  ExchangeSetting,
  KeySource,
  PrivateKeySetting,
} from '../oauth/model';
import type { OAuthClient } from '../oauth/oauthClient';
import { supportedScopes, type ServerMetadata } from '../oauth/serverMetadata';
import type { TokenSet } from '../oauth/tokenSet';
import { Secret } from '../secret';
import { JsonReader } from '../json/jsonReader';
import type { SecretReference } from './secretVault';
import { storedClientAuths, type RepeatedGrant, type SessionRecord } from './sessionRecord';

/** Raised when a record can no longer be read by older code. */
const version = 1;

/** Metadata that is needed after the sign-in; the rest would only make every window's secrets bigger. */
const keptMetadata = [
  'issuer',
  'token_endpoint',
  'revocation_endpoint',
  'userinfo_endpoint',
  'introspection_endpoint',
  'end_session_endpoint',
] as const;

const repeatedGrants: ReadonlySet<RepeatedGrant> = new Set([
  'clientCredentials',
  'jwtBearer',
  'tokenExchange',
] as const);

const keySources: ReadonlySet<PrivateKeySetting['source']['kind']> = new Set(['secret', 'file'] as const);
const exchangeSources: ReadonlySet<ExchangedTokenSetting['source']['kind']> = new Set([
  'connection',
  'secret',
] as const);

/** The text for the secret store. It holds the secrets in the clear: it goes nowhere else. */
export function encodeRecord(record: SessionRecord): string {
  const { server, client, tokens } = record;
  const endpoints = Object.fromEntries(keptMetadata.map((name) => [name, server.metadata[name]]));
  const metadata = { ...endpoints, scopes_supported: supportedScopes(server.metadata) };
  return JSON.stringify({
    version,
    ...record,
    server: { ...server, metadata },
    dpopKey: record.dpopKey?.revealForTransport(),
    idToken: record.idToken?.revealForTransport(),
    client: storedClient(client),
    tokens: tokens && {
      ...tokens,
      access: tokens.access.revealForTransport(),
      refresh: tokens.refresh?.revealForTransport(),
    },
  });
}

/** Without what is looked up anew each time. */
function storedClient({ id, secret, auth, registered, idTokenAlgorithm }: OAuthClient): object {
  return { id, auth, registered, idTokenAlgorithm, secret: registered ? secret?.revealForTransport() : undefined };
}

/** Reads a stored record; `undefined` for anything that is not a whole record of a known version. */
export function decodeRecord(text: string): SessionRecord | undefined {
  try {
    const json = JsonReader.parse(text);
    return json.number('version') === version ? recordOf(json) : undefined;
  } catch {
    // The parser's message may quote the text, which holds secrets.
    return undefined;
  }
}

function recordOf(json: JsonReader): SessionRecord {
  const account = json.object('account');
  return {
    id: json.text('id'),
    connectionName: json.text('connectionName'),
    connectionLabel: json.text('connectionLabel'),
    connectionKey: json.text('connectionKey'),
    account: { id: account.text('id'), label: account.text('label') },
    loginHint: json.optionalText('loginHint'),
    subject: json.optionalText('subject'),
    server: serverOf(json.object('server')),
    client: clientOf(json.object('client')),
    secretReference: json.has('secretReference') ? referenceOf(json.object('secretReference')) : undefined,
    folder: json.optionalText('folder'),
    fileDigests: json.has('fileDigests') ? json.object('fileDigests').textMap() : undefined,
    grant: json.has('grant') ? json.oneOf('grant', repeatedGrants) : undefined,
    privateKey: json.has('privateKey') ? privateKeyOf(json.object('privateKey')) : undefined,
    tls: json.has('tls') ? json.objects('tls').map(tlsOf) : undefined,
    assertion: json.has('assertion') ? assertionOf(json.object('assertion')) : undefined,
    exchange: json.has('exchange') ? exchangeOf(json.object('exchange')) : undefined,
    dpopKey: secretOf(json.optionalText('dpopKey')),
    idToken: secretOf(json.optionalText('idToken')),
    captured: json.has('captured') ? json.object('captured').textMap() : undefined,
    resource: json.texts('resource'),
    refreshParameters: json.object('refreshParameters').textMap(),
    scopes: json.texts('scopes'),
    tokens: json.has('tokens') ? tokensOf(json.object('tokens')) : undefined,
    generation: json.number('generation'),
  };
}

function serverOf(json: JsonReader): ServerMetadata {
  const metadata = json.object('metadata');
  const known = keptMetadata.filter((name) => metadata.has(name)).map((name) => [name, metadata.text(name)]);
  return {
    id: json.text('id'),
    issuerKnown: json.boolean('issuerKnown'),
    metadata: {
      ...(Object.fromEntries(known) as object),
      ...(metadata.has('scopes_supported') && { scopes_supported: [...metadata.texts('scopes_supported')] }),
      issuer: metadata.text('issuer'),
    },
    insecureOrigins: json.texts('insecureOrigins'),
    preset: json.optionalText('preset'),
  };
}

function clientOf(json: JsonReader): OAuthClient {
  return {
    id: json.text('id'),
    secret: secretOf(json.optionalText('secret')),
    auth: json.oneOf<ClientAuth>('auth', storedClientAuths),
    registered: json.boolean('registered'),
    idTokenAlgorithm: json.optionalText('idTokenAlgorithm'),
  };
}

function tlsOf(json: JsonReader): TlsSetting {
  const optional = (name: string): KeySource | undefined => (json.has(name) ? sourceOf(json.object(name)) : undefined);
  return {
    origin: json.text('origin'),
    ca: json.texts('ca'),
    cert: optional('cert'),
    key: optional('key'),
    pfx: optional('pfx'),
    passphrase: json.optionalText('passphrase'),
    verify: json.boolean('verify'),
  };
}

function sourceOf(json: JsonReader): KeySource {
  return json.oneOf('kind', keySources) === 'secret'
    ? { kind: 'secret', name: json.text('name') }
    : { kind: 'file', path: json.text('path') };
}

function privateKeyOf(json: JsonReader): PrivateKeySetting {
  return {
    source: sourceOf(json.object('source')),
    keyId: json.optionalText('keyId'),
    algorithm: json.optionalText('algorithm'),
  };
}

function assertionOf(json: JsonReader): AssertionSetting {
  return {
    issuer: json.optionalText('issuer'),
    subject: json.optionalText('subject'),
    audience: json.optionalText('audience'),
    claims: json.object('claims').textMap(),
  };
}

function exchangeOf(json: JsonReader): ExchangeSetting {
  return {
    subject: exchangedTokenOf(json.object('subject')),
    actor: json.has('actor') ? exchangedTokenOf(json.object('actor')) : undefined,
    requestedType: json.optionalText('requestedType'),
  };
}

function exchangedTokenOf(json: JsonReader): ExchangedTokenSetting {
  const source = json.object('source');
  const name = source.text('name');
  const isSecret = source.oneOf('kind', exchangeSources) === 'secret';
  const session = {
    connectionKey: source.optionalText('connectionKey'),
    accountId: source.optionalText('accountId'),
  };
  return {
    source: isSecret ? { kind: 'secret', name } : { kind: 'connection', name, ...session },
    type: json.optionalText('type'),
  };
}

function referenceOf(json: JsonReader): SecretReference {
  return { folder: json.text('folder'), name: json.text('name') };
}

function tokensOf(json: JsonReader): TokenSet {
  return {
    type: json.oneOf<TokenSet['type']>('type', new Set(['Bearer', 'DPoP'])),
    access: new Secret(json.text('access')),
    refresh: secretOf(json.optionalText('refresh')),
    refreshExpiresAt: json.optionalNumber('refreshExpiresAt'),
    obtainedAt: json.number('obtainedAt'),
    lifetime: json.optionalNumber('lifetime'),
    hintedLifetime: json.optionalNumber('hintedLifetime'),
    scope: json.optionalText('scope'),
  };
}

function secretOf(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : new Secret(text);
}
