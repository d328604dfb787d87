import type { JsonValue } from '../../json/jsonValue';
import type { ImportedAuth } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import type { ImportSource } from '../importSource';
import { entriesAt, member, textAt } from '../importTree';
import { oauthClient } from '../oauthClient';
import type { Placeholders } from '../placeholders';
import { isHttpEnvironments } from './httpEnvironments';

export interface HttpAuthParts {
  readonly placeholders: Placeholders;
  /** Texts of the file's variables, as they are written. */
  readonly variables: ReadonlyMap<string, string>;
  readonly all: readonly ImportSource[];
}

/**
 * What an `Authorization` header says in the ways of these tools; `undefined` when it is an ordinary header.
 * @param value as it is written.
 */
export function httpAuth(value: string, parts: HttpAuthParts, notes: ImportNote[]): ImportedAuth | undefined {
  const text = (written: string): string => parts.placeholders.text(written);
  const user = /^(basic|digest)\s+(?:([^\s:]+)(?:\s+|:)(\S.*)|(\S+):)$/i.exec(value);
  if (user) {
    const kind = user[1]?.toLowerCase() === 'digest' ? 'digest' : 'basic';
    return { kind, username: text(user[2] ?? user[4] ?? ''), password: text(user[3] ?? '') };
  }
  const id = /\$auth\.(?:token|idToken)\(\s*["']([^"']+)["']\s*\)/.exec(value)?.[1];
  if (id !== undefined) return securityAuth(id, parts, notes);
  const aws = /^aws\s+(\S+)\s+(\S+)(.*)$/i.exec(value);
  if (aws) {
    const option = (name: string): string => text(new RegExp(`\\b${name}:(\\S+)`).exec(aws[3] ?? '')?.[1] ?? '');
    return {
      kind: 'awsSigV4',
      region: option('region') || 'us-east-1',
      service: option('service') || 'execute-api',
      ...{ accessKeyId: text(aws[1] ?? ''), secretAccessKey: text(aws[2] ?? ''), sessionToken: option('token') },
    };
  }
  const openId = /^(?:openid|oauth2)\s+(\w+)(?:\s+(\w+))?/i.exec(value);
  return openId ? openIdAuth(openId[1] ?? '', openId[2], parts, notes) : undefined;
}

/** httpYac: the settings are variables that begin with a prefix. */
function openIdAuth(
  grant: string,
  prefix: string | undefined,
  { placeholders, variables }: HttpAuthParts,
  notes: ImportNote[],
): ImportedAuth {
  const text = (name: string): string => {
    const key = `${prefix ?? 'oauth2'}_${name}`;
    return placeholders.text(variables.get(key) ?? '');
  };
  const client = {
    ...{ name: prefix ?? '', grant, authorizationUrl: text('authorizationEndpoint'), tokenUrl: text('tokenEndpoint') },
    ...{ clientId: text('clientId'), clientSecret: text('clientSecret'), clientAuth: 'basic' as const },
    ...{ scope: text('scope'), audience: text('audience'), resource: text('resource') },
    deviceAuthorizationUrl: text('deviceCodeEndpoint'),
  };
  return oauthClient(client, notes);
}

/** JetBrains: the settings are in the environments, under `Security.Auth`. */
function securityAuth(id: string, { placeholders, all }: HttpAuthParts, notes: ImportNote[]): ImportedAuth {
  const found = all
    .filter(isHttpEnvironments)
    .flatMap(({ tree }) => entriesAt(tree ?? null))
    .map(([, environment]) => member(environment, 'Security', 'Auth', id))
    .filter((each): each is JsonValue => each !== undefined);
  const [settings] = found;
  if (settings === undefined || textAt(settings, 'Type').toLowerCase() !== 'oauth2') {
    notes.push(importNote('auth', { type: `$auth.token("${id}")` }));
    return { kind: 'none' };
  }
  const text = (name: string): string => {
    // The private file may have what the shared one lacks.
    const written = found.map((each) => textAt(each, name)).find((each) => each !== '');
    return placeholders.text(written ?? '');
  };
  return oauthClient(
    {
      ...{ name: id, grant: text('Grant Type'), authorizationUrl: text('Auth URL'), tokenUrl: text('Token URL') },
      ...{ clientId: text('Client ID'), clientSecret: text('Client Secret'), scope: text('Scope') },
      clientAuth: /body/i.test(text('Client Credentials')) ? 'post' : 'basic',
      deviceAuthorizationUrl: text('Device Auth URL'),
      audience: placeholders.text(textAt(settings, 'Custom Request Parameters', 'audience')),
      resource: placeholders.text(textAt(settings, 'Custom Request Parameters', 'resource')),
    },
    notes,
  );
}
