import type { Content } from '../expect/bodyContent';
import { readJson } from '../json/readJson';
import type { JsonValue } from '../json/jsonValue';
import { eventReader } from './eventReader';
import type { StreamKind } from './streamKind';

/** Values between two turns of the event loop. */
const SLICE = 500;

/**
 * A stream as one list, for paths to look into. Lines and messages are the values that they hold; a server-sent event
 * is a map of `event`, `id` and `data`, which is a text where it is no JSON.
 */
export async function streamValues(
  kind: StreamKind,
  text: string,
  pause: () => Promise<void>,
): Promise<Content<JsonValue>> {
  const values: JsonValue[] = [];
  let problem: string | undefined;
  const reader = eventReader(kind === 'events' ? 'events' : 'lines', ({ type, id, data }) => {
    const read = readJson(data);
    if (kind === 'events') {
      values.push(
        new Map<string, JsonValue>([
          ['event', type ?? 'message'],
          ['id', id ?? null],
          ['data', read.ok ? read.value : data],
        ]),
      );
    } else if (read.ok) values.push(read.value);
    else problem ??= `no valid JSON in line ${values.length + 1}`;
    return problem !== undefined;
  });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0, before = 0; at < bytes.length && problem === undefined; at += PIECE) {
    reader.push(bytes.subarray(at, at + PIECE));
    if (values.length - before < SLICE) continue;
    before = values.length;
    await pause();
  }
  if (problem === undefined) reader.end();
  return problem === undefined ? { ok: true, value: values } : { ok: false, problem };
}

const PIECE = 64 * 1024;
