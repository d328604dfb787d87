import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { SecretKind, SecretPrompt, SecretRequest } from '../../core/oauth/signInPorts';
import { plainServerText } from '../../core/oauth/serverText';
import { Secret } from '../../core/secret';
import { errorText } from '../platform/errorText';

/** Bytes; the largest thing that is chosen as a file is a key with a chain of certificates. */
const fileLimit = 64 * 1024;

/** VS Code's password box. An untrusted workspace, whose files nobody vouches for, asks for nothing. */
export const secretPrompt: SecretPrompt = {
  async ask(request, signal) {
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    if (signal.aborted) return undefined;
    const box = vscode.window.createInputBox();
    const close = (): void => box.hide();
    signal.addEventListener('abort', close);
    try {
      return await answerOf(box, request, signal);
    } finally {
      signal.removeEventListener('abort', close);
      box.dispose();
    }
  },
};

function answerOf(box: vscode.InputBox, request: SecretRequest, signal: AbortSignal): Promise<Secret | undefined> {
  const chooseFile: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('folder-opened'),
    tooltip: vscode.l10n.t('Choose a File…'),
  };
  box.title = vscode.l10n.t('Secret “{0}” for the folder {1}', request.name, folderName(request.folder));
  box.prompt = question(request);
  box.password = true;
  // Secrets are copied from elsewhere, so the box must outlive a look at another window.
  box.ignoreFocusOut = true;
  if (takesFile(request.kind)) box.buttons = [chooseFile];
  return new Promise((resolve, reject) => {
    // While a file is chosen the box goes away, which is no answer.
    let isChoosing = false;
    const accept = async (text: string): Promise<boolean> => {
      const problem = await problemOf(text, request);
      if (problem === undefined) resolve(new Secret(text));
      else box.validationMessage = problem;
      return problem === undefined;
    };
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidAccept(() => void accept(box.value).catch(reject));
    box.onDidHide(() => {
      if (!isChoosing) resolve(undefined);
    });
    box.onDidTriggerButton(() => {
      isChoosing = true;
      void chosenText()
        .then(async (text) => {
          const isDone = text !== undefined && (await accept(text));
          isChoosing = false;
          if (signal.aborted) resolve(undefined);
          else if (!isDone) box.show();
        })
        .catch(reject);
    });
    box.show();
  });
}

async function problemOf(text: string, { check }: SecretRequest): Promise<string | undefined> {
  if (text === '') return vscode.l10n.t('Enter the secret.');
  const faulty = await check?.(new Secret(text));
  if (!faulty) return undefined;
  const { message, next } = errorText(faulty);
  return `${message} ${next}`;
}

/** The text of a file that the user chooses, anywhere on the disk; `undefined` when they choose none. */
async function chosenText(): Promise<string | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Choose a Key or Certificate') })) ?? [];
  if (!uri) return undefined;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > fileLimit)
    throw new LatchkeyError('file.tooLarge', { file: uri.path.split('/').at(-1) ?? '', bytes: fileLimit });
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** What spans lines is pasted badly into a box of one line. */
function takesFile(kind: SecretKind): boolean {
  return kind === 'privateKey' || kind === 'certificate' || kind === 'replacement';
}

function folderName(folder: string): string {
  return decodeURIComponent(vscode.Uri.parse(folder).path.split('/').at(-1) ?? '');
}

function question({ kind, connectionLabel, wasRejected }: SecretRequest): string {
  const args = { connection: plainServerText(connectionLabel) };
  if (wasRejected && kind === 'passphrase')
    return vscode.l10n.t('The stored passphrase does not open the certificate for {connection}. Enter it again.', args);
  if (wasRejected && kind === 'certificate')
    return vscode.l10n.t('The stored client certificate or key for {connection} cannot be read. Enter it again.', args);
  if (wasRejected)
    return vscode.l10n.t('The server refused the stored client secret of {connection}. Enter it again.', args);
  const kept = vscode.l10n.t('It is kept in SecretStorage, for this folder only.');
  return `${subject(kind, args)} ${kept}`;
}

function subject(kind: SecretKind, args: { connection: string }): string {
  switch (kind) {
    case 'clientSecret':
      return vscode.l10n.t('The client secret of {connection}.', args);
    case 'privateKey':
      return vscode.l10n.t('The private key of {connection}: PEM or JWK, pasted or from a file.', args);
    case 'token':
      return vscode.l10n.t('The token that {connection} exchanges for another.', args);
    case 'certificate':
      return vscode.l10n.t('The client certificate or its key for {connection}: PEM, or PFX in base64.', args);
    case 'replacement':
      return vscode.l10n.t('The new value, in place of the stored one.');
    case 'value':
      return vscode.l10n.t('Requests of {connection} use it.', args);
    case 'passphrase':
      return vscode.l10n.t('The passphrase of the certificate of {connection}.', args);
  }
}
