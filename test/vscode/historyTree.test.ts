import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Emitter } from '../../src/core/emitter';
import type { HistoryEntry } from '../../src/core/history/historyEntry';
import { historyEntryIn, HistoryTree } from '../../src/vscode/explorer/historyTree';
import { placeIn } from '../../src/vscode/explorer/requestsNode';
import { eventually } from '../helpers/eventually';
import { treeItem, treeLines } from '../helpers/treeLines';

const day = 24 * 60 * 60_000;

function sent(id: string, more: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    ...{ id, at: Date.now(), file: 'file:///w/orders.http.yaml', request: 'list', environment: 'local' },
    ...{ method: 'GET', url: 'https://a.example/orders', duration: 33.6, size: 2 },
    outcome: { kind: 'response', status: 200, statusText: 'OK', ok: true },
    ...more,
  };
}

describe('the History view', () => {
  const changed = new Emitter<void>();
  const visibility = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  let entries: readonly HistoryEntry[] = [];
  let tree: HistoryTree;

  beforeEach(() => {
    const history = { list: () => Promise.resolve(entries), onDidChange: changed.event };
    tree = new HistoryTree({ history, sight: { visible: true, onDidChangeVisibility: visibility.event } });
  });

  afterEach(() => tree.dispose());

  after(() => {
    changed.dispose();
    visibility.dispose();
  });

  it('lists what was sent by day, with how it ended and when', async () => {
    entries = [
      sent('1'),
      sent('2', { request: 'add', method: 'POST', outcome: { kind: 'failure', code: 'http.timeout' } }),
      sent('3', { at: Date.now() - 40 * day, outcome: { kind: 'cancelled' } }),
    ];
    const lines = await treeLines(tree);
    assert.match(lines[0] ?? '', /^Today · 2$/);
    assert.match(lines[1] ?? '', /^ {2}GET list · 200 · 34 ms · \d/);
    assert.match(lines[2] ?? '', /^ {2}POST add · failed · \d/);
    assert.match(lines[3] ?? '', /\d{4}.* · 1$/);
    assert.match(lines[4] ?? '', /^ {2}GET list · cancelled · /);
  });

  it('knows of an entry what it is about, and takes nothing else for one', async () => {
    entries = [sent('1')];
    const { node, item } = await treeItem(tree, 'GET list');
    assert.equal(historyEntryIn(node)?.id, '1');
    assert.equal(placeIn(node)?.name, 'list');
    assert.equal(historyEntryIn({ ...node }), undefined);
    assert.match(item.accessibilityInformation?.label ?? '', /^GET list, 200 · 34 ms, /);
    assert.match(
      item.tooltip as string,
      /^GET https:\/\/a\.example\/orders\n.*orders\.http\.yaml\nEnvironment: local\n/,
    );
  });

  it('is drawn anew when something was sent, and says nothing when nothing was', async () => {
    entries = [];
    assert.deepEqual(await treeLines(tree), []);
    let drawings = 0;
    tree.onDidChangeTreeData(() => drawings++);
    changed.fire();
    await eventually(() => assert.equal(drawings, 1));
  });
});
