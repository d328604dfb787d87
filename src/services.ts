import * as vscode from 'vscode';
import type { ApiQuestions } from './core/oauth/apiConnection';
import { redirectUrisToRegister } from './core/oauth/redirectUris';
import { LatchkeyError } from './core/errors';
import { noHistoryFiles } from './core/history/noHistoryFiles';
import { chooseProxy } from './core/http/proxy';
import { CookieJars } from './core/http/cookies/cookieJars';
import { DigestNonces } from './core/http/signing/digestNonces';
import { CallbackRouter } from './core/oauth/callbackRouter';
import type { Browser, FileContents, Files, FileStreams, Log } from './core/ports';
import type { Consent, EditorSessions, Environment, SecretPrompt, SignInProgress } from './core/oauth/signInPorts';
import type { Redirecting } from './core/oauth/redirectUris';
import type { InputPrompt } from './core/run/inputs';
import { SessionService } from './core/session/sessionService';
import { BodyWorkers } from './node/body/bodyWorkers';
import { JsonFilters } from './node/body/jsonFilters';
import { DiskHistory } from './node/diskHistory';
import { FileLock } from './node/fileLock';
import { fileWriter } from './node/fileWriter';
import { LazyTransport } from './node/lazyTransport';
import { LoopbackRedirect } from './node/loopbackRedirect';
import { nodeClock } from './node/nodeClock';
import { nodeRandom } from './node/nodeRandom';
import { readDisk } from './node/readDisk';
import { FileSpool } from './node/spool';
import type { PlaygroundProcess } from './node/playgroundProcess';
import { ApiQuestionBoxes } from './vscode/auth/apiQuestions';
import { ApiSignIn } from './vscode/auth/apiSignIn';
import type { RunnerAction } from './shared/viewModel';
import { AccountPreference } from './vscode/auth/accountPreference';
import { announceChanges } from './vscode/auth/announceChanges';
import { CallbackUriHandler } from './vscode/auth/callbackUriHandler';
import { consentDialog } from './vscode/auth/consentDialog';
import { DeviceNotification } from './vscode/auth/deviceNotification';
import { editorSessions } from './vscode/auth/editorSessions';
import { DiscoveredApis } from './vscode/auth/discoveredApis';
import {
  editorUriRedirect,
  editorUriWebRedirect,
  plainEditorUri,
  relayRedirect,
} from './vscode/auth/editorUriRedirect';
import { CallbackHandover } from './vscode/auth/handover';
import type { SessionChanges } from './vscode/auth/sessionChanges';
import { secretPrompt } from './vscode/auth/secretPrompt';
import { UncheckedOrigins } from './vscode/auth/uncheckedOrigins';
import { SignInNotification } from './vscode/auth/signInNotification';
import { AccountMenu } from './vscode/commands/accountMenu';
import { addConnection } from './vscode/commands/addConnection';
import { clearCookies } from './vscode/commands/clearCookies';
import { copyRedirectUris } from './vscode/commands/copyRedirectUris';
import { AccessTokenClipboard } from './vscode/commands/accessTokenClipboard';
import { manageSecrets } from './vscode/commands/manageSecrets';
import { manageTrust } from './vscode/commands/manageTrust';
import { PlaygroundCommands, type RunningPlayground } from './vscode/commands/playgroundCommands';
import { SignInCommands } from './vscode/commands/signInCommands';
import { authenticationProviderId, internalCommands } from './vscode/ids';
import { TokenCommands } from './vscode/commands/tokenCommands';
import { InspectorController } from './vscode/inspector/inspectorController';
import { ClearingClipboard } from './vscode/platform/clearingClipboard';
import { confirmInModal, type Confirm } from './vscode/platform/confirm';
import { detectEnvironment } from './vscode/platform/environment';
import { MementoTrustStore } from './vscode/platform/mementoTrustStore';
import { VsCodeSecretStore } from './vscode/platform/secretStore';
import { HttpSettings } from './vscode/platform/httpSettings';
import { readSetting } from './vscode/platform/settings';
import { showFailure } from './vscode/platform/showFailure';
import { systemBrowser } from './vscode/platform/systemBrowser';
import { LanguageFiles } from './vscode/language/languageFiles';
import { registerEditing } from './vscode/language/registerEditing';
import { registerReading } from './vscode/language/registerReading';
import { clearHistory } from './vscode/history/clearHistory';
import { RequestEditing } from './vscode/edit/requestEditing';
import { History } from './vscode/history/history';
import { CopyAsCode } from './vscode/commands/copyAsCode';
import { CopyAsCurl, wantsSecrets } from './vscode/commands/copyAsCurl';
import { NewRequestFile } from './vscode/commands/newRequestFile';
import { CompareResponses } from './vscode/compare/compareResponses';
import { ComparisonDocuments } from './vscode/compare/comparisonDocuments';
import { ConnectionWriter } from './vscode/requests/connectionWriter';
import { FileLooks } from './vscode/requests/fileLooks';
import { LensCommands } from './vscode/requests/lensCommands';
import { EnvironmentChoice } from './vscode/requests/environmentChoice';
import { readingDisk } from './vscode/requests/fileTexts';
import { ProjectFiles } from './vscode/requests/projectFiles';
import { RequestDiagnostics } from './vscode/requests/requestDiagnostics';
import { RequestDocuments } from './vscode/requests/requestDocuments';
import { SendCodeLenses } from './vscode/requests/sendCodeLenses';
import { WorkspaceIndex } from './vscode/requests/workspaceIndex';
import { WorkspaceConnections } from './vscode/requests/workspaceConnections';
import { inputBoxes } from './vscode/run/inputBoxes';
import { MementoReleaseStore } from './vscode/run/mementoReleaseStore';
import { RunDialogs } from './vscode/run/runDialogs';
import { ResultsDocuments } from './vscode/run/resultsDocuments';
import { SendAll } from './vscode/run/sendAll';
import { RunService } from './vscode/run/runService';
import { BodySaver } from './vscode/runner/bodySaver';
import { ApiOffers } from './vscode/runner/apiOffers';
import { RequestSender } from './vscode/runner/requestSender';
import { ResponseDocuments } from './vscode/runner/responseDocuments';
import { RunnerController } from './vscode/runner/runnerController';
import { decodeTarget, RunnerModels } from './vscode/runner/runnerModels';
import { RunStore } from './vscode/runner/runStore';
import { SignInActions } from './vscode/runner/signInActions';
import { RequestCommands } from './vscode/commands/requestCommands';
import { followCursor } from './vscode/runner/followCursor';
import { connectionIn } from './vscode/explorer/connectionsNode';
import { Explorer, type ExplorerViews } from './vscode/explorer/explorer';
import { whenever } from './vscode/explorer/connectionsTree';
import { StatusBar } from './vscode/statusBar';

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

