import * as vscode from 'vscode';
import type { Log } from './core/ports';
import type { SessionService } from './core/session/sessionService';
import { nodeClock } from './node/nodeClock';
import { nodeRandom } from './node/nodeRandom';
import { ApiCommands } from './vscode/apis/apiCommands';
import { ApiConnections } from './vscode/apis/apiConnections';
import { OperationWriter } from './vscode/apis/operationWriter';
import { ApiSignIn } from './vscode/auth/apiSignIn';
import type { CallbackUriHandler } from './vscode/auth/callbackUriHandler';
import { AccessTokenClipboard } from './vscode/commands/accessTokenClipboard';
import { addConnection } from './vscode/commands/addConnection';
import { clearAnyCookies } from './vscode/commands/clearCookies';
import { CopyAsCode } from './vscode/commands/copyAsCode';
import { CopyAsCurl, wantsSecrets } from './vscode/commands/copyAsCurl';
import { copyRedirectUris } from './vscode/commands/copyRedirectUris';
import { manageSecrets } from './vscode/commands/manageSecrets';
import { manageTrust } from './vscode/commands/manageTrust';
import { NewRequestFile } from './vscode/commands/newRequestFile';
import { PlaygroundCommands } from './vscode/commands/playgroundCommands';
import { RequestClipboard } from './vscode/commands/requestClipboard';
import { RequestCommands } from './vscode/commands/requestCommands';
import { SignInCommands } from './vscode/commands/signInCommands';
import { TokenCommands } from './vscode/commands/tokenCommands';
import { connectionIn } from './vscode/explorer/connectionsNode';
import type { Explorer } from './vscode/explorer/explorer';
import { clearHistory } from './vscode/history/clearHistory';
import { ImportNotes } from './vscode/import/importNotes';
import { InspectorController } from './vscode/inspector/inspectorController';
import { ClearingClipboard } from './vscode/platform/clearingClipboard';
import { internalCommands } from './vscode/ids';
import { showFailure } from './vscode/platform/showFailure';
import { detectEnvironment } from './vscode/platform/environment';
import { ConnectionWriter } from './vscode/requests/connectionWriter';
import type { SendCodeLenses } from './vscode/requests/sendCodeLenses';
import type { WorkspaceConnections } from './vscode/requests/workspaceConnections';
import type { WorkspaceIndex } from './vscode/requests/workspaceIndex';
import type { SendAll } from './vscode/run/sendAll';
import { ApiOffers } from './vscode/runner/apiOffers';
import type { RunnerController } from './vscode/runner/runnerController';
import { decodeTarget } from './vscode/runner/runnerTarget';
import type { Activation, Scope } from './wiring/activation';
import { wireApis } from './wiring/apis';
import { anyConnection, apiQuestions } from './wiring/apiQuestions';
import { localFiles } from './wiring/localFiles';
import { adoptPlayground, startPlayground } from './wiring/playground';
import { wireSending } from './wiring/sending';
import { wireSigningIn } from './wiring/signingIn';
import { wireSurfaces } from './wiring/surfaces';
import { wireWorkspace } from './wiring/workspace';

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
  readonly index: WorkspaceIndex;
  readonly explorer: Explorer;
  readonly apis: ApiCommands;
  readonly restoreRunner: (panel: vscode.WebviewPanel, state: unknown) => void;
  readonly copyAsCode: (uri: unknown, name: unknown, options: unknown) => Promise<void>;
  readonly copyAsCurl: (uri: unknown, name: unknown, options: unknown) => Promise<void>;
  readonly newRequestFile: (folder: unknown) => Promise<void>;
  readonly import: (file: unknown, files: unknown) => Promise<void>;
  readonly addConnection: () => Promise<void>;
  readonly copyRedirectUris: (connection: unknown) => Promise<void>;
  readonly manageTrust: () => Promise<void>;
  readonly clearHistory: () => Promise<void>;
  readonly manageSecrets: () => Promise<void>;
  readonly clearCookies: () => Promise<void>;
  /** Writes what has to be written before the window closes. */
  readonly flush: () => Promise<void>;
}

