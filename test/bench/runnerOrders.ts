/** The environment variable that names the file in which the driver leaves the port it takes orders at. */
export const orderPortVariable = 'LATCHKEY_BENCH_ORDERS';

export type Subject = 'latchkey' | 'floor';

/** What the driver in the extension host is told to do. */
export type Order =
  | { readonly order: 'activate' }
  /** Sends a body of so many bytes by command. */
  | { readonly order: 'send'; readonly bytes: number }
  /** What has been seen since the last `send` began. */
  | { readonly order: 'seen' }
  | { readonly order: 'sendSmall'; readonly times: number }
  /** The same bodies with undici alone, in the same host; milliseconds for each. */
  | { readonly order: 'raw'; readonly bytes: number; readonly times: number }
  | { readonly order: 'end' };

export interface Activated {
  /** From asking VS Code to activate the extension until it has: loading the code is most of it. */
  readonly ms: number;
  /** What the extension host's resident memory grew by. */
  readonly rssMb: number;
  /** The same, when the first request file is on show and all that belongs to it is there. */
  readonly shownRssMb: number;
}

export interface SentByCommand {
  /** When the command was called, in milliseconds since 1970, with fractions. */
  readonly beganAt: number;
  /** Until its promise was settled: the whole body is there. */
  readonly ms: number;
}

export interface SeenInHost {
  /** The most resident memory since the send began, above what there was before. */
  readonly rssMb: number;
  /** The longest time during which nothing else could run in the extension host. */
  readonly stallMs: number;
  /** Delay of the event loop that 99 of 100 turns kept. */
  readonly p99Ms: number;
}

/** What the driver answers each order with. */
export interface Answers {
  readonly activate: Activated;
  readonly send: SentByCommand;
  readonly seen: SeenInHost;
  readonly sendSmall: readonly number[];
  readonly raw: readonly number[];
  readonly end: null;
}
