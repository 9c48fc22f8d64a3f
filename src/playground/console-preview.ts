import type { ConsoleValue } from '../sandbox/protocol.ts';

/** A value that has members. */
export type StructureValue = Extract<ConsoleValue, { readonly type: 'list' | 'record' | 'map' }>;

/** One line for a value, e.g. `{id: 42, state: "paid"}`; deeper structures are only named. */
export function preview(value: ConsoleValue, depth = 0): string {
  switch (value.type) {
    case 'string':
      return JSON.stringify(value.text);
    case 'error':
      return `${value.name}: ${value.message}`;
    case 'list':
    case 'record':
    case 'map': {
      const [open, close] = value.type === 'list' ? '[]' : '{}';
      const label = /^(?:Object|Array)?$/.test(value.label) ? '' : `${value.label} `;
      if (depth > 1) return `${label}${open}…${close}`;
      const members = membersOf(value).map(([name, item]) =>
        value.type === 'list' ? preview(item, depth + 1) : `${name}: ${preview(item, depth + 1)}`,
      );
      if (value.more > 0) members.push('…');
      return `${label}${open}${members.join(', ')}${close}`;
    }
    default:
      return value.text;
  }
}

/** Name and value of what a structure holds, in order. */
export function membersOf(value: StructureValue): (readonly [name: string, value: ConsoleValue])[] {
  switch (value.type) {
    case 'list':
      return value.items.map((item, index) => [String(index), item]);
    case 'record':
      return [...value.fields];
    case 'map':
      return value.entries.map(([key, item]) => [preview(key), item]);
  }
}

/** True for a stack as Python writes it, which ends with the error itself and needs no line before it. */
export const isTraceback = (stack: string): boolean => /^(?:Traceback| {2}(?:File|\+))/.test(stack);
