import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type * as vscode from 'vscode';
import { Emitter } from '../../../../src/core/emitter';
import { connectPanel } from '../../../../src/vscode/platform/connectPanel';

/** A panel whose page never loads unless a test says something in its name. */
function connected(t: TestContext): {
  readonly calls: string[];
  readonly speak: (message: unknown) => void;
  readonly show: (visible: boolean) => void;
  readonly close: () => void;
} {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const calls: string[] = [];
  const messages = new Emitter<unknown>();
  const states = new Emitter<void>();
  const disposed = new Emitter<void>();
  const panel = {
    visible: true,
    webview: { onDidReceiveMessage: messages.event },
    onDidChangeViewState: states.event,
    onDidDispose: disposed.event,
  };
  const conversation = {
    receive: (message: unknown) => void calls.push(String(message)),
    viewGone: () => void calls.push('gone'),
  };
  const log = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
  connectPanel(panel as unknown as vscode.WebviewPanel, conversation, () => void calls.push('load'), log);
  const show = (visible: boolean): void => {
    panel.visible = visible;
    states.fire();
  };
  return { calls, speak: (message) => messages.fire(message), show, close: () => disposed.fire() };
}

const nothing = (): void => undefined;

void test('a page that speaks is loaded once', (t) => {
  const { calls, speak } = connected(t);
  t.mock.timers.tick(7_000);
  speak('ready');
  t.mock.timers.tick(100_000);
  assert.deepEqual(calls, ['load', 'ready']);
});

void test('a page that says nothing is loaded twice more, and then left alone', (t) => {
  const { calls } = connected(t);
  t.mock.timers.tick(8_000);
  assert.deepEqual(calls, ['load', 'load']);
  t.mock.timers.tick(100_000);
  assert.deepEqual(calls, ['load', 'load', 'load']);
});

void test('one that is hidden is not waited for, and it is once it is back', (t) => {
  const { calls, show, speak } = connected(t);
  speak('ready');
  show(false);
  t.mock.timers.tick(100_000);
  assert.deepEqual(calls, ['load', 'ready', 'gone']);
  show(true);
  show(true);
  t.mock.timers.tick(8_000);
  assert.deepEqual(calls, ['load', 'ready', 'gone', 'load']);
});

void test('one that is closed is not loaded again', (t) => {
  const { calls, close } = connected(t);
  close();
  t.mock.timers.tick(100_000);
  assert.deepEqual(calls, ['load', 'gone']);
});
