/** The source of a thread, bundled: a page can start one from text only. */
declare module 'worker:*' {
  const source: string;
  export default source;
}

declare module '*.pfb' {
  const font: Uint8Array<ArrayBuffer>;
  export default font;
}
