import { createHash } from 'node:crypto';

export interface SamplePage {
  /** What the page says, a line each. */
  readonly lines: readonly string[];
  /** Points. */
  readonly size?: readonly [width: number, height: number];
  /** Operators that come before the text. */
  readonly drawing?: string;
}

export interface PdfOptions {
  /** More entries of the catalogue. */
  readonly catalog?: string;
  /** More entries of the trailer. */
  readonly trailer?: string;
  /** More entries of every page. */
  readonly page?: string;
  /** More resources of every page. */
  readonly resources?: string;
  /** More objects; the first has the number {@link FIRST_EXTRA}. */
  readonly extra?: readonly string[];
}

/** Number of the first object in {@link PdfOptions.extra}. */
export const FIRST_EXTRA = 6;

/** A PDF as a small library writes it: fonts that every reader has, nothing compressed. */
export function pdf(pages: readonly SamplePage[], options: PdfOptions = {}): Uint8Array {
  const { catalog = '', page = '', resources = '', extra = [] } = options;
  const firstPage = FIRST_EXTRA + extra.length;
  const kids = pages.map((_, index) => `${firstPage + index * 2} 0 R`).join(' ');
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>',
    ...extra,
    ...pages.flatMap(({ lines, size = [595, 842], drawing = '' }, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.join(' ')}] /Contents ${firstPage + index * 2 + 1} 0 R
/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> ${resources} >> ${page} >>`,
      stream(`${drawing}\n${text(lines, size[1])}`),
    ]),
  ];
  return assemble(objects, options.trailer ?? '');
}

/** An object with operators in it. */
export function stream(content: string, entries = ''): string {
  return `<< /Length ${content.length} ${entries} >>\nstream\n${content}\nendstream`;
}

function font(name: string): string {
  return `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
}

function text(lines: readonly string[], height: number): string {
  const shown = lines.map((line, index) => {
    const escaped = line.replace(/[\\()]/g, '\\$&');
    return `${index === 0 ? '/F2 22 Tf' : '/F1 11 Tf'} (${escaped}) Tj 0 ${index === 0 ? -34 : -18} Td`;
  });
  return `BT 56 ${height - 80} Td ${shown.join('\n')} ET`;
}

function assemble(objects: readonly string[], trailer: string): Uint8Array {
  let file = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = file.length;
  const count = objects.length + 1;
  file += `xref\n0 ${count}\n0000000000 65535 f \n${rows}`;
  file += `trailer\n<< /Size ${count} /Root 1 0 R ${trailer} >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** Pages with a heading and some lines each. */
export function numberedPages(count: number): SamplePage[] {
  return Array.from({ length: count }, (_, index) => ({
    lines: [
      `Chapter ${index + 1}`,
      ...Array.from(
        { length: 30 },
        (_each, line) => `Line ${line + 1} of chapter ${index + 1}: quick brown foxes jump.`,
      ),
    ],
  }));
}

const ROWS = [
  ['Widget, large', '4', '12.50', '50.00'],
  ['Widget, small', '12', '3.20', '38.40'],
  ['Assembly (hours)', '2', '95.00', '190.00'],
] as const;

/** What a billing API answers with. */
export function invoice(): Uint8Array {
  const cells = ROWS.flatMap((row, index) => row.map((cell, column) => ({ cell, column, y: 560 - index * 24 })));
  const at = [56, 320, 400, 480];
  const table = cells.map(
    ({ cell, column, y }) => `BT /F1 11 Tf ${at[column]} ${y} Td (${cell.replace(/[()]/g, '\\$&')}) Tj ET`,
  );
  const lines = [0, 1, 2, 3].map((index) => `0.8 G 56 ${576 - index * 24} m 539 ${576 - index * 24} l S`);
  const drawing = [
    '0.09 0.35 0.62 rg 0 800 595 42 re f 0 g',
    'BT 1 g /F2 14 Tf 56 815 Td (ACME Ltd.) Tj ET 0 g',
    '0.93 g 56 580 483 22 re f 0 g',
    ...['Item', 'Count', 'Price', 'Sum'].map((name, column) => `BT /F2 11 Tf ${at[column]} 587 Td (${name}) Tj ET`),
    ...table,
    ...lines,
    'BT /F2 12 Tf 400 478 Td (Total     278.40) Tj ET',
    'BT /F3 14 Tf 56 430 Td (4) Tj /F1 11 Tf 20 2 Td (Paid on 2026-11-20) Tj ET',
  ].join('\n');
  const first = {
    lines: ['Invoice 2026-0042', 'Alice Liddell', 'Christ Church, Oxford', 'Due on 2026-12-01'],
    drawing,
  };
  return pdf([first, { lines: ['Terms', 'Payable within ten days.', 'Goods stay ours until paid for.'] }]);
}

/** A PDF that tries what a PDF can try: scripts, links, forms that send, things that are elsewhere. */
export function hostilePdf(): Uint8Array {
  const script = `<< /S /JavaScript /JS (app.alert\\('hostile'\\); app.launchURL\\('http://elsewhere.test/js'\\);) >>`;
  const link =
    '<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (http://elsewhere.test/link) >> >>';
  const button = `<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (b) /Rect [56 600 200 640] /A << /S /SubmitForm /F << /FS /URL /F (http://elsewhere.test/form) >> >> /AA << /E ${script} /PO ${script} >> >>`;
  const outside =
    '<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /F << /FS /URL /F (http://elsewhere.test/image) >> /Length 0 >>\nstream\n\nendstream';
  return pdf([{ lines: ['A hostile page', 'with a link over all of it'], drawing: 'q 10 0 0 10 0 0 cm /X Do Q' }], {
    catalog: `/OpenAction ${script} /AA << /WC ${script} >> /Names << /JavaScript << /Names [(a) ${script}] >> >> /AcroForm << /Fields [${FIRST_EXTRA + 1} 0 R] /XFA (<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template/></xdp:xdp>) >>`,
    page: `/Annots [${FIRST_EXTRA} 0 R ${FIRST_EXTRA + 1} 0 R] /AA << /O ${script} >>`,
    resources: `/XObject << /X ${FIRST_EXTRA + 2} 0 R >>`,
    extra: [link, button, outside],
  });
}

/** Two pages; the first one is drawn in more steps than is reasonable. */
export function laboriousPdf(): Uint8Array {
  return pdf([{ lines: ['Laborious'], drawing: '0 g\n'.repeat(1_100_000) }, { lines: ['Harmless'] }]);
}

/** Two pages; the first one says the same ten times, each of which says it ten times, and so on. */
export function endlessPdf(): Uint8Array {
  const depth = 10;
  const forms = Array.from({ length: depth }, (_, level) => {
    const next = level + 1 < depth ? `/Resources << /XObject << /X ${FIRST_EXTRA + level + 1} 0 R >> >>` : '';
    return stream(next && '/X Do '.repeat(10), `/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${next}`);
  });
  return pdf([{ lines: ['Endless'], drawing: '/X Do' }, { lines: ['Harmless'] }], {
    resources: `/XObject << /X ${FIRST_EXTRA} 0 R >>`,
    extra: forms,
  });
}

/** A PDF that opens with a password only. */
export function encryptedPdf(): Uint8Array {
  const hash = (of: string): string => createHash('sha256').update(of).digest('hex');
  const id = hash('id').slice(0, 32);
  const handler = `<< /Filter /Standard /V 1 /R 2 /P -44 /O <${hash('owner')}> /U <${hash('user')}> >>`;
  return pdf([{ lines: ['A secret'] }], { trailer: `/ID [<${id}> <${id}>] /Encrypt ${handler}` });
}
