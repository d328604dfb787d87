import { hasClientCertificate } from '../http/tlsSetting';
import type { ConnectionConfig } from '../oauth/model';
import { presetNamed } from '../oauth/presets/presets';
import type { DiagnosticCode } from './diagnostic';
import type { ConnectionEntry } from './model';
import type { Reporter } from './reporter';

/** Reports a connection that does not say where its token may go. */
export function checkOrigins({ origins }: ConnectionConfig, entry: ConnectionEntry, reporter: Reporter): void {
  const { name, nameRange } = entry;
  if (origins.length === 0) reporter.error('connection.noOrigins', nameRange, { connection: name });
}

/** Reports a connection that does not say where to sign in. */
export function checkServer(connection: ConnectionConfig, entry: ConnectionEntry, reporter: Reporter): void {
  const { name, nameRange, vscode } = entry;
  if (vscode || saysWhere(connection, entry)) return;
  const preset = presetNamed(connection.preset);
  if (entry.preset && preset?.facts.issuerForm !== undefined) {
    const data = { preset: preset.label, form: preset.facts.issuerForm };
    reporter.error('connection.presetNeedsIssuer', entry.preset.range, data);
    return;
  }
  const code = entry.grant === 'authorizationCode' ? 'connection.incomplete' : 'connection.incompleteForClient';
  reporter.error(code, nameRange, { connection: name });
}

/** What a variable should have given counts as said: it is reported where it fails. */
function saysWhere({ issuer, endpoints }: ConnectionConfig, entry: ConnectionEntry): boolean {
  if (issuer !== undefined || entry.issuer) return true;
  const has = (name: 'authorization' | 'token' | 'deviceAuthorization'): boolean =>
    endpoints[name] !== undefined || entry.endpoints[name] !== undefined;
  if (entry.grant === 'authorizationCode') return has('authorization') && has('token');
  return has('token') && (entry.grant !== 'deviceCode' || has('deviceAuthorization'));
}

/** Reports what a client lacks to prove itself. */
export function checkClient(entry: ConnectionEntry, connection: ConnectionConfig, reporter: Reporter): void {
  const { clientAuth } = connection;
  const { grant, clientId, assertion, name, nameRange, vscode } = entry;
  if (vscode) return;
  const isUnnamed =
    grant === 'clientCredentials' || clientAuth === 'mtls' || (grant === 'jwtBearer' && !assertion?.issuer);
  if (isUnnamed && !clientId) reporter.error('connection.clientIdMissing', nameRange, { connection: name });
  const missing = missingCredential(entry, clientAuth);
  if (missing) reporter.error(missing, nameRange, { connection: name });
  const origin = clientAuth === 'mtls' ? originWithoutCertificate(connection) : undefined;
  if (origin !== undefined) reporter.error('connection.certificateMissing', nameRange, { connection: name, origin });
}

/** Of the token endpoint, where the file names it; where it is discovered, that is looked at when signing in. */
function originWithoutCertificate({ endpoints, tls = [] }: ConnectionConfig): string | undefined {
  const origin = endpoints.token === undefined ? undefined : URL.parse(endpoints.token)?.origin;
  if (origin === undefined) return undefined;
  return tls.some((setting) => setting.origin === origin && hasClientCertificate(setting)) ? undefined : origin;
}

function missingCredential(
  { grant, clientSecretName, privateKey, exchange }: ConnectionEntry,
  clientAuth: ConnectionConfig['clientAuth'],
): DiagnosticCode | undefined {
  if (grant === 'tokenExchange' && !exchange?.subject) return 'connection.exchangeMissing';
  if ((grant === 'jwtBearer' || clientAuth === 'privateKeyJwt') && !privateKey) return 'connection.privateKeyMissing';
  const withoutSecret = clientAuth === 'none' || clientAuth === 'privateKeyJwt' || clientAuth === 'mtls';
  const mayBePublic = clientAuth === undefined && (grant !== 'clientCredentials' || privateKey !== undefined);
  return withoutSecret || mayBePublic || clientSecretName !== undefined ? undefined : 'connection.clientSecretMissing';
}
