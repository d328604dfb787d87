import { bytesOfBase64 } from '../base64';
import { LatchkeyError } from '../errors';
import { hexText } from '../hex';
import type { FilePart } from '../http/requestBody';
import type { FileContent, FileContents } from '../ports';
import { revealForTransport, Secret, type Sensitive } from '../secret';

/** What a WebSocket of a request file sends. */
export interface PlannedSocket {
  readonly messages: readonly PlannedMessage[];
  /** URI of the folder that files are in; absent: not known, so that none can be sent. */
  readonly folder?: string | undefined;
}

/** A message of the request file. */
export type PlannedMessage = {
  /** Milliseconds to wait before it. */
  readonly after: number;
} & ({ readonly text: Sensitive } | BinaryMessage);

/** Bytes, as base64 or as a file has them. */
type BinaryMessage = { readonly base64: Sensitive } | { readonly file: FilePart };

/** A message whose bytes can be had. */
export interface ReadyMessage {
  readonly after: number;
  /** @throws LatchkeyError `file.*` */
  readonly content: () => Promise<SocketContent>;
}

export type SocketContent = { readonly text: Sensitive } | { readonly bytes: Uint8Array; readonly isSecret: boolean };

/** Bytes of one message: what servers take at most is less, and it is sent in one piece. */
const LONGEST_FILE = 16 * 1024 * 1024;

/**
 * The messages, to be sent one by one. Looks whether their files are there; they are read when they are sent.
 * @throws LatchkeyError `file.*`
 */
export async function readyMessages(
  { messages, folder }: PlannedSocket,
  files: FileContents | undefined,
): Promise<readonly ReadyMessage[]> {
  const ready: ReadyMessage[] = [];
  for (const message of messages) {
    const { after } = message;
    if ('file' in message) {
      const found = await fileContent(message.file, folder, files);
      ready.push({ after, content: async () => ({ bytes: await bytesOf(found), isSecret: false }) });
    } else ready.push({ after, content: () => Promise.resolve(contentOf(message)) });
  }
  return ready;
}

function contentOf(message: Exclude<PlannedMessage, { readonly file: FilePart }>): SocketContent {
  if ('text' in message) return { text: message.text };
  const bytes = bytesOfBase64(revealForTransport(message.base64)) ?? new Uint8Array();
  return { bytes, isSecret: message.base64 instanceof Secret };
}

async function fileContent(
  { path }: FilePart,
  folder: string | undefined,
  files: FileContents | undefined,
): Promise<FileContent> {
  if (folder === undefined || !files) throw new LatchkeyError('file.notLocal', { file: path });
  const content = await files.content(folder, path);
  if (content.size > LONGEST_FILE) throw new LatchkeyError('file.tooLarge', { file: path, bytes: LONGEST_FILE });
  return content;
}

async function bytesOf(content: FileContent): Promise<Uint8Array> {
  const bytes = new Uint8Array(content.size);
  let at = 0;
  for await (const piece of content.stream()) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Everything secret in messages, so that an echo of it is found: one of bytes is in hexadecimal. */
export function secretsOfMessages(messages: readonly PlannedMessage[]): readonly Secret[] {
  return messages.flatMap((message) => {
    if ('text' in message) return message.text instanceof Secret ? [message.text] : [];
    if (!('base64' in message) || !(message.base64 instanceof Secret)) return [];
    const { base64 } = message;
    return [
      base64,
      ...['', ' '].map((between) =>
        base64.converted((text) => hexText(bytesOfBase64(text) ?? new Uint8Array(), between)),
      ),
    ];
  });
}
