import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { SendSummary } from '../../core/http/summary';
import type { BodyForm } from '../../core/response/bodyView';
import type { EditView, WantedRequest } from '../../shared/editView';
import type { BodyFilter } from '../../core/response/bodyFilter';
import type { CompareWith, HistoryItem } from '../../shared/historyView';
import { requestKey } from '../../shared/typedView';
import type { RunnerAction, RunnerModel } from '../../shared/viewModel';
import type { CompareResponses } from '../compare/compareResponses';
import type { RequestEditing } from '../edit/requestEditing';
import type { History } from '../history/history';
import type { PastRun } from '../history/pastRun';
import { RequestHistory } from '../history/requestHistory';
import { errorText } from '../platform/errorText';
import { showFailure } from '../platform/showFailure';
import type { BodySaver } from './bodySaver';
import { failureView } from './failureView';
import type { RequestContext, RequestSender } from './requestSender';
import type { ResponseDocuments } from './responseDocuments';
import { RunnerActions, type RunnerActionsDeps, type RunnerStage } from './runnerActions';
import type { RunnerHandlers } from './runnerHandlers';
import { RunnerDrawing } from './runnerDrawing';
import { RequestNames } from './requestNames';
import type { RunnerModels } from './runnerModels';
import { RunnerPanel } from './runnerPanel';
import { RunnerSends, type RunnerSendsDeps } from './runnerSends';
import { keyOf, type NamedTarget, type RestoredTarget, type RunnerTarget } from './runnerTarget';
import { runWithout } from './presentOutcome';
import type { SendOptions } from './runRequest';
import type { Run } from './runStore';
import { TypedTexts } from './typedTexts';

export interface RunnerControllerDeps extends RunnerSendsDeps, RunnerActionsDeps {
  readonly extensionUri: vscode.Uri;
  readonly sender: RequestSender;
  readonly models: RunnerModels;
  readonly documents: ResponseDocuments;
  readonly history: Pick<History, 'record' | 'list' | 'read'>;
  readonly compare: CompareResponses;
  readonly editing: RequestEditing;
  readonly saver: BodySaver;
  readonly filter: BodyFilter;
}

/** Milliseconds without a key, after which the runner shows what was typed. */
const TYPING_PAUSE = 200;

/** Sends requests, keeps how they ended, and shows it in the runner. */
export class RunnerController implements RunnerHandlers, RunnerStage, vscode.Disposable {
  readonly #deps: RunnerControllerDeps;
  readonly #actions: RunnerActions;
  readonly #sends: RunnerSends;
  readonly #history: RequestHistory;
  readonly #drawing = new RunnerDrawing(() => this.#draw());
  readonly #typed = new TypedTexts();
  readonly #names = new RequestNames();
  #target: RunnerTarget | undefined;
  /** An older send of the target that is shown instead of the latest. */
  #past: PastRun | undefined;
  #panel: RunnerPanel | undefined;
  #shown = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;
  /** The request of the send that has just ended, so that it need not be looked for to be drawn. */
  #located: RequestContext | undefined;

