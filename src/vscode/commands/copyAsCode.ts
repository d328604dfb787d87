import * as vscode from 'vscode';
import type { ShellVariable } from '../../core/curl/shellVariables';
import { LatchkeyError } from '../../core/errors';
import { Secret } from '../../core/secret';
import { snippetLanguages, type SnippetLanguage } from '../../core/snippets/snippetLanguages';
import { commands } from '../ids';
import { clipboardTime, type ClearingClipboard } from '../platform/clearingClipboard';
import type { Confirm } from '../platform/confirm';
import type { RequestContext, RequestSender } from '../runner/requestSender';
import { describeVariable, wantsSecrets, type CopyAsCurl } from './copyAsCurl';

export interface CopyAsCodeDeps {
  readonly sender: Pick<RequestSender, 'locate'>;
  readonly curl: Pick<CopyAsCurl, 'prepare'>;
  readonly confirm: Confirm;
  readonly clipboard: Pick<vscode.Clipboard, 'writeText'>;
  readonly secretClipboard: Pick<ClearingClipboard, 'write'>;
}

interface Written {
  readonly text: string;
  readonly variables: readonly ShellVariable[];
}

/** Copies requests as code that sends the same. */
export class CopyAsCode {
  readonly #deps: CopyAsCodeDeps;

  constructor(deps: CopyAsCodeDeps) {
    this.#deps = deps;
  }

  /**
   * `latchkey.copyAsCode(uri?, requestName?, { language?, secrets? })`; without a language the user chooses one. What is
   * secret is read from environment variables, unless the user wants it written out and agrees once more.
   * @throws LatchkeyError why the request cannot be written.
   */
  async copy(uri: vscode.Uri, name: string | undefined, options: unknown): Promise<void> {
    const context = await this.#deps.sender.locate(uri, name);
    const language = languageOption(options) ?? (await pickLanguage(context.entry.name));
    if (language === undefined) return;
    if (language === 'curl') {
      await vscode.commands.executeCommand(commands.copyAsCurl, context.uri, context.entry.name, options);
    } else if (wantsSecrets(options)) await this.#copyWithSecrets(context, language);
    else await this.#copyPlain(context, language);
  }

  async #copyPlain(context: RequestContext, language: SnippetLanguage): Promise<void> {
    const { text, variables } = await this.#write(context, language, false);
    await this.#deps.clipboard.writeText(text);
    const title = titleOf(language);
    const done = vscode.l10n.t('$(check) {0} copied as {1}', context.entry.name, title);
    void vscode.window.setStatusBarMessage(done, 5000);
    if (variables.length > 0) void this.#offerSecrets(context, language, variables);
  }

  async #offerSecrets(
    { uri, entry }: RequestContext,
    language: SnippetLanguage,
    variables: readonly ShellVariable[],
  ): Promise<void> {
    const withSecrets = vscode.l10n.t('Copy with Secrets…');
    const list = variables.map((variable) => `${variable.name} (${describeVariable(variable)})`).join(', ');
    const message = vscode.l10n.t(
      '{0} was copied without secrets: it reads {1} from the environment.',
      entry.name,
      list,
    );
    if ((await vscode.window.showInformationMessage(message, withSecrets)) === withSecrets) {
      await vscode.commands.executeCommand(commands.copyAsCode, uri, entry.name, { language, secrets: true });
    }
  }

  async #copyWithSecrets(context: RequestContext, language: SnippetLanguage): Promise<void> {
    const { confirm, secretClipboard } = this.#deps;
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    const seconds = clipboardTime / 1000;
    const agreed = await confirm({
      message: vscode.l10n.t('Copy “{0}” with its secrets and access token?', context.entry.name),
      detail: vscode.l10n.t(
        'Whoever gets the code can send what you can, and so can every program that reads the clipboard. The clipboard is cleared after {0} seconds, if the code is still on it.',
        seconds,
      ),
      button: vscode.l10n.t('Copy with Secrets'),
    });
    if (!agreed) return;
    const { text } = await this.#write(context, language, true);
    await secretClipboard.write(new Secret(text));
    const done = vscode.l10n.t('$(check) Copied with secrets; the clipboard is cleared in {0} seconds', seconds);
    void vscode.window.setStatusBarMessage(done, 5000);
  }

  async #write(context: RequestContext, language: SnippetLanguage, reveal: boolean): Promise<Written> {
    const { snippetText } = await import('../../core/snippets/snippetText');
    const { request, variables } = await this.#deps.curl.prepare(context, reveal);
    const text = snippetText(request, (value) => variables.parts(value), language);
    return { text, variables: variables.used };
  }
}

async function pickLanguage(name: string): Promise<SnippetLanguage | 'curl' | undefined> {
  const items = [{ id: 'curl', title: 'cURL' } as const, ...snippetLanguages].map(({ id, title }) => ({
    label: title,
    id,
  }));
  const title = vscode.l10n.t('Copy “{0}” as', name);
  return (await vscode.window.showQuickPick(items, { title }))?.id;
}

function titleOf(language: SnippetLanguage): string {
  return snippetLanguages.find(({ id }) => id === language)?.title ?? language;
}

function languageOption(options: unknown): SnippetLanguage | undefined {
  const wanted =
    typeof options === 'object' && options !== null && 'language' in options ? options.language : undefined;
  return snippetLanguages.find(({ id }) => id === wanted)?.id;
}
