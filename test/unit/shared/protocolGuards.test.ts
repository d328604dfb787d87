import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostMessage, isViewMessage } from '../../../src/shared/protocolGuards';
import type { HostMessage, ViewMessage } from '../../../src/shared/protocol';
import { runnerStrings } from '../../../src/shared/runnerStrings';
import { editSample, historyItems, refused, modelWith, responseSample, PROBLEM } from '../../webview/samples';
import { fc } from '../../helpers/properties';

const layout = { form: 'pretty', columns: 80 } as const;

const viewMessages: readonly ViewMessage[] = [
  { type: 'ready', version: 1, layout },
  { type: 'layout', layout },
  { type: 'send' },
  { type: 'cancel' },
  { type: 'selectRequest', name: 'listOrders' },
  { type: 'requestRows', requestId: 1, bodyId: 'b', form: 'raw', columns: 0, from: 0, to: 100 },
  { type: 'find', requestId: 2, bodyId: 'b', form: 'pretty', columns: 80, text: 'alice' },
  { type: 'action', action: 'signIn' },
  { type: 'copy', what: 'body', form: 'pretty' },
  { type: 'openBodyInEditor', form: 'raw' },
  { type: 'listHistory' },
  { type: 'edit' },
  { type: 'endEdit' },
  {
    type: 'applyEdit',
    base: '1',
    wanted: {
      ...{ method: 'GET', url: '/' },
      query: [{ name: 'a', value: 'b', from: 0 }],
      headers: [{ name: 'c', value: 'd', from: undefined }],
      body: { kind: 'json', text: '{}', isYaml: true },
    },
    send: false,
  },
  { type: 'openHistory', id: 'a-1' },
  { type: 'showLatest' },
  { type: 'compare', with: { kind: 'previous' } },
  { type: 'compare', with: { kind: 'entry', id: 'a-1' } },
  { type: 'compare', with: { kind: 'ask' } },
  { type: 'requestBytes', requestId: 3, bodyId: 'b', from: 0, to: 4096 },
  { type: 'requestTable', requestId: 4, bodyId: 'b', from: 0, to: 100 },
  { type: 'requestPreview', requestId: 5, bodyId: 'b' },
  { type: 'saveBody' },
  { type: 'copyHeader', index: 2 },
  { type: 'fold', bodyId: 'b', columns: 80, top: 0, row: 3, isFolded: true },
  { type: 'fold', bodyId: 'b', columns: 80, top: 0, isFolded: false },
  { type: 'copyNode', bodyId: 'b', columns: 80, row: 3, what: 'path' },
  { type: 'filter', requestId: 6, bodyId: 'b', path: '$.a' },
  { type: 'problem', message: 'it broke' },
];

const row = { line: 1, text: '{', hang: 0, continues: false, inString: false };
const rows = {
  bodyId: 'b',
  form: 'pretty',
  columns: 80,
  folds: 0,
  isFolded: false,
  rowCount: 1,
  from: 0,
  rows: [row],
} as const;

async function hostMessages(): Promise<readonly HostMessage[]> {
  const problem = await responseSample({ status: 404, contentType: 'application/problem+json', text: PROBLEM });
  return [
    { type: 'snapshot', version: 1, strings: runnerStrings, model: modelWith({}), rows: undefined },
    { type: 'update', model: problem.model, rows },
    { type: 'update', model: modelWith({ state: refused }), rows: undefined },
    { type: 'bodyRows', requestId: 1, rows },
    { type: 'found', requestId: 2, matches: [{ row: 0, start: 1, end: 3 }], more: false, isFailed: false },
    {
      type: 'bodyGrew',
      bodyId: 'b',
      form: 'raw',
      columns: 0,
      size: 9,
      rowCount: 3,
      lineCount: 2,
      hasPretty: true,
      complete: false,
    },
    {
      type: 'update',
      model: modelWith({ past: { id: 'a-1', at: 1, environment: 'local', isLatest: false } }),
      rows: undefined,
    },
    { type: 'history', items: historyItems },
    { type: 'written', edit: editSample },
    { type: 'editEnd', end: { kind: 'applied' } },
    { type: 'editEnd', end: { kind: 'refused', message: 'No.' } },
    { type: 'bodyBytes', requestId: 3, bytes: { bodyId: 'b', from: 0, size: 2, data: 'UEs=' } },
    {
      type: 'bodyTable',
      requestId: 4,
      table: {
        ...{ bodyId: 'b', rowCount: 1, complete: true, columns: 1, isPartial: false, from: 0 },
        ...{ rows: [['a']], continued: [], cut: [{ row: 0, cell: 0 }] },
      },
    },
    { type: 'bodyPreview', requestId: 5, preview: { bodyId: 'b', html: undefined, isPage: false, shownBytes: 2 } },
    { type: 'refolded', rows, top: 4 },
    { type: 'filtered', requestId: 6, result: { kind: 'problem', message: 'no', at: 2 } },
    { type: 'filtered', requestId: 6, result: { kind: 'hits', body: { kind: 'empty' }, count: 0, shown: 0 } },
    { type: 'announce', text: 'Copied' },
  ];
}

void test('every message of the view is understood, also after having been sent as JSON', () => {
  for (const message of viewMessages) {
    assert.ok(isViewMessage(message), message.type);
    assert.ok(isViewMessage(JSON.parse(JSON.stringify(message))), message.type);
  }
});

void test('every message of the host is understood, also after having been sent as JSON', async () => {
  for (const message of await hostMessages()) {
    assert.ok(isHostMessage(message), message.type);
    assert.ok(isHostMessage(JSON.parse(JSON.stringify(message))), message.type);
  }
});

void test('a message with any part replaced by something of another type is not understood', async () => {
  let replaced = 0;
  const check = (message: object, isKnown: (value: unknown) => boolean): void => {
    for (const path of leaves(message)) {
      replaced++;
      assert.equal(isKnown(replaceAt(message, path, Symbol('other'))), false, path.join('.'));
    }
  };
  for (const message of viewMessages) check(message, isViewMessage);
  for (const message of await hostMessages()) check(message, isHostMessage);
  assert.ok(replaced > 200, `only ${replaced} parts`);
});

void test('nothing that comes from elsewhere makes the guards throw, or is understood', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      assert.equal(isViewMessage(value), false);
      assert.equal(isHostMessage(value), false);
    }),
  );
});

for (const [name, message] of [
  ['an action that does not exist', { type: 'action', action: 'workbench.action.terminal.new' }],
  ['a subject that does not exist', { type: 'copy', what: '/etc/passwd', form: 'raw' }],
  ['a negative row', { type: 'requestRows', requestId: 1, bodyId: 'b', form: 'raw', columns: 0, from: -1, to: 1 }],
  ['an absurd width', { type: 'layout', layout: { form: 'raw', columns: 1e9 } }],
  ['an absurd text', { type: 'find', requestId: 1, bodyId: 'b', form: 'raw', columns: 0, text: 'x'.repeat(5000) }],
  ['an absurd id', { type: 'openHistory', id: 'x'.repeat(100) }],
  ['the name of something inherited', { type: 'constructor' }],
] as const) {
  void test(`${name} is not understood`, () => assert.equal(isViewMessage(message), false));
}

type Path = readonly string[];

/** Paths to every part that is no container. */
function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key]));
}

function replaceAt(value: unknown, [key, ...rest]: Path, part: unknown): unknown {
  if (key === undefined) return part;
  const changed = replaceAt((value as Record<string, unknown>)[key], rest, part);
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? changed : item));
  return { ...(value as object), [key]: changed };
}
