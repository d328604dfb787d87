import { parseContentType } from '../response/classify';
import type { Header } from '../ports';

/** What comes piece by piece: server-sent events, lines of JSON, or the messages of a WebSocket. */
export type StreamKind = 'events' | 'lines' | 'socket';

const LINES = /^application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines|json-seq|stream\+json)$/;

/** The kind of stream that the body of a response is; `undefined`: an ordinary body. */
export function streamKindOf(headers: readonly Header[]): Exclude<StreamKind, 'socket'> | undefined {
  const { mediaType } = parseContentType(headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]);
  if (mediaType === 'text/event-stream') return 'events';
  return LINES.test(mediaType) ? 'lines' : undefined;
}
