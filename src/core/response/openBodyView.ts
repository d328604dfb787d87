import type { ResponseBody } from '../http/exchange';
import type { Secret } from '../secret';
import type { BodyView } from './bodyView';
import { classifyBody } from './classify';
import { indexJson } from './indexJson';
import { JsonLines } from './jsonLines';
import { LoadedBodyView } from './loadedBodyView';
import { secretMasker } from '../http/secretMasker';
import { TextLines } from './textLines';

/** Bytes that are decoded and indexed; more would be held twice for little use. */
export const MAX_SHOWN_BYTES = 16 * 1024 * 1024;
const HEAD_BYTES = 1024;

export interface OpenBodyOptions {
  readonly id: string;
  /** The Content-Type header as received. */
  readonly contentType: string | undefined;
  /** Live secrets to be masked wherever the server echoes them. */
  readonly mask: readonly Secret[];
  /** Gives the event loop a turn; awaited between slices of work. */
  readonly pause: () => Promise<void>;
}

/** Reads, masks and indexes a body so that its rows can be asked for. No content makes it throw; a failing read does. */
export async function openBodyView(body: ResponseBody, options: OpenBodyOptions): Promise<BodyView> {
  const { id, pause } = options;
  const bytes = await body.read(0, Math.min(body.size, MAX_SHOWN_BYTES));
  const kind = classifyBody(options.contentType, bytes.subarray(0, HEAD_BYTES), body.size);
  const common = { id, kind, size: body.size, pause };
  if (kind.kind !== 'text') {
    const raw = new TextLines('');
    return new LoadedBodyView({ ...common, shownBytes: 0, text: '', raw, pretty: undefined, mistake: undefined });
  }
  const text = secretMasker(options.mask)(new TextDecoder(kind.charset).decode(bytes));
  const raw = new TextLines(text);
  const loaded = { ...common, shownBytes: bytes.length, text, raw };
  if (kind.language !== 'json' || bytes.length < body.size) {
    return new LoadedBodyView({ ...loaded, pretty: undefined, mistake: undefined });
  }
  const indexed = await indexJson(text, pause);
  if (indexed.kind === 'done') {
    return new LoadedBodyView({ ...loaded, pretty: new JsonLines(text, indexed.index), mistake: undefined });
  }
  return new LoadedBodyView({ ...loaded, pretty: undefined, mistake: raw.position(indexed.offset) });
}
