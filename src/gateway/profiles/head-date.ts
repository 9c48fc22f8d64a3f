import { httpDate } from '../http-date.ts';
import type { Volatile } from '../recording.ts';

/** The Date of a response, which says when its head was written: once the upstream's had come, or the gateway gave up on it. */
export const HEAD_DATE: Volatile = {
  name: 'date',
  in: 'head',
  find: /(?<=^date: )[^\r\n]+/gim,
  fill: ({ headerMs, requestedAt, finishedAt }) =>
    httpDate(headerMs === null ? finishedAt : Math.min(requestedAt + headerMs, finishedAt)),
};
