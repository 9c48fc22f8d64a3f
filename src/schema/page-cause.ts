import { z } from 'zod';

/** Facts of a page in `content/causes/`, drawn above its text. */

const short = (what: string) => z.string().min(2).max(24).describe(what);

export const causeSchema = z.strictObject({
  kind: z
    .enum(['gateway', 'client', 'other'])
    .describe(
      'Who is in trouble: the gateway with its upstream; the client on its own side; nobody, it is another thing',
    ),
  inShort: z.string().min(20).max(200).describe('The cause in one sentence, as one would say it aloud'),
  wire: z
    .strictObject({
      broken: z.enum(['client', 'client-span', 'gateway', 'upstream-span', 'upstream']).optional(),
      clientSpan: short('Words over the span between client and gateway, such as 502 Bad Gateway').optional(),
      upstreamSpan: short('Words over the span between gateway and upstream').optional(),
      alt: z.string().min(30).describe('The picture in words'),
    })
    .describe('The picture at the head of the page'),
  repeat: z
    .string()
    .min(10)
    .max(200)
    .describe('May a client repeat the request? One sentence; says POST where it differs'),
  firstStep: z.string().min(10).max(200).describe('The first thing to do, one sentence'),
  command: z.string().min(5).max(160).describe('The first command to run, one line for a shell'),
  shows: z
    .array(z.strictObject({ gateway: z.string(), fault: z.string() }))
    .max(3)
    .default([])
    .describe('Recorded answers that a reader would recognize; the first one is the typical one'),
  confusedWith: z.array(z.string()).max(4).default([]).describe('Ids of causes that look alike'),
});

export type CauseFacts = z.output<typeof causeSchema>;
