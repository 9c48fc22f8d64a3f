import type { GatewayKit } from '../gateway/kit.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { PlaygroundData } from './playground-data.ts';

const fetched = new Map<string, Promise<GatewayKit>>();

/** The kit of a gateway, fetched once a page. Throws a sentence when they cannot be had. */
function kitFrom(url: string): Promise<GatewayKit> {
  const known = fetched.get(url);
  if (known) return known;
  const answer = fetch(url).then(
    (response) => {
      if (!response.ok)
        throw new Error(
          `The gateway's recordings could not be loaded (status ${response.status}). Press Run to try again.`,
        );
      return response.json() as Promise<GatewayKit>;
    },
    () => {
      throw new Error("The gateway's recordings could not be loaded. Check your connection and press Run again.");
    },
  );
  fetched.set(url, answer);
  answer.catch(() => fetched.delete(url));
  return answer;
}

/** Loads ahead of the first run what it will need. */
export const warmKit = (url: string): void => void kitFrom(url).catch(() => undefined);

/** The page's own scenario has its kit ready; any other is packed in the page. */
export async function runOf(
  data: PlaygroundData,
  scenario: Scenario,
): Promise<{ readonly kit: GatewayKit; readonly guestUrl: string }> {
  if (scenario === data.scenario) return { kit: await kitFrom(data.kitUrl), guestUrl: data.guestUrl };
  return (await import('./kit-maker.ts')).makeRun(scenario);
}
