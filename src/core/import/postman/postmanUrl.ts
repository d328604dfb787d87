import { expressionMark } from '../../curl/marks';
import type { JsonValue } from '../../json/jsonValue';
import { fieldsOf } from '../fields';
import type { ImportedField, ImportedVariable } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import { anyText, itemsAt, member, scalarText, textAt } from '../importTree';
import type { Placeholders } from '../placeholders';

export interface PostmanUrl {
  readonly url: string;
  readonly query: readonly ImportedField[];
  readonly variables: readonly ImportedVariable[];
}

/** The URL of a request: a text, or an object with its parts. `:name` in its path becomes a variable. */
export function postmanUrl(value: JsonValue | undefined, placeholders: Placeholders, notes: ImportNote[]): PostmanUrl {
  const raw = scalarText(value) ?? (textAt(value, 'raw') || joined(value));
  const listed = itemsAt(value, 'query');
  const mark = raw.indexOf('?');
  // The list says which parameters are switched off; the text has lost them.
  const hasList = listed.length > 0 || mark < 0;
  const query = hasList ? fieldsOf(listed, { name: 'key', value: 'value' }, 'query', placeholders, notes) : [];
  const address = (hasList && mark >= 0 ? raw.slice(0, mark) : raw).replace(/#[^{}]*$/, '');
  return { ...withPathVariables(placeholders.text(address), itemsAt(value, 'variable'), placeholders, notes), query };
}

/** Path variables of `/orders/:id`, with the values that are listed for them. */
function withPathVariables(
  url: string,
  listed: readonly JsonValue[],
  placeholders: Placeholders,
  notes: ImportNote[],
): Omit<PostmanUrl, 'query'> {
  const values = new Map(listed.map((item) => [textAt(item, 'key') || textAt(item, 'id'), member(item, 'value')]));
  return pathVariables(url, /(?<=\/):([A-Za-z_][\w-]*)(?=[/?.:]|$)/g, values, placeholders, notes);
}

/** Replaces what a pattern finds in the path by variables of the request. */
export function pathVariables(
  url: string,
  pattern: RegExp,
  values: ReadonlyMap<string, JsonValue | undefined>,
  placeholders: Placeholders,
  notes: ImportNote[],
): Omit<PostmanUrl, 'query'> {
  const variables = new Map<string, ImportedVariable>();
  const [path = '', ...rest] = url.split('?');
  const replaced = path.replace(pattern, (_, written: string) => {
    const name = placeholders.name(written);
    const text = placeholders.text(anyText(values.get(written)));
    if (text === '') notes.push(importNote('pathVariable', { name }));
    // A value that is the variable of the same name needs no other.
    if (text !== expressionMark(name)) variables.set(name, { name, value: { kind: 'text', text } });
    return expressionMark(name);
  });
  return { url: [replaced, ...rest].join('?'), variables: [...variables.values()] };
}

function joined(value: JsonValue | undefined): string {
  const protocol = textAt(value, 'protocol');
  const part = (name: string, by: string): string =>
    scalarText(member(value, name)) ??
    itemsAt(value, name)
      .map((each) => scalarText(each) ?? textAt(each, 'value'))
      .join(by);
  const port = textAt(value, 'port');
  const path = part('path', '/').replace(/^\/?/, '/');
  const host = `${part('host', '.')}${port === '' ? '' : `:${port}`}`;
  return host === '' ? '' : `${protocol === '' ? '' : `${protocol}://`}${host}${path === '/' ? '' : path}`;
}
