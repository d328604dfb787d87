import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { LatchkeyError } from '../../../../src/core/errors';
import type { HostMessage } from '../../../../src/shared/protocol';
import { PROTOCOL_VERSION } from '../../../../src/shared/protocol';
import { runnerStrings } from '../../../../src/shared/runnerStrings';
import { shownRequest } from '../../../../src/shared/typedView';
import { testFilter } from '../../../helpers/testFilter';
import { TypedTexts } from '../../../../src/vscode/runner/typedTexts';
import { RunnerConversation } from '../../../../src/vscode/runner/runnerConversation';
import {
  editSample,
  historyItems,
  modelWith,
  orders,
  PROFILE,
  refused,
  responseSample,
} from '../../../webview/samples';

const layout = { form: 'pretty', columns: 80 } as const;
const READY = { type: 'ready', version: PROTOCOL_VERSION, layout } as const;

interface Talk {
  readonly conversation: RunnerConversation;
  readonly posted: HostMessage[];
  readonly calls: string[];
  readonly clipboard: string[];
  readonly log: string[];
  /** The view says something; resolves when it has been answered. */
  readonly say: (message: unknown) => Promise<void>;
}

function talk(typed = new TypedTexts()): Talk {
  const posted: HostMessage[] = [];
  const calls: string[] = [];
  const clipboard: string[] = [];
  const log: string[] = [];
  const write = (message: string): void => void log.push(message);
  const conversation = new RunnerConversation({
    post: (message) => void posted.push(message),
    filter: testFilter,
    pause: () => Promise.resolve(),
    renderMarkdown: (text) => Promise.resolve(`<p>${text}</p>`),
    writeClipboard: (text) => Promise.resolve(void clipboard.push(text)),
    strings: runnerStrings,
    typed,
    handlers: {
      send: (name) => void calls.push(`send ${name}`),
      cancel: () => void calls.push('cancel'),
      pin: (isPinned) => void calls.push(`pin ${isPinned}`),
      selectRequest: (name) => void calls.push(`select ${name}`),
      act: (action) => void calls.push(action),
      openBodyInEditor: (form) => void calls.push(`open ${form}`),
      listHistory: () => Promise.resolve(historyItems),
      openHistory: (id) => void calls.push(`history ${id}`),
      showLatest: () => void calls.push('latest'),
      readWritten: () => Promise.resolve(editSample),
      applyEdit: (base, wanted) => {
        calls.push(`edit ${wanted.url}`);
        return base === editSample.base ? Promise.resolve() : Promise.reject(new LatchkeyError('edit.stale'));
      },
      compare: (wanted) => void calls.push(`compare ${JSON.stringify(wanted)}`),
      saveBody: () => void calls.push('save'),
      openCell: (_id, row, cell, text) => void calls.push(`open cell ${row}:${cell} ${text}`),
    },
    showFailure: (error) => void calls.push(String(error)),
    errorText: () => ({ code: 'edit.stale', message: 'It has changed.', next: 'Look.' }),
    log: { trace: write, debug: write, info: write, warn: write, error: write },
  });
  const say = async (message: unknown): Promise<void> => {
    conversation.receive(message);
    await turn();
  };
  return { conversation, posted, calls, clipboard, log, say };
}

void test('a view that loads gets everything, with the first rows; later models come without the strings', async () => {
  const { conversation, posted, say } = talk();
  const { model, body } = await responseSample({ text: PROFILE });
  conversation.show(model, body);
  assert.equal(posted.length, 0, 'nobody listens yet');
  await say(READY);
  conversation.show(modelWith({}), undefined);
  await turn();
  assert.deepEqual(
    posted.map(({ type }) => type),
    ['snapshot', 'update'],
  );
  const [snapshot] = posted;
  assert.ok(snapshot?.type === 'snapshot');
  assert.equal(snapshot.rows?.rows[0]?.text, '{');
  assert.equal(snapshot.rows.rowCount, snapshot.rows.rows.length);
});

void test('a view that is ready before there is a model gets its strings with the first one', async () => {
  const { conversation, posted, say } = talk();
  await say(READY);
  conversation.show(modelWith({}), undefined);
  await turn();
  assert.deepEqual(
    posted.map(({ type }) => type),
    ['snapshot'],
  );
});

void test('a search that fails says so, instead of going on for ever', async () => {
  const { conversation, posted, say, log } = talk();
  const { model, body } = await responseSample({ text: PROFILE });
  assert.ok(body);
  const failing = new Proxy(body, {
    get: (view, key) => {
      if (key === 'find') return () => Promise.reject(new Error('The thread of the bodies has ended'));
      const value: unknown = Reflect.get(view, key, view);
      return typeof value === 'function' ? (value.bind(view) as unknown) : value;
    },
  });
  conversation.show(model, failing);
  await say(READY);
  await say({ type: 'find', requestId: 3, bodyId: body.id, ...layout, text: 'a' });
  assert.deepEqual(posted.at(-1), { type: 'found', requestId: 3, matches: [], more: false, isFailed: true });
  assert.equal(log.length, 1);
});

