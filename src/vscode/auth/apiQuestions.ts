import * as vscode from 'vscode';
import type { ApiQuestions, ClientIdRequest } from '../../core/oauth/apiConnection';
import { plainServerText } from '../../core/oauth/serverText';
import { plainLabel } from '../platform/plainLabel';
import { systemBrowser } from '../platform/systemBrowser';

/** Asks by VS Code's own lists and boxes. Whatever an API or a server wrote is shown as plain text. */
export class ApiQuestionBoxes implements ApiQuestions {
  readonly #redirectUris: readonly string[];

  /** @param redirectUris what a client of this editor has to register. */
  constructor(redirectUris: readonly string[]) {
    this.#redirectUris = redirectUris;
  }

  async chooseServer(issuers: readonly string[], signal: AbortSignal): Promise<string | undefined> {
    const items = issuers.map((issuer) => ({
      label: new URL(issuer).host,
      description: plainServerText(issuer),
      issuer,
    }));
    const title = vscode.l10n.t('Where do you want to sign in?');
    return (
      await withToken(signal, (token) => vscode.window.showQuickPick(items, { ignoreFocusOut: true, title }, token))
    )?.issuer;
  }

  async chooseScopes(
    offered: readonly string[],
    preselected: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[] | undefined> {
    const items = offered.map((scope) => ({
      label: plainLabel(scope),
      picked: preselected.includes(scope),
      scope,
    }));
    const options = {
      title: vscode.l10n.t('What may the token be used for?'),
      placeHolder: vscode.l10n.t('Scopes that the API knows; choose as few as you need'),
      canPickMany: true as const,
      ignoreFocusOut: true,
    };
    const chosen = await withToken(signal, (token) => vscode.window.showQuickPick(items, options, token));
    return chosen?.map(({ scope }) => scope);
  }

  enterClientId(request: ClientIdRequest, signal: AbortSignal): Promise<string | undefined> {
    const copy = {
      iconPath: new vscode.ThemeIcon('copy'),
      tooltip: vscode.l10n.t('Copy the redirect URIs to register'),
    };
    const read = { iconPath: new vscode.ThemeIcon('book'), tooltip: vscode.l10n.t('Open the documentation') };
    const box = vscode.window.createInputBox();
    box.title = vscode.l10n.t('Client id at {0}', request.host);
    box.prompt = this.#clientIdPrompt(request);
    box.placeholder = request.takesDocumentUrl
      ? vscode.l10n.t('A client id, or the https URL of a client id metadata document')
      : vscode.l10n.t('A client id');
    box.ignoreFocusOut = true;
    box.buttons = request.documentation.length > 0 ? [copy, read] : [copy];
    box.onDidTriggerButton((button) => {
      if (button === copy) void vscode.env.clipboard.writeText(this.#redirectUris.join('\n'));
      else void openDocumentation(request.documentation);
    });
    return new Promise((resolve) => {
      const abort = (): void => box.hide();
      signal.addEventListener('abort', abort, { once: true });
      box.onDidAccept(() => {
        resolve(box.value);
        box.hide();
      });
      box.onDidHide(() => {
        signal.removeEventListener('abort', abort);
        resolve(undefined);
        box.dispose();
      });
      if (signal.aborted) box.hide();
      else box.show();
    });
  }

  #clientIdPrompt({ host }: ClientIdRequest): string {
    return vscode.l10n.t(
      '{0} does not register clients by itself. Register a public client there with the redirect URIs {1}',
      host,
      this.#redirectUris.join(' '),
    );
  }
}

/** Links that servers name are opened only after the user has read them. */
async function openDocumentation(pages: readonly string[]): Promise<void> {
  const [first] = pages;
  const page =
    pages.length === 1
      ? first
      : await vscode.window.showQuickPick(pages, { ignoreFocusOut: true, title: vscode.l10n.t('Which page?') });
  if (page === undefined) return;
  const open = vscode.l10n.t('Open');
  const message = vscode.l10n.t('Open this page of the server in the browser?');
  if ((await vscode.window.showInformationMessage(message, { modal: true, detail: page }, open)) !== open) return;
  await systemBrowser.open(page);
}

async function withToken<T>(signal: AbortSignal, show: (token: vscode.CancellationToken) => Thenable<T>): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    return await show(source.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}
