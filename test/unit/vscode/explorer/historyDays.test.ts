import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { HistoryEntry } from '../../../../src/core/history/historyEntry';
import { historyDays } from '../../../../src/vscode/explorer/historyDays';

function sentAt(
  ...when: readonly [year: number, month: number, day: number, hour: number, minute: number]
): HistoryEntry {
  const [year, month, ...rest] = when;
  const at = new Date(year, month - 1, ...rest).getTime();
  const facts = { environment: undefined, method: 'GET', url: 'https://a.example/', duration: 1, size: 2 };
  const outcome = { kind: 'response', status: 200, statusText: 'OK', ok: true } as const;
  return { ...facts, id: String(at), at, file: 'file:///a.http.yaml', request: 'one', outcome };
}

suite('historyDays', () => {
  test('groups by the day where the user is, and counts days rather than hours', () => {
    const now = new Date(2026, 2, 30, 0, 5).getTime();
    const entries = [
      sentAt(2026, 3, 30, 0, 1),
      sentAt(2026, 3, 29, 23, 59),
      sentAt(2026, 3, 29, 0, 0),
      sentAt(2026, 3, 1, 12, 0),
    ];
    assert.deepEqual(
      historyDays(entries, now).map(({ date, ago, entries: of }) => [date, ago, of.length]),
      [
        ['2026-03-30', 0, 1],
        ['2026-03-29', 1, 2],
        ['2026-03-01', 29, 1],
      ],
    );
  });

  test('keeps the order, the latest first, and is empty where there is nothing', () => {
    const entries = [sentAt(2026, 5, 2, 9, 0), sentAt(2026, 5, 2, 8, 0)];
    assert.deepEqual(historyDays(entries, entries[0]!.at)[0]?.entries, entries);
    assert.deepEqual(historyDays([], 0), []);
  });
});
