import * as vscode from 'vscode';
import { snippetLanguages, type SnippetLanguage } from '../../core/snippets/snippetLanguages';
import { commands } from '../ids';
import type { RequestContext, RequestSender } from '../runner/requestSender';
import { describeVariable, wantsSecrets, type CopyAsCurl } from './copyAsCurl';
import type { RequestClipboard, RequestCopy, WrittenRequest } from './requestClipboard';

export interface CopyAsCodeDeps {
  readonly sender: Pick<RequestSender, 'locate'>;
  readonly curl: Pick<CopyAsCurl, 'prepare'>;
  readonly requestClipboard: RequestClipboard;
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
      return;
    }
    await this.#deps.requestClipboard.copy(this.#as(language, context), wantsSecrets(options));
  }

  #as(language: SnippetLanguage, context: RequestContext): RequestCopy {
    const { uri, entry } = context;
    return {
      request: entry.name,
      language: titleOf(language),
      write: (reveal) => this.#write(context, language, reveal),
      withoutSecrets: (variables) => {
        const list = variables.map((variable) => `${variable.name} (${describeVariable(variable)})`).join(', ');
        return vscode.l10n.t('{0} was copied without secrets: it reads {1} from the environment.', entry.name, list);
      },
      risk: (seconds) =>
        vscode.l10n.t(
          'Whoever gets the code can send what you can, and so can every program that reads the clipboard. The clipboard is cleared after {0} seconds, if the code is still on it.',
          seconds,
        ),
      again: [commands.copyAsCode, uri, entry.name, { language, secrets: true }],
    };
  }

  async #write(context: RequestContext, language: SnippetLanguage, reveal: boolean): Promise<WrittenRequest> {
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
  return (await vscode.window.showQuickPick(items, { ignoreFocusOut: true, title }))?.id;
}

function titleOf(language: SnippetLanguage): string {
  return snippetLanguages.find(({ id }) => id === language)?.title ?? language;
}

function languageOption(options: unknown): SnippetLanguage | undefined {
  const wanted =
    typeof options === 'object' && options !== null && 'language' in options ? options.language : undefined;
  return snippetLanguages.find(({ id }) => id === wanted)?.id;
}
