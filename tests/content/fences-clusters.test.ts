import { clusterValidators } from './fences/clusters.ts';
import { testFences } from './fences/run-validators.ts';

/** Objects of Kubernetes and Compose files on the pages have only fields that exist. */
testFences(clusterValidators);
