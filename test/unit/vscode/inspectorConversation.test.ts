import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInspectorHostMessage, isInspectorViewMessage } from '../../../src/shared/inspectorGuards';
import { INSPECTOR_PROTOCOL_VERSION, type InspectorHostMessage } from '../../../src/shared/inspectorProtocol';
import { inspectorStrings } from '../../../src/shared/inspectorStrings';
import { InspectorConversation } from '../../../src/vscode/inspector/inspectorConversation';
import { inspection, inspectorStates, modelOf } from '../../webview/inspectorSamples';
import { fc } from '../../helpers/properties';

const READY = { type: 'ready', version: INSPECTOR_PROTOCOL_VERSION } as const;

interface Talk {
  readonly conversation: InspectorConversation;
  readonly posted: InspectorHostMessage[];
  readonly calls: string[];
  readonly log: string[];
}

function talk(): Talk {
  const posted: InspectorHostMessage[] = [];
  const calls: string[] = [];
  const log: string[] = [];
  const write = (message: string): void => void log.push(message);
  const conversation = new InspectorConversation({
    post: (message) => void posted.push(message),
    strings: inspectorStrings,
    handlers: { act: (action) => void calls.push(action), hidden: () => void calls.push('hidden') },
    log: { trace: write, debug: write, info: write, warn: write, error: write },
  });
  return { conversation, posted, calls, log };
}

void test('a view that loads gets everything, later models come without the strings, a hidden view gets nothing', () => {
  const { conversation, posted, calls } = talk();
  conversation.show(modelOf(inspection()));
  conversation.announce('nobody hears it');
  assert.equal(posted.length, 0, 'nobody listens yet');
  conversation.receive(READY);
  conversation.show(modelOf(undefined));
  conversation.announce('Copied');
  conversation.viewGone();
  conversation.show(modelOf(inspection()));
  assert.deepEqual(
    posted.map(({ type }) => type),
    ['snapshot', 'update', 'announce'],
  );
  assert.deepEqual(calls, ['hidden']);
  conversation.receive(READY);
  assert.equal(posted[3]?.type, 'snapshot');
});

void test('what people press is passed on; what is not understood is logged and dropped', () => {
  const { conversation, calls, log } = talk();
  for (const action of ['refresh', 'introspect', 'copyToken', 'signOut', 'reveal', 'hide', 'signIn']) {
    conversation.receive({ type: 'action', action });
  }
  assert.equal(calls.length, 7);
  for (const message of [null, 'refresh', { type: 'action', action: 'showToken' }, { type: 'action' }, { type: 'x' }]) {
    conversation.receive(message);
  }
  assert.equal(calls.length, 7);
  assert.equal(log.length, 5);
});

void test('every state passes the guard of the view, and nonsense passes neither guard', () => {
  for (const [name, model] of Object.entries(inspectorStates)) {
    const message = JSON.parse(JSON.stringify({ type: 'update', model: model() })) as unknown;
    assert.ok(isInspectorHostMessage(message), name);
  }
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.ok(!isInspectorHostMessage({ type: 'update', model: value }));
      assert.ok(!isInspectorViewMessage(value));
    }),
  );
});
