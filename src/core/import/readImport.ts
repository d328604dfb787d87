import { LatchkeyError } from '../errors';
import { importFormats } from './formats';
import type { ImportedCollection, ImportedRequest } from './importModel';
import type { ImportSource } from './importSource';
import { MAX_IMPORTED_REQUESTS } from './limits';
import { maskedText } from './maskedText';
import { VariableNames } from './placeholders';

/** What several files say together, such as a collection and its environments. */
export interface ReadImport {
  /** The names of their formats, each once. */
  readonly formats: readonly string[];
  readonly collection: ImportedCollection;
}

/**
 * Reads files of other tools.
 * @throws LatchkeyError `import.unknownFormat`, `import.nothingFound`, `import.tooMany`.
 */
export function readImport(sources: readonly ImportSource[]): ReadImport {
  const names = new VariableNames();
  const read = sources.map((source) => {
    const format = importFormats.find(({ detect }) => detect(source));
    if (!format) {
      const formats = importFormats.map(({ name }) => name).join(', ');
      throw new LatchkeyError('import.unknownFormat', { file: source.fileName, formats });
    }
    return { format: format.name, collection: format.read(source, names, sources) };
  });
  const collections = read.map(({ collection }) => collection);
  const requests = collections.flatMap((each) => each.requests.map(shownRequest));
  const environments = collections.flatMap((each) =>
    each.environments.map(({ name, variables }) => ({ name: maskedText(name), variables })),
  );
  if (requests.length > MAX_IMPORTED_REQUESTS) {
    throw new LatchkeyError('import.tooMany', { count: requests.length, limit: MAX_IMPORTED_REQUESTS });
  }
  const variables = collections.flatMap((each) => each.variables);
  if (requests.length + environments.length + variables.length === 0) {
    throw new LatchkeyError('import.nothingFound', { file: sources.map(({ fileName }) => fileName).join(', ') });
  }
  const named = collections.find((each) => each.requests.length > 0) ?? collections[0];
  return {
    formats: [...new Set(read.map(({ format }) => format))],
    collection: {
      name: maskedText(named?.name ?? ''),
      ...{ requests, environments, variables },
      notes: [...collections.flatMap((each) => each.notes), ...names.notes],
    },
  };
}

/** Names are shown and become those of files, so no credential may be in them. */
function shownRequest(request: ImportedRequest): ImportedRequest {
  return { ...request, name: maskedText(request.name), folder: request.folder.map(maskedText) };
}
