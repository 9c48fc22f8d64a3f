import { reasonOf } from '../application.ts';

/** Phrases that were registered when these programs were written (RFC 7231, RFC 4918). */
const OLDER: Readonly<Record<number, string>> = { 413: 'Payload Too Large', 422: 'Unprocessable Entity' };

/** The reason phrase of a gateway that does not pass the upstream's on, but writes its own; empty for a status it does not know. */
export const ownReasonOf = (status: number): string => OLDER[status] ?? reasonOf(status);
