import * as vscode from 'vscode';
import { abortError, isAbort, LatchkeyError } from '../../core/errors';
import type { FileWriter, Log } from '../../core/ports';
import type { BodyView } from '../../core/response/bodyView';
import { fileNameFor } from '../../core/response/fileName';
import type { ExchangeView } from '../../shared/viewModel';
import { showFailure } from '../platform/showFailure';

/** Bytes that are read, covered and written at once. */
const PIECE = 1024 * 1024;

/** The most bytes for a file system that takes files as a whole only. */
const WHOLE_LIMIT = 64 * 1024 * 1024;

/** Writes response bodies to files, secrets covered as in the runner. */
export class BodySaver {
  readonly #writer: FileWriter;
  readonly #log: Log;
  /** Where the last one went, in this window. */
  #folder: vscode.Uri | undefined;

  constructor(writer: FileWriter, log: Log) {
    this.#writer = writer;
    this.#log = log;
  }

  /** Asks where to, and writes. Shows what goes wrong. */
  async save(exchange: ExchangeView, body: BodyView): Promise<void> {
    const folder = this.#folder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = nameOf(exchange, body);
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save Response Body'),
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : { defaultUri: vscode.Uri.file(`/${name}`) }),
    });
    if (!target) return;
    this.#folder = vscode.Uri.joinPath(target, '..');
    try {
      await this.saveTo(target, body);
    } catch (error) {
      showFailure('Saving a body', error, this.#log);
    }
  }

  /** @throws LatchkeyError `http.save*`; `AbortError` when the user cancels. */
  async saveTo(target: vscode.Uri, body: BodyView): Promise<void> {
    const file = vscode.workspace.asRelativePath(target);
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Saving {file}…', { file }),
      cancellable: true,
    };
    await vscode.window.withProgress(options, async (progress, token) => {
      const pieces = piecesOf(body, token, (increment) => progress.report({ increment }));
      try {
        if (target.scheme === 'file') await this.#writer.write(target.fsPath, pieces);
        else await writeWhole(target, body.size, pieces);
      } catch (error) {
        if (isAbort(error) || error instanceof LatchkeyError) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new LatchkeyError('http.saveFailed', { file, reason }, { cause: error });
      }
    });
    this.#log.info(`A body of ${body.size} bytes was saved.`);
  }
}

async function* piecesOf(
  body: BodyView,
  token: vscode.CancellationToken,
  report: (percent: number) => void,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.size; at += PIECE) {
    if (token.isCancellationRequested) throw abortError();
    const piece = await body.bytes(at, at + PIECE);
    yield piece;
    report((piece.length / body.size) * 100);
  }
}

async function writeWhole(target: vscode.Uri, size: number, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  if (size > WHOLE_LIMIT) throw new LatchkeyError('http.saveTooLarge', { limit: `${WHOLE_LIMIT / (1024 * 1024)} MB` });
  const whole = new Uint8Array(size);
  let at = 0;
  for await (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  await vscode.workspace.fs.writeFile(target, whole);
}

function nameOf({ headers, hops, sent }: ExchangeView, body: BodyView): string {
  const contentDisposition = headers.find(({ name }) => name.toLowerCase() === 'content-disposition')?.value;
  const mediaType = body.kind.kind === 'empty' ? '' : body.kind.mediaType;
  return body.mask(fileNameFor({ contentDisposition, url: hops.at(-1)?.url ?? sent.url, mediaType }));
}
