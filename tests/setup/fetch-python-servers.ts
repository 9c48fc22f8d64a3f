/**
 * Fetches gunicorn and uvicorn into `.cache/python-servers/`, with which the configurations and commands of the pages are
 * checked. Part of the set-up of the tests; without pip, or without a network, it says so and those checks are left out.
 */
import { SERVERS_FOLDER } from '../content/fences/python-servers.ts';
import { fetchPackages } from '../../tools/recorder/fetch-packages.ts';

console.log(
  fetchPackages({
    what: 'gunicorn and uvicorn',
    without: 'so their settings are not checked',
    requirements: new URL('../content/fences/requirements.txt', import.meta.url),
    folder: SERVERS_FOLDER,
  }),
);
