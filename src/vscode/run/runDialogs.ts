import * as vscode from 'vscode';
import { templateText } from '../../core/request/templateText';
import { releaseName, type AskRelease, type WantedRelease } from '../../core/run/release';
import type { PrerequisiteQuestion, RunQuestions } from '../../core/run/run';
import { siteKey, type Site } from '../../core/run/site';
import { oneLine } from '../../core/text/oneLine';
import type { Confirm, Question } from '../platform/confirm';

const approvalsKey = 'latchkey.prerequisites';

/** More than anybody sends; the oldest are asked about again. */
const mostApprovals = 500;

/** What is asked before requests are sent, in VS Code's own modals. */
export class RunDialogs implements RunQuestions {
  readonly #confirm: Confirm;
  readonly #memento: vscode.Memento;

  constructor(confirm: Confirm, workspaceState: vscode.Memento) {
    this.#confirm = confirm;
    this.#memento = workspaceState;
  }

  readonly askRelease: AskRelease = (wanted) => this.#confirm(releaseQuestion(wanted));

  confirmProtected(sites: readonly Site[], environment: string): Promise<boolean> {
    const [only] = sites;
    const message =
      only && sites.length === 1
        ? vscode.l10n.t('Send {0} “{1}” to {2}?', only.entry.method ?? '', only.entry.name, environment)
        : vscode.l10n.t('Send {0} requests that can change data to {1}?', sites.length, environment);
    const guarded = vscode.l10n.t('The environment {0} is protected in latchkey.yaml.', environment);
    const detail = [...(sites.length > 1 ? [...requestLines(sites), ''] : []), guarded].join('\n');
    return this.#confirm({ message, detail, button: vscode.l10n.t('Send') });
  }

  /** Remembered for as long as the requests stay what they are. */
  async confirmPrerequisites(question: PrerequisiteQuestion): Promise<boolean> {
    const { targets, prerequisites } = question;
    const approval = approvalOf(question);
    const approved = this.#memento.get<readonly string[]>(approvalsKey) ?? [];
    if (approved.includes(approval)) return true;
    const [only] = targets;
    const message =
      only && targets.length === 1
        ? vscode.l10n.t('Send these before “{0}”?', only.entry.name)
        : vscode.l10n.t('Send these before the others?');
    const why = vscode.l10n.t('They are needed, and can change data. You are not asked again for them.');
    const detail = [...requestLines(prerequisites, question.originOf), '', why].join('\n');
    if (!(await this.#confirm({ message, detail, button: vscode.l10n.t('Send') }))) return false;
    await this.#memento.update(approvalsKey, [...approved, approval].slice(-mostApprovals));
    return true;
  }
}

/** The requests, how they are written, and where they go. */
function approvalOf({ targets, prerequisites, originOf }: PrerequisiteQuestion): string {
  const facts = prerequisites.map((site) => {
    const { method, url } = site.entry;
    return [siteKey(site), method ?? '', url ? templateText(url) : '', originOf(site) ?? ''];
  });
  return JSON.stringify([targets.length === 1 ? targets.map(siteKey) : targets[0]?.place.folder, facts]);
}

/** More lines make a dialog that nobody reads, and that does not fit. */
const mostLines = 12;

function requestLines(sites: readonly Site[], originOf?: (site: Site) => string | undefined): readonly string[] {
  const lines = sites.slice(0, mostLines).map((site) => {
    const { method = '', name } = site.entry;
    const origin = originOf?.(site);
    return oneLine(origin === undefined ? `${method} ${name}` : vscode.l10n.t('{0} {1} to {2}', method, name, origin));
  });
  return sites.length > mostLines ? [...lines, vscode.l10n.t('… and {0} more', sites.length - mostLines)] : lines;
}

/** The sentences of the question what may leave for where. */
export function releaseQuestion(wanted: readonly WantedRelease[]): Question {
  const origins = [...new Set(wanted.map(({ origin }) => origin))];
  const message =
    origins.length === 1
      ? vscode.l10n.t('Allow this folder to send these to {0}?', origins[0] ?? '')
      : vscode.l10n.t('Allow this folder to send these?');
  const lines = origins.flatMap((origin) => [
    ...(origins.length > 1 ? [vscode.l10n.t('To {0}:', origin)] : []),
    ...wanted.filter((each) => each.origin === origin).map(releaseLine),
  ]);
  const advice = vscode.l10n.t(
    'Allow it only if you trust who wrote the request. You are asked again for another address.',
  );
  return { message, detail: [...lines.map(oneLine), '', advice].join('\n'), button: vscode.l10n.t('Allow') };
}

function releaseLine(release: WantedRelease): string {
  const name = releaseName(release);
  switch (release.kind) {
    case 'secret':
      return vscode.l10n.t('Secret: {0}', release.name);
    case 'env':
      return vscode.l10n.t('Environment variable: {0}', release.name);
    case 'capture':
      return release.from === undefined
        ? vscode.l10n.t('Secret from a response: {0}', name)
        : vscode.l10n.t('Secret from a response of {0}: {1}', release.from, name);
  }
}
