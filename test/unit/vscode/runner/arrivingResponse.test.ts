import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Exchange } from '../../../../src/core/http/exchange';
import { ReceivedBody } from '../../../../src/core/http/receiveBody';
import type { BodyView } from '../../../../src/core/response/bodyView';
import { ArrivingResponse } from '../../../../src/vscode/runner/arrivingResponse';

const KB = 1024;

/** A body whose pieces come when the test says so. */
function arriving(length: number | undefined): { exchange: Exchange; arrive: (bytes: number) => Promise<void> } {
  const address = { scheme: 'http', host: 'a.test', port: '80' };
  const body = new ReceivedBody({ limit: 1e9, address, onBytes: () => undefined });
  const headers = length === undefined ? [] : ([['Content-Length', String(length)]] as const);
  const outcome = { kind: 'response', response: { status: 200, statusText: 'OK', headers, body } } as const;
  const arrive = (bytes: number): Promise<void> =>
    body.receive({
      [Symbol.asyncIterator]: async function* () {
        yield await Promise.resolve(new Uint8Array(bytes));
      },
    });
  return { exchange: { id: 'x', hops: [], outcome } as unknown as Exchange, arrive };
}

describe('a response that is arriving', () => {
  for (const [length, bytes, isOpened] of [
    [50_000 * KB, 64 * KB, true],
    [50_000 * KB, 10 * KB, false],
    [100 * KB, 64 * KB, false],
    [undefined, 64 * KB, false],
  ] as const) {
    it(`of ${length ?? 'unknown'} bytes, of which ${bytes} are there: ${isOpened ? 'is' : 'is not'} shown at once`, async () => {
      const opened: number[] = [];
      const response = new ArrivingResponse({
        open: (_sofar, body) => {
          opened.push(body.size);
          return Promise.resolve({} as BodyView);
        },
        show: () => Promise.resolve(),
      });
      const { exchange, arrive } = arriving(length);
      response.begin(exchange);
      await arrive(bytes);
      assert.deepEqual(opened, isOpened ? [bytes] : []);
      await response.end();
    });
  }
});
