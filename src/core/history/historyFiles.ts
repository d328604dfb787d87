/** The files of a history, in a folder of their own that nobody but the user can read. */
export interface HistoryFiles {
  /** The names; none where there is no folder yet. */
  list(): Promise<readonly string[]>;
  /** @throws an error where the file is gone. */
  size(name: string): Promise<number>;
  /** The bytes from the beginning, at most `most`. @throws an error where the file is gone. */
  read(name: string, most?: number): Promise<Uint8Array>;
  /** Writes a new file. @throws an error where it cannot be written, or is there already. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** A file that is gone already is fine. */
  delete(name: string): Promise<void>;
}
