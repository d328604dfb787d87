import type { TlsSetting } from '../http/tlsSetting';
import type { ConnectionConfig, ExchangedTokenSetting, ExchangeSetting, RedirectWish } from './model';
import type { TrustFacts } from './signInPorts';
import { assertNever } from '../assertNever';

/** One field of a connection that is not what the user approved. */
export interface TrustFactChange {
  readonly field: keyof TrustFacts;
  /** As text; empty when there was nothing. */
  readonly before: string;
  readonly after: string;
}

/** Sets, of which the order means nothing: moving a line in the project file asks nobody. */
const sets: ReadonlySet<keyof TrustFacts> = new Set(['scopes', 'resource', 'origins']);

const fields = [
  'issuer',
  'endpoints',
  'clientId',
  'grant',
  'clientAuth',
  'clientSecretName',
  'scopes',
  'audience',
  'resource',
  'origins',
  'redirect',
  'parameters',
  'preset',
  'vscode',
  'privateKey',
  'assertion',
  'exchange',
  'files',
  'tls',
  'options',
] as const satisfies readonly (keyof TrustFacts)[];

/** What the user approves of a connection: all but its name and label, and the client secret's value. */
export function trustFacts(connection: ConnectionConfig): TrustFacts {
  return {
    issuer: connection.issuer,
    endpoints: presentEntries({ ...connection.endpoints }),
    clientId: connection.clientId,
    grant: connection.grant,
    clientAuth: connection.clientAuth,
    clientSecretName: connection.clientSecretName,
    scopes: connection.scopes,
    audience: connection.audience,
    resource: connection.resource,
    origins: connection.origins,
    redirect: redirectText(connection.redirect),
    parameters: parametersText(connection.parameters),
    preset: connection.preset,
    vscode: connection.vscode,
    privateKey: connection.privateKey && flatText(connection.privateKey),
    assertion: connection.assertion && flatText(connection.assertion),
    exchange: connection.exchange && flatText(exchangeFacts(connection.exchange)),
    files: connection.fileDigests,
    tls: connection.tls && Object.fromEntries(connection.tls.map(({ origin, ...rest }) => [origin, tlsText(rest)])),
    options: optionFacts(connection),
  };
}

function tlsText({ ca, verify, ...rest }: Omit<TlsSetting, 'origin'>): string {
  return flatText({ ...rest, ca: ca.length > 0 ? ca.join(' ') : undefined, verify: verify ? undefined : 'false' });
}

/** Whose tokens are exchanged, by name: each connection is approved for itself. */
function exchangeFacts({ subject, actor, requestedType }: ExchangeSetting): object {
  const named = ({ source: { kind, name }, type }: ExchangedTokenSetting): object => ({ source: { kind, name }, type });
  return { subject: named(subject), actor: actor && named(actor), requestedType };
}

function optionFacts({
  dpop,
  par,
  refreshOn,
  toldOrigin,
}: ConnectionConfig): Readonly<Record<string, string>> | undefined {
  const options = presentEntries({
    dpop: dpop?.toString(),
    par: par?.toString(),
    refreshOn: refreshOn?.join(' '),
    toldOrigin: toldOrigin && `${toldOrigin.captured} within ${toldOrigin.within}`,
  });
  return Object.keys(options).length > 0 ? options : undefined;
}

/** Whether two connections are the same in all that was approved. */
export function sameTrustFacts(a: TrustFacts, b: TrustFacts): boolean {
  return changedFacts(a, b).length === 0;
}

/** What differs, in the order in which the dialog shows it. */
export function changedFacts(previous: TrustFacts, now: TrustFacts): readonly TrustFactChange[] {
  return fields
    .map((field) => ({ field, before: factText(previous, field), after: factText(now, field) }))
    .filter(({ before, after }) => before !== after);
}

function factText(facts: TrustFacts, field: keyof TrustFacts): string {
  const value = facts[field] as TrustFacts[keyof TrustFacts] | null;
  // Facts come back from storage, where a field of a later version may be missing.
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (isList(value)) return (sets.has(field) ? [...value].sort() : value).join(' ');
  return sortedEntries(value)
    .map(([name, text]) => `${name}=${text}`)
    .join(' ');
}

function isList(value: readonly string[] | Readonly<Record<string, string>>): value is readonly string[] {
  return Array.isArray(value);
}

function redirectText(redirect: RedirectWish): string {
  switch (redirect.kind) {
    case 'auto':
    case 'editorUri':
      return redirect.kind;
    case 'loopback':
      return ['loopback', redirect.path, ...redirect.ports].join(' ');
    case 'paste':
    case 'relay':
      return `${redirect.kind} ${redirect.uri}`;
    default:
      return assertNever(redirect);
  }
}

function parametersText(parameters: ConnectionConfig['parameters']): string {
  const phases = sortedEntries(parameters).flatMap(([phase, values]) =>
    sortedEntries(values).map(([name, value]) => `${phase}.${name}=${value}`),
  );
  return phases.join(' ');
}

/** Nested settings as `name=value` pairs, for people and for comparing. */
function flatText(value: object, prefix = ''): string {
  const entries = sortedEntries(value as Readonly<Record<string, unknown>>).filter(([, item]) => item !== undefined);
  return entries
    .map(([name, item]) =>
      typeof item === 'object' && item !== null
        ? flatText(item, `${prefix}${name}.`)
        : `${prefix}${name}=${String(item)}`,
    )
    .filter((text) => text !== '')
    .join(' ');
}

function presentEntries(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function sortedEntries<T>(values: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