  constructor(deps: RunnerControllerDeps) {
    this.#deps = deps;
    this.#actions = new RunnerActions(deps, this);
    this.#history = new RequestHistory(deps.history, deps.pause);
    this.#sends = new RunnerSends(deps, {
      showsResponseOf: (target) => this.#showsResponseOf(target),
      show: (target, patience) => this.#showSend(target, patience),
      changed: (located) => {
        this.#located = located ?? this.#located;
        return this.refresh();
      },
      ended: () => {
        // The runner was closed while it was on its way.
        if (!this.#panel) deps.runs.giveUpFiles();
      },
    });
  }

  /** The request that the runner shows. */
  get target(): RunnerTarget | undefined {
    return this.#target;
  }

  async context(): Promise<RequestContext | undefined> {
    const target = this.#target;
    return target && this.#deps.sender.locate(target.uri, target.name, target.environment);
  }

  /** Sends a request, shows it in the runner, and resolves to its summary. Never rejects for what a user can cause. */
  async sendRequest(uri: vscode.Uri, name: string | undefined, options: SendOptions = {}): Promise<SendSummary> {
    let context: RequestContext;
    try {
      context = await this.#deps.sender.locate(uri, name, options.environment);
    } catch (error) {
      return this.#notFound(error);
    }
    return this.#sends.send(context, options);
  }

  /** Shows a request in the runner without sending it. */
  async open(uri: vscode.Uri, name: string | undefined): Promise<void> {
    this.#aim({ uri, name: name ?? this.#target?.name, environment: undefined });
    this.#openPanel();
    await this.refresh();
  }

  /** Follows the cursor, when the runner is open; not while the request is edited in it, which would be lost. */
  async follow(uri: vscode.Uri, name: string): Promise<void> {
    if (!this.#panel || this.#panel.isEditing || this.#target?.isPinned === true) return;
    if (this.#target?.uri.toString() === uri.toString() && this.#target.name === name) return;
    this.#aim({ uri, name, environment: undefined });
    await this.refresh();
  }

  /**
   * Takes over a panel that VS Code restores after a reload. Returns at once: until then VS Code holds back the rest
   * of its window.
   */
  restore(panel: vscode.WebviewPanel, target: RestoredTarget | undefined): void {
    // A tab that was hidden since the reload is restored when it is selected; there may be another runner by then.
    if (this.#panel) {
      panel.dispose();
      this.#panel.reveal();
      return;
    }
    this.#target = target;
    this.#past = undefined;
    this.#openPanel(panel);
    void this.#showAgain(target)
      .catch((error: unknown) => this.#deps.log.error('What was shown before could not be read', error))
      .then(() => this.refresh());
  }

  /** Shows the latest send of before the reload, as it was kept; of one that was cut off, that it was. */
  async #showAgain(target: RestoredTarget | undefined): Promise<void> {
    const { runs } = this.#deps;
    if (target?.name === undefined) return;
    const { uri, name, sendingSince } = target;
    const latest = await this.#history.latest(uri, name, sendingSince);
    // It may have been sent meanwhile.
    if (this.#target !== target || runs.get(uri, name).state.kind !== 'idle') return;
    if (latest === 'cutOff') runs.set(uri, name, interrupted());
    else this.#past = latest;
  }

  /** The user has chosen another environment: one that a send named counts no longer. */
  async useActiveEnvironment(): Promise<void> {
    this.#target = this.#target && { ...this.#target, environment: undefined };
    await this.refresh();
  }

  /** Draws the model anew: at once, or soon where it has just been drawn. Resolves when that is done. */
  refresh(): Promise<void> {
    if (!this.#panel) return Promise.resolve();
    return this.#drawing.next();
  }

  send(requestName: string): void {
    // In the environment that the runner shows, which need not be the active one.
    if (this.#target) void this.sendRequest(this.#target.uri, requestName, { environment: this.#target.environment });
  }

  cancel(): void {
    if (this.#target) this.#sends.cancel(this.#target);
  }

  /** Cancels whatever is being sent, shown or not. */
  cancelAll(): void {
    this.#sends.cancelAll();
  }

  selectRequest(requestName: string): void {
    if (!this.#target) return;
    this.#aim({ ...this.#target, name: requestName });
    void this.refresh();
  }

  pin(isPinned: boolean): void {
    this.#target = this.#target && { ...this.#target, isPinned };
    void this.refresh();
  }

  act(action: Exclude<RunnerAction, 'retry'>): void {
    this.#actions
      .act(action)
      .catch((error: unknown) => showFailure(`The runner's action ${action}`, error, this.#deps.log));
  }

  openBodyInEditor(form: BodyForm): void {
    const { documents, log } = this.#deps;
    const body = this.#shownRun()?.body;
    if (!body) return;
    const name = this.#target?.name ?? '';
    documents.open(body, form, name).catch((error: unknown) => showFailure('Opening the body', error, log));
  }

  openCell(bodyId: string, row: number, cell: number, text: string): void {
    const { documents, log } = this.#deps;
    const title = vscode.l10n.t('Row {row}, column {column}', { row: row + 1, column: cell + 1 });
    documents
      .openText(`${bodyId}.${row}.${cell}`, title, text)
      .catch((error: unknown) => showFailure('Opening a cell', error, log));
  }

  async listHistory(): Promise<readonly HistoryItem[]> {
    const target = this.#target;
    const name = target?.name ?? (await this.context().catch(() => undefined))?.entry.name;
    if (!target || name === undefined) return [];
    const past = this.#past?.entry.id;
    const shownAt = this.#shownRun()?.exchange?.startedAt;
    return this.#history.items(target.uri, name, ({ id, at }) => (past === undefined ? at === shownAt : id === past));
  }

  openHistory(id: string): void {
    this.showPast(id).catch((error: unknown) => showFailure('Opening a send of the history', error, this.#deps.log));
  }

  /**
   * Shows a send of the history in the runner.
   * @throws LatchkeyError `history.gone`, `history.unreadable`
   */
  async showPast(id: string): Promise<void> {
    const past = await this.#history.read(id);
    const { file, request: name, at } = past.entry;
    const uri = vscode.Uri.parse(file);
    this.#aim({ uri, name, environment: undefined });
    // The latest is here as it came, and not as it was kept.
    if (this.#deps.runs.get(uri, name).exchange?.startedAt !== at) this.#past = past;
    this.#openPanel();
    await this.refresh();
  }

  showLatest(): void {
    this.#past = undefined;
    void this.refresh();
  }

  compare(wanted: CompareWith): void {
    const { compare, log } = this.#deps;
    const { uri, name, environment } = this.#target ?? {};
    if (!uri || name === undefined) return;
    compare
      .compare({ uri, name, environment, past: this.#past }, wanted)
      .catch((error: unknown) => showFailure('Comparing responses', error, log));
  }

  saveBody(): void {
    const { state, body } = this.#shownRun() ?? {};
    if (state?.kind === 'response' && body) void this.#deps.saver.save(state.exchange, body);
  }

  async readWritten(): Promise<EditView> {
    const { uri, entry } = await this.#required();
    return this.#deps.editing.read(uri, entry.name);
  }

  async applyEdit(base: string, wanted: WantedRequest): Promise<void> {
    const { uri, entry } = await this.#required();
    await this.#deps.editing.apply(uri, entry.name, base, wanted);
    await this.refresh();
  }

  /** Draws anew what comes from a file that was typed in, once the typing rests. */
  documentChanged(uri: vscode.Uri): void {
    if (!this.#panel || this.#target?.uri.toString() !== uri.toString()) return;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      void this.refresh();
      this.#panel?.writtenChanged();
    }, TYPING_PAUSE);
  }

  dispose(): void {
    clearTimeout(this.#typing);
    this.#sends.dispose();
    this.#drawing.stop();
    this.#panel?.dispose();
  }

  async #required(): Promise<RequestContext> {
    const context = await this.context();
    if (!context) throw new LatchkeyError('edit.notEditable', { name: this.#target?.name ?? '' });
    return context;
  }

  #showsResponseOf(target: NamedTarget): boolean {
    if (this.#panel?.isVisible !== true || this.#past || this.#shownRun()?.state.kind !== 'response') return false;
    return this.#target !== undefined && keyOf(this.#target) === keyOf(target);
  }

  /** Shows a send that begins; what is on show stays for `patience` milliseconds. */
  #showSend(target: NamedTarget, patience: number): void {
    this.#aim(target);
    this.#openPanel();
    if (patience > 0) this.#drawing.later(patience);
    else void this.refresh();
  }

  /** Shows the latest send of another request, or of the same one. */
  #aim(target: RunnerTarget): void {
    this.#target = { ...target, isPinned: this.#target?.isPinned };
    this.#past = undefined;
  }

  #openPanel(restored?: vscode.WebviewPanel): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const panel = new RunnerPanel({ ...this.#deps, handlers: this, typed: this.#typed }, restored);
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#sends.stopStreams();
      this.#deps.runs.giveUpFiles();
    });
  }

  /** What was drawn meanwhile for something newer stays. */
  async #draw(): Promise<void> {
    const panel = this.#panel;
    if (!panel) return;
    const drawing = ++this.#shown;
    const located = this.#located;
    this.#located = undefined;
    const model = await this.#deps.models.build(this.#target, this.#past, located);
    if (drawing !== this.#shown || panel !== this.#panel) return;
    if (this.#followName(model)) return this.#draw();
    const run = this.#shownRun();
    panel.show(model, run?.body, run?.exchange);
  }

  /** A request that got another name in its file stays on show, with its response and what was typed for it. */
  #followName({ file, requests }: RunnerModel): boolean {
    const target = this.#target;
    const names = requests.map(({ name }) => name);
    const renamed = target && !this.#past && this.#names.renamed(target.uri.toString(), target.name, names);
    if (!renamed) return false;
    const key = (name: string): string => requestKey(file, name);
    this.#typed.move(key(renamed.from), key(renamed.to));
    this.#deps.runs.move(target.uri, renamed.from, renamed.to);
    this.#target = { ...target, name: renamed.to };
    return true;
  }

  #shownRun(): Run | undefined {
    if (this.#past) return this.#past.run;
    const target = this.#target;
    return target?.name === undefined ? undefined : this.#deps.runs.get(target.uri, target.name);
  }

  #notFound(error: unknown): SendSummary {
    const { code, message } = errorText(error);
    showFailure('Finding the request', error, this.#deps.log);
    return { ok: false, error: { code, message } };
  }
}

function interrupted(): Run {
  const failure = failureView(new LatchkeyError('run.interrupted'));
  return runWithout({ kind: 'failure', failure, sent: undefined });
}
