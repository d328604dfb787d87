import * as vscode from 'vscode';
import { withVariableComments } from '../../core/curl/curlComment';
import { curlText } from '../../core/curl/curlText';
import type { CurlTls } from '../../core/curl/curlTextTls';
import { ShellVariables, variableName, type ShellVariable } from '../../core/curl/shellVariables';
import { LatchkeyError } from '../../core/errors';
import { authorise } from '../../core/http/authorise';
import type { HttpRequest } from '../../core/http/httpRequest';
import { shownSigningText } from '../../core/http/signing/signingText';
import type { TlsSetting } from '../../core/http/tlsSetting';
import type { AccessToken } from '../../core/oauth/model';
import type { Clock, Random } from '../../core/ports';
import type { ProjectFile } from '../../core/request/model';
import { resolveTls } from '../../core/request/resolveTls';
import { needKey, type Need, type Supplied, type Supplies } from '../../core/request/resolve/supplies';
import { textOf } from '../../core/request/resolve/resolved';
import { needsOf, resolveRequest, type ResolveInput } from '../../core/request/resolveRequest';
import { invalidRequest } from '../../core/run/invalidRequest';
import { revealForTransport } from '../../core/secret';
import type { SessionService } from '../../core/session/sessionService';
import { commands } from '../ids';
import { diagnosticText } from '../platform/errorText';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { folderOf, type RequestContext, type RequestSender } from '../runner/requestSender';
import type { RequestClipboard, RequestCopy, WrittenRequest } from './requestClipboard';

export interface CopyAsCurlDeps {
  readonly sender: Pick<RequestSender, 'locate' | 'connectionOf' | 'sessionFor'>;
  readonly sessions: Pick<SessionService, 'freshToken' | 'secrets'>;
  readonly requestClipboard: RequestClipboard;
  readonly clock: Clock;
  readonly random: Random;
}

/** Copies requests as commands for a shell. */
export class CopyAsCurl {
  readonly #deps: CopyAsCurlDeps;

  constructor(deps: CopyAsCurlDeps) {
    this.#deps = deps;
  }

  /**
   * Copies a request without anything secret: what is, and what is only known when the request is sent, are variables
   * of the shell, with a comment that says what each stands for. Offers to copy it again with its secrets.
   * @throws LatchkeyError why the request cannot be sent as it is.
   */
  async copy(uri: vscode.Uri, name: string | undefined, withSecrets: boolean): Promise<void> {
    const context = await this.#deps.sender.locate(uri, name);
    const { entry } = context;
    const copy: RequestCopy = {
      request: entry.name,
      language: 'cURL',
      write: (reveal) => this.#command(context, reveal),
      withoutSecrets: (variables) => {
        const names = variables.map((variable) => `$${variable.name}`).join(', ');
        return vscode.l10n.t('{0} was copied without secrets: set {1} in the shell.', entry.name, names);
      },
      risk: (seconds) =>
        vscode.l10n.t(
          'Whoever gets the command can send what you can, and so can every program that reads the clipboard. A shell keeps it in its history. The clipboard is cleared after {0} seconds, if the command is still on it.',
          seconds,
        ),
      again: [commands.copyAsCurl, context.uri, entry.name, { secrets: true }],
    };
    await this.#deps.requestClipboard.copy(copy, withSecrets);
  }

  async #command(context: RequestContext, reveal: boolean): Promise<WrittenRequest> {
    const { project } = context;
    const { request, variables } = await this.prepare(context, reveal);
    const setting = project && tlsSettingFor(project.file, request);
    const tls = setting && (await this.#tls(setting, folderOf(context), variables, reveal));
    const text = curlText(request, (value) => variables.parts(value), tls);
    const notes = notesOn(request, setting);
    return { text: withVariableComments(text, variables.used, describeVariable, notes), variables: variables.used };
  }

  /**
   * The request with its variables put in and its token: what is secret, or only known when it is sent, stands in as
   * variables. With `reveal` stored secrets and the token are in it.
   * @throws LatchkeyError why the request cannot be sent as it is.
   */
  async prepare(context: RequestContext, reveal: boolean): Promise<PreparedCopy> {
    const { clock, random } = this.#deps;
    const { uri, file, entry, project, environment } = context;
    const input: Omit<ResolveInput, 'supplies'> = {
      ...{ file, request: entry, project: project?.file, environment, clock, random },
      directory: directoryOf(uri),
    };
    const known = reveal ? await this.#knownSecrets(needsOf(input), folderOf(context)) : undefined;
    const variables = new ShellVariables((length) => random.bytes(length), known);
    const resolved = resolveRequest({ ...input, supplies: variables });
    if (!resolved.ok) {
      const [first] = resolved.diagnostics;
      throw invalidRequest(entry.name, first && diagnosticText(first));
    }
    return { request: await this.#authorised(context, resolved.request, variables, reveal), variables };
  }

  /** What a secret holds is no file yet; its name says what to put into one. */
  async #tls(setting: TlsSetting, folder: string, variables: ShellVariables, reveal: boolean): Promise<CurlTls> {
    const { passphrase: name } = setting;
    const stored =
      name !== undefined && reveal ? await this.#deps.sessions.secrets.stored({ folder, name }) : undefined;
    return {
      setting,
      fileOf: (secret) => variables.standIn(`tls ${secret}`, `${variableName(secret)}_FILE`, `tls ${secret}`),
      passphrase:
        name === undefined
          ? undefined
          : (stored ?? variables.standIn(`secret ${name}`, variableName(name), `secret:${name}`)),
    };
  }

