import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import { methodKeys } from '../request/format/requestKeys';
import { isName } from '../request/names';
import { shorten } from '../request/shorten';
import { operationCredentials, type CredentialsStyle } from './apiCredentials';
import type { ApiDescription, Operation, Parameter } from './apiDescription';
import { exampleYaml, literal, valueYaml } from './exampleYaml';
import { operationBody } from './operationBody';

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
  const server = (operation.servers ?? servers)[0]?.url;
  const shown = operation.parameters.filter(isShown);
  const variables = pathVariables(operation);
  const query = shown.filter((parameter) => parameter.in === 'query').map(parameterEntry);
  const own = shown.filter((parameter) => parameter.in === 'header' && !isWrittenElsewhere(parameter));
  const body = operationBody(operation.body);
  const headers = withOneCookie([
    ...[...own.map(parameterEntry), ...cookieHeader(shown), ...credentialHeaders, ...body.headers],
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
  return { name: freeName(operation, taken), entries };
}

function isShown({ isRequired, example, schema }: Parameter): boolean {
  return isRequired || example !== undefined || schema?.get('example') !== undefined;
}

/** The description says these by other means (OpenAPI 3.1 §4.8.12.2). */
function isWrittenElsewhere({ name }: Parameter): boolean {
  return /^(?:accept|content-type|authorization)$/i.test(name);
}

function methodEntries({ method, path }: Operation): readonly NewYamlEntry[] {
  // A dollar sign directly before an expression would escape it.
  const url = path.replace(/\{([^{}]*)\}|\$(?=\{)/g, (_, name: string | undefined) =>
    name === undefined ? '%24' : `\${${variableName(name)}|url}`,
  );
  const key = method.toLowerCase();
  if (Object.hasOwn(methodKeys, key)) return [entry(key, text(url))];
  return [entry('method', text(method)), entry('url', text(url))];
}

/** What stands in the braces of the path, also where no parameter is described for it. */
function pathVariables({ path, parameters }: Operation): readonly NewYamlEntry[] {
  const names = new Set(Array.from(path.matchAll(/\{([^{}]*)\}/g), ([, name = '']) => name));
  return [...names].map((name) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name);
    return [variableName(name), parameter ? variableValue(parameter) : literal('text')];
  });
}

/** What a variable may be called: a name, and not one that means something else. */
export function variableName(name: string): string {
  const clean = name.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_');
  const reserved = /^(?:uuid|now|item)$/.test(clean);
  return clean === '' || reserved ? `${clean}_` : clean;
}

function variableValue(parameter: Parameter): NewYaml {
  const value = exampleOf(parameter);
  if (value.kind === 'list') return listText(value.items, ',');
  return value.kind === 'map' ? literal('') : value;
}

function parameterEntry(parameter: Parameter): NewYamlEntry {
  const { name, list } = parameter;
  const value = exampleOf(parameter);
  if (value.kind === 'list' && !list.explode) return [name, listText(value.items, list.separator)];
  if (value.kind === 'map') return [name, literal('')];
  return [name, value];
}

function exampleOf({ example, schema }: Parameter): NewYaml {
  return example ? valueYaml(example.value) : exampleYaml(schema);
}

function listText(items: readonly NewYaml[], separator: string): NewYaml {
  const texts = items.map((item) => (item.kind === 'text' ? item.text : item.kind === 'raw' ? item.source : ''));
  return text(texts.join(separator));
}

function cookieHeader(shown: readonly Parameter[]): readonly NewYamlEntry[] {
  const cookies = shown.filter((parameter) => parameter.in === 'cookie');
  if (cookies.length === 0) return [];
  const pairs = cookies.map((cookie) => {
    const [name, value] = parameterEntry(cookie);
    return `${name}=${value.kind === 'text' ? value.text : value.kind === 'raw' ? value.source : ''}`;
  });
  return [['Cookie', text(pairs.join('; '))]];
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
