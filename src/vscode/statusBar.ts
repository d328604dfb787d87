import * as vscode from 'vscode';
import type { Disposable } from '../core/disposable';
import { locateRequest } from '../core/request/locateRequest';
import type { AuthView } from '../shared/viewModel';
import { commands, internalCommands } from './ids';
import { plainLabel } from './platform/plainLabel';
import { Throttled } from './platform/throttled';
import type { EnvironmentChoice } from './requests/environmentChoice';
import type { Project, ProjectFiles } from './requests/projectFiles';
import type { RequestDocuments } from './requests/requestDocuments';
import { isRequestFile } from './requests/requestFileNames';

export interface StatusBarDeps {
  readonly projects: Pick<ProjectFiles, 'nearest'>;
  readonly environment: Pick<EnvironmentChoice, 'activeIn'>;
  readonly documents: Pick<RequestDocuments, 'whenRead'>;
  /** What can be done about the account that a request is sent as. */
  readonly openAccountMenu: (uri: vscode.Uri, name: string | undefined) => void;
  /** As whom a request is sent. */
  readonly authOf: (uri: vscode.Uri, name: string) => Promise<AuthView | undefined>;
  /** Whatever may change what is shown. */
  readonly changes: readonly ((listener: () => void) => Disposable)[];
}

/** Milliseconds at least between two looks. */
const pause = 150;
const longestAccount = 40;

/** Environment and account of the request file in sight; nothing when there is none. */
export class StatusBar implements vscode.Disposable {
  readonly #environment = vscode.window.createStatusBarItem(
    'latchkey.environment',
    vscode.StatusBarAlignment.Right,
    100.2,
  );
  readonly #account = vscode.window.createStatusBarItem('latchkey.account', vscode.StatusBarAlignment.Right, 100.1);
  readonly #deps: StatusBarDeps;
  readonly #subscriptions: readonly Disposable[];
  /** Counts looks: only the latest is shown. */
  #look = 0;
  /**
   * What the items are about. Their commands have no arguments: VS Code forgets those of an item that it just replaces,
   * and a click in that moment would be lost.
   */
  #environmentOf: vscode.Uri | undefined;
  #accountOf: { readonly uri: vscode.Uri; readonly name: string | undefined } | undefined;

  constructor(deps: StatusBarDeps) {
    this.#deps = deps;
    this.#environment.name = vscode.l10n.t('Latchkey environment');
    this.#account.name = vscode.l10n.t('Latchkey account');
    const update = new Throttled<void>(pause, () => void this.#update());
    const isSeen = (document: vscode.TextDocument): boolean => document === editorInSight()?.document;
    this.#subscriptions = [
      ...[this.#environment, this.#account, { dispose: () => update.stop() }],
      vscode.commands.registerCommand(internalCommands.environmentMenu, () =>
        vscode.commands.executeCommand(commands.selectEnvironment, this.#environmentOf),
      ),
      vscode.commands.registerCommand(internalCommands.accountMenu, () => {
        if (this.#accountOf) deps.openAccountMenu(this.#accountOf.uri, this.#accountOf.name);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => update.next()),
      vscode.window.onDidChangeActiveTextEditor(() => update.next()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document } }) => {
        if (isSeen(document)) update.next();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isSeen(document)) update.next();
      }),
      ...deps.changes.map((subscribe) => subscribe(() => update.next())),
    ];
    this.#environment.command = internalCommands.environmentMenu;
    this.#account.command = internalCommands.accountMenu;
    update.next();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #update(): Promise<void> {
    const look = ++this.#look;
    const editor = vscode.workspace.isTrusted ? editorInSight() : undefined;
    if (!editor) {
      this.#environment.hide();
      this.#account.hide();
      return;
    }
    const { uri } = editor.document;
    // A project file that cannot be read has nothing to show; whoever sends is told why.
    const project = await this.#deps.projects.nearest(uri).catch(() => undefined);
    if (look !== this.#look) return;
    this.#environmentOf = uri;
    this.#showEnvironment(project);
    const name = await this.#requestIn(editor);
    const auth = name === undefined ? undefined : await this.#deps.authOf(uri, name).catch(() => undefined);
    if (look !== this.#look) return;
    this.#accountOf = { uri, name };
    this.#showAccount(auth);
  }

  #showEnvironment(project: Project | undefined): void {
    const item = this.#environment;
    if (!project || project.file.environments.size === 0) {
      item.hide();
      return;
    }
    const t = vscode.l10n.t;
    const active = this.#deps.environment.activeIn(project);
    const isProtected = active !== undefined && project.file.protect.includes(active);
    const name = active ?? t('No environment');
    item.text = `$(${isProtected ? 'shield' : 'server-environment'}) ${plainLabel(name)}`;
    item.tooltip = [
      t('Environment of {0}. Select to change it.', project.label),
      ...(isProtected ? [t('It is protected: Latchkey asks before a request changes data.')] : []),
    ].join('\n');
    const label = t('Environment: {0}', name);
    item.accessibilityInformation = { label: isProtected ? t('{0}, protected', label) : label, role: 'button' };
    item.backgroundColor = isProtected ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  }

  #showAccount(auth: AuthView | undefined): void {
    const item = this.#account;
    const shown = auth && accountText(auth);
    if (!shown) {
      item.hide();
      return;
    }
    item.text = `$(${shown.icon}) ${plainLabel(shown.text)}`;
    item.tooltip = shown.detail;
    item.accessibilityInformation = { label: shown.detail, role: 'button' };
    item.show();
  }

  /** The request at the cursor, else the first. */
  async #requestIn({ document, selection }: vscode.TextEditor): Promise<string | undefined> {
    const file = await this.#deps.documents.whenRead(document);
    if (!file) return undefined;
    return (locateRequest(file, document.offsetAt(selection.active)) ?? file.requests[0])?.name;
  }
}

interface AccountText {
  readonly icon: string;
  readonly text: string;
  readonly detail: string;
}

/** `undefined`: there is no account to speak of. */
function accountText(auth: AuthView): AccountText | undefined {
  const t = vscode.l10n.t;
  switch (auth.kind) {
    case 'signedIn': {
      const { account, connection } = auth;
      const text = account.length > longestAccount ? `${account.slice(0, longestAccount)}…` : account;
      return { icon: 'account', text, detail: t('Signed in to {0} as {1}', connection, account) };
    }
    case 'signInAgain': {
      const detail = t('{0} has to sign in to {1} again', auth.account, auth.connection);
      return { icon: 'warning', text: t('Sign in again'), detail };
    }
    case 'notSignedIn':
      return {
        icon: 'sign-in',
        text: t('Sign in'),
        detail: t('Nobody is signed in to {0}. Select to sign in.', auth.connection),
      };
    case 'none':
    case 'auto':
    case 'credentials':
    case 'signingIn':
    case 'unknownConnection':
      return undefined;
  }
}

/** The active editor when it has a request file, else the first that has one. */
function editorInSight(): vscode.TextEditor | undefined {
  const { activeTextEditor: active, visibleTextEditors } = vscode.window;
  return [...(active ? [active] : []), ...visibleTextEditors].find(({ document }) => isRequestFile(document.uri));
}
