import assert from 'node:assert/strict';
import { withoutConnection } from '../../src/core/http/authorise';
import type { HttpRequest } from '../../src/core/http/httpRequest';
import { sendExchange } from '../../src/core/http/sendExchange';
import type { Clock, FileStreams, HttpTransport } from '../../src/core/ports';
import { parseProjectFile } from '../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../src/core/request/parseRequestFile';
import { CaptureStore } from '../../src/core/run/captureStore';
import { InputMemory, type InputQuestion } from '../../src/core/run/inputs';
import { Library } from '../../src/core/run/library';
import type { Sent, SiteOutcome } from '../../src/core/run/outcome';
import { releaseName, type Release, type WantedRelease } from '../../src/core/run/release';
import { Run, type PrerequisiteQuestion } from '../../src/core/run/run';
import type { RunPorts, RunProgress } from '../../src/core/run/runPorts';
import type { FilePlace, Site } from '../../src/core/run/site';
import { abortError } from '../../src/core/errors';
import { revealForTransport, Secret } from '../../src/core/secret';
import { nodeClock } from '../../src/node/nodeClock';
import { FakeTransport, type FakeResponse } from './fakeTransport';
import { faultText } from './faultText';
import { countingRandom } from './requests';

export const folder = 'file:///work';

/** How the world answers a run. */
export interface RunScene {
  /** Request files by path; the first is where targets are looked for. */
  readonly files: Readonly<Record<string, string>>;
  readonly project?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly processEnv?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Files that are read, by path. */
  readonly contents?: Readonly<Record<string, string | AsyncIterable<Uint8Array>>>;
  readonly answer?: (request: SentTo) => FakeResponse | Promise<FakeResponse>;
  readonly input?: (question: InputQuestion) => string | undefined;
  readonly allow?: (wanted: readonly WantedRelease[]) => boolean;
  readonly confirm?: (question: string) => boolean;
  readonly account?: () => string;
  readonly clock?: Clock;
  /** Instead of the one that answers from the scene. */
  readonly transport?: HttpTransport;
  /** Instead of the contents. */
  readonly streams?: FileStreams & { readonly folder: string };
  readonly isSendAll?: boolean;
}

export interface SentTo {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** A run in a scene, with everything that happened in it. */
export class RunTheatre {
  readonly sent: string[] = [];
  readonly bodies: string[] = [];
  readonly questions: string[] = [];
  readonly progress: RunProgress[] = [];
  readonly outcomes = new Map<string, SiteOutcome<Sent>>();
  readonly releases: Release[] = [];
  readonly inputMemory = new InputMemory();
  captures = new CaptureStore();
  scene: RunScene;

  constructor(scene: RunScene) {
    this.scene = scene;
  }

  /** Sends requests of the first file, all of them when none is named. */
  async start(names: readonly string[], signal = new AbortController().signal): Promise<readonly string[]> {
    const [root] = Object.keys(this.scene.files).map((path) => this.place(path));
    assert.ok(root);
    const library = await Library.load([root], (_folder, path) =>
      Promise.resolve(path in this.scene.files ? this.place(path) : undefined),
    );
    const run = new Run({
      ports: this.#ports(),
      library,
      captures: this.captures,
      isSendAll: this.scene.isSendAll === true,
      questions: {
        confirmProtected: (sites, environment) => this.#confirm(`protected ${environment}: ${nameList(sites)}`),
        confirmPrerequisites: ({ targets, prerequisites, originOf }: PrerequisiteQuestion) =>
          this.#confirm(
            `before ${nameList(targets)}: ${prerequisites.map((site) => `${site.entry.method ?? ''} ${site.entry.name} ${originOf(site) ?? '?'}`).join(', ')}`,
          ),
      },
      listener: {
        onProgress: (progress) => this.progress.push(progress),
        onEnd: (site, outcome) => {
          this.outcomes.delete(site.entry.name);
          this.outcomes.set(site.entry.name, outcome);
          return Promise.resolve();
        },
      },
    });
    const targets = root.file.requests.filter(({ name }) => names.length === 0 || names.includes(name));
    await run.start(
      targets.map((entry) => ({ place: root, entry })),
      signal,
    );
    return [...this.outcomes].map(([name, outcome]) => `${name}: ${outcomeText(outcome)}`);
  }

