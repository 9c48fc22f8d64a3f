import { z } from 'zod';
import { VALUE_KINDS, valueProblem, type KindOfValue } from './checklist-values.ts';

/** What a page with a checklist carries in its frontmatter: the values of its commands that are the reader's to fill in. */

const variable = z
  .strictObject({
    id: z
      .string()
      .regex(
        /^[a-z]+(-[a-z]+)*$/,
        'The id of a variable is lower-case words with dashes: readers’ values are kept by it.',
      ),
    label: z
      .string()
      .min(2)
      .max(30, 'The label of a variable stands above a narrow field: keep it under 30 characters.'),
    kind: z.enum(
      Object.keys(VALUE_KINDS) as [KindOfValue, ...KindOfValue[]],
      `The kind of a variable is one of ${Object.keys(VALUE_KINDS).join(', ')}.`,
    ),
    value: z.string('A variable needs a value: the text in the commands in whose place the reader’s own goes.'),
  })
  .superRefine(({ kind, value }, context) => {
    const problem = valueProblem(kind, value);
    if (problem !== undefined) context.addIssue(`"${value}" is no ${kind}. ${problem}`);
  });

export const checklistSchema = z.strictObject({
  variables: z
    .array(variable)
    .min(1)
    .max(8, 'More than eight fields are more than anyone fills in at night.')
    .refine(
      (variables) => new Set(variables.map(({ id }) => id)).size === variables.length,
      'Two variables of this checklist share an id.',
    ),
});
