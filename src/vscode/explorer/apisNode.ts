import type { OperationSummary, TagSummary } from '../../core/openapi/openDescription';

/** What the APIs view shows: descriptions, their tags, and operations. */
export type ApisNode = DescriptionNode | TagNode | OperationNode;

export interface DescriptionNode {
  readonly kind: 'description';
  /** URI of the document that it begins with. */
  readonly api: string;
}

export interface TagNode {
  readonly kind: 'tag';
  readonly api: string;
  /** `undefined`: operations without a tag. */
  readonly tag: TagSummary | undefined;
  /** How many operations it has. */
  readonly count: number;
}

export interface OperationNode {
  readonly kind: 'operation';
  readonly api: string;
  readonly operation: OperationSummary;
  /** Under which tag it is shown; an operation can have several. */
  readonly under: string | undefined;
}

/** What a command is about that was called from the APIs view; `undefined` for every other argument. */
export function apisNodeIn(argument: unknown): ApisNode | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { api, kind } = argument as Partial<ApisNode>;
  const isOne = typeof api === 'string' && (kind === 'description' || kind === 'tag' || kind === 'operation');
  return isOne ? (argument as ApisNode) : undefined;
}
