import type { ImportedCollection } from './importModel';
import type { ImportSource } from './importSource';
import { isInsomniaExport, readInsomniaExport } from './insomnia/insomniaExport';
import { isInsomniaFile, readInsomniaFile } from './insomnia/insomniaFile';
import { isOpenCollection, readOpenCollection } from './openCollection/openCollection';
import type { VariableNames } from './placeholders';
import { isHar, readHar } from './har/har';
import { isHttpEnvironments, readHttpEnvironments } from './httpFile/httpEnvironments';
import { isHttpFile, readHttpFile } from './httpFile/httpFile';
import { isPostmanCollection, readPostmanCollection } from './postman/postmanCollection';
import { isPostmanEnvironment, readPostmanEnvironment } from './postman/postmanEnvironment';

/** A format that can be imported. */
export interface ImportFormat {
  /** For people. */
  readonly name: string;
  readonly detect: (source: ImportSource) => boolean;
  /**
   * Never throws on what `detect` took for its own.
   * @param all every file of the import: some say what others mean.
   */
  readonly read: (source: ImportSource, names: VariableNames, all: readonly ImportSource[]) => ImportedCollection;
}

/** In the order in which they are tried. */
export const importFormats: readonly ImportFormat[] = [
  { name: 'Postman Collection', detect: isPostmanCollection, read: readPostmanCollection },
  { name: 'Postman Environment', detect: isPostmanEnvironment, read: readPostmanEnvironment },
  { name: '.http (JetBrains, REST Client, httpYac)', detect: isHttpFile, read: readHttpFile },
  { name: 'http-client.env.json', detect: isHttpEnvironments, read: readHttpEnvironments },
  { name: 'Insomnia 5', detect: isInsomniaFile, read: readInsomniaFile },
  { name: 'Insomnia 4', detect: isInsomniaExport, read: readInsomniaExport },
  { name: 'OpenCollection (Bruno)', detect: isOpenCollection, read: readOpenCollection },
  { name: 'HAR', detect: isHar, read: readHar },
];
