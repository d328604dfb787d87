import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { Clock, Log } from '../../core/ports';
import { failureOf, type SiteOutcome } from '../../core/run/outcome';
import {
  faultyFileResult,
  sendAllResult,
  sendAllSummary,
  type SendAllResult,
  type SendAllSummary,
} from '../../core/run/sendAllSummary';
import type { Site } from '../../core/run/site';
import { errorText } from '../platform/errorText';
import { isCancelled } from '../platform/isCancelled';
import { showFailure } from '../platform/showFailure';
import type { History } from '../history/history';
import { isRequestFile } from '../requests/requestFileNames';
import { presentOutcome, type PresentDeps } from '../runner/presentOutcome';
import type { RequestSender, SendResult } from '../runner/requestSender';
import type { RunStore } from '../runner/runStore';
import { noRequestError, problemOfFile } from './faultyFile';
import { contextOf, type FileContext } from './filePlaces';
import { reasonText } from './reasonText';
import type { ResultsDocuments } from './resultsDocuments';
import type { RunService } from './runService';

export interface SendAllDeps extends PresentDeps {
  readonly engine: RunService;
  readonly sender: RequestSender;
  readonly runs: RunStore;
  readonly history: Pick<History, 'record'>;
  readonly results: ResultsDocuments;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** What all requests are sent of. */
interface Target {
  readonly uri: vscode.Uri;
  readonly label: string;
  readonly files: readonly FileContext[];
  readonly faulty: readonly FaultyFile[];
  /** Instead of the active one. */
  readonly environment: string | undefined;
}

/** A file of which nothing can be sent, and why, in a sentence. */
interface FaultyFile {
  readonly uri: vscode.Uri;
  readonly problem: string;
}

/** Sends all requests of a file or a folder, and shows how each ended. */
export class SendAll {
  readonly #deps: SendAllDeps;
  readonly #running = new Set<AbortController>();

  constructor(deps: SendAllDeps) {
    this.#deps = deps;
  }

  /**
   * `latchkey.sendAll(uri?)`; without a URI the file in the active editor. Never rejects for what a user can cause.
   * @param environment instead of the active one.
   */
  async run(uri: unknown, environment?: string): Promise<SendAllSummary> {
    const controller = new AbortController();
    this.#running.add(controller);
    try {
      const target = await this.#target(uri, environment);
      return await this.#send(target, controller);
    } catch (error) {
      if (!isCancelled(error)) showFailure('Send all', error, this.#deps.log);
      return { ...sendAllSummary([], 0), ok: false, error: codeOf(error) };
    } finally {
      this.#running.delete(controller);
    }
  }

  cancel(): void {
    for (const controller of this.#running) controller.abort();
  }

  async #send(
    { uri, label, files, faulty, environment: wanted }: Target,
    controller: AbortController,
  ): Promise<SendAllSummary> {
    const { engine, results: documents, clock } = this.#deps;
    const total = files.reduce((sum, { file }) => sum + file.requests.length, 0);
    const title = vscode.l10n.t('Sending all of {0}', label);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const results: SendAllResult[] = [];
    const seen = new Map<string, vscode.Uri>();
    let begin: number | undefined;
    await vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      const listener = {
        onProgress: ({ site, row }: { readonly site: Site; readonly row: number | undefined }): void => {
          // Not while somebody is asked before the first one.
          begin ??= clock.now();
          const at = vscode.l10n.t(
            '{0} of {1} · {2}',
            results.length + 1,
            Math.max(total, results.length + 1),
            site.entry.name,
          );
          progress.report({ message: row === undefined ? at : `${at} · ${vscode.l10n.t('row {0}', row)}` });
        },
        onEnd: async (site: Site, outcome: SiteOutcome<SendResult>): Promise<void> => {
          seen.set(site.place.label, contextOf(site).uri);
          results.push(await this.#ended(site, outcome));
          progress.report({ increment: 100 / Math.max(1, total) });
        },
      };
      await engine.sendAll(files, wanted, listener, controller.signal);
    });
    for (const { uri: place, problem } of faulty) {
      const name = vscode.workspace.asRelativePath(place);
      seen.set(name, place);
      results.push(faultyFileResult(name, problem));
    }
    const end = clock.now();
    const summary = sendAllSummary(results, end - (begin ?? end));
    const environment = files[0]?.environment;
    await documents.show(uri, { label, environment, summary }, seen);
    return summary;
  }

