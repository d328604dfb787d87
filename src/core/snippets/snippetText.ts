import type { PartsOf, ShellPart } from '../curl/shellText';
import { LatchkeyError } from '../errors';
import { withCredentials } from '../http/credentials';
import type { HttpRequest } from '../http/httpRequest';
import type { FormField } from '../http/requestBody';
import type { Sensitive } from '../secret';
import { expression, type Literals } from './literals';
import { snippetBody, type SnippetBody } from './snippetBody';
import { snippetLanguages, type SnippetLanguage } from './snippetLanguages';
import { BODY_MARK, snippetTargets, TEXT, type SnippetTarget, type WrittenField } from './snippetTargets';

/**
 * Code that sends what the request sends. What is secret, or only known when it is sent, is read from environment
 * variables, files are read from the workspace folder. The library writes the code around marks; what comes from the
 * request is put in by the rules of each language, so that no text can be taken for code.
 * @throws LatchkeyError `snippet.*` where the code could not send the same, with what can.
 */
export function snippetText(written: HttpRequest, partsOf: PartsOf, language: SnippetLanguage): string {
  const target = snippetTargets[language];
  const body = snippetBody(written);
  const request = withPlainCredentials(body?.kind === 'form' ? withoutContentType(written) : written, target);
  if (body) requireBody(body, target);
  // The library writes it as it is.
  if (!/^[A-Za-z-]+$/.test(request.method)) throw new LatchkeyError('snippet.notPossible');
  const marks = new Marks(partsOf);
  const code = withNames(libraryCode(request, body, target, marks), request);
  const typeAt = request.headers.findIndex(([name]) => name.toLowerCase() === 'content-type');
  const contentType = typeAt < 0 ? `"${TEXT}"` : `"lkHeader${typeAt}x"`;
  const whole = withDigest(withBody(code, body, target, marks), request, target, marks);
  const filled = marks.fill(target.correct?.(whole, contentType) ?? whole, target.literals);
  return `${target.finish?.(filled, request.method) ?? filled}\n`;
}

/** What the library writes around marks. */
function libraryCode(
  request: HttpRequest,
  body: SnippetBody | undefined,
  { plugin, mimeType, hidesNames }: SnippetTarget,
  marks: Marks,
): string {
  const [first] = marks.partsOf(request.url);
  const scheme = typeof first === 'string' && first.startsWith('https:') ? 'https' : 'http';
  const isHidden = (name: string): boolean => hidesNames === true && name.toLowerCase() !== 'content-type';
  const isOwnType = (name: string): boolean =>
    hidesNames === true && body !== undefined && name.toLowerCase() === 'content-type';
  const code = plugin.generate({
    method: request.method,
    url: marks.set(`${scheme}://lk-url.invalid/`, request.url),
    headers: request.headers.map(([name, value], index) => ({
      name: isHidden(name) ? `lkName${index}x` : plainName(name),
      value: marks.set(`lkHeader${index}x`, value),
    })),
    ...{ httpVersion: 'HTTP/1.1', cookies: [], queryString: [], headersSize: -1, bodySize: -1 },
    ...(body && { postData: { mimeType, text: marks.set(BODY_MARK, body.kind === 'text' ? body.text : '') } }),
  });
  // What the library has left out, or written in a way that is not known here, would send something else.
  const wanted = [
    'lk-url.invalid',
    ...request.headers.flatMap(([name], index) => (isOwnType(name) ? [] : [`lkHeader${index}x`])),
    ...(body ? [BODY_MARK] : []),
  ];
  if (wanted.some((mark) => !code.includes(mark))) throw new LatchkeyError('snippet.notPossible');
  return code;
}

function withNames(code: string, { headers }: HttpRequest): string {
  return code.replace(/lkName(\d+)x/g, (_, index: string) => plainName(headers[Number(index)]?.[0] ?? ''));
}

/** Texts of the request, by the marks that stand for them until the code is whole. */
class Marks {
  readonly #parts = new Map<string, readonly ShellPart[]>();
  readonly partsOf: PartsOf;

  constructor(partsOf: PartsOf) {
    this.partsOf = partsOf;
  }

  set(mark: string, value: Sensitive): string {
    this.#parts.set(mark, this.partsOf(value));
    return mark;
  }

