import type { StreamKind } from '../stream/streamKind';
import type { BodyAnswer, BodyQuestion } from './bodyQuestion';
import type { SchemaFiles } from './schema/schemaFiles';

/** A body as a thread gets it. */
export interface ThreadBody {
  readonly source:
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
    /** A complete file. */
    | { readonly kind: 'file'; readonly path: string; readonly size: number };
  readonly contentType: string | undefined;
  readonly stream: StreamKind | undefined;
}

/** Looks into bodies somewhere else than on the thread that everything else runs on. */
export interface BodyThreads {
  /**
   * @param files is asked from there for the schemas that are named.
   * @param signal ends the thread, and what is asked rejects with an `AbortError`.
   */
  open(body: ThreadBody, files: SchemaFiles, signal: AbortSignal): BodyThread;
}

/** Answers questions about one body, one after the other. */
export interface BodyThread {
  /** Rejects with LatchkeyError `expect.tookTooLong` or `expect.outOfMemory`, then and from then on. */
  ask(question: BodyQuestion): Promise<BodyAnswer>;
  close(): void;
}
