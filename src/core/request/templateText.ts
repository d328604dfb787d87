import { sourceText } from './resolve/supplies';
import type { Template } from './value';

/** A template as it reads in the file, near enough to be recognized: for places that show what does not resolve. */
export function templateText(template: Template): string {
  return template.parts.map((part) => (typeof part === 'string' ? part : `\${${sourceText(part.source)}}`)).join('');
}

/** The text of a template without expressions; `undefined` where it has one. */
export function literalText({ parts }: Template): string | undefined {
  return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
}
