import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import { methodKeys } from '../request/format/requestKeys';
import { isName } from '../request/names';
import { shorten } from '../request/shorten';
import { operationCredentials, type CredentialsStyle } from './apiCredentials';
import type { ApiDescription, Operation, Parameter } from './apiDescription';
import { literal } from './exampleYaml';
import { operationBody } from './operationBody';
import { cookieHeader, parameterEntries, pathVariables, variableName } from './operationParameters';
import { withoutSecrets } from './withoutSecrets';

/** How the requests of an API are written into a file. */
export interface OperationStyle extends CredentialsStyle {
  /** The address that a request has in its file without saying so; another one is written as its own `baseUrl`. */
  readonly baseUrl: string | undefined;
}

/** A request to be written into a file. */
export interface OperationRequest {
  readonly name: string;
  readonly entries: readonly NewYamlEntry[];
}

/**
 * An operation as a request with its examples filled in. Parameters of the path become variables of the request;
 * optional ones are written where the description has an example for them.
 * @param taken names that other requests have; the new one is added.
 */
export function operationRequest(
  operation: Operation,
  { servers, securitySchemes }: ApiDescription,
  style: OperationStyle,
  taken: Set<string>,
): OperationRequest {
  const { auth, headers: credentialHeaders = [] } = operationCredentials(operation, securitySchemes, style);
  const server = (operation.servers ?? servers)[0];
  const shown = operation.parameters.filter(isShown);
  const variables = pathVariables(operation);
  const query = shown.filter((parameter) => parameter.in === 'query').flatMap(parameterEntries);
  const own = shown.filter((parameter) => parameter.in === 'header' && !isWrittenElsewhere(parameter));
  const body = operationBody(operation.body);
  const headers = withOneCookie([
    ...[...own.flatMap(parameterEntries), ...cookieHeader(shown), ...credentialHeaders, ...body.headers],
  ]);
  const description = operation.summary ?? firstLine(operation.description);
  const entries: NewYamlEntry[] = [
    ...(description === undefined ? [] : [entry('description', literal(description))]),
    ...methodEntries(operation),
    ...(server === undefined || server === style.baseUrl ? [] : [entry('baseUrl', literal(server))]),
    ...(variables.length === 0 ? [] : [entry('variables', map(variables))]),
    ...(auth ? [entry('auth', auth)] : []),
    ...(query.length === 0 ? [] : [entry('query', map(query))]),
    ...(headers.length === 0 ? [] : [entry('headers', map(headers))]),
    ...body.entries,
  ];
  return { name: freeName(operation, taken), entries: withoutSecrets(entries) };
}

function isShown({ isRequired, example, schema }: Parameter): boolean {
  return isRequired || example !== undefined || schema?.get('example') !== undefined;
}

/** The description says these by other means (OpenAPI 3.1 §4.8.12.2). */
function isWrittenElsewhere({ name }: Parameter): boolean {
  return /^(?:accept|content-type|authorization)$/i.test(name);
}

/** Some descriptions tell operations of one path apart by a fragment, which is never sent. */
export function pathOnly(path: string): string {
  return path.split('#', 1)[0] ?? '';
}

function methodEntries({ method, path }: Operation): readonly NewYamlEntry[] {
  // A dollar sign directly before an expression would escape it.
  const url = pathOnly(path).replace(/\{([^{}]*)\}|\$(?=\{)/g, (_, name: string | undefined) =>
    name === undefined ? '%24' : `\${${variableName(name)}|url}`,
  );
  const key = method.toLowerCase();
  if (Object.hasOwn(methodKeys, key)) return [entry(key, text(url))];
  return [entry('method', text(method)), entry('url', text(url))];
}

/** Cookies are one header (RFC 6265 §5.4). */
function withOneCookie(headers: readonly NewYamlEntry[]): readonly NewYamlEntry[] {
  const cookies = headers.flatMap(([name, value]) => (name === 'Cookie' && value.kind === 'text' ? [value.text] : []));
  if (cookies.length < 2) return headers;
  return [...headers.filter(([name]) => name !== 'Cookie'), ['Cookie', text(cookies.join('; '))]];
}

/** The operation's id where it can be a name, else what it does to what. */
function freeName({ operationId, method, path }: Operation, taken: Set<string>): string {
  const clean = (operationId ?? '').replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '');
  const words = path.split('/').filter((part) => part !== '' && !part.includes('{'));
  const made = [method.toLowerCase(), ...words]
    .join('-')
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const base = shortened(isName(clean) ? clean : made);
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
  taken.add(name);
  return name;
}

function shortened(name: string): string {
  return name.slice(0, 120).replace(/-+$/, '');
}

function firstLine(description: string | undefined): string | undefined {
  const line = description?.trim().split('\n', 1)[0] ?? '';
  return line === '' ? undefined : shorten(line, 200);
}

function entry(key: string, value: NewYaml): NewYamlEntry {
  return [key, value];
}

function map(entries: readonly NewYamlEntry[]): NewYaml {
  return { kind: 'map', entries };
}

function text(value: string): NewYaml {
  return { kind: 'text', text: value };
}
