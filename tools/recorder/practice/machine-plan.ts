import type { MemoryGroup } from './memory-group.ts';
import type { OrdersPlan } from './orders-api.ts';

/** What a practice machine is to be: plain data, handed to the process that builds it from inside. */
export interface MachinePlan {
  /** Files to write, by their path; they vanish with the machine. */
  readonly files: Readonly<Record<string, string>>;
  /** Addresses that the machine has beside those of loopback. */
  readonly addresses: readonly string[];
  /** The copy of the application that runs. */
  readonly application: string;
  readonly orders: OrdersPlan;
  /** What the machine's name server knows: addresses by name. */
  readonly names: Readonly<Record<string, string>>;
  /** What the reader would do in an editor, as a command. */
  readonly edits?: string;
  /** `sleep` waits for next to nothing, for tests of the commands alone. */
  readonly hurried?: true;
  /** Where the kernel counts the application's memory, and kills it when it takes too much. */
  readonly memoryGroup?: MemoryGroup;
}

/** What the machine is asked to do. */
export interface Question {
  readonly id: number;
  readonly command: string;
  readonly seconds: number;
}

/** Exit code of a command whose time ran out, as of timeout(1). */
export const TIMED_OUT = 124;

/** What came of it. */
export interface Reply {
  readonly id: number;
  readonly output: string;
  readonly exit: number;
  /** Programs that the command asked for, and that are not there or not what they are elsewhere. */
  readonly asked: readonly string[];
}

/** What the machine does not take over from the computer: these are empty until {@link MachinePlan.files} are written. */
export const OWN_FOLDERS = [
  '/etc/nginx',
  '/etc/ssl/certs',
  '/etc/haproxy',
  '/home',
  '/root',
  '/run',
  '/srv',
  '/tmp',
  '/var/lib/nginx',
  '/var/log',
] as const;

/** Programs of the machine that stand before those of the system. */
export const SHIM_FOLDER = '/srv/practice/bin';
/** Read by each bash of the machine that runs a command. */
export const BASH_SETTINGS = '/srv/practice/bash-settings';
/** The program that runs the application. */
export const NODE = '/srv/practice/node';
/** Names the file where a program that the machine does not have leaves its name when it is asked. */
export const ASKED_FOR = 'PRACTICE_ASKED_FOR';
export const APPLICATION_LOG = '/var/log/orders-api.log';
export const APPLICATION_PID = '/run/orders-api.pid';
export const APPLICATION_PLAN = '/srv/orders-api/plan.json';
/** What the name server knows, a line for each address and name, read anew at each question. */
export const ZONE = '/srv/practice/zone';
/** The authorities that the machine trusts: its own one alone. */
export const CA_FILE = '/etc/ssl/certs/ca-certificates.crt';
