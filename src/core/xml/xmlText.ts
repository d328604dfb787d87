const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Text with the five entities of XML and character references put in; `undefined` where there is another. */
export function decodeXmlText(raw: string): string | undefined {
  if (!raw.includes('&')) return raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  const unknown: string[] = [];
  const text = raw.replace(/\r\n?/g, '\n').replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|&/g, (...found) => {
    const [, hex, decimal, name] = found as string[];
    const replacement = name === undefined ? character(hex, decimal) : ENTITIES.get(name);
    if (replacement === undefined) unknown.push(found[0]);
    return replacement ?? '';
  });
  return unknown.length === 0 ? text : undefined;
}

function character(hex: string | undefined, decimal: string | undefined): string | undefined {
  const code = hex === undefined ? Number(decimal ?? NaN) : parseInt(hex, 16);
  const isOne = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isOne ? String.fromCodePoint(code) : undefined;
}
