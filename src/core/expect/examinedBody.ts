import { FULL_EFFORT, MoreEffortNeeded, smallEffort } from '../effort';
import { abortError, isErrorCode } from '../errors';
import type { ResponseSummary } from '../http/exchange';
import { ReceivedBody } from '../http/receiveBody';
import { BodyAnswers } from './bodyAnswers';
import { BodyContent, MAX_EXAMINED_BYTES, readWhole } from './bodyContent';
import type { BodyAnswer, BodyQuestion } from './bodyQuestion';
import type { BodyThread, BodyThreads, ThreadBody } from './bodyThreads';
import { headerValues } from './headerValues';
import type { SchemaFiles } from './schema/schemaFiles';

/** Bytes of a body that is looked into here, if little has to be done for it. */
const SMALL = 256 * 1024;

export interface ExaminedBodyOptions {
  /** Schemas in files of the workspace folder. */
  readonly files: SchemaFiles;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
  /** Where large bodies are looked into, and small ones for which much has to be done; absent: here. */
  readonly threads?: BodyThreads | undefined;
  readonly signal: AbortSignal;
}

/**
 * The body of a response as expectations and captures ask about it. What is small is answered here: a thread takes some
 * ten milliseconds to begin. What turns out to take more is begun anew in a thread, which gives the same answers.
 */
export class ExaminedBody {
  readonly #response: ResponseSummary;
  readonly #options: ExaminedBodyOptions;
  readonly #here: BodyAnswers;
  #thread: BodyThread | undefined;

  constructor(response: ResponseSummary, options: ExaminedBodyOptions) {
    this.#response = response;
    this.#options = options;
    const { body, stream } = response;
    const content = new BodyContent({
      body,
      contentType: this.#contentType,
      stream: stream?.kind,
      pause: options.pause,
    });
    this.#here = new BodyAnswers(content, options.files);
  }

  get #contentType(): string | undefined {
    return headerValues(this.#response.headers, 'content-type')[0];
  }

  /** Rejects with an `AbortError` when the signal has fired. */
  async ask(question: BodyQuestion): Promise<BodyAnswer> {
    const { pause, signal } = this.#options;
    await pause();
    if (signal.aborted) throw abortError();
    try {
      return await this.#answer(question);
    } catch (error) {
      // It took too much: that is what there is to say.
      if (!isErrorCode(error, 'expect.tookTooLong') && !isErrorCode(error, 'expect.outOfMemory')) throw error;
      return { kind: 'problem', problem: error.message };
    }
  }

  close(): void {
    this.#thread?.close();
    this.#thread = undefined;
  }

  async #answer(question: BodyQuestion): Promise<BodyAnswer> {
    const { threads, files, signal } = this.#options;
    const { size } = this.#response.body;
    if (!threads || size > MAX_EXAMINED_BYTES) return this.#here.answer(question, FULL_EFFORT);
    if (!this.#thread && size <= SMALL) {
      try {
        return await this.#here.answer(question, smallEffort());
      } catch (error) {
        if (!(error instanceof MoreEffortNeeded)) throw error;
      }
    }
    this.#thread ??= threads.open(await this.#threadBody(), files, signal);
    return this.#thread.ask(question);
  }

  async #threadBody(): Promise<ThreadBody> {
    const { body, stream } = this.#response;
    const common = { contentType: this.#contentType, stream: stream?.kind };
    const file = body instanceof ReceivedBody ? body.file : undefined;
    if (file) return { ...common, source: { kind: 'file', path: file.path, size: body.size } };
    return { ...common, source: { kind: 'bytes', bytes: await readWhole(body) } };
  }
}
