import type { TlsSetting } from '../http/tlsSetting';
import type { FileDigests } from '../oauth/model';

/** Whose secure connections they are. */
export interface TlsScope {
  readonly settings: readonly TlsSetting[];
  /** URI of the workspace folder whose files and secrets the settings name. */
  readonly folder: string;
  /** For errors; absent: no connection is used. */
  readonly connectionName?: string | undefined;
  /** What the user approved of the files of these origins; a file that is not the same any more is not used. */
  readonly approved?: { readonly origins: ReadonlySet<string>; readonly digests: FileDigests } | undefined;
}
