import { loadToolValidators } from './fences/load-tools.ts';
import { testFences } from './fences/run-validators.ts';

/** Load tests on the pages are tests that their tool can run. */
testFences(loadToolValidators);
