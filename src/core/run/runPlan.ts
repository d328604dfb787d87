import { LatchkeyError } from '../errors';
import { shorten } from '../request/shorten';
import { prerequisitesOf, type Prerequisite, type PrerequisiteFault } from './prerequisites';
import type { Sources } from './evaluateSite';
import { invalidRequest, type FaultText } from './invalidRequest';
import type { Library } from './library';
import { siteKey, type Site } from './site';

/** A request in the order in which requests are sent. */
export interface PlannedStep {
  readonly site: Site;
  /** Its own prerequisites that are in the plan too, each earlier in it. */
  readonly after: readonly Site[];
  /** Why it cannot be sent. */
  readonly fault: LatchkeyError | undefined;
}

export interface PlanContext {
  readonly library: Library;
  readonly sources: Sources;
  /** What is there already need not be sent again. */
  readonly isSatisfied: (prerequisite: Prerequisite) => Promise<boolean>;
  /** A fault in words. */
  readonly explain: (fault: PrerequisiteFault) => FaultText;
}

/** The requests with everything that has to be sent before them, each once and after what it needs. Always ends. */
export async function planRun(targets: readonly Site[], context: PlanContext): Promise<readonly PlannedStep[]> {
  const planner = new Planner(context);
  for (const target of targets) await planner.add(target);
  return planner.steps;
}

class Planner {
  readonly steps: PlannedStep[] = [];
  readonly #context: PlanContext;
  readonly #known = new Set<string>();
  /** The requests that wait for the one that is looked at. */
  readonly #chain: Site[] = [];
  readonly #chainKeys: string[] = [];
  readonly #circular = new Map<string, LatchkeyError>();

  constructor(context: PlanContext) {
    this.#context = context;
  }

  async add(site: Site): Promise<void> {
    const key = siteKey(site);
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#chain.push(site);
    this.#chainKeys.push(key);
    const { all, faults } = prerequisitesOf(site, this.#context.library, this.#context.sources);
    const after: Site[] = [];
    for (const prerequisite of all) {
      if (this.#closesCircle(prerequisite.site) || (await this.#context.isSatisfied(prerequisite))) continue;
      await this.add(prerequisite.site);
      after.push(prerequisite.site);
    }
    this.#chain.pop();
    this.#chainKeys.pop();
    this.steps.push({ site, after, fault: this.#circular.get(key) ?? this.#faultOf(site, faults) });
  }

  /** Marks every request of a circle that the prerequisite closes. */
  #closesCircle(prerequisite: Site): boolean {
    const start = this.#chainKeys.indexOf(siteKey(prerequisite));
    if (start < 0) return false;
    const circle = this.#chain.slice(start);
    const chain = shorten([...circle, prerequisite].map(({ entry }) => entry.name).join(' → '), 300);
    for (const site of circle) this.#circular.set(siteKey(site), new LatchkeyError('run.cycle', { chain }));
    return true;
  }

  #faultOf({ entry }: Site, [fault]: readonly PrerequisiteFault[]): LatchkeyError | undefined {
    if (!fault) return undefined;
    return invalidRequest(entry.name, this.#context.explain(fault));
  }
}
