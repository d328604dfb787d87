import { parentPort } from 'node:worker_threads';
import { assertNever } from '../../core/assertNever';
import { LatchkeyError } from '../../core/errors';
import type { ApiDescription } from '../../core/openapi/apiDescription';
import { loadDescription } from '../../core/openapi/loadDescription';
import { connectionsOf, requestsOf, summaryOf } from '../../core/openapi/openDescription';
import { readDescription } from '../../core/openapi/readDescription';
import type { CodedError, DescriptionAnswer, DescriptionOrder, ReadDocument } from './descriptionMessages';

// The entry of the thread, which holds one description.
let description: ApiDescription | undefined;
let arrive: ((document: ReadDocument) => void) | undefined;
const labels = new Map<string, string>();

parentPort?.on('message', (order: DescriptionOrder) => {
  switch (order.type) {
    case 'open':
      labels.set(order.uri, order.label);
      void answering(() => open(order.uri, order.label));
      return;
    case 'document':
      labels.set(order.uri, order.label);
      arrive?.(order.document);
      return;
    case 'requests':
      void answering(() => ({ type: 'requests', requests: requestsOf(opened(), order.order) }));
      return;
    case 'connections':
      void answering(() => ({ type: 'connections', connections: connectionsOf(opened(), order.ids) }));
      return;
    default:
      assertNever(order);
  }
});

function opened(): ApiDescription {
  if (!description) throw new Error('No description is open');
  return description;
}

async function open(uri: string, label: string): Promise<DescriptionAnswer> {
  const { documents, missing } = await loadDescription(uri, {
    read,
    label: (each) => labels.get(each) ?? each,
    // This thread has nothing else to do meanwhile, and is ended when nobody waits any more.
    pause: () => Promise.resolve(),
  });
  description = readDescription(documents, uri, label);
  return { type: 'opened', summary: summaryOf(description), missing: missing.map(codedError) };
}

async function read(uri: string): Promise<string> {
  const document = await new Promise<ReadDocument>((resolve) => {
    arrive = resolve;
    post({ type: 'read', uri });
  });
  if (document.ok) return document.text;
  throw new LatchkeyError(document.error.code, document.error.data);
}

async function answering(answer: () => DescriptionAnswer | Promise<DescriptionAnswer>): Promise<void> {
  try {
    post(await answer());
  } catch (error) {
    const coded = error instanceof LatchkeyError ? codedError(error) : undefined;
    post({ type: 'failed', error: coded, stack: error instanceof Error ? (error.stack ?? '') : String(error) });
  }
}

function codedError({ code, data }: LatchkeyError): CodedError {
  return { code, data };
}

function post(answer: DescriptionAnswer): void {
  parentPort?.postMessage(answer);
}
