import type { DescribedConnection } from '../../core/openapi/describedConnection';
import type { DescriptionSummary, OperationsOrder } from '../../core/openapi/openDescription';
import type { OperationRequest } from '../../core/openapi/operationRequest';
import type { ErrorCode } from '../../core/errors';
import type { TemplateData } from '../../core/text/template';

/** A coded error on its way between threads. */
export interface CodedError {
  readonly code: ErrorCode;
  readonly data: TemplateData;
}

/** To the thread. */
export type DescriptionOrder =
  | { readonly type: 'open'; readonly uri: string; readonly label: string }
  | { readonly type: 'document'; readonly uri: string; readonly label: string; readonly document: ReadDocument }
  | { readonly type: 'requests'; readonly order: OperationsOrder }
  | { readonly type: 'connections'; readonly ids: readonly string[] };

export type ReadDocument =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: CodedError };

/** From the thread. */
export type DescriptionAnswer =
  | { readonly type: 'read'; readonly uri: string }
  | { readonly type: 'opened'; readonly summary: DescriptionSummary; readonly missing: readonly CodedError[] }
  | { readonly type: 'requests'; readonly requests: readonly OperationRequest[] }
  | { readonly type: 'connections'; readonly connections: readonly DescribedConnection[] }
  | { readonly type: 'failed'; readonly error: CodedError | undefined; readonly stack: string };
