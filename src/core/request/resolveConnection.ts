import type {
  AssertionSetting,
  ConnectionConfig,
  Endpoints,
  ExchangeSetting,
  PrivateKeySetting,
  RedirectWish,
} from '../oauth/model';
import type { Random } from '../ports';
import type { Diagnostic, DiagnosticCode, TextRange } from './diagnostic';
import type { ConnectionEntry, Field, ParameterPhase, ProjectFile } from './model';
import { Reporter } from './reporter';
import { Evaluator } from './resolve/evaluator';
import type { Evaluation } from './resolve/evaluation';
import { fieldTexts, itemTexts, scopeTexts, type NamedText } from './resolve/fieldValues';
import { projectScopes } from './resolve/scopes';
import { shorten } from './shorten';
import type { Template } from './value';
import { isRedirectUrl, isWebUrl } from './webUrl';

export type ResolvedConnection =
  | { readonly ok: true; readonly connection: ConnectionConfig }
  /** Ranges lie in the project file. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Puts the variables of the project file and its environment, and no others, into a connection. Origins come out
 * serialised. Never throws.
 */
export function resolveConnection(
  project: ProjectFile,
  name: string,
  environment: string | undefined,
): ResolvedConnection {
  const entry = project.connections.get(name);
  if (!entry) {
    const data = { connection: shorten(name), known: [...project.connections.keys()].join(', ') };
    return failed([{ code: 'connection.unknown', severity: 'error', range: { start: 0, end: 0 }, data }]);
  }
  const faults = [...project.faults, ...entry.faults];
  if (faults.length > 0) return failed(faults);
  const scopes = projectScopes(project, environment);
  const resolution = new Resolution(entry, new Evaluator({ scopes, home: 'project', now: 0, random: NO_RANDOM }));
  const connection = resolution.run();
  const diagnostics = resolution.diagnostics();
  return diagnostics.length > 0 ? failed(diagnostics) : { ok: true, connection };
}

function failed(diagnostics: readonly Diagnostic[]): ResolvedConnection {
  return { ok: false, diagnostics };
}

/** A connection is the same each time it is looked at: what people approved must not change by itself. */
const NO_RANDOM: Random = { bytes: (length) => new Uint8Array(length) };

class Resolution {
  readonly #entry: ConnectionEntry;
  readonly #evaluator: Evaluator;
  readonly #reporter = new Reporter();

  constructor(entry: ConnectionEntry, evaluator: Evaluator) {
    this.#entry = entry;
    this.#evaluator = evaluator;
  }

  run(): ConnectionConfig {
    const { name, label, grant, clientId, clientSecretName, clientAuth, audience, resource, scopes } = this.#entry;
    const { preset, vscode, dpop, par, refreshOn } = this.#entry;
    const origins = this.#origins();
    const issuer = this.#url('issuer', this.#entry.issuer);
    const endpoints = this.#endpoints();
    this.#checkComplete();
    this.#checkClient();
    return {
      name,
      label: this.#text(label) ?? name,
      grant,
      preset: preset?.name,
      vscode: vscode?.name,
      issuer,
      endpoints,
      clientId: this.#text(clientId),
      clientSecretName,
      clientAuth,
      privateKey: this.#privateKey(),
      assertion: this.#assertion(),
      exchange: this.#exchange(),
      scopes: [...new Set(this.#take(scopeTexts(scopes, this.#evaluator, false)) ?? [])],
      audience: this.#text(audience),
      resource: this.#resources(resource),
      origins,
      redirect: this.#redirect(),
      parameters: {
        authorize: this.#parameters('authorize'),
        token: this.#parameters('token'),
        refresh: this.#parameters('refresh'),
      },
      ...{ dpop, par, refreshOn },
    };
  }

  diagnostics(): readonly Diagnostic[] {
    return this.#reporter.sorted();
  }

  #take<T>(evaluation: Evaluation<T>): T | undefined {
    if (evaluation.ok) return evaluation.value;
    for (const { code, severity, range, data } of evaluation.failures)
      this.#reporter.add({ code, severity, range, data });
    return undefined;
  }

  #text(template: Template | undefined): string | undefined {
    return template && this.#take(this.#evaluator.text(template, false));
  }

