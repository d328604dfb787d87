import { isJsonNumber } from '../../json/isJsonNumber';
import type { YamlNode } from '../yaml/yamlNode';
import { quotedText, scalarLines, scalarText, type ScalarPlace } from './yamlText';

export interface ScalarPlacement {
  readonly place: ScalarPlace;
  /** Of the lines of a text of several, where they stand below their key. */
  readonly indent: string;
  readonly eol: string;
}

/** A text in the place of a scalar, in the style of that one where this can say it. `safely`: in quotes whatever it is. */
export function editedScalar(
  node: YamlNode,
  text: string,
  { place, indent, eol }: ScalarPlacement,
  safely: boolean,
): string {
  const source = node.kind === 'text' ? node.source : '';
  if (safely || source.startsWith('"')) return quotedText(text);
  if (source.startsWith("'")) return isOneLine(text) ? `'${text.replaceAll("'", "''")}'` : quotedText(text);
  if (place === 'block' && (text.includes('\n') || /^[|>]/.test(source))) {
    return scalarLines(text, indentOf(source) ?? indent).join(eol);
  }
  const isBare = node.kind === 'number' || node.kind === 'boolean';
  return isBare && isNumberOrBoolean(text) ? text : scalarText(text, place);
}

/** The indentation that the lines of a block scalar have already. */
function indentOf(source: string): string | undefined {
  return /^[|>][^\n]*\n(?:[ \t]*\r?\n)*([ ]+)/.exec(source)?.[1];
}

function isOneLine(text: string): boolean {
  return /^[\t\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u.test(text);
}

function isNumberOrBoolean(text: string): boolean {
  return isJsonNumber(text) || text === 'true' || text === 'false';
}
