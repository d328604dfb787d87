import * as vscode from 'vscode';
import type { Event } from '../../core/emitter';
import { DisposableStore, type Disposable } from '../../core/disposable';
import { LatchkeyError } from '../../core/errors';
import type { Session } from '../../core/oauth/model';
import type { SessionService } from '../../core/session/sessionService';
import type { AccountPreference } from '../auth/accountPreference';
import type { DiscoveredApis } from '../auth/discoveredApis';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { errorText } from '../platform/errorText';
import { Throttled } from '../platform/throttled';
import type { Project, ProjectFiles } from '../requests/projectFiles';
import type { WorkspaceConnections } from '../requests/workspaceConnections';
import { connectionsItem, untilTextChanges } from './connectionsItem';
import { node, type AccountNode, type ConnectionNode, type ConnectionsNode } from './connectionsNode';
import type { Sight } from './requestsTree';

export interface ConnectionsTreeDeps {
  readonly projects: Pick<ProjectFiles, 'all'>;
  readonly connections: Pick<WorkspaceConnections, 'resolve'>;
  readonly apis: Pick<DiscoveredApis, 'all'>;
  readonly sessions: Pick<SessionService, 'list' | 'sessionsFor'> & {
    readonly secrets: Pick<SessionService['secrets'], 'list'>;
  };
  readonly preference: Pick<AccountPreference, 'get'>;
  readonly playground: { readonly isRunning: boolean };
  /** Whatever may change what is shown. */
  readonly changes: readonly ((listener: () => void) => Disposable)[];
  readonly sight: Sight;
}

/** Milliseconds at least between two drawings. */
const pause = 150;
/** The longest that a timer may be set to. */
const longest = 2_000_000_000;

/**
 * The Connections view: connections with their accounts, and the secrets that are stored. Times are right to the unit
 * they are told in; while nobody looks, nothing is drawn and no timer runs.
 */
export class ConnectionsTree implements vscode.TreeDataProvider<ConnectionsNode>, vscode.Disposable {
  readonly #deps: ConnectionsTreeDeps;
  readonly #disposables = new DisposableStore();
  readonly #changed = new vscode.EventEmitter<ConnectionsNode | ConnectionsNode[] | undefined>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stale = false;
  #drawn: readonly AccountNode[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: ConnectionsTreeDeps) {
    this.#deps = deps;
    const draw = new Throttled<void>(pause, () => this.#draw());
    this.#disposables.add(this.#changed);
    this.#disposables.add({
      dispose: () => {
        draw.stop();
        clearTimeout(this.#timer);
      },
    });
    for (const subscribe of deps.changes) this.#disposables.add(subscribe(() => draw.next()));
    this.#disposables.add(
      deps.sight.onDidChangeVisibility(({ visible }) => {
        if (!visible) clearTimeout(this.#timer);
        else if (this.#stale) draw.next();
        else this.#wakeInTime();
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  refresh(): void {
    this.#draw();
  }

  async getChildren(parent?: ConnectionsNode): Promise<ConnectionsNode[]> {
    switch (parent?.kind) {
      case undefined:
        return this.#roots();
      case 'connection':
      case 'elsewhere':
        return [...parent.accounts];
      case 'secrets':
        return parent.secrets.map((secret) => node({ kind: 'secret', secret }));
      case 'account':
      case 'faulty':
      case 'playground':
      case 'add':
      case 'secret':
        return [];
    }
  }

  getTreeItem(shown: ConnectionsNode): vscode.TreeItem {
    return connectionsItem(shown, Date.now());
  }

  #draw(): void {
    this.#stale = !this.#deps.sight.visible;
    if (!this.#stale) this.#changed.fire(undefined);
  }

  /** In a workspace that nobody trusts yet its files choose nothing, and the view says so. */
  async #roots(): Promise<ConnectionsNode[]> {
    if (!vscode.workspace.isTrusted) return [];
    const { sessions, playground } = this.#deps;
    const connections = await this.#connections();
    const shown = connections.flatMap((each) => (each.kind === 'connection' ? each.accounts : []));
    const here = new Set(shown.map(({ session }) => session.id));
    const others = (await sessions.list()).filter(({ id }) => !here.has(id));
    const accounts = others.map((session) => account(session, undefined, false));
    const secrets = await sessions.secrets.list().catch(() => []);
    this.#drawn = [...shown, ...accounts];
    this.#wakeInTime();
    const rest: ConnectionsNode[] = [
      ...(playground.isRunning ? [node({ kind: 'playground' })] : []),
      ...(accounts.length > 0 ? [node({ kind: 'elsewhere', accounts })] : []),
      ...(secrets.length > 0 ? [node({ kind: 'secrets', secrets })] : []),
    ];
    const offer = connections.length === 0 && rest.length > 0 ? [node({ kind: 'add' })] : [];
    return [...offer, ...connections, ...rest];
  }

  async #connections(): Promise<readonly (ConnectionNode | Extract<ConnectionsNode, { kind: 'faulty' }>)[]> {
    const projects = await this.#deps.projects.all().catch(() => []);
    const named = projects.flatMap((project) =>
      [...project.file.connections.keys()].map((name) => ({ project, name })),
    );
    const own = await Promise.all(named.map(({ project, name }) => this.#connection(project, name)));
    const apis = await Promise.all(this.#deps.apis.all().map((found) => this.#found(found, undefined)));
    return [...own, ...apis];
  }

  async #connection(
    project: Project,
    name: string,
  ): Promise<ConnectionNode | Extract<ConnectionsNode, { kind: 'faulty' }>> {
    try {
      return await this.#found(this.#deps.connections.resolve(project, name), project.label);
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      return node({ kind: 'faulty', name, file: project.label, problem: errorText(error).message });
    }
  }

  async #found(found: FoundConnection, file: string | undefined): Promise<ConnectionNode> {
    const sessions = await this.#deps.sessions.sessionsFor(found.connection).catch(() => []);
    const used = this.#usedOf(sessions);
    const accounts = sessions.map((session) => account(session, found, session === used && sessions.length > 1));
    return node({ kind: 'connection', found, file, accounts });
  }

  #usedOf(sessions: readonly Session[]): Session | undefined {
    const [first] = sessions;
    const preferred = first && this.#deps.preference.get(first.connectionKey);
    return sessions.find(({ account: { id } }) => id === preferred) ?? first;
  }

  /** Draws again when the next of the texts is right no more. */
  #wakeInTime(): void {
    clearTimeout(this.#timer);
    const waits = this.#drawn.map(({ session }) => untilTextChanges(session, Date.now()));
    const next = Math.min(...waits.filter((wait) => wait !== undefined));
    if (!Number.isFinite(next) || !this.#deps.sight.visible) return;
    this.#timer = setTimeout(() => this.#draw(), Math.min(next, longest));
    this.#timer.unref();
  }
}

function account(session: Session, found: FoundConnection | undefined, isUsed: boolean): AccountNode {
  return node({ kind: 'account', session, found, isUsed });
}

/** An event without what it tells. */
export function whenever<T>(event: Event<T> | vscode.Event<T>): (listener: () => void) => Disposable {
  return (listener) => event(() => listener());
}
