import { parseSync } from 'vite';

/** A node of the syntax tree, as far as this file looks at it. */
interface TreeNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is TreeNode =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';

function* nodesIn(value: unknown): Generator<TreeNode> {
  if (Array.isArray(value)) for (const item of value) yield* nodesIn(item);
  if (!isNode(value)) return;
  yield value;
  for (const inner of Object.values(value)) yield* nodesIn(inner);
}

const keyOf = (property: TreeNode): unknown => (isNode(property['key']) ? property['key']['name'] : undefined);

/**
 * The rules of a gateway's changing parts say how the recorder finds them and what the simulator fills in. A page only
 * fills in, by name: this leaves out where and how they are found.
 * @param code JavaScript of a `*-volatile.ts`
 */
export function leanVolatile(code: string): string {
  let lean = code;
  const rules = [...nodesIn(parseSync('volatile.js', code).program)].filter(({ type }) => type === 'ObjectExpression');
  const cuts = rules.flatMap(({ properties }) => {
    const fields = [...(properties as readonly TreeNode[])];
    if (!fields.some((field) => keyOf(field) === 'fill')) return [];
    return fields.filter((field) => keyOf(field) === 'find' || keyOf(field) === 'in');
  });
  for (const { start, end } of cuts.toSorted((a, b) => b.start - a.start)) {
    const comma = /^\s*,/.exec(lean.slice(end))?.[0].length ?? 0;
    lean = lean.slice(0, start) + lean.slice(end + comma);
  }
  return lean;
}
