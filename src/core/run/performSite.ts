import { isAbort } from '../errors';
import { examineExchange, type Examination, type Examined } from '../expect/examineExchange';
import type { ExpectationResult } from '../expect/expectationResult';
import type { Expectations } from '../expect/expectations';
import { shownExchange } from '../http/shownExchange';
import type { Exchange } from '../http/exchange';
import { resolveExpect } from '../request/resolve/resolveExpect';
import { resolveSkip } from '../request/resolve/resolveFlow';
import { disposeBody } from './disposeBody';
import type { Judged, RowTally, Sent, SiteOutcome } from './outcome';
import { isSettled, waitBefore } from './retry';
import { rowsOf } from './rows/siteRows';
import type { Row } from './rows/row';
import type { RunListener, RunPorts } from './runPorts';
import type { Site } from './site';
import { SiteValues, type SiteValuesDeps } from './siteValues';

export interface PerformDeps<S extends Sent> {
  readonly ports: RunPorts<S>;
  readonly values: SiteValuesDeps;
  readonly listener: Pick<RunListener<S>, 'onProgress'>;
  /** Keeps what a send captured. */
  readonly keep: (site: Site, judged: Judged<S>) => Promise<void>;
}

export interface PerformOptions {
  /** Whether `skip` counts. */
  readonly mayBeSkipped: boolean;
}

/** Sends one request as often as it says. Never rejects for what a user can cause. */
export async function performSite<S extends Sent>(
  site: Site,
  deps: PerformDeps<S>,
  options: PerformOptions,
  signal: AbortSignal,
): Promise<SiteOutcome<S>> {
  try {
    return await new Performance(site, deps, signal).run(options);
  } catch (error) {
    return isAbort(error) ? { kind: 'cancelled' } : { kind: 'failed', error };
  }
}

class Performance<S extends Sent> {
  readonly #site: Site;
  readonly #deps: PerformDeps<S>;
  readonly #signal: AbortSignal;
  readonly #values: SiteValues;
  /** When it was first sent: what people were asked before does not count. */
  #begin: number | undefined;

  constructor(site: Site, deps: PerformDeps<S>, signal: AbortSignal) {
    this.#site = site;
    this.#deps = deps;
    this.#signal = signal;
    this.#values = new SiteValues(site, deps.values);
  }

