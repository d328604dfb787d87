import { withoutConnection } from '../../src/core/http/authorise';
import { CookieJars } from '../../src/core/http/cookies/cookieJars';
import type { Exchange } from '../../src/core/http/exchange';
import type { HttpRequest } from '../../src/core/http/httpRequest';
import { sendAuthorised } from '../../src/core/http/sendAuthorised';
import { sendExchange, type SendDependencies } from '../../src/core/http/sendExchange';
import { parseProjectFile } from '../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../src/core/request/parseRequestFile';
import { CaptureStore } from '../../src/core/run/captureStore';
import { InputMemory } from '../../src/core/run/inputs';
import { Library } from '../../src/core/run/library';
import { failureOf, type Sent } from '../../src/core/run/outcome';
import { Run } from '../../src/core/run/run';
import type { RunPorts } from '../../src/core/run/runPorts';
import type { FilePlace } from '../../src/core/run/site';
import { UNWATCHED_STOP } from '../../src/core/stream/stopRule';
import { revealForTransport, Secret } from '../../src/core/secret';
import { nodeClock } from '../../src/node/nodeClock';
import { nodeRandom } from '../../src/node/nodeRandom';
import { UndiciTransport } from '../../src/node/undiciTransport';
import { workspaceFileContents, workspaceFiles, workspaceFileStreams } from '../../src/node/workspaceFiles';
import { faultText } from './faultText';
import { bearerToken, connectionTo } from './requests';
import { MemoryLog } from './oauth/memoryLog';

export interface ExampleProject {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly project: string;
  readonly environment: string | undefined;
  /** What requests with a connection are sent with. */
  readonly token?: string;
  /** Request files that others import, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface ExampleResult {
  readonly request: string;
  /** `ok`, `skipped`, or why not. */
  readonly end: string;
}

/** Sends request files with the real engine, transport and files; only people are played. */
export class ExampleRun {
  readonly #project: ExampleProject;

  constructor(project: ExampleProject) {
    this.#project = project;
  }

  /** Sends every request of a file, with what each needs. */
  async sendAll(name: string, text: string): Promise<readonly ExampleResult[]> {
    const place = this.#place(name, text);
    const transport = new UndiciTransport();
    const cookies = new CookieJars({ clock: nodeClock, log: new MemoryLog() }).of('example');
    const results: ExampleResult[] = [];
    const run = new Run({
      ports: ports(
        { transport, clock: nodeClock, random: nodeRandom, files: workspaceFileContents, cookies },
        this.#project.token ?? 'token-of-acme',
      ),
      library: await Library.load([place], (_folder, path) => Promise.resolve(this.#imported(path))),
      captures: new CaptureStore(),
      isSendAll: true,
      questions: {
        confirmProtected: () => Promise.resolve(true),
        confirmPrerequisites: () => Promise.resolve(true),
      },
      listener: {
        onProgress: () => undefined,
        onEnd: (site, outcome) => {
          const failure = failureOf(outcome);
          const end = outcome.kind === 'skipped' ? 'skipped' : failure ? JSON.stringify(failure, shown) : 'ok';
          results.push({ request: site.entry.name, end });
          return Promise.resolve();
        },
      },
    });
    const sites = place.file.requests.map((entry) => ({ place, entry }));
    await run.start(sites, new AbortController().signal);
    transport.dispose();
    return results;
  }

  #imported(path: string): FilePlace | undefined {
    const text = this.#project.files?.[path];
    return text === undefined ? undefined : this.#place(path, text);
  }

  #place(name: string, text: string): FilePlace {
    const { folder, project, environment } = this.#project;
    return {
      uri: `${folder}/${name}`,
      label: name,
      folder,
      directory: '',
      file: parseRequestFile(text),
      project: { ...parseProjectFile(project), directory: '' },
      environment,
    };
  }
}

function ports(dependencies: SendDependencies, token: string): RunPorts<Sent> {
  return {
    ...dependencies,
    send: async (_site, request, signal) => ({ exchange: await send(request, token, dependencies, signal) }),
    schemaFiles: ({ place }) => ({ directory: '', read: (path) => workspaceFiles.read(place.folder, path) }),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    accountOf: () => Promise.resolve('ada'),
    secret: (_place, name) => Promise.resolve(new Secret(`secret-${name}`)),
    processEnv: () => undefined,
    readFile: (folder, path) => workspaceFiles.read(folder, path),
    openFile: (folder, path) => workspaceFileStreams.open(folder, path),
    inputs: { ask: ({ input }) => Promise.resolve(input.default === undefined ? '123456' : 'eu') },
    inputMemory: new InputMemory(),
    releases: { list: () => [], save: () => Promise.resolve(), remove: () => Promise.resolve() },
    askRelease: () => Promise.resolve(true),
    explain: faultText,
  };
}

function send(
  request: HttpRequest,
  token: string,
  dependencies: SendDependencies,
  signal: AbortSignal,
): Promise<Exchange> {
  if (request.auth.kind !== 'connection') {
    return sendExchange(withoutConnection(request), dependencies, { signal, stop: UNWATCHED_STOP });
  }
  const access = {
    freshToken: () => Promise.resolve(bearerToken(token)),
    renew: () => Promise.resolve(undefined),
  };
  const { origin } = new URL(revealForTransport(request.url));
  const connection = { ...connectionTo(origin), name: request.auth.connection };
  return sendAuthorised(request, connection, access, dependencies, { signal, stop: UNWATCHED_STOP });
}

function shown(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.message : value;
}
