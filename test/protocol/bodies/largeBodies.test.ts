import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { isErrorCode } from '../../../src/core/errors';
import { withoutConnection } from '../../../src/core/http/authorise';
import type { Exchange } from '../../../src/core/http/exchange';
import { MEMORY_LIMIT, ReceivedBody } from '../../../src/core/http/receiveBody';
import { sendExchange } from '../../../src/core/http/sendExchange';
import type { BodyView, RowLayout } from '../../../src/core/response/bodyView';
import { copiedNode } from '../../../src/core/response/copiedNode';
import { openBodyView } from '../../../src/core/response/openBodyView';
import { requireWholeText } from '../../../src/core/response/wholeText';
import { Secret } from '../../../src/core/secret';
import { BodyTable } from '../../../src/core/response/bodyTable';
import { BodyWorkers } from '../../../src/node/body/bodyWorkers';
import { FileSpool } from '../../../src/node/spool';
import { nodeClock } from '../../../src/node/nodeClock';
import { nodeRandom } from '../../../src/node/nodeRandom';
import { UndiciTransport } from '../../../src/node/undiciTransport';
import { ArrivingBody } from '../../helpers/arrivingBody';
import { deferred } from '../../helpers/deferred';
import { eventually } from '../../helpers/eventually';
import { testFilter } from '../../helpers/testFilter';
import { repositoryRoot } from '../../helpers/repository';
import { httpRequest } from '../../helpers/requests';

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const pretty: RowLayout = { form: 'pretty', width: 0 };
const raw: RowLayout = { form: 'raw', width: 0 };

