import { JsonNumber, type JsonValue } from '../../json/jsonValue';
import type { YamlNode } from './yamlNode';

/** YAML as JSON. Of entries of one name the last counts. */
export function jsonOfYaml(node: YamlNode | undefined): JsonValue {
  switch (node?.kind) {
    case undefined:
    case 'null':
      return null;
    case 'text':
      return node.text;
    case 'number':
      return new JsonNumber(node.literal);
    case 'boolean':
      return node.value;
    case 'list':
      return node.items.map(jsonOfYaml);
    case 'map':
      return new Map(node.entries.map(({ key, value }) => [key, jsonOfYaml(value)]));
  }
}
