import * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable';
import type { PasteResult, SignInProgress, SignInWaiting } from '../../core/oauth/signInPorts';
import { assertNever } from '../../core/assertNever';
import { safeNotification } from '../platform/errorText';
import { AttemptLinks } from './attemptLinks';

const linkCommands = {
  paste: 'latchkey.signIn.paste',
  copyUrl: 'latchkey.signIn.copyUrl',
  tryAnotherWay: 'latchkey.signIn.tryAnotherWay',
} as const;

/**
 * While the browser has the floor: a cancellable notification that says what is waited for, with links to paste
 * the final URL, to copy the sign-in URL and to try another way. They stay visible all the while, because a browser
 * may block the popup, or the way back may be broken.
 */
export class SignInNotification implements Pick<SignInProgress, 'show'>, vscode.Disposable {
  /** Paste boxes that are open, by attempt. */
  readonly #boxes = new Map<string, vscode.InputBox>();
  readonly #links = new AttemptLinks<SignInWaiting>({
    [linkCommands.paste]: (waiting, id) => this.#paste(waiting, id),
    [linkCommands.copyUrl]: copyUrl,
    [linkCommands.tryAnotherWay]: (waiting) => waiting.tryAnotherWay?.(),
  });

  show(waiting: SignInWaiting): Disposable {
    const id = this.#links.add(waiting);
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, cancellable: true, title: this.#title(id, waiting) },
      (_progress, token) => {
        token.onCancellationRequested(() => waiting.cancel());
        return finished;
      },
    );
    return {
      dispose: () => {
        this.#links.remove(id);
        this.#boxes.get(id)?.hide();
        finish();
      },
    };
  }

  dispose(): void {
    this.#links.dispose();
  }

  #title(id: string, waiting: SignInWaiting): string {
    const link = (text: string, command: string): string => this.#links.link(id, text, command);
    const isOnlyWay = waiting.redirect === 'paste';
    const links = [
      link(isOnlyWay ? vscode.l10n.t('Paste the URL') : vscode.l10n.t('Paste the URL instead'), linkCommands.paste),
      link(vscode.l10n.t('Copy sign-in URL'), linkCommands.copyUrl),
      ...(waiting.tryAnotherWay ? [link(vscode.l10n.t('Try another way'), linkCommands.tryAnotherWay)] : []),
    ];
    return `${waitingFor(waiting)} ${links.join(' · ')}`;
  }

  #paste(waiting: SignInWaiting, id: string): void {
    this.#boxes.get(id)?.hide();
    const box = pasteBox(waiting);
    this.#boxes.set(id, box);
    box.onDidHide(() => {
      if (this.#boxes.get(id) === box) this.#boxes.delete(id);
      box.dispose();
    });
    box.show();
  }
}

/** What is waited for, and what the browser does then, so that a way that does not work is recognised. */
function waitingFor({ redirect, redirectUri, connection, authorizationUrl }: SignInWaiting): string {
  const name = safeNotification(connection.label);
  const { host } = new URL(authorizationUrl);
  const start = vscode.l10n.t('Signing in to {0}: finish at {1} in your browser.', name, host);
  switch (redirect) {
    case 'loopback':
      return vscode.l10n.t('{0} It comes back through {1}.', start, new URL(redirectUri).host);
    case 'editorUri':
      return vscode.l10n.t('{0} It then asks whether to open {1}.', start, vscode.env.appName);
    case 'editorUriWeb':
      return vscode.l10n.t('{0} It comes back through the address of this window.', start);
    case 'relay':
      return vscode.l10n.t('{0} {1} then opens {2}.', start, new URL(redirectUri).host, vscode.env.appName);
    case 'paste':
      return vscode.l10n.t(
        'Signing in to {0}: finish at {1} in your browser, then paste the address it ends on.',
        name,
        host,
      );
    default:
      return assertNever(redirect);
  }
}

async function copyUrl(waiting: SignInWaiting): Promise<void> {
  if (waiting.openBefore !== undefined && Date.now() >= waiting.openBefore) {
    const expired = vscode.l10n.t('The server no longer takes this sign-in URL. Cancel, and sign in again.');
    void vscode.window.showWarningMessage(expired, { modal: true });
    return;
  }
  await vscode.env.clipboard.writeText(waiting.authorizationUrl);
  void vscode.window.setStatusBarMessage(vscode.l10n.t('Sign-in URL copied'), 3000);
}

/** Asks until the text is accepted or the user closes the box; a mistake does not end the sign-in. */
function pasteBox(waiting: SignInWaiting): vscode.InputBox {
  const box = vscode.window.createInputBox();
  box.title = vscode.l10n.t('Finish signing in to {0}', waiting.connection.label);
  box.prompt = vscode.l10n.t('Paste the address that the browser ended on, or the code that the page shows.');
  box.placeholder = 'http://127.0.0.1/callback?code=…&state=…';
  box.ignoreFocusOut = true;
  box.onDidChangeValue(() => (box.validationMessage = undefined));
  box.onDidAccept(() => {
    const problem = pasteProblem(waiting.paste(box.value.trim()));
    if (problem === undefined) box.hide();
    else box.validationMessage = problem;
  });
  return box;
}

function pasteProblem(result: PasteResult): string | undefined {
  switch (result) {
    case 'accepted':
      return undefined;
    case 'wrongState':
      return vscode.l10n.t('This address belongs to another sign-in. Start from the sign-in URL of this one.');
    case 'notUnderstood':
      return vscode.l10n.t('There is no code in this text. Copy the whole address from the browser’s address bar.');
    default:
      return assertNever(result);
  }
}