/** Everything behind the registrations of `activate`. Made once, by the first thing that needs it. */
export interface Services {
  readonly sessions: SessionService;
  readonly connections: WorkspaceConnections;
  readonly accounts: SignInCommands;
  readonly tokens: TokenCommands;
  readonly inspector: InspectorController;
  readonly requests: RequestCommands;
  readonly runner: RunnerController;
  readonly sendAll: SendAll;
  readonly playground: PlaygroundCommands;
  readonly callbacks: CallbackUriHandler;
  readonly lenses: SendCodeLenses;
  readonly history: History;
  readonly index: WorkspaceIndex;
  readonly explorer: Explorer;
  readonly restoreRunner: (panel: vscode.WebviewPanel, state: unknown) => void;
  readonly copyAsCode: (uri: unknown, name: unknown, options: unknown) => Promise<void>;
  readonly copyAsCurl: (uri: unknown, name: unknown, options: unknown) => Promise<void>;
  readonly newRequestFile: (folder: unknown) => Promise<void>;
  readonly addConnection: () => Promise<void>;
  readonly copyRedirectUris: (connection: unknown) => Promise<void>;
  readonly manageTrust: () => Promise<void>;
  readonly clearHistory: () => Promise<void>;
  readonly manageSecrets: () => Promise<void>;
  readonly clearCookies: () => void;
}

