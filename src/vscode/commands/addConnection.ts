import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import { redirectUrisToRegister } from '../../core/oauth/redirectUris';
import type { Environment } from '../../core/oauth/signInPorts';
import { plainEditorUri } from '../auth/editorUriRedirect';
import { commands } from '../ids';
import { safeNotification } from '../platform/errorText';
import type { ConnectionWriter } from '../requests/connectionWriter';
import type { NewConnection } from './connectionDraft';
import type { ConnectionQuestions } from './connectionQuestions';
import { copyRedirectUris } from './copyRedirectUris';

/** `latchkey.addConnection`: asks for a connection, writes it into the project file, and says what to register. */
export async function addConnection(
  questions: ConnectionQuestions,
  writer: ConnectionWriter,
  environment: Environment,
): Promise<void> {
  if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
  const near = vscode.window.activeTextEditor?.document.uri;
  const found = await questions.ask();
  if (!found) return;
  const name = await writer.add(found.connection, found.name, near);
  // Not awaited: the command is done, the message may stay.
  void tellWhatToRegister(name, found, environment);
}

async function tellWhatToRegister(
  name: string,
  { connection, registerAt }: NewConnection,
  environment: Environment,
): Promise<void> {
  const t = vscode.l10n.t;
  const [copy, signIn] = [t('Copy Redirect URIs'), t('Sign In')];
  const uris = redirectUrisToRegister(connection, environment, plainEditorUri()).map(({ uri }) => uri);
  const isRegistered = connection.clientId === undefined;
  const message = isRegistered
    ? t('Added the connection {0}. Latchkey registers itself at the server, so there is nothing more to do.', name)
    : t(
        'Added the connection {0}. Register these redirect URIs at {1}: {2}',
        name,
        registerAt ?? t('the server'),
        uris.join(' '),
      );
  const buttons = isRegistered ? [signIn] : [copy, signIn];
  const chosen = await vscode.window.showInformationMessage(safeNotification(message), ...buttons);
  if (chosen === copy) await copyRedirectUris(environment, connection);
  else if (chosen === signIn) await vscode.commands.executeCommand(commands.signIn, name);
}
