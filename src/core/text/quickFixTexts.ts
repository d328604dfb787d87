/** What a quick fix does, for the menu of the light bulb. */
export const quickFixTexts = {
  changeTo: 'Change to {text}',
  quote: 'Put it in quotes: {text}',
  encodeHash: 'Write %23 for #',
  replaceTabs: 'Replace the tab with spaces',
  replaceAllTabs: 'Replace all tabs that indent with spaces',
  removeEntry: 'Remove the second {name}',
  removeLine: 'Remove the line',
  removeTag: 'Remove the tag',
  addOrigin: 'Add {origin} to the origins of {connection}',
  authNone: 'Send it without authentication: auth: none',
  defineInFile: 'Define {name} in this file',
  defineInEnvironment: 'Define {name} in the environment {environment}',
  defineInProject: 'Define {name} for the project',
  addEnvironment: 'Add the environment {name}',
} as const;