/** Wires ports, engine and surfaces together. Starts listening, but neither reads files nor asks anybody. */
export function createServices(
  context: vscode.ExtensionContext,
  log: Log,
  { changes, lensesChanged, overrides, views }: Activation,
): Services {
  const own = <T extends { dispose(): void }>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const environment = detectEnvironment(context.extension);
  const secrets = own(new VsCodeSecretStore(context.secrets));
  const router = new CallbackRouter();
  const handover = own(new CallbackHandover(secrets, nodeClock, log));
  const trust = new MementoTrustStore(context.globalState);
  const releases = new MementoReleaseStore(context.globalState);
  const httpSettings = own(new HttpSettings());
  const transport = own(
    new LazyTransport({
      userAgent: `Latchkey/${versionOf(context)}`,
      systemCertificates: () => httpSettings.systemCertificates,
      proxy: (url) => chooseProxy(url, httpSettings.proxy, process.env),
    }),
  );
  const notification = own(new SignInNotification());
  const deviceNotification = own(new DeviceNotification());
  const loopback = new LoopbackRedirect(asExternalUri);
  const browser: Browser = { open: (url) => (overrides?.browser ?? systemBrowser).open(url) };
  const confirm: Confirm = (question) => (overrides?.confirm ?? confirmInModal)(question);
  const preference = own(new AccountPreference(context.workspaceState));
  const files = workspaceFiles();
  const sessions = own(
    new SessionService({
      ...{ secrets, transport, log, environment, trust },
      ...{ clock: nodeClock, random: nodeRandom },
      lock: new FileLock(vscode.Uri.joinPath(context.globalStorageUri, 'locks').fsPath, log),
      browser,
      consent: { approveConnection: (...args) => (overrides?.consent ?? consentDialog).approveConnection(...args) },
      secretPrompt: { ask: (...args) => (overrides?.secretPrompt ?? secretPrompt).ask(...args) },
      files,
      unverified: new UncheckedOrigins(context.workspaceState, confirm),
      preferredAccount: (connectionKey) => preference.get(connectionKey),
      progress: {
        show: (waiting) => overrides?.progress?.show?.(waiting) ?? notification.show(waiting),
        showDevice: (waiting) => overrides?.progress?.showDevice?.(waiting) ?? deviceNotification.showDevice(waiting),
      },
      editorSessions: {
        find: (...args) => (overrides?.editorSessions ?? editorSessions).find(...args),
        signIn: (request) => (overrides?.editorSessions ?? editorSessions).signIn(request),
      },
      strategies: [loopback, editorUriRedirect(router), editorUriWebRedirect(router), relayRedirect(router)],
      refreshBuffer: () => readSetting('tokens.refreshBuffer') * 1000,
    }),
  );
  own(announceChanges({ sessions, changes, environment, log, globalStorage: context.globalStorageUri }));

  const fromDisk = readingDisk(readDisk);
  const documents = own(new RequestDocuments(fromDisk));
  const projects = own(new ProjectFiles(fromDisk));
  const environmentChoice = own(new EnvironmentChoice(context.workspaceState));
  const connections = new WorkspaceConnections(projects, environmentChoice);
  const apis = new DiscoveredApis(context.workspaceState);
  const questions = apiQuestions(environment, overrides);
  const http = { transport, clock: nodeClock };
  const spool = own(new FileSpool(vscode.Uri.joinPath(context.globalStorageUri, 'bodies').fsPath, nodeRandom));
  const large = own(new BodyWorkers(vscode.Uri.joinPath(context.extensionUri, 'dist', 'bodyWorker.js').fsPath));
  const accounts = new SignInCommands(sessions, connections, preference, browser);
  const secretClipboard = own(new ClearingClipboard({ clipboard: vscode.env.clipboard, clock: nodeClock, log }));
  const clipboard = new AccessTokenClipboard({ sessions, confirm, clipboard: secretClipboard });
  const inspector = own(
    new InspectorController({
      ...{ log, sessions, clipboard, confirm },
      extensionUri: context.extensionUri,
      signIn: accounts,
    }),
  );
  const cookies = new CookieJars(nodeClock);
  const sender = new RequestSender({
    ...{ documents, projects, connections, apis, sessions, preference, cookies },
    environment: environmentChoice,
    send: { transport, clock: nodeClock, random: nodeRandom, spool, files, digestNonces: new DigestNonces() },
  });
  const engine = new RunService({
    ...{ sender, files, pause, cookies },
    send: { clock: nodeClock, random: nodeRandom },
    secrets: sessions.secrets,
    inputs: { ask: (...args) => (overrides?.inputs ?? inputBoxes).ask(...args) },
    releases,
    dialogs: new RunDialogs(confirm, context.workspaceState),
    requireInside: (folder, path) => files.requireInside(folder, path),
  });
  const runs = own(new RunStore());
  const models = new RunnerModels(sender, runs);
  const history = own(
    new History({
      // Without a workspace there is no place that is gone with it.
      files: context.storageUri
        ? new DiskHistory(vscode.Uri.joinPath(context.storageUri, 'history').fsPath)
        : noHistoryFiles,
      ...{ log, pause },
      ...{ clock: nodeClock, random: nodeRandom },
    }),
  );
  const writer = new ConnectionWriter(projects);
  const apiSignIn = new ApiSignIn({ http, sessions, accounts, apis, questions });
  const compare: CompareResponses = new CompareResponses({
    ...{ history, runs, sender, pause },
    documents: own(new ComparisonDocuments()),
    send: (uri, name, options) => runner.sendRequest(uri, name, options),
  });
  const runner: RunnerController = own(
    new RunnerController({
      ...{ log, sender, runs, engine, history, cookies },
      extensionUri: context.extensionUri,
      models,
      signIn: new SignInActions(sender, accounts, runs),
      offers: new ApiOffers(apiSignIn, writer, log),
      documents: own(new ResponseDocuments()),
      compare,
      editing: new RequestEditing(documents),
      saver: new BodySaver(fileWriter, log),
      filter: own(new JsonFilters(vscode.Uri.joinPath(context.extensionUri, 'dist', 'filterWorker.js').fsPath)),
      pause,
      large,
    }),
  );
  const sendAll = new SendAll({
    ...{ engine, sender, runs, history, log, pause, large },
    clock: nodeClock,
    results: own(new ResultsDocuments()),
  });
  own(
    vscode.commands.registerCommand(internalCommands.openHistoryEntry, (id: unknown) => {
      if (typeof id === 'string') runner.openHistory(id);
    }),
  );
  if (overrides) {
    overrides.press = (action) => runner.act(action);
    overrides.history = { runner, log: history, folder: context.storageUri?.fsPath };
  }
  const curl = new CopyAsCurl({
    ...{ sender, sessions, confirm, secretClipboard, clipboard: vscode.env.clipboard },
    ...{ clock: nodeClock, random: nodeRandom },
  });
  const code = new CopyAsCode({ sender, curl, confirm, secretClipboard, clipboard: vscode.env.clipboard });
  const playground = new PlaygroundCommands({
    globalStorage: context.globalStorageUri,
    globalState: context.globalState,
    start: (sampleFolder, signal) => startPlayground(context, environment, log, sampleFolder, signal),
    adopt: adoptPlayground,
  });
  void playground.resume();
  const index = own(new WorkspaceIndex(documents));
  const looks = new FileLooks((folder, path) => files.requireInside(folder, path));
  const explorer = own(
    new Explorer({
      views,
      requests: { index, runs, documents },
      history,
      connections: {
        ...{ projects, connections, apis, sessions, preference, playground },
        changes: [
          whenever(sessions.onDidChange),
          whenever(projects.onDidChange),
          whenever(environmentChoice.onDidChange),
          whenever(preference.onDidChange),
          whenever(playground.onDidChange),
          whenever(context.secrets.onDidChange),
          whenever(vscode.authentication.onDidChangeSessions),
          whenever(vscode.workspace.onDidGrantWorkspaceTrust),
          whenever(vscode.workspace.onDidChangeWorkspaceFolders),
        ],
      },
    }),
  );
  const requests = new RequestCommands({
    ...{ runner, compare, sender, sendAll, documents, projects, environment: environmentChoice },
    selection: () => explorer.selection,
  });
  const diagnostics = own(new RequestDiagnostics(documents, projects, environmentChoice, looks));
  const language = new LanguageFiles(documents, projects, environmentChoice, looks);
  own(registerReading(language, { sessions, body: (uri, request) => runs.get(uri, request).body }));
  own(
    registerEditing({
      ...{ diagnostics, index },
      ...{ documents, projects, environment: environmentChoice, confirm, log, secrets: sessions.secrets },
    }),
  );
  own(
    new StatusBar({
      ...{ projects, documents, environment: environmentChoice },
      authOf: (uri, name) => models.authOf(uri, name),
      changes: [
        whenever(projects.onDidChange),
        whenever(environmentChoice.onDidChange),
        whenever(sessions.onDidChange),
        whenever(preference.onDidChange),
        whenever(vscode.authentication.onDidChangeSessions),
      ],
    }),
  );
  const tokens = new TokenCommands(sessions, inspector, clipboard);
  const menu = new AccountMenu({ sender, accounts, tokens });
  own(
    vscode.commands.registerCommand(internalCommands.accountMenu, (uri: unknown, name: unknown) =>
      uri instanceof vscode.Uri
        ? menu
            .open(uri, typeof name === 'string' ? name : undefined)
            .catch((error: unknown) => showFailure('The account menu', error, log))
        : undefined,
    ),
  );
  own(followCursor(documents, runner));
  own(vscode.workspace.onDidChangeTextDocument(({ document }) => runner.documentChanged(document.uri)));
  const redraw = (): void => void runner.refresh();
  // However often that is: VS Code waits until it is quiet before it asks for the lenses.
  own(runs.onDidChangeEnded(() => lensesChanged.fire()));
  own(sessions.onDidChange(redraw));
  // Accounts that VS Code itself has, which a connection may use.
  own(
    vscode.authentication.onDidChangeSessions(({ provider }) => provider.id !== authenticationProviderId && redraw()),
  );
  own(projects.onDidChange(redraw));
  own(environmentChoice.onDidChange(() => void runner.useActiveEnvironment()));
  own(preference.onDidChange(redraw));

  return {
    ...{ sessions, connections, accounts, requests, runner, sendAll, playground, inspector, history },
    tokens,
    callbacks: own(
      new CallbackUriHandler({ router, handover, log, tell: (reason) => showFailure('A callback', reason, log) }),
    ),
    lenses: new SendCodeLenses(documents, runs, own(new LensCommands())),
    ...{ index, explorer },
    copyAsCode: async (uri, name, options) => {
      const target = requests.target(uri, name);
      await code.copy(target.uri, target.name, options);
    },
    copyAsCurl: async (uri, name, options) => {
      const target = requests.target(uri, name);
      await curl.copy(target.uri, target.name, wantsSecrets(options));
    },
    newRequestFile: (folder) => new NewRequestFile(projects).create(folder),
    restoreRunner: (panel: vscode.WebviewPanel, state: unknown) => runner.restore(panel, decodeTarget(state)),
    addConnection: async () => {
      const { ConnectionQuestions } = await import('./vscode/commands/connectionQuestions');
      await addConnection(new ConnectionQuestions(http, questions), writer, environment);
    },
    copyRedirectUris: async (argument) => {
      const shown = connectionIn(argument);
      if (shown) return copyRedirectUris(environment, shown.connection);
      if (await connections.isEmpty()) return copyRedirectUris(environment, anyConnection);
      const found = await connections.pick();
      if (found) await copyRedirectUris(environment, found.connection);
    },
    clearHistory: () => clearHistory(history, confirm),
    manageSecrets: async () => {
      await manageSecrets(sessions.secrets);
      explorer.connections.refresh();
    },
    manageTrust: () => manageTrust(trust, sessions.secrets, releases),
    clearCookies: () => clearCookies(cookies),
  };
}

