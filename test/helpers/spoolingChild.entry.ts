import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { withoutConnection } from '../../src/core/http/authorise';
import { sendExchange } from '../../src/core/http/sendExchange';
import { nodeClock } from '../../src/node/nodeClock';
import { nodeRandom } from '../../src/node/nodeRandom';
import { FileSpool } from '../../src/node/spool';
import { UndiciTransport } from '../../src/node/undiciTransport';
import { told } from './badSending';
import { httpRequest } from './requests';

/** A process of its own whose disk has little room: fetches a body into a folder and tells how that ended. */
async function main([url = '', folder = '']: readonly string[]): Promise<void> {
  const transport = new UndiciTransport();
  const spool = new FileSpool(folder, nodeRandom);
  const deps = { transport, clock: nodeClock, random: nodeRandom, spool };
  const exchange = await sendExchange(withoutConnection(httpRequest(url)), deps, {
    signal: new AbortController().signal,
  });
  const left = readdirSync(path.join(folder, String(process.pid)));
  transport.dispose();
  console.log(JSON.stringify({ ...told(exchange), left }));
}

void main(process.argv.slice(2));