  /** Keeps the response for the runner, and what is told of it. */
  async #ended(site: Site, outcome: SiteOutcome<SendResult>): Promise<SendAllResult> {
    const failure = failureOf(outcome);
    const context = contextOf(site);
    const { uri, entry } = context;
    // What was not sent leaves the latest response as it is.
    if (outcome.kind === 'sent' || outcome.kind === 'failed') {
      const { run } = await presentOutcome(this.#deps, outcome, [], {});
      this.#deps.history.record(context, run);
      this.#deps.runs.setUnlessGoing(uri, entry.name, run);
    }
    return sendAllResult(site, outcome, failure && reasonText(failure));
  }

  async #target(uri: unknown, environment: string | undefined): Promise<Target> {
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    const active = vscode.window.activeTextEditor?.document.uri;
    const wanted = uri instanceof vscode.Uri ? uri : active;
    if (!wanted) throw new LatchkeyError('workspace.notARequestFile', { file: vscode.l10n.t('The active editor') });
    const label = vscode.workspace.asRelativePath(wanted);
    const uris = isRequestFile(wanted) ? [wanted] : await requestFilesIn(wanted);
    const opened = await Promise.all(uris.map((each) => this.#open(each, environment)));
    const files = opened.flatMap((each) => (each instanceof LatchkeyError ? [] : [each]));
    if (files.every(({ file }) => file.requests.length === 0)) {
      const unopened = opened.find((each) => each instanceof LatchkeyError);
      if (unopened) throw unopened;
      const faulty = files.find(({ file }) => problemOfFile(file) !== undefined);
      if (faulty) throw noRequestError(vscode.workspace.asRelativePath(faulty.uri), faulty.file);
      throw new LatchkeyError('workspace.noRequest', { file: label });
    }
    if (environment !== undefined && files.every((file) => file.environment !== environment)) {
      throw new LatchkeyError('workspace.unknownEnvironment', { name: environment });
    }
    const faulty = uris.flatMap((each, index): readonly FaultyFile[] => {
      const found = opened[index];
      const problem = found instanceof LatchkeyError ? errorText(found).message : found && problemOfFile(found.file);
      return problem === undefined ? [] : [{ uri: each, problem }];
    });
    return { uri: wanted, label, files, faulty, environment };
  }

  /** One file that cannot be opened keeps none of the others from being sent. */
  async #open(uri: vscode.Uri, environment: string | undefined): Promise<FileContext | LatchkeyError> {
    try {
      return await this.#deps.sender.fileAt(uri, environment);
    } catch (error) {
      if (error instanceof LatchkeyError) return error;
      throw error;
    }
  }
}

/** The request files of a folder and those below it, by path. */
async function requestFilesIn(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const stat = await Promise.resolve(vscode.workspace.fs.stat(folder)).catch(() => undefined);
  if (stat?.type !== vscode.FileType.Directory) {
    throw new LatchkeyError('workspace.notARequestFile', { file: vscode.workspace.asRelativePath(folder) });
  }
  const pattern = new vscode.RelativePattern(folder, '**/*.http.{yaml,yml}');
  const uris = await vscode.workspace.findFiles(pattern, '**/node_modules/**');
  return uris.toSorted((a, b) => a.path.localeCompare(b.path));
}

function codeOf(error: unknown): { readonly code: string; readonly message: string } {
  if (isCancelled(error)) return { code: 'cancelled', message: vscode.l10n.t('Nothing was sent: it was cancelled.') };
  const { code, message } = errorText(error);
  return { code, message };
}
