import type { RequestEntry } from '../request/model';
import { templateText } from '../request/templateText';
import type { OperationSummary } from './openDescription';
import { variableName } from './operationParameters';
import { pathOnly } from './operationRequest';

/** The request of a file that sends an operation, as far as that can be told from its method and URL. */
export function requestOf(operation: OperationSummary, requests: readonly RequestEntry[]): RequestEntry | undefined {
  const url = pathOnly(operation.path).replace(/\{([^{}]*)\}/g, (_, name: string) => `\${${variableName(name)}}`);
  return requests.find((entry) => entry.method === operation.method && entry.url && templateText(entry.url) === url);
}
