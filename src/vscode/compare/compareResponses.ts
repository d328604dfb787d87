import * as vscode from 'vscode';
import { comparableTexts } from '../../core/compare/comparableTexts';
import { LatchkeyError } from '../../core/errors';
import type { HistoryEntry } from '../../core/history/historyEntry';
import type { CompareWith } from '../../shared/historyView';
import type { History } from '../history/history';
import type { PastRun } from '../history/pastRun';
import { readSetting } from '../platform/settings';
import type { RequestSender } from '../runner/requestSender';
import type { RunStore } from '../runner/runStore';
import { comparedEntry, comparedFile, comparedRun, type ComparedResponse } from './comparedResponse';
import type { ComparisonDocuments } from './comparisonDocuments';
import { pickCompared, type Compared, type CompareChoices } from './comparePicks';

export interface CompareDeps {
  readonly history: Pick<History, 'list' | 'read'>;
  readonly runs: Pick<RunStore, 'get'>;
  readonly sender: Pick<RequestSender, 'locate'>;
  readonly documents: ComparisonDocuments;
  /** Sends as the runner does; with its questions. */
  readonly send: (
    uri: vscode.Uri,
    name: string,
    options: { readonly environment: string | undefined },
  ) => Promise<unknown>;
  readonly pause: () => Promise<void>;
}

/** The response that is compared with another one. */
export interface CompareSubject {
  readonly uri: vscode.Uri;
  readonly name: string;
  /** The environment that the runner shows; `undefined`: the active one. */
  readonly environment: string | undefined;
  /** An older send, where it is about that and not about the latest. */
  readonly past?: PastRun | undefined;
}

/** Compares responses in the editor's own diff. */
export class CompareResponses {
  readonly #deps: CompareDeps;

  constructor(deps: CompareDeps) {
    this.#deps = deps;
  }

  /**
   * Opens the diff of the subject's response and another one, the older on the left.
   * @throws LatchkeyError why there is nothing to compare.
   */
  async compare(subject: CompareSubject, wanted: CompareWith | Compared): Promise<void> {
    const all = await this.#deps.history.list();
    const own = all.filter(({ file, request }) => file === subject.uri.toString() && request === subject.name);
    const shown = await this.#shown(subject, own);
    const compared = await this.#choose(subject, shown, all, wanted);
    if (!compared) return;
    const other = await this.#other(subject, compared);
    if (!other) return;
    const isNewer = compared.kind === 'environment' || (compared.kind === 'entry' && (other.at ?? 0) > (shown.at ?? 0));
    await this.#show(subject.name, isNewer ? [shown, other] : [other, shown]);
  }

  async #show(name: string, sides: readonly [ComparedResponse, ComparedResponse]): Promise<void> {
    const { pause, documents } = this.#deps;
    const texts = await comparableTexts(...sides, { sortKeys: readSetting('compare.sortKeys'), pause });
    await documents.show(name, sides, texts);
    if (texts.isCut) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Only the beginnings of these responses are compared: of older ones no more is kept.'),
      );
    } else if (texts.before === texts.after) {
      void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Both bodies are the same'), 8000);
    }
  }

  /** What is shown: an older send, the latest of this window, else the latest of the history. */
  async #shown(
    { uri, name, environment, past }: CompareSubject,
    own: readonly HistoryEntry[],
  ): Promise<ComparedResponse> {
    const { runs, history } = this.#deps;
    if (past)
      return { ...(await comparedRun(name, past.run, past.entry.environment)), at: past.entry.at, isKept: true };
    const run = runs.get(uri, name);
    if (run.state.kind === 'response') {
      // The active environment may be another one by now.
      const entry = own.find(({ at }) => at === run.exchange?.startedAt);
      return comparedRun(name, run, entry ? entry.environment : environment);
    }
    const latest = own.find(({ outcome }) => outcome.kind === 'response');
    const record = latest && (await history.read(latest.id));
    if (!record) throw new LatchkeyError('compare.nothing', { name });
    return comparedEntry(record);
  }

  async #choose(
    subject: CompareSubject,
    shown: ComparedResponse,
    all: readonly HistoryEntry[],
    wanted: CompareWith | Compared,
  ): Promise<Compared | undefined> {
    if (wanted.kind !== 'previous' && wanted.kind !== 'ask') return wanted;
    const { uri, name } = subject;
    const isOwn = ({ file, request }: HistoryEntry): boolean => file === uri.toString() && request === name;
    const responses = all.filter(({ outcome }) => outcome.kind === 'response');
    const before = shown.at ?? Number.POSITIVE_INFINITY;
    const previous = responses.filter((entry) => isOwn(entry) && entry.at < before);
    if (wanted.kind === 'ask') {
      const others = responses.filter((entry) => !isOwn(entry));
      return pickCompared(name, {
        previous,
        others,
        environments: await this.#environmentsBut(shown.environment, subject),
      });
    }
    const [latest] = previous;
    if (!latest) throw new LatchkeyError('compare.onlyOne', { name });
    return { kind: 'entry', id: latest.id };
  }

  async #other({ uri, name }: CompareSubject, compared: Compared): Promise<ComparedResponse | undefined> {
    const { history, send, runs } = this.#deps;
    switch (compared.kind) {
      case 'entry': {
        const record = await history.read(compared.id);
        if (!record) throw new LatchkeyError('history.gone');
        return comparedEntry(record);
      }
      case 'environment': {
        await send(uri, name, { environment: compared.name });
        const run = runs.get(uri, name);
        // What went wrong is told in the runner.
        return run.state.kind === 'response' ? comparedRun(name, run, compared.name) : undefined;
      }
      case 'file':
        return comparedFile(compared.uri);
    }
  }

  async #environmentsBut(
    current: string | undefined,
    { uri, name }: CompareSubject,
  ): Promise<CompareChoices['environments']> {
    const context = await this.#deps.sender.locate(uri, name).catch(() => undefined);
    return [...(context?.project?.file.environments.keys() ?? [])].filter((each) => each !== current);
  }
}
