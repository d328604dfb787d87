import * as vscode from 'vscode';
import { addressQuestion } from '../commands/addressQuestion';
import { askForText } from '../platform/stepInputs';

/** Names that API descriptions usually have. */
const USUAL = '**/{openapi,swagger,*.openapi,*-openapi,openapi-*,*.swagger,api}.{json,yaml,yml}';
const MOST_FOUND = 100;

type Item = vscode.QuickPickItem & { readonly choose: () => Promise<string | undefined> };

/** Asks which description: one of the workspace, any file, or a web address. Its URI; `undefined`: the user gave up. */
export async function askDescription(): Promise<string | undefined> {
  const t = vscode.l10n.t;
  const browse: Item = {
    label: t('$(folder-opened) Choose a File…'),
    detail: t('OpenAPI 3 or Swagger 2, in JSON or YAML'),
    choose: chooseFile,
  };
  const web: Item = {
    label: t('$(globe) From a Web Address…'),
    detail: t('As the API or its documentation publishes it'),
    choose: askAddress,
  };
  const title = t('Open API Description');
  const found = await vscode.workspace.findFiles(USUAL, '**/node_modules/**', MOST_FOUND);
  const files = found
    .map((uri) => ({ uri, label: vscode.workspace.asRelativePath(uri) }))
    .sort((a, b) => a.label.localeCompare(b.label))
    .map(({ uri, label }): Item => ({ label: `$(file) ${label}`, choose: () => Promise.resolve(uri.toString()) }));
  const chosen = await vscode.window.showQuickPick([...files, browse, web], {
    ignoreFocusOut: true,
    title,
    matchOnDetail: true,
  });
  return chosen?.choose();
}

async function chooseFile(): Promise<string | undefined> {
  const filters = { [vscode.l10n.t('API descriptions')]: ['json', 'yaml', 'yml'] };
  const [file] = (await vscode.window.showOpenDialog({ filters, canSelectMany: false })) ?? [];
  return file?.toString();
}

async function askAddress(): Promise<string | undefined> {
  let address: string | undefined;
  const prompt = vscode.l10n.t('Address of the API description; it is fetched without signing in');
  const question = addressQuestion(prompt, 'https://api.example.com/openapi.json', (url) => {
    address = url.href;
    return Promise.resolve();
  });
  const place = { number: 1, total: 1, canGoBack: false };
  const given = await askForText({ ...question, title: vscode.l10n.t('Open API Description') }, place);
  return given.kind === 'given' ? address : undefined;
}