  #url(key: string, template: Template | undefined): string | undefined {
    const text = this.#text(template);
    return template && text !== undefined ? this.#checkedUrl(key, text, template.range) : undefined;
  }

  #checkedUrl(key: string, text: string, range: TextRange): string {
    if (!isWebUrl(text)) this.#reporter.error('connection.badUrl', range, { key, value: shorten(text) });
    return text;
  }

  #endpoints(): Endpoints {
    const { authorization, token, revocation, userinfo, endSession, deviceAuthorization, introspection } =
      this.#entry.endpoints;
    return {
      authorization: this.#url('authorizationUrl', authorization),
      token: this.#url('tokenUrl', token),
      revocation: this.#url('revocationUrl', revocation),
      userinfo: this.#url('userinfoUrl', userinfo),
      endSession: this.#url('endSessionUrl', endSession),
      deviceAuthorization: this.#url('deviceAuthorizationUrl', deviceAuthorization),
      introspection: this.#url('introspectionUrl', introspection),
    };
  }

  #checkComplete(): void {
    const { grant, issuer, endpoints, name, nameRange, vscode } = this.#entry;
    if (vscode) return;
    if (grant !== 'authorizationCode') {
      const device = grant === 'deviceCode';
      if (!(issuer ?? (endpoints.token && (!device || endpoints.deviceAuthorization)))) {
        this.#reporter.error('connection.incompleteForClient', nameRange, { connection: name });
      }
      return;
    }
    const complete = issuer ?? (endpoints.authorization && endpoints.token);
    if (!complete) this.#reporter.error('connection.incomplete', nameRange, { connection: name });
  }

  #checkClient(): void {
    const { grant, clientId, name, nameRange, vscode } = this.#entry;
    if (vscode) return;
    const isClient = grant === 'clientCredentials';
    if (isClient && !clientId) this.#reporter.error('connection.clientIdMissing', nameRange, { connection: name });
    const missing = this.#missingCredential();
    if (missing) this.#reporter.error(missing, nameRange, { connection: name });
  }

  #missingCredential(): DiagnosticCode | undefined {
    const { grant, clientSecretName, clientAuth, privateKey, exchange } = this.#entry;
    if (grant === 'tokenExchange' && !exchange?.subject) return 'connection.exchangeMissing';
    if ((grant === 'jwtBearer' || clientAuth === 'privateKeyJwt') && !privateKey) return 'connection.privateKeyMissing';
    const withoutSecret = clientAuth === 'none' || clientAuth === 'privateKeyJwt' || clientAuth === 'mtls';
    const mayBePublic = clientAuth === undefined && (grant !== 'clientCredentials' || privateKey !== undefined);
    return withoutSecret || mayBePublic || clientSecretName !== undefined
      ? undefined
      : 'connection.clientSecretMissing';
  }

  #origins(): readonly string[] {
    const { origins = [], name, nameRange } = this.#entry;
    const items = this.#take(itemTexts('origins', origins, this.#evaluator, false));
    if (items?.length === 0) this.#reporter.error('connection.noOrigins', nameRange, { connection: name });
    return [...new Set((items ?? []).flatMap((item) => this.#origin(item) ?? []))];
  }

  #origin({ text, range }: NamedText): string | undefined {
    // A wildcard would parse as a host name.
    if (isWebUrl(text) && !text.includes('*')) return new URL(text).origin;
    this.#reporter.error('connection.badOrigin', range, { origin: shorten(text) });
    return undefined;
  }

  #resources(templates: readonly Template[]): readonly string[] {
    const items = this.#take(itemTexts('resource', templates, this.#evaluator, false)) ?? [];
    return items.map(({ text }) => text);
  }

  #redirect(): RedirectWish {
    const { redirect } = this.#entry;
    if (!('uri' in redirect)) return redirect;
    const { kind } = redirect;
    const uri = this.#text(redirect.uri);
    if (uri !== undefined && !isRedirectUrl(uri)) {
      this.#reporter.error('connection.badRedirect', redirect.uri.range, { key: kind, value: shorten(uri) });
    }
    return { kind, uri: uri ?? '' };
  }

  #privateKey(): PrivateKeySetting | undefined {
    const { privateKey } = this.#entry;
    if (!privateKey) return undefined;
    const { source, keyId, algorithm } = privateKey;
    return { source, keyId: this.#text(keyId), algorithm: this.#text(algorithm) };
  }

  #assertion(): AssertionSetting | undefined {
    const { assertion } = this.#entry;
    if (!assertion) return undefined;
    const { issuer, subject, audience, claims } = assertion;
    return {
      issuer: this.#text(issuer),
      subject: this.#text(subject),
      audience: this.#text(audience),
      claims: this.#fields(claims),
    };
  }

  #exchange(): ExchangeSetting | undefined {
    const { exchange } = this.#entry;
    if (!exchange?.subject) return undefined;
    const { subject, subjectType, actor, actorType, requestedType } = exchange;
    return {
      subject: { source: subject, type: this.#text(subjectType) },
      actor: actor && { source: actor, type: this.#text(actorType) },
      requestedType: this.#text(requestedType),
    };
  }

  #parameters(phase: ParameterPhase): Readonly<Record<string, string>> {
    return this.#fields(this.#entry.parameters[phase]);
  }

  #fields(fields: readonly Field[]): Readonly<Record<string, string>> {
    const sourced = fields.map((value) => ({ value, elsewhere: false }));
    const items = this.#take(fieldTexts(sourced, this.#evaluator, this.#entry.nameRange)) ?? [];
    return Object.fromEntries(items.map(({ name, text }) => [name, text]));
  }
}
