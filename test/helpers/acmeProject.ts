import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** Writes a project whose requests go to `api`, signed in at `issuer`. */
export async function writeAcmeProject(
  folder: string,
  { issuer, api }: { readonly issuer: string; readonly api: string },
  requests: Readonly<Record<string, string>>,
): Promise<void> {
  const project = [
    'connections:',
    '  acme:',
    '    label: Acme',
    `    issuer: ${issuer}`,
    '    scopes: [openid, offline_access, orders.read]',
    `    origins: ["${api}"]`,
    `defaults: { baseUrl: "${api}", auth: acme }`,
  ];
  await fs.writeFile(path.join(folder, 'latchkey.yaml'), `${project.join('\n')}\n`);
  for (const [name, text] of Object.entries(requests)) await fs.writeFile(path.join(folder, name), text);
}
