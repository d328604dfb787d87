import type { RequestEntry, RequestFile } from '../../src/core/request/model';

/** Everything a request file says, as plain data: files that say the same are deeply equal in this form. */
export function plainFile(file: RequestFile): unknown {
  const { settings, variables, faults, diagnostics } = file;
  return { requests: file.requests.map(plainRequest), settings, variables, faults, diagnostics };
}

function plainRequest(request: RequestEntry): Readonly<Record<string, unknown>> {
  const prototype = Object.getPrototypeOf(request) as object;
  const getters = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  return Object.fromEntries(getters.map((name) => [name, request[name as keyof RequestEntry]]));
}
