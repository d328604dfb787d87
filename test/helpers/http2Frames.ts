import type { TestContext } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { startRawHttp2, type LocalServer } from './localServers';

/** Frames of HTTP/2 (RFC 9113 §6), good and bad ones, as bytes. */

const TYPES = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;
type FrameType = keyof typeof TYPES;

/** Of a frame with data or headers: there are no more for the stream. */
export const END_STREAM = 1;
/** Of a frame with headers: they are all there. */
export const END_HEADERS = 4;

export function frame(type: FrameType, flags: number, stream: number, payload: Uint8Array = new Uint8Array()): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = TYPES[type];
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** `:status: 200`, by its place in the static table. */
export const ok = Buffer.from([0x88]);

/** A header in plain letters (RFC 7541 §6.2.2), or one that later ones refer to by 0xbe (§6.2.1). */
export function field(name: string, value: string, indexed = false): Buffer {
  const text = (of: string): Buffer[] => [integer(of.length), Buffer.from(of, 'latin1')];
  return Buffer.concat([Buffer.from([indexed ? 0x40 : 0]), ...text(name), ...text(value)]);
}

/** RFC 7541 §5.1, seven bits at first. */
function integer(value: number): Buffer {
  if (value < 127) return Buffer.from([value]);
  const bytes = [127];
  let rest = value - 127;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** A whole head, in as many frames as it takes. */
export function head(stream: number, fields: readonly Buffer[], flags = 0): Buffer {
  const block = Buffer.concat(fields);
  const frames: Buffer[] = [];
  for (let at = 0; at === 0 || at < block.length; at += 16_000) {
    const end = at + 16_000 >= block.length ? END_HEADERS : 0;
    frames.push(
      frame(
        at === 0 ? 'headers' : 'continuation',
        at === 0 ? flags | end : end,
        stream,
        block.subarray(at, at + 16_000),
      ),
    );
  }
  return Buffer.concat(frames);
}

export function data(stream: number, text: string, flags = 0): Buffer {
  return frame('data', flags, stream, Buffer.from(text));
}

export function reset(stream: number, code: number): Buffer {
  return frame('reset', 0, stream, word(code));
}

export function goAway(lastStream: number, code: number): Buffer {
  return frame('goAway', 0, 0, Buffer.concat([word(lastStream), word(code)]));
}

export function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** What the other side has sent: a frame, of which the payload is left out where nobody needs it. */
export interface SeenFrame {
  readonly type: FrameType;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

export interface FrameServer extends LocalServer {
  /** Everything that came, from all connections. */
  readonly seen: readonly SeenFrame[];
}

/**
 * A server that agrees to speak HTTP/2 and then answers each request with the bytes that the test wants.
 * @param answer gets the stream of the request, and how many came before.
 */
export async function startFrames(
  t: TestContext,
  answer: (socket: TLSSocket, stream: number, index: number) => void,
  settings: Uint8Array = new Uint8Array(),
): Promise<FrameServer> {
  const seen: SeenFrame[] = [];
  let index = 0;
  const server = await startRawHttp2(t, (socket) => {
    socket.write(frame('settings', 0, 0, settings));
    readFrames(socket, (each) => {
      seen.push(each);
      if (each.type === 'settings' && (each.flags & 1) === 0) socket.write(frame('settings', 1, 0));
      if (each.type === 'headers') answer(socket, each.stream, index++);
      // As servers do, once they have been told that there is no point in going on; an end without an error is none yet.
      if (each.type === 'goAway' && each.payload.readUInt32BE(4) !== 0) socket.end();
    });
  });
  return { ...server, seen };
}

function readFrames(socket: TLSSocket, onFrame: (frame: SeenFrame) => void): void {
  const names = Object.keys(TYPES) as FrameType[];
  // The client begins with 24 bytes of its own (RFC 9113 §3.4).
  let preface = 24;
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.length < preface) return;
    bytes = bytes.subarray(preface);
    preface = 0;
    while (bytes.length >= 9 && bytes.length >= 9 + bytes.readUIntBE(0, 3)) {
      const end = 9 + bytes.readUIntBE(0, 3);
      const type = names.find((name) => TYPES[name] === bytes[3]);
      const [flags = 0, stream, payload] = [bytes[4], bytes.readUInt32BE(5), bytes.subarray(9, end)];
      if (type) onFrame({ type, flags, stream, payload });
      bytes = bytes.subarray(end);
    }
  });
}
