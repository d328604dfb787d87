import * as vscode from 'vscode';
import {
  importedFilesInSteps,
  type ImportedFiles,
  type ImportSurroundings,
} from '../../core/import/draft/importedFiles';
import type { ImportedCollection } from '../../core/import/importModel';
import { readImport } from '../../core/import/readImport';
import { mentionedSecrets } from '../../core/curl/mentionedSecrets';
import type { DraftSecret } from '../../core/curl/requestDraft';
import type { SecretVault } from '../../core/session/secretVault';
import { folderFor } from '../commands/newRequestFile';
import type { Confirm } from '../platform/confirm';
import { safeNotification } from '../platform/errorText';
import { folderPath } from '../platform/folderPath';
import { runInSlices } from '../platform/runInSlices';
import { trustedFolder, type Project, type ProjectFiles } from '../requests/projectFiles';
import type { ImportNotes } from './importNotes';
import { importSources } from './importSources';
import { writeImport } from './importWriter';

export interface ImportDeps {
  readonly projects: Pick<ProjectFiles, 'nearest'>;
  readonly secrets: Pick<SecretVault, 'list' | 'keep'>;
  readonly confirm: Confirm;
  readonly notes: Pick<ImportNotes, 'show'>;
  /** Asks which parts are wanted; `undefined` when the user wants none. */
  readonly choose: (
    collection: ImportedCollection,
    formats: readonly string[],
  ) => Promise<ImportedCollection | undefined>;
}

/** `latchkey.import(file?, files?)`: makes request files of what other tools have written. */
export class ImportCommand {
  readonly #deps: ImportDeps;

  constructor(deps: ImportDeps) {
    this.#deps = deps;
  }

  /**
   * Asks for the files unless they are given, for the parts that are wanted, writes new request files and shows the
   * first of them.
   * @throws LatchkeyError `import.*`, `workspace.*`; nothing was written then.
   */
  async run(file: unknown, files: unknown): Promise<void> {
    const t = vscode.l10n.t;
    const uris = given(file, files) ?? (await askFiles());
    const [first] = uris ?? [];
    if (!uris || !first) return;
    const read = await withProgress(t('Reading what is to be imported'), async (signal) =>
      readImport(await importSources(uris, signal)),
    );
    const chosen = await this.#deps.choose(read.collection, read.formats);
    if (!chosen) return;
    const folder = await targetFolder(first);
    if (!folder) return;
    const project = await this.#deps.projects.nearest(vscode.Uri.joinPath(folder, 'import.http.yaml'));
    const surroundings = await this.#surroundings(project);
    const made = await withProgress(t('Making request files'), async (signal) =>
      runInSlices(importedFilesInSteps(chosen, surroundings), () => signal.aborted),
    );
    if (!made) return;
    const written = await writeImport(made, folder, project?.uri, chosen.name);
    const [shown = project?.uri ?? vscode.Uri.joinPath(folder, 'latchkey.yaml')] = written;
    await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.One });
    await this.#offerToKeep(made.secrets, trustedFolder(shown));
    // Not waited for: the files are there, and the notification may stay as long as it likes.
    void this.#tell(chosen, made);
  }

  async #surroundings(project: Project | undefined): Promise<ImportSurroundings> {
    const stored = await this.#deps.secrets.list().catch(() => []);
    const text = project ? (await vscode.workspace.openTextDocument(project.uri)).getText() : '';
    const { connections, environments, variables, defaults } = project?.file ?? {};
    const inEnvironments = [...(environments?.values() ?? [])].flatMap((each) => [...each.variables.keys()]);
    const { auth } = defaults ?? {};
    return {
      secretNames: [...stored.map(({ name }) => name), ...mentionedSecrets(text)],
      inheritsAuth: auth !== undefined && auth !== null && auth.kind !== 'none',
      project: {
        connections: [...(connections?.keys() ?? [])],
        environments: [...(environments?.keys() ?? [])],
        variables: new Set([...(variables?.keys() ?? []), ...inEnvironments]),
      },
    };
  }

  async #offerToKeep(secrets: readonly DraftSecret[], folder: string): Promise<void> {
    // What an untrusted folder names is not kept for it.
    if (secrets.length === 0 || !vscode.workspace.isTrusted) return;
    const names = secrets.map(({ name }) => `\${secret:${name}}`);
    const shown = names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES).join(', ')}, …` : names.join(', ');
    const agreed = await this.#deps.confirm({
      message:
        secrets.length === 1
          ? vscode.l10n.t('Keep the secret of the import in SecretStorage?')
          : vscode.l10n.t('Keep {0} secrets of the import in SecretStorage?', secrets.length),
      detail: vscode.l10n.t(
        'The requests name what was taken out as {0}. Kept for the folder {1}, it is there when they are sent; otherwise you are asked for it then. The imported file still has it: keep that out of the repository.',
        shown,
        folderPath(folder),
      ),
      button: vscode.l10n.t('Keep'),
    });
    if (agreed) for (const { name, value } of secrets) await this.#deps.secrets.keep({ folder, name }, value);
  }

  async #tell({ name, requests }: ImportedCollection, { files, notes }: ImportedFiles): Promise<void> {
    const t = vscode.l10n.t;
    const came =
      requests.length === 1
        ? t('Imported 1 request from {0}.', name)
        : files.length === 1
          ? t('Imported {0} requests from {1}.', requests.length, name)
          : t('Imported {0} requests from {1}, in {2} files.', requests.length, name, files.length);
    const left =
      notes.length === 0
        ? ''
        : ` ${notes.length === 1 ? t('1 thing did not come in as it was.') : t('{0} things did not come in as they were.', notes.length)}`;
    const show = t('Show Notes');
    const buttons = notes.length > 0 ? [show] : [];
    const chosen = await vscode.window.showInformationMessage(safeNotification(came + left), ...buttons);
    if (chosen === show) await this.#deps.notes.show(name, notes);
  }
}

/** Names of secrets in one question. */
const MOST_NAMES = 15;

/** The files that the explorer names: the one of the menu, and all that are selected. */
function given(file: unknown, files: unknown): readonly vscode.Uri[] | undefined {
  const selected = Array.isArray(files) ? files.filter((each): each is vscode.Uri => each instanceof vscode.Uri) : [];
  if (selected.length > 0) return selected;
  return file instanceof vscode.Uri ? [file] : undefined;
}

async function askFiles(): Promise<readonly vscode.Uri[] | undefined> {
  const t = vscode.l10n.t;
  return vscode.window.showOpenDialog({
    title: t('Import: Postman, Insomnia, OpenCollection (Bruno), .http files, HAR'),
    openLabel: t('Import'),
    canSelectMany: true,
    filters: { [t('Collections')]: ['json', 'yaml', 'yml', 'http', 'rest', 'har'], [t('All files')]: ['*'] },
  });
}

/** Beside the imported file where that is in the workspace, else where a new request file would go. */
async function targetFolder(file: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (vscode.workspace.getWorkspaceFolder(file)) return vscode.Uri.joinPath(file, '..');
  return folderFor(vscode.window.activeTextEditor?.document.uri);
}

/** Shows that something is going on, with a button that cancels it, once it takes a while. */
async function withProgress<T>(title: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const work = task(controller.signal);
  const options = {
    ...{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
  };
  const timer = setTimeout(() => {
    void vscode.window.withProgress(options, async (_progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      // Whoever waits for the work hears of its failure.
      await work.catch(() => undefined);
    });
  }, quietMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

const quietMs = 400;
