import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** Which authorities are trusted beside one's own: those that Node brings, or those of the system as well. */
export type Roots = 'usual' | 'system';

type CertificateSource = (type: 'default' | 'system') => string[];

/** Came with Node 22.15. */
const certificatesOf = (tls as { readonly getCACertificates?: CertificateSource }).getCACertificates;

/** Whether the system's authorities can be asked for here at all. */
export const knowsSystemRoots = certificatesOf !== undefined;

/** Their certificates, as PEM. Node looks at the system's store once; that takes some 50 ms, and longer on a Mac. */
export function rootCertificates(roots: Roots): readonly string[] {
  if (!certificatesOf) return [...tls.rootCertificates, ...extraCertificates()];
  const usual = certificatesOf('default');
  return roots === 'usual' ? usual : [...new Set([...usual, ...certificatesOf('system')])];
}

/** Older versions of Node add these to their own without telling. */
function extraCertificates(): readonly string[] {
  const file = process.env['NODE_EXTRA_CA_CERTS'];
  if (file === undefined || file === '') return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return []; // Node has warned when it started
  }
}
