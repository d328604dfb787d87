import type { MessageTemplate } from './template';

export const oauthErrorTexts = {
} as const satisfies Record<string, MessageTemplate>;
