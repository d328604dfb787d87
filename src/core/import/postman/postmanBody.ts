import type { JsonValue } from '../../json/jsonValue';
import { enabled, fieldsOf } from '../fields';
import type { ImportedBody, ImportedPart } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import { anyText, isTrueAt, itemsAt, member, scalarText, textAt } from '../importTree';
import type { Placeholders } from '../placeholders';

const languages: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
};

/** The body of a request, if it has one. */
export function postmanBody(
  value: JsonValue | undefined,
  placeholders: Placeholders,
  notes: ImportNote[],
): ImportedBody | undefined {
  if (value === undefined || isTrueAt(value, 'disabled')) return undefined;
  const text = (...path: readonly string[]): string => placeholders.text(anyText(member(value, ...path)));
  switch (textAt(value, 'mode')) {
    case 'raw': {
      const raw = text('raw');
      return raw === ''
        ? undefined
        : { kind: 'text', text: raw, type: languages[textAt(value, 'options', 'raw', 'language')] };
    }
    case 'urlencoded': {
      const listed = itemsAt(value, 'urlencoded');
      const fields = fieldsOf(listed, { name: 'key', value: 'value' }, 'form', placeholders, notes);
      return fields.length === 0 ? undefined : { kind: 'form', fields };
    }
    case 'formdata': {
      const parts = enabled(itemsAt(value, 'formdata'), 'key', 'multipart', notes).flatMap((item) =>
        postmanParts(item, placeholders, notes),
      );
      return parts.length === 0 ? undefined : { kind: 'multipart', parts };
    }
    case 'file': {
      const path = text('file', 'src');
      if (path !== '') return { kind: 'file', path };
      const content = text('file', 'content');
      if (content !== '') return { kind: 'text', text: content };
      notes.push(importNote('bodyFile'));
      return undefined;
    }
    case 'graphql':
      return {
        kind: 'graphql',
        query: text('graphql', 'query'),
        variables: text('graphql', 'variables'),
        operationName: text('graphql', 'operationName'),
      };
    default:
      return undefined;
  }
}

function postmanParts(item: JsonValue, placeholders: Placeholders, notes: ImportNote[]): readonly ImportedPart[] {
  const name = placeholders.text(textAt(item, 'key'));
  const type = textAt(item, 'contentType') || undefined;
  if (textAt(item, 'type') !== 'file') {
    return [{ name, content: { text: placeholders.text(anyText(member(item, 'value'))) }, type }];
  }
  const listed = itemsAt(item, 'src').flatMap((path) => scalarText(path) ?? []);
  const paths = listed.length > 0 ? listed : [textAt(item, 'src')].filter((path) => path !== '');
  if (paths.length === 0) notes.push(importNote('bodyFile'));
  const fileName = textAt(item, 'fileName') || undefined;
  return paths.map((path) => ({ name, content: { file: placeholders.text(path) }, type, fileName }));
}
