import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { LatchkeyError } from '../../../../src/core/errors';
import { CaptureStore } from '../../../../src/core/run/captureStore';
import { ManualClock, settled } from '../../../helpers/manualClock';
import { RunTheatre } from '../../../helpers/runs';
import { untilAborted, type FakeResponse } from '../../../helpers/fakeTransport';
import { everythingIn } from '../../../helpers/requests';

const api = 'baseUrl: https://api.example\n';

describe('what has to be sent before', () => {
  const files = {
    'a.http.yaml': `${api}requests:
  list: { get: /list, needs: [login, warm] }
  login: { post: /login, needs: warm }
  warm: { get: /warm }
`,
  };

  it('is sent first, in its order, each once', async () => {
    const theatre = new RunTheatre({ files });
    assert.deepEqual(await theatre.start(['list']), ['warm: ok 200', 'login: ok 200', 'list: ok 200']);
    assert.deepEqual(theatre.sent, [
      'GET https://api.example/warm',
      'POST https://api.example/login',
      'GET https://api.example/list',
    ]);
  });

  it('is named in one question when it is neither GET nor HEAD', async () => {
    const theatre = new RunTheatre({ files });
    await theatre.start(['list']);
    assert.deepEqual(theatre.questions, ['before list: POST login https://api.example']);
    const refusing = new RunTheatre({ files, confirm: () => false });
    await assert.rejects(refusing.start(['list']), { name: 'AbortError' });
    assert.deepEqual(refusing.sent, []);
  });

  it('is not sent again in the same window', async () => {
    const theatre = new RunTheatre({ files });
    await theatre.start(['list']);
    theatre.sent.length = 0;
    await theatre.start(['list']);
    assert.deepEqual(theatre.sent, ['GET https://api.example/list']);
  });

  it('is sent again as somebody else', async () => {
    let account = 'alice';
    const theatre = new RunTheatre({ files, account: () => account });
    await theatre.start(['list']);
    account = 'bob';
    theatre.sent.length = 0;
    await theatre.start(['list']);
    assert.equal(theatre.sent.length, 3);
  });

  it('is sent again in another environment', async () => {
    const project = 'environments: { one: {}, two: {} }';
    const theatre = new RunTheatre({ files, project, environment: 'one' });
    await theatre.start(['list']);
    theatre.scene = { ...theatre.scene, environment: 'two' };
    theatre.sent.length = 0;
    await theatre.start(['list']);
    assert.equal(theatre.sent.length, 3);
  });

  it('stops what depends on it when it fails, and is tried again the next time', async () => {
    const answer = ({ url }: { url: string }) => ({ status: url.endsWith('/login') ? 403 : 200 });
    const theatre = new RunTheatre({ files, answer });
    assert.deepEqual(await theatre.start(['list']), [
      'warm: ok 200',
      'login: failed 403',
      'list: skipped after login: status',
    ]);
    theatre.sent.length = 0;
    await theatre.start(['list']);
    assert.deepEqual(theatre.sent, ['POST https://api.example/login']);
  });

  it('ends when it needs itself, with the chain, and sends nothing of it', async () => {
    const circle = {
      'a.http.yaml': `${api}requests:
  a: { get: /a, needs: [b] }
  b: { get: /b, needs: [c] }
  c: { get: /c, needs: [b] }
`,
    };
    const theatre = new RunTheatre({ files: circle });
    const chain = 'Each of these requests needs the next one to have been sent before: b → c → b.';
    assert.deepEqual(await theatre.start(['a']), [
      `c: not sent: ${chain}`,
      `b: not sent: ${chain}`,
      'a: skipped after b: error',
    ]);
    assert.deepEqual(theatre.sent, []);
  });

  it('is named at its beginning where many go in a circle', async () => {
    const ring = Array.from({ length: 200 }, (_, n) => `  request${n}: { get: /, needs: [request${(n + 1) % 200}] }\n`);
    const theatre = new RunTheatre({ files: { 'a.http.yaml': `${api}requests:\n${ring.join('')}` } });
    const [outcome = ''] = await theatre.start(['request0']);
    assert.match(outcome, /request0 → request1 → .*…/);
    assert.ok(outcome.length < 500, outcome);
  });

  it('has to be there', async () => {
    const theatre = new RunTheatre({
      files: { 'a.http.yaml': `${api}requests: { a: { get: /a, needs: [lgin] }, login: { get: /b } }` },
    });
    const [first] = await theatre.start(['a']);
    assert.match(first ?? '', /not sent: .*There is no request lgin here; did you mean login\?/);
  });

  it('may be in another file, with the settings of that file', async () => {
    const theatre = new RunTheatre({
      files: {
        'orders/a.http.yaml': `${api}import: [../login.http.yaml]\nrequests: { list: { get: /list, needs: [login] } }`,
        'login.http.yaml': `baseUrl: https://login.example\nimport: [orders/a.http.yaml]\nrequests: { login: { get: /me } }`,
      },
    });
    assert.deepEqual(await theatre.start(['list']), ['login: ok 200', 'list: ok 200']);
    assert.deepEqual(theatre.sent, ['GET https://login.example/me', 'GET https://api.example/list']);
  });

  it('must be meant clearly: the own request, or that of one file', async () => {
    const files = {
      'a.http.yaml': `${api}import: [./b.http.yaml, ./c.http.yaml]\nrequests: { a: { get: /a, needs: [x] } }`,
      'b.http.yaml': `${api}requests: { x: { get: /b } }`,
      'c.http.yaml': `${api}requests: { x: { get: /c } }`,
    };
    const [first] = await new RunTheatre({ files }).start(['a']);
    assert.match(first ?? '', /More than one imported file has a request x: b\.http\.yaml, c\.http\.yaml/);
    const own = { ...files, 'a.http.yaml': files['a.http.yaml'].replace('} }', '}, x: { get: /own } }') };
    const theatre = new RunTheatre({ files: own });
    await theatre.start(['a']);
    assert.deepEqual(theatre.sent, ['GET https://api.example/own', 'GET https://api.example/a']);
  });

  it('is read from nowhere outside of the folder', async () => {
    const theatre = new RunTheatre({
      files: {
        'a.http.yaml': `${api}import: [../../x.http.yaml, /etc/x.http.yaml]\nrequests: { a: { get: /a, needs: [x] } }`,
      },
    });
    const [first] = await theatre.start(['a']);
    assert.match(first ?? '', /There is no request x in this file/);
  });
});

