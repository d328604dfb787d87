import { abortError } from '../errors';
import { laterSupplies } from '../request/resolve/supplies';
import type { Captures, CaptureStore } from './captureStore';
import { changesNothing, isSilent } from './effects';
import { needsOfSite, type Sources } from './evaluateSite';
import { InputAnswers } from './inputs';
import type { Library } from './library';
import { originOf, outlineOf } from './outline';
import { failureOf, type FailureReason, type Judged, type Sent, type SiteOutcome } from './outcome';
import { performSite, type PerformDeps } from './performSite';
import type { Prerequisite } from './prerequisites';
import { ReleaseGate, type WantedRelease } from './release';
import { planRun, type PlannedStep } from './runPlan';
import type { RunListener, RunPorts } from './runPorts';
import { siteKey, type Site } from './site';

/** What the user is asked before anything is sent. `false`: not now. */
export interface RunQuestions {
  /** Requests that change data, in an environment that is protected. */
  confirmProtected(sites: readonly Site[], environment: string, signal: AbortSignal): Promise<boolean>;
  /** Requests other than GET and HEAD that are sent only because another one needs them. */
  confirmPrerequisites(wanted: PrerequisiteQuestion, signal: AbortSignal): Promise<boolean>;
}

export interface PrerequisiteQuestion {
  readonly targets: readonly Site[];
  readonly prerequisites: readonly Site[];
  /** Where a prerequisite goes, as far as that can be told. */
  readonly originOf: (site: Site) => string | undefined;
}

export interface RunContext<S extends Sent> {
  readonly ports: RunPorts<S>;
  readonly questions: RunQuestions;
  readonly library: Library;
  /** What was captured before; a new one where a run starts empty. */
  readonly captures: CaptureStore;
  readonly listener: RunListener<S>;
  /** Whether `skip` counts and every request is sent anew. */
  readonly isSendAll: boolean;
}

/** One run: some requests with everything that has to be sent before them. */
export class Run<S extends Sent> {
  readonly #context: RunContext<S>;
  readonly #sources: Sources;
  readonly #gate: ReleaseGate;
  readonly #deps: PerformDeps<S>;
  readonly #keys = new Map<string, Promise<string>>();
  /** What this run has captured: however much it is, later requests of it find it. */
  readonly #captured = new Map<string, Captures>();

