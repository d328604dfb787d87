import type { BodyAnswer, BodyQuestion } from '../../core/expect/bodyQuestion';
import type { ThreadBody } from '../../core/expect/bodyThreads';
import type { ErrorCode } from '../../core/errors';
import type { TemplateData } from '../../core/text/template';

/** What the thread that looks into bodies is told. */
export type ExamineRequest =
  | { readonly type: 'open'; readonly body: ThreadBody; readonly directory: string }
  /** One after the other. */
  | { readonly type: 'ask'; readonly question: BodyQuestion }
  /** What it asked to read. */
  | { readonly type: 'file'; readonly file: ReadFile }
  | { readonly type: 'close' };

export type ReadFile =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly data: TemplateData }
  | { readonly kind: 'failed' };

export type ExamineAnswer =
  | { readonly type: 'answer'; readonly answer: BodyAnswer }
  /** It needs a file of the workspace folder. */
  | { readonly type: 'read'; readonly path: string }
  /** A bug: where it is. Its words may hold what is in the body, so they stay where they are. */
  | { readonly type: 'failed'; readonly name: string; readonly stack: string };
