import { csharpHttpclient } from '@scalar/snippetz/plugins/csharp/httpclient';
import { goNative } from '@scalar/snippetz/plugins/go/native';
import { javaNethttp } from '@scalar/snippetz/plugins/java/nethttp';
import { jsAxios } from '@scalar/snippetz/plugins/js/axios';
import { jsFetch } from '@scalar/snippetz/plugins/js/fetch';
import { phpGuzzle } from '@scalar/snippetz/plugins/php/guzzle';
import { powershellWebrequest } from '@scalar/snippetz/plugins/powershell/webrequest';
import { pythonRequests } from '@scalar/snippetz/plugins/python/requests';
import { rubyNative } from '@scalar/snippetz/plugins/ruby/native';
import type { PartsOf, ShellPart } from '../curl/shellText';
import { LatchkeyError } from '../errors';
import { withCredentials } from '../http/credentials';
import type { HttpRequest } from '../http/httpRequest';
import { Secret, type Sensitive } from '../secret';
import { expression, literals, type Literals } from './literals';
import type { SnippetLanguage } from './snippetLanguages';

type Plugin = typeof jsFetch;

interface Target {
  readonly plugin: Plugin;
  readonly literals: Literals;
  /** What makes the plugin write a body as it is. */
  readonly mimeType: string;
  /** The plugin leaves out some headers by their names, which are put in afterwards. */
  readonly hidesNames?: true;
  readonly finish?: (code: string, method: string, contentType: string) => string;
}

const TEXT = 'text/plain';

const targets: Readonly<Record<SnippetLanguage, Target>> = {
  fetch: { plugin: jsFetch, literals: literals.js, mimeType: TEXT },
  axios: { plugin: jsAxios, literals: literals.js, mimeType: TEXT },
  python: {
    plugin: pythonRequests,
    literals: literals.python,
    mimeType: 'application/octet-stream',
    finish: (code, method) =>
      `${code.includes('os.environ') ? 'import os\n' : ''}import requests\n\n${withPythonMethod(code, method)}`,
  },
  go: {
    plugin: goNative,
    literals: literals.go,
    mimeType: TEXT,
    finish: (code) => (code.includes('os.Getenv') ? code.replace('\t"net/http"\n', '\t"net/http"\n\t"os"\n') : code),
  },
  java: { plugin: javaNethttp, literals: literals.java, mimeType: TEXT },
  csharp: {
    plugin: csharpHttpclient,
    literals: literals.csharp,
    mimeType: TEXT,
    hidesNames: true,
    // It would add a charset to the type otherwise.
    finish: (code, _, contentType) =>
      code.replace(
        /System\.Text\.Encoding\.UTF8, "text\/plain"\);/,
        () =>
          `System.Text.Encoding.UTF8);\nrequest.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(${contentType});`,
      ),
  },
  php: { plugin: phpGuzzle, literals: literals.php, mimeType: TEXT },
  ruby: { plugin: rubyNative, literals: literals.ruby, mimeType: TEXT },
  powershell: { plugin: powershellWebrequest, literals: literals.powershell, mimeType: TEXT },
};

/**
 * Code that sends what the request sends. What is secret, or only known when it is sent, is read from environment
 * variables. The library writes the code around marks; what comes from the request is put in by the rules of each
 * language, so that no text can be taken for code.
 * @throws LatchkeyError `snippet.*` where the code could not send the same.
 */
