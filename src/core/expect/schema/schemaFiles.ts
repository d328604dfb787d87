/** Reads schemas that request files and other schemas name. */
export interface SchemaFiles {
  /** Folder of the request file, relative to the workspace folder. */
  readonly directory: string;
  /**
   * The bytes of a small file; the path is relative to the workspace folder, with `/` between its parts.
   * Rejects with LatchkeyError `file.*`.
   */
  read(path: string): Promise<Uint8Array>;
}
