import type { ProjectFile, RequestEntry, RequestFile } from './model';
import { findVariable, requestScopes, type FoundVariable } from './resolve/scopes';

/**
 * Where a name gets its value from, as a request sees it (or, without a request, the top level of the file): the scope
 * and the variable, whose ranges lie in the file named by its `origin`. `undefined` when nobody defines it.
 */
export function describeVariable(
  name: string,
  file: RequestFile,
  request: RequestEntry | undefined,
  project: ProjectFile | undefined,
  environment: string | undefined,
): FoundVariable | undefined {
  return findVariable(name, requestScopes(request, file, project, environment));
}