export function snippetText(written: HttpRequest, partsOf: PartsOf, language: SnippetLanguage): string {
  const request = withPlainCredentials(written);
  // The library writes it as it is.
  if (!/^[A-Za-z-]+$/.test(request.method)) throw new LatchkeyError('snippet.notPossible');
  const { plugin, literals: rules, mimeType, finish, hidesNames } = targets[language];
  const marks = new Map<string, readonly ShellPart[]>();
  const mark = (name: string, value: Sensitive): string => {
    marks.set(name, partsOf(value));
    return name;
  };
  const [first] = partsOf(request.url);
  const scheme = typeof first === 'string' && first.startsWith('https:') ? 'https' : 'http';
  const url = `${scheme}://lk-url.invalid/`;
  marks.set(url, partsOf(request.url));
  const isHidden = (name: string): boolean => hidesNames === true && name.toLowerCase() !== 'content-type';
  const headers = request.headers.map(([name, value], index) => ({
    name: isHidden(name) ? `lkName${index}x` : plainName(name),
    value: mark(`lkHeader${index}x`, value),
  }));
  const body = bodyOf(request);
  const code = plugin.generate({
    ...{ method: request.method, url, headers },
    ...{ httpVersion: 'HTTP/1.1', cookies: [], queryString: [], headersSize: -1, bodySize: -1 },
    ...(body === undefined ? {} : { postData: { mimeType, text: mark('lkBodyx', body) } }),
  });
  const typeAt = request.headers.findIndex(([name]) => name.toLowerCase() === 'content-type');
  const typeMark = `lkHeader${typeAt}x`;
  const isOwnType = hidesNames === true && body !== undefined;
  // What the library has left out, or written in a way that is not known here, would send something else.
  const isLost = [...marks.keys()].some(
    (each) => !code.includes(each.replace(/\/$/, '')) && !(isOwnType && each === typeMark),
  );
  if (isLost) throw new LatchkeyError('snippet.notPossible');
  const named = code.replace(/lkName(\d+)x/g, (_, index: string) =>
    plainName(request.headers[Number(index)]?.[0] ?? ''),
  );
  const filled = filledIn(named, marks, rules);
  const contentType = marks.get(typeMark);
  return `${finish?.(filled, request.method, expression(contentType ?? [TEXT], rules)) ?? filled}\n`;
}

/** Marks stand in quotes, or between the three quotes of a raw text, and become expressions with what they hold. */
function filledIn(code: string, marks: ReadonlyMap<string, readonly ShellPart[]>, rules: Literals): string {
  const filled = code.replace(
    /"""\n(lkBodyx)\n"""|(b?)(["'])(https?:\/\/lk-url\.invalid\/?|lkHeader\d+x|lkBodyx)\3/g,
    (whole, raw: string | undefined, bytes: string | undefined, _quote, name: string | undefined) => {
      const parts = marks.get(raw ?? name ?? '') ?? marks.get(`${name ?? ''}/`);
      if (!parts) return whole;
      const value = expression(parts, rules);
      return bytes === 'b' ? `${value}.encode()` : value;
    },
  );
  if (/lk-url\.invalid|lkHeader\d+x|lkBodyx/.test(filled)) throw new LatchkeyError('snippet.notPossible');
  return filled;
}

/** Credentials in the place where they are sent; a signature is made anew for each request. */
function withPlainCredentials(request: HttpRequest): HttpRequest {
  const { auth } = request;
  if (auth.kind === 'basic' || auth.kind === 'bearer' || auth.kind === 'apiKey') return withCredentials(request, auth);
  if (auth.kind === 'digest' || auth.kind === 'awsSigV4' || auth.kind === 'hmac')
    throw new LatchkeyError('snippet.signed');
  return request;
}

function bodyOf({ body }: HttpRequest): Sensitive | undefined {
  if (body === undefined || body instanceof Secret) return body;
  const parts = body instanceof Uint8Array ? [body] : body.parts;
  const texts = parts.map((part): Sensitive => {
    if (part instanceof Secret) return part;
    if (!(part instanceof Uint8Array)) throw new LatchkeyError('snippet.bodyNotText');
    return decoded(part);
  });
  const [only] = texts;
  if (texts.length === 1) return only;
  return texts.some((text) => text instanceof Secret) ? Secret.join(texts) : texts.join('');
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new LatchkeyError('snippet.bodyNotText', {}, { cause });
  }
}

/** Names are written by the library as they are. */
function plainName(name: string): string {
  if (!/^[\w.~!#%^*+-]+$/.test(name)) throw new LatchkeyError('snippet.notPossible');
  return name;
}

/** Requests has functions for some methods only. */
function withPythonMethod(code: string, method: string): string {
  if (['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].includes(method)) return code;
  return code.replace(/^requests\.[^(]*\(/, () => `requests.request("${method.replaceAll(/["\\]/g, '')}", `);
}
