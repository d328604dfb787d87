import * as vscode from 'vscode';
import { movableSecret } from '../../core/language/quickFixes/moveSecret';
import { LatchkeyError } from '../../core/errors';
import type { Log } from '../../core/ports';
import type { TextRange } from '../../core/request/diagnostic';
import { isName } from '../../core/request/names';
import { Reporter } from '../../core/request/reporter';
import { parseYaml } from '../../core/request/yaml/parseYaml';
import type { SecretVault } from '../../core/session/secretVault';
import { showFailure } from '../platform/showFailure';
import { trustedFolder } from '../requests/projectFiles';
import { vsCodeRange } from './ranges';

export interface SecretMoverDeps {
  readonly secrets: Pick<SecretVault, 'stored' | 'keep'>;
  /** Asks under which name; `undefined` when the user thinks better of it. */
  readonly askName: (
    suggested: string,
    problemOf: (name: string) => Promise<string | undefined>,
  ) => Promise<string | undefined>;
  readonly log: Log;
}

/** Takes a literal out of a file: into SecretStorage, with its name left in its place. */
export class SecretMover {
  readonly #deps: SecretMoverDeps;

  constructor(deps: SecretMoverDeps) {
    this.#deps = deps;
  }

  /** The command behind the quick fix. */
  async run(uri: unknown, range: unknown): Promise<void> {
    try {
      if (uri instanceof vscode.Uri && isRange(range)) await this.#move(uri, range);
    } catch (error) {
      showFailure('Moving a secret', error, this.#deps.log);
    }
  }

  async #move(uri: vscode.Uri, range: TextRange): Promise<void> {
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    const { secrets, askName } = this.#deps;
    const document = await vscode.workspace.openTextDocument(uri);
    const { version } = document;
    const text = document.getText();
    const found = movableSecret({ text, root: parseYaml(text, new Reporter()) }, range);
    if (!found) return;
    const folder = trustedFolder(uri);
    const name = await askName(found.suggestedName, async (entered) => {
      if (!isName(entered)) return vscode.l10n.t('Use letters, digits, _ and -, with spaces only inside.');
      const known = await secrets.stored({ folder, name: entered });
      const isOther = known && known.revealForTransport() !== found.value.revealForTransport();
      return isOther ? vscode.l10n.t('Another secret is stored under this name.') : undefined;
    });
    // Typed on meanwhile: the literal may be somewhere else.
    if (name === undefined || document.version !== version) return;
    await secrets.keep({ folder, name }, found.value);
    const { range: replaced, text: put } = found.edit(name);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, vsCodeRange(document, replaced), put);
    if (!(await vscode.workspace.applyEdit(edit))) return;
    const message = vscode.l10n.t(
      'The value is in SecretStorage now, as {0}. The undo history of the editor still holds the text, and so does whatever was committed: if it was shared, replace it at the server.',
      `\${secret:${name}}`,
    );
    void vscode.window.showInformationMessage(message);
  }
}

function isRange(value: unknown): value is TextRange {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}

/** VS Code's input box. */
export const askSecretName: SecretMoverDeps['askName'] = async (suggested, problemOf) => {
  const entered = await vscode.window.showInputBox({
    title: vscode.l10n.t('Move to SecretStorage'),
    prompt: vscode.l10n.t('The name of the secret; the file will say ${secret:name}.'),
    value: suggested,
    validateInput: (text) => problemOf(text.trim()),
  });
  return entered?.trim();
};
