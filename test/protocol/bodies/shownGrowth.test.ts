import { TypedTexts } from '../../../src/vscode/runner/typedTexts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BodyView } from '../../../src/core/response/bodyView';
import { PROTOCOL_VERSION, type HostMessage } from '../../../src/shared/protocol';
import type { BodyInfo } from '../../../src/shared/viewModel';
import { BodyConversation } from '../../../src/vscode/runner/bodyConversation';
import { RunnerConversation, type RunnerConversationDeps } from '../../../src/vscode/runner/runnerConversation';
import { ArrivingBody } from '../../helpers/arrivingBody';
import { eventually } from '../../helpers/eventually';
import { arrivingModel } from '../../webview/samples';
import { runnerStrings } from '../../../src/shared/runnerStrings';
import { testFilter } from '../../helpers/testFilter';

const layout = { form: 'pretty', columns: 80 } as const;
const item = JSON.stringify({ id: 1, tags: ['a', 'b'] });

function depsOf(posted: HostMessage[]): RunnerConversationDeps {
  const ignore = (): void => undefined;
  const fail = (what: unknown): never => assert.fail(String(what));
  return {
    post: (message) => void posted.push(message),
    filter: testFilter,
    pause: () => Promise.resolve(),
    renderMarkdown: () => Promise.resolve(undefined),
    writeClipboard: () => Promise.resolve(),
    strings: runnerStrings,
    typed: new TypedTexts(),
    handlers: undefined as unknown as RunnerConversationDeps['handlers'],
    showFailure: fail,
    errorText: fail,
    log: { trace: ignore, debug: ignore, info: ignore, warn: fail, error: fail },
  };
}

function shownBody(message: HostMessage | undefined): Exclude<BodyInfo, { kind: 'empty' }> {
  assert.ok(message?.type === 'update' && message.model.state.kind === 'response');
  const { body } = message.model.state.exchange;
  assert.ok(body.kind !== 'empty');
  return body;
}

void test('a response that is drawn again, as after a key, is told as far as it has come by now', async () => {
  await using arriving = await ArrivingBody.create();
  await arriving.arrive(`[${`${item},`.repeat(100)}`);
  const body = await arriving.open('application/json');
  const posted: HostMessage[] = [];
  const conversation = new RunnerConversation(depsOf(posted));
  const model = arrivingModel(body, true);
  conversation.show(model, body);
  conversation.receive({ type: 'ready', version: PROTOCOL_VERSION, layout });
  await eventually(() => assert.equal(posted[0]?.type, 'snapshot'));
  await arriving.arrive(`${item},`.repeat(300_000));
  await arriving.arrive(`${item}]`);
  await arriving.finish();
  await eventually(() => assert.ok(posted.some((message) => message.type === 'bodyGrew' && message.complete)));
  posted.length = 0;
  conversation.show(model, body);
  const again = await eventually(() => posted[0] ?? assert.fail());
  assert.deepEqual([shownBody(again).complete, shownBody(again).size], [true, body.size]);
  conversation.viewGone();
});

void test('what is folded while the rest arrives is not counted as rows', async () => {
  await using arriving = await ArrivingBody.create();
  await arriving.arrive(`[${`${item},`.repeat(300_000)}`);
  const body: BodyView = await arriving.open('application/json');
  const posted: HostMessage[] = [];
  const answers = new BodyConversation(depsOf(posted));
  answers.show(body);
  const count = async (): Promise<number> => (await answers.firstRows(body, layout)).rowCount;
  await eventually(async () => assert.ok((await count()) > 2_000_000));
  const before = await count();
  await answers.answer({ type: 'fold', bodyId: body.id, columns: layout.columns, top: 0, row: 1, isFolded: true });
  assert.equal(await count(), before - 6);
  posted.length = 0;
  await answers.reportGrowth(body, layout);
  const [growth] = posted;
  assert.ok(growth?.type === 'bodyGrew');
  assert.equal(growth.rowCount, await count());
  await arriving.finish();
});

void test('bytes that were asked for while more came are as many as are there', async () => {
  const all = Uint8Array.from({ length: 100 }, (_, index) => index);
  let size = 40;
  const arriving = {
    id: 'arriving',
    get size() {
      return size;
    },
    bytes: async (from: number, to: number) => {
      const read = all.subarray(from, Math.min(to, size));
      await new Promise((resolve) => setImmediate(resolve));
      size = all.length;
      return read;
    },
  };
  const posted: HostMessage[] = [];
  const answers = new BodyConversation(depsOf(posted));
  answers.show(arriving as unknown as BodyView);
  await answers.answer({ type: 'requestBytes', requestId: 1, bodyId: 'arriving', from: 0, to: 200 });
  const [message] = posted;
  assert.ok(message?.type === 'bodyBytes');
  assert.deepEqual(Buffer.from(message.bytes.data, 'base64'), Buffer.from(all));
});
