import { dataValidators } from './fences/data-formats.ts';
import { testFences } from './fences/run-validators.ts';

/** Data and messages on the pages can be parsed. */
testFences(dataValidators);
