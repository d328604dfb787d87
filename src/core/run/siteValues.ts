import type { HttpRequest } from '../http/httpRequest';
import type { Diagnostic } from '../request/diagnostic';
import type { Evaluation } from '../request/resolve/evaluation';
import type { Evaluator } from '../request/resolve/evaluator';
import type { Resolved } from '../request/resolve/resolved';
import { laterSupplies, NeedRecorder, type Need } from '../request/resolve/supplies';
import { resolveRequest } from '../request/resolveRequest';
import { evaluatorFor, resolveInput, type Sources } from './evaluateSite';
import { Gathered, type GatherPorts } from './gather';
import { invalidRequest, type FaultText } from './invalidRequest';
import { originOf, outlineOf } from './outline';
import type { ReleaseGate } from './release';
import type { Row } from './rows/row';
import type { Site } from './site';

export interface SiteValuesDeps {
  readonly sources: Sources;
  readonly gather: GatherPorts;
  readonly gate: ReleaseGate;
  readonly explain: (fault: Pick<Diagnostic, 'code' | 'data'>) => FaultText;
}

/** Puts values into one request, getting each when it turns out to be needed. */
export class SiteValues {
  readonly #site: Site;
  readonly #deps: SiteValuesDeps;
  readonly #gathered: Gathered;
  /** What the items of `forEach` were made of. */
  #ofItems: readonly Need[] = [];

  constructor(site: Site, deps: SiteValuesDeps) {
    this.#site = site;
    this.#deps = deps;
    this.#gathered = new Gathered(site, deps.gather);
  }

  /**
   * A value that the request's course depends on.
   * @throws LatchkeyError `workspace.requestInvalid` and what gathering throws; AbortError.
   */
  async evaluate<T>(read: (evaluator: Evaluator) => Evaluation<T>, signal: AbortSignal): Promise<T> {
    return (await this.#settle((recorder) => this.#looked(read, recorder), signal)).value;
  }

  /**
   * The items that become rows: what is secret in them leaves with every request that has something of its row.
   * @throws as {@link evaluate}.
   */
  async items(
    read: (evaluator: Evaluator) => Evaluation<readonly Resolved[]>,
    signal: AbortSignal,
  ): Promise<readonly Resolved[]> {
    const { value, needs } = await this.#settle((recorder) => this.#looked(read, recorder), signal);
    this.#ofItems = needs;
    return value;
  }

  /**
   * The request as it is sent, once everything in it may leave for where it goes.
   * @throws LatchkeyError `workspace.requestInvalid`, `run.notReleased` and what gathering throws; AbortError.
   */
  async request(row: Row | undefined, signal: AbortSignal): Promise<HttpRequest> {
    this.#gathered.useRow(row);
    const { value, needs, hasField } = await this.#settle(
      (recorder) => {
        const resolved = resolveRequest(resolveInput(this.#site, recorder, this.#deps.sources));
        return resolved.ok ? { ok: true, value: resolved.request } : resolved;
      },
      signal,
      (missing) => this.#requireUnrefused(missing),
    );
    await this.#release(value, hasField ? [...needs, ...this.#ofItems] : needs, signal);
    return value;
  }

  #looked<T>(read: (evaluator: Evaluator) => Evaluation<T>, recorder: NeedRecorder): Looked<T> {
    const evaluation = read(evaluatorFor(this.#site, recorder, this.#deps.sources));
    return evaluation.ok ? evaluation : { ok: false, diagnostics: evaluation.failures };
  }

  /** Evaluates until nothing is missing. What comes in is never expanded, so two looks usually do. */
  async #settle<T>(
    look: (recorder: NeedRecorder) => Looked<T>,
    signal: AbortSignal,
    beforeGathering: (missing: readonly Need[]) => void = () => undefined,
  ): Promise<Settled<T>> {
    for (;;) {
      const recorder = new NeedRecorder(this.#gathered);
      const looked = look(recorder);
      const missing = recorder.needs.filter((need) => !this.#gathered.has(need));
      if (missing.length > 0) {
        beforeGathering(missing);
        await this.#gathered.add(missing, signal);
        continue;
      }
      if (looked.ok) return { value: looked.value, needs: recorder.needs, hasField: recorder.hasField };
      const fault = looked.diagnostics.find(({ severity }) => severity === 'error') ?? looked.diagnostics[0];
      throw invalidRequest(this.#site.entry.name, fault && this.#deps.explain(fault));
    }
  }

  /** Where the request goes is known from the files alone, mostly. */
  #requireUnrefused(missing: readonly Need[]): void {
    const { url } = outlineOf(this.#site, laterSupplies, this.#deps.sources);
    if (url === undefined) return;
    const { folder } = this.#site.place;
    const place = originOf(url);
    this.#deps.gate.requireUnrefused(
      missing.flatMap((need) =>
        need.kind === 'secret' || need.kind === 'env' ? { folder, kind: need.kind, name: need.name, ...place } : [],
      ),
    );
  }

  /** Secrets go back unasked to the server that sent them, and elsewhere where the user allows it. */
  async #release({ url }: HttpRequest, needs: readonly Need[], signal: AbortSignal): Promise<void> {
    const { origin, destination } = originOf(url);
    const leaving = this.#gathered.leaving(needs).filter(({ kind, from }) => kind !== 'capture' || from !== origin);
    await this.#deps.gate.require(
      leaving.map((each) => ({ ...each, origin, destination })),
      signal,
    );
  }
}

interface Settled<T> {
  readonly value: T;
  readonly needs: readonly Need[];
  /** Something of the row is in it. */
  readonly hasField: boolean;
}

type Looked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
