/**
 * Fetches LiteLLM's proxy into `.cache/ai/`, each wheel checked against its hash in requirements.txt. No part of the set-up
 * of the tests: it is some 700 MB in 115 packages, for one recording. Without it, what it says is not compared.
 */
import { fetchPackages } from '../fetch-packages.ts';
import { LITELLM_PACKAGES } from './litellm.ts';

console.log(
  fetchPackages({
    what: 'LiteLLM',
    without: 'so what LiteLLM says is not compared',
    requirements: new URL('./requirements.txt', import.meta.url),
    folder: LITELLM_PACKAGES,
  }),
);
