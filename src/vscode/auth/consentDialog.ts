import * as vscode from 'vscode';
import { isLoopbackHost } from '../../core/http/loopback';
import { isWithoutPkce } from '../../core/oauth/connectionPkce';
import type { KeySource } from '../../core/oauth/model';
import { presetNamed } from '../../core/oauth/presets/presets';
import type { Consent, TrustedHost, TrustRequest } from '../../core/oauth/signInPorts';
import { plainServerText } from '../../core/oauth/serverText';
import { signingSetting } from '../../core/oauth/signingSetting';
import { changedFacts } from '../../core/oauth/trust';
import { oneLine } from '../../core/text/oneLine';

/** The trust dialog: VS Code's own modal, with the hosts that really take part. */
export const consentDialog: Consent = {
  async approveConnection(request, signal) {
    if (signal.aborted) return false;
    const allow = vscode.l10n.t('Allow');
    const { message, detail } = trustDialogText(request);
    return (await vscode.window.showWarningMessage(message, { modal: true, detail }, allow)) === allow;
  },
};

/** The sentences of the trust dialog, apart from the dialog so that they can be tested. */
export function trustDialogText(request: TrustRequest): { message: string; detail: string } {
  const { connection, previous } = request;
  const args = { connection: plainServerText(connection.label), host: signInHost(request) };
  const message =
    connection.vscode !== undefined
      ? vscode.l10n.t('Allow this folder to use your {provider} account of VS Code for {connection}?', {
          ...args,
          provider: plainServerText(connection.vscode),
        })
      : previous
        ? vscode.l10n.t('{connection} has changed. Allow this folder to use it at {host}?', args)
        : vscode.l10n.t('Allow this folder to sign you in to {connection} at {host}?', args);
  const lines = [...factLines(request), '', ...changeLines(request)];
  return { message, detail: lines.map(oneLine).join('\n').trim() };
}

function factLines(request: TrustRequest): string[] {
  const { facts, hosts } = request;
  const t = vscode.l10n.t;
  const signsIn = facts.vscode === undefined;
  return [
    ...(signsIn ? [t('Signs in at: {0}', hostList(hosts))] : []),
    t('Token is sent only to: {0}', facts.origins.join(', ')),
    ...toldOriginLine(request),
    ...(signsIn ? [t('Client: {0}', facts.clientId ?? t('registers itself with the server'))] : []),
    ...secretLine(request),
    ...keyLine(request),
    ...tlsLines(request),
    ...exchangeLines(request),
    ...relayLine(request),
    t('Scopes: {0}', facts.scopes.length > 0 ? facts.scopes.join(' ') : t('the server’s default')),
    ...pkceLine(request),
    ...insecureOrigins(facts.origins).map((origin) =>
      t('⚠ {0} is not encrypted: anybody on the way can read the token.', origin),
    ),
  ];
}

/** The server that holds the token anyway may say which of the provider's addresses is the account's. */
function toldOriginLine({ connection: { toldOrigin } }: TrustRequest): string[] {
  if (!toldOrigin) return [];
  return [vscode.l10n.t('Also to the one address below {0} that the server names at the sign-in', toldOrigin.within)];
}

/** Endpoints at which the client authenticates. */
const secretPurposes: ReadonlySet<TrustedHost['purpose']> = new Set([
  'token',
  'revocation',
  'introspection',
  'deviceAuthorization',
  'pushedAuthorization',
]);

/** Said only where it lacks: everybody else is protected by it. */
function pkceLine({ connection }: TrustRequest): string[] {
  if (!isWithoutPkce(connection)) return [];
  const provider = presetNamed(connection.preset)?.label ?? connection.label;
  return [
    vscode.l10n.t('⚠ Without PKCE, which {0} does not accept: the answer in the browser is less protected.', provider),
  ];
}

/** Which secret of the folder the server gets to see, and where. */
function secretLine({ facts, hosts }: TrustRequest): string[] {
  if (facts.clientSecretName === undefined || !sendsSecret(facts.clientAuth)) return [];
  const receivers = hosts.filter(({ purpose }) => secretPurposes.has(purpose));
  return [vscode.l10n.t('Client secret: “{0}”, sent to {1}', facts.clientSecretName, hostList(receivers))];
}

