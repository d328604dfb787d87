import type { Secret } from '../secret';
import type { NewYaml } from '../request/edit/newYaml';
import type { CurlNotice } from './curlCommand';

/** A request that is still to be written into a file. Texts are in the request format: `${…}` in them is expanded. */
export interface RequestDraft {
  readonly name: string;
  readonly entries: readonly (readonly [key: string, value: NewYaml])[];
  /** What was taken out of the request; the entries hold `${secret:name}` in its place. */
  readonly secrets: readonly DraftSecret[];
  readonly notices: readonly CurlNotice[];
  /** Headers that only a browser has reason to send. */
  readonly leftOutHeaders: readonly string[];
}

export interface DraftSecret {
  readonly name: string;
  readonly value: Secret;
}
