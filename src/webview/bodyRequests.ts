import type { BodyBytes, BodyPreview, HostMessage, ViewMessage } from '../shared/protocol';
import type { TableSlice } from '../shared/viewModel';

type Answer = Extract<HostMessage, { type: 'bodyBytes' | 'bodyTable' | 'bodyPreview' }>;

/** Asks the host for parts of a body. What is asked of a body that is gone is never answered. */
export class BodyRequests {
  readonly #post: (message: ViewMessage) => void;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  constructor(post: (message: ViewMessage) => void) {
    this.#post = post;
  }

  async bytes(bodyId: string, from: number, to: number): Promise<BodyBytes> {
    const answer = await this.#ask((requestId) => ({ type: 'requestBytes', requestId, bodyId, from, to }));
    return answer.type === 'bodyBytes' ? answer.bytes : never();
  }

  async table(bodyId: string, from: number, to: number): Promise<TableSlice> {
    const answer = await this.#ask((requestId) => ({ type: 'requestTable', requestId, bodyId, from, to }));
    return answer.type === 'bodyTable' ? answer.table : never();
  }

  async preview(bodyId: string): Promise<BodyPreview> {
    const answer = await this.#ask((requestId) => ({ type: 'requestPreview', requestId, bodyId }));
    return answer.type === 'bodyPreview' ? answer.preview : never();
  }

  /** Has the host open all of a cell of a table. */
  openCell(bodyId: string, row: number, cell: number): void {
    this.#post({ type: 'openCell', bodyId, row, cell });
  }

  receive(answer: Answer): void {
    this.#waiting.get(answer.requestId)?.(answer);
    this.#waiting.delete(answer.requestId);
  }

  /** Another body is shown: what was asked of the old one is of no use. */
  forget(): void {
    this.#waiting.clear();
  }

  #ask(message: (requestId: number) => ViewMessage): Promise<Answer> {
    const requestId = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(requestId, resolve);
      this.#post(message(requestId));
    });
  }
}

function never(): never {
  throw new Error('The host answered something else than what was asked.');
}

/** The bytes of an answer. */
export function bytesOf({ data }: BodyBytes): Uint8Array<ArrayBuffer> {
  const binary = atob(data);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
