import * as vscode from 'vscode';
import type { ErrorCode } from '../../core/errors';
import { LatchkeyError } from '../../core/errors';
import type { FailureAction, FailureView, RunnerAction } from '../../shared/viewModel';
import { errorText } from '../platform/errorText';

/** A failure in words, with the one button that helps. */
export function failureView(error: unknown): FailureView {
  return { ...errorText(error), action: failureAction(error) };
}

function failureAction(error: unknown): FailureAction {
  const action = error instanceof LatchkeyError ? actionFor(error.code) : 'showLog';
  return { action, label: labelOf(action) };
}

/** What helps most; sending again is the answer to whatever happened on the way. */
function actionFor(code: ErrorCode): RunnerAction {
  const special = actions[code];
  if (special !== undefined) return special;
  if (code.startsWith('http.tls')) return projectTlsCodes.has(code) ? 'openProjectFile' : 'retry';
  if (code.startsWith('workspace.')) return 'openRequestFile';
  return code.startsWith('oauth.') ? 'signIn' : 'retry';
}

/** What `tls:` in latchkey.yaml is the answer to. */
const projectTlsCodes: ReadonlySet<ErrorCode> = new Set([
  'http.tlsUntrusted',
  'http.tlsCertificateRequired',
  'http.tlsCertificateRefused',
  'http.tlsHandshakeRefused',
  'http.tlsCaUnreadable',
  'http.tlsCertificateUnreadable',
  'http.tlsKeyMissing',
  'http.tlsKeyUnreadable',
  'http.tlsKeyMismatch',
  'http.tlsPassphraseMissing',
  'http.tlsPfxUnreadable',
  'http.tlsPfxUnsupported',
] as const);

const actions: Readonly<Partial<Record<ErrorCode, RunnerAction>>> = {
  'session.signInRequired': 'signIn',
  'session.notBound': 'signIn',
  'session.accountMissing': 'switchAccount',
  'session.trustRefused': 'retry',
  'oauth.certificateMissing': 'openProjectFile',
  'oauth.secretStoreFailed': 'retry',
  'oauth.serverUnreachable': 'retry',
  'oauth.serverTimedOut': 'retry',
  'oauth.serverBusy': 'retry',
  'workspace.untrusted': 'manageWorkspaceTrust',
  'workspace.connectionInvalid': 'openProjectFile',
  'workspace.unknownConnection': 'openProjectFile',
  'workspace.unknownEnvironment': 'selectEnvironment',
  'http.originNotAllowed': 'openProjectFile',
  'http.insecureOrigin': 'openProjectFile',
  'http.authorizationAlreadySet': 'openRequestFile',
  'http.proofAlreadySet': 'openRequestFile',
  'http.hostHeaderNotAllowed': 'openRequestFile',
  'http.invalidUrl': 'openRequestFile',
  'http.credentialsInUrl': 'openRequestFile',
  'http.invalidRequest': 'openRequestFile',
  'http.headerNotAllowed': 'openRequestFile',
  'http.contentLengthMismatch': 'openRequestFile',
};

function labelOf(action: RunnerAction): string {
  const t = vscode.l10n.t;
  const labels: Readonly<Record<RunnerAction, string>> = {
    signIn: t('Sign In'),
    stepUp: t('Sign In Again'),
    signInToApi: t('Sign In'),
    saveConnection: t('Save as Connection'),
    switchAccount: t('Choose Account'),
    inspectToken: t('Inspect Token'),
    retry: t('Send Again'),
    copyAsCode: t('Copy as Code'),
    showLog: t('Show Log'),
    clearCookies: t('Clear Cookies'),
    openRequestFile: t('Open Request File'),
    openProjectFile: t('Open latchkey.yaml'),
    selectEnvironment: t('Select Environment'),
    manageWorkspaceTrust: t('Manage Workspace Trust'),
  };
  return labels[action];
}
