import type { JsonValue } from '../../json/jsonValue';
import { Reporter } from '../../request/reporter';
import { jsonOfYaml } from '../../request/yaml/jsonOfYaml';
import { parseYaml } from '../../request/yaml/parseYaml';

/** A YAML text as JSON, by the rules of request files; `undefined` when there is an error in it. */
export function yamlJson(text: string): JsonValue | undefined {
  const reporter = new Reporter();
  const root = parseYaml(text, reporter);
  return root && reporter.errorsSince(0).length === 0 ? jsonOfYaml(root) : undefined;
}
