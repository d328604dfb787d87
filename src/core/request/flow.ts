import type { TextRange } from './diagnostic';
import type { ExpectEntry } from './expectModel';
import type { StopRule } from '../stream/stopRule';
import type { NamedSetting } from './model';
import type { Template, Value } from './value';

/** When, how often and after what a request is sent. */
export interface RequestFlow {
  /** Requests that must have been sent before, in this order. */
  readonly needs: readonly NamedSetting[];
  readonly forEach: ForEachSetting | undefined;
  readonly retry: RetrySetting | undefined;
  /** Left out of Send all when it is true. */
  readonly skip: Value | undefined;
  /** When an event stream or a socket is ended. */
  readonly stop: StopRule | undefined;
}

export type ForEachSetting =
  /** A CSV or JSON file, relative to the request file. */
  | { readonly kind: 'file'; readonly path: Template; readonly range: TextRange }
  | { readonly kind: 'value'; readonly value: Value; readonly range: TextRange };

export interface RetrySetting {
  /** Further sends, at most. */
  readonly times: number;
  /** Milliseconds before each of them. */
  readonly interval: number;
  /** `undefined`: no network error, no 429 and no 5xx. */
  readonly until: ExpectEntry | undefined;
}

/** An entry of `inputs:`: a value that people are asked for. */
export interface InputEntry {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly label: string | undefined;
  readonly default: string | undefined;
  /** Absent: anything can be entered. */
  readonly choices: readonly string[] | undefined;
  readonly password: boolean;
  readonly remember: 'session' | undefined;
}

export type Inputs = ReadonlyMap<string, InputEntry>;

export const noFlow: RequestFlow = {
  needs: [],
  forEach: undefined,
  retry: undefined,
  skip: undefined,
  stop: undefined,
};
