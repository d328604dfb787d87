import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { Session } from '../../core/oauth/model';
import type { SessionService } from '../../core/session/sessionService';
import { sessionIn } from '../explorer/connectionsNode';
import type { InspectorController } from '../inspector/inspectorController';
import type { AccessTokenClipboard } from './accessTokenClipboard';
import { pickSession } from './pickSession';

/** Looks at tokens, and hands one out when the user insists. */
export class TokenCommands {
  readonly #sessions: SessionService;
  readonly #inspector: InspectorController;
  readonly #clipboard: AccessTokenClipboard;

  constructor(sessions: SessionService, inspector: InspectorController, clipboard: AccessTokenClipboard) {
    this.#sessions = sessions;
    this.#inspector = inspector;
    this.#clipboard = clipboard;
  }

  /** `latchkey.inspectToken(sessionId?)`: of the named session, of the only one, or of the one the user picks. */
  async inspect(sessionId: unknown): Promise<void> {
    const session = await this.#find(sessionId, vscode.l10n.t('Inspect the token of which account?'));
    if (session) await this.#inspector.open(session.id);
  }

  /** `latchkey.copyAccessToken(sessionId?)`: asks before it copies, whoever calls. */
  async copy(sessionId: unknown): Promise<void> {
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    const session = await this.#find(sessionId, vscode.l10n.t('Copy the access token of which account?'));
    if (session) await this.#clipboard.copy(session, new AbortController().signal);
  }

  async #find(sessionId: unknown, title: string): Promise<Session | undefined> {
    const shown = sessionIn(sessionId);
    if (shown) return shown;
    const sessions = await this.#sessions.list();
    const named = sessions.find(({ id }) => id === sessionId);
    return named ?? (sessions.length === 1 ? sessions[0] : pickSession(sessions, title));
  }
}
