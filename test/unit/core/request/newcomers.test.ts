import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnosticTemplate, type Diagnostic } from '../../../../src/core/request/diagnostic';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
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
  ['get: /a\nretry: { times: 1, until: 200 }', /Write until: { status: 200 }\./],
  ['get: /a\nstop: 5', /Write stop: { events: 5, after: 10s }\./],
  ['post: /a\nform: a=1', /Write form: { name: value }\./],
  ['get: /a\nstatus: 200', /status does not belong in a request\. Move it to where it counts: expect:\./],
  ['get: /a\ninputs: { a: }', /inputs does not belong in a request\. .*: the top of the file\./],
  ['get: /a\nconnection: acme', /connection does not belong in a request\. .*: auth:\./],
  ['get: /a\nexpect: { capture: { a: $.a } }', /capture does not belong in expect\. .*beside expect:\./],
  ['get: /a\nexpect: { status: { atLeast: 200 } }', /Write status: \[200, 404\]\./],
  ['get: { a: 1 }', /get must be a text/],
  ['websocket: /a\nmessages: [{ text: a, json: 1 }]', /messages must be a map with one of text, json, file and base64/],
  ['get: /a\nauth: { connection: acme, account: ada@acme.dev }', /ada@acme\.dev looks like the address.*a role/],
  ['get: /a/${{ id }}', /\$\{\{ id \}\} is not expanded.* are written \$\{id\}/],
  ['get: /a\nheaders: { A: a{b} }', /inside of braces and brackets a text with \{ or \[ in it must be in quotes/],
  ['get: /a\nheaders: { A: a[b] }', /inside of braces .* must be in quotes/],
  ['get: /a\ntext: caf\ufffd', /Bytes that are no UTF-8.*Save the file as UTF-8/],
];

function saidOf(diagnostics: readonly Diagnostic[]): string {
  const all = diagnostics.map(({ code, data }) => {
    const { message, next } = diagnosticTemplate(code);
    return `${formatTemplate(message, data)} ${formatTemplate(next, data)}`;
  });
  return all.join('\n');
}

describe('a newcomer is told what to write', () => {
  for (const [lines, said] of table) {
    it(lines.split('\n').join(', '), () => {
      const file = parseRequestFile(`requests:\n  a:\n${lines.replace(/^/gm, '    ')}\n`);
      assert.match(saidOf(file.diagnostics), said);
    });
  }

  it('where requests and other things stand', () => {
    const table: readonly (readonly [text: string, said: RegExp])[] = [
      ['list: { get: /a }', /list stands at the top of the file.*below requests:/],
      ['get: /a', /get does not belong in a request file.*: a request, below its name under requests:/],
      ['connections: {}', /connections does not belong in a request file.*: latchkey\.yaml/],
      ['issuer: https://a.example', /issuer does not belong in a request file.*: a connection, below its name/],
    ];
    for (const [text, said] of table) assert.match(saidOf(parseRequestFile(text).diagnostics), said);
    const projects: readonly (readonly [text: string, said: RegExp])[] = [
      ['headers: {}', /headers does not belong in the project file.*: defaults:/],
      ['requests: {}', /requests does not belong in the project file.*: a request file/],
      ['connections: { a: { headers: {} } }', /headers does not belong in a connection.*: defaults: or a request/],
    ];
    for (const [text, said] of projects) assert.match(saidOf(parseProjectFile(text).diagnostics), said);
  });

  it('once', () => {
    for (const value of ['https://x.dev/a', '[]', '5']) {
      assert.equal(parseRequestFile(`requests:\n  a: ${value}\n`).diagnostics.length, 1, value);
    }
  });

  it('that requests are named', () => {
    const { diagnostics } = parseRequestFile('requests:\n  - get: /a\n');
    assert.match(String(diagnostics[0]?.data['example']), /^a name below requests:, indented, and below it/);
  });
});
