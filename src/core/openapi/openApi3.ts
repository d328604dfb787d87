import type {
  OAuthFlow,
  OAuthFlowName,
  OAuthFlows,
  Operation,
  Parameter,
  RequestBody,
  SecurityScheme,
} from './apiDescription';
import type { ApiNode } from './apiNode';
import { bestMediaType, isJsonType, serverUrl, type Dialect } from './dialect';

/** OpenAPI 3.0, 3.1 and 3.2. */
export const openApi3: Dialect = {
  servers: (node, uri) => {
    const servers = (node.get('servers')?.items ?? []).flatMap((server) => serverOf(server, uri) ?? []);
    return servers.length === 0 ? undefined : servers;
  },
  securitySchemes: (root) =>
    new Map(
      (root.get('components')?.get('securitySchemes')?.entries ?? []).map(([name, node]) => [name, schemeOf(node)]),
    ),
  request: (operation, parameters): Pick<Operation, 'parameters' | 'body'> => ({
    parameters: parameters.flatMap((node) => parameterOf(node) ?? []),
    body: bodyOf(operation.get('requestBody')),
  }),
};

/** With the defaults of its variables (OpenAPI 3.1 §4.8.6). */
function serverOf(node: ApiNode, uri: string): string | undefined {
  const url = node.textOf('url');
  if (url === undefined) return undefined;
  const filled = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = node.get('variables')?.get(name);
    return variable?.textOf('default') ?? variable?.get('default')?.number ?? whole;
  });
  return serverUrl(filled, uri);
}

function parameterOf(node: ApiNode): Parameter | undefined {
  const name = node.textOf('name');
  const place = node.textOf('in');
  if (name === undefined || !isPlace(place)) return undefined;
  const content = node.get('content')?.entries[0];
  const style = node.textOf('style') ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple');
  const explode = node.get('explode');
  return {
    name,
    in: place,
    isRequired: place === 'path' || node.get('required')?.isTrue === true,
    description: node.textOf('description'),
    schema: node.get('schema') ?? content?.[1].get('schema'),
    example: exampleIn(node) ?? (content && exampleIn(content[1])),
    list: {
      explode: explode ? explode.isTrue : style === 'form',
      separator: style === 'spaceDelimited' ? ' ' : style === 'pipeDelimited' ? '|' : ',',
    },
    isDeep: style === 'deepObject',
    isJson: content !== undefined && isJsonType(content[0]),
  };
}

function isPlace(text: string | undefined): text is Parameter['in'] {
  return text === 'path' || text === 'query' || text === 'header' || text === 'cookie';
}

/** `example`, or the first of `examples` that has its value here. */
function exampleIn(node: ApiNode): ApiNode | undefined {
  const first = node.get('examples')?.entries.find(([, example]) => example.get('value') !== undefined);
  return node.get('example') ?? first?.[1].get('value');
}

function bodyOf(node: ApiNode | undefined): RequestBody | undefined {
  const content = node?.get('content')?.entries ?? [];
  const mediaType = bestMediaType(content.map(([each]) => each));
  const media = content.find(([each]) => each === mediaType)?.[1];
  if (!media || mediaType === undefined) return undefined;
  return { mediaType, schema: media.get('schema'), example: exampleIn(media) };
}

function schemeOf(node: ApiNode): SecurityScheme {
  const type = node.textOf('type') ?? '';
  const place = node.textOf('in');
  const name = node.textOf('name');
  if (type === 'oauth2') return { kind: 'oauth2', flows: flowsOf(node.get('flows')) };
  if (type === 'openIdConnect') return { kind: 'openIdConnect', url: node.textOf('openIdConnectUrl') ?? '' };
  if (type === 'http') return { kind: 'http', scheme: (node.textOf('scheme') ?? '').toLowerCase() };
  if (type === 'apiKey' && name !== undefined && (place === 'query' || place === 'header' || place === 'cookie')) {
    return { kind: 'apiKey', in: place, name };
  }
  return { kind: 'other', type };
}

const FLOWS: readonly OAuthFlowName[] = [
  ...(['authorizationCode', 'deviceAuthorization', 'clientCredentials', 'implicit', 'password'] as const),
];

function flowsOf(node: ApiNode | undefined): OAuthFlows {
  const flows: Partial<Record<OAuthFlowName, OAuthFlow>> = {};
  for (const name of FLOWS) {
    const flow = node?.get(name);
    if (flow) flows[name] = flowOf(flow);
  }
  return flows;
}

function flowOf(node: ApiNode): OAuthFlow {
  return {
    authorizationUrl: node.textOf('authorizationUrl'),
    tokenUrl: node.textOf('tokenUrl'),
    deviceAuthorizationUrl: node.textOf('deviceAuthorizationUrl'),
  };
}
