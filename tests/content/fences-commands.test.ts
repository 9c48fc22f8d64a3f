import { commandValidators } from './fences/commands.ts';
import { testFences } from './fences/run-validators.ts';

/** Commands on the pages parse, and have options that exist. */
testFences(commandValidators);
