import { bytesOfBase64 } from '../../base64';
import { revealForTransport } from '../../secret';
import type { PlannedMessage } from '../../stream/socketMessages';
import type { MessageEntry } from '../model';
import { andThen, failure, success, type Evaluation } from './evaluation';
import type { Evaluator } from './evaluator';
import { filePath } from './prepareBody';
import { toJson } from './resolved';

/** A message of a WebSocket with its variables put in. */
export function prepareMessage(entry: MessageEntry, evaluator: Evaluator): Evaluation<PlannedMessage> {
  const { after } = entry;
  switch (entry.kind) {
    case 'text':
      return andThen(evaluator.text(entry.text, false), (text) => success({ text, after }));
    case 'json':
      return andThen(evaluator.value(entry.value, false), (value) => success({ text: toJson(value), after }));
    case 'file': {
      const path = filePath(entry.path, evaluator, evaluator.directory);
      return andThen(path, (found) => success({ file: { path: found }, after }));
    }
    case 'base64':
      return andThen(evaluator.text(entry.text, false), (base64) =>
        bytesOfBase64(revealForTransport(base64)) === undefined
          ? failure('request.badBase64', entry.text.range, {}, false)
          : success({ base64, after }),
      );
  }
}
