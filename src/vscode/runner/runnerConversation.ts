import { assertNever } from '../../core/assertNever';
import { isAbort, LatchkeyError } from '../../core/errors';
import type { Exchange } from '../../core/http/exchange';
import type { Log } from '../../core/ports';
import type { BodyFilter } from '../../core/response/bodyFilter';
import type { BodyView } from '../../core/response/bodyView';
import { requireWholeText } from '../../core/response/wholeText';
import {
  PROTOCOL_VERSION,
  type BodyLayout,
  type CopySubject,
  type HostMessage,
  type ViewMessage,
} from '../../shared/protocol';
import { isViewMessage } from '../../shared/protocolGuards';
import type { RunnerStrings } from '../../shared/runnerStrings';
import { shownRequest } from '../../shared/typedView';
import type { BodyForm, RunnerAction, RunnerModel } from '../../shared/viewModel';
import { BodyConversation } from './bodyConversation';
import { copyText } from './copyText';
import { GrowthReports } from './growthReports';
import { presentBody } from './presentBody';
import type { ErrorText } from '../platform/errorText';
import { EditConversation } from './editConversation';
import type { RunnerHandlers } from './runnerHandlers';
import { ShownStream, streamOf } from './shownStream';
import type { TypedTexts } from './typedTexts';

export interface RunnerConversationDeps {
  readonly post: (message: HostMessage) => void;
  /** Renders Markdown to HTML; `undefined` where nothing can. */
  readonly renderMarkdown: (text: string) => PromiseLike<string | undefined>;
  readonly filter: BodyFilter;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
  readonly writeClipboard: (text: string) => PromiseLike<void>;
  readonly strings: RunnerStrings;
  readonly handlers: RunnerHandlers;
  readonly typed: TypedTexts;
  /** What is said of a failure. */
  readonly errorText: (error: unknown) => ErrorText;
  /** Says why what somebody wanted cannot be done. */
  readonly showFailure: (error: unknown) => void;
  readonly log: Log;
}

/**
 * The host's side of the protocol: keeps what is shown, answers the view, and passes on what people ask for.
 * Nothing that the view says is believed: unknown messages are logged and dropped.
 */
export class RunnerConversation {
  readonly #deps: RunnerConversationDeps;
  #model: RunnerModel | undefined;
  #body: BodyView | undefined;
  /** How the view lists rows; `undefined` while there is no view that listens. */
  #layout: BodyLayout | undefined;
  /** Whether this view has its strings. */
  #greeted = false;
  /** Raised with every model, so that what was being prepared for an older one is dropped. */
  #generation = 0;
  readonly #answers: BodyConversation;
  #stream: ShownStream | undefined;
  /** The view has nothing of the stream yet. */
  #isStreamNew = false;
  readonly #edits: EditConversation;
  /** The request that the view has last got a model of. */
  #told: string | undefined;
  /** The request that people have chosen, until it is drawn. */
  #chosen: string | undefined;
  #growing = new GrowthReports(undefined, () => undefined);

