import { z } from 'zod';
import { CAUSE_IDS } from '../gateway/ids.ts';

/**
 * What the commands of a checklist printed during one incident on the practice machine: a file
 * `content/practice/<list>/<incident>.json`, written by tools/recorder/practice. Nobody writes one by hand.
 */

const id = (what: string): z.ZodString =>
  z.string(`${what} is missing.`).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, `${what} is lower-case words with dashes.`);

/** More than this no reader scrolls through in an exercise. */
export const MOST_OUTPUT = 4000;

const sentences = (what: string): z.ZodString =>
  z
    .string(`${what} is missing.`)
    .regex(/^[A-Z`"].*[.?!]$/su, `${what} is whole sentences: a capital first, a full stop last.`);

const ranSchema = z.strictObject({
  output: z
    .string()
    .max(MOST_OUTPUT, `An output has at most ${MOST_OUTPUT} characters: the recorder cuts longer ones.`)
    .describe('stdout and stderr together, as a terminal shows them'),
  exit: z
    .int()
    .min(0)
    .max(255, 'An exit code is a number from 0 to 255.')
    .describe('124: it was stopped, because it took too long'),
  by: z.literal('run'),
  why: sentences('why')
    .optional()
    .describe(
      'What the practice machine did in another way than the command says, e.g. reads a file where systemd is asked',
    ),
});

const notRunSchema = z.strictObject({
  output: z.null('A step that did not run has no output: write null.'),
  by: z.literal('none'),
  why: sentences('why').describe('Why the command could not run there'),
});

export const practiceSchema = z
  .strictObject({
    list: id('list').describe('Id of the checklist'),
    incident: id('incident'),
    title: z
      .string()
      .min(5)
      .max(80, 'A title has at most 80 characters.')
      .describe('What was reported; names no cause'),
    story: sentences('story').min(40).max(400, 'A story has at most 400 characters: two sentences.'),
    cause: z.enum(CAUSE_IDS, 'cause is none of the causes that the site knows.'),
    gateway: z.literal('nginx'),
    version: z.string().regex(/^\d+(\.\d+)+$/, 'version is the number alone, such as 1.22.1.'),
    recorded: z.iso.date('recorded is a date such as 2026-11-22.'),
    deciding: id('deciding').describe('The item whose output shows the cause'),
    steps: z
      .record(id('The id of an item'), z.discriminatedUnion('by', [ranSchema, notRunSchema]))
      .describe('By item, in the order of the list'),
  })
  .superRefine(({ deciding, steps }, context) => {
    const step = steps[deciding];
    if (step === undefined) context.addIssue(`deciding is "${deciding}", and steps has no such item.`);
    else if (step.by === 'none') context.addIssue(`deciding is "${deciding}", whose command did not run.`);
  });

/** One incident, practiced with one checklist. */
export type Practice = z.output<typeof practiceSchema>;
/** What a reader sees in place of running the command of one item. */
export type PracticeStep = Practice['steps'][string];
