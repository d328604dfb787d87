import type { MessageTemplate } from '../template';

/** What is wrong with the values that expressions stand for. */
export const variableDiagnosticTexts = {
  'variable.unknown': {
    message: 'There is no variable {name}; did you mean {nearest}?',
    next: 'Change it to {nearest}, or define {name} under variables.',
  },
  'variable.unknownHere': {
    message: 'There is no variable {name}.',
    next: 'Define it under variables in this file, or in an environment of latchkey.yaml.',
  },
  'variable.needsEnvironment': {
    message: 'The variable {name} has a value only in an environment: {environments}.',
    next: 'Select the environment.',
  },
  'variable.notInEnvironment': {
    message: 'The variable {name} has no value in the environment {environment}; it has one in: {environments}.',
    next: 'Add {name} to {environment} in latchkey.yaml, or select another environment.',
  },
  'variable.cycle': {
    message: 'The variable {name} needs itself: {chain}.',
    next: 'Break the circle by giving one of them a value of its own.',
  },
  'variable.tooDeep': {
    message: 'The variables behind {name} need each other more than {limit} levels deep.',
    next: 'Put the value into fewer variables.',
  },
  'variable.tooBig': {
    message: 'With its variables put in, this value has more than {limit} characters.',
    next: 'Look for variables that repeat each other.',
  },
  'variable.notText': {
    message: '{name} holds {kind}, which cannot be put into text.',
    next: 'Add |json to put it in as JSON, use a variable that holds a text, or send once for each item with forEach.',
  },
  'variable.notJson': {
    message: 'The text in {name} is not JSON, so |json cannot give it a type.',
    next: 'Remove |json, or change the value.',
  },
  'variable.notADate': {
    message: 'The value of {name} is not a date, so |unix cannot turn it into seconds.',
    next: 'Use |unix with now or with a date such as 2030-01-31T12:00:00Z.',
  },
  'variable.secretShown': {
    message: 'This text is shown to people, so no secret can stand in it.',
    next: 'Use a value that is not secret.',
  },
  'variable.noValue': {
    message: 'There is no value for {name}.',
    next: 'Look at where it comes from.',
  },
  'variable.envMissing': {
    message: 'There is no value for {name} in .env beside latchkey.yaml.',
    next: 'Add a line {name}=… to .env.',
  },
  'variable.envNowhere': {
    message:
      'There is no value for {name}: neither .env beside latchkey.yaml nor the environment of the editor has it.',
    next: 'Add a line {name}=… to .env, or start the editor where {name} is set.',
  },
  'variable.faulty': {
    message: 'The value of {name} in {file} has errors.',
    next: 'Open {file} and mend what is marked there.',
  },
  'variable.reserved': {
    message: '{name} is built in, so a variable of that name is never used.',
    next: 'Choose another name.',
  },
  'variable.shadows': {
    message: '{name} hides the variable of the same name in {scope}.',
    next: 'Rename one of them if that is not meant.',
  },
} as const satisfies Record<string, MessageTemplate>;
