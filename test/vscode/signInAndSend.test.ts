import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { PortOverrides } from '../../src/wiring/activation';
import { eventually } from '../helpers/eventually';
import { present } from '../helpers/present';
import { startPlayground, type StartedPlayground } from '../helpers/playground';
import { PlaygroundVisitor } from '../helpers/playgroundVisitor';
import { signOutOfAll } from '../helpers/signOutOfAll';

interface Summary {
  readonly ok: boolean;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bodyBytes?: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly expectations?: readonly { readonly what: string; readonly ok: boolean }[];
}

interface SignedIn {
  readonly id: string;
  readonly account: { readonly id: string; readonly label: string };
  readonly scopes: readonly string[];
}

const tokenPattern = /eyJ[\w-]{10,}|[\w-]{40,}\.[\w-]{20,}/;
const dispatcherKey = Symbol.for('undici.globalDispatcher.1');

function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, 'a workspace folder is open');
  return first.uri;
}

async function write(name: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder(), name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

function send(uri: vscode.Uri, name?: string, options?: object): Thenable<Summary> {
  return vscode.commands.executeCommand<Summary>('latchkey.send', uri, name, options);
}

/** Gives another token for any. */
const exchange = createServer((_request, response) => {
  const answer = {
    access_token: 'exchanged',
    token_type: 'Bearer',
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
});

const projectFile = (issuer: string, api: string, exchangeUrl: string): string => `
connections:
  playground:
    label: Playground
    issuer: ${issuer}
    scopes: [openid, profile, email, offline_access, orders.read]
    origins: ["${api}"]
    clientId: latchkey-playground
    redirect: { paste: "http://127.0.0.1/callback" }
  byCode:
    label: Playground by code
    issuer: ${issuer}
    clientId: latchkey-playground
    grant: deviceCode
    scopes: [openid, email, orders.read]
    origins: ["${api}"]
  exchanged:
    grant: tokenExchange
    tokenUrl: ${exchangeUrl}
    exchange: { subject: { connection: playground } }
    origins: ["${api}"]
  nowhere:
    issuer: http://127.0.0.1:1
    clientId: nobody
    origins: ["${api}"]
variables: { api: "${api}" }
environments:
  elsewhere: { api: "https://api.example" }
defaults: { baseUrl: "\${api}", auth: playground }
`;

const requestFile = `
requests:
  me:
    get: /profile
    expect: { status: 200 }
  missing:
    get: /orders/ord_0
  echo:
    post: /echo
    json: { price: 1.10, big: 12345678901234567890 }
  open:
    get: /profile
    auth: none
    expect: { status: 401 }
  outside:
    get: https://elsewhere.example/steal
  unreachable:
    get: http://127.0.0.1:1/
    auth: none
`;

describe('sign in and send', () => {
  let playground: StartedPlayground;
  let requests: vscode.Uri;
  let overrides: PortOverrides;
  /** The user who pastes the address that the browser ended on. */
  let pasting: NonNullable<PortOverrides['progress']>;
  const opened: string[] = [];
  let user: 'alice' | 'bob' = 'alice';
  let decision: 'allow' | 'deny' = 'allow';
  let consent = true;

  before(async () => {
    playground = await startPlayground();
    exchange.listen(0, '127.0.0.1');
    await once(exchange, 'listening');
    const { port } = exchange.address() as AddressInfo;
    await write('latchkey.yaml', projectFile(playground.issuer, playground.api, `http://127.0.0.1:${port}/token`));
    requests = await write('me.http.yaml', requestFile);
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    assert.ok(extension);
    overrides = await extension.activate();
    const callbacks = new Map<string, Promise<URL>>();
    overrides.consent = { approveConnection: () => Promise.resolve(consent) };
    overrides.browser = {
      open: (url) => {
        opened.push(url);
        callbacks.set(url, new PlaygroundVisitor().signIn(url, { user, decision }));
        return Promise.resolve(true);
      },
    };
    pasting = {
      show: (waiting) => {
        void eventually(() => present(callbacks.get(waiting.authorizationUrl), 'the opened browser'))
          .then((callback) => callback)
          .then(({ href }) => waiting.paste(href));
        return { dispose: () => undefined };
      },
    };
    overrides.progress = pasting;
  });

  after(async () => {
    exchange.close();
    await playground[Symbol.asyncDispose]();
  });

  it('says that a sign-in is needed before anything is sent', async () => {
    const summary = await send(requests, 'me');
    assert.equal(summary.ok, false);
    assert.equal(summary.error?.code, 'session.signInRequired');
  });

  it('opens nothing and signs nobody in when the user does not allow the connection [A13]', async () => {
    consent = false;
    try {
      assert.equal(await vscode.commands.executeCommand('latchkey.signIn', 'playground'), undefined);
    } finally {
      consent = true;
    }
    assert.deepEqual(opened, []);
  });

  it('does not sign in when the user denies the consent page', async () => {
    decision = 'deny';
    try {
      assert.equal(await vscode.commands.executeCommand('latchkey.signIn', 'playground'), undefined);
    } finally {
      decision = 'allow';
    }
    assert.equal((await vscode.authentication.getAccounts('latchkey')).length, 0);
  });

  it('signs alice in with PKCE, state and nonce [A3 A4]', async () => {
    const signedIn = await vscode.commands.executeCommand<SignedIn | undefined>('latchkey.signIn', 'playground');
    assert.match(signedIn?.account.label ?? '', /alice/i);
    assert.ok(signedIn?.scopes.includes('orders.read'));
    const parameters = new URL(opened.at(-1) ?? '').searchParams;
    assert.equal(parameters.get('code_challenge_method'), 'S256');
    assert.ok((parameters.get('state') ?? '').length >= 22);
    assert.ok((parameters.get('nonce') ?? '').length >= 22);
    assert.doesNotMatch(JSON.stringify(signedIn), tokenPattern);
  });

  it('shows the account to VS Code', async () => {
    const accounts = await eventually(async () => {
      const found = await vscode.authentication.getAccounts('latchkey');
      assert.equal(found.length, 1);
      return found;
    });
    assert.match(accounts[0]?.label ?? '', /alice.* · Playground/i);
  });

  it('sends with the token, and the summary holds none', async () => {
    const before: unknown = Reflect.get(globalThis, dispatcherKey);
    const summary = await send(requests, 'me');
    assert.equal(summary.error, undefined);
    assert.equal(summary.status, 200);
    assert.equal(summary.ok, true);
    assert.deepEqual(
      summary.expectations?.map(({ ok }) => ok),
      [true],
    );
    assert.doesNotMatch(JSON.stringify(summary), tokenPattern);
    assert.equal(Reflect.get(globalThis, dispatcherKey), before, 'the dispatcher of the extension host');
  });

  it('judges by expectations, else by the status', async () => {
    assert.deepEqual(pick(await send(requests, 'missing')), { ok: false, status: 404 });
    assert.deepEqual(pick(await send(requests, 'open')), { ok: true, status: 401 });
  });

  it('does not send outside of the origins of the connection [F7]', async () => {
    const summary = await send(requests, 'outside');
    assert.equal(summary.ok, false);
    assert.match(summary.error?.code ?? '', /^(workspace\.requestInvalid|http\.originNotAllowed)$/);
    const elsewhere = await send(requests, 'me', { environment: 'elsewhere' });
    assert.equal(elsewhere.ok, false);
    assert.match(elsewhere.error?.message ?? '', /api\.example/);
  });

  it('explains a refused connection', async () => {
    const summary = await send(requests, 'unreachable');
    assert.equal(summary.error?.code, 'http.connectionRefused');
  });

  it('answers unknown files, requests and environments with a code', async () => {
    const missing = vscode.Uri.joinPath(folder(), 'no.http.yaml');
    assert.equal((await send(missing)).error?.code, 'workspace.fileUnreadable');
    assert.equal((await send(vscode.Uri.joinPath(folder(), 'a.txt'))).error?.code, 'workspace.notARequestFile');
    assert.equal((await send(requests, 'nothing')).error?.code, 'workspace.unknownRequest');
    assert.equal((await send(requests, 'me', { environment: 'x' })).error?.code, 'workspace.unknownEnvironment');
  });

  it('does not sign in to unknown connections or a server that is down', async () => {
    assert.equal(await vscode.commands.executeCommand('latchkey.signIn', 'unknown'), undefined);
    assert.equal(await vscode.commands.executeCommand('latchkey.signIn', 'nowhere'), undefined);
    assert.equal((await vscode.authentication.getAccounts('latchkey')).length, 1);
  });

  it('keeps two accounts of a connection apart [#severalAccounts]', async () => {
    user = 'bob';
    try {
      const bob = await vscode.commands.executeCommand<SignedIn | undefined>('latchkey.signIn', 'playground');
      assert.match(bob?.account.label ?? '', /bob/i);
    } finally {
      user = 'alice';
    }
    await eventually(async () => {
      const labels = (await vscode.authentication.getAccounts('latchkey')).map(({ label }) => label);
      assert.deepEqual([labels.length, new Set(labels).size], [2, 2]);
    });
  });

  it('signs in with a code that the user is shown, and stops when they cancel [F12 #device]', async () => {
    const visitor = new PlaygroundVisitor();
    overrides.progress = {
      showDevice: (waiting) => {
        assert.match(waiting.userCode, /^[A-Z]{4}-[A-Z]{4}$/);
        const page = `${waiting.verificationUri}?user_code=${waiting.userCode}`;
        if (decision === 'allow') void visitor.confirmCode(page, { user: 'bob' });
        else waiting.cancel();
        return { dispose: () => undefined };
      },
    };
    decision = 'deny';
    assert.equal(await vscode.commands.executeCommand('latchkey.signIn', 'byCode'), undefined);
    decision = 'allow';
    const signedIn = await vscode.commands.executeCommand<SignedIn | undefined>('latchkey.signIn', 'byCode');
    assert.match(signedIn?.account.label ?? '', /bob/i);
    const accounts = await vscode.authentication.getAccounts('latchkey');
    assert.equal(accounts.length, 2, 'the same account of the same client is the same session');
  });

  it('exchanges the token of the account that was chosen last [#tokenExchange]', async () => {
    for (const who of ['alice', 'bob', 'alice'] as const) {
      user = who;
      overrides.progress = pasting;
      assert.ok(await vscode.commands.executeCommand('latchkey.signIn', 'playground'));
      const exchanged = await vscode.commands.executeCommand<SignedIn | undefined>('latchkey.signIn', 'exchanged');
      assert.match(exchanged?.account.label ?? '', new RegExp(who, 'i'));
    }
  });

  it('signs out, and the next send asks to sign in again', async () => {
    await signOutOfAll();
    assert.equal((await send(requests, 'me')).error?.code, 'session.signInRequired');
  });
});

function pick({ ok, status }: Summary): object {
  return { ok, status };
}
