import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { CookieJars } from '../../src/core/http/cookies/cookieJars';
import { CookieStorage } from '../../src/core/http/cookies/cookieStorage';
import type { SecretStore } from '../../src/core/ports';
import { nodeClock } from '../../src/node/nodeClock';
import type { PortOverrides } from '../../src/wiring/activation';
import { eventually } from '../helpers/eventually';
import { MemoryLog } from '../helpers/oauth/memoryLog';
import { present } from '../helpers/present';

describe('cookies and VS Code’s secret storage', () => {
  const seen: (string | undefined)[] = [];
  const server = http.createServer((request, response) => {
    seen.push(request.headers.cookie);
    response.writeHead(200, { 'set-cookie': ['sid=first; HttpOnly', 'lang=en; Max-Age=600'] }).end('{}');
  });
  let folder: vscode.Uri;
  let secrets: SecretStore;
  let origin: string;
  const otherWindows: CookieJars[] = [];

  const send = (): Thenable<unknown> =>
    vscode.commands.executeCommand('latchkey.send', vscode.Uri.joinPath(folder, 'visit.http.yaml'), 'visit');
  const keys = async (): Promise<readonly string[]> =>
    (await secrets.keys()).filter((key) => key.startsWith('latchkey.cookies.'));
  const scope = (): string => JSON.stringify([vscode.Uri.joinPath(folder, 'latchkey.yaml').toString(), null]);

  /** What another window of the same folder would have. */
  function otherWindow(): CookieJars {
    const log = new MemoryLog();
    const jars = new CookieJars({ log, clock: nodeClock, storage: new CookieStorage(secrets, nodeClock, log) });
    otherWindows.push(jars);
    return jars;
  }

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [root] = vscode.workspace.workspaceFolders ?? [];
    folder = vscode.Uri.joinPath(present(root, 'a folder').uri, 'cookies');
    const write = (name: string, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), Buffer.from(text));
    await write('latchkey.yaml', `defaults: { baseUrl: "${origin}", auth: none }\n`);
    await write('visit.http.yaml', 'requests: { visit: { get: / } }\n');
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    const overrides = await present(extension, 'the extension').activate();
    await send();
    secrets = present(overrides.secrets, 'the secret storage');
    await vscode.commands.executeCommand('latchkey.clearCookies');
    await eventually(async () => assert.deepEqual(await keys(), []), 15_000);
    seen.length = 0;
  });

  after(async () => {
    for (const jars of otherWindows) jars.dispose();
    server.closeAllConnections();
    server.close();
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('keeps what a server sets where the next window finds it, and other windows too', async () => {
    await send();
    await send();
    assert.deepEqual(seen, [undefined, 'sid=first; lang=en']);
    await eventually(async () => assert.equal((await keys()).length, 1));
    const other = otherWindow().of(scope());
    await other.ready();
    const url = new URL(origin);
    const cookies = other.sentTo(url).map(({ name, value }) => `${name}=${value.revealForTransport()}`);
    assert.deepEqual(cookies, ['sid=first', 'lang=en']);
    await other.receive(url, ['theirs=2']);
    await eventually(async () => {
      await send();
      assert.equal(seen.at(-1), 'sid=first; lang=en; theirs=2');
    });
  });

  it('clears them here, in the store and in other windows', async () => {
    const other = otherWindow().of(scope());
    await other.ready();
    assert.equal(other.sentTo(new URL(origin)).length, 3);
    await vscode.commands.executeCommand('latchkey.clearCookies');
    assert.deepEqual(
      await Promise.all((await keys()).map(async (key) => /sid|theirs/.test((await secrets.get(key)) ?? ''))),
      (await keys()).map(() => false),
    );
    await eventually(() => assert.deepEqual(other.sentTo(new URL(origin)), []));
    await send();
    assert.equal(seen.at(-1), undefined);
    await vscode.commands.executeCommand('latchkey.clearCookies');
    await eventually(async () => assert.deepEqual(await keys(), []), 15_000);
  });
});
