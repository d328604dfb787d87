import assert from 'node:assert/strict';
import test from 'node:test';
import { isErrorCode, LatchkeyError } from '../../../../src/core/errors';
import { MEMORY_LIMIT, ReceivedBody } from '../../../../src/core/http/receiveBody';
import type { SpoolFile } from '../../../../src/core/ports';
import { deferred } from '../../../helpers/deferred';
import { fc } from '../../../helpers/properties';

const address = { scheme: 'http', host: 'a.test', port: '80' };

async function collect(
  source: AsyncIterable<Uint8Array>,
  limit: number,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<ReceivedBody> {
  const body = new ReceivedBody({ limit, address, onBytes });
  await body.receive(source);
  return body;
}

async function* from(pieces: readonly Uint8Array[], onReturn?: () => void): AsyncGenerator<Uint8Array> {
  try {
    for (const piece of pieces) yield await Promise.resolve(piece);
  } finally {
    onReturn?.();
  }
}

const sizes = fc.array(fc.oneof(fc.nat(40), fc.integer({ min: 10_000, max: 90_000 })), { maxLength: 30 });

test('any range of any pieces reads as a slice of the whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      sizes,
      fc.array(fc.tuple(fc.nat(400_000), fc.nat(400_000)), { maxLength: 10 }),
      async (lengths, ranges) => {
        let next = 0;
        const pieces = lengths.map((length) => Uint8Array.from({ length }, () => next++ % 251));
        const whole = Buffer.concat(pieces);
        const body = await collect(from(pieces), 1e9);
        assert.equal(body.size, whole.length);
        for (const [start, end] of [...ranges, [0, whole.length] as const, [whole.length, whole.length + 5] as const]) {
          assert.deepEqual(Buffer.from(await body.read(start, end)), whole.subarray(start, Math.max(start, end)));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a range within one piece is a view, not a copy', async () => {
  const piece = new Uint8Array(100_000);
  const body = await collect(from([new Uint8Array(20_000), piece]), 1e9);
  assert.equal((await body.read(30_000, 40_000)).buffer, piece.buffer);
});

test('a body that comes byte by byte does not cost a buffer per byte', async () => {
  const one = new Uint8Array([7]);
  const body = await collect(from(Array.from({ length: 50_000 }, () => one)), 1e9);
  // The first byte is kept as it came; the others share one block.
  const early = await body.read(1, 2);
  const late = await body.read(49_998, 49_999);
  assert.equal(early.buffer, late.buffer);
});

test('reports how much has arrived', async () => {
  const seen: number[] = [];
  await collect(from([new Uint8Array(3), new Uint8Array(0), new Uint8Array(4)]), 1e9, (bytes) => seen.push(bytes));
  assert.deepEqual(seen, [3, 3, 7]);
});

test('stops at the limit, says which, and lets the source go', async () => {
  let returned = false;
  const source = from([new Uint8Array(10), new Uint8Array(1), new Uint8Array(10)], () => (returned = true));
  await assert.rejects(collect(source, 10), (error) => {
    assert.ok(isErrorCode(error, 'http.bodyTooLarge'));
    assert.equal(error.data['limit'], '10 bytes');
    return true;
  });
  assert.ok(returned);
  const exact = await collect(from([new Uint8Array(10)]), 10);
  assert.equal(exact.size, 10);
});

test('the limit is named in megabytes', async () => {
  const error = await collect(from([new Uint8Array(2 ** 20 + 1)]), 2 ** 20).catch((e: unknown) => e);
  assert.ok(isErrorCode(error, 'http.bodyTooLarge'));
  assert.equal(error.data['limit'], '1 MB');
});

test('reading after dispose is an error', async () => {
  const body = await collect(from([new Uint8Array(3)]), 10);
  body.dispose();
  await assert.rejects(body.read(0, 1), /disposed/);
});

/** A file of a spool that tells whether it was given back. */
class WatchedFile implements SpoolFile {
  readonly path = '/spool/body';
  readonly size = 0;
  isDisposed = false;
  readonly #fails: boolean;

  constructor(fails: boolean) {
    this.#fails = fails;
  }

  append(): Promise<void> {
    return this.#fails ? Promise.reject(new LatchkeyError('http.diskFull', { code: 'ENOSPC' })) : Promise.resolve();
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  read(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array());
  }

  dispose(): void {
    this.isDisposed = true;
  }
}

test('a disk that is full when the body leaves memory keeps nothing of it', async () => {
  const file = new WatchedFile(true);
  const spool = { create: () => Promise.resolve(file), dispose: () => undefined };
  const body = new ReceivedBody({ limit: 1e9, address, spool, onBytes: () => undefined });
  await assert.rejects(body.receive(from([new Uint8Array(MEMORY_LIMIT), new Uint8Array(1)])), {
    code: 'http.diskFull',
  });
  body.dispose();
  assert.ok(file.isDisposed);
});

test('a body that is given up while its file is being made leaves none', async () => {
  const file = new WatchedFile(false);
  const [asked, made] = [deferred(), deferred()];
  const create = async (): Promise<SpoolFile> => {
    asked.resolve();
    await made.promise;
    return file;
  };
  const spool = { create, dispose: () => undefined };
  const body = new ReceivedBody({ limit: 1e9, address, spool, onBytes: () => undefined });
  const received = body.receive(from([new Uint8Array(MEMORY_LIMIT), new Uint8Array(1)]));
  await asked.promise;
  body.dispose();
  made.resolve();
  await received.catch(() => undefined);
  assert.ok(file.isDisposed);
});
