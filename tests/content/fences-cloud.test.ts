import { cloudValidators } from './fences/cloud.ts';
import { testFences } from './fences/run-validators.ts';

/** Commands and templates of cloud providers have only options and properties that exist. */
testFences(cloudValidators);
