import { assertNever } from '../assertNever';
import type { ExpressionSource, Template } from './value';

/** A template as it reads in the file, near enough to be recognized: for places that show what does not resolve. */
export function templateText(template: Template): string {
  return template.parts.map((part) => (typeof part === 'string' ? part : `\${${sourceText(part.source)}}`)).join('');
}

function sourceText(source: ExpressionSource): string {
  switch (source.kind) {
    case 'variable':
      return source.name;
    case 'uuid':
    case 'now':
      return source.kind;
    case 'random':
      return `random:${source.min}..${source.max}`;
    case 'faulty':
      return '…';
    default:
      return assertNever(source);
  }
}
