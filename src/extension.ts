import * as vscode from 'vscode';
import { LatchkeyAuthenticationProvider } from './vscode/auth/latchkeyAuthenticationProvider';
import { SessionChanges } from './vscode/auth/sessionChanges';
import type { ApisNode } from './vscode/explorer/apisNode';
import type { ConnectionsNode } from './vscode/explorer/connectionsNode';
import type { HistoryNode } from './vscode/explorer/historyTree';
import { LazyTree } from './vscode/explorer/lazyTree';
import type { RequestsNode } from './vscode/explorer/requestsNode';
import { registerCommands, type CommandHandler } from './vscode/commands/registerCommands';
import {
  authenticationProviderId,
  commands,
  inspectorViewType,
  runnerViewType,
  views,
  type CommandId,
} from './vscode/ids';
import { channelLog } from './vscode/platform/channelLog';
import { openWalkthrough } from './vscode/platform/openWalkthrough';
import { isRequestFile, requestFileSelector } from './vscode/requests/requestFileNames';
import type { Services } from './services';
import type { PortOverrides } from './wiring/activation';

/**
 * Registers what VS Code must find at once and returns. It reads and parses nothing; everything behind it is loaded
 * by the first thing that needs it.
 */
export function activate(context: vscode.ExtensionContext): PortOverrides | undefined {
  const overrides: PortOverrides | undefined = context.extensionMode === vscode.ExtensionMode.Test ? {} : undefined;
  const channel = vscode.window.createOutputChannel('Latchkey', { log: true });
  const log = channelLog(channel);
  const changes = new SessionChanges();
  const lensesChanged = new vscode.EventEmitter<void>();
  const requestsTree = new LazyTree<RequestsNode>(async () => (await services()).explorer.requests);
  const connectionsTree = new LazyTree<ConnectionsNode>(async () => (await services()).explorer.connections);
  const apisTree = new LazyTree<ApisNode>(async () => (await services()).explorer.apis);
  const historyTree = new LazyTree<HistoryNode>(async () => (await services()).explorer.history);
  const treeViews = {
    requests: vscode.window.createTreeView(views.requests, { treeDataProvider: requestsTree, showCollapseAll: true }),
    connections: vscode.window.createTreeView(views.connections, { treeDataProvider: connectionsTree }),
    apis: vscode.window.createTreeView(views.apis, { treeDataProvider: apisTree, showCollapseAll: true }),
    history: vscode.window.createTreeView(views.history, { treeDataProvider: historyTree, showCollapseAll: true }),
  };
  const services: () => Promise<Services> = once(async () => {
    const own = { changes, lensesChanged, overrides, views: treeViews };
    const created = (await import('./services')).createServices(context, log, own);
    beforeTheEnd = () => created.flush();
    return created;
  });
  const withServices =
    (run: (services: Services, ...args: readonly unknown[]) => unknown): CommandHandler =>
    async (...args) =>
      run(await services(), ...args);

  const provider = new LatchkeyAuthenticationProvider({
    sessions: async () => (await services()).sessions,
    connections: async () => (await services()).connections,
    changes,
    log,
  });
  context.subscriptions.push(
    channel,
    changes,
    ...[requestsTree, connectionsTree, apisTree, historyTree, ...Object.values(treeViews)],
    vscode.authentication.registerAuthenticationProvider(authenticationProviderId, 'Latchkey', provider, {
      supportsMultipleAccounts: true,
    }),
    vscode.window.registerUriHandler({ handleUri: async (uri) => (await services()).callbacks.handle(uri) }),
    vscode.window.registerWebviewPanelSerializer(runnerViewType, {
      deserializeWebviewPanel: async (panel, state) => (await services()).restoreRunner(panel, state),
    }),
    vscode.window.registerWebviewPanelSerializer(inspectorViewType, {
      deserializeWebviewPanel: async (panel, state) => (await services()).inspector.restore(panel, state),
    }),
    lensesChanged,
    vscode.languages.registerCodeLensProvider(requestFileSelector, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document) => (await services()).lenses.provideCodeLenses(document),
      resolveCodeLens: async (lens) => (await services()).lenses.resolveCodeLens(lens),
    }),
    registerCommands(handlers(withServices, channel), log),
    onFirstRequestFile(() => void services()),
  );
  return overrides;
}

