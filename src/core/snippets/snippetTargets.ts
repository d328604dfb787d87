import { csharpHttpclient } from '@scalar/snippetz/plugins/csharp/httpclient';
import { goNative } from '@scalar/snippetz/plugins/go/native';
import { javaNethttp } from '@scalar/snippetz/plugins/java/nethttp';
import { jsAxios } from '@scalar/snippetz/plugins/js/axios';
import { jsFetch } from '@scalar/snippetz/plugins/js/fetch';
import { phpGuzzle } from '@scalar/snippetz/plugins/php/guzzle';
import { powershellWebrequest } from '@scalar/snippetz/plugins/powershell/webrequest';
import { pythonRequests } from '@scalar/snippetz/plugins/python/requests';
import { rubyNative } from '@scalar/snippetz/plugins/ruby/native';
import { literals, type Literals } from './literals';
import type { SnippetLanguage } from './snippetLanguages';

/** A field of a form. Its texts are marks in quotes, to be replaced by expressions. */
export interface WrittenField {
  readonly name: string;
  /** Its text, or the path of its file. */
  readonly content: string;
  /** Absent: none is written. */
  readonly type: string | undefined;
  /** What its file is called; absent: it is a text. */
  readonly fileName: string | undefined;
}

/** What stands in the place of the body's mark, in code that has nothing but marks of the request yet. */
export interface BodyRules {
  /** Reads the file at a path. */
  readonly file: (code: string, path: string) => string;
  /** Builds the form; absent: the language has none, or none that sends the same. */
  readonly form?: (code: string, fields: readonly WrittenField[]) => string;
  /** A text with a media type of its own can be a field of that form. */
  readonly hasTypedTexts?: true;
}

export interface SnippetTarget {
  readonly plugin: typeof jsFetch;
  readonly literals: Literals;
  /** What makes the plugin write a body as it is. */
  readonly mimeType: string;
  /** The plugin leaves out some headers by their names, which are put in afterwards. */
  readonly hidesNames?: true;
  readonly body: BodyRules;
  /** Has Digest challenges answered. All but the code are marks in quotes. */
  readonly digest?: (code: string, username: string, password: string, url: string) => string;
  /** Corrects code that has nothing but marks of the request yet; the type of the body is one, or a text in quotes. */
  readonly correct?: (code: string, contentType: string) => string;
  /** Adds to the whole code. */
  readonly finish?: (code: string, method: string) => string;
}

export const TEXT = 'text/plain';

