import type { Diagnostic } from '../diagnostic';
import type { ProjectFile, RequestEntry, RequestFile } from '../model';
import { resolveConnection, type ResolvedConnection } from '../resolveConnection';
import type { KnownRows, RowsOfFile } from '../knownRows';
import { literalText } from '../templateText';
import type { FileParts, Frame } from './parts';

/** What was found in a request, and in what surroundings. */
interface Checked {
  readonly frame: Frame;
  readonly project: ProjectFile | undefined;
  readonly environment: string | undefined;
  /** Of the file that the request names for them. */
  readonly rows: KnownRows | undefined;
  /** The requests of the file and their captures by name, when the check has looked at them. */
  readonly outline: string | undefined;
  readonly found: readonly Diagnostic[];
}

/** By the request as it was read: as long as its text is the same, it is the same object. */
const checks = new WeakMap<RequestEntry, Checked>();

/** Everything beside a request that its check depends on, and what earlier checks in the same surroundings found. */
export class Surroundings {
  readonly project: ProjectFile | undefined;
  readonly environment: string | undefined;
  /** The file with its ranges as they were read; notes when somebody looks at other requests. */
  readonly file: RequestFile;
  readonly #frame: Frame;
  readonly #rows: RowsOfFile;
  readonly #connections = new Map<string, ResolvedConnection>();
  readonly #requests: readonly RequestEntry[];
  #outline: string | undefined;
  #looked = false;

  constructor(
    parts: FileParts,
    project: ProjectFile | undefined,
    environment: string | undefined,
    rows: RowsOfFile = () => undefined,
  ) {
    this.#frame = parts.frame;
    this.#rows = rows;
    this.project = project;
    this.environment = environment;
    this.#requests = parts.requests.flatMap(({ request }) => request ?? []);
    const look = (): readonly RequestEntry[] => {
      this.#looked = true;
      return this.#requests;
    };
    this.file = {
      ...parts.frame,
      get requests() {
        return look();
      },
    };
  }

  /** A connection with its variables put in; `undefined` without a project file. */
  connection(name: string): ResolvedConnection | undefined {
    if (this.project && !this.#connections.has(name)) {
      this.#connections.set(name, resolveConnection(this.project, name, this.environment));
    }
    return this.#connections.get(name);
  }

  /** What is known of the rows that a request names a file for. */
  rowsOf({ flow: { forEach } }: RequestEntry): KnownRows | undefined {
    const path = forEach?.kind === 'file' ? literalText(forEach.path) : undefined;
    return path === undefined ? undefined : this.#rows(path);
  }

  known(request: RequestEntry): readonly Diagnostic[] | undefined {
    const checked = checks.get(request);
    if (!checked) return undefined;
    const isSame =
      checked.frame === this.#frame &&
      checked.project === this.project &&
      checked.environment === this.environment &&
      checked.rows === this.rowsOf(request) &&
      (checked.outline === undefined || checked.outline === this.#outlined());
    this.#looked = false;
    return isSame ? checked.found : undefined;
  }

  /** Keeps what the check of a request found; one request is checked at a time. */
  keep(request: RequestEntry, found: readonly Diagnostic[]): readonly Diagnostic[] {
    const outline = this.#looked ? this.#outlined() : undefined;
    this.#looked = false;
    const { project, environment } = this;
    checks.set(request, { frame: this.#frame, project, environment, rows: this.rowsOf(request), outline, found });
    return found;
  }

  /** What requests can know of each other. */
  #outlined(): string {
    return (this.#outline ??= JSON.stringify(
      this.#requests.map(({ name, captures }) => [name, ...captures.map((each) => each.name)]),
    ));
  }
}
