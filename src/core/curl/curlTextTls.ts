import type { TlsSetting } from '../http/tlsSetting';
import type { KeySource } from '../oauth/model';
import type { Sensitive } from '../secret';
import { shellWord, type PartsOf } from './shellText';

/** How connections to the origin of a request are secured, with what stands for what no file holds. */
export interface CurlTls {
  readonly setting: TlsSetting;
  /** The path of a file with what a secret holds. */
  readonly fileOf: (secret: string) => Sensitive;
  readonly passphrase: Sensitive | undefined;
}

/** The options that secure a connection as `tls:` says. Paths start at the workspace folder. */
export function tlsOptions({ setting, fileOf, passphrase }: CurlTls, partsOf: PartsOf): readonly string[] {
  const { ca, cert, key, pfx, verify } = setting;
  const file = (source: KeySource): string =>
    shellWord(source.kind === 'file' ? [`./${source.path}`] : partsOf(fileOf(source.name)));
  const [authorities] = ca;
  return [
    ...(authorities === undefined ? [] : [`--cacert ${shellWord([`./${authorities}`])}`]),
    ...(pfx ? [`--cert-type P12 --cert ${file(pfx)}`] : []),
    ...(cert ? [`--cert ${file(cert)}`] : []),
    ...(key ? [`--key ${file(key)}`] : []),
    ...(passphrase === undefined ? [] : [`--pass ${shellWord(partsOf(passphrase))}`]),
    ...(verify ? [] : ['--insecure']),
  ];
}
