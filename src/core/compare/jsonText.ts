import { isJsonArray, JsonNumber, type JsonObject, type JsonValue } from '../json/jsonValue';

const STEP = '  ';

type Frame = { readonly close: string; isEmpty: boolean } & Iterator<
  readonly [key: string | undefined, value: JsonValue]
>;

/**
 * A JSON value over several lines, numbers as they were written. With `sorted` members stand in the order of their
 * names, so that two texts differ only where the values do. Depth costs no stack.
 */
export function jsonText(value: JsonValue, sorted: boolean): string {
  const pieces: string[] = [];
  const open: Frame[] = [];
  const write = (each: JsonValue): void => {
    const scalar = scalarText(each);
    if (scalar === undefined) {
      pieces.push(isJsonArray(each) ? '[' : '{');
      open.push(frameOf(each as readonly JsonValue[] | JsonObject, sorted));
    } else pieces.push(scalar);
  };
  write(value);
  for (let frame = open.at(-1); frame; frame = open.at(-1)) {
    const next = frame.next();
    if (next.done === true) {
      open.pop();
      pieces.push(frame.isEmpty ? frame.close : `\n${STEP.repeat(open.length)}${frame.close}`);
      continue;
    }
    const [key, inner] = next.value;
    pieces.push(`${frame.isEmpty ? '' : ','}\n${STEP.repeat(open.length)}`);
    if (key !== undefined) pieces.push(`${JSON.stringify(key)}: `);
    frame.isEmpty = false;
    write(inner);
  }
  return pieces.join('');
}

function scalarText(value: JsonValue): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value);
  if (value instanceof JsonNumber) return value.literal;
  return typeof value === 'string' ? JSON.stringify(value) : undefined;
}

function frameOf(value: readonly JsonValue[] | JsonObject, sorted: boolean): Frame {
  if (isJsonArray(value)) {
    const items = value.values();
    return {
      close: ']',
      isEmpty: true,
      next: () => {
        const item = items.next();
        return item.done === true ? { done: true, value: undefined } : { done: false, value: [undefined, item.value] };
      },
    };
  }
  const members = sorted ? [...value].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).values() : value.entries();
  return { close: '}', isEmpty: true, next: () => members.next() };
}