  async run({ mayBeSkipped }: PerformOptions): Promise<SiteOutcome<S>> {
    if (mayBeSkipped && (await this.#isSkipped())) return { kind: 'skipped', reason: { kind: 'skip' } };
    this.#tell('preparing', 1, undefined);
    const { forEach } = this.#site.entry.flow;
    if (!forEach) {
      const shown = await this.#send(undefined);
      return { kind: 'sent', ok: shown.judgement.ok, shown, duration: this.#duration };
    }
    const { source, rows } = await rowsOf(this.#site, forEach, this.#values, this.#deps.ports, this.#signal);
    return this.#sendEach(source, rows);
  }

  get #duration(): number {
    const now = this.#deps.ports.clock.now();
    return now - (this.#begin ?? now);
  }

  async #isSkipped(): Promise<boolean> {
    const { skip } = this.#site.entry.flow;
    if (!skip) return false;
    return this.#values.evaluate((evaluator) => resolveSkip(skip, evaluator), this.#signal);
  }

  /** A row that fails does not stop the others; one that cannot be sent does, as the others could not be either. */
  async #sendEach(source: string, rows: AsyncIterable<Row>): Promise<SiteOutcome<S>> {
    let shown: Judged<S> | undefined;
    const tally: { -readonly [K in keyof RowTally]: RowTally[K] } = { count: 0, failed: 0 };
    let stoppedBy: unknown;
    try {
      for await (const row of rows) {
        const judged = await this.#send(row);
        tally.count++;
        if (!judged.judgement.ok) tally.failed++;
        const dropped = shown && !shown.judgement.ok ? judged : shown;
        if (dropped) disposeBody(dropped.sent.exchange);
        if (dropped !== judged) shown = judged;
        if (this.#signal.aborted) break;
      }
    } catch (error) {
      if (!shown) throw error;
      if (!isAbort(error)) stoppedBy = error;
    }
    if (!shown) return { kind: 'skipped', reason: { kind: 'noRows', source } };
    const ok = tally.failed === 0 && stoppedBy === undefined && !this.#signal.aborted;
    const stopped = stoppedBy === undefined ? {} : { stoppedBy };
    return { kind: 'sent', ok, shown, rows: tally, duration: this.#duration, ...stopped };
  }

  /** Sends one row, and again while the response is not as wanted: the same bytes each time. */
  async #send(row: Row | undefined): Promise<Judged<S>> {
    const { entry } = this.#site;
    const { ports } = this.#deps;
    if (row) this.#tell('preparing', 1, row);
    const request = await this.#values.request(row, this.#signal);
    const { retry } = entry.flow;
    const until = await this.#until();
    for (let attempt = 1; ; attempt++) {
      this.#tell('sending', attempt, row);
      this.#begin ??= ports.clock.now();
      const sent = await ports.send(this.#site, request, this.#signal);
      const { exchange } = sent;
      const unmet = until === undefined ? undefined : await this.#unmet(until, exchange);
      const isLast = !retry || attempt > retry.times || exchange.outcome.kind === 'cancelled';
      if (unmet === undefined || isLast) {
        return this.#judge({ request, sent, attempts: attempt, row: row?.number }, unmet ?? []);
      }
      const wait = waitBefore(retry, exchange, ports.clock);
      disposeBody(exchange);
      this.#tell('waiting', attempt + 1, row);
      await ports.clock.delay(wait, this.#signal);
    }
  }

  /** What the response has to be like for it to be the last one; `undefined` without `retry`. */
  async #until(): Promise<Expectations | 'settled' | undefined> {
    const { retry } = this.#site.entry.flow;
    if (!retry) return undefined;
    const { until } = retry;
    return until ? this.#values.evaluate((evaluator) => resolveExpect(until, evaluator), this.#signal) : 'settled';
  }

  /** What keeps a response from being the last one; `undefined`: nothing. */
  async #unmet(until: Expectations | 'settled', exchange: Exchange): Promise<readonly ExpectationResult[] | undefined> {
    if (until === 'settled') return isSettled(exchange) ? undefined : [];
    const { ok, expectations } = await this.#examine(exchange, { expect: until, captures: [] });
    return ok ? undefined : expectations.filter((each) => !each.ok);
  }

  async #judge(
    { request, sent, attempts, row }: Omit<Judged<S>, 'judgement'>,
    unmet: readonly ExpectationResult[],
  ): Promise<Judged<S>> {
    const examined = await this.#examine(sent.exchange, request);
    const until = unmet.map((result) => ({ ...result, what: `retry until ${result.what}` }));
    const judgement = {
      ok: examined.ok && until.length === 0,
      expectations: [...examined.expectations, ...until],
      captures: examined.captures,
      values: examined.values,
    };
    const shown = { ...sent, exchange: shownExchange(sent.exchange, examined.secrets) };
    const judged = { request, sent: shown, attempts, judgement, ...(row === undefined ? {} : { row }) };
    if (judgement.ok) await this.#deps.keep(this.#site, judged);
    return judged;
  }

  async #examine(exchange: Exchange, examined: Examined): Promise<Examination> {
    const { schemaFiles, pause, bodyThreads: threads } = this.#deps.ports;
    try {
      const options = { files: schemaFiles(this.#site), pause, threads, signal: this.#signal };
      return await examineExchange(exchange, examined, options);
    } catch (error) {
      // Nobody gets to see a response whose examination was cancelled.
      disposeBody(exchange);
      throw error;
    }
  }

  #tell(phase: 'preparing' | 'sending' | 'waiting', attempt: number, row: Row | undefined): void {
    const attempts = (this.#site.entry.flow.retry?.times ?? 0) + 1;
    this.#deps.listener.onProgress({ site: this.#site, phase, attempt, attempts, row: row?.number });
  }
}
