import type { DraftBody } from '../../curl/curlBody';
import { fieldValue } from '../../curl/curlBody';
import { formPairs, grouped } from '../../curl/curlUrl';
import { filePath } from '../../curl/filePath';
import { jsonTree } from '../../curl/jsonTree';
import { expressionMark, hasMarks, markedSources } from '../../curl/marks';
import type { SecretKeeper } from '../../curl/secretKeeper';
import type { NewYaml, NewYamlEntry } from '../../request/edit/newYaml';
import type { ImportedBody, ImportedField, ImportedPart } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import { plainText } from '../plainText';
import { fieldText } from './secretTexts';
import { mapYaml, textYaml } from './yamlParts';

/** Characters of the largest body that goes into a request file. */
const LONGEST_BODY = 1_000_000;

const nothing: DraftBody = { entry: undefined, ownType: undefined, curlType: undefined };

/** A body in the most telling of the forms that send the same. `type` is what the headers say. */
export function draftBody(
  body: ImportedBody | undefined,
  type: string | undefined,
  secrets: SecretKeeper,
  notes: ImportNote[],
): DraftBody {
  switch (body?.kind) {
    case undefined:
      return nothing;
    case 'form':
      return formBody(body.fields, secrets);
    case 'multipart': {
      const entry: NewYamlEntry = ['multipart', mapYaml(partEntries(body.parts, secrets, notes))];
      return { entry, ownType: 'multipart/form-data', curlType: undefined };
    }
    case 'file': {
      return { entry: ['file', textYaml(filePlace(body.path, notes))], ownType: undefined, curlType: body.type };
    }
    case 'graphql':
      return graphqlBody(body, secrets);
    case 'text':
      if (body.text.length > LONGEST_BODY) {
        notes.push(importNote('bodyTooBig'));
        return nothing;
      }
      return { ...textBody(body.text, type ?? body.type ?? '', secrets, notes), curlType: body.type };
  }
}

function formBody(fields: readonly ImportedField[], secrets: SecretKeeper): DraftBody {
  const pairs = fields.map(({ name, value }) => [plainText(name), value] as const);
  const entries = [...grouped(pairs)].map(([name, values]): NewYamlEntry => [
    name,
    fieldValue(values.map((value) => fieldText(name, value, secrets))),
  ]);
  return { entry: ['form', mapYaml(entries)], ownType: 'application/x-www-form-urlencoded', curlType: undefined };
}

function graphqlBody(
  { query, variables = '', operationName = '' }: Extract<ImportedBody, { kind: 'graphql' }>,
  secrets: SecretKeeper,
): DraftBody {
  const tree = variables.trim() === '' ? undefined : jsonBody(variables, secrets);
  const hasVariables = tree?.kind === 'map' && tree.entries.length > 0;
  const entries: NewYamlEntry[] = [['query', textYaml(lines(secrets.within(query)))]];
  if (hasVariables) entries.push(['variables', tree]);
  if (operationName !== '') entries.push(['operationName', textYaml(operationName)]);
  const [only] = entries;
  const entry: NewYamlEntry = ['graphql', entries.length === 1 && only ? only[1] : mapYaml(entries)];
  return { entry, ownType: 'application/json', curlType: undefined };
}

function textBody(text: string, type: string, secrets: SecretKeeper, notes: ImportNote[]): Omit<DraftBody, 'curlType'> {
  const essence = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (essence === 'application/x-www-form-urlencoded') {
    const pairs = formPairs(text.trim());
    if (pairs)
      return formBody(
        pairs.map(([name, value]) => ({ name, value })),
        secrets,
      );
  }
  const isJson = /[/+]json$/.test(essence);
  if (isJson || (essence === '' && /^\s*[{[]/.test(text))) {
    const tree = jsonBody(text, secrets);
    if (tree) return { entry: ['json', tree], ownType: 'application/json' };
    if (isJson && hasMarks(text)) notes.push(importNote('bodyText'));
  }
  const shown = lines(secrets.within(text));
  if (/[/+]xml$/.test(essence)) return { entry: ['xml', textYaml(shown)], ownType: 'application/xml' };
  return { entry: ['text', textYaml(shown)], ownType: 'text/plain; charset=utf-8' };
}

/** JSON as YAML. A variable without quotes around it is put in as the JSON that it holds. */
export function jsonBody(text: string, secrets: SecretKeeper): NewYaml | undefined {
  // Read once before: what turns out to be no JSON after all must leave no secrets behind.
  const asItIs = (value: string): string => value;
  if (!jsonTree(text, asItIs, asItIs)) return undefined;
  return jsonTree(
    text,
    (value, name) => fieldText(name, value, secrets),
    (mark) => {
      const source = markedSources(mark)[0] ?? '';
      return /^(?:random|now)\b/.test(source) ? mark : expressionMark(`${source}|json`);
    },
  );
}

function partEntries(
  parts: readonly ImportedPart[],
  secrets: SecretKeeper,
  notes: ImportNote[],
): readonly NewYamlEntry[] {
  const values = new Map<string, NewYaml[]>();
  for (const part of parts) {
    const name = plainText(part.name);
    values.set(name, [...(values.get(name) ?? []), partYaml(name, part, secrets, notes)]);
  }
  return [...values].map(([name, items]): NewYamlEntry => {
    const [only] = items;
    return [name, items.length === 1 && only ? only : { kind: 'list', items }];
  });
}

function partYaml(
  name: string,
  { content, type, fileName }: ImportedPart,
  secrets: SecretKeeper,
  notes: ImportNote[],
): NewYaml {
  const more: NewYamlEntry[] = [
    ...(type === undefined ? [] : [['type', textYaml(type)] as const]),
    ...(fileName === undefined ? [] : [['name', textYaml(fileName)] as const]),
  ];
  if ('file' in content) return mapYaml([['file', textYaml(filePlace(content.file, notes))], ...more]);
  const text = textYaml(fieldText(name, content.text, secrets));
  return more.length === 0 ? text : mapYaml([['text', text], ...more]);
}

/** Line breaks as files have them. */
function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** A path as request files write it; what may lie outside of the workspace folder is told. */
function filePlace(written: string, notes: ImportNote[]): string {
  const path = filePath(written);
  const isInside = path.startsWith('./') && !path.includes('/../');
  if (!isInside) notes.push(importNote('bodyFileInside', { path: plainText(path).slice(0, 200) }));
  return path;
}
