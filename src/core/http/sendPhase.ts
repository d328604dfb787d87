import type { TransportPhase } from '../ports';

/** What a send is busy with. Every hop of a redirect goes through the phases anew. */
export type SendPhase = TransportPhase | 'receiving';
