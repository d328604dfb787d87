import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webviewHtml } from '../../../../src/vscode/platform/webviewHtml';

const parts = {
  element: 'latchkey-runner',
  scriptUri: 'https://file+.vscode-resource.example/runner.js?a=1&b="2"',
  cspSource: 'https://*.vscode-cdn.net',
  nonce: 'abc123==',
  language: 'en',
  title: 'Runner <1>',
  hasWorkers: false,
};
const html = webviewHtml(parts);
const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

void test('the policy forbids all but our own script and styles, and every connection and frame [A1]', () => {
  assert.match(policy, /^default-src 'none';/);
  assert.match(policy, /script-src 'nonce-abc123=='(?:;|$)/);
  assert.doesNotMatch(policy, /unsafe|connect-src|frame-src|worker-src/);
});

void test('a page that has threads may start them from its own texts, and that is all it may do more', () => {
  const more = webviewHtml({ ...parts, hasWorkers: true }).replace('; worker-src blob:', '');
  assert.equal(more, html);
});

void test('nothing inline but the elements, and nothing breaks out of an attribute', () => {
  assert.doesNotMatch(html, / style=|<style|\son\w+=|javascript:/i);
  assert.match(html, /src="https:\/\/file\+\.vscode-resource\.example\/runner\.js\?a=1&#38;b=&#34;2&#34;"/);
  assert.match(html, /<title>Runner &#60;1&#62;<\/title>/);
});
