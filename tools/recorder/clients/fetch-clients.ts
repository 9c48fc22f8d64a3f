/**
 * Fetches Python requests into `.cache/clients/`, each wheel checked against its hash in requirements.txt. Part of the
 * set-up of the tests; without pip, or without a network, it says so in one sentence and everything else goes on.
 */
import { fetchPackages } from '../fetch-packages.ts';
import { PYTHON_PACKAGES } from './programs.ts';

console.log(
  fetchPackages({
    what: 'Python requests',
    without: 'so what Python requests says is not compared',
    requirements: new URL('./requirements.txt', import.meta.url),
    folder: PYTHON_PACKAGES,
  }),
);
