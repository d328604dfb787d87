import type { TextRange } from '../../request/diagnostic';
import { plainText } from '../../request/decode/decodeValue';
import { Secret } from '../../secret';
import type { SourceText, TextEdit } from './quickFix';
import { entriesAround, isFlowNode, textAround } from './yamlPath';

/** A literal that can be moved out of a file. */
export interface MovableSecret {
  readonly value: Secret;
  /** From the key that it stands under. */
  readonly suggestedName: string;
  /** The edit that leaves the name of the secret in its place. Comments and style stay. */
  readonly edit: (name: string) => TextEdit;
}

/** The literal at a range; `undefined` when there is none, or it is made from something else. */
export function movableSecret({ text, root }: SourceText, range: TextRange): MovableSecret | undefined {
  const node = textAround(root, range);
  const literal = node && plainText(node);
  if (!node || literal === undefined || literal === '' || literal.includes('${')) return undefined;
  const places = entriesAround(root, range);
  const isFlow =
    places.some(({ map }) => isFlowNode(text, map)) || places.some(({ entry }) => isFlowNode(text, entry.value));
  const scheme = /^([A-Za-z][\w-]*) +(?=\S+$)/.exec(literal)?.[0] ?? '';
  const quote = node.kind === 'text' && /^["']/.test(node.source) ? node.source.charAt(0) : isFlow ? '"' : '';
  return {
    value: new Secret(literal.slice(scheme.length)),
    suggestedName: suggestedName(places.at(-1)?.entry.key ?? 'secret'),
    edit: (name) => ({ range: node.range, text: `${quote}${scheme}\${secret:${name}}${quote}` }),
  };
}

function suggestedName(key: string): string {
  return (
    key
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .toLowerCase() || 'secret'
  );
}
