import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { BodyThreads } from '../../core/expect/bodyThreads';
import type { CookieJars } from '../../core/http/cookies/cookieJars';
import type { SendDependencies, SendOptions } from '../../core/http/sendExchange';
import type { Files, FileStreams } from '../../core/ports';
import { CaptureStore } from '../../core/run/captureStore';
import { InputMemory, type InputPrompt } from '../../core/run/inputs';
import { Library } from '../../core/run/library';
import type { RequestOutline } from '../../core/run/outline';
import type { ReleaseStore } from '../../core/run/release';
import { Run } from '../../core/run/run';
import type { RunListener, RunPorts } from '../../core/run/runPorts';
import { UNWATCHED_STOP } from '../../core/stream/stopRule';
import { isSameSite, type FilePlace, type Site } from '../../core/run/site';
import type { SecretVault } from '../../core/session/secretVault';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { diagnosticText } from '../platform/errorText';
import { isRequestFile } from '../requests/requestFileNames';
import type { RequestContext, RequestSender, SenderOptions, SendResult } from '../runner/requestSender';
import { schemaFilesOf } from '../runner/schemaFilesOf';
import { contextOf, placeOf, siteOf, type FileContext } from './filePlaces';
import type { RunDialogs } from './runDialogs';

export interface RunServiceDeps {
  readonly sender: RequestSender;
  readonly send: Pick<SendDependencies, 'clock' | 'random'>;
  readonly secrets: Pick<SecretVault, 'obtain'>;
  readonly files: Files & FileStreams;
  /** Rejects where links lead out of the folder. */
  readonly requireInside: (folder: string, path: string) => Promise<void>;
  readonly inputs: InputPrompt;
  readonly releases: ReleaseStore;
  readonly dialogs: RunDialogs;
  /** Where large bodies are looked into. */
  readonly bodyThreads: BodyThreads;
  /** The cookies of this window. */
  readonly cookies: CookieJars;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}

export interface SingleSend {
  readonly context: RequestContext;
  /** Instead of the active environment. */
  readonly environment: string | undefined;
  /** What the user has just signed in to, whatever the file says. */
  readonly as: FoundConnection | undefined;
  /** Hears of its response before the body is there. */
  readonly onResponse: SendOptions['onResponse'];
  /** Hears how far its sending has come, or that of a request before it. */
  readonly onProgress?: SendOptions['onProgress'];
}

/** What differs from send to send. */
type SendWishes = Partial<Pick<SingleSend, 'as' | 'onResponse' | 'onProgress'>> &
  Pick<SenderOptions, 'cookies' | 'stop'>;

/** The engine of sends in this window: what was captured and typed in stays with it. */
export class RunService {
  readonly #deps: RunServiceDeps;
  readonly #captures = new CaptureStore();
  readonly #inputMemory = new InputMemory();

  constructor(deps: RunServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Sends a request, and before it what it needs and is not there yet.
   * @throws LatchkeyError `workspace.untrusted`; AbortError when the user does not want it to begin.
   */
  async send(
    { context, environment, as, onResponse, onProgress }: SingleSend,
    listener: RunListener<SendResult>,
    signal: AbortSignal,
  ): Promise<void> {
    requireTrust();
    const target = siteOf(context);
    const ports = this.#ports((site) =>
      isSameSite(site, target)
        ? { as, onResponse, onProgress, ...unwatchedStop(target) }
        : { onProgress, stop: UNWATCHED_STOP },
    );
    const library = await this.#library([target.place], environment);
    const captures = this.#captures;
    const { dialogs: questions } = this.#deps;
    await new Run({ ports, questions, library, captures, listener, isSendAll: false }).start([target], signal);
  }

  /**
   * Sends all requests of some files, each after what it needs, beginning with nothing captured and no cookies.
   * @param environment the one that the files are sent in, for those that they import; absent: the active one.
   * @throws LatchkeyError `workspace.untrusted`; AbortError when the user does not want it to begin.
   */
  async sendAll(
    files: readonly FileContext[],
    environment: string | undefined,
    listener: RunListener<SendResult>,
    signal: AbortSignal,
  ): Promise<void> {
    requireTrust();
    const places = files.map(placeOf);
    const library = await this.#library(places, environment);
    const captures = new CaptureStore();
    const cookies = this.#deps.cookies.fresh();
    const { dialogs: questions } = this.#deps;
    const run = new Run({
      ...{ ports: this.#ports(() => ({ cookies, stop: UNWATCHED_STOP })), questions, library, captures, listener },
      isSendAll: true,
    });
    const targets = places.flatMap((place) => place.file.requests.map((entry): Site => ({ place, entry })));
    try {
      await run.start(targets, signal);
    } finally {
      this.#captures.adopt(captures);
      this.#deps.cookies.adopt(cookies);
    }
  }

  #library(roots: readonly FilePlace[], environment: string | undefined): Promise<Library> {
    return Library.load(roots, async (folder, path) => {
      const uri = vscode.Uri.joinPath(vscode.Uri.parse(folder), path);
      if (!isRequestFile(uri)) return undefined;
      try {
        await this.#deps.requireInside(folder, path);
        return placeOf(await this.#deps.sender.fileAt(uri, environment));
      } catch (error) {
        // What uses a request of the file says that there is none.
        if (error instanceof LatchkeyError) return undefined;
        throw error;
      }
    });
  }

  #ports(wishes: (site: Site) => SendWishes): RunPorts<SendResult> {
    const { sender, send, secrets, files, inputs, releases, dialogs, pause, bodyThreads } = this.#deps;
    return {
      ...send,
      ...{ inputs, releases, askRelease: dialogs.askRelease, inputMemory: this.#inputMemory },
      send: (site, request, signal) => {
        const { as, ...options } = wishes(site);
        return sender.send(contextOf(site), request, { ...options, signal }, as);
      },
      schemaFiles: (site) => schemaFilesOf(contextOf(site).uri, files),
      ...{ pause, bodyThreads },
      accountOf: (site, outline) => this.#accountOf(contextOf(site), outline),
      secret: (place, name, signal) =>
        secrets.obtain({ folder: place.folder, name, connectionLabel: place.label, kind: 'value' }, signal),
      processEnv: (name) => process.env[name],
      readFile: (folder, path) => files.read(folder, path),
      openFile: (folder, path) => files.open(folder, path),
      explain: (fault) => diagnosticText(fault),
    };
  }

  /** What cannot be told counts as one more account: nothing captured as somebody is used for somebody else. */
  async #accountOf(context: RequestContext, { auth, url }: RequestOutline): Promise<string> {
    if (!auth || auth.kind === 'none') return '';
    try {
      const found = this.#deps.sender.connectionOf(context, { auth, url });
      const session = found && (await this.#deps.sender.sessionFor({ auth }, found));
      return session ? `${session.connectionKey} ${session.account.id}` : 'nobody';
    } catch (error) {
      if (error instanceof LatchkeyError) return 'unknown';
      throw error;
    }
  }
}

/** Nobody ends the stream of a request that is sent many times. */
function unwatchedStop({ entry: { flow } }: Site): Pick<SenderOptions, 'stop'> {
  return flow.forEach || flow.retry ? { stop: UNWATCHED_STOP } : {};
}

/** An untrusted workspace gets nothing: no value, no question, no file. */
function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
}
