import type { Exchange } from '../../gateway/exchange.ts';
import { curlCommand } from './curl.ts';
import { fetchProgram } from './fetch.ts';
import { pythonProgram } from './python.ts';

/** One request for three clients. */
export interface CopiedRequest {
  /** A shell command. */
  readonly curl: string;
  /** A JavaScript module. */
  readonly fetch: string;
  /** A Python program that needs requests. */
  readonly python: string;
}

/** The request of an exchange as programs that send it again: same method, URL, headers and body. */
export const copyAs = ({ request }: Pick<Exchange, 'request'>): CopiedRequest => ({
  curl: curlCommand(request),
  fetch: fetchProgram(request),
  python: pythonProgram(request),
});
