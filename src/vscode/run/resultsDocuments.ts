import * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable';
import type { SendAllResult, SendAllSummary } from '../../core/run/sendAllSummary';
import { commands } from '../ids';
import { shownDuration } from '../platform/shownValues';
import { resultsText, type ResultsText } from './resultsText';

const scheme = 'latchkey-results';

export interface ShownResults {
  /** What was sent, for people. */
  readonly label: string;
  readonly environment: string | undefined;
  readonly summary: SendAllSummary;
}

/** The results of Send all as read-only documents, whose lines lead to the requests and their responses. */
export class ResultsDocuments
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  readonly #shown = new Map<string, ResultsText & { readonly files: ReadonlyMap<string, vscode.Uri> }>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #colours = {
    passed: decoration('testing.iconPassed'),
    // The colour of failed tests is not there in high contrast, and what has none is drawn transparent.
    failed: decoration('editorError.foreground'),
    skipped: decoration('testing.iconSkipped'),
  };
  readonly #subscriptions: readonly Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = [
      this.#changed,
      ...Object.values(this.#colours),
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerDocumentLinkProvider({ scheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri.toString())),
      vscode.window.onDidChangeVisibleTextEditors((editors) => this.#colour(editors)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === scheme) this.#colour(vscode.window.visibleTextEditors);
      }),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#shown.get(uri.toString())?.text;
  }

  /** A click on a request shows it, with its response, in the runner. */
  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const shown = this.#shown.get(document.uri.toString());
    return (shown?.lines ?? []).flatMap(({ line, start, end, result }) => {
      const uri = shown?.files.get(result.file);
      if (!uri) return [];
      const range = new vscode.Range(line, start, line, end);
      const isFile = result.request === '';
      const target = isFile ? uri : commandUri(commands.openRunner, [uri, result.request]);
      const link = new vscode.DocumentLink(range, target);
      link.tooltip = isFile
        ? vscode.l10n.t('Open {0}', result.file)
        : vscode.l10n.t('Show {0} and its response', result.request);
      return [link];
    });
  }

  /** @param target the file or folder whose requests were sent; another run of it takes the place of this one. */
  async show(target: vscode.Uri, results: ShownResults, files: ReadonlyMap<string, vscode.Uri>): Promise<void> {
    // The name must not end as that of a request file does, or it would be read as one.
    const name = vscode.l10n.t('{0} · Results', results.label.split('/').at(-1) ?? results.label);
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: target.toString() });
    const isOpen = this.#shown.has(uri.toString());
    const text = resultsText(headline(results), results.summary, {
      language: vscode.env.language,
      rows: (passed, count) => vscode.l10n.t('{0}/{1} rows', passed, count),
    });
    this.#shown.set(uri.toString(), { ...text, files });
    if (isOpen) this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      preview: false,
      preserveFocus: true,
      viewColumn: vscode.ViewColumn.Beside,
    });
    this.#colour(vscode.window.visibleTextEditors);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #colour(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      const shown = this.#shown.get(editor.document.uri.toString());
      if (!shown) continue;
      const marks = (...states: readonly SendAllResult['state'][]): vscode.Range[] =>
        shown.lines
          .filter(({ result }) => states.includes(result.state))
          .map(({ line }) => new vscode.Range(line, 2, line, 3));
      editor.setDecorations(this.#colours.passed, marks('passed'));
      editor.setDecorations(this.#colours.failed, marks('failed', 'notSent'));
      editor.setDecorations(this.#colours.skipped, marks('skipped', 'cancelled'));
    }
  }
}

function headline({ label, environment, summary }: ShownResults): string {
  const { passed, failed, skipped, duration, results } = summary;
  const t = vscode.l10n.t;
  const cancelled = results.filter(({ state }) => state === 'cancelled').length;
  const facts = [
    label,
    ...(failed > 0 ? [t('{0} failed', failed)] : []),
    t('{0} passed', passed),
    ...(skipped > 0 ? [t('{0} skipped', skipped)] : []),
    ...(cancelled > 0 ? [t('{0} cancelled', cancelled)] : []),
    shownDuration(duration),
    ...(environment === undefined ? [] : [environment]),
  ];
  return facts.join(' · ');
}

function decoration(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({ color: new vscode.ThemeColor(color), fontWeight: 'bold' });
}

function commandUri(command: string, args: readonly unknown[]): vscode.Uri {
  return vscode.Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify(args))}`);
}
