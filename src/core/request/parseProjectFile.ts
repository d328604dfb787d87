import { decodeProject } from './decode/decodeProject';
import type { ProjectFile } from './model';
import { Reporter } from './reporter';
import { parseYaml } from './yaml/parseYaml';

/** Parses `latchkey.yaml` or `latchkey.local.yaml`. Never throws: what is wrong becomes a diagnostic. */
export function parseProjectFile(text: string): ProjectFile {
  const reporter = new Reporter();
  const root = parseYaml(text, reporter);
  return decodeProject(root, () => 'projectFile', reporter);
}
