import readerSource from 'worker:pdfjs-dist/legacy/build/pdf.worker.mjs';
import painterSource from 'worker:pdfjs-dist/legacy/build/pdf.renderer.mjs';

/** The threads of one document. What is in a PDF may keep them busy for ever, so they can be ended at any moment. */
export interface PdfThreads {
  /** Reads the file. */
  readonly reader: Worker;
  /** Draws its pages. */
  readonly painter: Worker;
  /** Rejects when one of them cannot be started, or breaks. */
  readonly broken: Promise<never>;
  end(): void;
}

export function startThreads(): PdfThreads {
  const reader = start(readerSource);
  const painter = start(painterSource);
  const broken = new Promise<never>((_resolve, reject) => {
    for (const thread of [reader, painter]) {
      thread.addEventListener('error', () => reject(new Error('A thread could not be started, or broke.')));
    }
  });
  // Somebody listens only while the file is opened.
  broken.catch(() => undefined);
  return {
    reader,
    painter,
    broken,
    end: () => {
      reader.terminate();
      painter.terminate();
    },
  };
}

/** What is wrong with a file is told by answers; what nobody waits for is no error of ours. */
const QUIET = `addEventListener('unhandledrejection', (event) => event.preventDefault());\n`;

function start(source: string): Worker {
  const url = URL.createObjectURL(new Blob([QUIET, source], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module' });
  // Its first message says that it has been loaded.
  for (const event of ['message', 'error'])
    worker.addEventListener(event, () => URL.revokeObjectURL(url), { once: true });
  return worker;
}
