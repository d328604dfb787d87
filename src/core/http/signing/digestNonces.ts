import type { DigestChallenge } from './digestChallenge';

/** What is known of the challenge of an origin. */
export interface DigestSession {
  readonly challenge: DigestChallenge;
  readonly cnonce: string;
  /** How often the nonce has been used. */
  count: number;
  readonly session: { readonly nonce: string; readonly cnonce: string };
}

const MOST_ORIGINS = 200;

/** Challenges of servers, so that the next request to one is answered before it asks. Lives in memory only. */
export class DigestNonces {
  readonly #sessions = new Map<string, DigestSession>();

  get(origin: string): DigestSession | undefined {
    return this.#sessions.get(origin);
  }

  set(origin: string, session: DigestSession): void {
    this.#sessions.delete(origin);
    this.#sessions.set(origin, session);
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= MOST_ORIGINS) break;
      this.#sessions.delete(oldest);
    }
  }

  delete(origin: string): void {
    this.#sessions.delete(origin);
  }
}
