import { checkProjectValues } from './checkProjectValues';
import type { Diagnostic } from './diagnostic';
import type { ProjectFile } from './model';
import { FurtherReporter, type Reporter } from './reporter';
import { literalIn, secretFields } from './resolve/literalSecret';
import { projectScopes } from './resolve/scopes';
import { resolveConnection } from './resolveConnection';
import { resolveTls } from './resolveTls';

/**
 * What an editor shows of a project file beyond the diagnostics of the parse: connections and certificates that cannot
 * be used as they stand, and values that cannot be put in. Ranges lie in `project`, which is `latchkey.yaml` unmerged;
 * what the `merged` file has put right is passed over.
 */
export function checkProjectFile(
  project: ProjectFile,
  environment: string | undefined,
  merged = project,
): readonly Diagnostic[] {
  const reporter = new FurtherReporter(project.diagnostics.filter(({ severity }) => severity === 'error'));
  const known = new Set([...project.faults, ...[...project.connections.values()].flatMap(({ faults }) => faults)]);
  const tlsPutRight = merged !== project && resolveTls(merged).diagnostics.length === 0;
  const tls = resolveTls(project).diagnostics;
  if (!tlsPutRight) for (const found of tls) reporter.add(found);
  for (const name of project.connections.keys()) {
    const putRight = merged !== project && resolveConnection(merged, name, environment).ok;
    for (const found of resolveConnection(project, name, environment).diagnostics) {
      if (known.has(found) || (putRight && found.severity === 'error')) continue;
      // Which environment is chosen is no mistake in the file.
      reporter.add(found.code === 'variable.needsEnvironment' ? { ...found, severity: 'info' } : found);
    }
  }
  checkProjectValues(project, environment, merged, reporter);
  checkLiterals(project, environment, reporter);
  return reporter.sorted();
}

/** A secret that the defaults write out is committed with the file, whether a request uses it or not. */
function checkLiterals(project: ProjectFile, environment: string | undefined, reporter: Reporter): void {
  const { auth } = project.defaults;
  if (!auth) return;
  const scopes = projectScopes(project, environment);
  for (const [key, template] of secretFields(auth)) {
    const literal = literalIn(template, scopes, true);
    if (literal) reporter.error('request.literalSecret', literal.range, { key });
  }
}
