import * as vscode from 'vscode';
import { noHistoryFiles } from '../core/history/noHistoryFiles';
import { CookieJars } from '../core/http/cookies/cookieJars';
import { CookieStorage } from '../core/http/cookies/cookieStorage';
import { DigestNonces } from '../core/http/signing/digestNonces';
import { BodyWorkers } from '../node/body/bodyWorkers';
import { ExamineThreads } from '../node/body/examineThreads';
import { BodyFilters } from '../node/body/bodyFilters';
import { DiskHistory } from '../node/diskHistory';
import { fileWriter } from '../node/fileWriter';
import { nodeClock } from '../node/nodeClock';
import { nodeRandom } from '../node/nodeRandom';
import { FileSpool } from '../node/spool';
import type { SignInCommands } from '../vscode/commands/signInCommands';
import { CompareResponses } from '../vscode/compare/compareResponses';
import { ComparisonDocuments } from '../vscode/compare/comparisonDocuments';
import { RequestEditing } from '../vscode/edit/requestEditing';
import { History } from '../vscode/history/history';
import { inputBoxes } from '../vscode/run/inputBoxes';
import { MementoReleaseStore } from '../vscode/run/mementoReleaseStore';
import { ResultsDocuments } from '../vscode/run/resultsDocuments';
import { RunDialogs } from '../vscode/run/runDialogs';
import { RunService } from '../vscode/run/runService';
import { SendAll } from '../vscode/run/sendAll';
import type { ApiOffers } from '../vscode/runner/apiOffers';
import { BodySaver } from '../vscode/runner/bodySaver';
import { RequestSender } from '../vscode/runner/requestSender';
import { ResponseDocuments } from '../vscode/runner/responseDocuments';
import { RunStore } from '../vscode/runner/runStore';
import { RunnerController } from '../vscode/runner/runnerController';
import { RunnerModels } from '../vscode/runner/runnerModels';
import { SignInActions } from '../vscode/runner/signInActions';
import type { Scope } from './activation';
import type { LocalFiles } from './localFiles';
import type { SigningIn } from './signingIn';
import type { WorkspaceParts } from './workspace';

/** Everything that sends, and keeps and shows what came of it. */
export interface Sending {
  readonly sender: RequestSender;
  readonly cookies: CookieJars;
  readonly releases: MementoReleaseStore;
  readonly runs: RunStore;
  readonly models: RunnerModels;
  readonly history: History;
  readonly compare: CompareResponses;
  readonly runner: RunnerController;
  readonly sendAll: SendAll;
}

/** What it takes from the other parts. */
export interface SendingNeeds extends SigningIn, WorkspaceParts {
  readonly files: LocalFiles;
  readonly accounts: SignInCommands;
  readonly offers: ApiOffers;
}

/** Wires the engine of sends to the runner, to the history and to the disk. */
export function wireSending(scope: Scope, needs: SendingNeeds): Sending {
  const { context, log, overrides, own } = scope;
  const {
    transport,
    sessions,
    secrets,
    preference,
    confirm,
    openQuestions: questions,
    files,
    accounts,
    offers,
  } = needs;
  const { documents, projects, environment, connections, apis } = needs;
  const inExtension = (script: string): string => vscode.Uri.joinPath(context.extensionUri, 'dist', script).fsPath;
  const spool = own(new FileSpool(vscode.Uri.joinPath(context.globalStorageUri, 'bodies').fsPath, nodeRandom));
  const large = own(new BodyWorkers(inExtension('bodyWorker.js')));
  const cookies = own(new CookieJars({ log, clock: nodeClock, storage: new CookieStorage(secrets, nodeClock, log) }));
  const releases = new MementoReleaseStore(context.globalState);
  const sources = { clock: nodeClock, random: nodeRandom };
  const sender = new RequestSender({
    ...{ documents, projects, environment, connections, apis, sessions, preference, cookies },
    send: { ...sources, transport, spool, files, digestNonces: new DigestNonces() },
  });
  const engine = new RunService({
    ...{ sender, files, pause, cookies, releases },
    bodyThreads: own(new ExamineThreads(inExtension('examineWorker.js'))),
    send: sources,
    secrets: sessions.secrets,
    inputs: { ask: (...args) => questions.during(() => (overrides?.inputs ?? inputBoxes).ask(...args)) },
    dialogs: new RunDialogs(confirm, context.workspaceState),
    requireInside: (folder, path) => files.requireInside(folder, path),
  });
  const runs = own(new RunStore());
  const models = new RunnerModels(sender, runs);
  const history = own(wireHistory(scope));
  const compare: CompareResponses = new CompareResponses({
    ...{ history, runs, sender, pause },
    documents: own(new ComparisonDocuments()),
    send: (uri, name, options) => runner.sendRequest(uri, name, options),
  });
  const runner: RunnerController = own(
    new RunnerController({
      ...{ log, sender, runs, engine, questions, history, cookies, models, compare, offers, pause, large },
      extensionUri: context.extensionUri,
      signIn: new SignInActions(sender, accounts, runs),
      documents: own(new ResponseDocuments()),
      editing: new RequestEditing(documents),
      saver: new BodySaver(fileWriter, log),
      filter: own(new BodyFilters(inExtension('filterWorker.js'))),
    }),
  );
  const sendAll = new SendAll({
    ...{ engine, sender, runs, history, log, pause, large },
    clock: nodeClock,
    results: own(new ResultsDocuments()),
  });
  if (overrides) {
    overrides.press = (action) => runner.act(action);
    overrides.secrets = secrets;
    overrides.history = { runner, log: history, folder: context.storageUri?.fsPath };
  }
  return { sender, cookies, releases, runs, models, history, compare, runner, sendAll };
}

function wireHistory({ context, log }: Scope): History {
  return new History({
    // Without a workspace there is no place that is gone with it.
    files: context.storageUri
      ? new DiskHistory(vscode.Uri.joinPath(context.storageUri, 'history').fsPath)
      : noHistoryFiles,
    ...{ log, pause, clock: nodeClock, random: nodeRandom },
  });
}

/** Gives the event loop a turn. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