/** Wires ports, engine and surfaces together. Starts listening, but neither reads files nor asks anybody. */
export function createServices(context: vscode.ExtensionContext, log: Log, activation: Activation): Services {
  const { changes, overrides } = activation;
  const own: Scope['own'] = (item) => {
    context.subscriptions.push(item);
    return item;
  };
  const environment = detectEnvironment(context.extension);
  const scope: Scope = { context, log, environment, overrides, own };
  const files = localFiles();
  const signingIn = wireSigningIn(scope, files, changes);
  const workspace = wireWorkspace(scope, files);
  const { sessions, preference, browser, confirm, trust, callbacks } = signingIn;
  const { documents, projects, connections, apis, index } = workspace;

  const secretClipboard = own(new ClearingClipboard({ clipboard: vscode.env.clipboard, clock: nodeClock, log }));
  const accessTokens = new AccessTokenClipboard({ sessions, confirm, clipboard: secretClipboard });
  const accounts = new SignInCommands(sessions, connections, preference, browser);
  const inspector = own(
    new InspectorController({
      ...{ log, sessions, clipboard: accessTokens, confirm },
      extensionUri: context.extensionUri,
      signIn: accounts,
    }),
  );
  const http = { transport: signingIn.transport, clock: nodeClock };
  const questions = apiQuestions(scope);
  const writer = new ConnectionWriter(projects);
  const apiSignIn = new ApiSignIn({ http, sessions, accounts, apis, questions });
  const offers = new ApiOffers(apiSignIn, writer, log);
  const sending = wireSending(scope, { ...signingIn, ...workspace, files, accounts, offers });
  const { sender, runner, sendAll, history, compare } = sending;

  const playground = new PlaygroundCommands({
    globalStorage: context.globalStorageUri,
    globalState: context.globalState,
    start: (sampleFolder, signal) => startPlayground(scope, sampleFolder, signal),
    adopt: adoptPlayground,
  });
  void playground.resume();
  const tokens = new TokenCommands(sessions, inspector, accessTokens);
  const openApis = wireApis(scope, files, signingIn);
  const { explorer, lenses } = wireSurfaces(scope, activation, {
    ...{ signingIn, workspace, sending, playground, accounts, tokens, apis: openApis },
  });
  const apiConnections = new ApiConnections({ writer, environment: workspace.environment });
  const apiCommands = new ApiCommands({
    apis: openApis,
    writer: new OperationWriter({
      ...{ documents, projects, index, connections: apiConnections },
      memento: context.workspaceState,
    }),
    reveal: (uri) => explorer.revealApi(uri),
    openRequest: async ({ uri, name }) => {
      await explorer.openRequest(uri, name);
      await runner.open(uri, name);
    },
  });
  own(
    vscode.commands.registerCommand(internalCommands.openOperation, (uri: unknown, id: unknown) =>
      apiCommands.openOperation(uri, id).catch((error: unknown) => showFailure('Opening an operation', error, log)),
    ),
  );
  const requests = new RequestCommands({
    ...{ runner, compare, sender, sendAll, documents, projects, environment: workspace.environment },
    selection: () => explorer.selection,
  });
  const importNotes = own(new ImportNotes());
  const requestClipboard = new RequestClipboard({ confirm, secretClipboard, clipboard: vscode.env.clipboard });
  const curl = new CopyAsCurl({ sender, sessions, requestClipboard, clock: nodeClock, random: nodeRandom });
  const code = new CopyAsCode({ sender, curl, requestClipboard });

  return {
    ...{ sessions, connections, accounts, requests, runner, sendAll, playground, inspector },
    ...{ tokens, callbacks, lenses, index, explorer, apis: apiCommands },
    copyAsCode: async (uri, name, options) => {
      const target = requests.target(uri, name);
      await code.copy(target.uri, target.name, options);
    },
    copyAsCurl: async (uri, name, options) => {
      const target = requests.target(uri, name);
      await curl.copy(target.uri, target.name, wantsSecrets(options));
    },
    newRequestFile: (folder) => new NewRequestFile(projects).create(folder),
    import: async (file, files) => {
      const { ImportCommand } = await import('./vscode/import/importCommand');
      const { chooseParts: choose } = await import('./vscode/import/importChoice');
      const deps = { projects, secrets: sessions.secrets, confirm, notes: importNotes, choose };
      await new ImportCommand(deps).run(file, files);
    },
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
    manageTrust: () => manageTrust(trust, sessions.secrets, sending.releases),
    clearCookies: () => clearAnyCookies(sending.cookies),
    flush: async () => {
      await Promise.all([history.flush(), sending.cookies.flush()]);
    },
  };
}
