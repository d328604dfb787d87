import * as vscode from 'vscode';
import { chooseProxy } from '../core/http/proxy';
import { CallbackRouter } from '../core/oauth/callbackRouter';
import type { SignInProgress } from '../core/oauth/signInPorts';
import type { Browser, HttpTransport, SecretStore } from '../core/ports';
import { SessionService } from '../core/session/sessionService';
import { ChosenTransport } from '../node/chosenTransport';
import { FileLock } from '../node/fileLock';
import { LazyTransport } from '../node/lazyTransport';
import { LoopbackRedirect } from '../node/loopbackRedirect';
import { nodeClock } from '../node/nodeClock';
import { nodeRandom } from '../node/nodeRandom';
import { AccountPreference } from '../vscode/auth/accountPreference';
import { announceChanges } from '../vscode/auth/announceChanges';
import { CallbackUriHandler } from '../vscode/auth/callbackUriHandler';
import { consentDialog } from '../vscode/auth/consentDialog';
import { DeviceNotification } from '../vscode/auth/deviceNotification';
import { editorSessions } from '../vscode/auth/editorSessions';
import { editorUriRedirect, editorUriWebRedirect, relayRedirect } from '../vscode/auth/editorUriRedirect';
import { CallbackHandover } from '../vscode/auth/handover';
import { secretPrompt } from '../vscode/auth/secretPrompt';
import type { SessionChanges } from '../vscode/auth/sessionChanges';
import { SignInNotification } from '../vscode/auth/signInNotification';
import { UncheckedOrigins } from '../vscode/auth/uncheckedOrigins';
import { type Confirm, confirmInModal } from '../vscode/platform/confirm';
import { HttpSettings } from '../vscode/platform/httpSettings';
import { MementoTrustStore } from '../vscode/platform/mementoTrustStore';
import { OpenQuestions } from '../vscode/platform/openQuestions';
import { VsCodeSecretStore } from '../vscode/platform/secretStore';
import { readSetting } from '../vscode/platform/settings';
import { showFailure } from '../vscode/platform/showFailure';
import { systemBrowser } from '../vscode/platform/systemBrowser';
import type { Scope } from './activation';
import type { LocalFiles } from './localFiles';

/** Everything about who is signed in. */
export interface SigningIn {
  readonly sessions: SessionService;
  readonly transport: HttpTransport;
  readonly secrets: SecretStore;
  readonly trust: MementoTrustStore;
  readonly preference: AccountPreference;
  readonly browser: Browser;
  readonly confirm: Confirm;
  /** Those that are asked with {@link confirm}, by the engine or before a send. */
  readonly openQuestions: OpenQuestions;
  readonly callbacks: CallbackUriHandler;
}

/** Wires the OAuth engine to this window: its secrets, its browser, its dialogs and the ways back into it. */
export function wireSigningIn(scope: Scope, files: LocalFiles, changes: SessionChanges): SigningIn {
  const { context, log, environment, overrides, own } = scope;
  const secrets = own(new VsCodeSecretStore(context.secrets));
  const router = new CallbackRouter();
  const handover = own(new CallbackHandover(secrets, nodeClock, log));
  const trust = new MementoTrustStore(context.globalState);
  const httpSettings = own(new HttpSettings());
  const userAgent = `Latchkey/${versionOf(context)}`;
  const transport = new ChosenTransport({
    userAgent,
    isEditorChosen: () => httpSettings.isEditorChosen,
    own: own(
      new LazyTransport({
        userAgent,
        systemCertificates: () => httpSettings.systemCertificates,
        proxy: (url) => chooseProxy(url, httpSettings.proxy, process.env),
      }),
    ),
  });
  const browser: Browser = { open: (url) => (overrides?.browser ?? systemBrowser).open(url) };
  const openQuestions = own(new OpenQuestions());
  const asking = <T>(ask: () => PromiseLike<T>): Promise<T> => openQuestions.during(ask);
  const confirm: Confirm = (question) => asking(() => (overrides?.confirm ?? confirmInModal)(question));
  const preference = own(new AccountPreference(context.workspaceState));
  const sessions = own(
    new SessionService({
      ...{ secrets, transport, log, environment, trust, browser, files },
      ...{ clock: nodeClock, random: nodeRandom },
      lock: new FileLock(vscode.Uri.joinPath(context.globalStorageUri, 'locks').fsPath, log),
      consent: {
        approveConnection: (...args) => asking(() => (overrides?.consent ?? consentDialog).approveConnection(...args)),
      },
      secretPrompt: { ask: (...args) => asking(() => (overrides?.secretPrompt ?? secretPrompt).ask(...args)) },
      unverified: new UncheckedOrigins(context.workspaceState, confirm),
      preferredAccount: (connectionKey) => preference.get(connectionKey),
      progress: signInProgress(scope),
      editorSessions: {
        find: (...args) => (overrides?.editorSessions ?? editorSessions).find(...args),
        signIn: (request) => (overrides?.editorSessions ?? editorSessions).signIn(request),
      },
      strategies: [
        new LoopbackRedirect(asExternalUri),
        editorUriRedirect(router),
        editorUriWebRedirect(router),
        relayRedirect(router),
      ],
      refreshBuffer: () => readSetting('tokens.refreshBuffer') * 1000,
    }),
  );
  own(announceChanges({ sessions, changes, environment, log, globalStorage: context.globalStorageUri }));
  const callbacks = own(
    new CallbackUriHandler({ router, handover, log, tell: (reason) => showFailure('A callback', reason, log) }),
  );
  return { sessions, transport, secrets, trust, preference, browser, confirm, openQuestions, callbacks };
}

function signInProgress({ overrides, own }: Scope): SignInProgress {
  const notification = own(new SignInNotification());
  const device = own(new DeviceNotification());
  return {
    show: (waiting) => overrides?.progress?.show?.(waiting) ?? notification.show(waiting),
    showDevice: (waiting) => overrides?.progress?.showDevice?.(waiting) ?? device.showDevice(waiting),
  };
}

function versionOf(context: vscode.ExtensionContext): string {
  return (context.extension.packageJSON as { readonly version: string }).version;
}

/** The loopback address as the user's browser reaches it: through the forwarded port in remote windows. */
async function asExternalUri(uri: string): Promise<string> {
  return (await vscode.env.asExternalUri(vscode.Uri.parse(uri))).toString(true);
}
