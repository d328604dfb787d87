/** Every id that package.json and code share. A test compares them with the manifest, both ways. */

export const extensionId = 'latchkey.latchkey';

export const authenticationProviderId = 'latchkey';

/** The path of the editor URI that ends a sign-in: `<scheme>://latchkey.latchkey/callback`. */
export const callbackPath = '/callback';

export const commands = {
  signIn: 'latchkey.signIn',
  signOut: 'latchkey.signOut',
  switchAccount: 'latchkey.switchAccount',
  send: 'latchkey.send',
  sendAll: 'latchkey.sendAll',
  sendAgain: 'latchkey.sendAgain',
  cancel: 'latchkey.cancel',
  openRunner: 'latchkey.openRunner',
  copyAsCurl: 'latchkey.copyAsCurl',
  newRequestFile: 'latchkey.newRequestFile',
  import: 'latchkey.import',
  selectEnvironment: 'latchkey.selectEnvironment',
  addConnection: 'latchkey.addConnection',
  copyRedirectUris: 'latchkey.copyRedirectUris',
  manageTrust: 'latchkey.manageTrust',
  clearHistory: 'latchkey.clearHistory',
  clearCookies: 'latchkey.clearCookies',
  diffResponses: 'latchkey.diffResponses',
  copyAsCode: 'latchkey.copyAsCode',
  inspectToken: 'latchkey.inspectToken',
  copyAccessToken: 'latchkey.copyAccessToken',
  startPlayground: 'latchkey.startPlayground',
  stopPlayground: 'latchkey.stopPlayground',
  showLog: 'latchkey.showLog',
  sendAllInWorkspace: 'latchkey.sendAllInWorkspace',
  refreshRequests: 'latchkey.refreshRequests',
  manageSecrets: 'latchkey.manageSecrets',
  deleteFromHistory: 'latchkey.deleteFromHistory',
  openWalkthrough: 'latchkey.openWalkthrough',
  openApiDescription: 'latchkey.openApiDescription',
  findOperation: 'latchkey.findOperation',
  addOperations: 'latchkey.addOperations',
  refreshApis: 'latchkey.refreshApis',
  removeApi: 'latchkey.removeApi',
} as const;

/** Commands of lenses, quick fixes and views, which make no sense in the palette and so are not in the manifest. */
export const internalCommands = {
  moveToSecretStorage: '_latchkey.moveToSecretStorage',
  openRequest: '_latchkey.openRequest',
  openHistoryEntry: '_latchkey.openHistoryEntry',
  accountMenu: '_latchkey.accountMenu',
  environmentMenu: '_latchkey.environmentMenu',
  askScopes: '_latchkey.askScopes',
  openOperation: '_latchkey.openOperation',
} as const;

/** With what follows, a command of one lens. */
export const lensCommandPrefix = '_latchkey.lens.';

export type CommandId = (typeof commands)[keyof typeof commands];

export const contextKeys = {
  sending: 'latchkey.sending',
  hasSent: 'latchkey.hasSent',
  playgroundRunning: 'latchkey.playgroundRunning',
} as const;

export type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];

/** Settings with the type that {@link readSetting} returns. */
export interface Settings {
  readonly 'tokens.refreshBuffer': number;
  readonly 'history.enabled': boolean;
  readonly 'history.maxEntries': number;
  /** Megabytes. */
  readonly 'history.maxSize': number;
  readonly 'compare.sortKeys': boolean;
  readonly 'http.transport': 'latchkey' | 'editor';
}

export const settingKeys = [
  'tokens.refreshBuffer',
  'history.enabled',
  'history.maxEntries',
  'history.maxSize',
  'compare.sortKeys',
  'http.transport',
] as const satisfies readonly (keyof Settings)[];

export const runnerViewType = 'latchkey.runner';

export const inspectorViewType = 'latchkey.inspector';

/** The views of the activity bar, from top to bottom. */
export const views = {
  requests: 'latchkey.requests',
  connections: 'latchkey.connections',
  apis: 'latchkey.apis',
  history: 'latchkey.history',
} as const;

/** The walkthrough of the Welcome page. */
export const walkthroughId = 'start';
