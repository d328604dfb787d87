import { LatchkeyError } from '../../errors';
import { checkPath, workspacePath } from '../../files/workspacePath';
import { joinSensitive, type Sensitive } from '../../secret';
import type { TextRange } from '../diagnostic';
import type { Body, MultipartField } from '../model';
import { shorten } from '../shorten';
import type { Template } from '../value';
import { all, andThen, failure, success, type Evaluation } from './evaluation';
import type { Evaluator } from './evaluator';
import { fieldTexts, shownText, type NamedText } from './fieldValues';
import { mapOf, textOf, type Resolved, type ResolvedEntry } from './resolved';
import { XmlPlaces } from './xmlPlaces';

/** A body with its variables put in, before it is written as bytes. */
export type PreparedBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json' | 'graphql'; readonly value: Resolved }
  | { readonly kind: 'form'; readonly fields: readonly NamedText[] }
  | { readonly kind: 'text' | 'xml'; readonly text: Sensitive }
  /** Relative to the workspace folder. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'multipart'; readonly parts: readonly PreparedPart[] };

/** One part; `type` is `undefined` where it follows from the content. */
export type PreparedPart = { readonly field: string; readonly type: string | undefined } & (
  | { readonly kind: 'text'; readonly text: Sensitive }
  | { readonly kind: 'json'; readonly value: Resolved }
  | { readonly kind: 'file'; readonly path: string; readonly name: string | undefined }
);

/**
 * Puts the variables into a body.
 * @param directory of the request file, relative to the workspace folder; `undefined`: not known, as while a file is
 * only looked at.
 */
export function prepareBody(
  body: Body,
  evaluator: Evaluator,
  directory: string | undefined,
  fallback: TextRange,
): Evaluation<PreparedBody> {
  switch (body.kind) {
    case 'json':
      return andThen(evaluator.value(body.value, false), (value) => success({ kind: 'json', value }));
    case 'form': {
      const sourced = body.fields.map((value) => ({ value, elsewhere: false }));
      return andThen(fieldTexts(sourced, evaluator, fallback), (fields) => success({ kind: 'form', fields }));
    }
    case 'text':
      return andThen(evaluator.text(body.text, false), (text) => success({ kind: 'text', text }));
    case 'xml':
      return andThen(xmlText(body.text, evaluator), (text) => success({ kind: 'xml', text }));
    case 'graphql':
      return andThen(graphqlValue(body, evaluator), (value) => success({ kind: 'graphql', value }));
    case 'file':
      return andThen(filePath(body.path, evaluator, directory), (path) => success({ kind: 'file', path }));
    case 'multipart': {
      const parts = body.fields.map((field) => preparePart(field, evaluator, directory));
      return andThen(all(parts), (found) => success({ kind: 'multipart', parts: found.flat() }));
    }
  }
}

/** A body that is one variable and nothing else is a document of its own, such as `${file:./order.xml}`. */
function isWhole({ parts }: Template): boolean {
  return parts.length === 1 && typeof parts[0] === 'object';
}

/** A document in which each value is written as its place wants it. */
function xmlText(template: Template, evaluator: Evaluator): Evaluation<Sensitive> {
  if (isWhole(template)) return evaluator.text(template, false);
  const places = new XmlPlaces();
  const pieces = template.parts.map((part) => {
    if (typeof part !== 'string') return evaluator.text({ ...template, parts: [part] }, false, places.write);
    places.pass(part);
    return success(part);
  });
  return andThen(all<Sensitive>(pieces), (texts) => success(joinSensitive(texts)));
}

function graphqlValue(
  { query, variables, operationName }: Extract<Body, { kind: 'graphql' }>,
  evaluator: Evaluator,
): Evaluation<Resolved> {
  const text = (key: string, template: Template): Evaluation<ResolvedEntry> =>
    andThen(evaluator.text(template, false), (value) => success({ key, value: textOf(value) }));
  const entries: Evaluation<ResolvedEntry>[] = [text('query', query)];
  if (variables) {
    entries.push(andThen(evaluator.value(variables, false), (value) => success({ key: 'variables', value })));
  }
  if (operationName) entries.push(text('operationName', operationName));
  return andThen(all(entries), (found) => success(mapOf(found)));
}

function preparePart(
  { name: field, nameRange, part }: MultipartField,
  evaluator: Evaluator,
  directory: string | undefined,
): Evaluation<readonly PreparedPart[]> {
  const type = optionalText(part.type, evaluator);
  switch (part.kind) {
    case 'json':
      return andThen(all([type]), ([found]) =>
        andThen(evaluator.value(part.value, false), (value) => success([{ kind: 'json', field, type: found, value }])),
      );
    case 'value': {
      const sourced = { value: { name: field, nameRange, value: part.value }, elsewhere: false };
      return andThen(type, (found) =>
        andThen(fieldTexts([sourced], evaluator, nameRange), (texts) =>
          success(texts.map(({ text }) => ({ kind: 'text', field, type: found, text }) as const)),
        ),
      );
    }
    case 'file': {
      const name = optionalText(part.name, evaluator);
      return andThen(all([type, name]), ([foundType, foundName]) =>
        andThen(filePath(part.path, evaluator, directory), (path) =>
          success([{ kind: 'file', field, type: foundType, path, name: foundName }]),
        ),
      );
    }
  }
}

/** A text that is sent where no secret may stand, such as a media type. */
function optionalText(template: Template | undefined, evaluator: Evaluator): Evaluation<string | undefined> {
  if (!template) return success(undefined);
  return andThen(evaluator.text(template, false), (text) => shownText(text, template.range, false));
}

/** A path that a request names, relative to the workspace folder where that is known. */
export function filePath(template: Template, evaluator: Evaluator, directory: string | undefined): Evaluation<string> {
  const text = andThen(evaluator.text(template, false), (found) => shownText(found, template.range, false));
  return andThen(text, (path) => {
    try {
      if (directory !== undefined) return success(workspacePath(directory, path));
      checkPath(path);
      return success(path);
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      const code = error.code === 'file.forbidden' ? 'expression.fileForbidden' : 'expression.fileOutside';
      return failure(code, template.range, { file: shorten(path) }, false);
    }
  });
}
