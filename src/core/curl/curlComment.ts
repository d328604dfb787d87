import type { ShellVariable } from './shellVariables';

/** The lines above a command that say what its variables stand for. */
export function withVariableComments(
  command: string,
  variables: readonly ShellVariable[],
  describe: (variable: ShellVariable) => string,
): string {
  const width = Math.max(0, ...variables.map(({ name }) => name.length));
  // A line break in a description would let the rest of it run as a command.
  const lines = variables.map((variable) => {
    const description = describe(variable).replace(/\p{C}+|\p{Zl}|\p{Zp}/gu, ' ');
    return `# ${variable.name.padEnd(width)}  ${description}\n`;
  });
  return lines.join('') + command;
}
