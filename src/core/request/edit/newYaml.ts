import { scalarLines, scalarText } from './yamlText';

/** YAML that is still to be written. Texts are in the request format: `${…}` in them is expanded. */
export type NewYaml =
  | { readonly kind: 'text'; readonly text: string }
  /** A number, `true`, `false` or `null`, written as it is. */
  | { readonly kind: 'raw'; readonly source: string }
  | { readonly kind: 'list'; readonly items: readonly NewYaml[] }
  | { readonly kind: 'map'; readonly entries: readonly NewYamlEntry[] };

export type NewYamlEntry = readonly [key: string, value: NewYaml];

/** A map or list that is no longer than this is written on one line, where it holds nothing but short values. */
const LONGEST_FLOW = 60;

export const yamlStep = '  ';

/** The lines of an entry in block style, each without its line break. */
export function blockLines([key, value]: NewYamlEntry, indent: string): readonly string[] {
  const head = `${indent}${scalarText(key, 'flow')}:`;
  switch (value.kind) {
    case 'raw':
      return [`${head} ${value.source}`];
    case 'text': {
      const [first = '', ...rest] = scalarLines(value.text, indent + yamlStep);
      return [`${head} ${first}`, ...rest];
    }
    case 'list':
    case 'map': {
      const flow = flowText(value);
      return isShort(value, flow) ? [`${head} ${flow}`] : [head, ...childLines(value, indent + yamlStep)];
    }
  }
}

function childLines(value: Extract<NewYaml, { kind: 'list' | 'map' }>, indent: string): readonly string[] {
  if (value.kind === 'map') return value.entries.flatMap((entry) => blockLines(entry, indent));
  return value.items.flatMap((item) => itemLines(item, indent));
}

/** Behind the dash what belongs to an item is indented by two more. */
function itemLines(item: NewYaml, indent: string): readonly string[] {
  const [first = '', ...rest] = item.kind === 'map' || item.kind === 'list' ? nestedLines(item, indent) : [];
  if (first !== '') return [`${indent}- ${first.slice(indent.length + yamlStep.length)}`, ...rest];
  if (item.kind !== 'text') return [`${indent}- ${flowText(item)}`];
  const [head = '', ...tail] = scalarLines(item.text, indent + yamlStep);
  return [`${indent}- ${head}`, ...tail];
}

function nestedLines(item: Extract<NewYaml, { kind: 'list' | 'map' }>, indent: string): readonly string[] {
  const flow = flowText(item);
  return isShort(item, flow) ? [`${indent}${yamlStep}${flow}`] : childLines(item, indent + yamlStep);
}

function isShort(value: NewYaml, flow: string): boolean {
  if (value.kind === 'map' && value.entries.length === 0) return true;
  if (value.kind === 'list' && value.items.length === 0) return true;
  return flow.length <= LONGEST_FLOW && (value.kind === 'list' || isNested(value));
}

/** Lists of scalars and maps inside of maps read well on one line; a map of headers does not. */
function isNested(value: NewYaml): boolean {
  return value.kind === 'map' && value.entries.every(([, inner]) => inner.kind === 'map');
}

/** The value on one line, for inside of `{ }` and `[ ]`. */
export function flowText(value: NewYaml): string {
  switch (value.kind) {
    case 'raw':
      return value.source;
    case 'text':
      return scalarText(value.text, 'flow');
    case 'list':
      return `[${value.items.map(flowText).join(', ')}]`;
    case 'map':
      if (value.entries.length === 0) return '{}';
      return `{ ${value.entries.map(flowEntry).join(', ')} }`;
  }
}

export function flowEntry([key, value]: NewYamlEntry): string {
  return `${scalarText(key, 'flow')}: ${flowText(value)}`;
}
