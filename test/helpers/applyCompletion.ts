import type { Completion } from '../../src/core/language/completion';

/** The text after a completion was accepted: blanks are left as they are suggested, as VS Code has it. */
export function applyCompletion(text: string, { insert, range }: Completion): string {
  const line = text.slice(text.lastIndexOf('\n', range.start - 1) + 1);
  const indent = /^ */.exec(line)?.[0] ?? '';
  return text.slice(0, range.start) + expandSnippet(insert).replaceAll('\n', `\n${indent}`) + text.slice(range.end);
}

/** A snippet with nothing typed into it. */
export function expandSnippet(snippet: string): string {
  const values = new Map<string, string>();
  const expand = (text: string): string => {
    let result = '';
    for (let at = 0; at < text.length; at++) {
      const rest = text.slice(at);
      const simple = /^\$(\d+)/.exec(rest);
      const choice = /^\$\{(\d+)\|((?:\\.|[^|\\])*)\|\}/.exec(rest);
      const blank = /^\$\{(\d+):/.exec(rest);
      if (rest.startsWith('\\')) result += text.charAt(++at);
      else if (simple) {
        result += values.get(simple[1] ?? '') ?? '';
        at += simple[0].length - 1;
      } else if (choice) {
        result += (choice[2] ?? '').split(/(?<!\\),/)[0] ?? '';
        at += choice[0].length - 1;
      } else if (blank) {
        const end = closing(rest, blank[0].length);
        const value = expand(rest.slice(blank[0].length, end));
        if (!values.has(blank[1] ?? '')) values.set(blank[1] ?? '', value);
        result += values.get(blank[1] ?? '') ?? '';
        at += end;
      } else result += text.charAt(at);
    }
    return result;
  };
  return expand(snippet);
}

function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith('${', at)) depth++;
    else if (text[at] === '}' && depth-- === 0) return at;
  }
  return text.length;
}
