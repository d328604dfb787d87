import type { MessageTemplate } from './template';

/** Failures of the workspace around a request: files, trust, connections, the playground. */
export const workspaceErrorTexts = {
  'workspace.untrusted': {
    message: 'This workspace is not trusted, so Latchkey does not sign in or send from it.',
    next: 'Trust the workspace if you trust who wrote its files.',
  },
  'workspace.noProjectFile': {
    message: 'There is no latchkey.yaml in this workspace.',
    next: 'Start the playground to see an example, or add a connection of your own.',
  },
  'workspace.noConnections': {
    message: '{file} has no connections to sign in to.',
    next: 'Add one under "connections:".',
  },
  'workspace.projectInvalid': {
    message: '{file} has a mistake: {problem}',
    next: 'Correct it in the file; the Problems panel shows the place.',
  },
  'workspace.projectUnreadable': {
    message: '{file} is not well-formed YAML, so nothing was added to it.',
    next: 'Correct it first; the Problems panel shows the place.',
  },
  'workspace.noFolder': {
    message: 'No folder is open that latchkey.yaml could be written to.',
    next: 'Open the folder of your request files and try again.',
  },
  'workspace.connectionNotAdded': {
    message: '{file} is written in a way that leaves no place for "{name}", so it was left as it is.',
    next: 'Write "connections:" as a block, one connection below the other, and try again.',
  },
  'workspace.entriesNotAdded': {
    message: '{file} is written in a way that leaves no place for more under "{key}:", so it was left as it is.',
    next: 'Write "{key}:" as a block, one entry below the other, and try again.',
  },
  'workspace.requestNotAdded': {
    message: '{file} is written in a way that leaves no place for "{name}", so it was left as it is.',
    next: 'Write "requests:" as a block, one request below the other, and try again.',
  },
  'workspace.unknownConnection': {
    message: 'No latchkey.yaml of this workspace has a connection named "{name}".',
    next: 'Check the name, or open the folder that has it.',
  },
  'workspace.connectionInvalid': {
    message: 'Connection "{name}" in {file} cannot be used: {problem}',
    next: 'Correct it in the file and try again.',
  },
  'workspace.notARequestFile': {
    message: '{file} is not a request file.',
    next: 'Open a file whose name ends in .http.yaml and try again.',
  },
  'workspace.fileUnreadable': {
    message: '{file} could not be read.',
    next: 'Check that it exists and that you may read it.',
  },
  'workspace.noRequest': {
    message: '{file} holds no request that can be sent.',
    next: 'Add one under "requests:".',
  },
  'workspace.fileFaulty': {
    message: '{file} has a mistake that leaves no request in it: {problem}',
    next: 'Open the file and mend what is marked there.',
  },
  'workspace.unknownRequest': {
    message: '{file} has no request named "{name}".',
    next: 'Check the name; the requests of a file are listed in the runner.',
  },
  'workspace.requestInvalid': {
    message: 'Request "{name}" cannot be sent: {problem}',
    next: '{remedy} The Problems panel shows the place.',
  },
  'workspace.unknownEnvironment': {
    message: 'There is no environment named "{name}".',
    next: 'Select one of those in latchkey.yaml.',
  },
  'session.signInRequired': {
    message: 'You are not signed in to {connection}.',
    next: 'Sign in, and the request is sent.',
  },
  'session.accountMissing': {
    message: 'The request wants the account "{account}" of {connection}, and none is chosen for it here.',
    next: 'Choose an account with Latchkey: Switch Account.',
  },
  'session.editorProviderMissing': {
    message: 'VS Code has no account provider "{provider}", or it does not answer.',
    next: 'Install or enable the extension that signs in to {provider}, or correct vscode in latchkey.yaml.',
  },
  'session.editorAccount': {
    message:
      'The connection "{connection}" uses the {provider} account of VS Code, which Latchkey hands to nobody else.',
    next: 'Ask VS Code for a session of "{provider}" directly.',
  },
  'session.notBound': {
    message: '{connection} wants tokens that are bound to a key (dpop: true), and this sign-in has one that is not.',
    next: 'Sign in again, and the request is sent.',
  },
  'session.boundToKey': {
    message:
      'Tokens of {connection} are bound to a key that never leaves Latchkey (dpop: true), so no other extension can use them.',
    next: 'Send requests with Latchkey, or remove dpop from the connection and sign in again.',
  },
  'session.trustRefused': {
    message: '{connection} has not been allowed for this folder, so nothing was sent.',
    next: 'Send again and choose Allow if you trust it.',
  },
  'playground.startFailed': {
    message: 'The playground did not start: {reason}.',
    next: 'Open the log for the details.',
  },
  'playground.noFolder': {
    message: 'No folder is open to put the sample files in.',
    next: 'Open a folder, or let Latchkey open the sample folder.',
  },
} as const satisfies Record<string, MessageTemplate>;
