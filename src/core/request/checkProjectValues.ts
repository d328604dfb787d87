import { reportUnknownConnection } from './checkConnection';
import type { Diagnostic, DiagnosticCode, TextRange } from './diagnostic';
import { expressionsIn } from './expressionsIn';
import type { AuthSetting, ProjectFile, Settings, Variables } from './model';
import { nearest } from './nearest';
import type { Reporter } from './reporter';
import type { Evaluation } from './resolve/evaluation';
import { Evaluator } from './resolve/evaluator';
import { fieldTexts } from './resolve/fieldValues';
import { NO_RANDOM } from './resolve/noRandom';
import { prepareAuth } from './resolve/prepareAuth';
import { findVariable, projectScopes } from './resolve/scopes';
import { laterSupplies, type Supplies } from './resolve/supplies';
import { shorten } from './shorten';

/**
 * Looks at what a project file shares with its requests: its variables, those of each environment, and its defaults.
 * Ranges lie in `project`, which is `latchkey.yaml` unmerged; names are looked up in the `merged` file.
 */
export function checkProjectValues(
  project: ProjectFile,
  environment: string | undefined,
  merged: ProjectFile,
  reporter: Reporter,
): void {
  for (const { name, variables } of project.environments.values()) {
    const evaluator = evaluatorFor(merged, name);
    checkVariables(variables, evaluator, reporter);
    // What they are otherwise, only the chosen environment tells.
    checkVariables(project.variables, evaluator, reporter, 'variable.cycle');
  }
  const evaluator = evaluatorFor(merged, environment);
  checkVariables(project.variables, evaluator, reporter);
  checkDefaults(project, merged, evaluator, reporter);
  checkInputs(project, merged, reporter);
}

/** Inputs that are not here: as names, a request file may have them. */
function checkInputs({ variables, environments, defaults }: ProjectFile, { inputs }: ProjectFile, to: Reporter): void {
  for (const { source, range } of expressionsIn([variables, environments, defaults])) {
    if (source.kind !== 'input' || inputs.has(source.name)) continue;
    const name = shorten(source.name);
    const close = nearest(source.name, inputs.keys());
    if (close === undefined) to.info('run.unknownInputHere', range, { name });
    else to.warning('run.unknownInput', range, { name, nearest: close });
  }
}

/** @param only absent: whatever is found. */
function checkVariables(variables: Variables, evaluator: Evaluator, reporter: Reporter, only?: DiagnosticCode): void {
  for (const { name, nameRange, value, faults } of variables.values()) {
    if (faults.length === 0) reportWithin(value.range, evaluator.variable(name, nameRange, false), reporter, only);
  }
}

function checkDefaults(
  { defaults, root }: ProjectFile,
  merged: ProjectFile,
  evaluator: Evaluator,
  reporter: Reporter,
): void {
  const entry = root?.kind === 'map' ? root.entries.find(({ key }) => key === 'defaults') : undefined;
  if (!entry) return;
  const { range } = entry.value;
  for (const evaluation of evaluated(defaults, evaluator, range)) reportWithin(range, evaluation, reporter);
  const { auth } = defaults;
  const name = auth?.kind === 'connection' ? connectionName(auth, evaluator) : undefined;
  if (auth && name !== undefined && !merged.connections.has(name)) {
    reportUnknownConnection(name, auth.range, merged, reporter);
  }
}

function* evaluated(
  { baseUrl, headers, query, auth }: Settings,
  evaluator: Evaluator,
  range: TextRange,
): Generator<Evaluation<unknown>> {
  if (baseUrl) yield evaluator.text(baseUrl, false);
  for (const value of [...headers, ...query]) yield fieldTexts([{ value, elsewhere: false }], evaluator, range);
  if (auth) yield prepareAuth({ value: auth, elsewhere: false }, evaluator);
}

/** `undefined` where it is not known yet, or none is meant. */
function connectionName(auth: AuthSetting, evaluator: Evaluator): string | undefined {
  const prepared = prepareAuth({ value: auth, elsewhere: false }, evaluator);
  return prepared.ok && prepared.value.kind === 'connection' ? prepared.value.connection : undefined;
}

function evaluatorFor(merged: ProjectFile, environment: string | undefined): Evaluator {
  const scopes = projectScopes(merged, environment);
  // What the private overrides say is looked at there.
  const row: Supplies['row'] = (name) =>
    findVariable(name, scopes)?.variable.origin === 'localProjectFile' ? { state: 'later' } : undefined;
  return new Evaluator({
    ...{ scopes, home: 'project', now: 0, random: NO_RANDOM, supplies: { ...laterSupplies, row } },
    directories: { requestFile: undefined, project: merged.directory },
  });
}

/** Failures where something is written; those behind it are reported where they are. */
function reportWithin(
  { start, end }: TextRange,
  evaluation: Evaluation<unknown>,
  reporter: Reporter,
  only?: DiagnosticCode,
): void {
  if (evaluation.ok) return;
  for (const { elsewhere, ...found } of evaluation.failures) {
    if (elsewhere || (only !== undefined && found.code !== only)) continue;
    if (found.range.start >= start && found.range.end <= end) reportFailure(found, reporter);
  }
}

/** A name that is not here may be defined by a request file, or be a field of a row, unless it looks mistyped. */
function reportFailure(found: Diagnostic, reporter: Reporter): void {
  // Which environment is chosen is no mistake in the file; literals have a check of their own.
  if (found.code === 'variable.needsEnvironment' || found.code === 'request.literalSecret') return;
  if (found.code === 'variable.unknown') reporter.add({ ...found, severity: 'warning' });
  else if (found.code === 'variable.unknownHere') reporter.add({ ...found, severity: 'info' });
  else reporter.add(found);
}
