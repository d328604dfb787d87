import type { ClientAuth } from '../oauth/model';
import type { OAuthClient } from '../oauth/oauthClient';
import type { ServerMetadata } from '../oauth/serverMetadata';
import type { TokenSet } from '../oauth/tokenSet';
import { Secret } from '../secret';
import { JsonReader } from './jsonReader';
import type { SecretReference } from './secretVault';
import { storedClientAuths, type SessionRecord } from './sessionRecord';

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

const repeatedGrants = new Set(['clientCredentials'] as const);

/** The text for the secret store. It holds the secrets in the clear: it goes nowhere else. */
export function encodeRecord(record: SessionRecord): string {
  const { server, client, tokens } = record;
  const metadata = Object.fromEntries(keptMetadata.map((name) => [name, server.metadata[name]]));
  return JSON.stringify({
    version,
    ...record,
    server: { ...server, metadata },
    client: { ...client, secret: client.registered ? client.secret?.revealForTransport() : undefined },
    tokens: tokens && {
      ...tokens,
      access: tokens.access.revealForTransport(),
      refresh: tokens.refresh?.revealForTransport(),
    },
  });
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
    server: serverOf(json.object('server')),
    client: clientOf(json.object('client')),
    secretReference: json.has('secretReference') ? referenceOf(json.object('secretReference')) : undefined,
    grant: json.has('grant') ? json.oneOf('grant', repeatedGrants) : undefined,
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
    metadata: { ...(Object.fromEntries(known) as object), issuer: metadata.text('issuer') },
    insecureOrigins: json.texts('insecureOrigins'),
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

function referenceOf(json: JsonReader): SecretReference {
  return { folder: json.text('folder'), name: json.text('name') };
}

function tokensOf(json: JsonReader): TokenSet {
  return {
    type: json.oneOf<TokenSet['type']>('type', new Set(['Bearer', 'DPoP'])),
    access: new Secret(json.text('access')),
    refresh: secretOf(json.optionalText('refresh')),
    obtainedAt: json.number('obtainedAt'),
    lifetime: json.has('lifetime') ? json.number('lifetime') : undefined,
    scope: json.optionalText('scope'),
  };
}

function secretOf(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : new Secret(text);
}
