import type { TlsSetting } from '../http/tlsSetting';
import type { KeySource } from '../oauth/model';
import type { Diagnostic } from './diagnostic';
import type { ProjectFile, TlsEntry } from './model';
import { Reporter } from './reporter';
import { sourcePath } from './sourcePath';

/** The entries of `tls:` with their files by their paths in the workspace folder. */
export interface ResolvedTls {
  readonly settings: readonly TlsSetting[];
  /** Mistakes; nothing that needs one of the settings can be sent while there is one. Ranges lie in the project file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What the project file says about secure connections. Never throws. */
export function resolveTls({ tls, directory }: ProjectFile): ResolvedTls {
  const reporter = new Reporter();
  const settings = [...tls.values()].map((entry) => resolveEntry(entry, directory, reporter));
  return { settings, diagnostics: reporter.sorted() };
}

function resolveEntry(entry: TlsEntry, directory: string | undefined, reporter: Reporter): TlsSetting {
  const { origin, originRange, ca, cert, key, pfx, passphrase, verify } = entry;
  if (pfx && (cert ?? key)) reporter.error('tls.certAndPfx', originRange, { origin });
  else if (key && !cert) reporter.error('tls.certMissing', originRange, { origin });
  const path = (file: string): string => sourcePath(directory, file, originRange, reporter);
  const source = (from: KeySource | undefined): KeySource | undefined =>
    from?.kind === 'file' ? { kind: 'file', path: path(from.path) } : from;
  return { origin, ca: ca.map(path), cert: source(cert), key: source(key), pfx: source(pfx), passphrase, verify };
}
