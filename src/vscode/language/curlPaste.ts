import * as vscode from 'vscode';
import type { CurlNotice } from '../../core/curl/curlCommand';
import { importCurl, type ImportSurroundings } from '../../core/curl/importCurl';
import { mentionedSecrets } from '../../core/curl/mentionedSecrets';
import { isCurl, parseCurl } from '../../core/curl/parseCurl';
import type { DraftSecret, RequestDraft } from '../../core/curl/requestDraft';
import { LatchkeyError } from '../../core/errors';
import { insertRequest } from '../../core/request/edit/insertRequest';
import { locateRequest } from '../../core/request/locateRequest';
import { resolveConnection } from '../../core/request/resolveConnection';
import type { SecretVault } from '../../core/session/secretVault';
import { curlNoticeTexts } from '../../core/text/curlNoticeTexts';
import type { Confirm } from '../platform/confirm';
import { folderPath } from '../platform/folderPath';
import { showFailure } from '../platform/showFailure';
import type { Log } from '../../core/ports';
import type { EnvironmentChoice } from '../requests/environmentChoice';
import { trustedFolder, type Project, type ProjectFiles } from '../requests/projectFiles';
import type { RequestDocuments } from '../requests/requestDocuments';

export interface CurlPasteDeps {
  readonly documents: Pick<RequestDocuments, 'ofDocument'>;
  readonly projects: Pick<ProjectFiles, 'nearest'>;
  readonly environment: Pick<EnvironmentChoice, 'activeIn'>;
  readonly secrets: Pick<SecretVault, 'list' | 'keep'>;
  readonly confirm: Confirm;
  readonly log: Log;
}

export const curlPasteKind = vscode.DocumentDropOrPasteEditKind.Empty.append('latchkey', 'curl');

/** Carries what was taken out of the command to the moment when the edit is made. */
class CurlPasteEdit extends vscode.DocumentPasteEdit {
  readonly draft: RequestDraft;
  readonly folder: string;

  constructor(title: string, draft: RequestDraft, folder: string) {
    super('', title, curlPasteKind);
    this.draft = draft;
    this.folder = folder;
  }
}

/** Pasting a cURL command into a request file makes a request of it. */
export class CurlPaste implements vscode.DocumentPasteEditProvider<CurlPasteEdit> {
  readonly #deps: CurlPasteDeps;

  constructor(deps: CurlPasteDeps) {
    this.#deps = deps;
  }

  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    dataTransfer: vscode.DataTransfer,
  ): Promise<CurlPasteEdit[] | undefined> {
    const [range] = ranges;
    const text = await dataTransfer.get('text/plain')?.asString();
    if (!range || ranges.length > 1 || text === undefined || text.length > longestCommand || !isCurl(text))
      return undefined;
    const project = await this.#deps.projects.nearest(document.uri).catch(() => undefined);
    const surroundings = await this.#surroundings(document, project);
    const command = parseCurl(text);
    const names = command.url === undefined ? [] : this.#connectionsFor(command.url, project);
    const drafts = [
      { title: vscode.l10n.t('Insert as Request'), draft: importCurl(command, surroundings) },
      ...names.map((connection) => ({
        title: vscode.l10n.t('Insert as Request with {0}', connection),
        draft: importCurl(command, { ...surroundings, connection }),
      })),
    ];
    return drafts.flatMap(({ title, draft }) => (draft ? this.#edit(document, range, title, draft) : []));
  }

  /** Called when the edit is about to be made, and for none that is not. */
  resolveDocumentPasteEdit(edit: CurlPasteEdit): CurlPasteEdit {
    if (edit.draft.secrets.length > 0) void this.#offerToKeep(edit.draft.secrets, edit.folder);
    return edit;
  }

  #edit(document: vscode.TextDocument, range: vscode.Range, title: string, draft: RequestDraft): CurlPasteEdit[] {
    const text = document.getText();
    const after = locateRequest(this.#deps.documents.ofDocument(document), document.offsetAt(range.start))?.name;
    const edit = new CurlPasteEdit(title, draft, trustedFolder(document.uri));
    try {
      const label = vscode.workspace.asRelativePath(document.uri);
      const inserted = insertRequest(text, label, { ...draft, comment: draft.notices.map(noticeText) }, after);
      const change = new vscode.WorkspaceEdit();
      change.insert(document.uri, document.positionAt(inserted.offset), inserted.text);
      edit.additionalEdit = change;
    } catch (error) {
      // A file without a place for a request takes the text as it is.
      if (error instanceof LatchkeyError) return [];
      throw error;
    }
    // In the middle of a value or a comment the text itself is probably meant.
    const line = document.lineAt(range.start.line).text.slice(0, range.start.character);
    if (line.trim() !== '') edit.yieldTo = [vscode.DocumentDropOrPasteEditKind.Text];
    return [edit];
  }

  async #surroundings(document: vscode.TextDocument, project: Project | undefined): Promise<ImportSurroundings> {
    const file = this.#deps.documents.ofDocument(document);
    const stored = await this.#deps.secrets.list().catch(() => []);
    const auth = file.settings.auth === undefined ? project?.file.defaults.auth : file.settings.auth;
    return {
      requestNames: file.requests.map(({ name }) => name),
      secretNames: [...stored.map(({ name }) => name), ...mentionedSecrets(document.getText())],
      inheritsAuth: auth !== undefined && auth !== null && auth.kind !== 'none',
    };
  }

  /** The connections whose token may go where the command goes. */
  #connectionsFor(url: string, project: Project | undefined): readonly string[] {
    const origin = URL.parse(url)?.origin;
    if (!project || origin === undefined) return [];
    const environment = this.#deps.environment.activeIn(project);
    return [...project.file.connections.keys()].filter((name) => {
      const resolved = resolveConnection(project.file, name, environment);
      return resolved.ok && resolved.connection.origins.some((each) => URL.parse(each)?.origin === origin);
    });
  }

  async #offerToKeep(secrets: readonly DraftSecret[], folder: string): Promise<void> {
    const { confirm, secrets: vault, log } = this.#deps;
    const names = secrets.map(({ name }) => `\${secret:${name}}`).join(', ');
    try {
      // What an untrusted folder names is not kept for it.
      if (!vscode.workspace.isTrusted) return;
      const agreed = await confirm({
        message: vscode.l10n.t('Keep the secrets of the cURL command in SecretStorage?'),
        detail: vscode.l10n.t(
          'They are not in the file: the request names them as {0}. Kept for the folder {1}, they are there when it is sent.',
          names,
          folderPath(folder),
        ),
        button: vscode.l10n.t('Keep'),
      });
      if (agreed) for (const { name, value } of secrets) await vault.keep({ folder, name }, value);
    } catch (error) {
      showFailure('Keeping secrets', error, log);
    }
  }
}

/** Characters; a longer text is no command that somebody has copied. */
const longestCommand = 2_000_000;

function noticeText(notice: CurlNotice): string {
  const data = notice.kind === 'option' ? { option: notice.option } : {};
  return vscode.l10n.t(curlNoticeTexts[notice.kind], data);
}
