/** The most bytes of a response's head. */
export const HEAD_LIMIT = 256 * 1024;

/** More headers than this nobody needs, and showing them would take long. */
export const HEADER_COUNT_LIMIT = 5000;

/** The longest that a connection is kept which nobody uses, in milliseconds. */
export const KEEP_ALIVE = 60_000;
