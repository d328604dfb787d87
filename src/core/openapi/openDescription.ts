import type { LatchkeyError } from '../errors';
import type { ConnectionConfig } from '../oauth/model';
import type { ApiDescription, Operation } from './apiDescription';
import { describedConnections, type DescribedConnection } from './describedConnection';
import { operationRequest, type OperationRequest, type OperationStyle } from './operationRequest';

/** What people choose from: plain data, however large the description is. */
export interface DescriptionSummary {
  readonly title: string;
  readonly version: string | undefined;
  readonly operations: readonly OperationSummary[];
  /** In the order of the document. */
  readonly tags: readonly TagSummary[];
  /** Address of the API; absent: the description does not say it, or only in part. */
  readonly server: string | undefined;
}

export type OperationSummary = Pick<Operation, 'id' | 'method' | 'path' | 'summary' | 'tags' | 'isDeprecated'>;

export interface TagSummary {
  readonly name: string;
  readonly description: string | undefined;
}

/** Which operations become requests, and how these are written. */
export interface OperationsOrder extends OperationStyle {
  readonly ids: readonly string[];
  /** Names of requests that are in the file already. */
  readonly taken: readonly string[];
}

/** A description that has been read, wherever it is kept. */
export interface OpenDescription {
  readonly summary: DescriptionSummary;
  /** What is missing of it, and why. */
  readonly missing: readonly LatchkeyError[];
  requests(order: OperationsOrder): Promise<readonly OperationRequest[]>;
  /** What the operations are signed in with. */
  connections(ids: readonly string[]): Promise<readonly DescribedConnection[]>;
  dispose(): void;
}

export function summaryOf(description: ApiDescription): DescriptionSummary {
  const { title, version, operations, tags, servers } = description;
  return {
    ...{ title, version },
    operations: operations.map(({ id, method, path, summary, tags: names, isDeprecated }) => ({
      ...{ id, method, path, summary, tags: names, isDeprecated },
    })),
    tags: [...tags].map(([name, text]) => ({ name, description: text })),
    server: servers[0],
  };
}

export function requestsOf(description: ApiDescription, order: OperationsOrder): readonly OperationRequest[] {
  const taken = new Set(order.taken);
  return operationsNamed(description, order.ids).map((each) => operationRequest(each, description, order, taken));
}

export function connectionsOf(description: ApiDescription, ids: readonly string[]): readonly DescribedConnection[] {
  return describedConnections(description, operationsNamed(description, ids));
}

/** In the order of the document. */
function operationsNamed({ operations }: ApiDescription, ids: readonly string[]): readonly Operation[] {
  const wanted = new Set(ids);
  return operations.filter(({ id }) => wanted.has(id));
}

/** Whether a connection may send its tokens wherever a described one needs to. */
export function servesOrigins({ origins }: ConnectionConfig, needed: readonly string[]): boolean {
  return needed.length > 0 && needed.every((origin) => origins.includes(origin));
}
