import type {
  Consent,
  EditorSessions,
  Environment,
  RedirectStrategy,
  SecretPrompt,
  SignInProgress,
  TrustStore,
} from '../oauth/signInPorts';
import type { Browser, Clock, HttpTransport, Lock, Log, Random, SecretStore } from '../ports';

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
  readonly editorSessions: EditorSessions;
  readonly progress: SignInProgress;
  /** At most one per kind. Pasting needs none: the service brings its own. */
  readonly strategies: readonly RedirectStrategy[];
  readonly environment: Environment;
  /** How long before its end a token is refreshed, in milliseconds; never more than a quarter of its life. */
  readonly refreshBuffer: () => number;
}
