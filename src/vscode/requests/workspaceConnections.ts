import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import { resolveConnection } from '../../core/request/resolveConnection';
import type { ConnectionSource, FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { diagnosticText } from '../platform/errorText';
import type { EnvironmentChoice } from './environmentChoice';
import type { Project, ProjectFiles } from './projectFiles';

interface Candidate {
  readonly project: Project;
  readonly name: string;
}

/** The connections that the project files of the workspace define. */
export class WorkspaceConnections implements ConnectionSource {
  readonly #projects: ProjectFiles;
  readonly #environment: EnvironmentChoice;

  constructor(projects: ProjectFiles, environment: EnvironmentChoice) {
    this.#projects = projects;
    this.#environment = environment;
  }

  /** The connection with its variables put in, in the active environment unless another is named. */
  resolve(project: Project, name: string, environment = this.#environment.activeIn(project)): FoundConnection {
    const resolved = resolveConnection(project.file, name, environment);
    if (resolved.ok) return { connection: resolved.connection, folder: project.folder };
    const first = resolved.diagnostics[0];
    const problem = first === undefined ? '' : diagnosticText(first).message;
    throw new LatchkeyError('workspace.connectionInvalid', { name, file: project.label, problem });
  }

  /** Whether no project file of the workspace that may be read defines a connection. */
  async isEmpty(): Promise<boolean> {
    return !vscode.workspace.isTrusted || (await this.#candidates()).length === 0;
  }

  /**
   * The connection with this name, nearest to the active editor first.
   * @throws LatchkeyError `workspace.untrusted`, `workspace.connectionInvalid`; when there is none,
   * `workspace.projectInvalid` if a mistake in a project file may be why.
   */
  async find(name: string): Promise<FoundConnection | undefined> {
    requireTrust();
    const candidate = (await this.#candidates()).find((each) => each.name === name);
    if (candidate) return this.resolve(candidate.project, candidate.name);
    const faulty = faultOf(await this.#projects.all());
    if (faulty) throw faulty;
    return undefined;
  }

  /**
   * The only connection there is, or the one the user picks; `undefined` when the user closes the list.
   * @throws LatchkeyError `workspace.*` when there is none to pick.
   */
  async pick(): Promise<FoundConnection | undefined> {
    requireTrust();
    const candidates = await this.#candidates();
    const [first] = candidates;
    if (!first) throw await this.#nothingToPick();
    if (candidates.length === 1) return this.resolve(first.project, first.name);
    const items = candidates.map((candidate) => ({
      label: this.#label(candidate),
      description: candidate.project.label,
      candidate,
    }));
    const title = vscode.l10n.t('Which connection?');
    const choice = await vscode.window.showQuickPick(items, { ignoreFocusOut: true, title });
    return choice && this.resolve(choice.candidate.project, choice.candidate.name);
  }

  /** Connections nearest to the active editor first. */
  async #candidates(): Promise<readonly Candidate[]> {
    const active = vscode.window.activeTextEditor?.document.uri;
    const nearest = active && (await this.#projects.nearest(active));
    const all = await this.#projects.all();
    const ordered = nearest ? [nearest, ...all.filter(({ uri }) => uri.path !== nearest.uri.path)] : all;
    return ordered.flatMap((project) => [...project.file.connections.keys()].map((name) => ({ project, name })));
  }

  #label({ project, name }: Candidate): string {
    try {
      return this.resolve(project, name).connection.label;
    } catch {
      return name; // faulty: listed all the same, picking it says what is wrong
    }
  }

  async #nothingToPick(): Promise<LatchkeyError> {
    const all = await this.#projects.all();
    const [project] = all;
    if (!project) return new LatchkeyError('workspace.noProjectFile');
    return faultOf(all) ?? new LatchkeyError('workspace.noConnections', { file: project.label });
  }
}

/** A folder that nobody trusts yet must not choose where to sign in, nor learn who is signed in. */
function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
}

/** The first mistake that makes a project file say less than was meant. */
function faultOf(projects: readonly Project[]): LatchkeyError | undefined {
  for (const { file, label } of projects) {
    const [fault] = file.faults;
    if (fault)
      return new LatchkeyError('workspace.projectInvalid', { file: label, problem: diagnosticText(fault).message });
  }
  return undefined;
}
