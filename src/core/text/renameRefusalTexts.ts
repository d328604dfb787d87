/** Why a name is not changed. */
export const renameRefusalTexts = {
  nothing: 'There is no name here that can be changed.',
  environmentVariable:
    '{name} comes from .env or the process environment, where others may read it too. Change it there.',
  builtIn: '{name} is built in.',
  undefinedName: '{name} is not defined in this workspace, so there is nothing to rename.',
  badName: '{name} cannot be a name. Use letters, digits, _ and -, with spaces only inside.',
  reserved: '{name} means something else here. Choose another name.',
  taken: 'There is something named {name} already.',
  changesMeaning: 'A place that uses one of the two names would then mean the other {name}. Choose another name.',
} as const;
