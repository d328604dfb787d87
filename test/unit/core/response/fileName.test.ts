import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileNameFor } from '../../../../src/core/response/fileName';
import { fc } from '../../../helpers/properties';

const url = 'https://api.example.com/v1/reports/2026?format=pdf';

for (const [contentDisposition, expected] of [
  ['attachment; filename="report.pdf"', 'report.pdf'],
  ['attachment; filename=report.pdf', 'report.pdf'],
  ['attachment; filename="x.pdf"; filename*=UTF-8\'\'Bericht%20f%C3%BCr%20M%C3%A4rz.pdf', 'Bericht für März.pdf'],
  ['attachment; filename="../../.ssh/authorized_keys"', 'authorized_keys'],
  ['attachment; filename="C:\\\\Windows\\\\evil.exe"', 'evil.exe'],
  ['attachment; filename="..\\\\..\\\\x"', 'x'],
  ['attachment; filename="con.txt"', '_con.txt'],
  ['attachment; filename="a\u202efdp.exe"', 'afdp.exe'],
  ['attachment; filename=".bashrc"', 'bashrc'],
  ['attachment; filename="..."', '2026.pdf'],
  ['inline', '2026.pdf'],
  [undefined, '2026.pdf'],
] as const) {
  test(`${contentDisposition ?? 'no header'} is saved as ${expected}`, () => {
    assert.equal(fileNameFor({ contentDisposition, url, mediaType: 'application/pdf' }), expected);
  });
}

test('a URL without a name gives "response", with an extension by the type', () => {
  const name = (mediaType: string): string =>
    fileNameFor({ contentDisposition: undefined, url: 'https://a.test/', mediaType });
  assert.equal(name('application/problem+json'), 'response.json');
  assert.equal(name('image/svg+xml'), 'response.svg');
  assert.equal(name(''), 'response');
});

test('whatever a server sends, the name is one of a file in the folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (header, path) => {
      for (const contentDisposition of [header, `attachment; filename="${header}"`, `x; filename*=utf-8''${header}`]) {
        const name = fileNameFor({ contentDisposition, url: `https://a.test/${path}`, mediaType: 'text/plain' });
        assert.ok(name.length > 0 && name.length <= 140, name);
        assert.doesNotMatch(name, /[\\/:*?"<>|\p{C}]|^\.|\.$/u);
      }
    }),
  );
});