/** Where no project file says more: a client that somebody is about to register. */
const anyConnection: Redirecting = {
  redirect: { kind: 'auto' },
  redirectRules: undefined,
  clientId: undefined,
  grant: 'authorizationCode',
};

/** Asked as late as possible, because tests replace it after activation. */
function apiQuestions(environment: Environment, overrides: PortOverrides | undefined): ApiQuestions {
  const redirectUris = redirectUrisToRegister(anyConnection, environment, plainEditorUri());
  const boxes = new ApiQuestionBoxes(redirectUris.map(({ uri }) => uri));
  const questions = (): ApiQuestions => overrides?.apiQuestions ?? boxes;
  return {
    chooseServer: (...args) => questions().chooseServer(...args),
    chooseScopes: (...args) => questions().chooseScopes(...args),
    enterClientId: (...args) => questions().enterClientId(...args),
  };
}

/** Gives the event loop a turn. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** In an untrusted workspace, whose files nobody vouches for, none is read. */
function workspaceFiles(): Files &
  FileStreams &
  FileContents & { requireInside(folder: string, path: string): Promise<void> } {
  const requireTrust = (): void => {
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
  };
  return {
    read: async (folder, path) => {
      requireTrust();
      return (await import('./node/workspaceFiles')).workspaceFiles.read(folder, path);
    },
    open: async function* (folder, path) {
      requireTrust();
      yield* (await import('./node/workspaceFiles')).workspaceFileStreams.open(folder, path);
    },
    content: async (folder, path) => {
      requireTrust();
      return (await import('./node/workspaceFiles')).workspaceFileContents.content(folder, path);
    },
    requireInside: async (folder, path) => (await import('./node/workspaceFiles')).requireInside(folder, path),
  };
}

