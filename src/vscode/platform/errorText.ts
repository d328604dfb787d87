import * as vscode from 'vscode';
import { diagnosticTemplate, type Diagnostic } from '../../core/request/diagnostic';
import { errorTemplate, LatchkeyError } from '../../core/errors';
import type { MessageTemplate, TemplateData } from '../../core/text/template';

/** What is shown of a failure: what happened and where, and the next step. */
export interface ErrorText {
  readonly code: string;
  readonly message: string;
  readonly next: string;
}

/** The translated sentences of any caught value. An unknown one is a bug of ours: it says so and points to the log. */
export function errorText(error: unknown): ErrorText {
  if (error instanceof LatchkeyError) return { code: error.code, ...fill(errorTemplate(error.code), error.data) };
  return {
    code: 'internal',
    message: vscode.l10n.t('Something went wrong inside Latchkey.'),
    next: vscode.l10n.t('Open the log for the details and report it.'),
  };
}

/** The translated sentences of a diagnostic. */
export function diagnosticText(diagnostic: Pick<Diagnostic, 'code' | 'data'>): ErrorText {
  return { code: diagnostic.code, ...fill(diagnosticTemplate(diagnostic.code), diagnostic.data) };
}

function fill(template: MessageTemplate, data: TemplateData): { message: string; next: string } {
  return { message: vscode.l10n.t(template.message, data), next: vscode.l10n.t(template.next, data) };
}

/**
 * Text from a server or a file, made fit for a notification: those render Markdown links and command links, and
 * control characters can hide what is said.
 */
export function safeNotification(text: string): string {
  return text
    .replace(/\p{C}+/gu, ' ')
    .replace(/\]\(/g, '] (')
    .replace(/command:/gi, 'command :')
    .slice(0, 600);
}
