import type { HttpRequest } from '../http/httpRequest';
import type { ComposedBody, FormField } from '../http/requestBody';
import { revealForTransport, Secret, type Sensitive } from '../secret';
import { printCommand, shellWord, type PartsOf } from './shellText';

/** Shells take arguments of 128 kB; what is longer is piped. */
const LONGEST_ARGUMENT = 100_000;

export interface BodyOptions {
  readonly options: readonly string[];
  /** The command whose output is the body. */
  readonly input: string | undefined;
  /** curl writes the `Content-Type` itself. */
  readonly isForm: boolean;
}

const PIPED = ['--data-binary @-'];

/** A body as curl takes it; `undefined` when there is none. Paths start at the workspace folder. */
export function bodyOptions({ body, headers }: HttpRequest, partsOf: PartsOf): BodyOptions | undefined {
  if (body === undefined) return undefined;
  if ('parts' in body) return composedOptions(body, headers, partsOf);
  const bytes = body instanceof Secret ? new TextEncoder().encode(revealForTransport(body)) : body;
  const plain = textOf(bytes);
  const text = plain !== undefined && body instanceof Secret ? body : plain;
  if (text === undefined) return { options: PIPED, input: printCommand(bytes), isForm: false };
  const word = shellWord(partsOf(text));
  if (body.length > LONGEST_ARGUMENT) return { options: PIPED, input: `printf '%s' ${word}`, isForm: false };
  return { options: [`--data-raw ${word}`], input: undefined, isForm: false };
}

function composedOptions(body: ComposedBody, headers: HttpRequest['headers'], partsOf: PartsOf): BodyOptions {
  const [only] = body.parts;
  if (body.parts.length === 1 && only && 'path' in only) {
    return { options: [`--data-binary ${shellWord([`@./${only.path}`])}`], input: undefined, isForm: false };
  }
  const form = isPlainForm(headers) ? formOptions(body.form ?? [], partsOf) : undefined;
  if (form) return { options: form, input: undefined, isForm: true };
  return { options: PIPED, input: partsInput(body, partsOf), isForm: false };
}

/** Whether the type is the one that curl gives a form. */
function isPlainForm(headers: HttpRequest['headers']): boolean {
  const types = headers.filter(([name]) => name.toLowerCase() === 'content-type');
  const [type] = types;
  return types.length === 1 && /^multipart\/form-data; *boundary=\S+$/i.test(revealForTransport(type?.[1] ?? ''));
}

/** `undefined` where a field cannot be written so that curl sends just what the request has. */
function formOptions(fields: readonly FormField[], partsOf: PartsOf): readonly string[] | undefined {
  const options = fields.map((field) => formOption(field, partsOf));
  const whole = options.every((option) => option !== undefined);
  return whole && options.length > 0 && options.join(' ').length < LONGEST_ARGUMENT ? options : undefined;
}

/** What curl takes for a type; anything else ends the option early. */
const TYPE = /^[\w.+*-]+\/[\w.+*-]+(?:; ?charset=[\w-]+)?$/;

function formOption({ name, content, type, fileName }: FormField, partsOf: PartsOf): string | undefined {
  // curl cuts at the first equals sign, and writes line ends in names in another way.
  if (/[=\r\n]/.test(name) || name === '' || (type !== undefined && !TYPE.test(type))) return undefined;
  const ending = type === undefined ? '' : `;type=${type}`;
  if (!isSensitive(content)) {
    if (fileName === undefined || /[\r\n]/.test(fileName)) return undefined;
    const own = content.path.slice(content.path.lastIndexOf('/') + 1);
    const called = fileName === own ? '' : `;filename=${quoted(fileName)}`;
    return `-F ${shellWord([`${name}=@${quoted(`./${content.path}`)}${ending}${called}`])}`;
  }
  // As it would be cut at a NUL.
  if (revealForTransport(content).includes('\0')) return undefined;
  if (type === undefined) return `--form-string ${shellWord([`${name}=`, ...partsOf(content)])}`;
  // What a variable holds could end the quotes.
  return typeof content === 'string' ? `-F ${shellWord([`${name}=${quoted(content)}${ending}`])}` : undefined;
}

/** Quotes of curl's own, within those of the shell. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function isSensitive(content: FormField['content']): content is Sensitive {
  return typeof content === 'string' || content instanceof Secret;
}

/** The commands that write such a body. */
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
