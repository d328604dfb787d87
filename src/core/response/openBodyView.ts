import type { ResponseBody } from '../http/exchange';
import type { Secret } from '../secret';
import type { BodyView } from './bodyView';
import { classifyBody } from './classify';
import { indexJson } from './indexJson';
import { JsonLines } from './jsonLines';
import { LoadedBodyView } from './loadedBodyView';
import { ReceivedBody } from '../http/receiveBody';
import { secretForms, secretMasker } from '../http/secretMasker';
import type { LargeBodies, LargeBody } from './largeBodies';
import { HEAD_BYTES as LARGE_HEAD_BYTES, LargeBodyView } from './largeBodyView';
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
  /** For bodies that are too big to be looked through here; absent: only the beginning of those is shown. */
  readonly large?: LargeBodies | undefined;
}

/** Reads, masks and indexes a body so that its rows can be asked for. No content makes it throw; a failing read does. */
export async function openBodyView(body: ResponseBody, options: OpenBodyOptions): Promise<BodyView> {
  const { id, pause } = options;
  if (body instanceof ReceivedBody && (body.file || !body.isComplete)) {
    const view = await openLargeBody(body, options);
    if (view) return view;
  }
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

/** A body that is in a file, or still arriving. `undefined`: its rows cannot be found byte by byte. */
async function openLargeBody(body: ReceivedBody, options: OpenBodyOptions): Promise<BodyView | undefined> {
  const { id, contentType, large } = options;
  const head = await body.read(0, Math.min(body.size, LARGE_HEAD_BYTES));
  const kind = classifyBody(contentType, head.subarray(0, HEAD_BYTES), Math.max(1, body.size));
  const charset = kind.kind === 'text' ? kind.charset : 'utf-8';
  if (!large || charset.startsWith('utf-16')) return undefined;
  const isJson = kind.kind === 'text' && kind.language === 'json' && charset === 'utf-8';
  const reading = { isJson, charset, forms: secretForms(options.mask) };
  const open = (): LargeBody | undefined =>
    body.file && kind.kind === 'text' ? large.open(body.file.path, reading) : undefined;
  return new LargeBodyView({ id, kind, body, head, options: reading, open });
}
