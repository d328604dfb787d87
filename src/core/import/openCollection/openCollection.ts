import type { JsonValue } from '../../json/jsonValue';
import type { ImportedCollection, ImportedEnvironment, ImportedRequest, ImportedVariable } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import type { ImportSource } from '../importSource';
import { itemsAt, member, textAt } from '../importTree';
import { MAX_FOLDER_DEPTH } from '../limits';
import { Placeholders, type VariableNames } from '../placeholders';
import { openAuth, openRequest, openVariables, type OpenFolder } from './openRequest';

type Kind = 'collection' | 'folder' | 'request' | 'environment';

/** OpenCollection, which Bruno writes: one file with everything, or a folder with a file for each request. */
export function isOpenCollection(source: ImportSource): boolean {
  return kindOf(source) !== undefined;
}

/** The files of a folder are read together, with the first of them. */
export function readOpenCollection(
  source: ImportSource,
  names: VariableNames,
  all: readonly ImportSource[],
): ImportedCollection {
  const files = all.filter(isOpenCollection);
  const root = files.find((each) => kindOf(each) === 'collection') ?? files[0] ?? source;
  const name = textAt(root.tree, 'info', 'name') || root.fileName.replace(/\.\w+$/, '');
  if (root !== source) return { name, requests: [], variables: [], environments: [], notes: [] };
  return new OpenReader(names).read(name, root, files);
}

function kindOf({ tree, folders }: ImportSource): Kind | undefined {
  if (textAt(tree, 'opencollection') !== '') return 'collection';
  const type = textAt(tree, 'info', 'type');
  if (type === 'folder') return 'folder';
  if (/^(?:http|graphql|websocket|grpc)$/.test(type) && member(tree, type) !== undefined) return 'request';
  const isEnvironment = folders.at(-1) === 'environments' && member(tree, 'variables') !== undefined;
  return isEnvironment ? 'environment' : undefined;
}

class OpenReader {
  readonly #placeholders: Placeholders;
  readonly #notes: ImportNote[] = [];
  readonly #requests: ImportedRequest[] = [];
  readonly #shared: ImportedVariable[] = [];
  readonly #environments: ImportedEnvironment[] = [];

  constructor(names: VariableNames) {
    this.#placeholders = new Placeholders(names);
  }

  read(name: string, root: ImportSource, files: readonly ImportSource[]): ImportedCollection {
    const top = this.#folder(root.tree, { path: [], auth: undefined, headers: [], variables: [] });
    for (const each of itemsAt(root.tree, 'config', 'environments')) this.#environment(each, '');
    if (member(root.tree, 'config', 'clientCertificates') ?? member(root.tree, 'config', 'proxy')) {
      this.#notes.push(importNote('certificates'));
    }
    this.#items(itemsAt(root.tree, 'items'), top);
    this.#files(files, top);
    return {
      ...{ name, requests: this.#requests, variables: this.#shared },
      ...{ environments: this.#environments, notes: this.#notes },
    };
  }

  #items(items: readonly JsonValue[], folder: OpenFolder): void {
    if (folder.path.length > MAX_FOLDER_DEPTH) {
      this.#notes.push(importNote('folderDepth', { depth: MAX_FOLDER_DEPTH }));
      return;
    }
    for (const item of items) {
      if (textAt(item, 'info', 'type') !== 'folder' && member(item, 'items') === undefined) this.#request(item, folder);
      else {
        const path = [...folder.path, textAt(item, 'info', 'name') || textAt(item, 'name')];
        this.#items(itemsAt(item, 'items'), this.#folder(item, { ...folder, path }));
      }
    }
  }

  #files(files: readonly ImportSource[], top: OpenFolder): void {
    const folders = new Map<string, ImportSource>();
    for (const file of files) if (kindOf(file) === 'folder') folders.set(file.folders.join('/'), file);
    const requests: { readonly file: ImportSource; readonly order: readonly number[] }[] = [];
    for (const file of files) {
      if (kindOf(file) === 'environment') this.#environment(file.tree, file.fileName.replace(/\.\w+$/, ''));
      if (kindOf(file) !== 'request') continue;
      const above = file.folders.map((_, index) => folders.get(file.folders.slice(0, index + 1).join('/')));
      requests.push({ file, order: [...above, file].map((each) => Number(textAt(each?.tree, 'info', 'seq') || 1e9)) });
    }
    requests.sort((a, b) => compareOrders(a.order, b.order));
    for (const { file } of requests) {
      const folder = file.folders.reduce<OpenFolder>((above, segment, index) => {
        const own = folders.get(file.folders.slice(0, index + 1).join('/'));
        const path = [...above.path, textAt(own?.tree, 'info', 'name') || segment];
        return this.#folder(own?.tree, { ...above, path });
      }, top);
      this.#request(file.tree, folder);
    }
  }

  #folder(tree: JsonValue | undefined, above: OpenFolder): OpenFolder {
    const defaults = member(tree, 'request');
    const variables = openVariables(itemsAt(defaults, 'variables'), this.#placeholders, this.#notes);
    // Those of the collection are for all requests; those of a folder for the requests in it.
    if (above.path.length === 0) this.#shared.push(...variables);
    return {
      path: above.path,
      auth: openAuth(member(defaults, 'auth'), this.#placeholders, this.#notes) ?? above.auth,
      headers: [...above.headers, ...itemsAt(defaults, 'headers')],
      variables: above.path.length === 0 ? above.variables : [...above.variables, ...variables],
    };
  }

  #environment(tree: JsonValue | undefined, fallback: string): void {
    const variables = openVariables(itemsAt(tree, 'variables'), this.#placeholders, this.#notes);
    this.#environments.push({
      name: textAt(tree, 'name') || textAt(tree, 'info', 'name') || fallback || 'environment',
      variables,
    });
  }

  #request(item: JsonValue | undefined, folder: OpenFolder): void {
    const request = openRequest(item, folder, this.#placeholders);
    if (request) this.#requests.push(request);
    else {
      const type = textAt(item, 'info', 'type') || textAt(item, 'type');
      this.#notes.push(importNote('unsupported', { type: `${type} ${textAt(item, 'info', 'name')}`.trim() }));
    }
  }
}

function compareOrders(a: readonly number[], b: readonly number[]): number {
  for (const [index, order] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (order !== other) return order - other;
  }
  return a.length - b.length;
}
