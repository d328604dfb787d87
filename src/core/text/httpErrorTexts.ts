import type { MessageTemplate } from './template';

export const httpErrorTexts = {
} as const satisfies Record<string, MessageTemplate>;
