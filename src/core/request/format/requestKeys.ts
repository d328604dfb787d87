import { captureKeys, expectKeys } from './expectKeys';
import { flowKeys, inputsKey } from './flowKeys';
import { bodyKeys } from './bodyKeys';
import type { KeyTable } from './keyTable';
import { settingsKeys } from './settingsKeys';

export const retryKeys = {
  times: {
    kind: 'integer',
    docs: 'How many further sends there are at most, 1 to 100.',
    needsValue: true,
    minimum: 1,
    maximum: 100,
  },
  interval: { kind: 'duration', docs: 'The wait before each of them; 1s if left out.' },
  until: {
    kind: 'object',
    docs: 'What the response must be like; left out: no network error, no 429 and no 5xx.',
    keys: expectKeys,
  },
} as const satisfies KeyTable;

/** The keys that name a method and hold the URL. */
export const methodKeys = {
  get: { kind: 'url', docs: 'Sends GET to this URL.' },
  post: { kind: 'url', docs: 'Sends POST to this URL.' },
  put: { kind: 'url', docs: 'Sends PUT to this URL.' },
  patch: { kind: 'url', docs: 'Sends PATCH to this URL.' },
  delete: { kind: 'url', docs: 'Sends DELETE to this URL.' },
  head: { kind: 'url', docs: 'Sends HEAD to this URL.' },
  options: { kind: 'url', docs: 'Sends OPTIONS to this URL.' },
  trace: { kind: 'url', docs: 'Sends TRACE to this URL.' },
} as const satisfies KeyTable;

/** One message of a WebSocket that is more than a text. */
export const messageKeys = {
  text: { kind: 'template', docs: 'The message.' },
  json: { kind: 'any', docs: 'The message as JSON.' },
  file: {
    kind: 'template',
    docs: 'A binary message: what a file holds, relative to this file and inside the workspace folder, up to 16 MB.',
    needsValue: true,
    suggest: 'file',
  },
  base64: { kind: 'template', docs: 'A binary message, written in base64.', needsValue: true },
  after: { kind: 'duration', docs: 'The wait before it is sent.', needsValue: true },
} as const satisfies KeyTable;

/** One request. */
export const requestKeys = {
  ...methodKeys,
  method: { kind: 'text', docs: 'Any method; goes with url.', suggest: 'method' },
  url: { kind: 'url', docs: 'The URL; goes with method.' },
  websocket: { kind: 'url', docs: 'Opens a WebSocket at this URL: ws, wss, http or https.' },
  messages: {
    kind: 'messages',
    docs: 'What is sent over the WebSocket once it is open, in order: texts, or maps with text, json, file or base64.',
    keys: messageKeys,
  },
  name: { kind: 'text', docs: 'What people read instead of the key.' },
  description: { kind: 'text', docs: 'What the request is for.' },
  tags: { kind: 'texts', docs: 'Words that stand beside the request in the Requests view.' },
  ...flowKeys,
  ...settingsKeys,
  ...bodyKeys,
  expect: { kind: 'object', docs: 'What the response must be like.', keys: expectKeys },
  capture: {
    kind: 'captures',
    docs: 'Values to take out of the response.',
    keys: captureKeys,
    suggest: 'responsePath',
  },
  retry: {
    kind: 'object',
    docs: 'Sends the same request again until the response is as wanted; Retry-After is respected.',
    keys: retryKeys,
  },
  variables: { kind: 'variables', docs: 'Values for ${name} in this request.' },
} as const satisfies KeyTable;

/** The top level of a request file. */
export const requestFileKeys = {
  import: {
    kind: 'texts',
    docs: 'Request files whose requests can be prerequisites.',
    suggest: 'requestFile',
  },
  variables: { kind: 'variables', docs: 'Values for ${name} in this file.' },
  ...inputsKey,
  ...settingsKeys,
  requests: { kind: 'named', docs: 'The requests, by name.', keys: requestKeys },
} as const satisfies KeyTable;
