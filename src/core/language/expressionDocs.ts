import type { Filter } from '../request/value';

/** What each filter does. */
export const FILTER_DOCS: Readonly<Record<Filter, string>> = {
  json: 'The value as JSON; as the last filter of a whole value, a text is read as JSON.',
  url: 'Encoded for a URL.',
  base64: 'Base64 of its UTF-8 bytes.',
  unix: 'A date as seconds since 1970.',
};

/** What each source is, by its name or what stands before its colon. */
export const SOURCE_DOCS: Readonly<Record<string, string>> = {
  uuid: 'A random UUID, the same wherever a variable with it is used in one send.',
  now: 'The time of the send as ISO 8601 in UTC; now:+1h and now:-30m are later and earlier.',
  random: 'A random whole number, both ends included: random:1..100.',
  secret: 'A secret that is kept in SecretStorage for this folder; asked for when it is first needed.',
  env: 'A variable of the .env file beside the project file, else of the process.',
  input: 'A value that is asked for when the request is sent.',
  file: 'The text of a file, relative to the file that names it.',
};
