import {
  AnnotationMode,
  getDocument,
  GlobalWorkerOptions,
  InvalidPDFException,
  PasswordException,
  PDFWorker,
  PixelsPerInch,
  TextLayer,
  VerbosityLevel,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { bundledData, type WantedData } from './bundledData';
import { RangeTransport, type ByteSource } from './byteSource';
import type { PageSize } from './pageLayout';
import { startThreads, type PdfThreads } from './pdfThreads';

/** Why a PDF is not shown. */
export type PdfFault = 'encrypted' | 'damaged' | 'unreadable';

export class PdfError extends Error {
  readonly fault: PdfFault;

  constructor(fault: PdfFault) {
    super(fault);
    this.fault = fault;
  }
}

/** A page has more to be drawn than is reasonable. */
export class TooMuchError extends Error {}

/** Where a page is drawn. */
export interface PageTarget {
  readonly canvas: HTMLCanvasElement;
  /** Gets the text of the page, to be selected and read aloud; `undefined` where it is there already. */
  readonly text: HTMLElement | undefined;
  /** CSS pixels for each of the page's at 100%. */
  readonly scale: number;
}

export interface PdfFileEvents {
  /** Bytes have arrived: something is going on. */
  readonly onBytes: () => void;
  /** A table of characters is wanted that is not part of this bundle. */
  readonly onMissing: () => void;
}

/** Steps that a page is drawn in at most. Dense maps have some hundred thousand. */
const MOST_STEPS = 1_000_000;
/** Pixels of a picture in a page at most: four bytes for each are kept. */
const MOST_IMAGE_PIXELS = 64 * 1024 * 1024;
/** Pixels of a page as it is drawn; zoomed in further, it is drawn less sharply. */
const MOST_PAGE_PIXELS = 16 * 1024 * 1024;
const BYTES_PER_REQUEST = 256 * 1024;
/** What threads get to tidy up in. Milliseconds. */
const GRACE = 1000;

/** An open PDF. Threads of its own read and draw it, and end when it is closed, whatever they are at. */
export class PdfFile {
  readonly #document: PDFDocumentProxy;

  private constructor(document: PDFDocumentProxy) {
    this.#document = document;
  }

  /**
   * Rejects with a {@link PdfError}.
   * @param signal closes the file; while it is being opened, too.
   */
  static async open(source: ByteSource, events: PdfFileEvents, signal: AbortSignal): Promise<PdfFile> {
    const threads = startThreads();
    const verbosity = VerbosityLevel.ERRORS;
    GlobalWorkerOptions.rendererPorts = [threads.painter];
    const task = getDocument({
      range: new RangeTransport(source, events.onBytes),
      rangeChunkSize: BYTES_PER_REQUEST,
      disableAutoFetch: true,
      disableStream: true,
      worker: PDFWorker.create({ port: threads.reader, verbosity }),
      verbosity,
      BinaryDataFactory: dataFactory(events.onMissing),
      useWorkerFetch: false,
      useSystemFonts: true,
      useWasm: false,
      enableXfa: false,
      maxImageSize: MOST_IMAGE_PIXELS,
    });
    signal.addEventListener('abort', () => void end(task, threads), { once: true });
    try {
      return new PdfFile(await Promise.race([task.promise, threads.broken]));
    } catch (error) {
      threads.end();
      throw error instanceof PdfError ? error : new PdfError(faultOf(error));
    }
  }

  get pageCount(): number {
    return this.#document.numPages;
  }

  /** At 100%, in CSS pixels. */
  async pageSize(index: number): Promise<PageSize> {
    const { width, height } = (await this.#page(index)).getViewport({ scale: PixelsPerInch.PDF_TO_CSS_UNITS });
    return { width, height };
  }

  /** Rejects when the page is damaged, has too much in it, or is not wanted any more. */
  async draw(index: number, { canvas, text, scale }: PageTarget, signal: AbortSignal): Promise<void> {
    const page = await this.#page(index);
    signal.throwIfAborted();
    const viewport = page.getViewport({ scale: scale * PixelsPerInch.PDF_TO_CSS_UNITS });
    await paint(page, canvas, scale * sharpness(viewport), signal);
    if (!text) return;
    const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
    const onAbort = (): void => layer.cancel();
    signal.addEventListener('abort', onAbort, { once: true });
    await layer.render();
    signal.removeEventListener('abort', onAbort);
  }

  /** What a page says, as its text layer has it: a line end where a line ends. */
  async text(index: number): Promise<string> {
    const { items } = await (await this.#page(index)).getTextContent();
    return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
  }

  /** The page is far from what is in sight: nothing of it is kept. */
  async forget(index: number): Promise<void> {
    (await this.#page(index)).cleanup();
  }

  #page(index: number): Promise<PDFPageProxy> {
    return this.#document.getPage(index + 1);
  }
}

/** Fonts and pictures in the page are let go, unless the threads are too busy to say that they are done with them. */
async function end(task: PDFDocumentLoadingTask, threads: PdfThreads): Promise<void> {
  const timer = setTimeout(() => threads.end(), GRACE);
  await task.destroy().catch(() => undefined);
  clearTimeout(timer);
  threads.end();
}

async function paint(page: PDFPageProxy, canvas: HTMLCanvasElement, scale: number, signal: AbortSignal): Promise<void> {
  const viewport = page.getViewport({ scale: scale * PixelsPerInch.PDF_TO_CSS_UNITS });
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  const tooMuch = new AbortController();
  const task = page.render({
    canvas,
    viewport,
    // What is filled into forms is seen; nothing can be filled in, and no link followed.
    annotationMode: AnnotationMode.ENABLE,
    operationsFilter: (step: number) => {
      if (step >= MOST_STEPS) tooMuch.abort();
      return !tooMuch.signal.aborted;
    },
  });
  const onAbort = (): void => task.cancel();
  tooMuch.signal.addEventListener('abort', onAbort, { once: true });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await task.promise;
  } catch (error) {
    throw tooMuch.signal.aborted ? new TooMuchError() : error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Pixels of the canvas for a CSS pixel, for a page of this size. */
function sharpness({ width, height }: PageSize): number {
  return Math.min(window.devicePixelRatio, Math.sqrt(MOST_PAGE_PIXELS / (width * height)));
}

/** Stands in for what pdf.js loads from the web. */
function dataFactory(onMissing: () => void): new () => object {
  return class {
    fetch(wanted: WantedData): Promise<Uint8Array> {
      const data = bundledData(wanted);
      if (data) return Promise.resolve(data);
      onMissing();
      return Promise.reject(new Error(`${wanted.filename} is not here.`));
    }
  };
}

function faultOf(error: unknown): PdfFault {
  if (error instanceof PasswordException) return 'encrypted';
  return error instanceof InvalidPDFException ? 'damaged' : 'unreadable';
}
