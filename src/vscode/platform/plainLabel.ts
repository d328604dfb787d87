import { plainServerText } from '../../core/oauth/serverText';

/** A text of a server as the label of a list, where a dollar sign before a bracket would be drawn as an icon. */
export function plainLabel(text: string): string {
  return plainServerText(text).replaceAll('$(', '\\$(');
}
