import type { SigningName, SigningText, SigningValue } from '../../http/signing/signingText';
import type { Sensitive } from '../../secret';
import type { TextRange } from '../diagnostic';
import type { Expression, Template } from '../value';
import { all, failure, success, type Evaluation } from './evaluation';
import type { Evaluator } from './evaluator';
import { findVariable, type Scopes } from './scopes';

/**
 * A text of which parts are known only when a hop is signed. A name that stands for such a part hides a variable of the
 * same name; everything else is put in now.
 */
export function prepareSigningText(
  template: Template,
  names: readonly SigningName[],
  evaluator: Evaluator,
  elsewhere: boolean,
): Evaluation<SigningText> {
  return all<Sensitive | SigningValue>(
    template.parts.map((part) => {
      const name = typeof part === 'string' ? undefined : signingNameOf(part, names);
      if (typeof part === 'string') return success(part);
      if (name === undefined) return evaluator.text({ kind: 'text', parts: [part], range: template.range }, elsewhere);
      const isBase64 = part.filters.length === 1 && part.filters[0] === 'base64';
      const isGood = part.filters.length === 0 || (isBase64 && name !== 'body');
      if (!isGood) return failure('request.signingFilter', part.range, { name }, elsewhere);
      return success({ name, isBase64 });
    }),
  );
}

/** Names of the request's parts that hide a variable. */
export function hiddenNames(
  template: Template | undefined,
  names: readonly SigningName[],
  scopes: Scopes,
): readonly { readonly name: SigningName; readonly range: TextRange }[] {
  return (template?.parts ?? []).flatMap((part) => {
    const name = typeof part === 'string' ? undefined : signingNameOf(part, names);
    const hides = name !== undefined && findVariable(name, scopes) !== undefined;
    return hides && typeof part !== 'string' ? { name, range: part.range } : [];
  });
}

function signingNameOf({ source }: Expression, names: readonly SigningName[]): SigningName | undefined {
  return source.kind === 'variable' ? names.find((name) => name === source.name) : undefined;
}
