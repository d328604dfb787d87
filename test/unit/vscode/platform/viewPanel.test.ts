import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type * as vscode from 'vscode';
import { Emitter } from '../../../../src/core/emitter';
import { ViewPanel } from '../../../../src/vscode/platform/viewPanel';

/** A panel whose page never loads unless a test says something in its name. */
class FakePanel {
  readonly name: string;
  readonly calls: string[];
  visible = true;
  active = false;
  title = 'orders';
  readonly viewColumn = 2;
  readonly messages = new Emitter<unknown>();
  readonly states = new Emitter<void>();
  readonly disposed = new Emitter<void>();
  readonly webview = {
    onDidReceiveMessage: this.messages.event,
    postMessage: (message: unknown) => void this.calls.push(`${this.name} gets ${String(message)}`),
  };
  readonly onDidChangeViewState = this.states.event;
  readonly onDidDispose = this.disposed.event;

  constructor(name: string, calls: string[]) {
    this.name = name;
    this.calls = calls;
  }

  show(visible: boolean): void {
    this.visible = visible;
    this.states.fire();
  }

  dispose(): void {
    this.calls.push(`${this.name} closes`);
    this.disposed.fire();
  }
}

interface Opened {
  readonly view: ViewPanel;
  readonly panels: readonly FakePanel[];
  /** The first one. */
  readonly panel: FakePanel;
  readonly calls: string[];
}

function opened(t: TestContext): Opened {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const calls: string[] = [];
  const panels: FakePanel[] = [];
  const conversation = {
    receive: (message: unknown) => void calls.push(String(message)),
    viewGone: () => void calls.push('gone'),
  };
  const log = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
  const open = (place?: object): vscode.WebviewPanel => {
    const panel = new FakePanel(`panel ${panels.length + 1}`, calls);
    panels.push(panel);
    calls.push(`${panel.name} opens${place ? ` ${JSON.stringify(place)}` : ''}`);
    return panel as unknown as vscode.WebviewPanel;
  };
  const load = (panel: vscode.WebviewPanel): void => void calls.push(`${(panel as unknown as FakePanel).name} loads`);
  const giveUp = (): void => void calls.push('gives up');
  const view = new ViewPanel({ conversation, open, giveUp, load, log });
  view.onDidDispose(() => calls.push('disposed'));
  const [panel] = panels;
  assert.ok(panel);
  calls.length = 0;
  return { view, panels, panel, calls };
}

const nothing = (): void => undefined;

void test('a page that speaks stays', (t) => {
  const { calls, panel } = opened(t);
  t.mock.timers.tick(7_000);
  panel.messages.fire('ready');
  t.mock.timers.tick(100_000);
  assert.deepEqual(calls, ['ready']);
});

void test('one that says nothing gives way to another one in its place, twice, and then people are told', (t) => {
  const { calls, panels, panel, view } = opened(t);
  t.mock.timers.tick(8_000);
  const place = '{"viewColumn":2,"preserveFocus":true}';
  assert.deepEqual(calls, [`panel 2 opens ${place}`, 'panel 2 loads', 'panel 1 closes']);
  assert.equal(panels[1]?.title, 'orders');
  calls.length = 0;
  panel.messages.fire('too late');
  panel.show(false);
  view.post('hello');
  assert.deepEqual(calls, ['panel 2 gets hello'], 'the one that was replaced is none of ours');
  calls.length = 0;
  t.mock.timers.tick(12_000);
  assert.deepEqual(calls, [`panel 3 opens ${place}`, 'panel 3 loads', 'panel 2 closes']);
  calls.length = 0;
  t.mock.timers.tick(100_000);
  assert.deepEqual(calls, ['gives up']);
  panels[2]?.messages.fire('at last');
  assert.deepEqual(calls, ['gives up', 'at last']);
});

void test('one that has the focus hands it on', (t) => {
  const { calls, panel } = opened(t);
  panel.active = true;
  t.mock.timers.tick(8_000);
  assert.equal(calls[0], 'panel 2 opens {"viewColumn":2,"preserveFocus":false}');
});

void test('one that is hidden is not waited for, and it is once it is back', (t) => {
  const { calls, panel, panels } = opened(t);
  panel.messages.fire('ready');
  panel.show(false);
  t.mock.timers.tick(100_000);
  assert.deepEqual(calls, ['ready', 'gone']);
  panel.show(true);
  panel.show(true);
  t.mock.timers.tick(8_000);
  assert.equal(panels.length, 2);
});

void test('one that is closed is not replaced', (t) => {
  const { calls, view } = opened(t);
  view.dispose();
  t.mock.timers.tick(100_000);
  assert.deepEqual(calls, ['panel 1 closes', 'gone', 'disposed']);
});
