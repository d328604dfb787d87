import type { OAuthFlowName, Operation, Parameter, RequestBody, SecurityScheme } from './apiDescription';
import type { JsonValue } from '../json/jsonValue';
import type { ApiNode } from './apiNode';
import { bestMediaType, serverUrl, type Dialect } from './dialect';

/** Swagger 2.0. */
export const swagger2: Dialect = {
  servers: (node, uri) => (node.get('swagger') ? serversOf(node, uri) : undefined),
  securitySchemes: (root) =>
    new Map((root.get('securityDefinitions')?.entries ?? []).map(([name, node]) => [name, schemeOf(node)])),
  request: (operation, parameters, root): Pick<Operation, 'parameters' | 'body'> => ({
    parameters: parameters.flatMap((node) => parameterOf(node) ?? []),
    body: bodyOf(parameters, mediaTypesOf(operation, root)),
  }),
};

/** A document that names no host is served by the API itself. */
function serversOf(root: ApiNode, uri: string): readonly string[] {
  const basePath = root.textOf('basePath') ?? '';
  const host = root.textOf('host');
  if (host === undefined) return [serverUrl(basePath === '' ? '/' : basePath, uri)];
  const schemes = (root.get('schemes')?.items ?? []).flatMap(({ text }) => text ?? []);
  const web = schemes
    .filter((scheme) => scheme === 'https' || scheme === 'http')
    .sort()
    .reverse();
  const used = web.length > 0 ? web : [/^http:/i.test(uri) ? 'http' : 'https'];
  return used.map((scheme) => serverUrl(`${scheme}://${host}${basePath}`, uri));
}

function mediaTypesOf(operation: ApiNode, root: ApiNode): readonly string[] {
  const consumes = operation.get('consumes') ?? root.get('consumes');
  return (consumes?.items ?? []).flatMap(({ text }) => text ?? []);
}

function parameterOf(node: ApiNode): Parameter | undefined {
  const name = node.textOf('name');
  const place = node.textOf('in');
  if (name === undefined || (place !== 'path' && place !== 'query' && place !== 'header')) return undefined;
  const format = node.textOf('collectionFormat') ?? 'csv';
  return {
    name,
    in: place,
    isRequired: place === 'path' || node.get('required')?.isTrue === true,
    description: node.textOf('description'),
    // What describes the value stands beside the name.
    schema: node,
    example: node.get('x-example') ?? node.get('example'),
    list: {
      explode: format === 'multi',
      separator: format === 'ssv' ? ' ' : format === 'tsv' ? '\t' : format === 'pipes' ? '|' : ',',
    },
    isDeep: false,
    isJson: false,
  };
}

function bodyOf(parameters: readonly ApiNode[], mediaTypes: readonly string[]): RequestBody | undefined {
  const body = parameters.find((node) => node.textOf('in') === 'body');
  if (body) {
    return {
      mediaType: bestMediaType(mediaTypes) ?? 'application/json',
      schema: body.get('schema'),
      example: body.get('x-example') ?? body.get('example'),
    };
  }
  const fields = parameters.filter((node) => node.textOf('in') === 'formData');
  if (fields.length === 0) return undefined;
  const hasFile = fields.some((node) => node.textOf('type') === 'file');
  const forms = mediaTypes.filter((mediaType) => /form/i.test(mediaType));
  const mediaType = hasFile ? 'multipart/form-data' : (bestMediaType(forms) ?? 'application/x-www-form-urlencoded');
  return { mediaType, schema: formSchema(fields), example: undefined };
}

/** The fields of a form as the properties of an object, which is how later versions write it. */
function formSchema(fields: readonly ApiNode[]): ApiNode | undefined {
  const named = fields.flatMap((node) => {
    const name = node.textOf('name');
    return name === undefined ? [] : [[name, node] as const];
  });
  const required = named.filter(([, node]) => node.get('required')?.isTrue === true).map(([name]) => name);
  const properties = new Map(named.map(([name, { value }]) => [name, value]));
  return fields[0]?.beside(
    new Map<string, JsonValue>([
      ['type', 'object'],
      ['properties', properties],
      ['required', required],
    ]),
  );
}

function schemeOf(node: ApiNode): SecurityScheme {
  const type = node.textOf('type') ?? '';
  const place = node.textOf('in');
  const name = node.textOf('name');
  if (type === 'basic') return { kind: 'http', scheme: 'basic' };
  if (type === 'apiKey' && name !== undefined && (place === 'query' || place === 'header')) {
    return { kind: 'apiKey', in: place, name };
  }
  if (type !== 'oauth2') return { kind: 'other', type };
  const flow = {
    authorizationUrl: node.textOf('authorizationUrl'),
    tokenUrl: node.textOf('tokenUrl'),
    deviceAuthorizationUrl: undefined,
  };
  const name3 = FLOWS[node.textOf('flow') ?? ''];
  return { kind: 'oauth2', flows: name3 ? { [name3]: flow } : {} };
}

/** What version 3 calls the flows of version 2. */
const FLOWS: Readonly<Record<string, OAuthFlowName | undefined>> = {
  accessCode: 'authorizationCode',
  application: 'clientCredentials',
  implicit: 'implicit',
  password: 'password',
};
