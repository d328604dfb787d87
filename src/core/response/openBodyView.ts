import type { ResponseBody } from '../http/exchange';
import type { Secret } from '../secret';
import type { BodyView } from './bodyView';
import { classifyBody, type BodyKind, type BodyLanguage, type StructuredLanguage } from './classify';
import { CoveredBytes } from './coveredBytes';
import { indexJson } from './indexJson';
import { JsonLines } from './jsonLines';
import { LoadedBodyView } from './loadedBodyView';
import { ReceivedBody } from '../http/receiveBody';
import { secretForms, secretMasker } from '../http/secretMasker';
import type { LargeBodies, LargeBody } from './largeBodies';
import { HEAD_BYTES as LARGE_HEAD_BYTES, LargeBodyView } from './largeBodyView';
import { mediaOf, type Media } from './media';
import { TextLines } from './textLines';
import { indexXml } from './xmlLines';

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
  const head = bytes.subarray(0, HEAD_BYTES);
  const kind = classifyBody(options.contentType, head, body.size);
  const mask = secretMasker(options.mask);
  const common = { id, kind, size: body.size, pause, mask, ...drawing(kind, head, body, options.mask) };
  if (kind.kind !== 'text') {
    const raw = new TextLines('');
    return new LoadedBodyView({ ...common, shownBytes: 0, text: '', raw, pretty: undefined, mistake: undefined });
  }
  const decoded = new TextDecoder(kind.charset).decode(bytes);
  const text = mask(decoded);
  const raw = new TextLines(text);
  const loaded = { ...common, kind: withInvalidBytes(kind, decoded, bytes), shownBytes: bytes.length, text, raw };
  if (kind.language === 'xml' && bytes.length === body.size) {
    return new LoadedBodyView({ ...loaded, pretty: await indexXml(text, pause), mistake: undefined });
  }
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
  const start = head.subarray(0, HEAD_BYTES);
  const kind = classifyBody(contentType, start, Math.max(1, body.size));
  const charset = kind.kind === 'text' ? kind.charset : 'utf-8';
  if (!large || charset.startsWith('utf-16')) return undefined;
  const language = kind.kind === 'text' ? structured(kind.language, charset) : undefined;
  const reading = { language, charset, forms: secretForms(options.mask) };
  const open = (): LargeBody | undefined =>
    body.file && kind.kind === 'text' ? large.open(body.file.path, reading) : undefined;
  const mask = secretMasker(options.mask);
  const facts = { id, kind, body, head, mask, ...drawing(kind, start, body, options.mask) };
  return new LargeBodyView({ ...facts, options: reading, open });
}

/** XML is often in encodings of one byte a character, whose ASCII is where it is looked for. */
function structured(language: BodyLanguage, charset: string): StructuredLanguage | undefined {
  if (language === 'json') return charset === 'utf-8' ? language : undefined;
  return language === 'xml' && /^(?:utf-8$|windows-|iso-8859-)/.test(charset) ? language : undefined;
}

/** What a body is drawn from where it is not shown as text. */
function drawing(
  kind: BodyKind,
  head: Uint8Array,
  body: ResponseBody,
  secrets: readonly Secret[],
): { readonly media: Media | undefined; readonly bytes: CoveredBytes } {
  const media = kind.kind === 'empty' ? undefined : mediaOf(kind.mediaType, head);
  return { media, bytes: new CoveredBytes(body, secrets) };
}

/** Only where something was replaced is it worth looking why: a body may hold the replacement itself. */
function withInvalidBytes(kind: BodyKind & { kind: 'text' }, decoded: string, bytes: Uint8Array): BodyKind {
  if (!decoded.includes('\ufffd') || isValid(bytes, kind.charset)) return kind;
  return { ...kind, oddities: [...kind.oddities, 'invalidBytes'] };
}

function isValid(bytes: Uint8Array, charset: string): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
