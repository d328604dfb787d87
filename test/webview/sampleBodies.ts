import { crc32, deflateSync } from 'node:zlib';

/** A PNG of a see-through circle in a color that changes from left to right. */
export function png(width: number, height: number): Uint8Array {
  const rows = Array.from({ length: height }, (_, y) => {
    const pixels = Array.from({ length: width }, (_each, x) => pixel(x / width, y / height)).flat();
    return Buffer.from([0, ...pixels]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function pixel(x: number, y: number): number[] {
  const isInside = (x - 0.5) ** 2 + (y - 0.5) ** 2 < 0.2;
  return isInside ? [Math.round(x * 255), 120, Math.round((1 - x) * 255), 255] : [0, 0, 0, 0];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A second of a tone of 440 Hz. */
export function wav(): Uint8Array {
  const rate = 8000;
  const file = Buffer.alloc(44 + rate);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + rate, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36);
  file.writeUInt32LE(rate, 40);
  for (let at = 0; at < rate; at++) file[44 + at] = 128 + Math.round(100 * Math.sin((at / rate) * 440 * 2 * Math.PI));
  return file;
}

/** The beginning of a ZIP archive. */
export const ZIP = Uint8Array.from([
  0x50,
  0x4b,
  3,
  4,
  20,
  0,
  0,
  0,
  8,
  0,
  ...Array<number>(40).fill(0),
  0x61,
  0x2e,
  0x74,
]);

export const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80" viewBox="0 0 120 80">
  <script>document.title = 'svg'; parent.document.title = 'svg'</script>
  <image href="http://elsewhere.test/in.svg" width="1" height="1"/>
  <circle cx="60" cy="40" r="34" fill="teal" onload="document.title='svg'"/>
  <text x="60" y="45" text-anchor="middle" font-family="sans-serif" fill="white">svg</text>
</svg>`;

export const CSV = [
  'id,name,city,balance,note',
  ...Array.from({ length: 400 }, (_, index) => {
    const id = index + 1;
    if (id === 3) return `${id},"Dodgson, Charles",Daresbury,12.50`;
    if (id === 5) return `${id},Mary,Oxford,7.10,fine,too many`;
    if (id === 7) return `${id},"two\nlines","say ""hello""",0.00,ok`;
    return `${id},Alice ${id},Oxford,${(id * 1.25).toFixed(2)},${id % 4 === 0 ? 'ships with the next post' : ''}`;
  }),
].join('\r\n');

export const MARKDOWN_HTML = `<h1 id="orders">Orders</h1>
<p>An API for <strong>orders</strong>, with <a href="https://example.com/docs">documentation</a> and <code>GET /orders</code>.</p>
<blockquote><p>Ask for a token first.</p></blockquote>
<pre><code class="language-json">{ "id": 1 }
</code></pre>
<ul><li>one</li><li>two</li></ul>
<table><thead><tr><th>name</th><th>type</th></tr></thead><tbody><tr><td>id</td><td>integer</td></tr></tbody></table>`;

/** A page that tries what a page can try. */
export const HOSTILE = `<!DOCTYPE html><html><head>
<base href="http://elsewhere.test/base/">
<meta http-equiv="refresh" content="0;url=http://elsewhere.test/refresh">
<meta http-equiv="Content-Security-Policy" content="default-src *">
<link rel="stylesheet" href="http://elsewhere.test/link.css"><link rel="prefetch" href="http://elsewhere.test/prefetch">
<style>@import url(http://elsewhere.test/import.css); body { background: url(http://elsewhere.test/css.png) }
h1 { color: rgb(1, 2, 3) } @font-face { font-family: x; src: url(http://elsewhere.test/font) }</style>
<script>parent.postMessage({ hostile: 1 }, '*'); document.title = 'hostile'; fetch('http://elsewhere.test/fetch')</script>
</head><body onload="parent.document.title='hostile'" style="font-family: x">
<h1>A page</h1><p style="color: rgb(4, 5, 6); background: url(http://elsewhere.test/inline.png)">of text</p>
<img src="x" onerror="parent.document.title='hostile'"><img src="http://elsewhere.test/img.png" srcset="http://elsewhere.test/set.png 2x">
<img alt="dot" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">
<svg><script>parent.document.title='hostile'</script><image href="http://elsewhere.test/svg.png"/><use href="http://elsewhere.test/use.svg#x"/></svg>
<a id="away" href="http://elsewhere.test/link" target="_top">away</a> <a id="js" href="javascript:parent.document.title='hostile'">js</a>
<a id="cmd" href="command:workbench.action.quit">command</a>
<form action="http://elsewhere.test/form"><input name="q" value="1" autofocus onfocus="parent.document.title='hostile'"><button>send</button></form>
<iframe src="http://elsewhere.test/frame"></iframe><object data="http://elsewhere.test/object"></object><embed src="http://elsewhere.test/embed">
<video poster="http://elsewhere.test/poster" src="http://elsewhere.test/video" autoplay></video><audio src="http://elsewhere.test/audio" autoplay></audio>
<div style="x: '</style><script>parent.document.title=1</script>'">style</div>
<template><script>parent.document.title='hostile'</script></template><noscript><p title="</noscript><img src=x onerror=parent.document.title=1>"></noscript>
<math><mtext><table><mglyph><style><img src=x onerror="parent.document.title='hostile'"></style></mglyph></table></mtext></math>
<p>the end</p></body></html>`;
