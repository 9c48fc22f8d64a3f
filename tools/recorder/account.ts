import fs from 'node:fs';

/** The first of these accounts that this system has, for a gateway that root starts; `nobody` when it has none of them. */
export function firstAccount(names: readonly string[]): string {
  const accounts = fs.readFileSync('/etc/passwd', 'utf8');
  return names.find((name) => accounts.startsWith(`${name}:`) || accounts.includes(`\n${name}:`)) ?? 'nobody';
}
