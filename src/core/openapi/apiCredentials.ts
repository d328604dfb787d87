import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import type { ApiDescription, Operation, SecurityRequirement, SecurityScheme } from './apiDescription';

export interface Credentials {
  /** Absent: what counts for the file counts. */
  readonly auth?: NewYaml | undefined;
  readonly headers?: readonly NewYamlEntry[] | undefined;
}

export interface CredentialsStyle {
  /** Names of connections by the security schemes that they stand for. */
  readonly connections: Readonly<Record<string, string>>;
  /** Whether a request without `auth` is sent as somebody here. */
  readonly inheritsAuth: boolean;
}

/** Security schemes that somebody signs in for. */
export function isSignIn({ kind }: SecurityScheme): boolean {
  return kind === 'oauth2' || kind === 'openIdConnect';
}

/**
 * The way to be allowed in that requests are written with: signing in before anything else, and nothing at all only
 * where there is nothing else.
 */
export function chosenRequirement(
  { security }: Operation,
  schemes: ApiDescription['securitySchemes'],
): SecurityRequirement | undefined {
  const rank = (requirement: SecurityRequirement): number => {
    const used = [...requirement.keys()].map((name) => schemes.get(name));
    if (used.length === 0) return 8;
    if (!used.every((scheme) => scheme && scheme.kind !== 'other')) return 9;
    const first = used.some((scheme) => scheme && isSignIn(scheme)) ? 0 : 1;
    // One that needs nothing else comes first.
    return first + (used.length > 1 ? 2 : 0);
  };
  return [...security].sort((a, b) => rank(a) - rank(b))[0];
}

/** How a request of an operation shows who sends it. Passwords, tokens and keys are secrets of the name of their scheme. */
export function operationCredentials(
  operation: Operation,
  schemes: ApiDescription['securitySchemes'],
  { connections, inheritsAuth }: CredentialsStyle,
): Credentials {
  const requirement = chosenRequirement(operation, schemes);
  const used = [...(requirement?.keys() ?? [])].flatMap((name) => {
    const scheme = schemes.get(name);
    return scheme ? [{ name, scheme }] : [];
  });
  if (used.length === 0) return inheritsAuth ? { auth: text('none') } : {};
  const headers: NewYamlEntry[] = [];
  let auth: NewYaml | undefined;
  for (const { name, scheme } of used) {
    const made = schemeAuth(name, scheme, connections);
    if (auth === undefined) auth = made;
    // A request has one `auth`; a second key goes where it belongs.
    else if (scheme.kind === 'apiKey' && scheme.in === 'header') headers.push([scheme.name, text(secretOf(name))]);
    if (scheme.kind === 'apiKey' && scheme.in === 'cookie')
      headers.push(['Cookie', text(`${scheme.name}=${secretOf(name)}`)]);
  }
  return { auth: auth ?? (inheritsAuth ? text('none') : undefined), headers };
}

function schemeAuth(
  name: string,
  scheme: SecurityScheme,
  connections: CredentialsStyle['connections'],
): NewYaml | undefined {
  switch (scheme.kind) {
    case 'oauth2':
    case 'openIdConnect':
      // Without a connection the API is asked where to sign in (RFC 9728).
      return text(connections[name] ?? 'auto');
    case 'http':
      if (scheme.scheme === 'bearer') return map([['bearer', text(secretOf(name))]]);
      if (scheme.scheme !== 'basic' && scheme.scheme !== 'digest') return undefined;
      return map([
        [
          scheme.scheme,
          map([
            ['username', text(secretOf(`${name}-username`))],
            ['password', text(secretOf(`${name}-password`))],
          ]),
        ],
      ]);
    case 'apiKey':
      if (scheme.in === 'cookie') return undefined;
      return map([
        [
          'apiKey',
          map([
            ['in', text(scheme.in)],
            ['name', text(scheme.name)],
            ['value', text(secretOf(name))],
          ]),
        ],
      ]);
    case 'other':
      return undefined;
  }
}

function secretOf(name: string): string {
  return `\${secret:${secretName(name)}}`;
}

/** What the secret of a scheme is called. */
export function secretName(scheme: string): string {
  return scheme.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '') || 'key';
}

function text(value: string): NewYaml {
  return { kind: 'text', text: value };
}

function map(entries: readonly NewYamlEntry[]): NewYaml {
  return { kind: 'map', entries };
}
