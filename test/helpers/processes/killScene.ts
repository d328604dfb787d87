import assert from 'node:assert/strict';
import { nodeClock } from '../../../src/node/nodeClock';
import { FileLock } from '../../../src/node/fileLock';
import { eventually } from '../eventually';
import { logIn, startAuthServer, type AuthServer } from '../oauth/authServer';
import { connectionWith } from '../oauth/connection';
import { SharedSecrets } from '../oauth/fakeSecretStore';
import { MemoryLog } from '../oauth/memoryLog';
import { never, TestWindow } from '../oauth/testWindow';
import { temporaryFolder, type TemporaryFolder } from '../temporaryFolder';
import type { KillStep } from './killPoints';
import type { ListedSession } from './windowMessages';
import { WindowProcess } from './windowProcess';

/** Milliseconds by which the windows of the scene are ahead, so that every token is old for them. */
const ahead = 2 * 3_600_000;

/** A server, the secrets of an editor, and a window that lives on while others are killed. */
export class KillScene implements AsyncDisposable {
  readonly #server: AuthServer;
  readonly #locks: TemporaryFolder;
  readonly #shared = new SharedSecrets();
  readonly #survivor: WindowProcess;
  /** Refresh tokens that the server refused. */
  readonly #refused: unknown[] = [];

  private constructor(server: AuthServer, locks: TemporaryFolder) {
    this.#server = server;
    this.#locks = locks;
    this.#survivor = new WindowProcess(this.#shared, { locks: locks.path, ahead });
    server.provider.on('grant.error', (context) => this.#refused.push(context.oidc.params?.['refresh_token']));
  }

  static async start(): Promise<KillScene> {
    return new KillScene(await startAuthServer({ accessTokenTtl: 3600 }), await temporaryFolder('locks'));
  }

  /** Signs the account in, in this process. Resolves with the session's id once the survivor knows it. */
  async signIn(account: string): Promise<string> {
    using window = new TestWindow({
      secrets: this.#shared.window(nodeClock),
      lock: new FileLock(this.#locks.path, new MemoryLog()),
      browse: (url) => logIn(url, { account }),
    });
    const connection = connectionWith({ issuer: this.#server.issuer, clientId: 'desktop' });
    const outcome = await window.service.signIn(connection, { folder: 'file:///projects/shop', signal: never() });
    assert.equal(outcome.kind, 'signedIn');
    const { id } = outcome.session;
    await eventually(async () => {
      assert.deepEqual(
        (await this.sessionsOf(account)).map((session) => `${session.id} ${session.state}`),
        [`${id} active`],
      );
    });
    return id;
  }

  /** Lets another window refresh the session and kills it at the step. */
  async killRefresh(id: string, step: KillStep): Promise<void> {
    await this.#kill(step, (victim) => victim.call('fresh', { id }));
  }

  /** Lets another window sign in and kills it at the step. */
  async killSignIn(account: string, step: KillStep): Promise<void> {
    await this.#kill(step, (victim) => victim.call('signIn', { issuer: this.#server.issuer, account }));
  }

  /** Asserts that the survivor gets a token of the session that the server takes. */
  async assertGoesOn(id: string): Promise<void> {
    assert.ok(await this.#server.accepts(await this.#survivor.call('fresh', { id })));
  }

  /** Asserts that the survivor says "sign in again", says so again, and asks the server just once. */
  async assertSignInAgain(id: string): Promise<void> {
    for (let time = 0; time < 2; time++) {
      await assert.rejects(this.#survivor.call('fresh', { id }), { message: 'oauth.signInAgain' });
    }
    assert.equal(new Set(this.#refused).size, this.#refused.length);
  }

  /** Waits until the survivor sees a session of the account. */
  async waitForSession(account: string): Promise<void> {
    await eventually(async () => assert.equal((await this.sessionsOf(account)).length, 1));
  }

  /** The account's sessions as the survivor sees them. */
  async sessionsOf(account: string): Promise<readonly ListedSession[]> {
    return (await this.#survivor.call('list', {})).filter(({ account: label }) => label === `${account} · Acme`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#survivor[Symbol.asyncDispose]();
    await this.#server[Symbol.asyncDispose]();
    await this.#locks[Symbol.asyncDispose]();
  }

  async #kill(dieAt: KillStep, act: (victim: WindowProcess) => Promise<unknown>): Promise<void> {
    await using victim = new WindowProcess(this.#shared, { locks: this.#locks.path, ahead, dieAt });
    await assert.rejects(act(victim), { message: 'The window ended (SIGKILL)' });
  }
}
