import type { Random } from '../ports';
import { checkConnection } from './checkConnection';
import type { Diagnostic } from './diagnostic';
import type { ProjectFile, RequestEntry, RequestFile, Variables } from './model';
import { Reporter } from './reporter';
import { Evaluator } from './resolve/evaluator';
import { prepareRequest } from './resolve/prepareRequest';
import { findVariable, requestScopes, type Scopes } from './resolve/scopes';
import { laterSupplies } from './resolve/supplies';
import { resolveConnection, type ResolvedConnection } from './resolveConnection';

/**
 * What an editor shows beyond the diagnostics of the parse: names that nobody defines, connections that are missing,
 * URLs outside of a connection's origins, and everything else that would keep a request from being sent. Nothing is
 * read, asked for or sent. Ranges lie in the request file.
 */
export function checkRequestFile(
  file: RequestFile,
  project: ProjectFile | undefined,
  environment: string | undefined,
): readonly Diagnostic[] {
  const reporter = new Reporter();
  const connections = new Map<string, ResolvedConnection>();
  const resolve = (name: string): ResolvedConnection | undefined => {
    if (project && !connections.has(name)) connections.set(name, resolveConnection(project, name, environment));
    return connections.get(name);
  };
  checkFileVariables(file, project, environment, reporter);
  for (const request of file.requests) checkRequest(request, file, project, environment, resolve, reporter);
  return reporter.sorted();
}

/** A fixed source: what is looked at must be the same each time. */
const NO_RANDOM: Random = { bytes: (length) => new Uint8Array(length) };

function evaluatorFor(scopes: Scopes): Evaluator {
  const directories = { requestFile: '', project: '' };
  const supplies = laterSupplies;
  return new Evaluator({ scopes, home: 'requestFile', now: 0, random: NO_RANDOM, supplies, directories });
}

function checkRequest(
  request: RequestEntry,
  file: RequestFile,
  project: ProjectFile | undefined,
  environment: string | undefined,
  resolve: (name: string) => ResolvedConnection | undefined,
  reporter: Reporter,
): void {
  const scopes = requestScopes(request, file, project, environment);
  const evaluator = evaluatorFor(scopes);
  const prepared = prepareRequest(request, file, project, evaluator);
  for (const diagnostic of prepared.diagnostics) report(diagnostic, reporter);
  for (const { name, nameRange } of request.variables.values()) {
    const value = evaluator.variable(name, nameRange, false);
    if (!value.ok) for (const { elsewhere, ...found } of value.failures) if (!elsewhere) report(found, reporter);
  }
  reportShadowing(request.variables, { ...scopes, chain: scopes.chain.slice(1) }, reporter);
  const own = new Reporter();
  checkConnection(prepared, request, project, resolve, own);
  for (const diagnostic of own.sorted()) report(diagnostic, reporter);
}

/** A value that waits for the environment to be chosen is no mistake in the file. */
function report(diagnostic: Diagnostic, reporter: Reporter): void {
  const waiting = diagnostic.code === 'variable.needsEnvironment';
  reporter.add(waiting ? { ...diagnostic, severity: 'info' } : diagnostic);
}

function checkFileVariables(
  file: RequestFile,
  project: ProjectFile | undefined,
  environment: string | undefined,
  reporter: Reporter,
): void {
  if (file.variables.size === 0) return;
  const scopes = requestScopes(undefined, file, project, environment);
  const evaluator = evaluatorFor(scopes);
  const inRequests = new Set(file.requests.flatMap(({ variables }) => [...variables.keys()]));
  for (const { name, nameRange } of file.variables.values()) {
    const value = evaluator.variable(name, nameRange, false);
    if (value.ok) continue;
    for (const { elsewhere, ...found } of value.failures) {
      // A name that only some requests define is checked with those requests.
      if (!elsewhere && !inRequests.has(String(found.data['name']))) report(found, reporter);
    }
  }
  reportShadowing(file.variables, { ...scopes, chain: scopes.chain.slice(1) }, reporter);
}

function reportShadowing(variables: Variables, outer: Scopes, reporter: Reporter): void {
  for (const { name, nameRange } of variables.values()) {
    const hidden = findVariable(name, outer);
    if (hidden) reporter.info('variable.shadows', nameRange, { name, scope: SCOPE_TEXTS[hidden.scope] });
  }
}

const SCOPE_TEXTS = {
  request: 'the request',
  file: 'the file',
  environment: 'the environment',
  project: 'latchkey.yaml',
} as const;
