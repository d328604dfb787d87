import assert from 'node:assert/strict';
import test from 'node:test';
import { html } from '../../../src/playground/pages/html';
import { formActionSources } from '../../../src/playground/server/formAction';

test('escapes what is put into markup, but not markup', () => {
  const item = html`<b>${'<i>'}</b>`;
  assert.equal(
    html`<p title="${`"'`}">${item}${[item, item]}${1}</p>`.text,
    `<p title="&#34;&#39;">${'<b>&#60;i&#62;</b>'.repeat(3)}1</p>`,
  );
});

test('names the one place besides us that a form may lead to', () => {
  for (const [redirectUri, sources] of [
    ['http://127.0.0.1:8080/a?b=c', "'self' http://127.0.0.1:8080"],
    ['https://editor.example/cb', "'self' https://editor.example"],
    ['vscode-insiders://latchkey.latchkey/callback', "'self' vscode-insiders:"],
    ['http://[::1]:1/callback', "'self' http:"],
    ['not a url', "'self'"],
    [undefined, "'self'"],
  ] as const) {
    assert.equal(formActionSources(redirectUri), sources);
  }
});
