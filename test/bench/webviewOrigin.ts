import * as fs from 'node:fs/promises';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { tlsFixture } from '../helpers/tlsProfiles';
import type { ProvisionedVsCode } from '../tools/provision/vsCode';

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/**
 * Serves the shell of webviews from an origin of its own, as VS Code has it: a webview then has its own process and
 * thread. What the server for browsers does by itself, serving it from the workbench's origin, is for offline use.
 */
export class WebviewOrigin implements AsyncDisposable {
  readonly host: string;
  readonly #server: https.Server;

  private constructor(server: https.Server) {
    this.#server = server;
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start({ serverMain }: ProvisionedVsCode): Promise<WebviewOrigin> {
    const shell = path.join(path.dirname(serverMain), 'vs/workbench/contrib/webview/browser/pre');
    const files = new Map<string, Buffer>(
      await Promise.all(
        (await fs.readdir(shell)).map(async (name) => [name, await fs.readFile(path.join(shell, name))] as const),
      ),
    );
    const certificate = { cert: tlsFixture('selfSigned.pem'), key: tlsFixture('selfSigned.key.pem') };
    const server = https.createServer(certificate, (request, response) => {
      const name = path.posix.basename(new URL(request.url ?? '/', 'https://localhost').pathname);
      const type = types[path.extname(name)] ?? 'application/octet-stream';
      response.writeHead(files.has(name) ? 200 : 404, { 'content-type': type }).end(files.get(name));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new WebviewOrigin(server);
  }

  /** Has the workbench in this page, which is yet to be loaded, use VS Code's own address of webviews. */
  async use(page: Page): Promise<void> {
    await page.addInitScript(() => {
      const prototype = Element.prototype;
      const original = Object.getOwnPropertyDescriptor(prototype, 'getAttribute')?.value as (name: string) => string;
      prototype.getAttribute = function getAttribute(name: string) {
        const value = original.call(this, name);
        return name === 'data-settings' ? value.replace(/"webviewEndpoint":"[^"]*",?/, '') : value;
      };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
