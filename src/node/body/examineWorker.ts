import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { FULL_EFFORT } from '../../core/effort';
import { LatchkeyError } from '../../core/errors';
import { BodyAnswers } from '../../core/expect/bodyAnswers';
import { BodyContent } from '../../core/expect/bodyContent';
import type { BodyQuestion } from '../../core/expect/bodyQuestion';
import type { ThreadBody } from '../../core/expect/bodyThreads';
import type { ExamineAnswer, ExamineRequest, ReadFile } from './examineMessages';

// The entry of the thread. It has one body at a time, and answers one question after the other.
let answers: BodyAnswers | undefined;
let onFile: ((file: ReadFile) => void) | undefined;

parentPort?.on('message', (request: ExamineRequest) => {
  switch (request.type) {
    case 'open':
      answers = new BodyAnswers(contentOf(request.body), { directory: request.directory, read: readInFolder });
      return;
    case 'ask':
      void answer(request.question);
      return;
    case 'file':
      onFile?.(request.file);
      return;
    case 'close':
      answers = undefined;
  }
});

async function answer(question: BodyQuestion): Promise<void> {
  try {
    if (answers) post({ type: 'answer', answer: await answers.answer(question, FULL_EFFORT) });
  } catch (error) {
    const { name, stack = '' } = error instanceof Error ? error : new Error('Not an error');
    const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
    post({ type: 'failed', name, stack: frames.join('\n') });
  }
}

function contentOf({ source, contentType, stream }: ThreadBody): BodyContent {
  const bytes = source.kind === 'bytes' ? source.bytes : readFileSync(source.path).subarray(0, source.size);
  const read = (start: number, end: number): Promise<Uint8Array> => Promise.resolve(bytes.subarray(start, end));
  // Nothing else waits for its turn here.
  const pause = (): Promise<void> => Promise.resolve();
  return new BodyContent({ body: { size: bytes.length, read }, contentType, stream, pause });
}

/** Asks for a file where files are read; a schema reads one after the other. */
function readInFolder(path: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    onFile = (file) => {
      if (file.kind === 'bytes') resolve(file.bytes);
      else reject(file.kind === 'error' ? new LatchkeyError(file.code, file.data) : new Error('The file was not read'));
    };
    post({ type: 'read', path });
  });
}

function post(answer: ExamineAnswer): void {
  parentPort?.postMessage(answer);
}