/** What has to be written before the window closes. */
let beforeTheEnd: (() => Promise<void>) | undefined;

/** VS Code waits for it, for a few seconds. */
export async function deactivate(): Promise<void> {
  await beforeTheEnd?.();
}

type WithServices = (run: (services: Services, ...args: readonly unknown[]) => unknown) => CommandHandler;

function handlers(withServices: WithServices, channel: vscode.OutputChannel): Record<CommandId, CommandHandler> {
  return {
    [commands.signIn]: withServices(({ accounts }, name, options) => accounts.signIn(name, options)),
    [commands.signOut]: withServices(({ accounts }, account) => accounts.signOut(account)),
    [commands.switchAccount]: withServices(({ accounts }, name) => accounts.switchAccount(name)),
    [commands.send]: withServices(({ requests }, uri, name, options) => requests.send(uri, name, options)),
    [commands.sendAll]: withServices(({ requests }, uri, options) => requests.sendAll(uri, options)),
    [commands.sendAgain]: withServices(({ requests }, sent) => requests.sendAgain(sent)),
    [commands.cancel]: withServices(({ runner, sendAll }) => {
      runner.cancelAll();
      sendAll.cancel();
    }),
    [commands.openRunner]: withServices(({ requests }, uri, name) => requests.openRunner(uri, name)),
    [commands.copyAsCurl]: withServices((services, uri, name, options) => services.copyAsCurl(uri, name, options)),
    [commands.newRequestFile]: withServices((services, folder) => services.newRequestFile(folder)),
    [commands.import]: withServices((services, file, files) => services.import(file, files)),
    [commands.selectEnvironment]: withServices(({ requests }, uri) => requests.selectEnvironment(uri)),
    [commands.addConnection]: withServices((services) => services.addConnection()),
    [commands.copyRedirectUris]: withServices((services, connection) => services.copyRedirectUris(connection)),
    [commands.inspectToken]: withServices(({ tokens }, sessionId) => tokens.inspect(sessionId)),
    [commands.copyAccessToken]: withServices(({ tokens }, sessionId) => tokens.copy(sessionId)),
    [commands.manageTrust]: withServices((services) => services.manageTrust()),
    [commands.copyAsCode]: withServices((services, uri, name, options) => services.copyAsCode(uri, name, options)),
    [commands.diffResponses]: withServices(({ requests }, uri, name, options) =>
      requests.diffResponses(uri, name, options),
    ),
    [commands.clearHistory]: withServices((services) => services.clearHistory()),
    [commands.openApiDescription]: withServices(({ apis }, uri) => apis.open(uri)),
    [commands.findOperation]: withServices(({ apis }, node) => apis.find(node)),
    [commands.addOperations]: withServices(({ apis }, node) => apis.add(node)),
    [commands.refreshApis]: withServices(({ apis }, node) => apis.refresh(node)),
    [commands.removeApi]: withServices(({ apis }, node) => apis.remove(node)),
    [commands.clearCookies]: withServices((services) => services.clearCookies()),
    [commands.startPlayground]: withServices(({ playground }) => playground.start()),
    [commands.stopPlayground]: withServices(({ playground }) => playground.stop()),
    [commands.showLog]: () => channel.show(),
    [commands.sendAllInWorkspace]: withServices(({ requests }) => requests.sendAllInWorkspace()),
    [commands.refreshRequests]: withServices(({ explorer }) => explorer.refreshRequests()),
    [commands.deleteFromHistory]: withServices(({ explorer }, entry) => explorer.deleteFromHistory(entry)),
    [commands.openWalkthrough]: openWalkthrough,
    [commands.manageSecrets]: withServices((services) => services.manageSecrets()),
  };
}

/** Diagnostics and the status bar begin with the first request or project file that is opened. */
function onFirstRequestFile(start: () => void): vscode.Disposable {
  const isOurs = ({ uri }: vscode.TextDocument): boolean => isRequestFile(uri);
  if (vscode.workspace.textDocuments.some(isOurs)) queueMicrotask(start);
  return vscode.workspace.onDidOpenTextDocument((document) => {
    if (isOurs(document)) start();
  });
}

function once<T>(create: () => Promise<T>): () => Promise<T> {
  let created: Promise<T> | undefined;
  return () => (created ??= create());
}
