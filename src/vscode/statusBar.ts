import * as vscode from 'vscode';
import type { Disposable } from '../core/disposable';
import { commands } from './ids';
import type { EnvironmentChoice } from './requests/environmentChoice';
import type { Project, ProjectFiles } from './requests/projectFiles';
import { isRequestFile } from './requests/requestFileNames';

/** The active environment, while a request file is in sight whose project has environments. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('latchkey.environment', vscode.StatusBarAlignment.Right, 100);
  readonly #projects: ProjectFiles;
  readonly #environment: EnvironmentChoice;
  readonly #subscriptions: readonly Disposable[];

  constructor(projects: ProjectFiles, environment: EnvironmentChoice) {
    this.#projects = projects;
    this.#environment = environment;
    this.#item.name = vscode.l10n.t('Latchkey environment');
    this.#item.command = commands.selectEnvironment;
    const update = (): void => void this.#update();
    this.#subscriptions = [
      this.#item,
      vscode.window.onDidChangeVisibleTextEditors(update),
      projects.onDidChange(update),
      environment.onDidChange(update),
    ];
    update();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #update(): Promise<void> {
    const uri = vscode.window.visibleTextEditors.map(({ document }) => document.uri).find(isRequestFile);
    const project = uri && vscode.workspace.isTrusted ? await this.#projectOf(uri) : undefined;
    if (!project || project.file.environments.size === 0) {
      this.#item.hide();
      return;
    }
    const active = this.#environment.activeIn(project);
    this.#item.text = `$(server-environment) ${active ?? vscode.l10n.t('No environment')}`;
    this.#item.tooltip = vscode.l10n.t('Environment of {0}. Select to change it.', project.label);
    this.#item.show();
  }

  /** One that cannot be read has no environments to show; whoever sends is told why. */
  #projectOf(uri: vscode.Uri): Promise<Project | undefined> {
    return this.#projects.nearest(uri).catch(() => undefined);
  }
}
