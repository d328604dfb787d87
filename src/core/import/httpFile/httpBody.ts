import { expressionMark } from '../../curl/marks';
import { filePath } from '../../curl/filePath';
import type { ImportedBody, ImportedPart } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import type { Placeholders } from '../placeholders';

/** `< ./file`, `<@ ./file` (with variables in it), `<@latin1 ./file`. */
const fileLine = /^<(@\w*)?\s+(\S.*?)\s*$/;

/** What stands below the headers. `type` is the Content-Type, in lower case. */
export function httpBody(
  body: string,
  type: string,
  isGraphql: boolean,
  placeholders: Placeholders,
  notes: ImportNote[],
): ImportedBody | undefined {
  if (body.trim() === '') return undefined;
  if (isGraphql) return graphqlBody(body, placeholders);
  const boundary = /^multipart\/form-data\s*;.*?boundary="?([^";]+)/.exec(type)?.[1]?.trim();
  if (boundary !== undefined) {
    return { kind: 'multipart', parts: multipartParts(body, boundary, placeholders, notes) };
  }
  const file = fileLine.exec(body.trim());
  if (file && !body.trim().includes('\n')) {
    if (file[1] !== undefined) notes.push(importNote('directive', { name: '<@' }));
    return { kind: 'file', path: placeholders.text(file[2] ?? '') };
  }
  const text = body.split('\n').map((line) => bodyLine(line, placeholders));
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  return { kind: 'text', text: isForm ? text.map((line) => line.trim()).join('') : text.join('\n') };
}

function bodyLine(line: string, placeholders: Placeholders): string {
  const path = fileLine.exec(line)?.[2];
  return path === undefined ? placeholders.text(line) : expressionMark(`file:${filePath(path)}`);
}

/** The query, and JSON below it for its variables. */
function graphqlBody(body: string, placeholders: Placeholders): ImportedBody {
  const blank = body.lastIndexOf('\n\n');
  const below = blank < 0 ? '' : body.slice(blank).trim();
  const hasVariables = below.startsWith('{') && below.endsWith('}') && /^\{\s*(?:"|\})/.test(below);
  const query = placeholders.text((hasVariables ? body.slice(0, blank) : body).trim());
  return { kind: 'graphql', query, variables: hasVariables ? placeholders.text(below) : '' };
}

function multipartParts(
  body: string,
  boundary: string,
  placeholders: Placeholders,
  notes: ImportNote[],
): readonly ImportedPart[] {
  const pieces: string[][] = [];
  for (const line of body.split('\n')) {
    const delimiter = line.trim().toLowerCase();
    if (delimiter === `--${boundary}`) pieces.push([]);
    else if (delimiter === `--${boundary}--`) break;
    else pieces.at(-1)?.push(line);
  }
  return pieces.flatMap((lines): readonly ImportedPart[] => {
    const blank = lines.findIndex((line) => line.trim() === '');
    const head = lines.slice(0, blank < 0 ? lines.length : blank).join('\n');
    const content =
      blank < 0
        ? ''
        : lines
            .slice(blank + 1)
            .join('\n')
            .trimEnd();
    const name = /;\s*name="?([^";\n]*)/i.exec(head)?.[1];
    if (name === undefined) return [];
    const type = /^content-type:\s*(\S.*?)\s*$/im.exec(head)?.[1];
    const fileName = /;\s*filename="?([^";\n]*)/i.exec(head)?.[1];
    const file = fileLine.exec(content);
    if (file?.[1] !== undefined) notes.push(importNote('directive', { name: '<@' }));
    const text = file && !content.includes('\n') ? undefined : placeholders.text(content);
    const part = { name: placeholders.text(name), type: type === undefined ? undefined : placeholders.text(type) };
    if (text !== undefined) return [{ ...part, content: { text }, fileName }];
    return [{ ...part, content: { file: placeholders.text(file?.[2] ?? '') }, fileName }];
  });
}
