import { packText } from '../../schema/packed-text.ts';
import type { Answer } from '../diagnose.ts';

/** What the opened playground runs. It asks once, so that the log holds one line to compare. */
const PROGRAM = `// Asks once. Compare the gateway's log below with the line that you pasted.
try {
  const response = await fetch('https://api.example.com/orders/42', { signal: AbortSignal.timeout(180_000) });
  console.log(response.status, response.statusText);
  console.log(await response.text());
} catch (error) {
  console.log(\`\${error.name}: \${error.message}\`);
}
`;

/**
 * The address of the free playground with the gateway and the fault of an answer, in the form of the playground's own
 * share links. Every request meets the fault.
 */
export async function reproduceLink({ gateway, fault }: NonNullable<Answer['reproduce']>): Promise<string> {
  const share = {
    id: 'free',
    page: '/playground/',
    title: 'The failure that was diagnosed',
    file: 'client.js',
    code: { 'client.js': PROGRAM },
    scenario: { id: 'your-own', adjust: { gateway, fault, failFirst: null } },
    time: 'instant',
  };
  return `/playground/#play=2.${await packText(JSON.stringify(share))}`;
}
