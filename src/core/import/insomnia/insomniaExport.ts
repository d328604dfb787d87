import type { JsonValue } from '../../json/jsonValue';
import type { ImportedCollection, ImportedEnvironment, ImportedRequest, ImportedVariable } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import type { ImportSource } from '../importSource';
import { isFalseAt, itemsAt, member, textAt } from '../importTree';
import { MAX_FOLDER_DEPTH } from '../limits';
import type { VariableNames } from '../placeholders';
import { withCaptures } from './insomniaFile';
import { insomniaAuth, insomniaRequest, type InsomniaFolder } from './insomniaRequest';
import { InsomniaTexts } from './insomniaTags';
import { insomniaVariables } from './insomniaVariables';

/** An export of Insomnia 4 (`__export_format: 4`), in which everything names its parent. */
export function isInsomniaExport({ tree }: ImportSource): boolean {
  return textAt(tree, '_type') === 'export' && itemsAt(tree, 'resources').length > 0;
}

export function readInsomniaExport({ tree, fileName }: ImportSource, names: VariableNames): ImportedCollection {
  return new ExportReader(itemsAt(tree, 'resources'), names).read(fileName);
}

class ExportReader {
  readonly #resources: readonly JsonValue[];
  readonly #texts: InsomniaTexts;
  readonly #notes: ImportNote[] = [];
  readonly #children = new Map<string, JsonValue[]>();
  readonly #shared: ImportedVariable[] = [];
  readonly #environments: ImportedEnvironment[] = [];
  readonly #requests: (ImportedRequest & { readonly id: string })[] = [];
  readonly #seen = new Set<JsonValue>();

  constructor(resources: readonly JsonValue[], names: VariableNames) {
    this.#resources = resources;
    this.#texts = new InsomniaTexts(names);
  }

  read(fileName: string): ImportedCollection {
    const ids = new Set(this.#resources.map((each) => textAt(each, '_id')));
    for (const resource of this.#resources) {
      const written = textAt(resource, 'parentId');
      const parent = ids.has(written) ? written : '';
      const siblings = this.#children.get(parent);
      if (siblings) siblings.push(resource);
      else this.#children.set(parent, [resource]);
    }
    const workspace = textAt(
      this.#resources.find((each) => textAt(each, '_type') === 'workspace'),
      'name',
    );
    this.#visit('', { path: [], auth: undefined, headers: [] });
    return {
      name: workspace === '' ? fileName.replace(/\.\w+$/, '') : workspace,
      requests: withCaptures(this.#requests, this.#texts),
      ...{ variables: this.#shared, environments: this.#environments, notes: this.#notes },
    };
  }

  #visit(parent: string, folder: InsomniaFolder): void {
    if (folder.path.length > MAX_FOLDER_DEPTH) {
      this.#notes.push(importNote('folderDepth', { depth: MAX_FOLDER_DEPTH }));
      return;
    }
    const sortKey = (each: JsonValue): number => Number(textAt(each, 'metaSortKey') || 0);
    const items = (this.#children.get(parent) ?? []).toSorted((a, b) => sortKey(a) - sortKey(b));
    for (const item of items) {
      // Something that is its own parent is met again.
      if (this.#seen.has(item)) continue;
      this.#seen.add(item);
      this.#resource(item, folder);
    }
  }

  #resource(item: JsonValue, folder: InsomniaFolder): void {
    const id = textAt(item, '_id');
    const type = textAt(item, '_type');
    switch (type) {
      case 'workspace':
        this.#visit(id, folder);
        return;
      case 'environment':
        this.#environment(item, id);
        return;
      case 'request_group': {
        const auth = insomniaAuth(member(item, 'authentication'), this.#texts, this.#notes) ?? folder.auth;
        this.#shared.push(...insomniaVariables(member(item, 'environment'), this.#texts, this.#notes));
        const headers = [...folder.headers, ...itemsAt(item, 'headers')];
        this.#visit(id, { path: [...folder.path, textAt(item, 'name')], auth, headers });
        return;
      }
      case 'request':
      case 'websocket_request': {
        const parts = {
          ...{ id, isSocket: type !== 'request', description: textAt(item, 'description') },
          ...{ scriptBefore: textAt(item, 'preRequestScript'), scriptAfter: textAt(item, 'afterResponseScript') },
          followRedirects: textAt(item, 'settingFollowRedirects'),
          sendsCookies: !isFalseAt(item, 'settingSendCookies'),
        };
        this.#requests.push({ id, ...insomniaRequest(item, parts, folder, this.#texts) });
        return;
      }
      case 'grpc_request':
      case 'socketio_request':
        this.#notes.push(importNote('unsupported', { type: `${type} ${textAt(item, 'name')}` }));
        return;
      default:
    }
  }

  /** Environments below the one of the workspace replace some of its values. */
  #environment(item: JsonValue, id: string): void {
    this.#shared.push(...insomniaVariables(member(item, 'data'), this.#texts, this.#notes));
    for (const child of this.#children.get(id) ?? []) {
      if (textAt(child, '_type') !== 'environment') continue;
      const variables = insomniaVariables(member(child, 'data'), this.#texts, this.#notes);
      this.#environments.push({ name: textAt(child, 'name') || 'environment', variables });
    }
  }
}
