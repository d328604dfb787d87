import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FILTER_BYTES } from '../../../../src/core/response/bodyFilter';
import type { BodyView } from '../../../../src/core/response/bodyView';
import { copiedNode } from '../../../../src/core/response/copiedNode';
import { runnerStrings } from '../../../../src/shared/runnerStrings';
import { filterBody } from '../../../../src/vscode/runner/filterBody';
import { testFilter } from '../../../helpers/testFilter';

const pause = (): Promise<void> => Promise.resolve();
const layout = { form: 'pretty', width: 0 } as const;

/** XML of that size, of which nothing is read. */
function xmlOf(size: number, isComplete: boolean): BodyView {
  const kind = { kind: 'text', language: 'xml', mediaType: 'application/xml', charset: 'utf-8', oddities: [] };
  const source = { language: 'xml', kind: 'file', path: 'body', size, charset: 'utf-8', forms: [] };
  return { id: 'body', kind, size, isComplete, filterable: isComplete ? source : undefined } as unknown as BodyView;
}

for (const isComplete of [true, false]) {
  const when = isComplete ? 'that is there' : 'that still arrives';
  test(`a body ${when} and is too large to be filtered says so, whatever comes of it`, async () => {
    const { signal } = new AbortController();
    const deps = { filter: testFilter, strings: runnerStrings, pause };
    const result = await filterBody(deps, xmlOf(FILTER_BYTES + 1, isComplete), '//a', '1', signal);
    assert.deepEqual(result, { kind: 'problem', message: runnerStrings.filterTooLarge, at: undefined });
  });

  test(`the path of a row in a body ${when} leads to what can be done in one of its size`, async () => {
    const refused = (size: number, code: string): Promise<void> =>
      assert.rejects(copiedNode(xmlOf(size, isComplete), 1, 'path', pause, layout), { code });
    await refused(FILTER_BYTES + 1, 'response.noPathForLargest');
    await refused(10_000_001, 'response.noPathForSize');
    if (!isComplete) await refused(1000, 'response.noPathYet');
  });
}
