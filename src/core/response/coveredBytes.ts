import type { ResponseBody } from '../http/exchange';
import { secretForms } from '../http/secretMasker';
import type { Secret } from '../secret';
import { ByteMask } from './rows/byteMask';

/** The bytes of a body, read by range, with live secrets covered wherever the server echoes them. */
export class CoveredBytes {
  readonly #body: ResponseBody;
  readonly #secrets: readonly Secret[];
  #mask: ByteMask | undefined;

  /** @param secrets are looked for in every encoding that text has. */
  constructor(body: ResponseBody, secrets: readonly Secret[]) {
    this.#body = body;
    this.#secrets = secrets;
  }

  /** The bytes from `start` to `end` (exclusive), clipped to what there is. As many as there were: nothing moves. */
  async read(start: number, end: number): Promise<Uint8Array> {
    const first = Math.max(0, Math.min(start, this.#body.size));
    const last = Math.max(first, Math.min(end, this.#body.size));
    // Most bodies are shown as text and never read like this.
    const mask = (this.#mask ??= new ByteMask(secretForms(this.#secrets), ['utf-8', 'utf-16', 'latin1']));
    const from = Math.max(0, first - mask.margin);
    const bytes = await this.#body.read(from, Math.min(this.#body.size, last + mask.margin));
    return mask.cover(bytes).subarray(first - from, last - from);
  }
}