void test('a hidden view is told nothing, and everything when it is back', async () => {
  const { conversation, posted, say } = talk();
  conversation.show(modelWith({}), undefined);
  await say(READY);
  conversation.viewGone();
  conversation.show(modelWith({ state: refused }), undefined);
  await turn();
  assert.equal(posted.length, 1);
  await say(READY);
  const [, second] = posted;
  assert.ok(second?.type === 'snapshot' && second.model.state.kind === 'failure');
});

void test('no message holds more than a page of a large body', async () => {
  const { conversation, posted, say } = talk();
  const { model, body } = await responseSample({ text: orders(6000) });
  conversation.show(model, body);
  await say(READY);
  await say({ type: 'requestRows', requestId: 7, bodyId: 'exchange-1', ...layout, from: 5000, to: 1_000_000 });
  await say({ type: 'requestRows', requestId: 8, bodyId: 'exchange-1', form: 'raw', columns: 0, from: 0, to: 100 });
  const answers = posted.filter((message) => message.type === 'bodyRows');
  assert.deepEqual(
    answers.map(({ requestId, rows }) => [requestId, rows.from, rows.rows.length]),
    [
      [7, 5000, 1000],
      [8, 0, 100],
    ],
  );
  for (const message of posted) assert.ok(JSON.stringify(message).length < 300_000);
});

void test('rows of a body that is no longer shown are not sent', async () => {
  const { conversation, posted, say } = talk();
  const { model, body } = await responseSample({ text: PROFILE });
  conversation.show(model, body);
  await say(READY);
  await say({ type: 'requestRows', requestId: 1, bodyId: 'another', ...layout, from: 0, to: 10 });
  await say({ type: 'find', requestId: 2, bodyId: 'another', ...layout, text: 'a' });
  assert.equal(posted.length, 1);
});

void test('what people press is passed on, by the names of the model only', async () => {
  const { conversation, calls, say } = talk();
  conversation.show(modelWith({ state: refused }), undefined);
  await say(READY);
  await say({ type: 'send' });
  await say({ type: 'cancel' });
  await say({ type: 'selectRequest', name: 'listOrders' });
  await say({ type: 'selectRequest', name: '../../etc/passwd' });
  await say({ type: 'action', action: 'retry' });
  await say({ type: 'action', action: 'signIn' });
  await say({ type: 'openBodyInEditor', form: 'pretty' });
  assert.deepEqual(calls, ['send showProfile', 'cancel', 'select listOrders', 'send showProfile', 'signIn']);
});

void test('what was typed outlives the runner, and goes with a request that gets another name', async () => {
  const typed = new TypedTexts();
  const closed = talk(typed);
  closed.conversation.show(modelWith({}), undefined);
  await closed.say(READY);
  const of = shownRequest(modelWith({})) ?? '';
  const wanted = { method: 'GET', url: '/mine', query: [], headers: [], body: undefined };
  await closed.say({ type: 'keepEdit', of, edit: { from: editSample, wanted } });
  closed.conversation.viewGone();

  const reopened = talk(typed);
  reopened.conversation.show(modelWith({}), undefined);
  await reopened.say(READY);
  const resumed = { edit: { from: editSample, wanted }, message: '' };
  assert.deepEqual(
    reopened.posted.find(({ type }) => type === 'typed'),
    { type: 'typed', of, typed: resumed },
  );
  assert.equal(reopened.conversation.isEditing, true);

  typed.move(of, 'renamed');
  assert.deepEqual([typed.of(of), typed.of('renamed')], [undefined, resumed]);
});

void test('whoever has chosen a request and sends before it is drawn sends the one that was chosen', async () => {
  const { conversation, calls, say } = talk();
  conversation.show(modelWith({}), undefined);
  await say(READY);
  await say({ type: 'selectRequest', name: 'listOrders' });
  conversation.show(modelWith({ isPinned: true }), undefined);
  await say({ type: 'send' });
  assert.deepEqual(calls, ['select listOrders', 'send listOrders']);
  await say({ type: 'selectRequest', name: 'listOrders' });
  const third = { name: 'createOrder', method: 'POST', url: '/', description: undefined };
  conversation.show(modelWith({ request: third }), undefined);
  await say({ type: 'send' });
  assert.deepEqual(calls.slice(2), ['select listOrders', 'send createOrder']);
});

