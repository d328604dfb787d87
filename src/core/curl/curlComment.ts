import type { ShellVariable } from './shellVariables';

/** The lines above a command that say what its variables stand for, and what it lacks. */
export function withVariableComments(
  command: string,
  variables: readonly ShellVariable[],
  describe: (variable: ShellVariable) => string,
  notes: readonly string[] = [],
): string {
  const width = Math.max(0, ...variables.map(({ name }) => name.length));
  // A line break in a description would let the rest of it run as a command.
  const lines = variables.map((variable) => {
    return `# ${variable.name.padEnd(width)}  ${oneLine(describe(variable))}\n`;
  });
  return [...lines, ...notes.map((note) => `# ${oneLine(note)}\n`), command].join('');
}

function oneLine(text: string): string {
  return text.replace(/\p{C}+|\p{Zl}|\p{Zp}/gu, ' ');
}
