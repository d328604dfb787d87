import * as vscode from 'vscode';
import { templateText } from '../../core/request/templateText';
import type { Session } from '../../core/oauth/model';
import type { PastView } from '../../shared/historyView';
import type {
  AuthView,
  EnvironmentView,
  RequestListItem,
  RequestView,
  RunnerModel,
  RunState,
} from '../../shared/viewModel';
import { accountName } from '../auth/accountName';
import type { PastRun } from '../history/pastRun';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { credentialsLabel } from './credentialsLabel';
import type { Destination, RequestContext, RequestSender } from './requestSender';
import type { RunStore } from './runStore';

/** What the runner shows: a request of a file. Without a name, the first one. */
export interface RunnerTarget {
  readonly uri: vscode.Uri;
  readonly name: string | undefined;
  /** The environment it was sent with, when that was not the active one. */
  readonly environment: string | undefined;
  /** It stays on show when the cursor moves. */
  readonly isPinned?: boolean | undefined;
}

/** What was shown before the window was reloaded. */
export interface RestoredTarget extends RunnerTarget {
  /** A send was on its way, which ended with the window. */
  readonly wasSending: boolean;
}

const nothing: RunnerModel = {
  file: undefined,
  requests: [],
  request: undefined,
  environment: { active: undefined, available: false },
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
    const latest = this.#runs.get(uri, entry.name).state;
    return {
      ...shown,
      requests: context.file.requests.map((each) => this.#listItem(uri, each)),
      request: requestView(context, request),
      environment: environmentView(context),
      auth: await this.#authView(context, request),
      ...(past ? { state: past.run.state, past: pastView(past, latest.kind === 'idle') } : { state: latest }),
      resume: encodeTarget({ ...target, name: entry.name }, isOnItsWay(latest)),
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
    const { state } = this.#runs.get(uri, name);
    return { name, method: method ?? '', lastStatus: state.kind === 'response' ? state.exchange.status : undefined };
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
  return { active: environment, available: (project?.file.environments.size ?? 0) > 0 };
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

function isOnItsWay(state: RunState): boolean {
  return state.kind === 'sending' || (state.kind === 'response' && state.exchange.receiving);
}

function encodeTarget({ uri, name, isPinned }: RunnerTarget, isSending = false): string {
  return JSON.stringify({
    uri: uri.toString(),
    name,
    ...(isPinned === true ? { isPinned } : {}),
    ...(isSending ? { isSending } : {}),
  });
}

/** Reads {@link RunnerModel.resume} from the state that the webview kept; anything else is nothing. */
export function decodeTarget(state: unknown): RestoredTarget | undefined {
  const resume = typeof state === 'object' && state !== null && 'resume' in state ? state.resume : undefined;
  if (typeof resume !== 'string') return undefined;
  try {
    const { uri, name, isPinned, isSending } = JSON.parse(resume) as Readonly<Record<string, unknown>>;
    if (typeof uri !== 'string') return undefined;
    return {
      uri: vscode.Uri.parse(uri, true),
      name: typeof name === 'string' ? name : undefined,
      environment: undefined,
      isPinned: isPinned === true,
      wasSending: isSending === true,
    };
  } catch {
    return undefined;
  }
}
