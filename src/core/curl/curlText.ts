import { withCredentials } from '../http/credentials';
import type { HttpRequest } from '../http/httpRequest';
import type { ComposedBody, RequestBody } from '../http/requestBody';
import { revealForTransport, Secret, type Sensitive } from '../secret';
import { printCommand, shellWord, type ShellPart } from './shellText';

/** How the pieces of a text are written: what is not to be seen becomes a variable. */
export type PartsOf = (value: Sensitive) => readonly ShellPart[];

/** Shells take arguments of 128 kB; what is longer is piped. */
const LONGEST_ARGUMENT = 100_000;

/** A command line for a POSIX shell that sends what the request sends. The token of a connection is in it already. */
export function curlText(written: HttpRequest, partsOf: PartsOf): string {
  const { request, options } = withAuth(written, partsOf);
  const body = bodyOption(request.body, partsOf);
  const groups = [
    [...methodOption(request), shellWord(partsOf(request.url))].join(' '),
    ...options,
    ...headerOptions(request, partsOf),
    ...(body ? [body.option] : []),
    ...limits(request),
  ];
  const command = ['curl', groups[0]].join(' ');
  const text = [command, ...groups.slice(1).map((group) => `  ${group}`)].join(' \\\n');
  return body?.input === undefined ? text : `${body.input} | ${text}`;
}

/** Credentials as curl takes them; where it has no option of its own, in the place where they are sent. */
function withAuth(
  request: HttpRequest,
  partsOf: PartsOf,
): { readonly request: HttpRequest; readonly options: readonly string[] } {
  const { auth } = request;
  if (auth.kind === 'basic') {
    const user = shellWord([...partsOf(auth.username), ':', ...partsOf(auth.password)]);
    return { request, options: [`--user ${user}`] };
  }
  const isPlaced = auth.kind === 'bearer' || auth.kind === 'apiKey';
  return { request: isPlaced ? withCredentials(request, auth) : request, options: [] };
}

/** `-X` only where curl would not come to the method by itself. */
function methodOption({ method, body, url }: HttpRequest): readonly string[] {
  const own = body === undefined ? 'GET' : 'POST';
  const glob = /[[\]{}]/.test(revealForTransport(url)) ? ['--globoff'] : [];
  if (method === own) return glob;
  if (method === 'HEAD' && body === undefined) return ['--head', ...glob];
  return ['-X', shellWord([method]), ...glob];
}

/** curl leaves a header out when nothing follows its colon, and brings headers of its own. */
function headerOptions({ headers, body }: HttpRequest, partsOf: PartsOf): readonly string[] {
  const options = headers.map(([name, value]) => {
    const isEmpty = revealForTransport(value).trim() === '';
    return `-H ${shellWord(isEmpty ? [`${name};`] : [`${name}: `, ...partsOf(value)])}`;
  });
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return body === undefined || hasType ? options : [...options, `-H 'Content-Type:'`];
}

interface BodyOption {
  readonly option: string;
  /** The command whose output is the body. */
  readonly input: string | undefined;
}

function bodyOption(body: RequestBody | undefined, partsOf: PartsOf): BodyOption | undefined {
  if (body === undefined) return undefined;
  if ('parts' in body) return { option: '--data-binary @-', input: partsInput(body, partsOf) };
  const bytes = body instanceof Secret ? new TextEncoder().encode(revealForTransport(body)) : body;
  const plain = textOf(bytes);
  const text = plain !== undefined && body instanceof Secret ? body : plain;
  const isLong = body.length > LONGEST_ARGUMENT;
  if (text === undefined) return { option: '--data-binary @-', input: printCommand(bytes) };
  const word = shellWord(partsOf(text));
  if (isLong) return { option: '--data-binary @-', input: `printf '%s' ${word}` };
  return { option: `--data-raw ${word}`, input: undefined };
}

/** The commands that write such a body; paths start at the workspace folder. */
function partsInput({ parts }: ComposedBody, partsOf: PartsOf): string {
  const commands = parts.map((part) => {
    if (part instanceof Secret) return `printf '%s' ${shellWord(partsOf(part))}`;
    return part instanceof Uint8Array ? printCommand(part) : `cat ${shellWord([`./${part.path}`])}`;
  });
  return commands.length === 1 ? commands.join('') : `{ ${commands.join('; ')}; }`;
}

/** The bytes as text, when they are one that an argument can hold. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function limits({ redirects, timeouts }: HttpRequest): readonly string[] {
  const seconds = (time: number): string => String(time / 1000);
  return [
    ...(redirects > 0 ? [redirects === DEFAULT_REDIRECTS ? '--location' : `--location --max-redirs ${redirects}`] : []),
    ...(timeouts.connect === undefined ? [] : [`--connect-timeout ${seconds(timeouts.connect)}`]),
    ...(timeouts.total === undefined ? [] : [`--max-time ${seconds(timeouts.total)}`]),
  ];
}

/** As many as are followed where the files do not say; curl stops at 50, which makes no difference to read about. */
const DEFAULT_REDIRECTS = 10;
