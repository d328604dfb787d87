import type {
  AssertionSetting,
  ConnectionConfig,
  Endpoints,
  ExchangedTokenSetting,
  ExchangeSetting,
  KeySource,
  PrivateKeySetting,
  RedirectWish,
} from '../oauth/model';
import type { TlsSetting } from '../http/tlsSetting';
import { applyPreset } from './applyPreset';
import { checkClient, checkOrigins, checkServer } from './checkConnectionEntry';
import type { Diagnostic, TextRange } from './diagnostic';
import type { ConnectionEntry, Field, ParameterPhase, ProjectFile } from './model';
import { Reporter } from './reporter';
import { Evaluator } from './resolve/evaluator';
import { all, andThen, success, type Evaluation } from './resolve/evaluation';
import { connectionSupplies } from './resolve/connectionSupplies';
import { fieldTexts, itemTexts, scopeTexts, shownText, type NamedText } from './resolve/fieldValues';
import { NO_RANDOM } from './resolve/noRandom';
import { projectScopes } from './resolve/scopes';
import { resolveTls } from './resolveTls';
import { shorten } from './shorten';
import { sourcePath } from './sourcePath';
import type { Template } from './value';
import { isRedirectUrl, isWebUrl } from './webUrl';

export type ResolvedConnection =
  /** `diagnostics` are warnings. */
  | { readonly ok: true; readonly connection: ConnectionConfig; readonly diagnostics: readonly Diagnostic[] }
  /** Ranges lie in the project file. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Puts the variables of the project file and its environment, and no others, into a connection, and fills it up from
 * its preset. Origins come out serialised. Never throws.
 */
export function resolveConnection(
  project: ProjectFile,
  name: string,
  environment: string | undefined,
  chain: readonly string[] = [],
): ResolvedConnection {
  const entry = project.connections.get(name);
  if (!entry) {
    const data = { connection: shorten(name), known: [...project.connections.keys()].join(', ') };
    return failed([{ code: 'connection.unknown', severity: 'error', range: { start: 0, end: 0 }, data }]);
  }
  const faults = [...project.faults, ...entry.faults];
  if (faults.length > 0) return failed(faults);
  const reporter = new Reporter();
  const { connection, originsFailed } = read(project, entry, environment, chain, reporter);
  if (!originsFailed) checkOrigins(connection, entry, reporter);
  checkServer(connection, entry, reporter);
  checkClient(entry, connection, reporter);
  const diagnostics = reporter.sorted();
  return reporter.errorsSince(0).length > 0 ? failed(diagnostics) : { ok: true, connection, diagnostics };
}

/**
 * A connection as far as it can be read while it is written: good for asking its server what that publishes, and for
 * nothing else. `undefined` when it does not name its server.
 */
export function connectionInTheMaking(
  project: ProjectFile,
  name: string,
  environment: string | undefined,
): (ConnectionConfig & { readonly issuer: string }) | undefined {
  const entry = project.connections.get(name);
  const { connection } = entry ? read(project, entry, environment, [], new Reporter()) : {};
  const { issuer } = connection ?? {};
  return connection && issuer !== undefined ? { ...connection, issuer } : undefined;
}

function read(
  project: ProjectFile,
  entry: ConnectionEntry,
  environment: string | undefined,
  chain: readonly string[],
  reporter: Reporter,
): { readonly connection: ConnectionConfig; readonly originsFailed: boolean } {
  const { name } = entry;
  const scopes = projectScopes(project, environment);
  const tls = resolveTls(project);
  for (const found of tls.diagnostics) reporter.add(found);
  const evaluator = new Evaluator({
    scopes,
    home: 'project',
    now: 0,
    random: NO_RANDOM,
    supplies: connectionSupplies(project),
    directories: { requestFile: undefined, project: project.directory },
  });
  const resolution = new Resolution(entry, evaluator, reporter, {
    directory: project.directory,
    tls: tls.settings,
    chain: [...chain, name],
    resolve: (other) => resolveConnection(project, other, environment, [...chain, name]),
  });
  const connection = applyPreset(resolution.run(), entry, reporter);
  return { connection, originsFailed: resolution.originsFailed };
}

function failed(diagnostics: readonly Diagnostic[]): ResolvedConnection {
  return { ok: false, diagnostics };
}

interface ShownItem {
  readonly name: string;
  readonly text: string;
  readonly range: TextRange;
}

/** What a connection is resolved among. */
interface Surroundings {
  /** {@link ProjectFile.directory} */
  readonly directory: string | undefined;
  readonly tls: readonly TlsSetting[];
  /** The connections that wait for this one's token, and itself. */
  readonly chain: readonly string[];
  readonly resolve: (name: string) => ResolvedConnection;
}

