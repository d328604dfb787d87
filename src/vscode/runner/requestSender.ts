import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import { LatchkeyError } from '../../core/errors';
import { checkDestination, withoutConnection } from '../../core/http/authorise';
import type { CookieJars } from '../../core/http/cookies/cookieJars';
import type { CookieAccess } from '../../core/http/cookies/hopCookies';
import type { Exchange } from '../../core/http/exchange';
import type { HttpRequest } from '../../core/http/httpRequest';
import { parseHttpUrl } from '../../core/http/httpUrl';
import { sendAuthorised, type TokenAccess } from '../../core/http/sendAuthorised';
import { sendExchange, type SendDependencies, type SendOptions } from '../../core/http/sendExchange';
import type { Session } from '../../core/oauth/model';
import { mayBeTold, withToldOrigin } from '../../core/oauth/toldOrigin';
import type { RequestEntry, RequestFile } from '../../core/request/model';
import { laterSupplies } from '../../core/request/resolve/supplies';
import { resolveTls } from '../../core/request/resolveTls';
import { outlineOf, type RequestOutline } from '../../core/run/outline';
import type { SessionService } from '../../core/session/sessionService';
import type { TlsScope } from '../../core/session/tlsScope';
import type { AccountPreference } from '../auth/accountPreference';
import type { DiscoveredApis } from '../auth/discoveredApis';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import type { EnvironmentChoice } from '../requests/environmentChoice';
import { trustedFolder, type Project, type ProjectFiles } from '../requests/projectFiles';
import type { RequestDocuments } from '../requests/requestDocuments';
import { isRequestFile } from '../requests/requestFileNames';
import type { WorkspaceConnections } from '../requests/workspaceConnections';
import { diagnosticText } from '../platform/errorText';
import { noRequestError, problemOfFile } from '../run/faultyFile';
import { siteOf, type FileContext } from '../run/filePlaces';
import { cookieScopeOf } from './cookieScope';

/** A request in its place, with what it takes to send it. */
export interface RequestContext {
  readonly uri: vscode.Uri;
  readonly file: RequestFile;
  readonly entry: RequestEntry;
  readonly project: Project | undefined;
  readonly environment: string | undefined;
}

export interface SendResult {
  readonly request: HttpRequest;
  /** The connection whose token was sent along. */
  readonly connection: FoundConnection | undefined;
  readonly exchange: Exchange;
  /** How connections were secured. */
  readonly tls: TlsScope;
}

/** As whom and where to a request goes, as far as that can be told before its values are there. */
export type Destination = Pick<HttpRequest, 'auth'> & Pick<RequestOutline, 'url'>;

export interface RequestSenderDeps {
  readonly documents: RequestDocuments;
  readonly projects: ProjectFiles;
  readonly environment: EnvironmentChoice;
  readonly connections: WorkspaceConnections;
  readonly apis: DiscoveredApis;
  readonly sessions: SessionService;
  readonly preference: AccountPreference;
  readonly send: SendDependencies;
  /** The cookies of this window. */
  readonly cookies: CookieJars;
}

export interface SenderOptions extends Pick<SendOptions, 'signal' | 'onResponse' | 'onProgress' | 'stop'> {
  /** Instead of the window's cookies. */
  readonly cookies?: CookieJars | undefined;
}

/** From a request in a file to its exchange: the steps every send takes, whoever asks for it. */
export class RequestSender {
  readonly #deps: RequestSenderDeps;

  constructor(deps: RequestSenderDeps) {
    this.#deps = deps;
  }

  /**
   * Finds a request; without a name the first of the file.
   * @throws LatchkeyError `workspace.*` when the file or the request is not there.
   */
  async locate(uri: vscode.Uri, name: string | undefined, environment?: string): Promise<RequestContext> {
    const context = await this.fileAt(uri, undefined);
    const { file, project } = context;
    const label = vscode.workspace.asRelativePath(uri);
    const entry = name === undefined ? file.requests[0] : file.requests.find((request) => request.name === name);
    if (!entry) {
      if (name === undefined || problemOfFile(file) !== undefined) throw noRequestError(label, file);
      throw new LatchkeyError('workspace.unknownRequest', { file: label, name });
    }
    if (environment !== undefined && project?.file.environments.has(environment) !== true) {
      throw new LatchkeyError('workspace.unknownEnvironment', { name: environment });
    }
    return { ...context, entry, environment: environment ?? context.environment };
  }

