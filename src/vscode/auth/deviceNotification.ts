import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import type { Disposable } from '../../core/disposable';
import { plainServerText } from '../../core/oauth/serverText';
import type { DeviceWaiting, SignInProgress } from '../../core/oauth/signInPorts';
import { oneLine } from '../../core/text/oneLine';
import { safeNotification } from '../platform/errorText';
import { AttemptLinks } from './attemptLinks';
import { timeLeft } from './timeLeft';

const linkCommands = {
  copyCode: 'latchkey.device.copyCode',
  openPage: 'latchkey.device.openPage',
  tryAnotherWay: 'latchkey.device.tryAnotherWay',
} as const;

/** Characters of a host name that a button has room for. */
const buttonHost = 50;

/**
 * A sign-in with a code: a modal shows the code and, when the user says so, copies it and opens the page; then a
 * cancellable notification keeps the code, the place and the time left in sight.
 */
export class DeviceNotification implements Pick<SignInProgress, 'showDevice'>, vscode.Disposable {
  readonly #links = new AttemptLinks<DeviceWaiting>({
    [linkCommands.copyCode]: copyCode,
    [linkCommands.openPage]: (waiting) => waiting.openPage(),
    [linkCommands.tryAnotherWay]: (waiting) => waiting.tryAnotherWay?.(),
  });

  showDevice(waiting: DeviceWaiting): Disposable {
    const ended = new AbortController();
    void this.#run(waiting, ended.signal);
    return { dispose: () => ended.abort() };
  }

  dispose(): void {
    this.#links.dispose();
  }

  async #run(waiting: DeviceWaiting, ended: AbortSignal): Promise<void> {
    const choice = await announce(waiting);
    // The code may have been entered on another machine while the modal was open.
    if (ended.aborted) return;
    switch (choice) {
      case 'open':
        await copyCode(waiting);
        waiting.openPage();
        return this.#wait(waiting, ended);
      case 'another':
        waiting.tryAnotherWay?.();
        return;
      case 'cancel':
        waiting.cancel();
        return;
      default:
        assertNever(choice);
    }
  }

  async #wait(waiting: DeviceWaiting, ended: AbortSignal): Promise<void> {
    const id = this.#links.add(waiting);
    const title = vscode.l10n.t('Signing in to {0}', safeNotification(waiting.connection.label));
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
    await vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => waiting.cancel());
      const stop = keepReporting(() => this.#message(id, waiting), waiting.expiresAt, progress);
      await aborted(ended);
      stop();
    });
    this.#links.remove(id);
  }

  #message(id: string, waiting: DeviceWaiting): string {
    const host = new URL(waiting.verificationUri).host;
    const args = { code: waiting.userCode, host, left: leftText(waiting.expiresAt) };
    const links = [
      this.#links.link(id, vscode.l10n.t('Copy code'), linkCommands.copyCode),
      this.#links.link(id, vscode.l10n.t('Open the page again'), linkCommands.openPage),
      ...(waiting.tryAnotherWay
        ? [this.#links.link(id, vscode.l10n.t('Try another way'), linkCommands.tryAnotherWay)]
        : []),
    ];
    return `${vscode.l10n.t('enter the code {code} at {host} ({left} left).', args)} ${links.join(' · ')}`;
  }
}

/** What the user wants to do; closing the modal is cancelling. */
async function announce(waiting: DeviceWaiting): Promise<'open' | 'another' | 'cancel'> {
  const { message, detail, open } = deviceDialogText(waiting);
  const another = vscode.l10n.t('Try Another Way');
  const buttons = waiting.tryAnotherWay ? [open, another] : [open];
  const button = await vscode.window.showInformationMessage(message, { modal: true, detail }, ...buttons);
  if (button === undefined) return 'cancel';
  return button === open ? 'open' : 'another';
}

/** The sentences of the modal, apart from it so that they can be tested. */
export function deviceDialogText(waiting: DeviceWaiting): { message: string; detail: string; open: string } {
  const { connection, userCode, verificationUri, expiresAt } = waiting;
  const t = vscode.l10n.t;
  const { host } = new URL(verificationUri);
  const shownHost = host.length > buttonHost ? `…${host.slice(-buttonHost)}` : host;
  const lines = [
    t('Enter it at {0}, on this machine or any other.', plainServerText(verificationUri)),
    t('If the page shows a code already, go on only if it is this one.'),
    t('It can be used for {0}.', leftText(expiresAt)),
  ];
  return {
    message: oneLine(t('Your code for {0}: {1}', plainServerText(connection.label), userCode)),
    detail: lines.map(oneLine).join('\n'),
    open: t('Copy Code and Open {0}', shownHost),
  };
}

async function copyCode({ userCode }: DeviceWaiting): Promise<void> {
  await vscode.env.clipboard.writeText(userCode);
  void vscode.window.setStatusBarMessage(vscode.l10n.t('Code copied'), 3000);
}

/** Each report takes the keyboard focus off the links, so there is one only when the text has changed. */
function keepReporting(
  message: () => string,
  expiresAt: number,
  progress: vscode.Progress<{ readonly message: string }>,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const report = (): void => {
    progress.report({ message: message() });
    const { changesIn } = timeLeft(expiresAt - Date.now());
    if (changesIn > 0) timer = setTimeout(report, changesIn);
  };
  report();
  return () => clearTimeout(timer);
}

function leftText(expiresAt: number): string {
  const { unit, count } = timeLeft(expiresAt - Date.now());
  switch (unit) {
    case 'minutes':
      return vscode.l10n.t('{0} minutes', count);
    case 'seconds':
      return vscode.l10n.t('{0} seconds', count);
    default:
      return assertNever(unit);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
