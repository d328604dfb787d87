import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chooseRedirects } from '../../../../src/core/oauth/chooseRedirects';
import type { RedirectWish } from '../../../../src/core/oauth/model';
import type { Environment, SignInWay } from '../../../../src/core/oauth/signInPorts';

const auto: RedirectWish = { kind: 'auto' };
const loopback: RedirectWish = { kind: 'loopback', ports: [8400], path: '/cb' };
const editorUri: RedirectWish = { kind: 'editorUri' };
const paste: RedirectWish = { kind: 'paste', uri: 'https://acme.dev/code' };

/** ui, extension host, portable, server registers clients, server takes editor schemes, codes, wish → ways back */
const rows: readonly [
  Environment['ui'],
  Environment['extensionHost'],
  boolean,
  boolean,
  boolean,
  boolean,
  RedirectWish,
  readonly SignInWay[],
][] = [
  ['desktop', 'local', false, false, true, false, auto, ['loopback', 'editorUri', 'paste']],
  ['desktop', 'local', false, true, true, false, auto, ['loopback', 'editorUri', 'paste']],
  ['desktop', 'local', true, true, true, false, auto, ['loopback', 'paste']],
  ['desktop', 'local', false, true, false, false, auto, ['loopback', 'paste']],
  ['desktop', 'remote', false, false, true, false, auto, ['editorUri', 'loopback', 'paste']],
  ['desktop', 'remote', true, false, true, false, auto, ['loopback', 'paste']],
  ['desktop', 'remote', false, false, false, false, auto, ['loopback', 'paste']],
  ['desktop', 'worker', false, false, true, false, auto, ['editorUri', 'paste']],
  ['desktop', 'worker', true, false, true, false, auto, ['paste']],
  ['web', 'remote', false, true, true, false, auto, ['editorUriWeb', 'paste']],
  ['web', 'remote', false, true, false, false, auto, ['editorUriWeb', 'paste']],
  ['web', 'remote', false, false, true, false, auto, ['paste', 'editorUriWeb']],
  ['web', 'worker', false, true, true, false, auto, ['editorUriWeb', 'paste']],
  ['web', 'worker', false, false, true, false, auto, ['paste', 'editorUriWeb']],
  ['desktop', 'local', false, false, true, true, auto, ['loopback', 'editorUri', 'device', 'paste']],
  ['desktop', 'local', true, false, false, true, auto, ['loopback', 'device', 'paste']],
  ['desktop', 'remote', false, false, true, true, auto, ['editorUri', 'device', 'loopback', 'paste']],
  ['desktop', 'remote', true, false, true, true, auto, ['device', 'loopback', 'paste']],
  ['desktop', 'worker', false, false, true, true, auto, ['editorUri', 'paste']],
  ['web', 'remote', false, true, true, true, auto, ['editorUriWeb', 'device', 'paste']],
  ['web', 'remote', false, false, true, true, auto, ['device', 'paste', 'editorUriWeb']],
  ['web', 'worker', false, false, true, true, auto, ['paste', 'editorUriWeb']],
  ['desktop', 'local', false, false, true, true, loopback, ['loopback', 'paste']],
  ['web', 'remote', false, true, true, true, editorUri, ['editorUriWeb', 'paste']],
  ['desktop', 'local', false, false, true, false, loopback, ['loopback', 'paste']],
  ['desktop', 'remote', true, false, true, false, loopback, ['loopback', 'paste']],
  ['web', 'remote', false, true, true, false, loopback, ['loopback', 'paste']],
  ['web', 'worker', false, true, true, false, loopback, ['paste']],
  ['desktop', 'local', false, false, true, false, editorUri, ['editorUri', 'paste']],
  ['desktop', 'local', true, false, false, false, editorUri, ['editorUri', 'paste']],
  ['web', 'remote', false, false, true, false, editorUri, ['editorUriWeb', 'paste']],
  ['desktop', 'local', false, true, true, false, paste, ['paste']],
  ['web', 'remote', false, true, true, false, paste, ['paste']],
];

suite('chooseRedirects', () => {
  for (const [ui, extensionHost, portable, registersClients, editorSchemes, device, wish, expected] of rows) {
    const facts = [
      ui,
      extensionHost,
      portable && 'portable',
      registersClients && 'registers',
      !editorSchemes && 'no editor schemes',
      device && 'codes',
    ];
    test(`${facts.filter(Boolean).join(', ')}; ${wish.kind}`, () => {
      const environment: Environment = { ui, extensionHost, portable, uriScheme: 'vscode' };
      assert.deepEqual(chooseRedirects(environment, { registersClients, editorSchemes, device }, wish), expected);
    });
  }

  test('the scheme of the editor is tried after the loopback where the browser is on the same machine [R6]', () => {
    const environment: Environment = { ui: 'desktop', extensionHost: 'local', portable: false, uriScheme: 'vscode' };
    for (const registersClients of [true, false]) {
      const kinds = chooseRedirects(environment, { registersClients, editorSchemes: true, device: false }, auto);
      assert.ok(kinds.indexOf('loopback') < kinds.indexOf('editorUri'));
    }
  });

  test('what the provider refuses to register is left out', () => {
    const environment: Environment = { ui: 'desktop', extensionHost: 'local', portable: false, uriScheme: 'vscode' };
    const rules = { registersClients: false, device: true };
    assert.deepEqual(chooseRedirects(environment, { ...rules, loopback: 'refused' }, auto), [
      ...['editorUri', 'device', 'paste'],
    ]);
    assert.deepEqual(chooseRedirects(environment, { ...rules, editorSchemes: false }, auto), [
      ...['loopback', 'device', 'paste'],
    ]);
    assert.deepEqual(chooseRedirects(environment, { ...rules, loopback: 'refused', editorSchemes: false }, auto), [
      ...['device', 'paste'],
    ]);
    const explicit = chooseRedirects(environment, { ...rules, loopback: 'refused' }, loopback);
    assert.deepEqual(explicit, ['loopback', 'paste'], 'the project file knows better');
  });

  test('every combination has a way, pasting among them, and none twice', () => {
    for (const ui of ['desktop', 'web'] as const) {
      for (const extensionHost of ['local', 'remote', 'worker'] as const) {
        for (const portable of [true, false]) {
          for (const rules of [0, 1, 2, 3, 4, 5, 6, 7]) {
            for (const wish of [auto, loopback, editorUri, paste]) {
              const environment: Environment = { ui, extensionHost, portable, uriScheme: 'vscode' };
              const kinds = chooseRedirects(
                environment,
                { registersClients: (rules & 1) > 0, editorSchemes: (rules & 2) > 0, device: (rules & 4) > 0 },
                wish,
              );
              assert.ok(kinds.includes('paste'));
              assert.equal(new Set(kinds).size, kinds.length);
              assert.ok(ui === 'desktop' || !kinds.includes('editorUri'));
              assert.ok(ui === 'web' || !kinds.includes('editorUriWeb'));
            }
          }
        }
      }
    }
  });
});