describe('captures', () => {
  const requests = `requests:
  login:
    post: https://login.example/token
    capture: { token: $.access_token, id: $.user.id, ids: "$.list[*]" }
  me:
    get: "https://api.example/users/\${login.id}"
    headers: { Authorization: "Bearer \${login.token}" }
  back: { get: "https://login.example/\${login.token}" }
  all: { get: "https://api.example/\${item}", forEach: "\${login.ids}" }
`;
  const files = { 'a.http.yaml': requests };
  const token = 'secret-access-token-0123456789';
  const body = JSON.stringify({ access_token: token, user: { id: 7 }, list: [1, 'b'] });
  const answer = ({ url }: { url: string }): FakeResponse =>
    url.endsWith('/token')
      ? { status: 200, headers: [['Content-Type', 'application/json']], body }
      : { status: 200, body: `you said ${url}` };

  it('are taken by sending the other request first', async () => {
    const theatre = new RunTheatre({ files, answer });
    assert.deepEqual(await theatre.start(['me']), ['login: ok 200', 'me: ok 200']);
    assert.deepEqual(theatre.sent, ['POST https://login.example/token', 'GET https://api.example/users/7']);
  });

  it('go back to their own server unasked, and elsewhere when the user allows it', async () => {
    const theatre = new RunTheatre({ files, answer });
    await theatre.start(['back']);
    assert.deepEqual(theatre.questions, ['before back: POST login https://login.example']);
    await theatre.start(['me']);
    assert.deepEqual(theatre.questions.slice(1), ['release login.token → https://api.example']);
    await theatre.start(['me']);
    assert.equal(theatre.questions.length, 2);
    assert.deepEqual(theatre.releases[0]?.from, 'https://login.example');
  });

  it('do not leave when the user does not allow it', async () => {
    const theatre = new RunTheatre({ files, answer, allow: () => false });
    const outcomes = await theatre.start(['me']);
    assert.match(outcomes[1] ?? '', /me: not sent: .* you did not allow login\.token to go to https:\/\/api\.example/);
  });

  it('are rows', async () => {
    const theatre = new RunTheatre({ files, answer });
    await theatre.start(['all']);
    assert.deepEqual(theatre.sent.slice(1), ['GET https://api.example/1', 'GET https://api.example/b']);
  });

  it('that are not found fail the request, and skip what needs them', async () => {
    const theatre = new RunTheatre({ files });
    assert.deepEqual(await theatre.start(['me']), ['login: failed 200', 'me: skipped after login: expectation']);
  });

  it('are never in what is shown', async () => {
    const theatre = new RunTheatre({ files, answer });
    await theatre.start(['login', 'me', 'back']);
    for (const [name, outcome] of theatre.outcomes) {
      assert.ok(outcome.kind === 'sent', name);
      const { exchange } = outcome.shown.sent;
      assert.doesNotMatch(everythingIn(exchange, inspect), new RegExp(token));
    }
  });
});

