import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { HistoryEntry } from '../../core/history/historyEntry';
import type { SendSummary } from '../../core/http/summary';
import type { BodyForm } from '../../core/response/bodyView';
import type { EditView, WantedRequest } from '../../shared/editView';
import type { BodyFilter } from '../../core/response/bodyFilter';
import type { CompareWith, HistoryItem } from '../../shared/historyView';
import type { RunnerAction } from '../../shared/viewModel';
import type { CompareResponses } from '../compare/compareResponses';
import type { RequestEditing } from '../edit/requestEditing';
import type { History } from '../history/history';
import { pastRun, type PastRun } from '../history/pastRun';
import { contextKeys } from '../ids';
import { setContextKey } from '../platform/contextKey';
import { errorText } from '../platform/errorText';
import { showFailure } from '../platform/showFailure';
import { Throttled } from '../platform/throttled';
import { tickWalkthroughStep } from '../platform/walkthroughStep';
import type { BodySaver } from './bodySaver';
import { failureView } from './failureView';
import type { RequestContext, RequestSender } from './requestSender';
import type { ResponseDocuments } from './responseDocuments';
import { RunnerActions, type RunnerActionsDeps, type RunnerStage } from './runnerActions';
import type { RunnerHandlers } from './runnerHandlers';
import type { RestoredTarget, RunnerModels, RunnerTarget } from './runnerModels';
import { RunnerPanel } from './runnerPanel';
import { runWithout } from './presentOutcome';
import type { Progress } from './sendProgress';
import { runRequest, type RunHearing, type RunRequestDeps, type SendOptions } from './runRequest';
import type { Run } from './runStore';
import { SendsInFlight } from './sendsInFlight';

export interface RunnerControllerDeps extends RunRequestDeps, RunnerActionsDeps {
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

/** Milliseconds between two texts of what a send is busy with: thousands of rows would keep the runner redrawing. */
const notePause = 100;

/** Milliseconds without a key, after which the runner shows what was typed. */
const TYPING_PAUSE = 200;

/** Milliseconds between two drawings: sends may follow each other faster than anybody can look. */
const drawPause = 30;
const longestDrawPause = 240;

/** Milliseconds after which a send is shown as one, where a response of the same request is on show. */
const sendPatience = 40;

/** Milliseconds for which a request is taken to be where it was found. */
const locatedFor = 500;

/** Sends of a request that are listed in the runner. */
const MOST_HISTORY = 100;

/** Sends requests, keeps how they ended, and shows it in the runner. */
export class RunnerController implements RunnerHandlers, RunnerStage, vscode.Disposable {
  readonly #deps: RunnerControllerDeps;
  readonly #actions: RunnerActions;
  readonly #sends = new SendsInFlight();
  #target: RunnerTarget | undefined;
  /** An older send of the target that is shown instead of the latest. */
  #past: PastRun | undefined;
  #panel: RunnerPanel | undefined;
  #shown = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;
  readonly #drawing = new Throttled<void>(drawPause, () => this.#drawForAll(), longestDrawPause);
  /** Who waits for the next drawing. */
  #waiting: Waiting[] = [];
  #patience: ReturnType<typeof setTimeout> | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** The request of the send that has just ended, so that it need not be looked for to be drawn. */
  #located: RequestContext | undefined;

