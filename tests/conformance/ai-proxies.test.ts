import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aiAnswer, aiProxy, aiRecording } from '../../src/build/ai-proxy.ts';
import type { AiCase, AiRecording } from '../../src/schema/ai-proxy.ts';
import { findLiteLlm, HOW_TO_FETCH } from '../../tools/recorder/ai/litellm.ts';
import { openAiLab, type AiLab } from '../../tools/recorder/ai/meet-model.ts';

/**
 * Lets LiteLLM's proxy, where it was fetched, meet some of its recorded faults again. CI does not fetch it: some 700 MB and
 * a hundred packages for one recording, and only one version of it is compared.
 */

const recorded = aiProxy('litellm');
const program = findLiteLlm();
const TIMEOUT = 3 * 60_000;

/** One of each kind: its own words, words passed on, a timer, and a stream that breaks off. */
const CASES: readonly AiCase[] = [
  'connect-refused',
  'read-timeout',
  'html-502',
  'status-529',
  'invalid-json',
  'stream-cut',
  'stream-ends-early',
].map((fault) => ({ fault, retries: 0, fallback: false }));

/** What is the same in two runs; words of a measured time are not. */
function told(recording: AiRecording) {
  const { status, body, truncated, error } = aiAnswer(recording);
  const words = body.replaceAll(/(?<=time taken=)[\d.]+/g, '…');
  return { status, body: words, truncated, error, attempts: recording.attempts };
}

describe('LiteLLM answers as recorded', () => {
  let lab: AiLab | null = null;
  const whyNot =
    program === null
      ? `LiteLLM is not here: ${HOW_TO_FETCH}.`
      : program.version === recorded.version
        ? null
        : `LiteLLM ${program.version} is another version than the recorded ${recorded.version}.`;

  beforeAll(async () => {
    if (whyNot === null && program) lab = await openAiLab(program, CASES);
  }, TIMEOUT);
  afterAll(async () => lab?.close(), TIMEOUT);

  it.for(CASES)('to $fault', { timeout: TIMEOUT }, async (asked, { skip }) => {
    if (lab === null) return skip(whyNot ?? 'it did not start');
    expect(told(await lab.ask(asked))).toEqual(told(aiRecording(recorded, asked)));
  });
});