  constructor(deps: RunnerConversationDeps) {
    this.#deps = deps;
    this.#answers = new BodyConversation(deps);
    this.#edits = new EditConversation({
      ...deps,
      shown: () => shownRequest(this.#model),
      wasWritten: (request) => deps.typed.keepEdit(request, undefined),
      send: () => this.#send(this.#model?.request?.name),
    });
  }

  show(model: RunnerModel, body: BodyView | undefined, exchange?: Exchange): void {
    this.#generation++;
    if (shownRequest(model) !== shownRequest(this.#model)) this.#chosen = undefined;
    this.#model = model;
    if (body !== this.#body) this.#listenTo(body);
    this.#body = body;
    this.#answers.show(body);
    this.#showStream(exchange);
    if (this.#layout) this.#run(this.#postModel(this.#layout, model));
  }

  #showStream(exchange: Exchange | undefined): void {
    const log = exchange && streamOf(exchange);
    if (log && log === this.#stream?.log) return;
    this.#stream?.dispose();
    this.#stream =
      exchange && log && new ShownStream(exchange, log, (message) => this.#layout && this.#deps.post(message));
    this.#isStreamNew = true;
  }

  #listenTo(body: BodyView | undefined): void {
    this.#growing.dispose();
    this.#growing = new GrowthReports(body, () => this.#run(this.#reportGrowth()));
  }

  async #reportGrowth(): Promise<void> {
    if (this.#layout && this.#body) await this.#answers.reportGrowth(this.#body, this.#layout);
  }

  /** The view is gone or hidden, and drops messages; it says `ready` when it is back. */
  viewGone(): void {
    this.#layout = undefined;
    this.#answers.stop();
    this.#edits.stop();
  }

  receive(message: unknown): void {
    if (isViewMessage(message)) this.#handle(message);
    else this.#deps.log.warn('The runner sent a message that is not understood; it was ignored.');
  }

  #handle(message: ViewMessage): void {
    const { handlers, log } = this.#deps;
    switch (message.type) {
      case 'ready':
        this.#ready(message.version, message.layout);
        break;
      case 'layout':
        if (this.#layout) this.#layout = message.layout;
        break;
      case 'send':
        this.#send(this.#chosen ?? this.#model?.request?.name);
        break;
      case 'cancel':
        handlers.cancel();
        break;
      case 'selectRequest':
        this.#selectRequest(message.name);
        break;
      case 'pin':
        handlers.pin(message.isPinned);
        break;
      case 'requestRows':
      case 'find':
      case 'findCells':
      case 'fold':
      case 'copyNode':
      case 'filter':
      case 'requestBytes':
      case 'requestTable':
      case 'openCell':
      case 'requestPreview':
        this.#run(this.#answers.answer(message));
        break;
      case 'action':
        this.#act(message.action);
        break;
      case 'copy':
        this.#run(this.#copy(message.what, message.form).catch((error: unknown) => this.#tell(error)));
        break;
      case 'streamItem':
        if (this.#stream?.id === message.streamId) this.#run(this.#stream.open(message.index));
        break;
      case 'streamSend':
        if (this.#stream?.id === message.streamId) this.#run(this.#stream.log.send(message.text));
        break;
      case 'copyHeader':
        this.#run(this.#copyHeader(message.index));
        break;
      case 'openBodyInEditor':
        if (this.#body?.kind.kind === 'text') handlers.openBodyInEditor(message.form);
        break;
      case 'listHistory':
        this.#run(this.#answerHistory());
        break;
      case 'openHistory':
        handlers.openHistory(message.id);
        break;
      case 'showLatest':
        handlers.showLatest();
        break;
      case 'compare':
        handlers.compare(message.with);
        break;
      case 'saveBody':
        if (this.#body) handlers.saveBody();
        break;
      case 'edit':
      case 'endEdit':
      case 'applyEdit':
        this.#run(this.#edits.answer(message));
        break;
      case 'keepEdit':
        this.#deps.typed.keepEdit(message.of, message.edit);
        break;
      case 'keepMessage':
        this.#deps.typed.keepMessage(message.of, message.text);
        break;
      case 'problem':
        log.error(`The runner's view reports: ${message.message}`);
        break;
      default:
        assertNever(message);
    }
  }

  #ready(version: number, layout: BodyLayout): void {
    if (version !== PROTOCOL_VERSION)
      this.#deps.log.warn(`The runner's view speaks version ${version} of the protocol.`);
    this.#layout = layout;
    this.#greeted = false;
    if (this.#model) this.#run(this.#postModel(layout, this.#model));
  }

  async #postModel(layout: BodyLayout, drawn: RunnerModel): Promise<void> {
    const generation = this.#generation;
    const body = this.#body;
    const rows = body?.kind.kind === 'text' ? await this.#answers.firstRows(body, layout) : undefined;
    if (generation !== this.#generation) return;
    const { strings } = this.#deps;
    const model = withBody(drawn, body);
    if (this.#greeted) this.#deps.post({ type: 'update', model, rows });
    else this.#deps.post({ type: 'snapshot', version: PROTOCOL_VERSION, strings, model, rows });
    this.#tellTyped(shownRequest(model));
    if (this.#stream && (this.#isStreamNew || !this.#greeted)) this.#stream.begin();
    this.#isStreamNew = false;
    this.#greeted = true;
  }

  /** A view that shows another request, or is new, has nothing of what was typed for this one. */
  #tellTyped(request: string | undefined): void {
    const isKnown = this.#greeted && this.#told === request;
    if (!isKnown) this.#edits.stop();
    this.#told = request;
    const typed = request === undefined || isKnown ? undefined : this.#deps.typed.of(request);
    if (request === undefined || !typed) return;
    this.#deps.post({ type: 'typed', of: request, typed });
    if (typed.edit) this.#run(this.#edits.resume());
  }

  #send(name: string | undefined): void {
    this.#chosen = undefined;
    if (name !== undefined) this.#deps.handlers.send(name);
  }

  #selectRequest(name: string): void {
    if (this.#model?.requests.some((request) => request.name === name) !== true) return;
    this.#chosen = name;
    this.#deps.handlers.selectRequest(name);
  }

  #act(action: RunnerAction): void {
    if (action === 'retry') this.#send(this.#model?.request?.name);
    else this.#deps.handlers.act(action);
  }

  /** Whether people have the request before them in fields. */
  get isEditing(): boolean {
    return this.#edits.isOpen;
  }

  /** The file of the shown request may have changed. */
  writtenChanged(): void {
    if (this.#layout) this.#run(this.#edits.writtenChanged());
  }

  async #answerHistory(): Promise<void> {
    this.#deps.post({ type: 'history', items: await this.#deps.handlers.listHistory() });
  }

  async #copyHeader(index: number): Promise<void> {
    const state = this.#model?.state;
    const header = state?.kind === 'response' ? state.exchange.headers[index] : undefined;
    if (!header) return;
    await this.#deps.writeClipboard(header.value);
    this.#deps.post({ type: 'announce', text: this.#deps.strings.copied });
  }

  async #copy(what: CopySubject, form: BodyForm): Promise<void> {
    const body = this.#body;
    const text = await copyText(this.#model, body, what, form);
    if (text === undefined) return;
    await this.#deps.writeClipboard(text);
    if (what === 'body' && body) requireWholeText(body, text);
    this.#deps.post({ type: 'announce', text: this.#deps.strings.copied });
  }

  #tell(error: unknown): void {
    if (!(error instanceof LatchkeyError)) throw error;
    this.#deps.showFailure(error);
  }

  #run(task: Promise<void>): void {
    task.catch((error: unknown) => {
      if (!isAbort(error)) this.#deps.log.error('The runner could not answer its view.', error);
    });
  }
}

/** What is told of a body that grows, or is looked through, as far as it has come: the model may be older. */
function withBody(model: RunnerModel, body: BodyView | undefined): RunnerModel {
  const { state } = model;
  if (!body?.onDidGrow || state.kind !== 'response') return model;
  const { exchange } = state;
  if (exchange.body.kind === 'empty' || exchange.body.bodyId !== body.id) return model;
  return { ...model, state: { ...state, exchange: { ...exchange, body: presentBody(body) } } };
}
