import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from './jsonValue';

/** What is still to be written: a value, or text as it is. */
type Part = { readonly value: JsonValue } | { readonly text: string };

/** A value as JSON text without space, every number with the digits it was read with. Depth costs no stack. */
export function writeJson(root: JsonValue): string {
  return writeShortJson(root, Infinity) ?? '';
}

/**
 * The same, or `undefined` when it has more characters than `most`. What a path finds can lie within each other, and
 * is then far longer than the body it was found in.
 */
export function writeShortJson(root: JsonValue, most: number): string | undefined {
  const pieces: string[] = [];
  let length = 0;
  const waiting: Part[] = [{ value: root }];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    if ('value' in part && isJsonArray(part.value)) push(waiting, arrayParts(part.value));
    else if ('value' in part && isJsonObject(part.value)) push(waiting, objectParts(part.value));
    else {
      const piece = 'text' in part ? part.text : writeScalar(part.value);
      length += piece.length;
      if (length > most) return undefined;
      pieces.push(piece);
    }
  }
  return pieces.join('');
}

function writeScalar(value: JsonValue): string {
  return value instanceof JsonNumber ? value.literal : JSON.stringify(value);
}

function push(waiting: Part[], parts: readonly Part[]): void {
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at];
    if (part) waiting.push(part);
  }
}

function arrayParts(items: readonly JsonValue[]): readonly Part[] {
  const parts: Part[] = [{ text: '[' }];
  for (const [index, value] of items.entries()) {
    if (index > 0) parts.push({ text: ',' });
    parts.push({ value });
  }
  parts.push({ text: ']' });
  return parts;
}

function objectParts(members: ReadonlyMap<string, JsonValue>): readonly Part[] {
  const parts: Part[] = [{ text: '{' }];
  for (const [name, value] of members) {
    parts.push({ text: `${parts.length > 1 ? ',' : ''}${JSON.stringify(name)}:` }, { value });
  }
  parts.push({ text: '}' });
  return parts;
}
