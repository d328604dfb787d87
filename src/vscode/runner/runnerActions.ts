import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import type { CookieJars } from '../../core/http/cookies/cookieJars';
import type { RunnerAction } from '../../shared/viewModel';
import { commands } from '../ids';
import type { ApiOffers } from './apiOffers';
import { clearCookies } from '../commands/clearCookies';
import { cookieScopeOf } from './cookieScope';
import type { RequestContext } from './requestSender';
import type { ResponseOffer } from './responseOffer';
import type { RunnerTarget } from './runnerTarget';
import type { SendOptions } from './runRequest';
import type { RunStore } from './runStore';
import type { SignInActions } from './signInActions';

export interface RunnerActionsDeps {
  readonly runs: RunStore;
  readonly offers: ApiOffers;
  readonly signIn: SignInActions;
  readonly cookies: CookieJars;
}

/** The runner, as its actions see it. */
export interface RunnerStage {
  /** The request that is shown. */
  readonly target: RunnerTarget | undefined;
  /**
   * That request, found anew.
   * @throws LatchkeyError when it is gone.
   */
  context(): Promise<RequestContext | undefined>;
  sendRequest(uri: vscode.Uri, name: string, options: SendOptions): Promise<unknown>;
  /** Draws what is shown anew. */
  refresh(): Promise<void>;
}

/** What is done with a request, which has to be there. */
type RequestAction = Exclude<RunnerAction, 'retry' | 'showLog' | 'selectEnvironment' | 'manageWorkspaceTrust'>;

/** Does what the runner's chips and buttons say. */
export class RunnerActions {
  readonly #deps: RunnerActionsDeps;
  readonly #stage: RunnerStage;
  /** Connections that are being written: pressed twice, the button writes one. */
  readonly #saving = new WeakSet<ResponseOffer>();

  constructor(deps: RunnerActionsDeps, stage: RunnerStage) {
    this.#deps = deps;
    this.#stage = stage;
  }

  /** @throws LatchkeyError why it did not work. */
  async act(action: Exclude<RunnerAction, 'retry'>): Promise<void> {
    const { target } = this.#stage;
    if (action === 'showLog') await vscode.commands.executeCommand(commands.showLog);
    else if (action === 'selectEnvironment')
      await vscode.commands.executeCommand(commands.selectEnvironment, target?.uri);
    else if (action === 'manageWorkspaceTrust') await vscode.commands.executeCommand('workbench.trust.manage');
    else {
      const context = await this.#stage.context();
      if (context) await this.#actOn(context, action);
    }
  }

  async #actOn(context: RequestContext, action: RequestAction): Promise<void> {
    const { signIn } = this.#deps;
    switch (action) {
      case 'signIn':
        return this.#sendIfAny(context, await signIn.signIn(context));
      case 'stepUp':
        return this.#sendIfAny(context, await signIn.stepUp(context));
      case 'signInToApi':
      case 'saveConnection':
        return this.#takeOffer(action, context);
      case 'switchAccount':
        await signIn.switchAccount(context);
        return this.#stage.refresh();
      case 'inspectToken': {
        const id = await signIn.sessionIdFor(context);
        if (id !== undefined) await vscode.commands.executeCommand(commands.inspectToken, id);
        return;
      }
      case 'clearCookies':
        await clearCookies(this.#deps.cookies, [cookieScopeOf(context)]);
        return;
      case 'copyAsCode':
        await vscode.commands.executeCommand(commands.copyAsCode, context.uri, context.entry.name);
        return;
      case 'openRequestFile':
        return openRequestFile(context);
      case 'openProjectFile':
        return openProjectFile(context);
      default:
        return assertNever(action);
    }
  }

  async #sendIfAny({ uri, entry }: RequestContext, options: SendOptions | undefined): Promise<void> {
    if (options) await this.#stage.sendRequest(uri, entry.name, options);
  }

  /** Does what the notice above the shown response offers. */
  async #takeOffer(kind: ResponseOffer['kind'], context: RequestContext): Promise<void> {
    const { runs, offers } = this.#deps;
    const { uri, entry, environment } = context;
    const run = runs.get(uri, entry.name);
    // The view may show what is no longer offered.
    if (run.offer?.kind !== kind || this.#saving.has(run.offer)) return;
    if (kind === 'saveConnection') this.#saving.add(run.offer);
    const outcome = await offers.take(run, context).finally(() => run.offer && this.#saving.delete(run.offer));
    if (outcome?.kind === 'signedIn') await this.#sendIfAny(context, { environment, as: outcome.found });
    if (outcome?.kind !== 'saved' || runs.get(uri, entry.name) !== run) return;
    runs.set(uri, entry.name, outcome.run);
    await this.#stage.refresh();
  }
}

async function openRequestFile({ uri, entry }: RequestContext): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const { start, end } = entry.nameRange;
  const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, selection });
}

async function openProjectFile({ project }: RequestContext): Promise<void> {
  if (project) await vscode.window.showTextDocument(project.uri, { viewColumn: vscode.ViewColumn.One });
}
