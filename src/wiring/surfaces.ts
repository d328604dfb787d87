import * as vscode from 'vscode';
import type { BodyView } from '../core/response/bodyView';
import type { OpenApis } from '../vscode/apis/openApis';
import { AccountMenu } from '../vscode/commands/accountMenu';
import type { PlaygroundCommands } from '../vscode/commands/playgroundCommands';
import type { SignInCommands } from '../vscode/commands/signInCommands';
import type { TokenCommands } from '../vscode/commands/tokenCommands';
import { whenever } from '../vscode/explorer/connectionsTree';
import { Explorer } from '../vscode/explorer/explorer';
import { authenticationProviderId, internalCommands } from '../vscode/ids';
import { LanguageFiles } from '../vscode/language/languageFiles';
import { registerEditing } from '../vscode/language/registerEditing';
import { registerReading } from '../vscode/language/registerReading';
import { showFailure } from '../vscode/platform/showFailure';
import { LensCommands } from '../vscode/requests/lensCommands';
import { RequestDiagnostics } from '../vscode/requests/requestDiagnostics';
import { SendCodeLenses } from '../vscode/requests/sendCodeLenses';
import { followCursor } from '../vscode/runner/followCursor';
import { StatusBar } from '../vscode/statusBar';
import type { Activation, Scope } from './activation';
import type { Sending } from './sending';
import type { SigningIn } from './signingIn';
import type { WorkspaceParts } from './workspace';

/** What is shown beside the runner. */
export interface Surfaces {
  readonly explorer: Explorer;
  readonly lenses: SendCodeLenses;
}

/** What it takes from the other parts. */
export interface SurfacesNeeds {
  readonly signingIn: SigningIn;
  readonly workspace: WorkspaceParts;
  readonly sending: Sending;
  readonly playground: PlaygroundCommands;
  readonly accounts: SignInCommands;
  readonly tokens: TokenCommands;
  readonly apis: OpenApis;
}

/** Wires the explorer, the language features, the lenses and the status bar, and has all of them follow what changes. */
export function wireSurfaces(scope: Scope, { views, lensesChanged }: Activation, needs: SurfacesNeeds): Surfaces {
  const { context, log, own } = scope;
  const { accounts, tokens, playground } = needs;
  const { sessions, preference, confirm } = needs.signingIn;
  const { documents, projects, environment, connections, apis, index, looks, watch } = needs.workspace;
  const { sender, runs, models, history, runner } = needs.sending;
  const signedIn = [
    whenever(projects.onDidChange),
    whenever(environment.onDidChange),
    whenever(sessions.onDidChange),
    whenever(preference.onDidChange),
    whenever(vscode.authentication.onDidChangeSessions),
  ];
  const explorer = own(
    new Explorer({
      ...{ views, history, apis: needs.apis },
      requests: { index, runs, documents },
      connections: {
        ...{ projects, connections, apis, sessions, preference, playground },
        changes: [
          ...signedIn,
          whenever(playground.onDidChange),
          whenever(context.secrets.onDidChange),
          whenever(vscode.workspace.onDidGrantWorkspaceTrust),
          whenever(vscode.workspace.onDidChangeWorkspaceFolders),
        ],
      },
    }),
  );
  const diagnostics = own(new RequestDiagnostics({ documents, projects, environment, looks, watch }));
  const language = new LanguageFiles(documents, projects, environment, looks);
  const body = (uri: vscode.Uri, request: string): BodyView | undefined => runs.get(uri, request).body;
  own(registerReading({ files: language, sessions, log, looks, body }));
  const { secrets } = sessions;
  own(registerEditing({ diagnostics, index, documents, projects, environment, confirm, log, secrets }));
  const authOf = (uri: vscode.Uri, name: string): ReturnType<typeof models.authOf> => models.authOf(uri, name);
  const menu = new AccountMenu({ sender, accounts, tokens });
  const openAccountMenu = (uri: vscode.Uri, name: string | undefined): void =>
    void menu.open(uri, name).catch((error: unknown) => showFailure('The account menu', error, log));
  own(new StatusBar({ projects, documents, environment, authOf, openAccountMenu, changes: signedIn }));
  own(
    vscode.commands.registerCommand(internalCommands.openHistoryEntry, (id: unknown) => {
      if (typeof id === 'string') runner.openHistory(id);
    }),
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
  own(environment.onDidChange(() => void runner.useActiveEnvironment()));
  own(preference.onDidChange(redraw));
  return { explorer, lenses: new SendCodeLenses(documents, runs, own(new LensCommands())) };
}
