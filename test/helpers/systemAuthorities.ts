import tls from 'node:tls';
import { tlsFixture } from './tlsProfiles';

/** How often the system was asked. */
export const systemAuthorities = { asked: 0 };

/**
 * Lets the system trust the fixtures' authority, as far as Node tells; to be imported before what asks for it. Versions
 * of Node that cannot ask the system get the function, too.
 */
Object.assign(tls, {
  getCACertificates: (type: string): readonly string[] => {
    if (type !== 'system') return tls.rootCertificates;
    systemAuthorities.asked++;
    return [tlsFixture('authority.pem').toString()];
  },
});