describe('where values come from', () => {
  const files = {
    'a.http.yaml': `${api}
inputs: { otp: { label: Code }, pin: { password: true, remember: session } }
requests:
  a:
    post: /a
    json: { key: "\${secret:key}", env: "\${env:REGION}", own: "\${env:OWN}", otp: "\${input:otp}", pin: "\${input:pin}", text: "\${file:./t.txt}" }
`,
  };
  const scene = {
    files,
    project: 'connections: {}',
    env: { OWN: 'mine' },
    processEnv: { REGION: 'eu', OWN: 'never' },
    secrets: { key: 'k-123456' },
    contents: { 't.txt': 'words ${never}' },
    input: () => '42',
  };

  it('gathers them, .env before the environment, and puts them in as they are', async () => {
    const theatre = new RunTheatre(scene);
    assert.deepEqual(await theatre.start(['a']), ['a: ok 200']);
    assert.deepEqual(JSON.parse(theatre.bodies[0] ?? ''), {
      key: 'k-123456',
      env: 'eu',
      own: 'mine',
      otp: '42',
      pin: '42',
      text: 'words ${never}',
    });
  });

  it('asks once, before anything is asked for, what may go where, and remembers it', async () => {
    const theatre = new RunTheatre(scene);
    await theatre.start(['a']);
    const release = 'release secret:key → https://api.example, env:REGION → https://api.example';
    assert.deepEqual(theatre.questions, [release, 'secret key', 'input otp', 'input pin']);
    theatre.questions.length = 0;
    await theatre.start(['a']);
    assert.deepEqual(theatre.questions, ['secret key', 'input otp'], 'the pin is remembered for the session');
  });

  it('asks again when the origin changes', async () => {
    const theatre = new RunTheatre(scene);
    await theatre.start(['a']);
    theatre.questions.length = 0;
    theatre.scene = {
      ...scene,
      files: { 'a.http.yaml': files['a.http.yaml'].replace('api.example', 'evil.example') },
    };
    await theatre.start(['a']);
    assert.match(theatre.questions[0] ?? '', /^release secret:key → https:\/\/evil\.example/);
  });

  it('sends nothing when the user does not allow it, and asks only once', async () => {
    const theatre = new RunTheatre({ ...scene, allow: () => false });
    const [first] = await theatre.start(['a']);
    assert.match(first ?? '', /not sent: Nothing was sent: you did not allow secret:key, env:REGION to go to https/);
    assert.deepEqual(theatre.sent, []);
    assert.equal(theatre.questions.filter((question) => question.startsWith('release')).length, 1);
    assert.ok(!theatre.questions.includes('secret key'), 'nobody types a secret that may not leave');
    assert.deepEqual(theatre.releases, []);
  });

  it('asks each time where a secret is part of the origin, and shows it masked', async () => {
    const theatre = new RunTheatre({
      files: { 'a.http.yaml': 'requests: { a: { get: "https://${secret:host}.example/" } }' },
      secrets: { host: 'hidden-host' },
    });
    for (let time = 0; time < 2; time++) await theatre.start(['a']);
    assert.deepEqual(theatre.questions, [
      'secret host',
      'release secret:host → ••••••',
      'secret host',
      'release secret:host → ••••••',
    ]);
    assert.deepEqual(theatre.releases, []);
    assert.deepEqual(theatre.sent[0], 'GET https://hidden-host.example/');
  });

  it('is cancelled by a question that is left open', async () => {
    const theatre = new RunTheatre({ ...scene, input: () => undefined });
    assert.deepEqual(await theatre.start(['a']), ['a: cancelled']);
    assert.deepEqual(theatre.sent, []);
  });

  it('says what is missing', async () => {
    for (const [expression, message] of [
      ['env:NOWHERE', /no value for NOWHERE: neither \.env/],
      ['input:opt', /no input opt; did you mean otp/],
    ] as const) {
      const text = `${api}inputs: { otp: {} }\nrequests: { a: { get: "/\${${expression}}" } }`;
      const [first] = await new RunTheatre({ files: { 'a.http.yaml': text } }).start(['a']);
      assert.match(first ?? '', message);
    }
  });

  it('wants text in a file', async () => {
    const bytes = (async function* () {
      await Promise.resolve();
      yield Uint8Array.of(0xff, 0xfe);
    })();
    const text = `${api}requests: { a: { get: "/\${item}", forEach: ./b.csv } }`;
    const [first] = await new RunTheatre({ files: { 'a.http.yaml': text }, contents: { 'b.csv': bytes } }).start(['a']);
    assert.match(first ?? '', /b\.csv is not UTF-8 text/);
  });
});

