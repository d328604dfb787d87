import { LatchkeyError } from '../errors';
import { shorten } from '../request/shorten';
import type { ApiDescription, Operation } from './apiDescription';
import { ApiNode, type ApiDocuments } from './apiNode';
import type { Dialect } from './dialect';
import { openApi3 } from './openApi3';
import { swagger2 } from './swagger2';

/** The operations of a path item, in the order in which people think of them. */
const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace', 'query'] as const;

/**
 * What a loaded description says: OpenAPI 3.0, 3.1 and 3.2, Swagger 2.0.
 * @param uri of the document that it begins with.
 * @param label what it is called in messages.
 * @throws LatchkeyError `description.*`
 */
export function readDescription(documents: ApiDocuments, uri: string, label: string): ApiDescription {
  const root = ApiNode.root(documents, uri);
  const dialect = dialectOf(root, label);
  const info = root.get('info');
  const operations = operationsOf(root, dialect, uri);
  return {
    title: oneLine(info?.textOf('title')) ?? label,
    version: oneLine(info?.textOf('version') ?? info?.get('version')?.number),
    description: info?.textOf('description'),
    servers: dialect.servers(root, uri) ?? [],
    operations,
    tags: tagsOf(root, operations),
    securitySchemes: dialect.securitySchemes(root),
  };
}

function dialectOf(root: ApiNode, label: string): Dialect {
  const version = versionOf(root, 'openapi') ?? versionOf(root, 'swagger');
  if (version === undefined) throw new LatchkeyError('description.notOne', { file: label });
  if (/^3\.\d/.test(version)) return openApi3;
  if (/^2(?:\.0)?$/.test(version)) return swagger2;
  throw new LatchkeyError('description.unknownVersion', { file: label, version: shorten(version, 20) });
}

/** YAML takes `swagger: 2.0` for a number. */
function versionOf(root: ApiNode, key: string): string | undefined {
  return root.textOf(key) ?? root.get(key)?.number;
}

function operationsOf(root: ApiNode, dialect: Dialect, uri: string): readonly Operation[] {
  const security = root.get('security');
  return (root.get('paths')?.entries ?? []).flatMap(([path, item]) => {
    if (!path.startsWith('/')) return [];
    const shared = item.get('parameters')?.items ?? [];
    return METHODS.flatMap((method) => {
      const node = item.get(method);
      return node ? [operationOf({ root, dialect, uri, path, method, item, node, shared, security })] : [];
    });
  });
}

interface OperationPlace {
  readonly root: ApiNode;
  readonly dialect: Dialect;
  readonly uri: string;
  readonly path: string;
  readonly method: string;
  readonly item: ApiNode;
  readonly node: ApiNode;
  /** Parameters of the path item. */
  readonly shared: readonly ApiNode[];
  /** What counts where the operation says nothing. */
  readonly security: ApiNode | undefined;
}

function operationOf(place: OperationPlace): Operation {
  const { root, dialect, uri, path, method, item, node, shared, security } = place;
  const parameters = merged(shared, node.get('parameters')?.items ?? []);
  const request = dialect.request(node, parameters, root);
  return {
    id: `${method.toUpperCase()} ${path}`,
    operationId: node.textOf('operationId'),
    method: method.toUpperCase(),
    path,
    summary: oneLine(node.textOf('summary') ?? item.textOf('summary')),
    description: node.textOf('description') ?? item.textOf('description'),
    tags: (node.get('tags')?.items ?? []).flatMap(({ text }) => text ?? []),
    isDeprecated: node.get('deprecated')?.isTrue === true,
    servers: dialect.servers(node, uri) ?? dialect.servers(item, uri),
    ...request,
    security: ((node.get('security') ?? security)?.items ?? []).map(({ entries }) => requirementOf(entries)),
  };
}

/** An operation's own parameter takes the place of one of the path item with the same name and place. */
function merged(shared: readonly ApiNode[], own: readonly ApiNode[]): readonly ApiNode[] {
  const byKey = new Map<string, ApiNode>();
  for (const node of [...shared, ...own]) {
    const place = node.textOf('in') ?? '';
    // Swagger 2 has one body, whatever it is called.
    byKey.set(place === 'body' ? place : `${place} ${node.textOf('name') ?? ''}`, node);
  }
  return [...byKey.values()];
}

function requirementOf(entries: ApiNode['entries']): ReadonlyMap<string, readonly string[]> {
  return new Map(entries.map(([scheme, scopes]) => [scheme, scopes.items.flatMap(({ text }) => text ?? [])]));
}

/** The tags that the document lists, then the others as they come up. */
function tagsOf(root: ApiNode, operations: readonly Operation[]): ReadonlyMap<string, string | undefined> {
  const tags = new Map<string, string | undefined>();
  for (const tag of root.get('tags')?.items ?? []) {
    const name = tag.textOf('name');
    if (name !== undefined) tags.set(name, tag.textOf('description'));
  }
  for (const { tags: names } of operations) {
    for (const name of names) if (!tags.has(name)) tags.set(name, undefined);
  }
  return tags;
}

function oneLine(text: string | undefined): string | undefined {
  const line = text === undefined ? '' : shorten(text.trim(), 200);
  return line === '' ? undefined : line;
}
