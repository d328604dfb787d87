import * as vscode from 'vscode';
import { expressionAt } from '../../core/language/expressionAt';
import { requestOn, type Knowledge, type LanguageFile } from '../../core/language/languageFile';
import { positionContext } from '../../core/language/positionContext';
import type { BodyView } from '../../core/response/bodyView';
import type { ConnectionConfig, Session } from '../../core/oauth/model';
import type { RowsOfFile } from '../../core/request/knownRows';
import type { ProjectFile, RequestEntry } from '../../core/request/model';
import { connectionInTheMaking, resolveConnection } from '../../core/request/resolveConnection';
import { literalText } from '../../core/request/templateText';
import type { FileInsight } from '../../core/run/namedFiles';
import { trustedFolder } from '../requests/projectFiles';
import { fileNamed } from './fileNamed';
import type { OfferedScopes } from './offeredScopes';

/** Where what is known comes from. */
export interface KnowledgeSources {
  readonly sessions: {
    sessionsFor(connection: ConnectionConfig): Promise<readonly Session[]>;
    readonly secrets: { list(): Promise<readonly { readonly folder: string | undefined; readonly name: string }[]> };
  };
  readonly offered: Pick<OfferedScopes, 'of'>;
  readonly looks: Pick<FileInsight, 'rows'>;
  /** The body of the latest response to a request. */
  readonly body: (uri: vscode.Uri, request: string) => BodyView | undefined;
}

/** Bytes of the largest body whose values are offered. */
const MOST_BYTES = 1_000_000;

/** Gathers what completion and hover can tell beyond the files: who is signed in, which secrets there are, responses. */
export class KnowledgeGatherer {
  readonly #sources: KnowledgeSources;
  readonly #parsed = new WeakMap<BodyView, unknown>();

  constructor(sources: KnowledgeSources) {
    this.#sources = sources;
  }

  /** What matters at an offset. Before the workspace is trusted it learns nothing. */
  async at(document: vscode.TextDocument, file: LanguageFile, offset: number): Promise<Knowledge> {
    if (!vscode.workspace.isTrusted) return {};
    const { text, project, environment } = file;
    const sessions = await this.#sessions(project, environment);
    const ofConnection = (name: string): readonly Session[] => sessions.get(name) ?? [];
    const isSecret = expressionAt(text, offset)?.prefix?.text === 'secret';
    const { path } = positionContext(text, offset);
    const [top, request] = path;
    const name = top?.kind === 'key' && top.key === 'requests' && request?.kind === 'key' ? request.key : undefined;
    const json = name === undefined ? undefined : await this.#json(document.uri, name);
    return {
      accounts: (connection) => ofConnection(connection).map(({ account }) => account.label),
      scopes: (name) => [
        ...new Set([...ofConnection(name).flatMap(scopesOf), ...this.#offered(project, name, environment)]),
      ],
      secrets: isSecret ? await this.#secrets(document.uri) : [],
      response: (asked) => (asked === name ? json : undefined),
      rows: await this.#rows(document.uri, requestOn(file, path)),
    };
  }

  /** What is known of the file that a request names for its rows. */
  async #rows(uri: vscode.Uri, request: RequestEntry | undefined): Promise<RowsOfFile> {
    const { forEach } = request?.flow ?? {};
    const path = forEach?.kind === 'file' ? literalText(forEach.path) : undefined;
    const target = path === undefined ? undefined : fileNamed(uri, path);
    if (!target) return () => undefined;
    const folder = trustedFolder(uri);
    const rows = await this.#sources.looks.rows(folder, target.path.slice(vscode.Uri.parse(folder).path.length + 1));
    return (asked) => (asked === path ? rows : undefined);
  }

  /** By the connection's name. VS Code's own accounts are not asked for: that could show something. */
  async #sessions(
    project: ProjectFile | undefined,
    environment: string | undefined,
  ): Promise<ReadonlyMap<string, readonly Session[]>> {
    const names = [...(project?.connections.values() ?? [])].filter(({ vscode: editor }) => !editor);
    const found = await Promise.all(
      names.map(async ({ name }) => {
        const resolved = project && resolveConnection(project, name, environment);
        const ofIt = resolved?.ok ? await this.#sources.sessions.sessionsFor(resolved.connection).catch(() => []) : [];
        return [name, ofIt] as const;
      }),
    );
    return new Map(found);
  }

  #offered(project: ProjectFile | undefined, name: string, environment: string | undefined): readonly string[] {
    const connection = project && connectionInTheMaking(project, name, environment);
    return (connection && this.#sources.offered.of(connection)) ?? [];
  }

  async #secrets(uri: vscode.Uri): Promise<readonly string[]> {
    const folder = trustedFolder(uri);
    // A store that cannot be read now has nothing to offer now.
    const stored = await this.#sources.sessions.secrets.list().catch(() => []);
    return stored.filter((secret) => secret.folder === folder).map(({ name }) => name);
  }

  async #json(uri: vscode.Uri, request: string): Promise<unknown> {
    const body = this.#sources.body(uri, request);
    if (body?.kind.kind !== 'text' || !body.isComplete || body.size > MOST_BYTES) return undefined;
    if (!this.#parsed.has(body)) this.#parsed.set(body, parsed(await body.text('raw')));
    return this.#parsed.get(body);
  }
}

function scopesOf({ scopes, grantedScopes, supportedScopes = [] }: Session): readonly string[] {
  return [...scopes, ...grantedScopes, ...supportedScopes];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
