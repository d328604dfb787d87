import { keyText } from '../request/edit/yamlText';
import type { KeyDescription, KeyKind } from '../request/format/keyTable';
import type { TextRange } from '../request/diagnostic';
import { bodyKeys } from '../request/format/bodyKeys';
import { methodKeys } from '../request/format/requestKeys';
import { snippetChoice, type Completion } from './completion';
import type { LanguageFile } from './languageFile';
import { keysAt, type KeyPlace } from './keyPlace';
import { lineShape, lineStart } from './lineShape';
import type { PositionContext } from './positionContext';
import { siblingKeys } from './siblingKeys';

/** The keys that can stand at a place and are missing there, each with what its value begins with. */
export function completeKeys(
  file: LanguageFile,
  context: PositionContext,
  place: KeyPlace,
  range: TextRange,
): readonly Completion[] {
  const table = keysAt(place);
  if (!table) return [];
  const present = new Set(siblingKeys(file.text, context));
  const spared = sparedKeys(place, present);
  const hasColon = file.text[context.token.end] === ':' && context.token.end > context.token.start;
  const indent = innerIndent(file.text, context);
  return Object.entries(table).flatMap(([key, description]): Completion[] => {
    if (present.has(key) || spared.has(key)) return [];
    const behind = hasColon ? '' : `:${valueSnippet(description, context.style, indent)}`;
    return [
      {
        label: key,
        kind: 'key',
        docs: description.docs,
        insert: keyText(key) + behind,
        range,
        filter: (context.quote ?? '') + key,
        rank: 3,
        more: !hasColon && offersMore(description),
      },
    ];
  });
}

/** Of methods, and of bodies, a request has one. */
function sparedKeys({ path, name }: KeyPlace, present: ReadonlySet<string>): ReadonlySet<string> {
  const spared = new Set<string>();
  if (path.join('.') !== 'requests' || name === undefined) return spared;
  const methods = [...Object.keys(methodKeys), 'websocket'];
  if (methods.some((method) => present.has(method))) for (const key of [...methods, 'method', 'url']) spared.add(key);
  if (present.has('method') || present.has('url')) for (const method of methods) spared.add(method);
  const bodies = Object.keys(bodyKeys);
  if (bodies.some((body) => present.has(body))) for (const body of bodies) spared.add(body);
  return spared;
}

/** What lines below a key are indented by, relative to the line of the cursor: keys can stand behind dashes. */
function innerIndent(text: string, context: PositionContext): string {
  const { indent } = lineShape(text, lineStart(text, context.token.start));
  return ' '.repeat(Math.max(0, context.column - indent) + 2);
}

/** Kinds whose value is written on the lines below in block style. */
const BELOW: ReadonlySet<KeyKind> = new Set([
  'object',
  'named',
  'fields',
  'variables',
  'namedVariables',
  'matchersByName',
  'captures',
]);

const LIST = ' [$0]';
const VALUES: Readonly<Partial<Record<KeyKind, string>>> = {
  texts: LIST,
  templates: LIST,
  integers: LIST,
  boolean: ` ${snippetChoice(['true', 'false'])}`,
  duration: ' ${1:30s}',
  size: ' ${1:5MB}',
  status: ' ${1:200}',
};

function valueSnippet(key: KeyDescription, style: PositionContext['style'], indent: string): string {
  const { kind, or, values } = key;
  if (or !== undefined || (values && kind !== 'choice')) return ' $0';
  if (BELOW.has(kind)) return style === 'flow' ? ' { $0 }' : `\n${indent}$0`;
  return VALUES[kind] ?? ' $0';
}

/** Whether something can be chosen for the value, so that the list should open again. */
function offersMore({ kind, values, suggest, keys, or }: KeyDescription): boolean {
  return !!values || !!suggest || !!keys || or !== undefined || kind === 'connectionName';
}
