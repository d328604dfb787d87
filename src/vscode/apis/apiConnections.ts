import * as vscode from 'vscode';
import { servesOrigins, type OpenDescription } from '../../core/openapi/openDescription';
import type { DescribedConnection } from '../../core/openapi/describedConnection';
import { resolveConnection } from '../../core/request/resolveConnection';
import { askForText, type TextQuestion } from '../platform/stepInputs';
import type { ConnectionWriter } from '../requests/connectionWriter';
import type { EnvironmentChoice } from '../requests/environmentChoice';
import type { Project } from '../requests/projectFiles';

export interface ApiConnectionsDeps {
  readonly writer: Pick<ConnectionWriter, 'add'>;
  readonly environment: Pick<EnvironmentChoice, 'activeIn'>;
}

/** Finds the connections that the operations of a description are sent with, and makes those that are missing. */
export class ApiConnections {
  readonly #deps: ApiConnectionsDeps;

  constructor(deps: ApiConnectionsDeps) {
    this.#deps = deps;
  }

  /**
   * Names of connections by security scheme. One that the project has and that may send its token to where the
   * operations go is taken; for others the user is asked. `undefined`: the user gave up.
   */
  async forOperations(
    description: OpenDescription,
    ids: readonly string[],
    file: vscode.Uri,
    project: Project | undefined,
  ): Promise<Readonly<Record<string, string>> | undefined> {
    const names: Record<string, string> = {};
    for (const described of await description.connections(ids)) {
      const known = this.#known(described, project);
      const name = known ?? (await this.#askFor(described, description.summary.title, file));
      if (name === undefined) return undefined;
      if (name !== FIND_OUT) names[described.scheme] = name;
    }
    return names;
  }

  #known({ connection }: DescribedConnection, project: Project | undefined): string | undefined {
    if (!project) return undefined;
    const environment = this.#deps.environment.activeIn(project);
    return [...project.file.connections.keys()].find((name) => {
      const resolved = resolveConnection(project.file, name, environment);
      return resolved.ok && servesOrigins(resolved.connection, connection.origins);
    });
  }

  async #askFor(described: DescribedConnection, title: string, file: vscode.Uri): Promise<string | undefined> {
    const t = vscode.l10n.t;
    const add = {
      label: t('$(add) Add a Connection'),
      detail: t('Written into latchkey.yaml as the description has it; you give the client id'),
    };
    const find = {
      label: t('$(search) Find Out When Sending'),
      detail: t('auth: auto – the API itself says where to sign in, if it can'),
    };
    // A connection without a place that its token may go to could send nothing.
    const items = described.connection.origins.length > 0 ? [add, find] : [find];
    const chosen = await vscode.window.showQuickPick(items, {
      ignoreFocusOut: true,
      title: t('{0} wants a sign-in', title),
    });
    if (!chosen) return undefined;
    return chosen === find ? FIND_OUT : this.#add(described, title, file);
  }

  async #add(
    { connection, outdated }: DescribedConnection,
    title: string,
    file: vscode.Uri,
  ): Promise<string | undefined> {
    const t = vscode.l10n.t;
    const question: TextQuestion = {
      title: t('Client id'),
      prompt:
        outdated === undefined
          ? t(
              'The id of a client that is registered for {0}. Leave it empty where the server registers clients by itself, or to write it into latchkey.yaml later.',
              title,
            )
          : t(
              'The description offers only the {0} grant, which nobody should use any more; the connection is made for authorization code with PKCE. The id of its client:',
              outdated,
            ),
      placeholder: t('Client id'),
      accept: () => Promise.resolve(undefined),
    };
    const given = await askForText(question, { number: 1, total: 1, canGoBack: false });
    if (given.kind !== 'given') return undefined;
    const clientId = given.value === '' ? undefined : given.value;
    return this.#deps.writer.add({ ...connection, clientId }, title, file);
  }
}

/** Stands for `auth: auto`. */
const FIND_OUT = '';
