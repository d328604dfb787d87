import type { Diagnostic } from './diagnostic';
import type { ProjectFile } from './model';
import { Reporter } from './reporter';
import { resolveConnection } from './resolveConnection';

/**
 * What an editor shows of a project file beyond the diagnostics of the parse: connections that cannot be used as they
 * stand. Ranges lie in `project`, which is `latchkey.yaml` unmerged; what the `merged` file has put right is passed over.
 */
export function checkProjectFile(
  project: ProjectFile,
  environment: string | undefined,
  merged = project,
): readonly Diagnostic[] {
  const reporter = new Reporter();
  const known = new Set([...project.faults, ...[...project.connections.values()].flatMap(({ faults }) => faults)]);
  for (const name of project.connections.keys()) {
    const putRight = merged !== project && resolveConnection(merged, name, environment).ok;
    for (const found of resolveConnection(project, name, environment).diagnostics) {
      if (known.has(found) || (putRight && found.severity === 'error')) continue;
      // Which environment is chosen is no mistake in the file.
      reporter.add(found.code === 'variable.needsEnvironment' ? { ...found, severity: 'info' } : found);
    }
  }
  return reporter.sorted();
}
