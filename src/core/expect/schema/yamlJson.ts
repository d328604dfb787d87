import { JsonNumber, type JsonValue } from '../../json/jsonValue';
import { Reporter } from '../../request/reporter';
import { parseYaml } from '../../request/yaml/parseYaml';
import type { YamlNode } from '../../request/yaml/yamlNode';

/** A YAML text as JSON, by the rules of request files; `undefined` when there is an error in it. */
export function yamlJson(text: string): JsonValue | undefined {
  const reporter = new Reporter();
  const root = parseYaml(text, reporter);
  return root && reporter.errorsSince(0).length === 0 ? valueOf(root) : undefined;
}

function valueOf(node: YamlNode): JsonValue {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'number':
      return new JsonNumber(node.literal);
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    case 'list':
      return node.items.map(valueOf);
    case 'map':
      return new Map(node.entries.map(({ key, value }) => [key, valueOf(value)]));
  }
}