/** A body's mark, as the languages write a text. */
export const BODY_MARK = 'lkBodyx';
const anyBody = /"""\nlkBodyx\n"""|b?(["'])lkBodyx\1/;

const inPlace = (code: string, of: RegExp, by: string): string => code.replace(of, () => by);
const insteadOfBody = (code: string, by: string): string => inPlace(code, anyBody, by);

const readFile = 'import { readFile } from "node:fs/promises";\n';

const jsBody: BodyRules = {
  file: (code, path) => readFile + blankBefore(insteadOfBody(code, `await readFile(${path})`)),
  form: (code, fields) => {
    const lines = fields.map(({ name, content, type, fileName }) => {
      if (fileName === undefined) return `form.append(${name}, ${content});`;
      const options = type === undefined ? '' : `, { type: ${type} }`;
      return `form.append(${name}, new File([await readFile(${content})], ${fileName}${options}));`;
    });
    const form = ['const form = new FormData();', ...lines].join('\n');
    // axios is imported above the form.
    const [, imports = '', rest = ''] = /^((?:import .*\n)*)\n*([^]*)$/.exec(insteadOfBody(code, 'form')) ?? [];
    return `${readFile}${imports}\n${form}\n\n${rest}`;
  },
};

const blankBefore = (code: string): string => (code.startsWith('import ') ? code : `\n${code}`);

const python: SnippetTarget = {
  plugin: pythonRequests,
  literals: literals.python,
  mimeType: 'application/octet-stream',
  body: {
    file: (code, path) => insteadOfBody(code, `open(${path}, "rb")`),
    form: (code, fields) => {
      const lines = fields.map(({ name, content, type, fileName }) => {
        const what = fileName === undefined ? `None, ${content}` : `${fileName}, open(${content}, "rb")`;
        return `      (${name}, (${what}${type === undefined ? '' : `, ${type}`})),\n`;
      });
      return inPlace(code, /data=b?(["'])lkBodyx\1/, `files=[\n${lines.join('')}    ]`);
    },
    hasTypedTexts: true,
  },
  digest: (code, username, password) =>
    inPlace(code, /\n?\)\s*$/, `,\n    auth=requests.auth.HTTPDigestAuth(${username}, ${password})\n)`),
  finish: (code, method) =>
    `${code.includes('os.environ') ? 'import os\n' : ''}import requests\n\n${withPythonMethod(code, method)}`,
};

const go: SnippetTarget = {
  plugin: goNative,
  literals: literals.go,
  mimeType: TEXT,
  body: {
    file: (code, path) =>
      inPlace(
        code.replace('\t"fmt"\n', '\t"bytes"\n\t"fmt"\n').replace('\t"strings"\n', '\t"os"\n'),
        /payload := strings\.NewReader\((["'])lkBodyx\1\)/,
        `data, _ := os.ReadFile(${path})\n\tpayload := bytes.NewReader(data)`,
      ),
  },
  finish: (code) =>
    code.includes('os.Getenv') && !code.includes('\t"os"\n')
      ? code.replace('\t"net/http"\n', '\t"net/http"\n\t"os"\n')
      : code,
};

const csharp: SnippetTarget = {
  plugin: csharpHttpclient,
  literals: literals.csharp,
  mimeType: TEXT,
  hidesNames: true,
  body: {
    file: (code, path) =>
      inPlace(
        code,
        /new StringContent\(\s*(?:"""\nlkBodyx\n"""|"lkBodyx"),\s*System\.Text\.Encoding\.UTF8, "text\/plain"\)/,
        `new ByteArrayContent(System.IO.File.ReadAllBytes(${path}))`,
      ),
  },
  digest: (code, username, password, url) =>
    inPlace(
      code,
      /using var client = new HttpClient\(\);/,
      `var credentials = new System.Net.CredentialCache();\n` +
        `credentials.Add(new Uri(${url}), "Digest", new System.Net.NetworkCredential(${username}, ${password}));\n` +
        `using var client = new HttpClient(new HttpClientHandler { Credentials = credentials });`,
    ),
  // It would add a charset to the type otherwise.
  correct: (code, contentType) =>
    code.replace(
      /(System\.Text\.Encoding\.UTF8), "text\/plain"\);|(ReadAllBytes\(.*\)\));/,
      (_whole, text: string | undefined, file: string | undefined) =>
        `${text === undefined ? (file ?? '') : `${text})`};\nrequest.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(${contentType});`,
    ),
};

const php: SnippetTarget = {
  plugin: phpGuzzle,
  literals: literals.php,
  mimeType: TEXT,
  body: {
    file: (code, path) => insteadOfBody(code, openedInPhp(path)),
    form: (code, fields) => {
      const lines = fields.map(({ name, content, type, fileName }) => {
        const what = fileName === undefined ? content : `${openedInPhp(content)}, 'filename' => ${fileName}`;
        const headers = type === undefined ? '' : `, 'headers' => ['Content-Type' => ${type}]`;
        return `    ['name' => ${name}, 'contents' => ${what}${headers}]`;
      });
      return inPlace(code, /'body' => (["'])lkBodyx\1/, `'multipart' => [\n${lines.join(',\n')}\n  ]`);
    },
    hasTypedTexts: true,
  },
  digest: (code, username, password) => {
    const auth = `  'auth' => [${username}, ${password}, 'digest']\n]);`;
    return /\n\]\);\s*$/.test(code)
      ? inPlace(code, /\n\]\);\s*$/, `,\n${auth}`)
      : inPlace(code, /\);\s*$/, `, [\n${auth}`);
  },
};

const openedInPhp = (path: string): string => `GuzzleHttp\\Psr7\\Utils::tryFopen(${path}, 'r')`;

const ruby: SnippetTarget = {
  plugin: rubyNative,
  literals: literals.ruby,
  mimeType: TEXT,
  body: {
    file: (code, path) => insteadOfBody(code, `File.binread(${path})`),
    form: (code, fields) => {
      const lines = fields.map(({ name, content, type, fileName }) => {
        const what = fileName === undefined ? content : `File.open(${content}, 'rb')`;
        const more = [
          ...(fileName === undefined ? [] : [`filename: ${fileName}`]),
          ...(type === undefined ? [] : [`content_type: ${type}`]),
        ];
        return `  [${[name, what, ...(more.length === 0 ? [] : [`{ ${more.join(', ')} }`])].join(', ')}]`;
      });
      const form = `request.set_form([\n${lines.join(',\n')}\n], 'multipart/form-data')`;
      return inPlace(code, /request\.body = (["'])lkBodyx\1/, form);
    },
    hasTypedTexts: true,
  },
};

export const snippetTargets: Readonly<Record<SnippetLanguage, SnippetTarget>> = {
  fetch: { plugin: jsFetch, literals: literals.js, mimeType: TEXT, body: jsBody },
  axios: { plugin: jsAxios, literals: literals.js, mimeType: TEXT, body: jsBody },
  python,
  go,
  java: {
    plugin: javaNethttp,
    literals: literals.java,
    mimeType: TEXT,
    body: {
      file: (code, path) =>
        inPlace(
          code,
          /BodyPublishers\.ofString\((?:"""\nlkBodyx\n"""|"lkBodyx")\)/,
          `BodyPublishers.ofFile(java.nio.file.Path.of(${path}))`,
        ),
    },
  },
  csharp,
  php,
  ruby,
  powershell: {
    plugin: powershellWebrequest,
    literals: literals.powershell,
    mimeType: TEXT,
    body: { file: (code, path) => inPlace(code, /-Body (["'])lkBodyx\1/, `-InFile ${path}`) },
  },
};

/** Requests has functions for some methods only. */
function withPythonMethod(code: string, method: string): string {
  if (['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].includes(method)) return code;
  return code.replace(/^requests\.[^(]*\(/, () => `requests.request("${method.replaceAll(/["\\]/g, '')}", `);
}
