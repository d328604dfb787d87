import { checkConnection } from './checkConnection';
import type { Diagnostic } from './diagnostic';
import { placeAll } from './document/coordinates';
import type { FileParts } from './document/parts';
import { partsOf } from './document/placedFile';
import { Surroundings } from './document/surroundings';
import type { KnownRows, RowsOfFile } from './knownRows';
import type { ProjectFile, RequestEntry, RequestFile, Variables } from './model';
import { FurtherReporter, Reporter } from './reporter';
import { located, type Evaluation } from './resolve/evaluation';
import { Evaluator } from './resolve/evaluator';
import { NO_RANDOM } from './resolve/noRandom';
import { prepareRequest } from './resolve/prepareRequest';
import { resolveExpect } from './resolve/resolveExpect';
import { resolveItems, resolveSkip } from './resolve/resolveFlow';
import { findVariable, requestScopes, type Scopes } from './resolve/scopes';
import { laterSupplies } from './resolve/supplies';
import { rowOfItems, rowOfKnown, type RowToCome } from './resolve/unknownRow';
import { finish, type Steps } from './steps';

/**
 * What an editor shows beyond the diagnostics of the parse: names that nobody defines, connections that are missing,
 * URLs outside of a connection's origins, and everything else that would keep a request from being sent. Nothing is
 * read, asked for or sent. Ranges lie in the request file. By position.
 *
 * What was found is kept with each request for as long as it, what surrounds it, its rows and the project are the same
 * objects: of the next state of a {@link RequestDocument} only what has changed is checked.
 *
 * @param rows what is known of the files of rows.
 */
export function checkRequestFile(
  file: RequestFile,
  project: ProjectFile | undefined,
  environment: string | undefined,
  rows?: RowsOfFile,
): readonly Diagnostic[] {
  return finish(checkRequestFileInSteps(file, project, environment, rows));
}

/** The same, in steps of a few milliseconds. */
export function* checkRequestFileInSteps(
  file: RequestFile,
  project: ProjectFile | undefined,
  environment: string | undefined,
  rows?: RowsOfFile,
): Steps<readonly Diagnostic[]> {
  const parts = partsOf(file);
  const { tail } = parts;
  const surroundings = new Surroundings(parts, project, environment, rows);
  const reporter = new Reporter();
  const found = checkFileVariables(parts, surroundings);
  for (const diagnostic of placeAll(found, { request: 0, tail })) reporter.add(diagnostic);
  let checked = 0;
  for (const { request, start } of parts.requests) {
    if (!request) continue;
    let diagnostics = surroundings.known(request);
    if (!diagnostics) {
      diagnostics = surroundings.keep(request, checkRequest(request, surroundings));
      if (++checked % REQUESTS_PER_STEP === 0) yield;
    }
    if (diagnostics.length === 0) continue;
    for (const diagnostic of placeAll(diagnostics, { request: start, tail })) reporter.add(diagnostic);
  }
  return reporter.sorted();
}

/** A millisecond's work or two. */
const REQUESTS_PER_STEP = 20;

function evaluatorFor(scopes: Scopes, row?: RowToCome): Evaluator {
  // Where the file is does not matter but for its paths, which are looked at when they are used.
  const directories = { requestFile: undefined, project: undefined };
  const supplies = { ...laterSupplies, ...row };
  return new Evaluator({ scopes, home: 'requestFile', now: 0, random: NO_RANDOM, supplies, directories });
}

function checkRequest(request: RequestEntry, surroundings: Surroundings): readonly Diagnostic[] {
  const { file, project, environment } = surroundings;
  const reporter = new FurtherReporter([...request.faults, ...faultsOf(file.variables)]);
  const scopes = requestScopes(request, file, project, environment);
  const evaluator = evaluatorFor(scopes, checkRows(request, scopes, surroundings.rowsOf(request), reporter));
  const prepared = prepareRequest(request, file, project, evaluator);
  for (const diagnostic of prepared.diagnostics) report(diagnostic, reporter);
  const { until } = request.flow.retry ?? {};
  reportFailures(located(resolveExpect(until, evaluator), request.nameRange), reporter);
  for (const { name, nameRange } of request.variables.values()) {
    reportFailures(evaluator.variable(name, nameRange, false), reporter);
  }
  reportShadowing(request.variables, { ...scopes, chain: scopes.chain.slice(1) }, reporter);
  const own = new Reporter();
  checkConnection(prepared, request, project, (name) => surroundings.connection(name), own);
  for (const diagnostic of own.sorted()) report(diagnostic, reporter);
  return reporter.sorted();
}

/** What is looked at before there are rows; gives what is known of them. */
function checkRows(
  { flow, nameRange }: RequestEntry,
  scopes: Scopes,
  rows: KnownRows | undefined,
  reporter: Reporter,
): RowToCome | undefined {
  const { forEach, skip } = flow;
  if (!forEach && !skip) return undefined;
  const evaluator = evaluatorFor(scopes);
  if (skip) reportFailures(located(resolveSkip(skip, evaluator), nameRange), reporter);
  if (!forEach) return undefined;
  if (forEach.kind === 'file') {
    reportFailures(located(evaluator.text(forEach.path, false), nameRange), reporter);
    return rowOfKnown(rows, scopes);
  }
  const items = resolveItems(forEach.value, evaluator);
  reportFailures(located(items, nameRange), reporter);
  return items.ok ? rowOfItems(items.value) : rowOfKnown(undefined, scopes);
}

/** Failures that lie in this file. */
function reportFailures(evaluation: Evaluation<unknown>, reporter: Reporter): void {
  if (evaluation.ok) return;
  for (const { elsewhere, ...found } of evaluation.failures) if (!elsewhere) report(found, reporter);
}

function faultsOf(variables: Variables): readonly Diagnostic[] {
  return Array.from(variables.values(), ({ faults }) => faults).flat();
}

/** A value that waits for the environment to be chosen is no mistake in the file. */
function report(diagnostic: Diagnostic, reporter: Reporter): void {
  const waiting = diagnostic.code === 'variable.needsEnvironment';
  reporter.add(waiting ? { ...diagnostic, severity: 'info' } : diagnostic);
}

function checkFileVariables({ requests }: FileParts, surroundings: Surroundings): readonly Diagnostic[] {
  const { file, project, environment } = surroundings;
  if (file.variables.size === 0) return [];
  const reporter = new FurtherReporter(faultsOf(file.variables));
  const scopes = requestScopes(undefined, file, project, environment);
  const evaluator = evaluatorFor(scopes);
  // A name that only some requests define, or the rows that they are sent for, is checked with those requests.
  const inRequests = (name: string): boolean =>
    requests.some(({ request }) => request?.flow.forEach !== undefined || request?.variables.has(name) === true);
  for (const { name, nameRange } of file.variables.values()) {
    const value = evaluator.variable(name, nameRange, false);
    if (value.ok) continue;
    for (const { elsewhere, ...found } of value.failures) {
      if (!elsewhere && !inRequests(String(found.data['name']))) report(found, reporter);
    }
  }
  reportShadowing(file.variables, { ...scopes, chain: scopes.chain.slice(1) }, reporter);
  return reporter.sorted();
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
