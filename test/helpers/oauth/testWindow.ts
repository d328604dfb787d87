import type { Page } from './httpBrowser';
import type { SessionChange } from '../../../src/core/oauth/model';
import type {
  DeviceWaiting,
  EditorSessions,
  Environment,
  RedirectStrategy,
  SecretRequest,
  SignInWaiting,
  TrustRequest,
} from '../../../src/core/oauth/signInPorts';
import type { Clock, HttpTransport, Lock } from '../../../src/core/ports';
import { Secret } from '../../../src/core/secret';
import { SessionService } from '../../../src/core/session/sessionService';
import type { SessionServiceDependencies } from '../../../src/core/session/sessionServiceDependencies';
import { LoopbackRedirect } from '../../../src/node/loopbackRedirect';
import { nodeClock } from '../../../src/node/nodeClock';
import { nodeRandom } from '../../../src/node/nodeRandom';
import { UndiciTransport } from '../../../src/node/undiciTransport';
import { workspaceFiles } from '../../../src/node/workspaceFiles';
import { logIn } from './authServer';
import { FakeSecretStore } from './fakeSecretStore';
import { MemoryLog } from './memoryLog';
import { MemoryTrustStore } from './memoryTrustStore';

export const desktop: Environment = { ui: 'desktop', extensionHost: 'local', portable: false, uriScheme: 'vscode' };

export interface TestWindowOptions {
  readonly secrets?: FakeSecretStore;
  readonly clock?: Clock;
  readonly lock?: Lock;
  readonly transport?: HttpTransport;
  readonly trust?: MemoryTrustStore;
  readonly environment?: Environment;
  readonly strategies?: readonly RedirectStrategy[];
  /** Default: VS Code has no accounts. */
  readonly editorSessions?: EditorSessions;
  /** What happens when the browser opens; default: alice logs in and allows. Runs beside the sign-in. */
  readonly browse?: (url: string, window: TestWindow) => unknown;
  /** What the user does when they are shown a code. Runs beside the sign-in. */
  readonly confirm?: (waiting: DeviceWaiting, window: TestWindow) => unknown;
  /** Default: yes. */
  readonly approve?: (request: TrustRequest, signal: AbortSignal) => boolean | Promise<boolean>;
  /** The account that the user has chosen for a connection. */
  readonly preferredAccount?: (connectionKey: string) => string | undefined;
  /** What the user enters when asked for a secret; default: they close the question. */
  readonly enterSecret?: (request: SecretRequest) => string | undefined;
  /** Whether the user allows connections to an origin whose certificate is not checked; default: no. */
  readonly allowUnchecked?: (origin: string) => boolean;
  /** Ports in place of those that the window makes itself. */
  readonly ports?: Partial<SessionServiceDependencies>;
}

const inOneProcess: Lock = { withLock: (_name, _signal, task) => task() };

/** A window of the editor with everything but the editor: real sockets, a person who does as the test says. */
export class TestWindow implements Disposable {
  readonly service: SessionService;
  readonly secrets: FakeSecretStore;
  readonly trust: MemoryTrustStore;
  readonly log = new MemoryLog();
  readonly changes: SessionChange[] = [];
  readonly asked: TrustRequest[] = [];
  readonly askedForSecret: SecretRequest[] = [];
  /** Origins whose certificates the user lets be. */
  readonly unchecked = new Set<string>();
  /** Every wait for the browser, the one under way last. */
  readonly waits: SignInWaiting[] = [];
  /** Every code that was shown, the latest last. */
  readonly deviceWaits: DeviceWaiting[] = [];
  readonly opened: string[] = [];
  /** How many waits are shown at the moment. */
  shown = 0;
  /** What the browser ended on, per opened URL. */
  readonly pages: Promise<Page | undefined>[] = [];
  readonly #transport: UndiciTransport | undefined;

  constructor(options: TestWindowOptions = {}) {
    const { browse = (url: string) => logIn(url), approve = () => true } = options;
    this.secrets = options.secrets ?? new FakeSecretStore();
    this.trust = options.trust ?? new MemoryTrustStore();
    this.#transport = options.transport ? undefined : new UndiciTransport();
    this.service = new SessionService({
      secrets: this.secrets,
      transport: options.transport ?? this.#transport!,
      lock: options.lock ?? inOneProcess,
      clock: options.clock ?? nodeClock,
      random: nodeRandom,
      log: this.log,
      browser: {
        open: (url) => {
          this.opened.push(url);
          this.pages.push(Promise.resolve(browse(url, this)).then((page) => page as Page | undefined));
          return Promise.resolve(true);
        },
      },
      consent: {
        approveConnection: async (request, signal) => {
          this.asked.push(request);
          return approve(request, signal);
        },
      },
      trust: this.trust,
      secretPrompt: {
        ask: (request) => {
          this.askedForSecret.push(request);
          const entered = options.enterSecret?.(request);
          return Promise.resolve(entered === undefined ? undefined : new Secret(entered));
        },
      },
      files: workspaceFiles,
      progress: {
        show: (waiting) => this.#show(this.waits, waiting),
        showDevice: (waiting) => {
          const shown = this.#show(this.deviceWaits, waiting);
          void options.confirm?.(waiting, this);
          return shown;
        },
      },
      unverified: {
        isAllowed: (_folder, origin) => this.unchecked.has(origin),
        ask: (_folder, origin) => {
          const allowed = options.allowUnchecked?.(origin) ?? false;
          if (allowed) this.unchecked.add(origin);
          return Promise.resolve(allowed);
        },
      },
      editorSessions: options.editorSessions ?? {
        find: () => Promise.resolve([]),
        signIn: () => Promise.resolve(undefined),
      },
      strategies: options.strategies ?? [new LoopbackRedirect((uri) => Promise.resolve(uri))],
      environment: options.environment ?? desktop,
      refreshBuffer: () => 60_000,
      preferredAccount: options.preferredAccount,
      ...options.ports,
    });
    this.service.onDidChange((change) => this.changes.push(change));
  }

  get deviceWait(): DeviceWaiting {
    const wait = this.deviceWaits.at(-1);
    if (!wait) throw new Error('No code is shown');
    return wait;
  }

  get wait(): SignInWaiting {
    const wait = this.waits.at(-1);
    if (!wait) throw new Error('Nothing is waited for');
    return wait;
  }

  [Symbol.dispose](): void {
    this.service.dispose();
    this.#transport?.dispose();
  }

  #show<T>(waits: T[], waiting: T): Disposable & { dispose(): void } {
    waits.push(waiting);
    this.shown++;
    const dispose = (): void => {
      this.shown--;
    };
    return { dispose, [Symbol.dispose]: dispose };
  }
}

/** A signal that never fires. */
export function never(): AbortSignal {
  return new AbortController().signal;
}
