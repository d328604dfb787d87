import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnosticTemplate } from '../../../../src/core/request/diagnostic';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { formatTemplate } from '../../../../src/core/text/template';

/** What somebody writes who does not know the format yet, below the name of a request, and what is said of it. */
const table: readonly (readonly [lines: string, said: RegExp])[] = [
  ['get: /a\ndescription: Orders: newest first', /second colon; put it in quotes, or begin a line/],
  ['get: /a\nheaders: Accept: text/html', /second colon; put it in quotes, or begin a line/],
  ['get: /a\nexpect: { body: { $.items[0].id: 7 } }', /a text with \[ or \] must be in quotes, such as "\$\.items/],
  ['get: /a\nheaders: { X-User: @me }', /a value that begins with @ must be in quotes/],
  ['get: /a\nheaders:\n  X: `a`', /a value that begins with ` must be in quotes/],
  ['get:https://x.dev/a', /Write get: https:\/\/x\.dev\/a with a space after the colon, below the name, indented/],
  ['https://x.dev/a', /Write get: https:\/\/x\.dev\/a below the name, indented/],
  ['url: https://x.dev/a', /has a URL and no method\. Write get: instead of url:/],
  ['post: /a\nbody: { a: 1 }', /Unknown key body in a request; did you mean json\?/],
  ['get: /a\nparams: { a: 1 }', /did you mean query\?/],
  ['get: /a\nassert: { status: 200 }', /did you mean expect\?/],
  ['get: /a\nextract: { id: $.id }', /did you mean capture\?/],
  ['get: /a\nexpect: 200', /expect must be a map\. Write expect: { status: 200 }\./],
  ['get: /a\nheaders: ["Accept: text/html"]', /Write headers: { Accept: application\/json }\./],
  ['get: /a\nquery: page=1&x=2', /Write query: { page: 1 }\./],
  ['get: /a\nretry: 3', /Write retry: { times: 3 }\./],
];

describe('a newcomer is told what to write', () => {
  for (const [lines, said] of table) {
    it(lines.split('\n').join(', '), () => {
      const file = parseRequestFile(`requests:\n  a:\n${lines.replace(/^/gm, '    ')}\n`);
      const all = file.diagnostics.map(({ code, data }) => {
        const { message, next } = diagnosticTemplate(code);
        return `${formatTemplate(message, data)} ${formatTemplate(next, data)}`;
      });
      assert.match(all.join('\n'), said);
    });
  }

  it('that requests are named', () => {
    const { diagnostics } = parseRequestFile('requests:\n  - get: /a\n');
    assert.match(String(diagnostics[0]?.data['example']), /^a name below requests:, indented, and below it/);
  });
});