describe('bodies that are too big for memory', () => {
  let folder: string;
  let spool: FileSpool;
  let handle: RequestListener;
  const server = createServer((request, response) => handle(request, response));
  const transport = new UndiciTransport();
  const workers = new BodyWorkers(path.join(repositoryRoot, 'dist', 'bodyWorker.js'));
  const open: BodyView[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'latchkey-spool-'));
    spool = new FileSpool(folder, nodeRandom);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    for (const view of open.splice(0)) view.dispose?.();
    spool.dispose();
  });

  after(async () => {
    workers.dispose();
    transport.dispose();
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  });

  function url(): string {
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  function send(onResponse?: (sofar: Exchange) => void, signal = new AbortController().signal): Promise<Exchange> {
    const dependencies = { transport, clock: nodeClock, random: nodeRandom, spool };
    return sendExchange(withoutConnection(httpRequest(url())), dependencies, { signal, onResponse });
  }

  function bodyOf({ outcome }: Exchange): ReceivedBody {
    assert.ok(outcome.kind === 'response', JSON.stringify(outcome));
    assert.ok(outcome.response.body instanceof ReceivedBody);
    return outcome.response.body;
  }

  async function view(body: ReceivedBody, contentType: string, mask: readonly Secret[] = []): Promise<BodyView> {
    const opened = await openBodyView(body, { id: 'b', contentType, mask, pause, large: workers });
    open.push(opened);
    return opened;
  }

  async function lookedThrough(body: BodyView, layout: RowLayout): Promise<number> {
    await eventually(async () => {
      await body.rowCount(layout);
      assert.ok(body.isComplete);
    });
    return body.rowCount(layout);
  }

  it('are in a file that only this user can read, byte for byte, and gone afterwards', async () => {
    const content = Buffer.alloc(9_000_001, 'abcdefghij\n');
    handle = (_request, response) => response.end(content);
    const body = bodyOf(await send());
    assert.ok(body.file);
    const { mode, size } = await stat(body.file.path);
    assert.equal(mode & 0o777, 0o600);
    assert.equal(size, content.length);
    const hash = createHash('sha256');
    for (let at = 0; at < body.size; at += 1_000_000) hash.update(await body.read(at, at + 1_000_000));
    assert.equal(hash.digest('hex'), createHash('sha256').update(content).digest('hex'));
    const file = body.file.path;
    body.dispose();
    await eventually(async () => assert.deepEqual(await readdir(path.dirname(file)), []));
  });

  it('stay in memory up to the limit', async () => {
    handle = (_request, response) => response.end(Buffer.alloc(MEMORY_LIMIT));
    const body = bodyOf(await send());
    assert.equal(body.file, undefined);
    assert.equal(body.size, MEMORY_LIMIT);
  });

  it('leave no file behind when the server goes away, or the user cancels', async () => {
    const controller = new AbortController();
    for (const end of ['reset', 'cancel'] as const) {
      handle = (_request, response) => {
        response.writeHead(200, { 'content-length': 50_000_000 });
        response.write(Buffer.alloc(8_000_000), () => (end === 'reset' ? response.destroy() : controller.abort()));
      };
      const { outcome } = await send(undefined, controller.signal);
      assert.equal(outcome.kind, end === 'reset' ? 'failure' : 'cancelled');
      await eventually(async () => assert.deepEqual(await readdir(path.join(folder, String(process.pid))), []));
    }
  });

  it('say that they cannot be written', async () => {
    const failing = new FileSpool('/dev/null/nowhere', nodeRandom);
    handle = (_request, response) => response.end(Buffer.alloc(MEMORY_LIMIT + 1));
    const { outcome } = await sendExchange(
      withoutConnection(httpRequest(url())),
      { transport, clock: nodeClock, random: nodeRandom, spool: failing },
      { signal: new AbortController().signal },
    );
    assert.ok(outcome.kind === 'failure' && isErrorCode(outcome.error, 'http.spoolFailed'));
  });

  it('are shown as rows of their pretty form, wherever one looks', async () => {
    const items = Array.from({ length: 60_000 }, (_, id) => ({
      id,
      name: `order ${id}`,
      tags: ['a', 'ä'],
      deep: [{}],
    }));
    handle = (_request, response) => response.end(JSON.stringify(items));
    const body = await view(bodyOf(await send()), 'application/json');
    const expected = JSON.stringify(items, undefined, 2).split('\n');
    assert.equal((await body.rows(pretty, 0, 3)).map(({ text }) => text).join('\n'), expected.slice(0, 3).join('\n'));
    assert.equal(await lookedThrough(body, pretty), expected.length);
    assert.equal(body.lineCount('pretty'), expected.length);
    for (const from of [0, 1000, 123_456, expected.length - 50]) {
      const rows = await body.rows(pretty, from, from + 50);
      assert.deepEqual(
        rows.map(({ text }) => text),
        expected.slice(from, from + 50),
      );
    }
    const found = await body.find(pretty, 'ORDER 59999', 10, new AbortController().signal);
    assert.deepEqual(
      found.matches.map(({ row, start }) => expected[row]?.slice(start)),
      ['order 59999",'],
    );
    const cut = await body.find(pretty, 'order', 100, new AbortController().signal);
    assert.ok(cut.more && cut.matches.length === 100);
    assert.equal(await body.text('pretty'), expected.join('\n'));
  });

  it('are laid out, found in and copied where they are XML', async () => {
    const order = (id: number): string => `<order id="${id}"><sku>Ä-${id}</sku><note>one\n two</note></order>`;
    const secret = new Secret('canary-token-0042');
    const content = `<orders>${Array.from({ length: 90_000 }, (_, id) => order(id)).join('')}<t>canary-token-0042</t></orders>`;
    handle = (_request, response) => response.end(content);
    const body = bodyOf(await send());
    assert.ok(body.file);
    const large = await view(body, 'application/xml; charset=utf-8', [secret]);
    const rowCount = await lookedThrough(large, pretty);
    assert.equal(rowCount, 90_000 * 5 + 3);
    const last = await large.rows(pretty, rowCount - 4, rowCount);
    assert.deepEqual(
      last.map(({ text }) => text),
      ['    two</note>', '  </order>', '  <t>*****************</t>', '</orders>'],
    );
    const found = await large.find(pretty, 'ä-89999<', 10, new AbortController().signal);
    assert.deepEqual(found.matches, [{ row: rowCount - 6, start: 9, end: 17 }]);
    assert.deepEqual(await large.nodeAt?.(pretty, 1), { line: 2, endLine: 6 });
    assert.deepEqual(await copiedNode(large, rowCount - 6, 'path', pause), '/orders/order[90000]');
    assert.equal(await copiedNode(large, 5, 'value', pause), '<note>one\ntwo</note>');
    assert.ok(large.filterable?.kind === 'file' && large.filterable.language === 'xml');
  });

  it('of XML in one byte a character are laid out and filtered in their encoding', async () => {
    const item = '<é à="ß">Ä</é>';
    const content = Buffer.from(`<r>${item.repeat(400_000)}</r>`, 'latin1');
    handle = (_request, response) => response.end(content);
    const large = await view(bodyOf(await send()), 'text/xml; charset=iso-8859-1');
    assert.equal(await lookedThrough(large, pretty), 400_002);
    assert.equal((await large.rows(pretty, 400_000, 400_001))[0]?.text, `  ${item}`);
    const { signal } = new AbortController();
    assert.ok(large.filterable);
    const found = await testFilter.filter(large.id, large.filterable, '//é[last()]/@à', signal);
    assert.deepEqual(found, { kind: 'hits', language: 'text', text: 'ß', count: 1, shown: 1 });
  });

  it('of XML above what is read at once are copied by their rows, and say that they have no paths', async () => {
    const row = `<a><b x="${'y'.repeat(200)}">\n  text</b></a>`;
    handle = (_request, response) => response.end(`<r>${row.repeat(80_000)}</r>`);
    const large = await view(bodyOf(await send()), 'text/xml');
    const layout: RowLayout = { form: 'pretty', width: 80 };
    await lookedThrough(large, layout);
    const value = await copiedNode(large, 2, 'value', pause, layout);
    assert.equal(value, `<a>\n  <b x="${'y'.repeat(200)}">\n  text</b>\n</a>`);
    await assert.rejects(copiedNode(large, 2, 'path', pause, layout), { code: 'response.noPathForSize' });
    await assert.rejects(copiedNode(large, 1, 'value', pause, layout), { code: 'response.valueTooLarge' });
  });

  it('fall back to the raw form where the tags of XML do not match', async () => {
    handle = (_request, response) => response.end(`<r>${'<a>x</a>'.repeat(600_000)}</s>`);
    const large = await view(bodyOf(await send()), 'application/atom+xml');
    await large.rowCount(pretty);
    await eventually(async () => {
      await large.rowCount(pretty);
      assert.equal(large.hasPretty, false);
    });
  });

  it('are one line of megabytes as well', async () => {
    const line = 'é'.repeat(4_000_000);
    handle = (_request, response) => response.end(line);
    const body = await view(bodyOf(await send()), 'text/plain');
    const count = await lookedThrough(body, raw);
    assert.equal(body.lineCount('raw'), 1);
    const rows = await body.rows(raw, count - 3, count);
    assert.ok(rows.every(({ text, line: number }) => /^é+$/.test(text) && number === 1));
    assert.equal(await body.text('raw'), line);
  });

  it('are copied up to 16 MB, and it is known that there is more', async () => {
    for (const [megabytes, isMore] of [
      [10, false],
      [20, true],
    ] as const) {
      handle = (_request, response) => response.end('line of text....\n'.repeat((megabytes * 1_000_000) / 17));
      const body = await view(bodyOf(await send()), 'text/plain');
      await lookedThrough(body, raw);
      const text = await body.text('raw');
      assert.ok(text.length <= 16 * 1024 * 1024);
      if (isMore) assert.throws(() => requireWholeText(body, text), { code: 'response.onlyBeginning' });
      else requireWholeText(body, text);
    }
    const arriving = await ArrivingBody.create();
    try {
      await arriving.arrive('first\n');
      const body = await arriving.open('text/plain');
      assert.throws(() => requireWholeText(body, 'first'), { code: 'response.onlySoFar' });
      await arriving.finish();
      requireWholeText(body, 'first');
    } finally {
      await arriving[Symbol.asyncDispose]();
    }
  });

  it('show what secrets the server echoes nowhere, not even across rows', async () => {
    const token = `tok-${'0123456789abcdef'.repeat(120)}`;
    const part = JSON.stringify({ authorization: `Bearer ${token}`, filler: 'x'.repeat(1990) });
    handle = (_request, response) => response.end(`[${Array.from({ length: 2000 }, () => part).join(',')}]`);
    const body = await view(bodyOf(await send()), 'application/json', [new Secret(token)]);
    const count = await lookedThrough(body, pretty);
    let text = '';
    for (let at = 0; at < count; at += 777) {
      text += (await body.rows(pretty, at, at + 777)).map((row) => row.text).join('');
    }
    assert.ok(!text.includes('0123456789abcdef') && text.includes('Bearer ****'));
    assert.ok(!(await body.text('raw')).includes('0123456789abcdef'));
    const { matches } = await body.find(raw, '0123456789', 10, new AbortController().signal);
    assert.deepEqual(matches, []);
  });

  it('fall back to the raw form where the JSON is none', async () => {
    handle = (_request, response) => response.end(`[${'1,'.repeat(3_000_000)}oops]`);
    const body = await view(bodyOf(await send()), 'application/json');
    assert.ok(body.hasPretty);
    await lookedThrough(body, pretty);
    assert.ok(!body.hasPretty);
    assert.ok((await lookedThrough(body, raw)) > 1000);
  });

  it('are shown while they arrive', async () => {
    let finish = (): void => undefined;
    handle = (_request, response) => {
      response.write('first\n'.repeat(100));
      finish = () => response.end('last\n'.repeat(2_000_000));
    };
    let sofar: Exchange | undefined;
    const begun = deferred();
    const sent = send((exchange) => {
      sofar = exchange;
      begun.resolve();
    });
    await begun.promise;
    assert.ok(sofar);
    const received = bodyOf(sofar);
    await eventually(() => assert.ok(received.size > 0));
    const body = await view(received, 'text/plain');
    await eventually(async () => assert.equal((await body.rows(raw, 0, 1000)).length, 100));
    assert.ok(!body.isComplete);
    finish();
    await sent;
    assert.equal(await lookedThrough(body, raw), 2_000_101);
    assert.equal((await body.rows(raw, 2_000_099, 2_000_100))[0]?.text, 'last');
  });

  it('tell what was found so far while the search goes on', { timeout: 60_000 }, async () => {
    handle = (_request, response) => {
      response.write('k s\n');
      const more = (left: number): void => {
        if (left === 0) response.end('k s');
        else response.write('hay in a haystack\n'.repeat(100_000), () => more(left - 1));
      };
      more(15);
    };
    const body = await view(bodyOf(await send()), 'text/plain');
    const count = await lookedThrough(body, raw);
    const some: (readonly number[])[] = [];
    // A text without a clue, for which every row has to be looked at.
    const { matches } = await body.find(raw, 'K S', 10, new AbortController().signal, (found) => {
      assert.ok(found.more);
      some.push(found.matches.map(({ row }) => row));
    });
    assert.deepEqual(
      matches.map(({ row }) => row),
      [0, count - 1],
    );
    assert.deepEqual(some[0], [0]);
  });

  it('are tables of any size, whose first rows are there before the last have come', { timeout: 60_000 }, async () => {
    const arriving = await ArrivingBody.create();
    try {
      const rows = (from: number, to: number): string =>
        Array.from({ length: to - from }, (_, at) => `${from + at},"a, b\n${from + at}"\r\n`).join('');
      await arriving.arrive(`id,text\r\n${rows(1, 300_000)}`);
      const view = await arriving.open('text/csv');
      const table = new BodyTable(view);
      const first = await table.page(0, 2);
      assert.deepEqual(
        [first.rows, first.columns, first.complete],
        [
          [
            ['id', 'text'],
            ['1', 'a, b\n1'],
          ],
          2,
          false,
        ],
      );
      const { signal } = new AbortController();
      const searching = table.find('b\n300001', 10, signal, () => undefined);
      await arriving.arrive(rows(300_000, 400_000));
      await arriving.finish();
      const { matches, more } = await searching;
      assert.deepEqual([matches.map(({ row, cell }) => [row, cell]), more], [[[300_001, 1]], false]);
      const last = await eventually(async () => {
        const page = await table.page(399_999, 400_010);
        assert.ok(page.complete);
        return page;
      });
      assert.deepEqual([last.rowCount, last.rows], [400_000, [['399999', 'a, b\n399999']]]);
      // The lines of the text are counted as before.
      assert.equal(await lookedThrough(view, raw), 2 * 399_999 + 2);
    } finally {
      await arriving[Symbol.asyncDispose]();
    }
  });

  it('that are gone before anybody has looked at them harm no other', async () => {
    handle = (_request, response) => response.end('line\n'.repeat(1_000_000));
    const body = await view(bodyOf(await send()), 'text/plain');
    const gone = workers.open(path.join(folder, 'gone'), { language: undefined, charset: 'utf-8', forms: [] });
    gone.layOut(raw);
    await assert.rejects(gone.find(raw, 'line', 1, new AbortController().signal), /has been closed/);
    gone.close();
    assert.equal(await lookedThrough(body, raw), 1_000_001);
    assert.equal((await body.rows(raw, 999_999, 1_000_000))[0]?.text, 'line');
  });

  it('can be searched with a cancel in between', async () => {
    handle = (_request, response) => response.end('some words in a line\n'.repeat(1_000_000));
    const body = await view(bodyOf(await send()), 'text/plain');
    await body.rowCount(raw);
    const controller = new AbortController();
    const search = body.find(raw, 'nothing like it', 10, controller.signal);
    controller.abort();
    await assert.rejects(search, { name: 'AbortError' });
    assert.equal((await body.rows(raw, 5, 6))[0]?.text, 'some words in a line');
  });
});

it('files of processes that are no more are deleted at the next start', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-spool-'));
  const abandoned = path.join(folder, '999999999');
  const { mkdir, writeFile } = await import('node:fs/promises');
  await mkdir(abandoned);
  await writeFile(path.join(abandoned, 'body-1'), 'x');
  const spool = new FileSpool(folder, nodeRandom);
  const file = await spool.create();
  assert.deepEqual(await readdir(folder), [String(process.pid)]);
  file.dispose();
  spool.dispose();
  await eventually(async () => assert.deepEqual(await readdir(path.join(folder, String(process.pid))), []));
  await rm(folder, { recursive: true });
});
