import { decodedBase64 } from './decodedBase64';
import type { CurlCommand, CurlHeader } from './curlCommand';
import type { SecretKeeper } from './secretKeeper';
import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';

export interface DraftAuth {
  /** `undefined`: the command authenticates nobody. */
  readonly auth: NewYaml | undefined;
  /** The headers that `auth` does not stand for. */
  readonly headers: readonly CurlHeader[];
}

/** What a command says about who sends it, as `auth`. Passwords and tokens become secrets. */
export function draftAuth(
  command: CurlCommand,
  host: string,
  urlUser: string | undefined,
  secrets: SecretKeeper,
): DraftAuth {
  const user = command.user ?? urlUser;
  if (command.awsSigV4 !== undefined && user !== undefined)
    return awsAuth(command, command.awsSigV4, user, host, secrets);
  if (user !== undefined)
    return { auth: map([[command.scheme, credentials(user, host, secrets)]]), headers: command.headers };
  if (command.bearer !== undefined) return { auth: bearer(command.bearer, host, secrets), headers: command.headers };
  const header = command.headers.find(({ name }) => /^authorization$/i.test(name));
  const auth = header?.value === undefined ? undefined : authFromHeader(header.value, host, secrets);
  return { auth, headers: auth ? command.headers.filter((each) => each !== header) : command.headers };
}

/** What an `Authorization` header says, where `auth` can say it. */
export function authFromHeader(value: string, host: string, secrets: SecretKeeper): NewYaml | undefined {
  const token = /^bearer +(\S+)$/i.exec(value)?.[1];
  if (token !== undefined) return bearer(token, host, secrets);
  const basic = /^basic +(\S+)$/i.exec(value)?.[1];
  const user = basic === undefined ? undefined : decodedBase64(basic);
  return user?.includes(':') === true ? map([['basic', credentials(user, host, secrets)]]) : undefined;
}

function bearer(token: string, host: string, secrets: SecretKeeper): NewYaml {
  return map([['bearer', text(secrets.keep(`${host}-token`, token))]]);
}

/** Without a colon curl asks for the password; so does Latchkey, for a secret that is not stored yet. */
function credentials(user: string, host: string, secrets: SecretKeeper): NewYaml {
  const colon = user.indexOf(':');
  const username = colon < 0 ? user : user.slice(0, colon);
  const password = colon < 0 ? '' : user.slice(colon + 1);
  const kept = colon < 0 ? secrets.unknown(`${host}-password`) : secrets.keep(`${host}-password`, password);
  return map([
    ['username', text(username)],
    ['password', text(kept)],
  ]);
}

function awsAuth(
  { headers }: CurlCommand,
  setting: string,
  user: string,
  host: string,
  secrets: SecretKeeper,
): DraftAuth {
  const [, , region, service] = setting.split(':');
  // service.region.amazonaws.com, which is where curl looks as well.
  const [ofHostService = '', ofHostRegion = ''] = host.split('.');
  const [accessKeyId = '', ...secret] = user.split(':');
  const session = headers.find(({ name }) => /^x-amz-security-token$/i.test(name));
  const entries: NewYamlEntry[] = [
    ['region', text(region ?? ofHostRegion)],
    ['service', text(service ?? ofHostService)],
    ['accessKeyId', text(secrets.keep('aws-access-key-id', accessKeyId))],
    ['secretAccessKey', text(secrets.keep('aws-secret-access-key', secret.join(':')))],
  ];
  if (session?.value !== undefined)
    entries.push(['sessionToken', text(secrets.keep('aws-session-token', session.value))]);
  return { auth: map([['awsSigV4', map(entries)]]), headers: headers.filter((each) => each !== session) };
}

function text(value: string): NewYaml {
  return { kind: 'text', text: value };
}

function map(entries: readonly NewYamlEntry[]): NewYaml {
  return { kind: 'map', entries };
}
