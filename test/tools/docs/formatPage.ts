import type { KeyDescription, KeyKind, KeyTable } from '../../../src/core/request/format/keyTable';
import { keyAnchor, keyReferences, type FormatFile } from '../../../src/core/request/format/keyReference';

/** Where the page is, relative to the checkout. */
export const formatPath = 'docs/format.md';

const introduction = `# Every key of request files and the project file

Made by \`npm run docs\` from \`src/core/request/format\`; do not edit. \`*\` stands for a name of your own; \`x-…\` keys are
passed over everywhere. The same tables make the JSON Schemas that are shipped for editors:
[request-file.schema.json](../media/schemas/request-file.schema.json) and
[project-file.schema.json](../media/schemas/project-file.schema.json).`;

const kinds: Readonly<Record<KeyKind, string>> = {
  text: 'a text',
  template: 'a text',
  expression: '`${…}`',
  templates: 'a text, or a list of them',
  texts: 'a text, or a list of them',
  url: 'a URL',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  integers: 'a whole number, or a list of them',
  duration: 'a duration: `250ms` `30s` `2m` `1h`',
  status: 'a status such as `200`, a class such as `2xx`, or a list of them',
  connectionName: 'a connection’s name',
  choice: '',
  choices: 'or a list of them',
  object: 'a map',
  named: 'a map of names to maps',
  fields: 'a map of names to texts, numbers or lists of them',
  variables: 'a map of names to any values',
  namedVariables: 'a map of names to variables',
  matchers: 'a value, or a map of matchers',
  matchersByName: 'a map of names to values or matchers',
  captures: 'a map of names to places in the response',
  parts: 'a map of names to texts, maps or lists of them',
  messages: 'a text or a map, or a list of them',
  size: 'a size: `512` `10kB` `5MB`',
  any: 'any value',
};

/** The page as Markdown, one table a file. */
export function formatPage(requestFile: KeyTable, projectFile: KeyTable): string {
  return [
    introduction,
    section('Request file, `*.http.yaml`', 'request', requestFile),
    section('Project file, `latchkey.yaml` and `latchkey.local.yaml`', 'project', projectFile),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(title: string, file: FormatFile, table: KeyTable): string {
  const rows = [...keyReferences(table)].map(({ path, description }) => {
    const name = `<a id="${keyAnchor(file, path)}"></a>\`${path.join('.')}\``;
    return `| ${name} | ${valueText(description)} | ${docsText(description)} |`;
  });
  return [`## ${title}`, '', '| Key | Value | |', '|---|---|---|', ...rows].join('\n');
}

function valueText({ kind, or, values, minimum, maximum }: KeyDescription): string {
  const range = minimum === undefined || maximum === undefined ? '' : ` from ${minimum} to ${maximum}`;
  const names = Object.keys(values ?? {}).map((value) => `\`${value}\``);
  const shapes = [...(or === undefined ? [] : [kinds[or]]), ...(kinds[kind] === '' ? [] : [kinds[kind] + range])];
  return cell([...names, ...shapes].join(', '));
}

function docsText({ docs, values }: KeyDescription): string {
  const meanings = Object.entries(values ?? {}).map(([value, item]) => `\`${value}\`: ${item.docs}`);
  return cell([docs, ...meanings].join('<br>'));
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
