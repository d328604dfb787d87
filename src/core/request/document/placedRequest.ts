import type { Diagnostic, TextRange } from '../diagnostic';
import type { CaptureEntry, ExpectEntry } from '../expectModel';
import type { RequestFlow } from '../flow';
import type { Body, RequestEntry, Settings, SocketEntry, Variables } from '../model';
import type { Template } from '../value';
import { placeAll, placeRange, type Place } from './coordinates';

/**
 * A request in its place. That costs next to nothing before somebody asks for what has a place, so that thousands can be
 * made at every keystroke.
 */
export class PlacedRequest implements RequestEntry {
  readonly #source: RequestEntry;
  readonly #place: Place;
  #placed: RequestEntry | undefined;

  constructor(source: RequestEntry, place: Place) {
    this.#source = source;
    this.#place = place;
  }

  get name(): string {
    return this.#source.name;
  }

  get nameRange(): TextRange {
    return placeRange(this.#source.nameRange, this.#place);
  }

  get range(): TextRange {
    return placeRange(this.#source.range, this.#place);
  }

  get extent(): TextRange {
    return placeRange(this.#source.extent, this.#place);
  }

  get title(): string {
    return this.#source.title;
  }

  get description(): string | undefined {
    return this.#source.description;
  }

  get tags(): readonly string[] {
    return this.#source.tags;
  }

  get method(): string | undefined {
    return this.#source.method;
  }

  get url(): Template | undefined {
    return this.#all.url;
  }

  get settings(): Settings {
    return this.#all.settings;
  }

  get body(): Body | undefined {
    return this.#all.body;
  }

  get socket(): SocketEntry | undefined {
    return this.#all.socket;
  }

  get variables(): Variables {
    return this.#all.variables;
  }

  get expect(): ExpectEntry | undefined {
    return this.#all.expect;
  }

  get captures(): readonly CaptureEntry[] {
    return this.#all.captures;
  }

  get flow(): RequestFlow {
    return this.#all.flow;
  }

  get faults(): readonly Diagnostic[] {
    return this.#all.faults;
  }

  get #all(): RequestEntry {
    return (this.#placed ??= placeAll(this.#source, this.#place));
  }
}
