import { Secret, type Sensitive } from '../../secret';
import type { TextRange } from '../diagnostic';
import type { Field } from '../model';
import type { Template, Value } from '../value';
import { all, andThen, failure, located, success, type Evaluation } from './evaluation';
import type { Evaluator } from './evaluator';
import { toText } from './filters';
import type { Sourced } from './mergeSettings';
import { isNull, type Resolved } from './resolved';

export interface NamedText {
  readonly name: string;
  readonly text: Sensitive;
  /** Of the value, or of what depends on it in this file. */
  readonly range: TextRange;
}

/** The entries of `query`, `headers` or `form` as texts: a list repeats its entry, `null` leaves it out. */
export function fieldTexts(
  fields: Iterable<Sourced<Field>>,
  evaluator: Evaluator,
  fallback: TextRange,
): Evaluation<readonly NamedText[]> {
  const evaluated = Array.from(fields, ({ value: { name, value }, elsewhere }) =>
    located(textsOf(name, value, evaluator, elsewhere, elsewhere ? fallback : value.range), fallback),
  );
  return andThen(all(evaluated), (lists) => success(lists.flat()));
}

/** The items of a list such as `origins`, where a variable may stand for several. */
export function itemTexts(
  name: string,
  templates: readonly Template[],
  evaluator: Evaluator,
  elsewhere: boolean,
): Evaluation<readonly NamedText[]> {
  const evaluated = templates.map((template) => textsOf(name, template, evaluator, elsewhere, template.range));
  return andThen(all(evaluated), (lists) => success(lists.flat()));
}

/** Like {@link itemTexts}, split at spaces as scopes are (RFC 6749 §3.3). */
export function scopeTexts(
  templates: readonly Template[],
  evaluator: Evaluator,
  elsewhere: boolean,
): Evaluation<readonly string[]> {
  const items = itemTexts('scopes', templates, evaluator, elsewhere);
  const texts = andThen(items, (found) => all(found.map(({ text, range }) => shownText(text, range, elsewhere))));
  return andThen(texts, (found) => success(found.flatMap((text) => text.split(/\s+/)).filter((scope) => scope !== '')));
}

/** A text for a place that is shown to people, such as the name of a connection: no secret may stand there. */
export function shownText(text: Sensitive, range: TextRange, elsewhere: boolean): Evaluation<string> {
  return text instanceof Secret ? failure('variable.secretShown', range, {}, elsewhere) : success(text);
}

function textsOf(
  name: string,
  value: Value,
  evaluator: Evaluator,
  elsewhere: boolean,
  range: TextRange,
): Evaluation<readonly NamedText[]> {
  const texts = andThen(evaluator.field(value, elsewhere), (resolved) =>
    flatTexts(name, resolved, value.range, elsewhere),
  );
  return andThen(texts, (items) => success(items.map((text) => ({ name, text, range }))));
}

function flatTexts(
  name: string,
  value: Resolved,
  range: TextRange,
  elsewhere: boolean,
): Evaluation<readonly Sensitive[]> {
  if (value.kind === 'list') {
    const lists = all(value.items.map((item) => flatTexts(name, item, range, elsewhere)));
    return andThen(lists, (items) => success(items.flat()));
  }
  if (isNull(value)) return success([]);
  const text = toText(value);
  if (text.ok && text.value.kind === 'text') return success([text.value.text]);
  return failure('variable.notText', range, { name, ...(text.ok ? {} : text.data) }, elsewhere);
}
