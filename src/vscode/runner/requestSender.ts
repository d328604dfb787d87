import * as vscode from 'vscode';
import { abortError, LatchkeyError } from '../../core/errors';
import { checkDestination, withoutToken } from '../../core/http/authorise';
import { checkExpectations, isOk, type ExpectationResult } from '../../core/http/expectations';
import type { Exchange } from '../../core/http/exchange';
import type { HttpRequest } from '../../core/http/httpRequest';
import { sendAuthorised, type TokenAccess } from '../../core/http/sendAuthorised';
import { sendExchange, type SendDependencies } from '../../core/http/sendExchange';
import type { Session } from '../../core/oauth/model';
import { resolveRequest } from '../../core/request/resolveRequest';
import type { RequestEntry, RequestFile } from '../../core/request/model';
import type { SessionService } from '../../core/session/sessionService';
import type { AccountPreference } from '../auth/accountPreference';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { diagnosticText } from '../platform/errorText';
import type { EnvironmentChoice } from '../requests/environmentChoice';
import type { Project, ProjectFiles } from '../requests/projectFiles';
import type { RequestDocuments } from '../requests/requestDocuments';
import { isRequestFile } from '../requests/requestFileNames';
import type { WorkspaceConnections } from '../requests/workspaceConnections';

/** A request in its place, with what it takes to send it. */
export interface RequestContext {
  readonly uri: vscode.Uri;
  readonly file: RequestFile;
  readonly entry: RequestEntry;
  readonly project: Project | undefined;
  readonly environment: string | undefined;
}

export interface SendResult {
  readonly exchange: Exchange;
  readonly expectations: readonly ExpectationResult[];
  readonly ok: boolean;
}

export interface RequestSenderDeps {
  readonly documents: RequestDocuments;
  readonly projects: ProjectFiles;
  readonly environment: EnvironmentChoice;
  readonly connections: WorkspaceConnections;
  readonly sessions: SessionService;
  readonly preference: AccountPreference;
  readonly send: SendDependencies;
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
    const label = vscode.workspace.asRelativePath(uri);
    if (!isRequestFile(uri)) throw new LatchkeyError('workspace.notARequestFile', { file: label });
    const file = await this.#deps.documents.read(uri).catch((cause: unknown) => {
      throw new LatchkeyError('workspace.fileUnreadable', { file: label }, { cause });
    });
    if (!file && !vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    if (!file) throw new LatchkeyError('workspace.fileUnreadable', { file: label });
    const entry = name === undefined ? file.requests[0] : file.requests.find((request) => request.name === name);
    if (!entry && name !== undefined) throw new LatchkeyError('workspace.unknownRequest', { file: label, name });
    if (!entry) throw new LatchkeyError('workspace.noRequest', { file: label });
    const project = vscode.workspace.isTrusted ? await this.#deps.projects.nearest(uri) : undefined;
    if (environment !== undefined && project?.file.environments.has(environment) !== true) {
      throw new LatchkeyError('workspace.unknownEnvironment', { name: environment });
    }
    return { uri, file, entry, project, environment: environment ?? this.#deps.environment.activeIn(project) };
  }

  /**
   * Sends it. What goes wrong on the way to the server and at the server is in the exchange.
   * @throws LatchkeyError when nothing was sent: an invalid request, no trust, nobody signed in. `AbortError` when
   * the user cancelled before anything was sent.
   */
  async send(context: RequestContext, signal: AbortSignal): Promise<SendResult> {
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    const request = this.resolve(context);
    const found = this.connectionOf(context, request);
    if (found) checkDestination(request, found.connection);
    await this.#confirmProtected(context, request);
    const exchange = found
      ? await this.#sendSignedIn(request, found, signal)
      : await sendExchange(withoutToken(request), this.#deps.send, { signal });
    const expectations = checkExpectations(request.expect, exchange);
    return { exchange, expectations, ok: isOk(exchange, expectations) };
  }

  /** @throws LatchkeyError `workspace.requestInvalid` with the first problem. */
  resolve({ file, entry, project, environment }: RequestContext): HttpRequest {
    const { clock, random } = this.#deps.send;
    const resolved = resolveRequest({ file, request: entry, project: project?.file, environment, clock, random });
    if (resolved.ok) return resolved.request;
    const [first] = resolved.diagnostics;
    const problem = first ? diagnosticText(first).message : '';
    throw new LatchkeyError('workspace.requestInvalid', { name: entry.name, problem });
  }

  /** The connection a request uses, with its variables put in. */
  connectionOf({ project, environment }: RequestContext, request: HttpRequest): FoundConnection | undefined {
    if (request.auth.kind === 'none') return undefined;
    if (!project) throw new LatchkeyError('workspace.noProjectFile');
    return this.#deps.connections.resolve(project, request.auth.connection, environment);
  }

  /** The session that a request would be sent with, if there is one. */
  async sessionFor(request: HttpRequest, found: FoundConnection): Promise<Session | undefined> {
    const sessions = await this.#deps.sessions.sessionsFor(found.connection);
    const role = request.auth.kind === 'connection' ? request.auth.account : undefined;
    const [first] = sessions;
    if (!first) return undefined;
    const preferred = this.#deps.preference.get(first.connectionKey, role);
    const chosen = sessions.find(({ account }) => account.id === preferred);
    // A role names an account of the developer's choice; guessing one could send as somebody else.
    return role === undefined ? (chosen ?? first) : chosen;
  }

  async #sendSignedIn(request: HttpRequest, found: FoundConnection, signal: AbortSignal): Promise<Exchange> {
    const { sessions, send } = this.#deps;
    const { connection } = found;
    const session = await this.sessionFor(request, found);
    if (!session) throw await this.#noSession(request, found);
    if (session.state === 'signInAgain') {
      throw new LatchkeyError('session.signInRequired', { connection: connection.label });
    }
    if (!(await sessions.ensureTrusted(connection, found.folder, signal))) {
      throw new LatchkeyError('session.trustRefused', { connection: connection.label });
    }
    const access: TokenAccess = {
      freshToken: (abort) => sessions.freshToken(session.id, abort),
      renew: (rejected, abort) => sessions.renew(session.id, rejected, abort),
    };
    return sendAuthorised(request, connection, access, send, { signal });
  }

  async #noSession(request: HttpRequest, { connection }: FoundConnection): Promise<LatchkeyError> {
    const role = request.auth.kind === 'connection' ? request.auth.account : undefined;
    const signedIn = (await this.#deps.sessions.sessionsFor(connection)).length > 0;
    return role !== undefined && signedIn
      ? new LatchkeyError('session.accountMissing', { account: role, connection: connection.label })
      : new LatchkeyError('session.signInRequired', { connection: connection.label });
  }

  /** Environments under `protect:` ask before anything that may change data. */
  async #confirmProtected({ project, environment }: RequestContext, request: HttpRequest): Promise<void> {
    const isSafe = /^(GET|HEAD|OPTIONS|TRACE)$/.test(request.method);
    if (isSafe || environment === undefined || project?.file.protect.includes(environment) !== true) return;
    const send = vscode.l10n.t('Send');
    const message = vscode.l10n.t('Send {0} “{1}” to {2}?', request.method, request.name, environment);
    const detail = vscode.l10n.t('The environment {0} is protected in {1}.', environment, project.label);
    if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, send)) !== send) throw abortError();
  }
}
