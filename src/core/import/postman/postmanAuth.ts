import type { JsonValue } from '../../json/jsonValue';
import type { ImportedAuth } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import { anyText, entriesAt, itemsAt, member, textAt } from '../importTree';
import { oauthClient } from '../oauthClient';
import type { Placeholders } from '../placeholders';

/** `inherit`: what the folder above says. */
export type PostmanAuth = ImportedAuth | 'inherit';

/** The `auth` of a collection, a folder or a request, as versions 2.0 (a map) and 2.1 (a list of pairs) have it. */
export function postmanAuth(
  value: JsonValue | undefined,
  placeholders: Placeholders,
  notes: ImportNote[],
): PostmanAuth {
  const type = textAt(value, 'type');
  if (value === undefined || value === null || type === 'inherit') return 'inherit';
  const fields = authFields(value, type);
  const text = (name: string): string => placeholders.text(fields.get(name) ?? '');
  switch (type) {
    case 'noauth':
    case '':
      return { kind: 'none' };
    case 'basic':
    case 'digest':
      return { kind: type, username: text('username'), password: text('password') };
    case 'bearer':
      return { kind: 'bearer', token: text('token') };
    case 'apikey': {
      const place = text('in') === 'query' ? 'query' : 'header';
      const name = text('key') || 'X-API-Key';
      return { kind: 'apiKey', in: place, name, value: text('value') };
    }
    case 'awsv4':
      return {
        kind: 'awsSigV4',
        region: text('region') || 'us-east-1',
        service: text('service') || 'execute-api',
        accessKeyId: text('accessKey'),
        secretAccessKey: text('secretKey'),
        sessionToken: text('sessionToken'),
      };
    case 'oauth2':
      return oauth2(text, fields, notes);
    default:
      notes.push(importNote('auth', { type }));
      return { kind: 'none' };
  }
}

function oauth2(
  text: (name: string) => string,
  fields: ReadonlyMap<string, string>,
  notes: ImportNote[],
): ImportedAuth {
  const hasClient = ['accessTokenUrl', 'authUrl'].some((name) => fields.get(name));
  // Without a server only the token itself is left, as with a bearer token.
  if (!hasClient && fields.get('accessToken')) return { kind: 'bearer', token: text('accessToken') };
  if (fields.get('accessToken')) notes.push(importNote('savedToken'));
  return oauthClient(
    {
      name: text('tokenName'),
      grant: fields.get('grant_type') ?? 'authorization_code',
      authorizationUrl: text('authUrl'),
      tokenUrl: text('accessTokenUrl'),
      clientId: text('clientId'),
      clientSecret: text('clientSecret'),
      clientAuth: fields.get('client_authentication') === 'body' ? 'post' : 'basic',
      scope: text('scope'),
      audience: text('audience'),
      resource: text('resource'),
      place: fields.get('addTokenTo') === 'queryParams' ? 'query' : undefined,
    },
    notes,
  );
}

function authFields(value: JsonValue, type: string): ReadonlyMap<string, string> {
  const pairs = itemsAt(value, type).map((item): readonly [string, string] => [
    textAt(item, 'key'),
    anyText(member(item, 'value')),
  ]);
  const entries = entriesAt(value, type).map(([name, each]): readonly [string, string] => [name, anyText(each)]);
  return new Map([...pairs, ...entries]);
}
