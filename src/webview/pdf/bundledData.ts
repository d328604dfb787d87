import dingbats from 'pdfjs-dist/standard_fonts/FoxitDingbats.pfb';
import symbol from 'pdfjs-dist/standard_fonts/FoxitSymbol.pfb';

/** Fonts that files need not bring with them, and for which no system has another. */
const FONTS: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'FoxitDingbats.pfb': dingbats,
  'FoxitSymbol.pfb': symbol,
};

/** What pdf.js would load from the web. */
export interface WantedData {
  readonly kind: string;
  readonly filename: string;
}

/** A file of pdf.js that is part of this bundle, if it is. */
export function bundledData({ filename }: WantedData): Uint8Array<ArrayBuffer> | undefined {
  // It is handed over to a thread, and gone here then.
  return FONTS[filename]?.slice();
}
