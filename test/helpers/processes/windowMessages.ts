/** How a window process is set up; goes to it as JSON. */
export interface WindowSetup {
  /** Folder of the lock files; without one there is no lock. */
  readonly locks: string | undefined;
  /** Whether the lock has its fence; a real one always has. */
  readonly fence: boolean;
  /** Where the extensions of the window run. */
  readonly extensionHost: 'local' | 'remote';
  /** Milliseconds by which the clock of the window is ahead. */
  readonly ahead: number;
  /** The step at which the process kills itself. */
  readonly dieAt: string | undefined;
}

/** What a window process can be asked to do, and what it answers. */
export interface WindowCommands {
  /** An access token for the session. */
  fresh: { readonly args: { readonly id: string }; readonly value: string };
  signIn: { readonly args: { readonly issuer: string; readonly account: string }; readonly value: string };
  /** Ids and states of the sessions. */
  list: { readonly args: Readonly<Record<string, never>>; readonly value: readonly ListedSession[] };
  /** Sends to the API again and again until told to stop. */
  traffic: { readonly args: TrafficPlan; readonly value: TrafficReport };
  stop: { readonly args: Readonly<Record<string, never>>; readonly value: null };
}

export type CommandName = keyof WindowCommands;

export interface ListedSession {
  readonly id: string;
  readonly account: string;
  readonly state: 'active' | 'signInAgain';
}

export interface TrafficPlan {
  readonly id: string;
  /** The address of a protected endpoint. */
  readonly url: string;
}

export interface TrafficReport {
  readonly sent: number;
  /** Sends that were answered with 401 first and went well with another token. */
  readonly renewed: number;
  readonly failures: readonly FailedSend[];
}

/** A send that did not end well. */
export interface FailedSend {
  /** A status or the code of an error. */
  readonly end: string;
  /** The tokens that the send was given, one after the other. */
  readonly tokens: readonly TakenToken[];
}

export interface TakenToken {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly takenAt: number;
}

/** From the window to the editor that owns the secrets. */
export type FromWindow =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly call: number; readonly value?: unknown; readonly error?: string }
  | {
      readonly kind: 'secret';
      readonly call: number;
      readonly operation: 'get' | 'set' | 'delete' | 'keys';
      readonly key: string;
      readonly value?: string;
    };

/** From the editor to the window. */
export type ToWindow =
  | { readonly kind: 'command'; readonly call: number; readonly name: CommandName; readonly args: unknown }
  | { readonly kind: 'secret'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'changed'; readonly key: string };
