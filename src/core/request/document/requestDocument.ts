import type { RequestFile } from '../model';
import { finish, type Steps } from '../steps';
import { MAX_CHARACTERS } from '../yaml/readDocument';
import { assemble } from './assemble';
import { Layout } from './layout';
import type { FileParts } from './parts';
import { parseWholeFile } from './parseWholeFile';
import { PlacedFile } from './placedFile';
import { splitFile } from './splitFile';

/**
 * A request file that changes. It reads each request by itself, keeps what it read, and after a change reads only what
 * has changed: with thousands of requests in a file a keystroke costs about as much as the request it is in. What comes
 * out is the same as if the file had been read for the first time.
 *
 * Give it the whole text each time; it finds out itself what is new. A file is a snapshot and never changes. Where the
 * requests cannot be told apart without reading everything (written in braces, an anchor in one used in another), the
 * file is read as a whole.
 */
export class RequestDocument {
  #text: string | undefined;
  #file: RequestFile | undefined;
  /** Of the latest text that could be cut, for the parts it has read. */
  #layout: Layout | undefined;
  #readings = 0;

  /** The file with this text. */
  update(text: string): RequestFile {
    return finish(this.read(text));
  }

  /** The file, when this is the text that was read last. */
  known(text: string): RequestFile | undefined {
    return this.#text === text ? this.#file : undefined;
  }

  /**
   * Like {@link update}, in steps of a few milliseconds. Reading that is dropped before its end is not lost: the next
   * goes on from there.
   */
  *read(text: string): Steps<RequestFile> {
    const known = this.known(text);
    if (known) return known;
    const reading = ++this.#readings;
    const split = text.length > MAX_CHARACTERS ? undefined : splitFile(text);
    if (split) this.#layout = new Layout(text, split, this.#layout);
    const parts = (split && this.#layout ? yield* readParts(this.#layout) : undefined) ?? (yield* parseWholeFile(text));
    const file = new PlacedFile(parts);
    // Another text may have come, and gone first, while this one was read.
    if (reading === this.#readings) {
      this.#text = text;
      this.#file = file;
    }
    return file;
  }
}

function* readParts(layout: Layout): Steps<FileParts | undefined> {
  if (!layout.frame()) return undefined;
  for (let index = 0; index < layout.size; index++) {
    const isNew = !layout.has(index);
    if (!layout.request(index)) return undefined;
    if (isNew) yield;
  }
  return assemble(layout);
}
