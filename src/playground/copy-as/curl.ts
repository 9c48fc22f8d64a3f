import type { ExchangeRequest } from '../../gateway/exchange.ts';
import { headerValue } from '../../gateway/http-message.ts';
import { announcesEmptyBody, sentHeaders } from './sent-headers.ts';
import { printCommand, shellWord } from './shell-words.ts';

/** The longest argument that Linux takes is 128 KiB. */
const MAX_ARGUMENT = 100_000;
/** From this size on curl waits for a `100 Continue` before it sends the body. */
const EXPECTS_FROM = 1024 * 1024;
/** What curl sends unless it is told not to. */
const CURL_SENDS = ['Accept', 'User-Agent'] as const;

/**
 * A request as a curl command that sends the same method, path, headers and body. It asks for bash, zsh, ksh or any shell
 * that knows `$'…'`.
 */
export function curlCommand(request: ExchangeRequest): string {
  const { method, url, body } = request;
  const lines = [`curl ${[...urlOptions(url), shellWord(url)].join(' ')}`];
  const hasBody = body !== '' || announcesEmptyBody(request);
  if (method === 'HEAD' && !hasBody) lines.push('--head');
  else if (method !== (hasBody ? 'POST' : 'GET')) lines.push(`-X ${shellWord(method)}`);

  const headers = sentHeaders(request);
  for (const [name, value] of headers) lines.push(`-H ${shellWord(value === '' ? `${name};` : `${name}: ${value}`)}`);
  const absent = CURL_SENDS.filter((name) => headerValue(headers, name) === null);
  if (hasBody && headerValue(headers, 'Content-Type') === null) lines.push('-H Content-Type:');
  if (body.length >= EXPECTS_FROM && headerValue(headers, 'Expect') === null) lines.push('-H Expect:');
  lines.push(...absent.map((name) => `-H ${name}:`));
  if (headerValue(headers, 'Accept-Encoding') !== null) lines.push('--compressed');

  const piped = body.includes('\0') || body.length > MAX_ARGUMENT;
  if (piped) lines.push('--data-binary @-');
  // After --data-binary, a leading @ would name a file.
  else if (hasBody) lines.push(`${body.startsWith('@') ? '--data-raw' : '--data-binary'} ${shellWord(body)}`);
  const command = lines.join(' \\\n  ');
  return piped ? `${printCommand(body)} | ${command}` : command;
}

/** curl reads `[a-z]` and `{a,b}` in URLs as patterns and takes dots out of paths; both only where they occur. */
const urlOptions = (url: string): string[] => [
  ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
  ...(/\/(?:\.|%2e){1,2}(?:[/?]|$)/i.test(url) ? ['--path-as-is'] : []),
];
