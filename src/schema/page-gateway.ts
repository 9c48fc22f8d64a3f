import { z } from 'zod';

/** Facts of a page in `content/gateways/`, drawn above its text. */

export const gatewaySchema = z.strictObject({
  id: z.string().describe('The gateway id, the same as the name of the file'),
  recognize: z.string().min(15).max(200).describe('The surest sign that this gateway wrote the answer, one sentence'),
  logs: z.string().min(3).max(160).describe('Where its logs are'),
  refused: z.int().describe('The status it answers when the upstream refuses the connection; a test compares it'),
  logLine: z
    .strictObject({
      fault: z.string().describe('The fault whose line is explained'),
      which: z.enum(['access', 'error']),
      fields: z
        .array(
          z.strictObject({
            text: z.string().min(1).describe('Exactly as it stands in the line'),
            means: z.string().min(5).max(240),
          }),
        )
        .min(3),
    })
    .optional()
    .describe('One line of its log, explained field by field; the line itself comes from the recording'),
});

export type GatewayFacts = z.output<typeof gatewaySchema>;
