import type { MessageTemplate } from '../template';

/** What is wrong with the YAML of a file, or surely was not meant. */
export const yamlDiagnosticTexts = {
  'yaml.syntax': {
    message: 'This is not valid YAML: {problem}.',
    next: 'Check the quotes, brackets and indentation here and on the line above.',
  },
  'yaml.unclosedQuote': {
    message: 'This quote {quote} is not closed, so the rest of the file is read as part of the text.',
    next: 'Add the closing quote.',
  },
  'yaml.tab': {
    message: 'YAML is indented with spaces; this line has a tab.',
    next: 'Replace the tab with spaces.',
  },
  'yaml.fileTooBig': {
    message: 'The file has more than {limit} characters, which is the most that is read.',
    next: 'Split it into several request files, or move big bodies into files of their own.',
  },
  'yaml.tooDeep': {
    message: 'The nesting is deeper than {limit} levels; the file is not read.',
    next: 'Look for a bracket that is not closed, or flatten the value.',
  },
  'yaml.controlCharacter': {
    message: 'The character {character} is not allowed here.',
    next: 'Delete it, or write it as an escape in a double-quoted text.',
  },
  'yaml.notUtf8': {
    message: 'Bytes that are no UTF-8 were read as this character.',
    next: 'Save the file as UTF-8, or write "\\ufffd" to mean the character itself.',
  },
  'yaml.directive': {
    message: 'YAML directives such as {directive} are not read here.',
    next: 'Remove the line; YAML 1.2 is what is used.',
  },
  'yaml.multipleDocuments': {
    message: 'There is a second YAML document here; only the first is read.',
    next: 'Move it to a file of its own, or remove the line with the three dashes.',
  },
  'yaml.tag': {
    message: 'Tags such as {tag} have no meaning here.',
    next: 'Remove the tag; write quotes round a value that is to stay text.',
  },
  'yaml.mergeKey': {
    message: 'The merge key << is not supported.',
    next: 'Write the entries out, or share them in the defaults of the file or the project.',
  },
  'yaml.duplicateKey': {
    message: 'The key {key} is here twice.',
    next: 'Remove one, or rename it. A list as value repeats an entry.',
  },
  'yaml.keyNotText': {
    message: 'A key must be plain text.',
    next: 'Write a text before the colon.',
  },
  'yaml.unknownAlias': {
    message: '{alias} is read as a YAML alias, and nothing is anchored under that name before it.',
    next: 'To mean the text itself, put it in quotes: {replacement}.',
  },
  'yaml.aliasesTooBig': {
    message: 'The aliases in this file repeat more than {limit} values.',
    next: 'Write fewer aliases, or smaller ones.',
  },
  'yaml.quoteExpression': {
    message: 'Inside { } and [ ] a value with {value} must be in quotes.',
    next: 'Write {replacement}.',
  },
  'yaml.commaInFlow': {
    message: 'Inside of { } a comma ends the value, so {key} is read as a key of its own.',
    next: 'To mean one text, put it in quotes: {replacement}.',
  },
  'yaml.hashComment': {
    message: 'What follows # after a space is a comment, so {key} ends before it.',
    next: 'To mean the text, put it in quotes: {replacement}. To mean a comment, write a space behind the #.',
  },
} as const satisfies Record<string, MessageTemplate>;
