import { partsOf } from '../request/document/placedFile';
import type { Frame } from '../request/document/parts';
import { expressionsIn, expressionsOf } from '../request/expressionsIn';
import type { ProjectFile, RequestEntry } from '../request/model';
import { NO_RANDOM } from '../request/resolve/noRandom';
import type { Need } from '../request/resolve/supplies';
import type { Expression } from '../request/value';
import { needsOfSite, type Sources } from './evaluateSite';
import type { FilePlace, Site } from './site';

/** Looking at files must give the same each time. */
const fixed: Sources = { clock: { now: () => 0 }, random: NO_RANDOM };

interface Known {
  readonly frame: Frame;
  readonly project: ProjectFile | undefined;
  readonly environment: string | undefined;
  readonly needs: readonly Need[];
  readonly isAlone: boolean;
}

/** By the request as it was read, which is the same object for as long as its text is the same. */
const known = new WeakMap<RequestEntry, Known>();
/** Whether a request names captures or inputs itself. */
const naming = new WeakMap<RequestEntry, boolean>();

/** What the requests of some files need. After an edit only what has changed is looked at again. */
export class KnownNeeds {
  readonly #read = new Map<FilePlace, ReadonlyMap<RequestEntry, RequestEntry>>();
  readonly #around = new Map<FilePlace, boolean>();

  of(site: Site): readonly Need[] {
    return this.#known(site).needs;
  }

  /** Whether a request says nothing of others, nor of inputs: most do not. */
  isAlone(site: Site): boolean {
    // Where neither it nor what it inherits names any, its values need not be put in to tell.
    return this.#namesNothing(site) || this.#known(site).isAlone;
  }

  #namesNothing({ place, entry }: Site): boolean {
    const read = this.#asRead(place, entry);
    if (read.flow.needs.length > 0 || this.#isNamedAround(place)) return false;
    const before = naming.get(read);
    const now = before ?? expressionsOf(read).some(namesOthers);
    if (before === undefined) naming.set(read, now);
    return !now;
  }

  #isNamedAround(place: FilePlace): boolean {
    const before = this.#around.get(place);
    if (before !== undefined) return before;
    const { settings, variables } = partsOf(place.file).frame;
    const { project } = place;
    const shared = [project?.variables, project?.environments, project?.defaults];
    const now = expressionsIn([settings, variables, ...shared]).some(namesOthers);
    this.#around.set(place, now);
    return now;
  }

  #known({ place, entry }: Site): Known {
    const read = this.#asRead(place, entry);
    const { frame } = partsOf(place.file);
    const { project, environment } = place;
    const before = known.get(read);
    const isSame = before?.frame === frame && before.project === project && before.environment === environment;
    if (before && isSame) return before;
    // Needs have no places in the text, so requests need not be put in theirs.
    const file = { ...frame, requests: [] };
    const needs = needsOfSite({ place: { ...place, file }, entry: read }, fixed);
    const isAlone = read.flow.needs.length === 0 && needs.every(({ kind }) => kind !== 'capture' && kind !== 'input');
    const now = { frame, project, environment, needs, isAlone };
    known.set(read, now);
    return now;
  }

  #asRead(place: FilePlace, entry: RequestEntry): RequestEntry {
    return this.#readOf(place).get(entry) ?? entry;
  }

  /** The requests as they were read, by those in their places. */
  #readOf(place: FilePlace): ReadonlyMap<RequestEntry, RequestEntry> {
    let read = this.#read.get(place);
    if (!read) {
      const parts = partsOf(place.file).requests.flatMap(({ request }) => request ?? []);
      read = new Map(place.file.requests.map((entry, index) => [entry, parts[index] ?? entry]));
      this.#read.set(place, read);
    }
    return read;
  }
}

function namesOthers({ source: { kind } }: Expression): boolean {
  return kind === 'capture' || kind === 'input';
}
