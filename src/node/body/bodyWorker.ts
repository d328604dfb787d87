import { parentPort } from 'node:worker_threads';
import type { WorkerRequest } from './messages';
import { WorkerBodies } from './workerBodies';

// The entry of the thread.
const port = parentPort;
if (port) {
  const bodies = new WorkerBodies((answer) => port.postMessage(answer));
  port.on('message', (request: WorkerRequest) => bodies.receive(request));
}
