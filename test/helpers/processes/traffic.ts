import assert from 'node:assert/strict';
import { nodeClock } from '../../../src/node/nodeClock';
import { connectionWith } from '../oauth/connection';
import { SharedSecrets } from '../oauth/fakeSecretStore';
import { never, TestWindow } from '../oauth/testWindow';
import type { RotatingServer } from './rotatingServer';
import type { FailedSend, ListedSession, TrafficReport, WindowSetup } from './windowMessages';
import { WindowProcess } from './windowProcess';

/** Milliseconds that a token may be on its way to a window, which counts the token's life from its arrival. */
const onItsWay = 500;

/** Windows, each a process, that send with one session as hard as they can. */
export class Traffic implements AsyncDisposable {
  readonly #server: RotatingServer;
  readonly #windows: readonly WindowProcess[];
  readonly #reports: readonly Promise<TrafficReport>[];

  private constructor(server: RotatingServer, id: string, windows: readonly WindowProcess[]) {
    this.#server = server;
    this.#windows = windows;
    this.#reports = windows.map((window) => window.call('traffic', { id, url: server.api }));
  }

  /** Signs in and lets a window for each setup send. */
  static async start(server: RotatingServer, setups: readonly Partial<WindowSetup>[]): Promise<Traffic> {
    const shared = new SharedSecrets();
    using window = new TestWindow({ secrets: shared.window(nodeClock) });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    const outcome = await window.service.signIn(connection, { folder: 'file:///projects/shop', signal: never() });
    assert.equal(outcome.kind, 'signedIn');
    const windows = setups.map((setup) => new WindowProcess(shared, setup));
    return new Traffic(server, outcome.session.id, windows);
  }

  /** Ends the sending. */
  async stop(): Promise<readonly TrafficReport[]> {
    await Promise.all(this.#windows.map((window) => window.call('stop', {})));
    return Promise.all(this.#reports);
  }

  /** The sessions as every window sees them. */
  async sessions(): Promise<readonly ListedSession[]> {
    return (await Promise.all(this.#windows.map((window) => window.call('list', {})))).flat();
  }

  /** Ends the sending and checks that nobody lost the session, lacked a token or refreshed needlessly. */
  async assertNothingLost(): Promise<readonly TrafficReport[]> {
    const reports = await this.stop();
    const failures = reports.flatMap((report) => report.failures).filter((failed) => !this.#isBadLuck(failed));
    assert.deepEqual(failures, [], 'no request fails for lack of a token');
    assert.deepEqual(this.#server.refusals, [], 'no refresh token is used twice');
    assert.deepEqual(this.#server.needless(), [], 'one refresh for each token that came to its end');
    const states = (await this.sessions()).map(({ state }) => state);
    assert.deepEqual(
      states,
      this.#windows.map(() => 'active'),
    );
    return reports;
  }

  /**
   * One refusal brings another token, the second is the answer. That is the world's doing when the second token was
   * ended by the API, or ended on its way there: on a busy machine processes stand still for parts of a second.
   */
  #isBadLuck({ end, tokens }: FailedSend): boolean {
    const [first, second, ...more] = tokens;
    if (end !== '401' || !first || !second || more.length > 0 || first.value === second.value) return false;
    const ended = this.#server.endOf(second.value);
    return ended !== undefined && (ended.killed || second.takenAt < ended.at + onItsWay);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#windows.map((window) => window[Symbol.asyncDispose]()));
    await Promise.allSettled(this.#reports);
  }
}