describe('a protected environment', () => {
  const project = 'environments: { production: {} }\nprotect: [production]';
  const text = `${api}requests:
  a: { post: /a, needs: [b, c] }
  b: { put: /b }
  c: { get: /c }
`;
  const scene = { files: { 'a.http.yaml': text }, project, environment: 'production' };

  it('is asked about once, prerequisites included', async () => {
    const theatre = new RunTheatre(scene);
    await theatre.start(['a']);
    assert.deepEqual(theatre.questions, ['protected production: b, a']);
    await theatre.start(['c']);
    assert.equal(theatre.questions.length, 1, 'what changes nothing is sent');
  });

  it('gets nothing when the answer is no', async () => {
    const theatre = new RunTheatre({ ...scene, confirm: () => false });
    await assert.rejects(theatre.start(['a']), { name: 'AbortError' });
    assert.deepEqual(theatre.sent, []);
  });
});

describe('retry', () => {
  const file = (retry: string): Record<string, string> => ({
    'a.http.yaml': `${api}requests: { a: { post: /a, json: { id: "\${uuid}" }, retry: ${retry} } }`,
  });

  it('sends the same bytes until it is answered well', async () => {
    const clock = new ManualClock();
    const statuses = [503, 429, 200];
    const theatre = new RunTheatre({
      files: file('{ times: 5, interval: 2s }'),
      clock,
      answer: () => ({ status: statuses.shift() ?? 500 }),
    });
    const ended = theatre.start(['a']);
    for (const wait of [2_000, 2_000]) {
      await settled();
      assert.equal(clock.pending, 1);
      await clock.advance(wait);
    }
    assert.deepEqual(await ended, ['a: ok 200 ×3']);
    assert.equal(new Set(theatre.bodies).size, 1);
    assert.deepEqual(
      theatre.progress.map(({ phase, attempt, attempts }) => `${phase} ${attempt} of ${attempts}`),
      ['preparing 1 of 6', 'sending 1 of 6', 'waiting 2 of 6', 'sending 2 of 6', 'waiting 3 of 6', 'sending 3 of 6'],
    );
  });

  it('waits for as long as the server says, up to a minute', async () => {
    const clock = new ManualClock();
    const waits = ['7', '3600', new Date(clock.now() + 30_000).toUTCString()];
    const asked = [...waits];
    const theatre = new RunTheatre({
      files: file('{ times: 3, interval: 1s }'),
      clock,
      answer: () => {
        const wait = asked.shift();
        return wait === undefined ? { status: 200 } : { status: 503, headers: [['Retry-After', wait]] };
      },
    });
    const ended = theatre.start(['a']);
    for (const wait of [7_000, 60_000]) {
      await settled();
      await clock.advance(wait - 1);
      const before = theatre.sent.length;
      await clock.advance(1);
      await settled();
      assert.equal(theatre.sent.length, before + 1);
    }
    await clock.advance(30_000);
    assert.deepEqual(await ended, ['a: ok 200 ×4']);
  });

  it('goes on until what is wanted is there, and fails when it never is', async () => {
    const clock = new ManualClock();
    const theatre = new RunTheatre({
      files: file('{ times: 1, interval: 0s, until: { status: 201 } }'),
      clock,
      answer: () => ({ status: 200 }),
    });
    const ended = theatre.start(['a']);
    await settled();
    await clock.advance(0);
    assert.deepEqual(await ended, ['a: failed 200 ×2']);
    const outcome = theatre.outcomes.get('a');
    assert.ok(outcome?.kind === 'sent');
    assert.deepEqual(outcome.shown.judgement.expectations, [
      { what: 'retry until status 201', ok: false, actual: 200 },
    ]);
  });

  it('can be cancelled while it waits', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const theatre = new RunTheatre({
      files: file('{ times: 3, interval: 1h }'),
      clock,
      answer: () => ({ status: 503 }),
    });
    const ended = theatre.start(['a'], controller.signal);
    await settled();
    controller.abort();
    assert.deepEqual(await ended, ['a: cancelled']);
    assert.equal(clock.pending, 0);
  });
});

