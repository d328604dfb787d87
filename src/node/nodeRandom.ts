import { randomBytes } from 'node:crypto';
import type { Random } from '../core/ports';

/** The system's CSPRNG. */
export const nodeRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
};
