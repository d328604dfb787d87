import type { ScopeName } from '../request/resolve/scopes';

/** Where a variable is written, for people. */
export const SCOPE_NAMES: Readonly<Record<ScopeName, string>> = {
  request: 'a variable of the request',
  file: 'a variable of the file',
  environment: 'a variable of the active environment',
  project: 'a variable of the project',
};
