import type * as vscode from 'vscode';
import type { ApiQuestions } from '../core/oauth/apiConnection';
import type { Consent, EditorSessions, Environment, SecretPrompt, SignInProgress } from '../core/oauth/signInPorts';
import type { Browser, Log, SecretStore } from '../core/ports';
import type { InputPrompt } from '../core/run/inputs';
import type { RunnerAction } from '../shared/viewModel';
import type { SessionChanges } from '../vscode/auth/sessionChanges';
import type { ExplorerViews } from '../vscode/explorer/explorer';
import type { History } from '../vscode/history/history';
import type { Confirm } from '../vscode/platform/confirm';
import type { RunnerController } from '../vscode/runner/runnerController';

/** Ports that tests inside VS Code replace, where dialogs are refused; only there does `activate` hand them out. */
export interface PortOverrides {
  consent?: Consent;
  browser?: Browser;
  progress?: Partial<SignInProgress>;
  secretPrompt?: SecretPrompt;
  editorSessions?: EditorSessions;
  apiQuestions?: ApiQuestions;
  confirm?: Confirm;
  inputs?: InputPrompt;
  /** Set by us: does what a button of the runner does, which tests cannot reach. */
  press?: (action: Exclude<RunnerAction, 'retry'>) => void;
  /** Set by us: where secrets are kept. */
  secrets?: SecretStore;
  /** Set by us: what the runner's history does, and where it lies. */
  history?: { readonly runner: RunnerController; readonly log: History; readonly folder: string | undefined };
}

/** What `activate` has made already. */
export interface Activation {
  readonly changes: SessionChanges;
  readonly lensesChanged: vscode.EventEmitter<void>;
  readonly overrides: PortOverrides | undefined;
  readonly views: ExplorerViews;
}

/** What everything that is made has at hand. */
export interface Scope {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly environment: Environment;
  readonly overrides: PortOverrides | undefined;
  /** Disposed of with the extension. */
  readonly own: <T extends { dispose(): void }>(item: T) => T;
}
