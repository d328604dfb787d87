import type { SendSummary } from '../../core/http/summary';
import type { History } from '../history/history';
import { contextKeys } from '../ids';
import { setContextKey } from '../platform/contextKey';
import { Throttled } from '../platform/throttled';
import { tickWalkthroughStep } from '../platform/walkthroughStep';
import type { ApiOffers } from './apiOffers';
import { runWithout } from './presentOutcome';
import type { RequestContext } from './requestSender';
import { runRequest, type RunHearing, type RunRequestDeps, type SendOptions } from './runRequest';
import { keyOf, type NamedTarget, type RunnerTarget } from './runnerTarget';
import { disposeRun, type Run, type RunStore } from './runStore';
import type { Progress } from './sendProgress';
import { SendsInFlight } from './sendsInFlight';

export interface RunnerSendsDeps extends RunRequestDeps {
  readonly runs: RunStore;
  readonly offers: ApiOffers;
  readonly history: Pick<History, 'record'>;
}

/** The runner, as the sends see it. */
export interface SendStage {
  /** Whether people look at a response of this request. */
  showsResponseOf(target: NamedTarget): boolean;
  /** Brings a send that begins into the runner; what is on show there stays for `patience` milliseconds. */
  show(target: NamedTarget, patience: number): void;
  /**
   * Something of a send has changed.
   * @param located its request, where it was found a moment ago.
   */
  changed(located?: RequestContext): Promise<void>;
  /** A send is over, and what it has come to is in the store. */
  ended(): void;
}

/** Milliseconds between two texts of what a send is busy with: thousands of rows would keep the runner redrawing. */
const NOTE_PAUSE = 100;

/** Milliseconds after which a send is shown as one, where a response of the same request is on show. */
const PATIENCE = 40;

/** Milliseconds for which a request is taken to be where it was found. */
const LOCATED_FOR = 500;

/** Sends requests, keeps how they ended, and has it shown. */
export class RunnerSends {
  readonly #deps: RunnerSendsDeps;
  readonly #stage: SendStage;
  readonly #inFlight = new SendsInFlight();
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: RunnerSendsDeps, stage: SendStage) {
    this.#deps = deps;
    this.#stage = stage;
  }

  /** Sends a request that was found just now. Never rejects for what a user can cause. */
  async send(context: RequestContext, options: SendOptions): Promise<SendSummary> {
    const target = { uri: context.uri, name: context.entry.name, environment: options.environment };
    const controller = this.#begin(target);
    const key = keyOf(target);
    const isCurrent = (): boolean => this.#inFlight.isCurrent(key, controller);
    const locatedAt = performance.now();
    // A file may change during a send that takes its time.
    const located = (): RequestContext | undefined =>
      performance.now() - locatedAt < LOCATED_FOR ? context : undefined;
    const going = this.#going(target, isCurrent);
    const hearing: RunHearing = {
      onProgress: (progress) => going.next(progress),
      onPrerequisite: (before, ended) => this.#keepPrerequisite(before, ended),
      onArriving: (arriving) => {
        if (isCurrent()) this.#update(target, arriving, located());
      },
      onStream: (stream) => this.#inFlight.streams(key, controller, stream),
    };
    const { run, summary } = await runRequest(this.#deps, context, options, hearing, controller.signal);
    going.stop();
    this.#deps.history.record(context, run);
    if (isCurrent()) this.#end(target, run, located());
    // A newer send of the same request has taken over what is shown.
    else disposeRun(run);
    return summary;
  }

  cancel(target: RunnerTarget): void {
    this.#inFlight.cancel(keyOf(target));
  }

  cancelAll(): void {
    this.#inFlight.cancelAll();
  }

  /** Nobody sees the streams any more. */
  stopStreams(): void {
    this.#inFlight.stopStreams();
  }

  dispose(): void {
    this.cancelAll();
    clearTimeout(this.#telling);
  }

  #begin(target: NamedTarget): AbortController {
    const controller = this.#inFlight.begin(keyOf(target));
    this.#tellSending();
    // The response on show stays for a moment: a fast send replaces it at once.
    const patience = this.#stage.showsResponseOf(target) ? PATIENCE : 0;
    this.#deps.runs.set(target.uri, target.name, runWithout({ kind: 'sending', startedAt: Date.now() }));
    this.#stage.show(target, patience);
    return controller;
  }

  /** Says whether something is being sent, so that it can be cancelled: of what is over in a moment nobody is told. */
  #tellSending(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      setContextKey(contextKeys.sending, this.#inFlight.areAny);
    }, PATIENCE);
  }

  #update({ uri, name }: NamedTarget, run: Run, located?: RequestContext): void {
    this.#deps.runs.set(uri, name, run);
    void this.#stage.changed(located);
  }

  /**
   * Shows what a send is busy with, as long as no newer one has taken over. While it waits for the user's answer no
   * clock runs; with the answer it begins.
   */
  #going(target: NamedTarget, isCurrent: () => boolean): Throttled<Progress> {
    let startedAt = Date.now();
    let shown: Progress = { isAsking: false, note: undefined };
    return new Throttled(NOTE_PAUSE, (now) => {
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
    this.#deps.runs.setUnlessGoing(uri, entry.name, run);
  }

  #end(target: NamedTarget, run: Run, located: RequestContext | undefined): void {
    this.#inFlight.end(keyOf(target));
    this.#tellSending();
    setContextKey(contextKeys.hasSent, true);
    tickWalkthroughStep('playground');
    this.#update(target, run, located);
    this.#stage.ended();
    void this.#nameHosts(target, run);
  }

  /** Says at which hosts the API asks to sign in, once the API has said so. */
  async #nameHosts({ uri, name }: NamedTarget, run: Run): Promise<void> {
    const named = await this.#deps.offers.withHosts(run);
    if (!named || this.#deps.runs.get(uri, name) !== run) return;
    this.#deps.runs.set(uri, name, named);
    await this.#stage.changed();
  }
}
