import * as assert from 'node:assert/strict';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { SendSummary } from '../../src/core/http/summary';
import type { SendAllSummary } from '../../src/core/run/sendAllSummary';
import { Secret } from '../../src/core/secret';
import type { PortOverrides } from '../../src/wiring/activation';
import { eventually } from '../helpers/eventually';

interface Arrived {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

const canary = 'canary-7f3a9c51d2';

describe('sending with what a request needs', () => {
  let server: http.Server;
  let origin: string;
  let overrides: PortOverrides;
  const arrived: Arrived[] = [];
  const questions: string[] = [];
  let answers: boolean;
  let statuses: readonly number[] = [];

  before(async () => {
    server = http.createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (piece: string) => (body += piece));
      request.on('end', () => {
        arrived.push({
          line: `${request.method ?? ''} ${request.url ?? ''}`,
          authorization: request.headers.authorization,
          body,
        });
        const [status = 200, ...rest] = statuses;
        statuses = rest;
        response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' });
        // Spaces after it are no part of JSON, and make it too large to be looked into on the extension host.
        response.end(JSON.stringify({ id: 7 }) + ' '.repeat(request.url === '/large' ? 6_000_000 : 0));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    assert.ok(extension);
    overrides = await extension.activate();
    overrides.confirm = ({ message, detail, button }) => {
      questions.push(`${message}\n${detail}\n[${button}]`);
      return Promise.resolve(answers);
    };
    overrides.secretPrompt = { ask: ({ name }) => Promise.resolve(new Secret(`${canary}-${name}`)) };
    overrides.inputs = { ask: ({ input }) => Promise.resolve(`typed ${input.name}`) };
  });

  beforeEach(() => {
    arrived.length = 0;
    questions.length = 0;
    answers = true;
    statuses = [];
  });

  after(() => {
    delete overrides.confirm;
    delete overrides.secretPrompt;
    delete overrides.inputs;
    server.closeAllConnections();
    server.close();
  });

  it('asks once what may leave for where, with a button that says Allow, and remembers it', async () => {
    process.env['LATCHKEY_TEST_REGION'] = 'eu';
    const uri = await write(
      'run/values.http.yaml',
      `requests:
  a:
    post: ${origin}/a
    auth: none
    headers: { Authorization: "Key \${secret:runKey}" }
    json: { region: "\${env:LATCHKEY_TEST_REGION}", own: "\${env:OWN}", otp: "\${input:otp}" }
inputs: { otp: { label: Code } }
`,
    );
    await write('run/latchkey.yaml', 'connections: {}\n');
    await write('run/.env', 'OWN=mine\n');
    const summary = await send(uri, 'a');
    assert.equal(summary.ok, true, JSON.stringify(summary));
    assert.equal(questions.length, 1);
    assert.match(questions[0] ?? '', /\[Allow\]$/);
    for (const named of [origin, 'runKey', 'LATCHKEY_TEST_REGION']) assert.ok(questions.join().includes(named), named);
    assert.doesNotMatch(questions.join(), /OWN/, '.env belongs to the project');
    assert.equal(arrived[0]?.authorization, `Key ${canary}-runKey`);
    assert.deepEqual(JSON.parse(arrived[0].body), { region: 'eu', own: 'mine', otp: 'typed otp' });
    assert.ok(!JSON.stringify(summary).includes(canary));
    await send(uri, 'a');
    assert.equal(questions.length, 1, 'it is remembered');
  });

  it('holds a large response to a schema of the folder', async () => {
    await write('run/id.json', '{ "properties": { "id": { "$ref": "./number.yaml" } } }');
    await write('run/number.yaml', 'maximum: 6\n');
    const lines = `get: "${origin}/large", auth: none, expect: { schema: ./id.json, body: { $.id: 7 } }`;
    const uri = await write('run/large.http.yaml', `requests: { a: { ${lines} } }`);
    const { ok, expectations } = await send(uri, 'a');
    assert.equal(ok, false);
    const said = expectations?.map(({ ok: held, actual }) => `${held} ${actual ?? ''}`);
    assert.deepEqual(said, ['true 7', 'false /id: 7 is greater than 6']);
  });

  it('notices that .env has changed', async () => {
    const uri = await write('run/env.http.yaml', `requests: { a: { get: "${origin}/\${env:LATER|url}", auth: none } }`);
    const missing = await send(uri, 'a');
    assert.match(missing.error?.message ?? '', /no value for LATER/);
    await write('run/.env', 'OWN=mine\nLATER=now\n');
    await eventually(async () => assert.equal((await send(uri, 'a')).ok, true));
    assert.equal(arrived.at(-1)?.line, 'GET /now');
  });

  it('sends nothing when the user does not allow it', async () => {
    answers = false;
    const uri = await write('run/no.http.yaml', `requests: { a: { get: "${origin}/\${secret:other}", auth: none } }`);
    const summary = await send(uri, 'a');
    assert.equal(summary.error?.code, 'run.notReleased');
    assert.deepEqual(arrived, []);
  });

  it('sends first what is needed, naming what can change data once', async () => {
    await write('run/login.http.yaml', `requests: { login: { post: ${origin}/login, auth: none } }`);
    const uri = await write(
      'run/needs.http.yaml',
      `import: [./login.http.yaml]
requests:
  warm: { get: ${origin}/warm, auth: none }
  list: { get: ${origin}/list, auth: none, needs: [login, warm] }
`,
    );
    const summary = await send(uri, 'list');
    assert.deepEqual(
      arrived.map(({ line }) => line),
      ['POST /login', 'GET /warm', 'GET /list'],
    );
    assert.deepEqual(summary.prerequisites, [
      { request: 'login', ok: true, status: 200 },
      { request: 'warm', ok: true, status: 200 },
    ]);
    assert.equal(questions.length, 1);
    assert.match(questions[0] ?? '', /POST login/);
    await send(uri, 'list');
    assert.equal(arrived.length, 4, 'what was sent in this window need not be sent again');
  });

  it('tries again what was answered with 503', async () => {
    statuses = [503, 503];
    const uri = await write(
      'run/retry.http.yaml',
      `requests: { a: { get: ${origin}/a, auth: none, retry: { times: 3, interval: 10ms } } }`,
    );
    const summary = await send(uri, 'a');
    assert.deepEqual([summary.ok, summary.status, summary.attempts], [true, 200, 3]);
  });

  it('sends each row of a file', async () => {
    await write('run/rows.csv', 'id,name\n007,a\n8,"b, c"\n');
    const uri = await write(
      'run/rows.http.yaml',
      `requests: { a: { get: "${origin}/\${id}?n=\${name|url}", auth: none, forEach: ./rows.csv } }`,
    );
    assert.deepEqual((await send(uri, 'a')).rows, { count: 2, failed: 0 });
    assert.deepEqual(
      arrived.map(({ line }) => line),
      ['GET /007?n=a', 'GET /8?n=b%2C%20c'],
    );
  });

  it('takes what a login captures to where it is needed, once', async () => {
    const uri = await write(
      'run/capture.http.yaml',
      `requests:
  login: { post: ${origin}/login, auth: none, capture: { id: $.id } }
  show: { get: "${origin}/orders/\${login.id}", auth: none }
`,
    );
    assert.equal((await send(uri, 'show')).ok, true);
    assert.equal((await send(uri, 'show')).ok, true);
    assert.deepEqual(
      arrived.map(({ line }) => line),
      ['POST /login', 'GET /orders/7', 'GET /orders/7'],
    );
  });

  describe('Send all', () => {
    const sendAll = (uri: vscode.Uri, options?: object): Thenable<SendAllSummary> =>
      vscode.commands.executeCommand<SendAllSummary>('latchkey.sendAll', uri, options);
    let folder: vscode.Uri;

    before(async () => {
      const first = await write(
        'all/a.http.yaml',
        `import: [./b.http.yaml]
requests:
  show: { get: "${origin}/orders/\${login.id}", auth: none }
  bad: { get: ${origin}/bad, auth: none, expect: { status: 201 } }
  after: { get: ${origin}/after, auth: none, needs: bad }
  off: { get: ${origin}/off, auth: none, skip: true }
`,
      );
      await write(
        'all/b.http.yaml',
        `requests: { login: { post: ${origin}/login, auth: none, capture: { id: $.id } } }`,
      );
      folder = vscode.Uri.joinPath(first, '..');
    });

    it('sends all of a folder in the order that they need, and says of each how it ended', async () => {
      const summary = await sendAll(folder);
      assert.deepEqual(
        arrived.map(({ line }) => line),
        ['POST /login', 'GET /orders/7', 'GET /bad'],
      );
      assert.deepEqual(
        summary.results.map(({ request, state }) => `${request} ${state}`),
        ['login passed', 'show passed', 'bad failed', 'after skipped', 'off skipped'],
      );
      assert.deepEqual([summary.ok, summary.passed, summary.failed, summary.skipped], [false, 2, 1, 2]);
      assert.match(String(summary.results[2]?.reason), /Expected status 201, got 200/);
      assert.match(String(summary.results[3]?.reason), /It needs bad, which failed/);
    });

    it('shows the results, each line leading to its request', async () => {
      await sendAll(folder);
      // Other suites leave results of theirs behind.
      const results = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'latchkey-results');
      const document = results.find((each) => each.getText().includes('1 failed · 2 passed · 2 skipped'));
      assert.ok(document, results.map((each) => each.getText()).join('\n'));
      assert.match(document.getText(), /✗ bad +GET +200 +[\d.]+ ms\s+Expected status 201, got 200/);
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
      );
      assert.equal(links.length, 5);
      assert.ok(links.every(({ target }) => target?.scheme === 'command'));
    });

    it('begins with nothing captured', async () => {
      await sendAll(folder);
      arrived.length = 0;
      await sendAll(folder);
      assert.equal(arrived[0]?.line, 'POST /login');
    });

    it('asks once before a protected environment', async () => {
      await write('safe/latchkey.yaml', 'environments: { live: {} }\nprotect: [live]\n');
      const uri = await write(
        'safe/a.http.yaml',
        `requests:
  one: { post: ${origin}/one, auth: none }
  two: { put: ${origin}/two, auth: none }
  three: { get: ${origin}/three, auth: none }
`,
      );
      answers = false;
      const summary = await sendAll(uri, { environment: 'live' });
      assert.equal(summary.error?.code, 'cancelled');
      assert.deepEqual(arrived, []);
      answers = true;
      assert.equal((await sendAll(uri, { environment: 'live' })).passed, 3);
      assert.equal(questions.length, 2);
      assert.match(questions[0] ?? '', /Send 2 requests that can change data to live\?/);
    });

    it('sends what a file imports in the environment that was wanted, too', async () => {
      await write('wanted/latchkey.yaml', 'environments: { local: { stage: one }, live: { stage: two } }\n');
      await write('wanted/login.http.yaml', `requests: { login: { get: "${origin}/login/\${stage}", auth: none } }`);
      const uri = await write(
        'wanted/a.http.yaml',
        `import: [./login.http.yaml]
requests: { a: { get: "${origin}/a/\${stage}", auth: none, needs: [login] } }
`,
      );
      assert.equal((await sendAll(uri, { environment: 'live' })).passed, 2);
      assert.deepEqual(
        arrived.map(({ line }) => line),
        ['GET /login/two', 'GET /a/two'],
      );
    });

    it('can be cancelled', async () => {
      const uri = await write(
        'all/slow.http.yaml',
        `requests:
  one: { get: ${origin}/one, auth: none, retry: { times: 5, interval: 1h, until: { status: 418 } } }
  two: { get: ${origin}/two, auth: none }
`,
      );
      const ended = sendAll(uri);
      await eventually(() => assert.equal(arrived.length, 1));
      await vscode.commands.executeCommand('latchkey.cancel');
      assert.deepEqual(
        (await ended).results.map(({ state }) => state),
        ['cancelled', 'cancelled'],
      );
    });

    it('tells of a file that cannot be read, beside the others and alone', async () => {
      await write('broken/a.http.yaml', `requests: { a: { get: ${origin}/a, auth: none } }`);
      const broken = await write('broken/b.http.yaml', `requests:\n\tb:\n\t\tget: ${origin}/b\n`);
      const summary = await sendAll(vscode.Uri.joinPath(broken, '..'));
      assert.equal(summary.ok, false);
      assert.deepEqual(
        summary.results.map(({ file, request, state }) => [file.split('/').at(-1), request, state]),
        [
          ['a.http.yaml', 'a', 'passed'],
          ['b.http.yaml', '', 'notSent'],
        ],
      );
      assert.match(String(summary.results[1]?.reason), /this line has a tab/);
      for (const alone of [await sendAll(broken), await send(broken, 'b')]) {
        assert.equal(alone.error?.code, 'workspace.fileFaulty', JSON.stringify(alone));
      }
    });

    it('tells of a file that cannot be opened, beside the others and alone', async () => {
      const sent = await write('unopened/a.http.yaml', `requests: { a: { get: ${origin}/a, auth: none } }`);
      const unopened = await write('unopened/below/b.http.yaml', `requests: { b: { get: ${origin}/b, auth: none } }`);
      // A folder by that name is nothing that can be read.
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(unopened, '../latchkey.yaml'));
      const summary = await sendAll(vscode.Uri.joinPath(sent, '..'));
      assert.deepEqual(
        summary.results.map(({ file, request, state }) => [file.split('/').at(-1), request, state]),
        [
          ['a.http.yaml', 'a', 'passed'],
          ['b.http.yaml', '', 'notSent'],
        ],
      );
      assert.equal(summary.ok, false);
      assert.match(String(summary.results[1]?.reason), /latchkey\.yaml could not be read/);
      assert.equal((await sendAll(unopened)).error?.code, 'workspace.fileUnreadable');
    });

    it('says that there is nothing to send', async () => {
      await write('none/readme.txt', 'x');
      const [workspace] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(workspace);
      const summary = await sendAll(vscode.Uri.joinPath(workspace.uri, 'none'));
      assert.equal(summary.error?.code, 'workspace.noRequest');
    });
  });

  it('marks circles and names that are not there', async () => {
    const uri = await write(
      'run/marks.http.yaml',
      `import: [./nowhere.http.yaml]
requests:
  a: { get: ${origin}/a, auth: none, needs: [b] }
  b: { get: "${origin}/\${input:code}", auth: none, needs: [a] }
`,
    );
    await vscode.window.showTextDocument(uri);
    await eventually(() => {
      const codes = vscode.languages.getDiagnostics(uri).map(({ code }) => (typeof code === 'string' ? code : ''));
      assert.deepEqual(codes.toSorted(), ['run.cycle', 'run.cycle', 'run.importMissing', 'run.unknownInputHere']);
    });
    const summary = await send(uri, 'a');
    assert.equal(summary.error?.code, 'run.cycle', JSON.stringify(summary));
    assert.deepEqual(arrived, []);
  });
});

async function write(name: string, text: string): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

function send(uri: vscode.Uri, name: string): Thenable<SendSummary> {
  return vscode.commands.executeCommand<SendSummary>('latchkey.send', uri, name);
}
