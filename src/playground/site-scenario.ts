import type { Scenario } from '../schema/scenario.ts';
import { fetchJson } from './fetch-json.ts';

/** A scenario of the site, as it is understood and as its author wrote it. */
export interface SiteScenario {
  readonly scenario: Scenario;
  /** YAML. */
  readonly text: string;
}

/** A scenario of the site. Throws a sentence when it cannot be had. */
export const siteScenario = (id: string): Promise<SiteScenario> =>
  fetchJson<SiteScenario>(`/data/scenarios/${id}.json`, `The scenario ${id}`);
