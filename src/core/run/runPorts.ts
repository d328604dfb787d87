import type { BodyThreads } from '../expect/bodyThreads';
import type { SchemaFiles } from '../expect/schema/schemaFiles';
import type { HttpRequest } from '../http/httpRequest';
import type { Clock, Random } from '../ports';
import type { Diagnostic } from '../request/diagnostic';
import type { GatherPorts } from './gather';
import type { FaultText } from './invalidRequest';
import type { InputMemory, InputPrompt } from './inputs';
import type { Sent, SiteOutcome } from './outcome';
import type { RequestOutline } from './outline';
import type { AskRelease, ReleaseStore } from './release';
import type { Site } from './site';

/** What a run works with. */
export interface RunPorts<S extends Sent> extends Pick<GatherPorts, 'secret' | 'processEnv' | 'readFile'> {
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Sends one request, with the token that it wants. What happens on the way and at the server is in the exchange.
   * Rejects with a LatchkeyError when nothing was sent, or with an AbortError.
   */
  readonly send: (site: Site, request: HttpRequest, signal: AbortSignal) => Promise<S>;
  /** Schemas that a request file can name. */
  readonly schemaFiles: (site: Site) => SchemaFiles;
  /** Where large bodies are looked into; absent: on the thread that everything else runs on. */
  readonly bodyThreads?: BodyThreads | undefined;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
  /** Tells as whom a request would be sent now: captures of one account are none of another's. */
  readonly accountOf: (site: Site, outline: RequestOutline) => Promise<string>;
  /** The bytes of a file of any size. Reading throws LatchkeyError `file.*`. */
  readonly openFile: (folder: string, path: string) => AsyncIterable<Uint8Array>;
  readonly inputs: InputPrompt;
  readonly inputMemory: InputMemory;
  readonly releases: ReleaseStore;
  readonly askRelease: AskRelease;
  /** A fault in words. */
  readonly explain: (fault: Pick<Diagnostic, 'code' | 'data'>) => FaultText;
}

/** How far a run has come. */
export interface RunProgress {
  readonly site: Site;
  readonly phase: 'preparing' | 'sending' | 'waiting';
  /** From 1. */
  readonly attempt: number;
  /** The most there will be. */
  readonly attempts: number;
  /** From 1; `undefined` without `forEach`. */
  readonly row: number | undefined;
}

/** Hears how a run goes on. Must not throw. */
export interface RunListener<S extends Sent> {
  onProgress(progress: RunProgress): void;
  /** Each request of the run in its order; the next one waits. The exchange is the listener's from then on. */
  onEnd(site: Site, outcome: SiteOutcome<S>): Promise<void>;
}
