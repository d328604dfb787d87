/** How strongly the source asks for it; `–` where it only advises or leaves the choice to the client. */
export type Level = 'must' | 'should' | 'may' | '–';

/** One thing that the standards, or experience with servers and attackers, ask of a native client. */
export interface Requirement {
  /** Put in brackets at the end of the title of each test that proves it: `[A3 A4]`. */
  readonly id: string;
  readonly level: Level;
  /** In our own words, as something that a test can show. */
  readonly text: string;
  /** The sections it comes from; `derived` where no standard says it. */
  readonly source: string;
  /** What no test of a client can prove, and why. */
  readonly note?: string;
}

/** Requirements about one part of the client. */
export interface RequirementGroup {
  readonly title: string;
  readonly requirements: readonly Requirement[];
}
