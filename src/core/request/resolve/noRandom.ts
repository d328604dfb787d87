import type { Random } from '../../ports';

/** For a look at files before anything is sent: what is looked at must be the same each time. */
export const NO_RANDOM: Random = { bytes: (length) => new Uint8Array(length) };