  /** What is not stored stays a variable: nobody is asked for it only to have it copied. */
  async #knownSecrets(needs: readonly Need[], folder: string): Promise<Supplies> {
    const values = new Map<string, Supplied>();
    for (const need of needs) {
      if (need.kind !== 'secret') continue;
      const value = await this.#deps.sessions.secrets.stored({ folder, name: need.name });
      if (value) values.set(needKey(need), { state: 'known', value: textOf(value) });
    }
    return { find: (need) => values.get(needKey(need)) ?? { state: 'later' } };
  }

  async #authorised(
    context: RequestContext,
    request: HttpRequest,
    variables: ShellVariables,
    reveal: boolean,
  ): Promise<HttpRequest> {
    const found = this.#deps.sender.connectionOf(context, request);
    if (!found || request.auth.kind !== 'connection') return request;
    const token = reveal ? await this.#token(request, found) : undefined;
    const { connection } = found;
    const value = variables.standIn('token', 'ACCESS_TOKEN', `token ${connection.label}`);
    const standIn: AccessToken = { sessionId: '', type: 'Bearer', value, expiresAt: undefined };
    // A key that never leaves Latchkey cannot prove itself in a shell; the comment says so.
    return authorise(request, token ?? standIn, { ...connection, dpop: undefined }).request;
  }

  async #token(request: HttpRequest, found: FoundConnection): Promise<AccessToken> {
    const session = await this.#deps.sender.sessionFor(request, found);
    const connection = found.connection.label;
    if (!session) throw new LatchkeyError('session.signInRequired', { connection });
    if (session.boundToKey) throw new LatchkeyError('session.boundToKey', { connection });
    return this.#deps.sessions.freshToken(session.id, new AbortController().signal);
  }
}

/** `{ secrets: true }`, as the commands take it. */
export function wantsSecrets(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'secrets' in options && options.secrets === true;
}

/** A request that is about to be written in another language. */
export interface PreparedCopy {
  readonly request: HttpRequest;
  readonly variables: ShellVariables;
}

function tlsSettingFor(project: ProjectFile, { url }: HttpRequest): TlsSetting | undefined {
  const { origin } = new URL(revealForTransport(url));
  return resolveTls(project).settings.find((setting) => setting.origin === origin);
}

/** What the request has and the command has not. */
function notesOn({ auth }: HttpRequest, tls: TlsSetting | undefined): readonly string[] {
  const others = tls?.ca.slice(1).map((path) => `./${path}`) ?? [];
  return [
    ...(auth.kind === 'hmac'
      ? [
          vscode.l10n.t(
            'The header {0} is missing: its signature is made anew for each request, which curl cannot do. Signed is {1} (what it says as {2}); “openssl dgst -{3} -hmac <key>” signs a text.',
            ...[auth.header, shownSigningText(auth.message), shownSigningText(auth.value), auth.algorithm],
          ),
        ]
      : []),
    ...(others.length > 0
      ? [vscode.l10n.t('curl takes one file of authorities: put {0} into it as well.', others.join(', '))]
      : []),
  ];
}

/** For the comment above the command. */
export function describeVariable({ source, converted }: ShellVariable): string {
  const file = /^tls (.*)$/s.exec(source)?.[1];
  if (file !== undefined) return vscode.l10n.t('a file with what the secret {0} holds', file);
  const token = /^token (.*)$/s.exec(source)?.[1];
  if (token !== undefined) return vscode.l10n.t('the access token of {0} (Latchkey: Copy Access Token)', token);
  const expression = `\${${source}}`;
  return converted ? vscode.l10n.t('{0}, in the form it has at this place', expression) : expression;
}

/** Folder of a file, relative to its workspace folder. */
function directoryOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const { path } = vscode.Uri.joinPath(uri, '..');
  return folder && path.startsWith(folder.path) ? path.slice(folder.path.length).replace(/^\//, '') : '';
}