void test('what is not understood is logged and dropped', async () => {
  const { conversation, calls, log, posted, say } = talk();
  conversation.show(modelWith({}), undefined);
  await say(READY);
  await say({ type: 'action', action: 'rm' });
  await say('send');
  assert.deepEqual(calls, []);
  assert.equal(posted.length, 1);
  assert.equal(log.length, 2);
});

void test('copies the URL, the headers, the request and the body, and says so', async () => {
  const { conversation, clipboard, posted, say } = talk();
  const { model, body } = await responseSample({ text: '{"a":1}' });
  conversation.show(model, body);
  await say(READY);
  for (const what of ['url', 'headers', 'sent', 'body']) await say({ type: 'copy', what, form: 'pretty' });
  const [url, headers, sent, text] = clipboard;
  assert.equal(url, 'http://127.0.0.1:9321/profile?fields=name,email&key=••••••');
  assert.match(headers ?? '', /^Content-Type: application\/json\nDate: /);
  assert.match(sent ?? '', /^GET http:.*\nAccept: .*\nAuthorization: Bearer ••••••/);
  assert.equal(text, '{\n  "a": 1\n}');
  assert.equal(posted.filter(({ type }) => type === 'announce').length, 4);
});

void test('of a body that is not copied whole is said why, whatever keeps it from that', async () => {
  const { conversation, say, calls, clipboard, posted } = talk();
  const { model, body } = await responseSample({ text: PROFILE });
  assert.ok(body);
  for (const [changes, code] of [
    [{ isReceived: false }, 'what has come of the body'],
    [{ shownBytes: 10 }, 'the beginning of the body'],
    [{ text: () => Promise.resolve('x'.repeat(16 * 1024 * 1024)) }, 'the beginning of the body'],
  ] as const) {
    const partly = new Proxy(body, {
      get: (view, key) => {
        const value: unknown = key in changes ? Reflect.get(changes, key) : Reflect.get(view, key, view);
        return typeof value === 'function' ? (value.bind(view) as unknown) : value;
      },
    });
    conversation.show(model, partly);
    await say(READY);
    await say({ type: 'copy', what: 'body', form: 'raw' });
    assert.match(calls.splice(0).join(), new RegExp(code));
    assert.ok((clipboard.pop() ?? '') !== '');
  }
  assert.ok(!posted.some(({ type }) => type === 'announce'));
});

void test('there is nothing to copy of what is not there', async () => {
  const { conversation, clipboard, say } = talk();
  conversation.show(modelWith({}), undefined);
  await say(READY);
  for (const what of ['headers', 'sent', 'body']) await say({ type: 'copy', what, form: 'raw' });
  assert.deepEqual(clipboard, []);
});

void test('the history of the request is listed when it is asked for, opened and compared', async () => {
  const { conversation, posted, calls, say } = talk();
  conversation.show(modelWith({}), undefined);
  await say(READY);
  await say({ type: 'listHistory' });
  assert.deepEqual(posted.at(-1), { type: 'history', items: historyItems });
  await say({ type: 'openHistory', id: 'a-1' });
  await say({ type: 'compare', with: { kind: 'entry', id: 'a-1' } });
  await say({ type: 'showLatest' });
  assert.deepEqual(calls, ['history a-1', 'compare {"kind":"entry","id":"a-1"}', 'latest']);
});

void test('a request is edited from the text that was read, and sent once it is written', async () => {
  const { conversation, posted, calls, say } = talk();
  conversation.show(modelWith({}), undefined);
  await say(READY);
  conversation.writtenChanged();
  await turn();
  assert.equal(posted.at(-1)?.type, 'snapshot', 'nobody edits');
  assert.equal(conversation.isEditing, false);
  await say({ type: 'edit' });
  assert.deepEqual(posted.at(-1), { type: 'written', edit: editSample });
  assert.equal(conversation.isEditing, true);
  conversation.writtenChanged();
  await turn();
  assert.equal(posted.filter(({ type }) => type === 'written').length, 2);
  const wanted = { method: 'GET', url: '/new', query: [], headers: [], body: undefined };
  await say({ type: 'applyEdit', base: 'older', wanted, send: true });
  assert.deepEqual(posted.at(-1), { type: 'editEnd', end: { kind: 'refused', message: 'It has changed. Look.' } });
  assert.equal(conversation.isEditing, true);
  await say({ type: 'applyEdit', base: editSample.base, wanted, send: true });
  assert.deepEqual(posted.at(-1), { type: 'editEnd', end: { kind: 'applied' } });
  assert.equal(conversation.isEditing, false);
  assert.deepEqual(calls, ['edit /new', 'edit /new', 'send showProfile']);
});