  place(path: string): FilePlace {
    const parsed = this.scene.project === undefined ? undefined : parseProjectFile(this.scene.project);
    const env = this.scene.env && new Map(Object.entries(this.scene.env));
    return {
      uri: `${folder}/${path}`,
      label: path,
      folder,
      directory: path.split('/').slice(0, -1).join('/'),
      file: parseRequestFile(this.scene.files[path] ?? ''),
      project: parsed && { ...parsed, directory: '', ...(env && { env }) },
      environment: this.scene.environment,
    };
  }

  #confirm(question: string): Promise<boolean> {
    this.questions.push(question);
    return Promise.resolve(this.scene.confirm?.(question) ?? true);
  }

  #ports(): RunPorts<Sent> {
    const { scene } = this;
    const clock = scene.clock ?? nodeClock;
    const random = countingRandom();
    const transport =
      scene.transport ??
      new FakeTransport(({ method, url, body }, signal) => {
        const bytes = body instanceof Secret ? new TextEncoder().encode(body.revealForTransport()) : body;
        const text = bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : '';
        this.sent.push(`${method} ${revealForTransport(url)}`);
        this.bodies.push(text);
        return scene.answer?.({ method, url: revealForTransport(url), body: text, signal }) ?? { status: 200 };
      });
    return {
      clock,
      random,
      send: async (_site: Site, request: HttpRequest, signal) => ({
        exchange: await sendExchange(withoutConnection(request), { transport, clock, random }, { signal }),
      }),
      schemaFiles: () => ({ directory: '', read: () => Promise.reject(new Error('no schema')) }),
      pause: () => Promise.resolve(),
      accountOf: () => Promise.resolve(scene.account?.() ?? ''),
      secret: (_place, name) => {
        this.questions.push(`secret ${name}`);
        const value = scene.secrets?.[name];
        return value === undefined ? Promise.reject(abortError()) : Promise.resolve(new Secret(value));
      },
      processEnv: (name) => scene.processEnv?.[name],
      readFile: (_folder, path) => {
        const content = scene.contents?.[path];
        return typeof content === 'string'
          ? Promise.resolve(new TextEncoder().encode(content))
          : Promise.reject(new Error(`no ${path}`));
      },
      openFile: (_folder, path) => {
        if (scene.streams) return scene.streams.open(scene.streams.folder, path);
        const content = scene.contents?.[path];
        assert.ok(content !== undefined, `${path} is read`);
        return typeof content === 'string' ? inPieces(content) : content;
      },
      inputs: {
        ask: (question) => {
          this.questions.push(`input ${question.input.name}`);
          return Promise.resolve(scene.input?.(question));
        },
      },
      inputMemory: this.inputMemory,
      releases: {
        list: () => this.releases,
        save: (releases) => Promise.resolve(void this.releases.push(...releases)),
        remove: () => Promise.resolve(),
      },
      askRelease: (wanted) => {
        this.questions.push(`release ${wanted.map((each) => `${releaseName(each)} → ${each.origin}`).join(', ')}`);
        return Promise.resolve(scene.allow?.(wanted) ?? true);
      },
      explain: faultText,
    };
  }
}

/** A text as a file is read: in pieces that end anywhere. */
export async function* inPieces(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

function nameList(sites: readonly Site[]): string {
  return sites.map(({ entry }) => entry.name).join(', ');
}

/** How a request ended, in a line. */
export function outcomeText(outcome: SiteOutcome<Sent>): string {
  switch (outcome.kind) {
    case 'sent': {
      const { shown, rows, stoppedBy } = outcome;
      const end = shown.sent.exchange.outcome;
      const status = end.kind === 'response' ? String(end.response.status) : end.kind;
      const tally = rows ? ` rows ${rows.count - rows.failed}/${rows.count}` : '';
      const stopped = stoppedBy === undefined ? '' : ` stopped by ${messageOf(stoppedBy)}`;
      return `${outcome.ok ? 'ok' : 'failed'} ${status}${shown.attempts > 1 ? ` ×${shown.attempts}` : ''}${tally}${stopped}`;
    }
    case 'failed':
      return `not sent: ${messageOf(outcome.error)}`;
    case 'skipped': {
      const { reason } = outcome;
      if (reason.kind === 'prerequisite') return `skipped after ${reason.site.entry.name}: ${reason.failure.kind}`;
      return reason.kind === 'noRows' ? `no rows in ${reason.source}` : 'skipped';
    }
    case 'cancelled':
      return 'cancelled';
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
