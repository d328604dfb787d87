import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { presets } from '../../../src/core/oauth/presets/presets';
import { providersPage, providersPath } from '../../tools/docs/providersPage';

const page = providersPage(presets);

test('the page about providers is what the presets make it: else run "npm run docs"', () => {
  assert.deepEqual(readFileSync(providersPath, 'utf8').split('\n'), page.split('\n'));
});

test('it tells of every provider what to register, and owns up to what is not known', () => {
  for (const [name, { label, facts }] of Object.entries(presets)) {
    const section = page.split(`<a id="${name}"></a>`)[1]?.split('<a id=')[0] ?? '';
    assert.ok(section.includes(`## ${label}`), name);
    assert.ok(section.includes(facts.register?.url ?? '*not known*'), name);
    assert.equal(/\| PKCE \| \*not known\* \| {2}\|/.test(section), facts.pkce === undefined, name);
  }
});
