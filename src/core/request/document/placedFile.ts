import { byPosition } from '../byPosition';
import type { Diagnostic } from '../diagnostic';
import type { Inputs } from '../flow';
import type { NamedSetting, RequestFile, Settings, Variables } from '../model';
import { placeAll, REQUEST, type Place } from './coordinates';
import type { FileParts, FrameContent } from './parts';
import { PlacedRequest } from './placedRequest';

/** The parts of a request file in their places: what everybody but the reading itself works with. */
export class PlacedFile implements RequestFile {
  /** What was read, for what is to be kept for as long as a part is the same. */
  readonly parts: FileParts;
  readonly requests: readonly PlacedRequest[];
  readonly #place: Place;
  #frame: FrameContent | undefined;
  #faults: readonly Diagnostic[] | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;

  constructor(parts: FileParts) {
    this.parts = parts;
    this.#place = { request: REQUEST, tail: parts.tail };
    const requests: PlacedRequest[] = [];
    for (const { request, start } of parts.requests) {
      if (request) requests.push(new PlacedRequest(request, { request: start, tail: parts.tail }));
    }
    this.requests = requests;
  }

  get settings(): Settings {
    return this.#framed().settings;
  }

  get variables(): Variables {
    return this.#framed().variables;
  }

  get imports(): readonly NamedSetting[] {
    return this.#framed().imports;
  }

  get inputs(): Inputs {
    return this.#framed().inputs;
  }

  get faults(): readonly Diagnostic[] {
    return (this.#faults ??= this.#findFaults());
  }

  get diagnostics(): readonly Diagnostic[] {
    return (this.#diagnostics ??= this.#findDiagnostics());
  }

  #framed(): FrameContent {
    if (this.#frame) return this.#frame;
    const { settings, variables, imports, inputs } = this.parts.frame;
    return (this.#frame = placeAll({ settings, variables, imports, inputs }, this.#place));
  }

  #findFaults(): readonly Diagnostic[] {
    const faults = [...placeAll(this.parts.frame.faults, this.#place), ...this.parts.faults];
    return faults.sort(byPosition);
  }

  #findDiagnostics(): readonly Diagnostic[] {
    const { frame, requests, tail } = this.parts;
    const found: Diagnostic[] = [...placeAll(frame.diagnostics, this.#place)];
    for (const { diagnostics, start } of requests) {
      if (diagnostics.length > 0) found.push(...placeAll(diagnostics, { request: start, tail }));
    }
    return found.sort(byPosition);
  }
}

/** The parts of a file, of whatever make. */
export function partsOf(file: RequestFile): FileParts {
  if (file instanceof PlacedFile) return file.parts;
  const { settings, variables, imports, inputs, faults, diagnostics } = file;
  const requests = file.requests.map((request) => ({
    request,
    keyRange: request.nameRange,
    diagnostics: [],
    names: [],
    start: 0,
  }));
  return {
    frame: { settings, variables, imports, inputs, faults, diagnostics, names: [] },
    requests,
    tail: 0,
    faults: [],
  };
}
