import * as vscode from 'vscode';
import type { ExpectationResult } from '../../core/http/expectations';
import type { SendSummary } from '../../core/http/summary';
import { summarise } from '../../core/http/summary';
import type { Exchange } from '../../core/http/exchange';
import { withoutOffer, type StepUp } from '../../core/http/stepUp';
import type { BodyForm } from '../../core/response/bodyView';
import { openBodyView } from '../../core/response/openBodyView';
import type { Log } from '../../core/ports';
import { assertNever } from '../../core/assertNever';
import type { ExpectationView, ResponseNotice, RunnerAction, RunState } from '../../shared/viewModel';
import type { SignInCommands } from '../commands/signInCommands';
import { commands, contextKeys } from '../ids';
import { setContextKey } from '../platform/contextKey';
import { errorText } from '../platform/errorText';
import { showFailure } from '../platform/showFailure';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import type { ApiOffers } from './apiOffers';
import { failureView } from './failureView';
import { presentExchange } from './presentExchange';
import { noticeOf, responseOffer, signInRequired, type ResponseOffer } from './responseOffer';
import { presentSent } from './presentSent';
import { isCancelled } from '../platform/isCancelled';
import type { RequestContext, RequestSender, SendResult } from './requestSender';
import type { ResponseDocuments } from './responseDocuments';
import type { RunnerHandlers } from './runnerHandlers';
import type { RunnerModels, RunnerTarget } from './runnerModels';
import { RunnerPanel } from './runnerPanel';
import type { Run, RunStore } from './runStore';
import { stepUpNotice } from './stepUpNotice';

export interface RunnerControllerDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly sender: RequestSender;
  readonly runs: RunStore;
  readonly models: RunnerModels;
  readonly signIn: SignInCommands;
  readonly offers: ApiOffers;
  readonly documents: ResponseDocuments;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}

export interface SendOptions {
  /** Instead of the active one. */
  readonly environment?: string | undefined;
  /** What the sign-in before this send was for. Refused for the same once more, the answer is a no. */
  readonly steppedUp?: StepUp | undefined;
  /** What the user has just signed in to, whatever the file says. */
  readonly as?: FoundConnection | undefined;
}

/** Sends requests, keeps how they ended, and shows it in the runner. */
export class RunnerController implements RunnerHandlers, vscode.Disposable {
  readonly #deps: RunnerControllerDeps;
  readonly #inFlight = new Map<string, AbortController>();
  #target: RunnerTarget | undefined;
  #panel: RunnerPanel | undefined;
  #shown = 0;

  constructor(deps: RunnerControllerDeps) {
    this.#deps = deps;
  }

