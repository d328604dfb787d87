import type { ClaimList, ClaimView } from '../core/session/claimView';
import type {
  Destination,
  ScopeView,
  SessionInspection,
  TokenContent,
  TokenInspection,
} from '../core/session/inspectSession';

export type { ClaimList, ClaimView, Destination, ScopeView, SessionInspection, TokenContent, TokenInspection };

/** What the token inspector shows, as plain JSON. No token, key or secret is in it; values are masked by the host. */
export interface InspectorModel {
  /** `undefined`: the session is gone. Folders are named for people. */
  readonly session: SessionInspection | undefined;
  /** What the host is doing at the user's request. */
  readonly busy: InspectorWork | undefined;
  /** What went wrong with the latest request; translated. */
  readonly failure: InspectorFailure | undefined;
  /** What the server told when it was last asked. */
  readonly answer: ServerAnswer | undefined;
  /** Opaque to the view, which persists it and hands it back when VS Code restores the panel. */
  readonly resume: string;
}

export type InspectorWork = 'refresh' | 'introspect';

export interface InspectorFailure {
  readonly message: string;
  readonly next: string;
}

/** What introspection told (RFC 7662). */
export interface ServerAnswer {
  readonly active: boolean;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly members: ClaimList;
}
