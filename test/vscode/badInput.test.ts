import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { once } from 'node:events';
import * as net from 'node:net';
import * as vscode from 'vscode';
import type { SendSummary } from '../../src/core/http/summary';
import { eventually } from '../helpers/eventually';
import { JsonBodyServer } from '../helpers/jsonBodyServer';

const MB = 1_000_000;
const isLinux = process.platform === 'linux';

describe('what goes wrong around the runner', () => {
  let bodies: JsonBodyServer;
  let silent: net.Server;
  let uri: vscode.Uri;
  /** Sockets of the server that says nothing. */
  const sockets = new Set<net.Socket>();

  before(async () => {
    bodies = await JsonBodyServer.start();
    silent = net.createServer((socket) => {
      sockets.add(socket);
      // It reads, so that it learns of the end.
      socket.resume();
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as net.AddressInfo;
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    uri = vscode.Uri.joinPath(folder.uri, 'badInput.http.yaml');
    await fs.writeFile(
      uri.fsPath,
      `requests:
  small: { get: ${bodies.origin}/json/2000 }
  large: { get: ${bodies.origin}/json/${50 * MB} }
  judged: { get: ${bodies.origin}/json/${50 * MB}, expect: { sha256: ${'0'.repeat(64)} } }
  connecting: { get: https://127.0.0.1:${port}/ }
  waiting: { get: http://127.0.0.1:${port}/ }
`,
    );
    await vscode.extensions.getExtension('latchkey.latchkey')?.activate();
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const socket of sockets) socket.destroy();
    silent.close();
    await bodies[Symbol.asyncDispose]();
    await fs.rm(uri.fsPath);
  });

  const send = (name: string): Promise<SendSummary> =>
    Promise.resolve(vscode.commands.executeCommand<SendSummary>('latchkey.send', uri, name));

  it('a thousand sends at once: each gives way to the next, and one is left', async function () {
    this.timeout(60_000);
    await send('small');
    // How often others have their turn meanwhile.
    let turns = 0;
    const turn = setInterval(() => turns++);
    const summaries = await Promise.all(Array.from({ length: 1_000 }, () => send('small')));
    clearInterval(turn);
    assert.ok(summaries.some(({ ok }) => ok));
    for (const { ok, error } of summaries)
      assert.ok(ok || error === undefined || /cancel/i.test(error.code), error?.code);
    assert.ok(turns > 100, `${turns} turns`);
    await eventually(async () => assert.ok((await bodies.openConnections()) <= 10));
    assert.ok((await send('small')).ok);
  });

  for (const phase of ['connecting', 'waiting'] as const) {
    it(`cancelled while ${phase}: the connection is closed`, async () => {
      const sent = send(phase);
      await eventually(() => assert.equal(sockets.size, 1));
      await vscode.commands.executeCommand('latchkey.cancel');
      assert.ok(!(await sent).ok);
      await eventually(() => assert.equal(sockets.size, 0));
    });
  }

  it('cancelled in the middle of a large body: connection and file are gone', async () => {
    bodies.holdAfter = 20 * MB;
    const sent = send('large');
    await eventually(async () => assert.ok(!isLinux || (await spoolFiles()) > 0));
    await vscode.commands.executeCommand('latchkey.cancel');
    assert.ok(!(await sent).ok);
    await nothingIsLeft();
    bodies.release();
  });

  it('the runner closed in the middle of a large body: it comes to its end, and nothing is kept', async () => {
    bodies.holdAfter = 20 * MB;
    const sent = send('large');
    await eventually(async () => assert.ok(!isLinux || (await spoolFiles()) > 0));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    bodies.release();
    assert.ok((await sent).ok);
    await nothingIsLeft();
    assert.ok((await send('small')).ok);
  });

  it('the runner closed while a large body is looked into: what is found is told, and nothing is kept', async () => {
    const sent = send('judged');
    await eventually(async () => assert.ok(!isLinux || (await largestSpoolFile()) === 50 * MB));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { error, expectations } = await sent;
    assert.equal(error, undefined);
    assert.match(String(expectations?.[0]?.actual), /^[0-9a-f]{64}$/);
    await nothingIsLeft();
  });

  it('the runner closed afterwards: its file goes with it', async () => {
    assert.ok((await send('large')).ok);
    await eventually(async () => assert.ok(!isLinux || (await spoolFiles()) > 0));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await nothingIsLeft();
  });

  function nothingIsLeft(): Promise<void> {
    return eventually(async () => assert.equal(await spoolFiles(), 0));
  }
});

/** How many files of bodies this process has open, deleted or not; elsewhere than on Linux nobody can tell. */
async function spoolFiles(): Promise<number> {
  return (await spoolSizes()).length;
}

async function largestSpoolFile(): Promise<number> {
  return Math.max(0, ...(await spoolSizes()));
}

async function spoolSizes(): Promise<readonly number[]> {
  if (!isLinux) return [];
  const folder = '/proc/self/fd';
  const sizes = await Promise.all(
    (await fs.readdir(folder)).map(async (fd) => {
      const link = await fs.readlink(`${folder}/${fd}`).catch(() => '');
      if (!/\/bodies\/\d+\/body-/.test(link)) return [];
      return fs.stat(`${folder}/${fd}`).then(
        ({ size }) => [size],
        () => [],
      );
    }),
  );
  return sizes.flat();
}
