import type { ProjectFile, RequestEntry, RequestFile, Variable, Variables } from '../model';

export type ScopeName = 'request' | 'file' | 'environment' | 'project';

export interface Scope {
  readonly name: ScopeName;
  readonly variables: Variables;
}

/** Where names are looked up, nearest first; and what an environment that is not active would have. */
export interface Scopes {
  readonly chain: readonly Scope[];
  readonly project: ProjectFile | undefined;
  readonly environment: string | undefined;
}

export interface FoundVariable {
  readonly scope: ScopeName;
  readonly variable: Variable;
}

/** What a request sees: request, file, environment, project. */
export function requestScopes(
  request: RequestEntry | undefined,
  file: RequestFile,
  project: ProjectFile | undefined,
  environment: string | undefined,
): Scopes {
  const chain: Scope[] = [];
  if (request) chain.push({ name: 'request', variables: request.variables });
  chain.push({ name: 'file', variables: file.variables }, ...projectChain(project, environment));
  return { chain, project, environment };
}

/** What a connection sees: environment and project only, so that no request file can point it elsewhere. */
export function projectScopes(project: ProjectFile, environment: string | undefined): Scopes {
  return { chain: projectChain(project, environment), project, environment };
}

function projectChain(project: ProjectFile | undefined, environment: string | undefined): readonly Scope[] {
  if (!project) return [];
  const active = environment === undefined ? undefined : project.environments.get(environment);
  const scope: Scope = { name: 'project', variables: project.variables };
  return active ? [{ name: 'environment', variables: active.variables }, scope] : [scope];
}

export function findVariable(name: string, scopes: Scopes): FoundVariable | undefined {
  for (const scope of scopes.chain) {
    const variable = scope.variables.get(name);
    if (variable) return { scope: scope.name, variable };
  }
  return undefined;
}

/** Every name that can be used. */
export function* visibleNames(scopes: Scopes): Generator<string> {
  for (const scope of scopes.chain) yield* scope.variables.keys();
}

/** Environments that would give the name a value. */
export function environmentsWith(name: string, { project }: Scopes): readonly string[] {
  if (!project) return [];
  return [...project.environments.values()].filter(({ variables }) => variables.has(name)).map((item) => item.name);
}