function versionOf(context: vscode.ExtensionContext): string {
  return (context.extension.packageJSON as { readonly version: string }).version;
}

/** The loopback address as the user's browser reaches it: through the forwarded port in remote windows. */
async function asExternalUri(uri: string): Promise<string> {
  return (await vscode.env.asExternalUri(vscode.Uri.parse(uri))).toString(true);
}

async function startPlayground(
  context: vscode.ExtensionContext,
  environment: Environment,
  log: Log,
  sampleFolder: string,
  signal: AbortSignal,
): Promise<RunningPlayground> {
  const { PlaygroundProcess } = await import('./node/playgroundProcess');
  const process = await PlaygroundProcess.start({
    bundle: vscode.Uri.joinPath(context.extensionUri, 'dist', 'playground.mjs').fsPath,
    // Browser windows break addresses on 127.0.0.1 when they open them.
    issuerHost: environment.ui === 'web' ? 'playground.localhost' : '127.0.0.1',
    ...{ sampleFolder, log, signal },
  });
  return runningPlayground(process);
}

async function adoptPlayground(api: string): Promise<RunningPlayground | undefined> {
  const { PlaygroundProcess } = await import('./node/playgroundProcess');
  const process = await PlaygroundProcess.adopt(api);
  return process && runningPlayground(process);
}

function runningPlayground(process: PlaygroundProcess): RunningPlayground {
  return { api: process.address.api, onDidExit: process.onDidExit, stop: () => process.stop() };
}
