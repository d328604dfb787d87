import type { Quirks } from '../quirks/quirks';

/** A provider whose endpoints and manners are known. */
export interface Preset {
  /** What people call the provider. */
  readonly label: string;
  readonly facts: PresetFacts;
}

export interface PresetFacts extends Quirks {
  readonly origins?: readonly string[];
}