/** The relay page sees the code, which is worthless without the verifier that stays here. */
function relayLine({ connection: { redirect } }: TrustRequest): string[] {
  return redirect.kind === 'relay' ? [vscode.l10n.t('Comes back over: {0}', new URL(redirect.uri).host)] : [];
}

/** Which key signs for the client. The key itself stays here; what it signs is sent. */
function keyLine({ connection }: TrustRequest): string[] {
  const setting = signingSetting(connection);
  if (!setting) return [];
  const { kind } = setting.source;
  return kind === 'file'
    ? [vscode.l10n.t('Private key: the file {0} of this folder', setting.source.path)]
    : [vscode.l10n.t('Private key: “{0}”, which stays in SecretStorage', setting.source.name)];
}

/** How connections are secured otherwise than usual: who is shown a certificate, and whose is believed. */
function tlsLines({ connection: { tls = [] } }: TrustRequest): string[] {
  const t = vscode.l10n.t;
  return tls.flatMap(({ origin, ca, cert, pfx, verify }) => {
    const { host } = new URL(origin);
    const client = cert ?? pfx;
    return [
      ...(client ? [t('Client certificate: {0}, shown to {1}', sourceText(client), host)] : []),
      ...(ca.length > 0 ? [t('⚠ The authority in {0} may vouch for {1}.', ca.join(', '), host)] : []),
      ...(verify ? [] : [t('⚠ The certificate of {0} is not checked: anybody on the way can pass for it.', host)]),
    ];
  });
}

function sourceText(source: KeySource): string {
  return source.kind === 'file' ? source.path : vscode.l10n.t('“{0}” in SecretStorage', source.name);
}

/** Whose tokens this connection's token endpoint gets to see. */
function exchangeLines({ connection: { exchange }, hosts }: TrustRequest): string[] {
  if (!exchange) return [];
  const receivers = hostList(hosts.filter(({ purpose }) => purpose === 'token'));
  const { subject, actor } = exchange;
  return [subject, ...(actor ? [actor] : [])].map(({ source }) =>
    source.kind === 'connection'
      ? vscode.l10n.t(
          'Token of {0} is sent to {1}',
          plainServerText(source.connection?.label ?? source.name),
          receivers,
        )
      : vscode.l10n.t('Stored token “{0}” is sent to {1}', source.name, receivers),
  );
}

function changeLines({ connection, previous, facts, hosts }: TrustRequest): string[] {
  if (!previous) {
    const advice =
      connection.discovered === true
        ? vscode.l10n.t('The API itself named these servers. Allow it only if you trust the API.')
        : vscode.l10n.t('Allow it only if you trust who wrote latchkey.yaml.');
    return [advice];
  }
  const none = vscode.l10n.t('nothing');
  const line = (field: string, before: string, after: string): string =>
    `${field}: ${before || none} → ${after || none}`;
  const changes = changedFacts(previous.facts, facts).map(({ field, before, after }) => line(field, before, after));
  const [hostsBefore, hostsNow] = [hostList(previous.hosts), hostList(hosts)];
  // The file may be the same and the server's metadata lead elsewhere.
  if (hostsBefore !== hostsNow) changes.push(line(vscode.l10n.t('Signs in at'), hostsBefore, hostsNow));
  return [vscode.l10n.t('Changed since you allowed it:'), ...changes];
}

/** Whether the server gets to see the secret itself. */
function sendsSecret(clientAuth: string | undefined): boolean {
  return !['none', 'clientSecretJwt', 'privateKeyJwt', 'mtls'].includes(clientAuth ?? '');
}

function hostList(hosts: readonly TrustedHost[]): string {
  return [...new Set(hosts.map(({ host }) => host))].join(', ');
}

function signInHost({ facts, hosts }: TrustRequest): string {
  const decisive = decisivePurpose(facts.grant);
  const host = hosts.find(({ purpose }) => purpose === decisive) ?? hosts[0];
  return host?.host ?? '';
}

/** Where the user, or the client in their stead, proves who they are. */
function decisivePurpose(grant: string): TrustedHost['purpose'] {
  if (grant === 'authorizationCode') return 'authorization';
  return grant === 'deviceCode' ? 'deviceAuthorization' : 'token';
}

function insecureOrigins(origins: readonly string[]): readonly string[] {
  return origins.filter((origin) => {
    const { protocol, hostname } = new URL(origin);
    return protocol === 'http:' && !isLoopbackHost(hostname);
  });
}
