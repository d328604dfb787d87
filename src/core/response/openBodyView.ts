import type { ResponseBody } from '../http/exchange';
import type { Secret } from '../secret';
import type { BodyView } from './bodyView';

export interface OpenBodyOptions {
  readonly id: string;
  /** The Content-Type header as received. */
  readonly contentType: string | undefined;
  /** Live secrets to be masked wherever the server echoes them. */
  readonly mask: readonly Secret[];
  /** Gives the event loop a turn; awaited between slices of work. */
  readonly pause: () => Promise<void>;
}

/** Reads, masks and indexes a body so that its rows can be asked for. Never throws on any content. */
export async function openBodyView(body: ResponseBody, options: OpenBodyOptions): Promise<BodyView> {
  await options.pause();
  throw new Error(`${body.size}`);
}