  constructor(deps: RunnerControllerDeps) {
    this.#deps = deps;
    this.#actions = new RunnerActions(deps, this);
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
    const target = { uri, name: context.entry.name, environment: options.environment };
    const controller = this.#begin(target);
    const key = keyOf(target);
    const isCurrent = (): boolean => this.#sends.isCurrent(key, controller);
    const locatedAt = performance.now();
    const keepLocated = (): void => {
      // A file may change during a send that takes its time.
      if (performance.now() - locatedAt < locatedFor) this.#located = context;
    };
    const going = this.#going(target, isCurrent);
    const hearing: RunHearing = {
      onProgress: (progress) => going.next(progress),
      onPrerequisite: (before, ended) => this.#keepPrerequisite(before, ended),
      onArriving: (arriving) => {
        if (!isCurrent()) return;
        keepLocated();
        this.#update(target, arriving);
      },
      onStream: (stream) => this.#sends.streams(key, controller, stream),
    };
    const { run, summary } = await runRequest(this.#deps, context, options, hearing, controller.signal);
    going.stop();
    this.#deps.history.record(context, run);
    // A newer send of the same request has taken over what is shown.
    if (isCurrent()) {
      keepLocated();
      this.#end(target, run);
    }
    return summary;
  }

  /** Shows a request in the runner without sending it. */
  async open(uri: vscode.Uri, name: string | undefined): Promise<void> {
    this.#aim({ uri, name: name ?? this.#target?.name, environment: undefined });
    this.#openPanel();
    await this.refresh();
  }

  /** Follows the cursor, when the runner is open. */
  async follow(uri: vscode.Uri, name: string): Promise<void> {
    if (!this.#panel || this.#target?.isPinned === true) return;
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
    this.#openPanel(panel);
    void this.#showAgain(target)
      .catch((error: unknown) => this.#deps.log.error('What was shown before could not be read', error))
      .then(() => this.refresh());
  }

  /** Shows what a send before the reload has come to, as it was kept; of one that was cut off, that it was. */
  async #showAgain(target: RestoredTarget | undefined): Promise<void> {
    const { history, pause, runs } = this.#deps;
    if (target?.name === undefined) return;
    const { uri, name } = target;
    if (target.wasSending) {
      runs.set(uri, name, interrupted());
      return;
    }
    const [latest] = await this.#sendsOf(uri, name);
    const record = latest && (await history.read(latest.id));
    const past = record && (await pastRun(record, pause));
    // It may have been sent meanwhile.
    if (this.#target === target && runs.get(uri, name).state.kind === 'idle') this.#past = past;
  }

  /** The user has chosen another environment: one that a send named counts no longer. */
  async useActiveEnvironment(): Promise<void> {
    this.#target = this.#target && { ...this.#target, environment: undefined };
    await this.refresh();
  }

  /** Draws the model anew: at once, or soon where it has just been drawn. Resolves when that is done. */
  refresh(): Promise<void> {
    if (!this.#panel) return Promise.resolve();
    clearTimeout(this.#patience);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#drawing.next();
    });
  }

  send(requestName: string): void {
    // In the environment that the runner shows, which need not be the active one.
    if (this.#target) void this.sendRequest(this.#target.uri, requestName, { environment: this.#target.environment });
  }

  cancel(): void {
    if (this.#target) this.#sends.cancel(keyOf(this.#target));
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

  async listHistory(): Promise<readonly HistoryItem[]> {
    const target = this.#target;
    const name = target?.name ?? (await this.context().catch(() => undefined))?.entry.name;
    const entries = target && name !== undefined ? await this.#sendsOf(target.uri, name) : [];
    const past = this.#past?.entry.id;
    const shownAt = this.#shownRun()?.exchange?.startedAt;
    return entries.slice(0, MOST_HISTORY).map(({ id, at, environment, outcome, duration, size }) => {
      const isShown = past === undefined ? at === shownAt : id === past;
      return { id, at, environment, outcome, duration, size, isShown };
    });
  }

  /** The newest first. */
  async #sendsOf(uri: vscode.Uri, name: string): Promise<readonly HistoryEntry[]> {
    const all = await this.#deps.history.list();
    return all.filter(({ file, request }) => file === uri.toString() && request === name);
  }

  openHistory(id: string): void {
    this.showPast(id).catch((error: unknown) => showFailure('Opening a send of the history', error, this.#deps.log));
  }

  /**
   * Shows a send of the history in the runner.
   * @throws LatchkeyError `history.gone`, `history.unreadable`
   */
  async showPast(id: string): Promise<void> {
    const record = await this.#deps.history.read(id);
    if (!record) throw new LatchkeyError('history.gone');
    const past = await pastRun(record, this.#deps.pause);
    if (!past) throw new LatchkeyError('history.unreadable');
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
    this.cancelAll();
    clearTimeout(this.#patience);
    clearTimeout(this.#telling);
    this.#drawing.stop();
    this.#panel?.dispose();
  }

  async #required(): Promise<RequestContext> {
    const context = await this.context();
    if (!context) throw new LatchkeyError('edit.notEditable', { name: this.#target?.name ?? '' });
    return context;
  }

  #isAt(target: NamedTarget): boolean {
    return !this.#past && this.#target !== undefined && keyOf(this.#target) === keyOf(target);
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
    const panel = new RunnerPanel({ ...this.#deps, handlers: this }, restored);
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#sends.stopStreams();
      this.#deps.runs.giveUpFiles();
    });
  }

  #begin(target: NamedTarget): AbortController {
    const controller = this.#sends.begin(keyOf(target));
    this.#tellSending();
    // The response on show stays for a moment: a fast send replaces it at once.
    const isShown =
      this.#panel?.isVisible === true && this.#shownRun()?.state.kind === 'response' && this.#isAt(target);
    this.#aim(target);
    const state = { kind: 'sending', startedAt: Date.now() } as const;
    this.#deps.runs.set(target.uri, target.name, runWithout(state));
    this.#openPanel();
    clearTimeout(this.#patience);
    if (isShown) this.#patience = setTimeout(() => void this.refresh(), sendPatience);
    else void this.refresh();
    return controller;
  }

  /** Says whether something is being sent, so that it can be cancelled: of what is over in a moment nobody is told. */
  #tellSending(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      setContextKey(contextKeys.sending, this.#sends.areAny);
    }, sendPatience);
  }

  #update(target: NamedTarget, run: Run): void {
    this.#deps.runs.set(target.uri, target.name, run);
    void this.refresh();
  }

  /**
   * Shows what a send is busy with, as long as no newer one has taken over. While it waits for the user's answer no
   * clock runs; with the answer it begins.
   */
  #going(target: NamedTarget, isCurrent: () => boolean): Throttled<Progress> {
    let startedAt = Date.now();
    let shown: Progress = { isAsking: false, note: undefined };
    return new Throttled(notePause, (now) => {
      if ((now.note === shown.note && now.isAsking === shown.isAsking) || !isCurrent()) return;
      if (shown.isAsking) startedAt = Date.now();
      shown = now;
      const clock = now.isAsking ? undefined : startedAt;
      this.#update(target, runWithout({ kind: 'sending', startedAt: clock, note: now.note }));
    });
  }

  /** What was sent before another request is its own latest send, unless it is just being sent by itself. */
  #keepPrerequisite(context: RequestContext, run: Run): void {
    const { uri, entry } = context;
    this.#deps.history.record(context, run);
    const isBusy = this.#sends.has(keyOf({ uri, name: entry.name, environment: undefined }));
    if (!isBusy) this.#deps.runs.set(uri, entry.name, run);
  }

  #end(target: NamedTarget, run: Run): void {
    this.#sends.end(keyOf(target));
    this.#tellSending();
    setContextKey(contextKeys.hasSent, true);
    tickWalkthroughStep('playground');
    this.#update(target, run);
    // The runner was closed while it was on its way.
    if (!this.#panel) this.#deps.runs.giveUpFiles();
    void this.#nameHosts(target, run);
  }

  /** Says at which hosts the API asks to sign in, once the API has said so. */
  async #nameHosts({ uri, name }: NamedTarget, run: Run): Promise<void> {
    const named = await this.#deps.offers.withHosts(run);
    if (!named || this.#deps.runs.get(uri, name) !== run) return;
    this.#deps.runs.set(uri, name, named);
    await this.refresh();
  }

  #drawForAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#draw().then(
      () => waiting.forEach(({ resolve }) => resolve()),
      (error: unknown) => waiting.forEach(({ reject }) => reject(error)),
    );
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
    const run = this.#shownRun();
    panel.show(model, run?.body, run?.exchange);
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

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

type NamedTarget = RunnerTarget & { readonly name: string };

function keyOf({ uri, name }: RunnerTarget): string {
  return `${uri.toString()} ${name ?? ''}`;
}