describe('Send all', () => {
  const text = `${api}requests:
  a: { get: /a, needs: [c] }
  b: { get: /b, skip: true }
  c: { get: /c }
  d: { get: /d, needs: [b] }
  e: { get: /e, skip: "\${off}" }
  f: { get: /f, gte: 1 }
  g: { get: /g, needs: [f] }
variables: { off: false }
`;

  it('sends each once in the order that they need, and says why the others are not', async () => {
    const theatre = new RunTheatre({ files: { 'a.http.yaml': text }, isSendAll: true });
    const outcomes = await theatre.start([]);
    assert.deepEqual(
      outcomes.map((line) => line.replace(/(Unknown key).*/, '$1')),
      [
        'c: ok 200',
        'a: ok 200',
        'b: skipped',
        'd: skipped after b: skipped',
        'e: ok 200',
        'f: not sent: Request "f" cannot be sent: Unknown key',
        'g: skipped after f: error',
      ],
    );
  });

  it('has at its end what was captured at its beginning, however many requests are between', async () => {
    const theatre = new RunTheatre({
      files: {
        'a.http.yaml': `${api}requests:
  first: { get: /first, capture: { it: status } }
  between: { get: /between }
  last: { get: "/\${first.it}" }
`,
      },
      isSendAll: true,
    });
    theatre.captures = new CaptureStore(1);
    assert.equal((await theatre.start([])).at(-1), 'last: ok 200');
    assert.equal(theatre.sent.at(-1), 'GET https://api.example/200');
  });

  it('says what to do about one that is written wrongly', async () => {
    const theatre = new RunTheatre({ files: { 'a.http.yaml': text }, isSendAll: true });
    await theatre.start([]);
    const outcome = theatre.outcomes.get('f');
    assert.ok(outcome?.kind === 'failed' && outcome.error instanceof LatchkeyError);
    assert.match(String(outcome.error.data['remedy']), /^Change it to get/);
  });

  it('stops at a cancel, and tells of the others that they were not sent', async () => {
    const controller = new AbortController();
    const theatre = new RunTheatre({
      files: { 'a.http.yaml': text },
      isSendAll: true,
      answer: ({ url, signal }) => {
        if (!url.endsWith('/a')) return { status: 200 };
        queueMicrotask(() => controller.abort());
        return untilAborted(signal);
      },
    });
    const outcomes = await theatre.start([], controller.signal);
    assert.deepEqual(outcomes.slice(0, 3), ['c: ok 200', 'a: failed cancelled', 'b: cancelled']);
  });
});
