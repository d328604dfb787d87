/** A path as request files write it: relative ones start with `./`, parts are separated by `/`. */
export function filePath(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  return /^(?:\.{0,2}\/|[A-Za-z]:|~)/.test(slashed) ? slashed : `./${slashed}`;
}
