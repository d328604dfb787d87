import type { JsonValue } from '../../json/jsonValue';
import { isJsonArray } from '../../json/jsonValue';
import { enabled, fieldsOf } from '../fields';
import type {
  ImportedAuth,
  ImportedCollection,
  ImportedField,
  ImportedRequest,
  ImportedVariable,
} from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import type { ImportSource } from '../importSource';
import { anyText, isFalseAt, itemsAt, member, scalarText, textAt } from '../importTree';
import { MAX_FOLDER_DEPTH } from '../limits';
import { Placeholders, type VariableNames } from '../placeholders';
import { readScript } from '../scripts';
import { postmanAuth } from './postmanAuth';
import { postmanBody } from './postmanBody';
import { postmanUrl } from './postmanUrl';

/** A collection of version 2.0 or 2.1, as it is exported or as the API gives it out (`{ collection: … }`). */
export function isPostmanCollection({ tree }: ImportSource): boolean {
  const root = member(tree, 'collection') ?? tree;
  const schema = textAt(root, 'info', 'schema');
  const { length } = itemsAt(root, 'item');
  return /getpostman\.com|schema\.postman/i.test(schema) || (length > 0 && member(root, 'info') !== undefined);
}

export function readPostmanCollection({ tree, fileName }: ImportSource, names: VariableNames): ImportedCollection {
  const root = member(tree, 'collection') ?? tree;
  const reader = new CollectionReader(names);
  const auth = reader.auth(member(root, 'auth'), { kind: 'none' }, reader.notes);
  reader.script(root, reader.notes);
  reader.items(itemsAt(root, 'item'), [], auth);
  return {
    name: textAt(root, 'info', 'name') || fileName.replace(/\.[^.]*$/, ''),
    requests: reader.requests,
    variables: postmanVariables(itemsAt(root, 'variable'), reader.placeholders, reader.notes),
    environments: [],
    notes: [...reader.notes, ...reader.lastNotes],
  };
}

/** Variables of a collection or an environment; `type: secret` is what people want hidden. */
export function postmanVariables(
  items: readonly JsonValue[],
  placeholders: Placeholders,
  notes: ImportNote[],
): readonly ImportedVariable[] {
  return enabled(items, 'key', 'variables', notes).flatMap((item) => {
    const written = textAt(item, 'key') || textAt(item, 'id');
    if (written === '') return [];
    const text = placeholders.text(anyText(member(item, 'value')));
    const isSecret = textAt(item, 'type') === 'secret' || undefined;
    return [{ name: placeholders.name(written), value: { kind: 'text', text }, isSecret }];
  });
}

class CollectionReader {
  readonly placeholders: Placeholders;
  readonly requests: ImportedRequest[] = [];
  readonly notes: ImportNote[] = [];
  #examples = 0;
  #isTooDeep = false;

  constructor(names: VariableNames) {
    this.placeholders = new Placeholders(names);
  }

  get lastNotes(): readonly ImportNote[] {
    return [
      ...(this.#examples > 0 ? [importNote('examples', { count: this.#examples })] : []),
      ...(this.#isTooDeep ? [importNote('folderDepth', { depth: MAX_FOLDER_DEPTH })] : []),
    ];
  }

  auth(value: JsonValue | undefined, inherited: ImportedAuth, notes: ImportNote[]): ImportedAuth {
    const auth = postmanAuth(value, this.placeholders, notes);
    return auth === 'inherit' ? inherited : auth;
  }

  items(items: readonly JsonValue[], folder: readonly string[], inherited: ImportedAuth): void {
    if (folder.length > MAX_FOLDER_DEPTH) {
      this.#isTooDeep = true;
      return;
    }
    for (const item of items) {
      const children = member(item, 'item');
      if (children === undefined || !isJsonArray(children)) this.#request(item, folder, inherited);
      else {
        const auth = this.auth(member(item, 'auth'), inherited, this.notes);
        this.script(item, this.notes);
        this.items(children, [...folder, textAt(item, 'name')], auth);
      }
    }
  }

  /** Scripts of a folder would run with each of its requests. */
  script(item: JsonValue | undefined, notes: ImportNote[]): void {
    for (const { when, code } of scriptsOf(item)) {
      if (code.trim() !== '')
        notes.push(importNote('script', { when: `${when}, ${textAt(item, 'name') || 'collection'}` }));
    }
  }

  #request(item: JsonValue, folder: readonly string[], inherited: ImportedAuth): void {
    const request = member(item, 'request');
    if (request === undefined) return;
    const notes: ImportNote[] = [];
    const { placeholders } = this;
    const { url, query, variables } = postmanUrl(
      scalarText(request) === undefined ? member(request, 'url') : request,
      placeholders,
      notes,
    );
    const tests = scriptsOf(item).filter(({ when }) => when === 'test');
    const script = readScript(tests.map(({ code }) => code).join('\n'), 'test');
    notes.push(...script.notes);
    const before = scriptsOf(item).filter(({ when }) => when !== 'test');
    for (const { when, code } of before) if (code.trim() !== '') notes.push(importNote('script', { when }));
    this.#examples += itemsAt(item, 'response').length;
    this.requests.push({
      name: textAt(item, 'name') || 'request',
      folder,
      description: description(member(request, 'description')) || description(member(item, 'description')),
      method: textAt(request, 'method') || 'GET',
      ...{ url, query, variables },
      headers: headersOf(member(request, 'header'), placeholders, notes),
      auth: this.auth(member(request, 'auth'), inherited, notes),
      body: postmanBody(member(request, 'body'), placeholders, notes),
      status: script.status,
      captures: script.captures.map(({ name, from }) => ({ name: placeholders.name(name), from })),
      redirects: redirectsOf(item),
      notes,
    });
  }
}

/** Headers are a list, or lines in old files. */
function headersOf(
  value: JsonValue | undefined,
  placeholders: Placeholders,
  notes: ImportNote[],
): readonly ImportedField[] {
  if (typeof value !== 'string') {
    const items = value !== undefined && isJsonArray(value) ? value : [];
    return fieldsOf(items, { name: 'key', value: 'value' }, 'headers', placeholders, notes);
  }
  return value.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    return colon < 1 || name.startsWith('//')
      ? []
      : [{ name: placeholders.text(name), value: placeholders.text(line.slice(colon + 1).trim()) }];
  });
}

function scriptsOf(item: JsonValue | undefined): readonly { readonly when: string; readonly code: string }[] {
  return itemsAt(item, 'event').map((event) => {
    const lines = itemsAt(event, 'script', 'exec').flatMap((line) => scalarText(line) ?? []);
    return {
      when: textAt(event, 'listen') || 'script',
      code: lines.length > 0 ? lines.join('\n') : textAt(event, 'script', 'exec'),
    };
  });
}

function description(value: JsonValue | undefined): string {
  return scalarText(value) ?? textAt(value, 'content');
}

function redirectsOf(item: JsonValue): number | undefined {
  if (isFalseAt(item, 'protocolProfileBehavior', 'followRedirects')) return 0;
  const most = Number(textAt(item, 'protocolProfileBehavior', 'maxRedirects') || NaN);
  return Number.isInteger(most) && most >= 0 && most <= 100 ? most : undefined;
}