  constructor(context: RunContext<S>) {
    this.#context = context;
    const { ports } = context;
    const { clock, random, explain } = ports;
    this.#sources = { clock, random };
    this.#gate = new ReleaseGate(ports.releases, ports.askRelease);
    const inputs = new InputAnswers(ports.inputs, ports.inputMemory);
    const gather = { ...ports, inputs, captures: (site: Site, name: string) => this.#capturesOf(site, name) };
    this.#deps = {
      ports,
      values: { sources: this.#sources, gather, gate: this.#gate, explain },
      listener: context.listener,
      keep: (site, judged) => this.#keep(site, judged),
    };
  }

  /**
   * Sends the targets and what they need, each after what it needs. Every request that was to be sent is told to the
   * listener with how it ended.
   * @throws AbortError when the user does not want it to begin.
   */
  async start(targets: readonly Site[], signal: AbortSignal): Promise<void> {
    const steps = await this.plan(targets);
    await this.#confirm(targets, steps, signal);
    await this.#gate.ask(this.#foreseen(steps), signal);
    await this.#execute(steps, signal);
  }

  /** What would be sent, in its order. */
  plan(targets: readonly Site[]): Promise<readonly PlannedStep[]> {
    const { library, ports, isSendAll } = this.#context;
    return planRun(targets, {
      library,
      sources: this.#sources,
      isSatisfied: (prerequisite) => (isSendAll ? Promise.resolve(false) : this.#isThere(prerequisite)),
      explain: ports.explain,
    });
  }

  async #execute(steps: readonly PlannedStep[], signal: AbortSignal): Promise<void> {
    const { listener, isSendAll } = this.#context;
    const failures = new Map<string, FailureReason>();
    for (const { site, after, fault } of steps) {
      const blocked = after.find((before) => failures.has(siteKey(before)));
      const failure = blocked && failures.get(siteKey(blocked));
      const outcome: SiteOutcome<S> = signal.aborted
        ? { kind: 'cancelled' }
        : fault
          ? { kind: 'failed', error: fault }
          : blocked && failure
            ? { kind: 'skipped', reason: { kind: 'prerequisite', site: blocked, failure } }
            : await performSite(site, this.#deps, { mayBeSkipped: isSendAll }, signal);
      const ended = failureOf(outcome);
      if (ended) failures.set(siteKey(site), ended);
      await listener.onEnd(site, outcome);
    }
  }

  /** Everything that is asked before the first request, but for what only its values can tell. */
  async #confirm(targets: readonly Site[], steps: readonly PlannedStep[], signal: AbortSignal): Promise<void> {
    const { questions } = this.#context;
    const sites = steps.filter(({ fault }) => !fault).map(({ site }) => site);
    const asked = new Set<Site>();
    for (const [environment, changing] of protectedSites(sites)) {
      if (!(await questions.confirmProtected(changing, environment, signal))) throw abortError();
      for (const site of changing) asked.add(site);
    }
    const wanted = new Set(targets.map(siteKey));
    const prerequisites = sites.filter(
      (site) => !wanted.has(siteKey(site)) && !isSilent(site.entry) && !asked.has(site),
    );
    if (prerequisites.length === 0) return;
    const question = { targets, prerequisites, originOf: (site: Site) => this.#origin(site)?.origin };
    if (!(await questions.confirmPrerequisites(question, signal))) throw abortError();
  }

  /** What will leave for where, as far as the files and this machine tell it: so that one question has it all. */
  #foreseen(steps: readonly PlannedStep[]): readonly WantedRelease[] {
    return steps.flatMap(({ site, fault }) => {
      const place = fault ? undefined : this.#origin(site);
      if (!place || typeof place.destination !== 'string') return [];
      const { folder, project } = site.place;
      return needsOfSite(site, this.#sources).flatMap((need) => {
        if (need.kind !== 'secret' && need.kind !== 'env') return [];
        const isOwn = need.kind === 'env' && project?.env?.has(need.name) === true;
        if (isOwn || (need.kind === 'env' && this.#context.ports.processEnv(need.name) === undefined)) return [];
        return { folder, kind: need.kind, name: need.name, ...place };
      });
    });
  }

  #origin(site: Site): ReturnType<typeof originOf> | undefined {
    const { url } = outlineOf(site, laterSupplies, this.#sources);
    return url === undefined ? undefined : originOf(url);
  }

  async #isThere({ site, capture }: Prerequisite): Promise<boolean> {
    const captures = await this.#latestOf(site);
    return captures !== undefined && (capture === undefined || captures.has(capture));
  }

  async #capturesOf({ place }: Site, name: string): Promise<Captures | undefined> {
    const found = this.#context.library.find(place, name);
    return found.kind === 'found' ? this.#latestOf(found.site) : undefined;
  }

  async #latestOf(site: Site): Promise<Captures | undefined> {
    const key = await this.#keyOf(site);
    return this.#captured.get(key) ?? this.#context.captures.get(key);
  }

  async #keep(site: Site, { judgement }: Judged<S>): Promise<void> {
    const key = await this.#keyOf(site);
    this.#captured.set(key, judgement.values);
    this.#context.captures.set(key, judgement.values);
  }

  /** A request as it is sent now: in its environment, as its account. */
  #keyOf(site: Site): Promise<string> {
    const key = siteKey(site);
    const known = this.#keys.get(key);
    if (known) return known;
    const outline = outlineOf(site, laterSupplies, this.#sources);
    const { environment } = site.place;
    const made = this.#context.ports
      .accountOf(site, outline)
      .then((account) => JSON.stringify([key, environment ?? null, account]));
    this.#keys.set(key, made);
    return made;
  }
}

/** Requests that change data, by the protected environment that they are sent in. */
function protectedSites(sites: readonly Site[]): ReadonlyMap<string, readonly Site[]> {
  const found = new Map<string, Site[]>();
  for (const site of sites) {
    const { environment, project } = site.place;
    if (environment === undefined || project?.protect.includes(environment) !== true) continue;
    if (changesNothing(site.entry)) continue;
    found.set(environment, [...(found.get(environment) ?? []), site]);
  }
  return found;
}