class Resolution {
  readonly #entry: ConnectionEntry;
  readonly #evaluator: Evaluator;
  readonly #reporter: Reporter;
  readonly #surroundings: Surroundings;
  /** What is wrong with the origins has been reported. */
  originsFailed = false;

  constructor(entry: ConnectionEntry, evaluator: Evaluator, reporter: Reporter, surroundings: Surroundings) {
    this.#entry = entry;
    this.#evaluator = evaluator;
    this.#reporter = reporter;
    this.#surroundings = surroundings;
  }

  run(): ConnectionConfig {
    const { name, label, grant, clientId, clientSecretName, clientAuth, audience, resource, scopes } = this.#entry;
    const { preset, vscode, dpop, par, refreshOn } = this.#entry;
    const { tls } = this.#surroundings;
    const origins = this.#origins();
    const issuer = this.#url('issuer', this.#entry.issuer);
    const endpoints = this.#endpoints();
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
      ...(tls.length > 0 ? { tls } : {}),
    };
  }

  #take<T>(evaluation: Evaluation<T>): T | undefined {
    if (evaluation.ok) return evaluation.value;
    for (const { code, severity, range, data } of evaluation.failures)
      this.#reporter.add({ code, severity, range, data });
    return undefined;
  }

  /** All of a connection is shown to people, so that they can judge it. */
  #shownItems(items: Evaluation<readonly NamedText[]>): readonly ShownItem[] {
    const shown = andThen(items, (found) =>
      all(
        found.map(({ name, text, range }) =>
          andThen(shownText(text, range, false), (plain) => success({ name, text: plain, range })),
        ),
      ),
    );
    return this.#take(shown) ?? [];
  }

  #text(template: Template | undefined): string | undefined {
    if (!template) return undefined;
    const text = this.#evaluator.text(template, false);
    return this.#take(andThen(text, (found) => shownText(found, template.range, false)));
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

  #origins(): readonly string[] {
    const before = this.#reporter.mark;
    const items = this.#shownItems(itemTexts('origins', this.#entry.origins ?? [], this.#evaluator, false));
    const origins = [...new Set(items.flatMap((item) => this.#origin(item) ?? []))];
    this.originsFailed = this.#reporter.mark > before;
    return origins;
  }

  #origin({ text, range }: ShownItem): string | undefined {
    // A wildcard would parse as a host name.
    if (isWebUrl(text) && !text.includes('*')) return new URL(text).origin;
    this.#reporter.error('connection.badOrigin', range, { origin: shorten(text) });
    return undefined;
  }

  #resources(templates: readonly Template[]): readonly string[] {
    const items = this.#shownItems(itemTexts('resource', templates, this.#evaluator, false));
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
    return { source: this.#source(source), keyId: this.#text(keyId), algorithm: this.#text(algorithm) };
  }

  #source(source: KeySource): KeySource {
    if (source.kind === 'secret') return source;
    const path = sourcePath(this.#surroundings.directory, source.path, this.#entry.nameRange, this.#reporter);
    return { kind: 'file', path };
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
      subject: { source: this.#exchanged(subject), type: this.#text(subjectType) },
      actor: actor && { source: this.#exchanged(actor), type: this.#text(actorType) },
      requestedType: this.#text(requestedType),
    };
  }

  /** The connection whose token is exchanged, with its own variables put in. */
  #exchanged(source: ExchangedTokenSetting['source']): ExchangedTokenSetting['source'] {
    if (source.kind === 'secret') return source;
    const { name, nameRange, exchange } = this.#entry;
    const range = exchange?.range ?? nameRange;
    if (this.#surroundings.chain.includes(source.name)) {
      this.#reporter.error('connection.exchangeCircular', range, {
        chain: [...this.#surroundings.chain, source.name].join(' → '),
      });
      return source;
    }
    const resolved = this.#surroundings.resolve(source.name);
    if (resolved.ok) return { ...source, connection: resolved.connection };
    const isUnknown = resolved.diagnostics.some(({ code }) => code === 'connection.unknown');
    const code = isUnknown ? 'connection.unknown' : 'connection.exchangeFaulty';
    const [first] = resolved.diagnostics;
    this.#reporter.error(code, range, {
      ...first?.data,
      connection: isUnknown ? shorten(source.name) : name,
      subject: source.name,
    });
    return source;
  }

  #parameters(phase: ParameterPhase): Readonly<Record<string, string>> {
    return this.#fields(this.#entry.parameters[phase]);
  }

  #fields(fields: readonly Field[]): Readonly<Record<string, string>> {
    const sourced = fields.map((value) => ({ value, elsewhere: false }));
    const items = this.#shownItems(fieldTexts(sourced, this.#evaluator, this.#entry.nameRange));
    return Object.fromEntries(items.map(({ name, text }) => [name, text]));
  }
}
