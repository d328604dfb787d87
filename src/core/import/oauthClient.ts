import type { ImportedAuth, ImportedClient } from './importModel';
import { importNote, type ImportNote } from './importNote';

/** What a tool says of an OAuth 2 client, in whichever words; texts that are not there are empty. */
export interface WrittenClient {
  readonly name: string;
  readonly grant: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly deviceAuthorizationUrl?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientAuth: ImportedClient['clientAuth'];
  readonly scope: string;
  readonly audience: string;
  readonly resource: string;
  /** Where the token goes, when that is not the Authorization header. */
  readonly place?: string | undefined;
}

/** The client with a grant that can be used: what is refused becomes what stands in for it, with a note. */
export function oauthClient(written: WrittenClient, notes: ImportNote[]): ImportedAuth {
  const { tokenUrl, scope, place, ...client } = written;
  const word = written.grant.toLowerCase().replace(/[^a-z]/g, '');
  if (tokenUrl === '' && written.authorizationUrl === '') {
    notes.push(importNote('noTokenUrl'));
    return { kind: 'auto' };
  }
  if (place !== undefined) notes.push(importNote('authTarget', { place }));
  if (word.startsWith('implicit')) notes.push(importNote('implicit'));
  if (word.startsWith('password')) notes.push(importNote('password'));
  const grant = word.startsWith('client')
    ? 'clientCredentials'
    : word.startsWith('device')
      ? 'deviceCode'
      : 'authorizationCode';
  const scopes = scope.split(/[\s,]+/).filter((each) => each !== '');
  const deviceAuthorizationUrl = written.deviceAuthorizationUrl ?? '';
  return { kind: 'oauth2', client: { ...client, grant, tokenUrl, scopes, deviceAuthorizationUrl } };
}
