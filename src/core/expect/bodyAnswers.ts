import type { Effort } from '../effort';
import { formsMasker } from '../http/secretMasker';
import type { JsonValue } from '../json/jsonValue';
import { readJson } from '../json/readJson';
import { writeShortJson } from '../json/writeJson';
import { MASK } from '../secret';
import type { BodyContent } from './bodyContent';
import type { BodyAnswer, BodyQuestion, JsonText } from './bodyQuestion';
import { locate, type Located } from './locate';
import { mapOperands } from './matcher';
import { allMatch, type Subject } from './matches';
import { checkSchema } from './schema/checkSchema';
import type { SchemaFiles } from './schema/schemaFiles';
import { isSecretValue, showJson } from './showJson';

/** Answers questions about one body, on whichever thread it is. */
export class BodyAnswers {
  readonly #content: BodyContent;
  readonly #files: SchemaFiles;

  constructor(content: BodyContent, files: SchemaFiles) {
    this.#content = content;
    this.#files = files;
  }

  /**
   * Never rejects for what a file or a body says; only where reading the body fails, or with what the effort throws.
   */
  async answer(question: BodyQuestion, effort: Effort): Promise<BodyAnswer> {
    if (question.kind === 'validate') {
      const check = { files: this.#files, mask: formsMasker(question.forms), effort };
      return { kind: 'judged', ...(await checkSchema(question.schema, this.#content, check)) };
    }
    const located = await locate(question.place, this.#content, effort);
    if (!located.ok) return { kind: 'problem', problem: located.problem };
    if (question.kind === 'find') return answerFound(located.value, effort);
    const matchers = question.matchers.map((matcher) => mapOperands(matcher, fromText));
    const ok = allMatch(matchers, located.value, effort);
    return { kind: 'judged', ok, actual: shownActual(located.value, located.value.name, question.forms) };
  }
}

/** What is too big could be put into nothing. */
function answerFound({ value, name, isList }: Located, effort: Effort): BodyAnswer {
  if (value === undefined) return { kind: 'found', found: undefined };
  const isText = typeof value === 'string';
  const text = isText ? value : writeShortJson(value, effort.characters);
  if (text !== undefined && text.length <= effort.characters) {
    return { kind: 'found', found: { value: text, isText, name, isList } };
  }
  effort.onExceeded();
  return { kind: 'problem', problem: `a value of more than ${effort.characters} characters, too big to be kept` };
}

function fromText(json: JsonText): JsonValue {
  const read = readJson(json);
  return read.ok ? read.value : null;
}

/** What is there instead, in a few words, without what is secret. */
export function shownActual({ value, count }: Subject, name: string | undefined, forms: readonly string[]): string {
  if (value === undefined) return count === undefined ? 'nothing' : 'no nodes';
  return showJson(named(value, name), formsMasker(forms));
}

/** A value by itself forgets its name, and with it that it is a secret. */
function named(value: JsonValue, name: string | undefined): JsonValue {
  return typeof value === 'string' && isSecretValue(name, value) ? MASKED : value;
}

const MASKED: JsonValue = MASK;
