import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import type { CurlCommand, CurlData, CurlNotice } from './curlCommand';
import { formPairs, grouped } from './curlUrl';
import { expressionMark } from './marks';
import { jsonTree } from './jsonTree';
import { multipartEntries } from './curlMultipart';
import { filePath } from './filePath';
import type { SecretKeeper } from './secretKeeper';

/** A body as a request file writes it, and the `Content-Type` that the request then has by itself. */
export interface DraftBody {
  readonly entry: NewYamlEntry | undefined;
  readonly ownType: string | undefined;
  /** What curl sends as `Content-Type` where no header says otherwise. */
  readonly curlType: string | undefined;
}

/** What stands for the standard input that is not there. */
const standardInput = '-';

/** The body of a command, in the most telling of the forms that send the same. */
export function draftBody(
  command: CurlCommand,
  type: string | undefined,
  secrets: SecretKeeper,
  notices: CurlNotice[],
): DraftBody {
  const { form, upload, data } = command;
  if (form.length > 0) {
    const parts = multipartEntries(form, secrets);
    return {
      entry: ['multipart', { kind: 'map', entries: parts }],
      ownType: 'multipart/form-data',
      curlType: undefined,
    };
  }
  if (upload !== undefined) return fromFile(command, upload, undefined, { notices, secrets });
  if (data.length === 0 || command.get === true) return { entry: undefined, ownType: undefined, curlType: undefined };
  const isJson = data.some(({ kind }) => kind === 'json');
  const curlType = isJson ? 'application/json' : 'application/x-www-form-urlencoded';
  const [only] = data;
  const file = data.length === 1 && only ? fileOf(only) : undefined;
  if (file !== undefined) {
    if (only?.kind === 'text') notices.push({ kind: 'fileStripped' });
    return fromFile(command, file, curlType, { notices, secrets });
  }
  const text = data
    .map((each) => dataText(each, notices))
    .reduce((all, each, index) => all + (index > 0 && !isJson ? '&' : '') + each, '');
  return { ...textBody(text, type ?? curlType, secrets), curlType };
}

/** The data of a command, as `-G` puts it into the query. */
export function dataQuery({ data }: CurlCommand, notices: CurlNotice[]): string {
  return data.map((each) => dataText(each, notices)).join('&');
}

function textBody(text: string, type: string, secrets: SecretKeeper): Omit<DraftBody, 'curlType'> {
  const essence = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const pairs = essence === 'application/x-www-form-urlencoded' ? formPairs(text) : undefined;
  if (pairs) {
    const fields = [...grouped(pairs)].map(([name, values]): NewYamlEntry => [
      name,
      fieldValue(values.map((value) => secrets.field(name, value))),
    ]);
    return { entry: ['form', { kind: 'map', entries: fields }], ownType: 'application/x-www-form-urlencoded' };
  }
  const mayBeJson = /^\s*[{[]/.test(text) || /[/+]json$/.test(essence);
  // Read once before: what turns out to be no JSON after all must leave no secrets behind.
  const isJson = mayBeJson && jsonTree(text, (value) => value) !== undefined;
  const tree = isJson ? jsonTree(text, (value, name) => secrets.field(name, value)) : undefined;
  if (tree) return { entry: ['json', tree], ownType: 'application/json' };
  return { entry: ['text', { kind: 'text', text: secrets.within(text) }], ownType: 'text/plain; charset=utf-8' };
}

/** One value, or the list that repeats the entry. */
export function fieldValue(values: readonly string[]): NewYaml {
  const texts = values.map((text): NewYaml => ({ kind: 'text', text }));
  const [first] = texts;
  return texts.length === 1 && first ? first : { kind: 'list', items: texts };
}

function fromFile(
  { input }: CurlCommand,
  file: string,
  curlType: string | undefined,
  { notices, secrets }: { readonly notices: CurlNotice[]; readonly secrets: SecretKeeper },
): DraftBody {
  if (file !== standardInput) {
    return { entry: ['file', { kind: 'text', text: filePath(file) }], ownType: undefined, curlType };
  }
  if (input === undefined) notices.push({ kind: 'standardInput' });
  const text = secrets.within(input ?? '');
  return { entry: ['text', { kind: 'text', text }], ownType: 'text/plain; charset=utf-8', curlType };
}

function fileOf({ kind, value }: CurlData): string | undefined {
  return kind !== 'raw' && kind !== 'urlencode' && value.startsWith('@') ? value.slice(1) : undefined;
}

function dataText(data: CurlData, notices: CurlNotice[]): string {
  const file = fileOf(data);
  if (file !== undefined) {
    notices.push({ kind: 'mixedFiles' });
    return expressionMark(`file:${filePath(file)}`);
  }
  return data.kind === 'urlencode' ? encodedData(data.value, notices) : data.value;
}

/** `content`, `=content`, `name=content`, `@file`, `name@file`: only the content is encoded. */
function encodedData(value: string, notices: CurlNotice[]): string {
  const [, name = '', mark, content = ''] = /^([^=@]*)([=@])([^]*)$/.exec(value) ?? ['', '', '=', value];
  const prefix = name === '' ? '' : `${name}=`;
  if (mark === '@') {
    notices.push({ kind: 'mixedFiles' });
    return `${prefix}${expressionMark(`file:${filePath(content)}|url`)}`;
  }
  return prefix + encoded(content);
}

/** All but unreserved characters (RFC 3986 §2.3), as curl does. Marks stay. */
function encoded(text: string): string {
  return text.replace(/\ufdd4([^\ufdd5]*)\ufdd5|[^\ufdd4A-Za-z0-9\-._~]+/g, (part, source: string | undefined) => {
    if (source !== undefined) return expressionMark(`${source}|url`);
    const bytes = new TextEncoder().encode(part);
    return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  });
}
