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
  const text = raw.replace(/\r\n?/g, '\n').replace(REFERENCE, (...found: string[]) => {
    const replacement = replacementOf(found);
    if (replacement === undefined) unknown.push(found[0] ?? '');
    return replacement ?? '';
  });
  return unknown.length === 0 ? text : undefined;
}

/** The first reference that stands for nothing, as it is written and as far as it is one, and where it is. */
export function unknownReference(raw: string): { readonly offset: number; readonly name: string } {
  const found = [...raw.matchAll(REFERENCE)].find((each) => replacementOf(each) === undefined);
  return { offset: found?.index ?? 0, name: found?.[0] ?? '&' };
}

const REFERENCE = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|&/g;

function replacementOf([, hex, decimal, name]: readonly (string | undefined)[]): string | undefined {
  return name === undefined ? character(hex, decimal) : ENTITIES.get(name);
}

function character(hex: string | undefined, decimal: string | undefined): string | undefined {
  const code = hex === undefined ? Number(decimal ?? NaN) : parseInt(hex, 16);
  const isOne = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isOne ? String.fromCodePoint(code) : undefined;
}
