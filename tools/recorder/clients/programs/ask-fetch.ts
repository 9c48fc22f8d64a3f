/**
 * Asks with Node's own fetch: one JSON question a line on standard input, one JSON answer a line on standard output.
 * A question is `{ id, url, method, headers, body, seconds }`. The answer is `{ id, text }`: status and reason, or the error
 * with its cause.
 */
import { createInterface } from 'node:readline';

interface Question {
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly seconds: number;
}

async function ask({ url, method, headers, body, seconds }: Question): Promise<string> {
  try {
    const response = await fetch(url, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      ...(body === '' ? {} : { body: Buffer.from(body, 'latin1') }),
      redirect: 'manual',
      signal: AbortSignal.timeout(seconds * 1000),
    });
    await response.arrayBuffer();
    return `${response.status} ${response.statusText}`.trim();
  } catch (error) {
    return inWords(error);
  }
}

/** An error and its causes, in the words that Node prints, on one line. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  const message = error.message.replaceAll(/\s+/g, ' ').trim();
  const own = `${error.name}: ${message}${code === '' || message.includes(code) ? '' : ` (${code})`}`;
  return error.cause === undefined ? own : `${own}, cause: ${inWords(error.cause)}`;
}

/** Errors of the system and of undici carry a text; those of the DOM carry an old number. */
function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : '';
}

console.log(JSON.stringify({ node: process.versions.node, undici: process.versions['undici'] ?? '' }));
for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line) as Question;
  void ask(question).then((text) => console.log(JSON.stringify({ id: question.id, text })));
}
