import type { Header } from '../exchange.ts';
import type { Profile } from '../profile.ts';
import { CADDY_VOLATILE } from './caddy-volatile.ts';
import { goResponseHead, withSniffedType } from './go-headers.ts';

/** Since 2.9 Caddy leaves Server to the upstream and adds Via; before, it put its own Server beside the upstream's. */
function addName(headers: readonly Header[], program: string): Header[] {
  const [major = 0, minor = 0] = (/\/(\d+)\.(\d+)/.exec(program) ?? []).slice(1).map(Number);
  if (major > 2 || (major === 2 && minor >= 9)) return [...headers, ['Via', '1.1 Caddy']];
  return [['Server', 'Caddy'], ...headers];
}

/** Caddy's reverse_proxy. */
export const caddy: Profile = {
  id: 'caddy',
  volatile: CADDY_VOLATILE,
  passOn: (head, program, sent) =>
    withSniffedType(
      goResponseHead(head, (headers) => addName(headers, program)),
      sent,
    ),
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<="status":)\d+(?=,)/g, fill: ({ status }) => String(status) },
    { name: 'bytes', in: 'access', find: /(?<="size":)\d+(?=,)/g, fill: ({ bodyBytes }) => String(bodyBytes) },
    {
      // Caddy calls every answer from 500 on an error.
      name: 'level',
      in: 'access',
      find: /(?<=^\{"level":")[a-z]+(?=")/g,
      fill: ({ status }) => (status >= 500 ? 'error' : 'info'),
    },
  ],
  verdict: ([line]) => {
    if (line === undefined) return null;
    const { msg, error } = JSON.parse(line) as { msg?: string; error?: string };
    return error === undefined ? (msg ?? null) : `${msg ?? ''}: ${error}`;
  },
};
