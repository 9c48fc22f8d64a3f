import { spanOf, type Details, type Reader } from '../facts.ts';
import { statusName } from './status-name.ts';

/**
 * HAProxy's http and tcp log formats. The two letters of the termination state say who ended the session and when; a
 * server named `<NOSRV>` means that no server was chosen. https://docs.haproxy.org/2.8/configuration.html#8.5
 */

const HTTP =
  /\/(?<server>[^\s/]{1,200}) {0,2}(?<timers>[+-]?\d{1,10}(?:\/ {0,4}[+-]?\d{1,10}){4}) (?<status>-1|\d{3}) \+?\d{1,15} \S{1,200} \S{1,200} (?<state>[A-Za-z-]{4}) (?<load>\d{1,9}(?:\/\+?\d{1,9}){4})/d;
/** The same, cut at its beginning, as people paste it. */
const HTTP_TAIL =
  /(?<timers>[+-]?\d{1,10}(?:\/ {0,4}[+-]?\d{1,10}){2,4}) (?<status>-1|\d{3}) \+?\d{1,15} \S{1,200} \S{1,200} (?<state>[A-Za-z-]{4}) (?<load>\d{1,9}(?:\/\+?\d{1,9}){4})/d;
const TCP =
  /\/(?<server>[^\s/]{1,200}) (?<timers>-?\d{1,10}\/-?\d{1,10}\/\+?\d{1,10}) \+?\d{1,15} (?<state>[A-Za-z-]{2}) (?<load>\d{1,9}(?:\/\+?\d{1,9}){4})/d;
const NAMED = /"(?:termination_state|term_state|ts|tsc)"? ?: ?"(?<state>[CSPLRIDUKcs][RQCHDLT])[A-Za-z-]{0,2}"/d;

function nameOf(state: string, status: number, noServer: boolean): string {
  const letters = state.slice(0, 2);
  if (letters !== '--') return noServer ? `haproxy:${letters}:nosrv` : `haproxy:${letters}`;
  return status >= 500 && !noServer ? `passed-on:${status}` : statusName(status);
}

export const HAPROXY: Reader = {
  id: 'haproxy',
  sign: '/',
  read: (line) => {
    const match = HTTP.exec(line) ?? HTTP_TAIL.exec(line) ?? TCP.exec(line) ?? NAMED.exec(line);
    const groups = match?.groups;
    if (match === null || groups?.state === undefined) return null;
    const { server, timers, state } = groups;
    const status = Number(groups.status ?? '0');
    const elapsed = timers?.split('/').at(-1)?.trim();
    const details: Details = {
      ...(status > 99 ? { status } : {}),
      ...(elapsed === undefined ? {} : { elapsedMs: Number(elapsed) }),
      ...(server === undefined || server === '<NOSRV>' ? {} : { upstream: server }),
    };
    return { marks: [{ name: nameOf(state, status, server === '<NOSRV>'), ...spanOf(match, 'state') }], details };
  },
};
