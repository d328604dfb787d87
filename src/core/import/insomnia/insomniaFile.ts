import { isJsonArray, type JsonValue } from '../../json/jsonValue';
import type { ImportedCollection, ImportedRequest } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import type { ImportSource } from '../importSource';
import { isFalseAt, itemsAt, member, scalarText, textAt } from '../importTree';
import { MAX_FOLDER_DEPTH } from '../limits';
import type { VariableNames } from '../placeholders';
import { insomniaAuth, insomniaRequest, type InsomniaFolder } from './insomniaRequest';
import { InsomniaTexts } from './insomniaTags';
import { insomniaVariables } from './insomniaVariables';

/** A collection, a document or an environment of Insomnia 5 (`type: collection.insomnia.rest/5.0`). */
export function isInsomniaFile({ tree }: ImportSource): boolean {
  return /^(?:collection|spec|environment)\.insomnia\.rest\/5/.test(textAt(tree, 'type'));
}

export function readInsomniaFile({ tree, fileName }: ImportSource, names: VariableNames): ImportedCollection {
  const texts = new InsomniaTexts(names);
  const notes: ImportNote[] = [];
  const found: (ImportedRequest & { readonly id: string })[] = [];
  const shared = [...insomniaVariables(member(tree, 'environments', 'data'), texts, notes)];
  const visit = (items: readonly JsonValue[], folder: InsomniaFolder): void => {
    if (folder.path.length > MAX_FOLDER_DEPTH) notes.push(importNote('folderDepth', { depth: MAX_FOLDER_DEPTH }));
    else for (const item of items) visitItem(item, folder);
  };
  const visitItem = (item: JsonValue, folder: InsomniaFolder): void => {
    const children = member(item, 'children');
    if (children !== undefined && isJsonArray(children)) {
      const auth = insomniaAuth(member(item, 'authentication'), texts, notes) ?? folder.auth;
      shared.push(...insomniaVariables(member(item, 'environment'), texts, notes));
      if (textAt(item, 'scripts', 'preRequest') + textAt(item, 'scripts', 'afterResponse') !== '') {
        notes.push(importNote('script', { when: textAt(item, 'name') }));
      }
      const headers = [...folder.headers, ...itemsAt(item, 'headers')];
      visit(children, { path: [...folder.path, textAt(item, 'name')], auth, headers });
      return;
    }
    const id = textAt(item, 'meta', 'id');
    const isSocket = id.startsWith('ws-req');
    if (member(item, 'url') === undefined || (!isSocket && member(item, 'method') === undefined)) {
      notes.push(importNote('unsupported', { type: `${id.split('_')[0] ?? ''} ${textAt(item, 'name')}`.trim() }));
      return;
    }
    const parts = {
      ...{ id, isSocket, description: textAt(item, 'meta', 'description') },
      ...{ scriptBefore: textAt(item, 'scripts', 'preRequest'), scriptAfter: textAt(item, 'scripts', 'afterResponse') },
      followRedirects: scalarText(member(item, 'settings', 'followRedirects')) ?? '',
      sendsCookies: !isFalseAt(item, 'settings', 'cookies', 'send'),
    };
    found.push({ id, ...insomniaRequest(item, parts, folder, texts) });
  };
  visit(itemsAt(tree, 'collection'), { path: [], auth: undefined, headers: [] });
  const environments = itemsAt(tree, 'environments', 'subEnvironments').map((each) => ({
    name: textAt(each, 'name') || 'environment',
    variables: insomniaVariables(member(each, 'data'), texts, notes),
  }));
  if (itemsAt(tree, 'certificates').length > 0) notes.push(importNote('certificates'));
  const name = textAt(tree, 'name') || fileName.replace(/\.\w+$/, '');
  return { name, requests: withCaptures(found, texts), variables: shared, environments, notes };
}

/** Requests with what others take out of their responses, which is known once all are read. */
export function withCaptures(
  requests: readonly (ImportedRequest & { readonly id: string })[],
  texts: InsomniaTexts,
): readonly ImportedRequest[] {
  return requests.map(({ id, ...request }) => {
    const captures = [...(request.captures ?? []), ...texts.capturesOf(id)];
    return captures.length === 0 ? request : { ...request, captures };
  });
}
