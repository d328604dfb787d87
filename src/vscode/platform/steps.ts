/** What the user did in one step of several. */
export type StepOutcome<D> =
  | { readonly kind: 'done'; readonly draft: D }
  /** Nothing was to be asked, so going back goes past it. */
  | { readonly kind: 'skipped'; readonly draft: D }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancelled' };

/** One question. It gets what the steps before it have gathered. */
export type Step<D> = (draft: D, place: StepPlace) => Promise<StepOutcome<D>>;

export interface StepPlace {
  /** From 1. */
  readonly number: number;
  readonly total: number;
  readonly canGoBack: boolean;
}

/** Asks one question after the other, back and forth. `undefined`: the user gave up. */
export async function runSteps<D>(start: D, steps: readonly Step<D>[]): Promise<D | undefined> {
  /** Before each step that was taken: what was known then, and whether it asked anything. */
  const taken: { readonly before: D; readonly asked: boolean }[] = [];
  let draft = start;
  for (let step = steps[0]; step; step = steps[taken.length]) {
    const canGoBack = taken.some(({ asked }) => asked);
    const outcome = await step(draft, { number: taken.length + 1, total: steps.length, canGoBack });
    if (outcome.kind === 'cancelled') return undefined;
    if (outcome.kind === 'back') {
      const last = taken.findLastIndex(({ asked }) => asked);
      draft = taken[last]?.before ?? start;
      taken.length = Math.max(0, last);
    } else {
      taken.push({ before: draft, asked: outcome.kind === 'done' });
      ({ draft } = outcome);
    }
  }
  return draft;
}
