import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import { LatchkeyError } from '../../core/errors';
import type { Session } from '../../core/oauth/model';
import type { Log } from '../../core/ports';
import type { Introspection } from '../../core/session/sessionInspector';
import type { SessionService } from '../../core/session/sessionService';
import type { InspectorFailure, InspectorModel, InspectorWork, SessionInspection } from '../../shared/inspectorModel';
import type { InspectorAction } from '../../shared/inspectorProtocol';
import type { AccessTokenClipboard } from '../commands/accessTokenClipboard';
import type { SignInCommands } from '../commands/signInCommands';
import type { Confirm } from '../platform/confirm';
import { errorText, safeNotification } from '../platform/errorText';
import { isCancelled } from '../platform/isCancelled';
import { sentence, showFailure } from '../platform/showFailure';
import { folderLabel } from './folderLabel';
import type { InspectorHandlers } from './inspectorHandlers';
import { InspectorPanel } from './inspectorPanel';

export interface InspectorControllerDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly sessions: SessionService;
  readonly signIn: SignInCommands;
  readonly clipboard: AccessTokenClipboard;
  readonly confirm: Confirm;
}

/** Shows one session in the token inspector and does what its buttons say. */
export class InspectorController implements InspectorHandlers, vscode.Disposable {
  readonly #deps: InspectorControllerDeps;
  readonly #subscription: { dispose(): void };
  #panel: InspectorPanel | undefined;
  #sessionId = '';
  #revealed = false;
  #busy: InspectorWork | undefined;
  #failure: InspectorFailure | undefined;
  #answer: Introspection | undefined;
  /** Raised with every drawing, so that one that took longer is dropped. */
  #drawing = 0;

  constructor(deps: InspectorControllerDeps) {
    this.#deps = deps;
    this.#subscription = deps.sessions.onDidChange(({ added, changed, removed }) => {
      if ([...added, ...changed, ...removed].some(({ id }) => id === this.#sessionId)) void this.#draw();
    });
  }

  /** Shows the session. */
  async open(sessionId: string): Promise<void> {
    this.#begin(sessionId);
    if (this.#panel) this.#panel.reveal();
    else this.#take(new InspectorPanel({ ...this.#deps, handlers: this }));
    await this.#draw();
  }

  /** Takes over a panel that VS Code restores after a reload; `state` is what the view has kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const sessionId = resumeOf(state);
    if (this.#panel || sessionId === undefined) {
      panel.dispose();
      return;
    }
    this.#begin(sessionId);
    this.#take(new InspectorPanel({ ...this.#deps, handlers: this }, panel));
    void this.#draw();
  }

  act(action: InspectorAction): void {
    this.#act(action).catch((error: unknown) => showFailure(`The token inspector's ${action}`, error, this.#deps.log));
  }

  hidden(): void {
    this.#revealed = false;
    void this.#draw();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#panel?.dispose();
  }

  #begin(sessionId: string): void {
    if (this.#sessionId !== sessionId) this.#answer = undefined;
    this.#sessionId = sessionId;
    this.#revealed = false;
    this.#failure = undefined;
  }

  #take(panel: InspectorPanel): void {
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#answer = undefined;
    });
  }

  async #act(action: InspectorAction): Promise<void> {
    const { sessions, signIn, clipboard } = this.#deps;
    const id = this.#sessionId;
    const { signal } = new AbortController();
    switch (action) {
      case 'refresh':
        return this.#work('refresh', vscode.l10n.t('The token was renewed'), () =>
          sessions.inspector.refresh(id, signal),
        );
      case 'introspect':
        return this.#work('introspect', vscode.l10n.t('The server has answered'), async () => {
          this.#answer = await sessions.inspector.introspect(id, signal);
        });
      case 'copyToken': {
        requireTrust();
        const session = await this.#session();
        if (session && (await clipboard.copy(session, signal))) this.#panel?.announce(vscode.l10n.t('Copied'));
        return;
      }
      case 'signOut': {
        const session = await this.#session();
        if (session && (await this.#confirmSignOut(session))) await signIn.signOutOf(session);
        return;
      }
      case 'signIn': {
        const session = await this.#session();
        if (session) await signIn.signIn(session.connectionName, { account: session.account.id });
        return;
      }
      case 'reveal':
        return this.#reveal();
      case 'hide':
        this.#revealed = false;
        return this.#draw();
      default:
        return assertNever(action);
    }
  }

  /** One at a time. What goes wrong is told in the inspector, where the button is. */
  async #work(work: InspectorWork, done: string, task: () => Promise<void>): Promise<void> {
    requireTrust();
    if (this.#busy) return;
    this.#busy = work;
    this.#failure = undefined;
    await this.#draw();
    try {
      await task();
      this.#panel?.announce(done);
    } catch (error) {
      if (!isCancelled(error)) {
        this.#deps.log.error(`The token inspector's ${work} failed`, error);
        this.#failure = failureOf(error);
      }
    } finally {
      this.#busy = undefined;
      await this.#draw();
    }
  }

  async #reveal(): Promise<void> {
    const session = await this.#session();
    if (!session || !(await this.#confirmReveal(session))) return;
    this.#revealed = true;
    await this.#draw();
  }

  #confirmReveal({ account }: Session): Promise<boolean> {
    return this.#deps.confirm({
      message: vscode.l10n.t('Show the values inside the token of {0}?', safeNotification(account.label)),
      detail: vscode.l10n.t(
        'They may say who you are and what you belong to. They are masked again when you hide them or leave the tab.',
      ),
      button: vscode.l10n.t('Show'),
    });
  }

  #confirmSignOut({ account }: Session): Promise<boolean> {
    return this.#deps.confirm({
      message: vscode.l10n.t('Sign out {0}?', safeNotification(account.label)),
      detail: vscode.l10n.t('Its tokens are removed here, and revoked where the server does that.'),
      button: vscode.l10n.t('Sign Out'),
    });
  }

  async #session(): Promise<Session | undefined> {
    return (await this.#deps.sessions.list()).find(({ id }) => id === this.#sessionId);
  }

  async #draw(): Promise<void> {
    const panel = this.#panel;
    if (!panel) return;
    const drawing = ++this.#drawing;
    const model = await this.#model();
    if (drawing === this.#drawing && panel === this.#panel) panel.show(model);
  }

  async #model(): Promise<InspectorModel> {
    const revealed = this.#revealed;
    let session: SessionInspection | undefined;
    let failure = this.#failure;
    try {
      session = await this.#deps.sessions.inspector.inspect(this.#sessionId, revealed);
    } catch (error) {
      failure = failureOf(error);
    }
    const answer = session && this.#answer;
    return {
      session: session && {
        ...session,
        destinations: session.destinations.map((each) => ({ ...each, folders: each.folders.map(folderLabel) })),
      },
      busy: this.#busy,
      failure,
      answer: answer && { active: answer.active, askedAt: answer.askedAt, members: answer.members(revealed) },
      resume: this.#sessionId,
    };
  }
}

function failureOf(error: unknown): InspectorFailure {
  const { message, next } = errorText(error);
  return { message: sentence(message), next };
}

function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
}

/** Reads {@link InspectorModel.resume} from the state that the webview kept; anything else is nothing. */
function resumeOf(state: unknown): string | undefined {
  const resume = typeof state === 'object' && state !== null && 'resume' in state ? state.resume : undefined;
  return typeof resume === 'string' && resume !== '' ? resume : undefined;
}
