import { placeRange, type Place } from '../document/coordinates';
import { partsOf } from '../document/placedFile';
import type { TextRange } from '../diagnostic';
import type { RequestFile } from '../model';
import { Reporter } from '../reporter';
import { parseYaml } from '../yaml/parseYaml';
import { Names } from './names';
import { occurrencesInEnvFile, occurrencesInProjectFile, type Occurrence } from './occurrences';

/** What a file has to do with names: all that other files and the views of a workspace need to know of it. */
export interface FileOutline {
  /** In file order; only request files have any. */
  readonly requests: readonly RequestOutline[];
  /** Paths of the request files that it imports, as written, in order. */
  readonly imports: readonly string[];
  readonly names: Names;
  /** How many errors were found while reading it; of a request file. */
  readonly errors: number;
}

/** A request as lists show it. */
export interface RequestOutline {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly title: string;
  readonly method: string | undefined;
  readonly tags: readonly string[];
  /** Names of its captures. */
  readonly captures: readonly string[];
  /** It has an error, so that it cannot be sent. */
  readonly faulty: boolean;
}

/** The outline of a request file. Nothing is looked at before somebody asks for it. */
export function outlineOf(file: RequestFile): FileOutline {
  let requests: readonly RequestOutline[] | undefined;
  let names: Names | undefined;
  return {
    get requests() {
      return (requests ??= file.requests.map(outlineOfRequest));
    },
    get imports() {
      return file.imports.map(({ name }) => name);
    },
    get names() {
      return (names ??= new Names(occurrencesIn(file)));
    },
    get errors() {
      return errorsIn(file);
    },
  };
}

/** The outline of `latchkey.yaml` or `latchkey.local.yaml`. */
export function outlineOfProjectFile(text: string): FileOutline {
  return namesAlone(occurrencesInProjectFile(parseYaml(text, new Reporter())));
}

/** The outline of `.env`. */
export function outlineOfEnvFile(text: string): FileOutline {
  return namesAlone(occurrencesInEnvFile(text));
}

function namesAlone(occurrences: readonly Occurrence[]): FileOutline {
  return { requests: [], imports: [], names: new Names(occurrences), errors: 0 };
}

function outlineOfRequest({
  name,
  nameRange,
  title,
  method,
  tags,
  captures,
  faults,
}: RequestFile['requests'][number]): RequestOutline {
  const faulty = faults.length > 0;
  return { name, nameRange, title, method, tags, captures: captures.map((capture) => capture.name), faulty };
}

function errorsIn(file: RequestFile): number {
  const { frame, requests } = partsOf(file);
  const all = [frame.diagnostics, ...requests.map(({ diagnostics }) => diagnostics)];
  return all.flat().filter(({ severity }) => severity === 'error').length;
}

/** They were found when the parts were read, and lie where those were then. */
function occurrencesIn(file: RequestFile): readonly Occurrence[] {
  const { frame, requests, tail } = partsOf(file);
  const found: Occurrence[] = [];
  const take = (occurrences: readonly Occurrence[], place: Place): void => {
    for (const each of occurrences) found.push({ ...each, range: placeRange(each.range, place) });
  };
  take(frame.names, { request: 0, tail });
  for (const { names, start } of requests) take(names, { request: start, tail });
  return found;
}