  /** The request that the runner shows. */
  get target(): RunnerTarget | undefined {
    return this.#target;
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
    const { run, summary } = await this.#run(context, options, controller.signal);
    // A newer send of the same request has taken over what is shown.
    if (this.#inFlight.get(keyOf(target)) === controller) this.#end(target, run);
    return summary;
  }

  /** Shows a request in the runner without sending it. */
  async open(uri: vscode.Uri, name: string | undefined): Promise<void> {
    this.#target = { uri, name: name ?? this.#target?.name, environment: undefined };
    this.#openPanel();
    await this.refresh();
  }

  /** Follows the cursor, when the runner is open. */
  async follow(uri: vscode.Uri, name: string): Promise<void> {
    if (!this.#panel || (this.#target?.uri.toString() === uri.toString() && this.#target.name === name)) return;
    this.#target = { uri, name, environment: undefined };
    await this.refresh();
  }

  /**
   * Takes over a panel that VS Code restores after a reload. Returns at once: until then VS Code holds back the rest
   * of its window.
   */
  restore(panel: vscode.WebviewPanel, target: RunnerTarget | undefined): void {
    // A tab that was hidden since the reload is restored when it is selected; there may be another runner by then.
    if (this.#panel) {
      panel.dispose();
      this.#panel.reveal();
      return;
    }
    this.#target = target;
    this.#openPanel(panel);
    void this.refresh();
  }

  /** The user has chosen another environment: one that a send named counts no longer. */
  async useActiveEnvironment(): Promise<void> {
    this.#target = this.#target && { ...this.#target, environment: undefined };
    await this.refresh();
  }

  /** Draws the model anew; what was drawn meanwhile for something newer stays. */
  async refresh(): Promise<void> {
    const panel = this.#panel;
    if (!panel) return;
    const drawing = ++this.#shown;
    const model = await this.#deps.models.build(this.#target);
    if (drawing !== this.#shown || panel !== this.#panel) return;
    const run =
      this.#target && this.#target.name !== undefined
        ? this.#deps.runs.get(this.#target.uri, this.#target.name)
        : undefined;
    panel.show(model, run?.body);
  }

  send(requestName: string): void {
    // In the environment that the runner shows, which need not be the active one.
    if (this.#target) void this.sendRequest(this.#target.uri, requestName, { environment: this.#target.environment });
  }

  cancel(): void {
    for (const controller of this.#inFlight.values()) controller.abort();
  }

  selectRequest(requestName: string): void {
    if (!this.#target) return;
    this.#target = { ...this.#target, name: requestName };
    void this.refresh();
  }

  act(action: Exclude<RunnerAction, 'retry'>): void {
    this.#act(action).catch((error: unknown) => showFailure(`The runner's action ${action}`, error, this.#deps.log));
  }

  openBodyInEditor(form: BodyForm): void {
    const target = this.#target;
    if (target?.name === undefined) return;
    const { body } = this.#deps.runs.get(target.uri, target.name);
    if (!body) return;
    const { documents, log } = this.#deps;
    documents.open(body, form, target.name).catch((error: unknown) => showFailure('Opening the body', error, log));
  }

  dispose(): void {
    this.cancel();
    this.#panel?.dispose();
  }

  #openPanel(restored?: vscode.WebviewPanel): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const panel = new RunnerPanel(
      { extensionUri: this.#deps.extensionUri, log: this.#deps.log, handlers: this },
      restored,
    );
    this.#panel = panel;
    panel.onDidDispose(() => (this.#panel = undefined));
  }

  #begin(target: NamedTarget): AbortController {
    const key = keyOf(target);
    this.#inFlight.get(key)?.abort();
    const controller = new AbortController();
    this.#inFlight.set(key, controller);
    setContextKey(contextKeys.sending, true);
    this.#target = target;
    const state = { kind: 'sending', startedAt: Date.now() } as const;
    this.#deps.runs.set(target.uri, target.name, runWithout(state));
    this.#openPanel();
    void this.refresh();
    return controller;
  }

  #end(target: NamedTarget, run: Run): void {
    this.#inFlight.delete(keyOf(target));
    setContextKey(contextKeys.sending, this.#inFlight.size > 0);
    setContextKey(contextKeys.hasSent, true);
    this.#deps.runs.set(target.uri, target.name, run);
    void this.refresh();
    void this.#nameHosts(target, run);
  }

  /** Says at which hosts the API asks to sign in, once the API has said so. */
  async #nameHosts({ uri, name }: NamedTarget, run: Run): Promise<void> {
    const named = await this.#deps.offers.withHosts(run);
    if (!named || this.#deps.runs.get(uri, name) !== run) return;
    this.#deps.runs.set(uri, name, named);
    await this.refresh();
  }

  async #run(
    context: RequestContext,
    { as, steppedUp }: SendOptions,
    signal: AbortSignal,
  ): Promise<{ run: Run; summary: SendSummary }> {
    try {
      const sent = await this.#deps.sender.send(context, signal, as);
      const result = { ...sent, exchange: withoutOffer(sent.exchange, steppedUp) };
      const offer = responseOffer(result, as !== undefined);
      const summary = summarise(result.exchange, result.expectations);
      const missing = summary.ok ? undefined : signInRequired(offer);
      const error = missing && { code: missing.code, message: errorText(missing).message };
      return { run: await this.#present(result, offer), summary: error ? { ...summary, error } : summary };
    } catch (error) {
      return this.#notSent(error);
    }
  }

  async #present(result: SendResult, offer: ResponseOffer | undefined): Promise<Run> {
    const { exchange } = result;
    const { outcome } = exchange;
    const sent = presentSent(exchange.request);
    switch (outcome.kind) {
      case 'response': {
        const { response } = outcome;
        const contentType = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
        const options = { id: exchange.id, contentType, mask: exchange.secrets ?? [], pause: this.#deps.pause };
        const body = await openBodyView(response.body, options);
        const view = await presentExchange(exchange, response, body, {
          expectations: presentExpectations(result.expectations),
          notice: noticeFor(exchange, offer),
        });
        return { state: { kind: 'response', exchange: view }, exchange, body, connection: result.connection, offer };
      }
      case 'failure':
        this.#deps.log.info(`Send failed: ${outcome.error.code}`);
        return runWithout({ kind: 'failure', failure: failureView(outcome.error), sent });
      case 'cancelled':
        return runWithout({ kind: 'cancelled', sent });
      default:
        return assertNever(outcome);
    }
  }

  #notSent(error: unknown): { run: Run; summary: SendSummary } {
    if (isCancelled(error)) {
      const message = vscode.l10n.t('The request was cancelled.');
      return {
        run: runWithout({ kind: 'cancelled', sent: undefined }),
        summary: { ok: false, error: { code: 'cancelled', message } },
      };
    }
    const failure = failureView(error);
    this.#deps.log.error('A request was not sent', error);
    return {
      run: runWithout({ kind: 'failure', failure, sent: undefined }),
      summary: { ok: false, error: { code: failure.code, message: failure.message } },
    };
  }

  #notFound(error: unknown): SendSummary {
    const { code, message } = errorText(error);
    showFailure('Finding the request', error, this.#deps.log);
    return { ok: false, error: { code, message } };
  }

  async #act(action: Exclude<RunnerAction, 'retry'>): Promise<void> {
    switch (action) {
      case 'signIn':
        return this.#signInAndSend();
      case 'stepUp':
        return this.#stepUpAndSend();
      case 'signInToApi':
      case 'saveConnection':
        return this.#takeOffer(action);
      case 'switchAccount':
        return this.#switchAccount();
      case 'inspectToken':
        return this.#inspectToken();
      case 'showLog':
        await vscode.commands.executeCommand(commands.showLog);
        return;
      case 'openRequestFile':
        return this.#openRequestFile();
      case 'openProjectFile':
        return this.#openProjectFile();
      case 'selectEnvironment':
        await vscode.commands.executeCommand(commands.selectEnvironment, this.#target?.uri);
        return;
      case 'manageWorkspaceTrust':
        await vscode.commands.executeCommand('workbench.trust.manage');
        return;
      default:
        return assertNever(action);
    }
  }

  /** Signs in to what the shown request uses. A send that ended for want of a session is then done. */
  async #signInAndSend(): Promise<void> {
    const context = await this.#context();
    const request = context && this.#deps.sender.resolve(context);
    const found = context && request && this.#deps.sender.connectionOf(context, request);
    if (!found || request.auth.kind === 'none') return;
    const { state } = this.#deps.runs.get(context.uri, context.entry.name);
    const { account: role, scopes } = request.auth.kind === 'connection' ? request.auth : unnamed;
    if (!(await this.#deps.signIn.signInTo(found, scopes ? { scopes } : {}, role))) return;
    const wanted = state.kind === 'failure' && state.sent === undefined;
    if (wanted) await this.sendRequest(context.uri, context.entry.name, { environment: context.environment });
  }

  /** Signs the same account in once more with what the API wants, and sends once more. */
  async #stepUpAndSend(): Promise<void> {
    const context = await this.#context();
    const request = context && this.#deps.sender.resolve(context);
    if (!context || !request) return;
    const { connection: found, exchange } = this.#deps.runs.get(context.uri, context.entry.name);
    const stepUp = exchange?.stepUp;
    if (!stepUp || !found) return;
    const isWritten = request.auth.kind === 'connection';
    const { account: role, scopes = [] } = isWritten ? request.auth : unnamed;
    const account = (await this.#deps.sender.sessionFor(request, found))?.account.id;
    const options = { ...stepUp, scopes: [...scopes, ...stepUp.scopes], ...(account === undefined ? {} : { account }) };
    if (!(await this.#deps.signIn.signInTo(found, options, role))) return;
    const as = isWritten ? undefined : found;
    const { environment } = context;
    await this.sendRequest(context.uri, context.entry.name, { environment, steppedUp: stepUp, as });
  }

  async #switchAccount(): Promise<void> {
    const context = await this.#context();
    const request = context && this.#deps.sender.resolve(context);
    const found = context && request && this.#deps.sender.connectionOf(context, request);
    if (!found) return;
    const role = request.auth.kind === 'connection' ? request.auth.account : undefined;
    await this.#deps.signIn.switchAccountOf(found, role);
    await this.refresh();
  }

  /** Does what the notice above the shown response offers. */
  async #takeOffer(kind: ResponseOffer['kind']): Promise<void> {
    const context = await this.#context();
    if (!context) return;
    const { uri, entry, environment } = context;
    const run = this.#deps.runs.get(uri, entry.name);
    // The view may show what is no longer offered.
    if (run.offer?.kind !== kind) return;
    const outcome = await this.#deps.offers.take(run, context);
    if (outcome?.kind === 'signedIn') await this.sendRequest(uri, entry.name, { environment, as: outcome.found });
    if (outcome?.kind !== 'saved' || this.#deps.runs.get(uri, entry.name) !== run) return;
    this.#deps.runs.set(uri, entry.name, outcome.run);
    await this.refresh();
  }

  async #inspectToken(): Promise<void> {
    const context = await this.#context();
    const request = context && this.#deps.sender.resolve(context);
    const found = context && request && this.#deps.sender.connectionOf(context, request);
    const session = found && (await this.#deps.sender.sessionFor(request, found));
    if (session) await vscode.commands.executeCommand(commands.inspectToken, session.id);
  }

  async #openRequestFile(): Promise<void> {
    const context = await this.#context();
    if (!context) return;
    const document = await vscode.workspace.openTextDocument(context.uri);
    const selection = new vscode.Range(
      document.positionAt(context.entry.nameRange.start),
      document.positionAt(context.entry.nameRange.end),
    );
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, selection });
  }

  async #openProjectFile(): Promise<void> {
    const uri = (await this.#context())?.project?.uri;
    if (uri) await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
  }

  async #context(): Promise<RequestContext | undefined> {
    const target = this.#target;
    return target && this.#deps.sender.locate(target.uri, target.name, target.environment);
  }
}

type NamedTarget = RunnerTarget & { readonly name: string };

/** What `auth: auto` says of account and scopes. */
const unnamed = { account: undefined, scopes: undefined } as const;

function keyOf({ uri, name }: RunnerTarget): string {
  return `${uri.toString()} ${name ?? ''}`;
}

/** What the API itself asks for comes first. */
function noticeFor({ stepUp }: Exchange, offer: ResponseOffer | undefined): ResponseNotice | undefined {
  if (stepUp) return stepUpNotice(stepUp);
  return offer && noticeOf(offer);
}

function runWithout(state: RunState): Run {
  return { state, exchange: undefined, body: undefined, connection: undefined, offer: undefined };
}

function presentExpectations(results: readonly ExpectationResult[]): ExpectationView[] {
  return results.map(({ what, ok, actual }) => ({
    what,
    ok,
    actual: actual === undefined ? undefined : String(actual),
  }));
}