  /** A new mark, in quotes. */
  quoted(value: Sensitive): string {
    return `"${this.set(`lkPart${this.#parts.size}x`, value)}"`;
  }

  /**
   * Marks stand in quotes, or between the three quotes of a raw text, and become expressions with what they hold. All
   * at once, so that no text of the request is taken for one.
   */
  fill(code: string, rules: Literals): string {
    const filled = code.replace(
      /"""\n(lkBodyx)\n"""|(b?)(["'])(https?:\/\/lk-url\.invalid\/?|lkHeader\d+x|lkPart\d+x|lkBodyx)\3/g,
      (whole, raw: string | undefined, bytes: string | undefined, _quote, name: string | undefined) => {
        const parts = this.#parts.get(raw ?? name ?? '') ?? this.#parts.get(`${name ?? ''}/`);
        if (!parts) return whole;
        const value = expression(parts, rules);
        return bytes === 'b' ? `${value}.encode()` : value;
      },
    );
    if (/lk-url\.invalid|lkHeader\d+x|lkPart\d+x|lkBodyx/.test(filled)) throw new LatchkeyError('snippet.notPossible');
    return filled;
  }
}

function withBody(code: string, body: SnippetBody | undefined, { body: rules }: SnippetTarget, marks: Marks): string {
  if (body?.kind === 'file') return changed(code, rules.file(code, marks.quoted(body.path)));
  if (body?.kind !== 'form') return code;
  const fields = body.fields.map((field) => writtenField(field, marks));
  return changed(code, rules.form?.(code, fields) ?? code);
}

function withDigest(code: string, { auth, url }: HttpRequest, { digest }: SnippetTarget, marks: Marks): string {
  if (auth.kind !== 'digest' || !digest) return code;
  const [username, password] = [marks.quoted(auth.username), marks.quoted(auth.password)];
  return changed(code, digest(code, username, password, marks.quoted(url)));
}

/** The library's code may have come to look another way than is known here. */
function changed(before: string, after: string): string {
  if (before === after) throw new LatchkeyError('snippet.notPossible');
  return after;
}

function writtenField({ name, content, type, fileName }: FormField, marks: Marks): WrittenField {
  const isFile = typeof content === 'object' && 'path' in content;
  return {
    name: marks.quoted(name),
    content: marks.quoted(isFile ? `./${content.path}` : content),
    type: type === undefined ? undefined : marks.quoted(type),
    fileName: fileName === undefined ? undefined : marks.quoted(fileName),
  };
}

function requireBody(body: SnippetBody, { body: rules }: SnippetTarget): void {
  if (body.kind === 'other') throw new LatchkeyError('snippet.bodyNotText');
  if (body.kind !== 'form') return;
  const hasTypedTexts = body.fields.some(({ type, fileName }) => type !== undefined && fileName === undefined);
  const isWritten = (of: SnippetTarget['body']): boolean =>
    of.form !== undefined && (!hasTypedTexts || of.hasTypedTexts === true);
  if (!isWritten(rules)) throw refusal('snippet.form', (target) => isWritten(target.body));
  // Languages differ in how they write a line end there.
  if (body.fields.some(({ name, fileName }) => /[\r\n]/.test(name + (fileName ?? ''))))
    throw new LatchkeyError('snippet.notPossible');
}

/** Credentials in the place where they are sent, and those that the language makes itself; others are refused. */
function withPlainCredentials(request: HttpRequest, { digest }: SnippetTarget): HttpRequest {
  const { auth } = request;
  switch (auth.kind) {
    case 'none':
    case 'auto':
    case 'connection':
      return request;
    case 'basic':
    case 'bearer':
    case 'apiKey':
      return withCredentials(request, auth);
    case 'digest':
      if (!digest) throw refusal('snippet.digest', (target) => target.digest !== undefined);
      return request;
    case 'awsSigV4':
      throw new LatchkeyError('snippet.awsSigV4');
    case 'hmac':
      throw new LatchkeyError('snippet.hmac', { header: auth.header });
  }
}

/** Names the languages that can. */
function refusal(code: 'snippet.form' | 'snippet.digest', isAble: (target: SnippetTarget) => boolean): LatchkeyError {
  const able = snippetLanguages.filter(({ id }) => isAble(snippetTargets[id]));
  return new LatchkeyError(code, { languages: able.map(({ title }) => title).join(', ') });
}

/** The boundary is the business of whoever makes the form. */
function withoutContentType(request: HttpRequest): HttpRequest {
  return { ...request, headers: request.headers.filter(([name]) => name.toLowerCase() !== 'content-type') };
}

/** Names are written by the library as they are. */
function plainName(name: string): string {
  if (!/^[\w.~!#%^*+-]+$/.test(name)) throw new LatchkeyError('snippet.notPossible');
  return name;
}
