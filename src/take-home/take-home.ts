import type { RecordingSet } from '../gateway/recording.ts';
import type { Scenario } from '../schema/scenario.ts';
import { apache } from './apache.ts';
import { asksOf } from './asks.ts';
import { caddy } from './caddy.ts';
import { certificatesFile } from './certificates-file.ts';
import { checkFile } from './check-file.ts';
import type { GatewayKit, TakeHomeFile, TakeHomeGateway } from './gateway-kit.ts';
import { haproxy } from './haproxy.ts';
import { nginx } from './nginx.ts';
import { cannotTakeHome, planOf } from './plan.ts';
import { readmeFile } from './readme-file.ts';
import { upstreamFile } from './upstream-file.ts';

const KITS: Readonly<Record<TakeHomeGateway, GatewayKit>> = { nginx, haproxy, apache, caddy };

/**
 * A folder that reproduces a scenario on the reader's machine: the real gateway's configuration, an upstream that plays
 * the faults over TCP, and requests with the answers that the simulator gives.
 * Throws a sentence when the scenario cannot leave the lab.
 * @param recordings of that gateway, for the answers to compare with
 */
export function takeHome(scenario: Scenario, gateway: TakeHomeGateway, recordings: RecordingSet): TakeHomeFile[] {
  const reason = cannotTakeHome(scenario);
  if (reason !== null) throw new Error(reason);
  const kit = KITS[gateway];
  const plan = planOf(scenario);
  const asks = asksOf(scenario, recordings);
  const files = kit.files(plan);
  const certificates = certificatesFile(plan);
  return [
    { name: 'README.md', text: readmeFile(plan, kit, asks, recordings, files[0].name) },
    ...files,
    { name: 'gateway.sh', text: gatewayFile(kit, files, plan) },
    { name: 'upstream.mjs', text: upstreamFile(plan, kit.rewriteMap === true) },
    { name: 'check.sh', text: checkFile(asks, kit) },
    ...(certificates === null ? [] : [{ name: 'certificates.sh', text: certificates }]),
  ];
}

function gatewayFile(
  kit: GatewayKit,
  files: readonly TakeHomeFile[],
  plan: Parameters<GatewayKit['start']>[0],
): string {
  return `#!/bin/sh
# Starts ${kit.name} in this folder, with the ports of GATEWAY_PORT and UPSTREAM_PORT where they are set.
set -eu
cd "$(dirname "$0")"
mkdir -p run
${files.map(({ name }) => `node upstream.mjs --ports ${name} > run/${name}\n`).join('')}${kit
    .start(plan)
    .map((line) => `${line}\n`)
    .join('')}`;
}
