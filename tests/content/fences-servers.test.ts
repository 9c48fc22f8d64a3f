import { applicationValidators } from './fences/application-servers.ts';
import { testFences } from './fences/run-validators.ts';

/** Configurations of application servers on the pages are accepted by them. */
testFences(applicationValidators);
