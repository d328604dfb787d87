import type { MessageTemplate } from './template';

export const requestDiagnosticTexts = {
} as const satisfies Record<string, MessageTemplate>;
