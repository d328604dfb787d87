import * as vscode from 'vscode';
import type { Project } from './projectFiles';

const key = 'latchkey.environment';

/** The active environment of the workspace. None is active until chosen. */
export class EnvironmentChoice implements vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();

  readonly onDidChange = this.#changed.event;

  constructor(workspaceState: vscode.Memento) {
    this.#memento = workspaceState;
  }

  /** The chosen name, when this project has an environment of that name. */
  activeIn(project: Project | undefined): string | undefined {
    const name = this.#memento.get<string>(key);
    return name !== undefined && project?.file.environments.has(name) ? name : undefined;
  }

  async set(name: string | undefined): Promise<void> {
    await this.#memento.update(key, name);
    this.#changed.fire();
  }

  /** Lets the user choose among the environments of a project. */
  async pick(project: Project): Promise<void> {
    const active = this.activeIn(project);
    const none = { label: vscode.l10n.t('No environment'), name: undefined, description: '' };
    const items = [...project.file.environments.keys(), undefined].map((name) => ({
      ...(name === undefined ? none : { label: name, name }),
      description: describe(project, name, active),
    }));
    const title = vscode.l10n.t('Environment for {0}', project.label);
    const choice = await vscode.window.showQuickPick(items, { ignoreFocusOut: true, title });
    if (choice) await this.set(choice.name);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function describe(project: Project, name: string | undefined, active: string | undefined): string {
  const facts = [
    ...(name === active ? [vscode.l10n.t('active')] : []),
    ...(name !== undefined && project.file.protect.includes(name) ? [vscode.l10n.t('asks before changing data')] : []),
  ];
  return facts.join(' · ');
}
