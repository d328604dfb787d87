import type { ConnectionConfig } from '../../core/oauth/model';
import type { PresetFacts } from '../../core/oauth/presets/preset';
import type { ServerMetadata } from '../../core/oauth/serverMetadata';
import type { Given } from '../platform/stepInputs';
import type { StepOutcome } from '../platform/steps';

/** A connection that is being put together, and where it goes. */
export interface NewConnection {
  readonly connection: ConnectionConfig;
  /** What it is called unless the name is taken. */
  readonly name: string;
  /** Where people register a client, where that is known. */
  readonly registerAt?: string | undefined;
}

/** What is known between two questions. */
export interface Draft extends NewConnection {
  readonly source: 'api' | 'issuer' | 'preset';
  readonly server: ServerMetadata | undefined;
  /** What is known of the provider. */
  readonly facts?: PresetFacts | undefined;
}

/** With the scheme that people leave out. */
export function withScheme(text: string): string {
  return text.includes('://') ? text : `https://${text}`;
}

/** The draft with more known of its connection. */
export function withConnection(draft: Draft, more: Partial<ConnectionConfig>): Draft {
  return { ...draft, connection: { ...draft.connection, ...more } };
}

/** What became of a step, from what was given; without a draft the user gave up. */
export function outcomeOf<T>(given: Given<T>, draftOf: (value: T) => Draft | undefined): StepOutcome<Draft> {
  if (given.kind !== 'given') return { kind: given.kind };
  const draft = draftOf(given.value);
  return draft ? { kind: 'done', draft } : { kind: 'cancelled' };
}