  /**
   * A request file with its project.
   * @param environment the one to use where the project has it; else the active one is.
   * @throws LatchkeyError `workspace.*` when the file is not there or may not be read.
   */
  async fileAt(uri: vscode.Uri, environment: string | undefined): Promise<FileContext> {
    const label = vscode.workspace.asRelativePath(uri);
    if (!isRequestFile(uri)) throw new LatchkeyError('workspace.notARequestFile', { file: label });
    const file = await this.#deps.documents.read(uri).catch((cause: unknown) => {
      throw new LatchkeyError('workspace.fileUnreadable', { file: label }, { cause });
    });
    if (!file && !vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    if (!file) throw new LatchkeyError('workspace.fileUnreadable', { file: label });
    const project = vscode.workspace.isTrusted ? await this.#deps.projects.nearest(uri) : undefined;
    const named = environment !== undefined && project?.file.environments.has(environment) ? environment : undefined;
    return { uri, file, project, environment: named ?? this.#deps.environment.activeIn(project) };
  }

  /**
   * Sends it. What goes wrong on the way to the server and at the server is in the exchange.
   * @throws LatchkeyError when nothing was sent: no trust, nobody signed in. `AbortError` when the user cancelled
   * before anything was sent.
   * @param onResponse hears of the response before its body is there.
   * @param as the connection that the user has just signed in to for this send, whatever the file says.
   */
  async send(
    context: RequestContext,
    written: HttpRequest,
    { cookies = this.#deps.cookies, ...options }: SenderOptions,
    as?: FoundConnection,
  ): Promise<SendResult> {
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    const connection = as ?? (await this.#connectionFor(context, written));
    const request = connection ? withConnection(written, connection) : written;
    if (connection) await this.#checkDestination(request, connection);
    const tls = tlsScopeOf(context);
    await this.#deps.sessions.tls.prepare(tls, [parseHttpUrl(request.url).origin], options.signal);
    const jar = cookies.of(cookieScopeOf(context));
    const exchange = connection
      ? await this.#sendSignedIn(request, connection, jar, options)
      : await sendExchange(withoutConnection(request), { ...this.#secured(tls), cookies: jar }, options);
    return { request: written, connection, exchange, tls };
  }

  /** What can be told of a request without reading or asking for anything. */
  outline(context: RequestContext): Destination {
    const { auth = { kind: 'none' }, url } = outlineOf(siteOf(context), laterSupplies, this.#deps.send);
    return { auth, url };
  }

  /** The connection a request uses, with its variables put in; with `auth: auto` what is known of its API. */
  connectionOf(context: RequestContext, { auth, url }: Destination): FoundConnection | undefined {
    const { project, environment } = context;
    switch (auth.kind) {
      case 'none':
      case 'basic':
      case 'bearer':
      case 'apiKey':
      case 'digest':
      case 'awsSigV4':
      case 'hmac':
        return undefined;
      case 'auto':
        return url === undefined ? undefined : this.#deps.apis.find(tlsScopeOf(context), parseHttpUrl(url));
      case 'connection':
        if (!project) throw new LatchkeyError('workspace.noProjectFile');
        return this.#deps.connections.resolve(project, auth.connection, environment);
      default:
        return assertNever(auth);
    }
  }

  /** The session that a request would be sent with, if there is one. */
  async sessionFor(
    request: Pick<HttpRequest, 'auth'>,
    found: Pick<FoundConnection, 'connection'>,
  ): Promise<Session | undefined> {
    const sessions = await this.#deps.sessions.sessionsFor(found.connection);
    const role = request.auth.kind === 'connection' ? request.auth.account : undefined;
    const [first] = sessions;
    if (!first) return undefined;
    const preferred = this.#deps.preference.get(first.connectionKey, role);
    const chosen = sessions.find(({ account }) => account.id === preferred);
    // A role names an account of the developer's choice; guessing one could send as somebody else.
    return role === undefined ? (chosen ?? first) : chosen;
  }

  /** With `auth: auto` somebody who is not signed in sends as nobody, and learns from the 401 where to sign in. */
  async #connectionFor(context: RequestContext, request: HttpRequest): Promise<FoundConnection | undefined> {
    const found = this.connectionOf(context, request);
    if (!found || request.auth.kind !== 'auto') return found;
    return (await this.sessionFor(request, found)) && found;
  }

  async #sendSignedIn(
    request: HttpRequest,
    found: FoundConnection,
    cookies: CookieAccess,
    options: SendOptions,
  ): Promise<Exchange> {
    const { sessions } = this.#deps;
    const { connection } = found;
    const session = await this.sessionFor(request, found);
    if (!session) throw await this.#noSession(request, found);
    if (session.state === 'signInAgain') {
      throw new LatchkeyError('session.signInRequired', { connection: connection.label });
    }
    if (connection.dpop === true && !session.boundToKey) {
      throw new LatchkeyError('session.notBound', { connection: connection.label });
    }
    if (!(await sessions.ensureTrusted(connection, found.folder, options.signal))) {
      throw new LatchkeyError('session.trustRefused', { connection: connection.label });
    }
    const access: TokenAccess = {
      freshToken: (abort) => sessions.freshToken(session.id, abort),
      renew: (rejected, abort) => sessions.renew(session.id, rejected, abort),
    };
    const send = { ...this.#secured(sessions.tlsScope(connection, found.folder)), cookies };
    return sendAuthorised(request, withToldOrigin(connection, session), access, send, options);
  }

  /** Where the server names the origin, somebody who is not signed in yet learns that first. */
  async #checkDestination(request: HttpRequest, { connection }: FoundConnection): Promise<void> {
    const session = connection.toldOrigin && (await this.sessionFor(request, { connection }));
    const { origin } = parseHttpUrl(request.url);
    if (!session && connection.toldOrigin && mayBeTold(origin, connection.toldOrigin)) return;
    checkDestination(request, session ? withToldOrigin(connection, session) : connection);
  }

  #secured(scope: TlsScope): SendDependencies {
    const { send, sessions } = this.#deps;
    return { ...send, transport: sessions.tls.transport(send.transport, scope) };
  }

  async #noSession(request: HttpRequest, { connection }: FoundConnection): Promise<LatchkeyError> {
    const role = request.auth.kind === 'connection' ? request.auth.account : undefined;
    const signedIn = (await this.#deps.sessions.sessionsFor(connection)).length > 0;
    return role !== undefined && signedIn
      ? new LatchkeyError('session.accountMissing', { account: role, connection: connection.label })
      : new LatchkeyError('session.signInRequired', { connection: connection.label });
  }
}

/**
 * What the project file of a request says about secure connections.
 * @throws LatchkeyError `workspace.projectInvalid`.
 */
function tlsScopeOf(context: RequestContext): TlsScope {
  const folder = folderOf(context);
  const { project } = context;
  if (!project) return { settings: [], folder };
  const { settings, diagnostics } = resolveTls(project.file);
  const [first] = diagnostics;
  if (!first) return { settings, folder };
  throw new LatchkeyError('workspace.projectInvalid', { file: project.label, problem: diagnosticText(first).message });
}

/** URI of the folder whose trust counts for a request. */
export function folderOf({ project, uri }: RequestContext): string {
  return project?.folder ?? trustedFolder(uri);
}

/** The request as if the file named the connection. */
function withConnection(request: HttpRequest, { connection }: FoundConnection): HttpRequest {
  if (request.auth.kind === 'connection') return request;
  const auth = { kind: 'connection', connection: connection.name, account: undefined, scopes: undefined } as const;
  return { ...request, auth };
}
