import { languageValidators } from './fences/languages.ts';
import { testFences } from './fences/run-validators.ts';

/** Programs on the pages that do not run in a playground are at least no nonsense. */
testFences(languageValidators);
