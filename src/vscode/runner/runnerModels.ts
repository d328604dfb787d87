import * as vscode from 'vscode';
import { templateText } from '../../core/request/templateText';
import type { Session } from '../../core/oauth/model';
import type { PastView } from '../../shared/historyView';
import type { AuthView, EnvironmentView, RequestListItem, RequestView, RunnerModel } from '../../shared/viewModel';
import { accountName } from '../auth/accountName';
import type { PastRun } from '../history/pastRun';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { credentialsLabel } from './credentialsLabel';
import type { Destination, RequestContext, RequestSender } from './requestSender';
import { encodeTarget, type RunnerTarget } from './runnerTarget';
import type { Run, RunStore } from './runStore';

const nothing: RunnerModel = {
  file: undefined,
  requests: [],
  request: undefined,
  environment: { active: undefined, available: false, isProtected: false },
  auth: { kind: 'none' },
  state: { kind: 'idle' },
  isPinned: false,
  resume: undefined,
};

/** Draws up the runner's model. Reads and resolves, but sends nothing and asks nobody. */
export class RunnerModels {
  readonly #sender: RequestSender;
  readonly #runs: RunStore;

  constructor(sender: RequestSender, runs: RunStore) {
    this.#sender = sender;
    this.#runs = runs;
  }

  /**
   * @param past an older send of the target, shown instead of the latest.
   * @param located where the target was found a moment ago.
   */
  async build(target: RunnerTarget | undefined, past?: PastRun, located?: RequestContext): Promise<RunnerModel> {
    const context = target && (isOf(target, located) ? located : await this.#locate(target));
    if (!target) return nothing;
    const { uri } = target;
    const shown = { file: vscode.workspace.asRelativePath(uri), isPinned: target.isPinned === true };
    if (past && context?.entry.name !== past.entry.request) return pastAlone(target, shown, past);
    if (!context) return { ...nothing, ...shown, resume: encodeTarget(target) };
    const { entry } = context;
    const request = this.#sender.outline(context);
    const latest = this.#runs.get(uri, entry.name);
    return {
      ...shown,
      requests: context.file.requests.map((each) => this.#listItem(uri, each)),
      request: requestView(context, request),
      environment: environmentView(context),
      auth: await this.#authView(context, request),
      ...(past
        ? { state: past.run.state, past: pastView(past, latest.state.kind === 'idle') }
        : { state: latest.state }),
      resume: encodeTarget({ ...target, name: entry.name }, sendingSince(latest)),
    };
  }

  /** As whom a request is sent; `undefined` when it is not there. */
  async authOf(uri: vscode.Uri, name: string): Promise<AuthView | undefined> {
    const context = await this.#locate({ uri, name, environment: undefined });
    return context && this.#authView(context, this.#sender.outline(context));
  }

  /** A request that was renamed or removed gives way to the first of its file. */
  async #locate({ uri, name, environment }: RunnerTarget): Promise<RequestContext | undefined> {
    const locate = (wanted: string | undefined): Promise<RequestContext | undefined> =>
      this.#sender.locate(uri, wanted, environment).catch(() => undefined);
    return (await locate(name)) ?? (name === undefined ? undefined : locate(undefined));
  }

  #listItem(uri: vscode.Uri, { name, method }: { name: string; method: string | undefined }): RequestListItem {
    return { name, method: method ?? '', last: this.#runs.of(uri, name) };
  }

  async #authView(context: RequestContext, request: Destination): Promise<AuthView> {
    if (request.auth.kind === 'none') return { kind: 'none' };
    const { auth } = request;
    const label = credentialsLabel(auth);
    if (label !== undefined) return { kind: 'credentials', label };
    const found = this.#tryConnection(context, request);
    // When the sessions cannot be read now, sending says so.
    const session = found && (await this.#sender.sessionFor(request, found).catch(() => undefined));
    if (auth.kind === 'auto') return found && session ? sessionView(found.connection.label, session) : { kind: 'auto' };
    if (!found) return { kind: 'unknownConnection', connection: auth.kind === 'connection' ? auth.connection : '' };
    return sessionView(found.connection.label, session);
  }

  #tryConnection(context: RequestContext, request: Destination): FoundConnection | undefined {
    try {
      return this.#sender.connectionOf(context, request);
    } catch {
      return undefined;
    }
  }
}

function isOf({ uri, name }: RunnerTarget, located: RequestContext | undefined): located is RequestContext {
  return located?.entry.name === name && located?.uri.toString() === uri.toString();
}

function sessionView(connection: string, session: Session | undefined): AuthView {
  if (!session) return { kind: 'notSignedIn', connection };
  const account = accountName(session.account.label, connection);
  if (session.state === 'signInAgain') return { kind: 'signInAgain', connection, account };
  const { expiresAt, refreshable, refreshExpiresAt: endsAt } = session;
  return { kind: 'signedIn', connection, account, expiresAt, refreshable, endsAt };
}

/** Where a value is still to come, the URL is shown as it is written. */
function requestView({ entry }: RequestContext, { url }: Destination): RequestView {
  return {
    name: entry.name,
    method: entry.method ?? '',
    url: shownUrl(entry, url),
    description: entry.description,
  };
}

function shownUrl({ socket, url: written }: RequestContext['entry'], url: Destination['url']): string {
  if (typeof url !== 'string') return written ? templateText(written) : '';
  return socket ? url.replace(/^http/, 'ws') : url;
}

function environmentView({ project, environment }: RequestContext): EnvironmentView {
  return {
    active: environment,
    available: (project?.file.environments.size ?? 0) > 0,
    isProtected: environment !== undefined && project?.file.protect.includes(environment) === true,
  };
}

/** A send of a request that is no longer in the file. */
function pastAlone(target: RunnerTarget, shown: Pick<RunnerModel, 'file' | 'isPinned'>, past: PastRun): RunnerModel {
  const { request: name, method, url } = past.entry;
  return {
    ...nothing,
    ...shown,
    resume: encodeTarget(target),
    request: { name, method, url, description: undefined },
    state: past.run.state,
    past: pastView(past, false),
  };
}

function pastView({ entry: { id, at, environment } }: PastRun, isLatest: boolean): PastView {
  return { id, at, environment, isLatest };
}

/** When a send began that is on its way: milliseconds since the epoch. */
function sendingSince({ state, exchange }: Run): number | undefined {
  if (state.kind === 'sending') return state.startedAt;
  return state.kind === 'response' && state.exchange.receiving ? exchange?.startedAt : undefined;
}
