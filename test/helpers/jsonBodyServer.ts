import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Text that is once in every body of a megabyte and more, in the last record. */
export const lastRecord = 'the-last-record';
/** Text that is once in every body of a megabyte and more, in its middle. */
export const middleRecord = 'the-middle-record';

const records = Array.from({ length: 5_000 }, (_, id) =>
  Buffer.from(
    `${JSON.stringify({ id, name: `Customer ${id}`, city: 'Zürich', tags: ['a', 'b'], balance: id / 8, active: true })},`,
  ),
);
/** Bytes that are kept for what makes a body as long as it was asked for. */
const roomForEnd = 200;

const block = Buffer.concat(records);

/** Serves JSON of any size, made as it is sent: `/json/<bytes>` is an object whose first member is the marker. */
export class JsonBodyServer implements AsyncDisposable {
  /** What the next bodies begin with, so that whoever sees one knows which it is. */
  marker = 'marker-0';
  /** Set: bodies have so many bytes, whatever was asked for. */
  bytes: number | undefined;
  /** Set: bodies stop after so many bytes and wait until it is unset. */
  holdAfter: number | undefined;
  readonly #server: http.Server;
  readonly #released = new Set<() => void>();

  private constructor() {
    this.#server = http.createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<JsonBodyServer> {
    const started = new JsonBodyServer();
    await new Promise<void>((resolve) => started.#server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections that are open now. */
  openConnections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  }

  /** Lets bodies that were held go on. */
  release(): void {
    this.holdAfter = undefined;
    for (const release of this.#released) release();
    this.#released.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/marker') {
      this.marker = searchParams.get('is') ?? '';
      response.setHeader('connection', 'close').end();
      return;
    }
    const bytes = this.bytes ?? Number(/^\/json\/(\d+)$/.exec(pathname)?.[1] ?? 1000);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes });
    await this.#write(response, bytes);
  }

  async #write(response: http.ServerResponse, bytes: number): Promise<void> {
    let left = bytes;
    let isMiddleSent = false;
    const write = async (piece: Buffer): Promise<void> => {
      left -= piece.length;
      const limit = this.holdAfter;
      if (limit !== undefined && bytes - left > limit) await new Promise<void>((go) => this.#released.add(go));
      if (!response.write(piece)) await drained(response);
    };
    await write(Buffer.from(`{"marker":"${this.marker}","items":[`));
    while (left > block.length + roomForEnd && !response.destroyed) {
      if (!isMiddleSent && left < bytes / 2) {
        isMiddleSent = true;
        await write(Buffer.from(`"${middleRecord}",`));
      }
      await write(block);
    }
    await write(Buffer.concat(recordsFor(left - roomForEnd)));
    const end = `"${bytes >= 1e6 ? lastRecord : ''}"]}`;
    response.end(`"${'x'.repeat(left - end.length - 3)}",${end}`);
  }
}

/** As many records as fit. */
function recordsFor(bytes: number): readonly Buffer[] {
  let left = bytes;
  return records.filter(({ length }) => (left -= length) >= 0);
}

/** Resolves also when the other side has gone. */
function drained(response: http.ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
