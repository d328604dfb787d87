import type {
  Consent,
  EditorSessions,
  Environment,
  RedirectStrategy,
  SecretPrompt,
  SignInProgress,
  TrustStore,
  UnverifiedOrigins,
} from '../oauth/signInPorts';
import type { Browser, Clock, Files, HttpTransport, Lock, Log, Random, SecretStore } from '../ports';

/** The ports a {@link SessionService} works with. */
export interface SessionServiceDependencies {
  readonly secrets: SecretStore;
  readonly transport: HttpTransport;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly browser: Browser;
  readonly consent: Consent;
  readonly trust: TrustStore;
  readonly secretPrompt: SecretPrompt;
  readonly files: Files;
  readonly unverified: UnverifiedOrigins;
  readonly editorSessions: EditorSessions;
  readonly progress: SignInProgress;
  /** The account that the user has chosen for a connection, by {@link connectionKey}; absent: none is chosen. */
  readonly preferredAccount?: ((connectionKey: string) => string | undefined) | undefined;
  /** At most one per kind. Pasting needs none: the service brings its own. */
  readonly strategies: readonly RedirectStrategy[];
  readonly environment: Environment;
  /** How long before its end a token is refreshed, in milliseconds; never more than a quarter of its life. */
  readonly refreshBuffer: () => number;
}
