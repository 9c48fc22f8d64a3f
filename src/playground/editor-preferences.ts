import { signal } from '@preact/signals';

/** How a reader likes editors. Kept in the browser, the same for every playground. */
export interface EditorPreferences {
  /** Size of the code against the page's own. */
  readonly scale: number;
  /** A plain text area instead of Monaco. */
  readonly plain: boolean;
  /** Tab leaves the editor; else it indents. */
  readonly tabLeaves: boolean;
}

/** Key in localStorage; element.ts reads the scale from it before any of this is on the page. */
const KEY = 'play-editor';
const DEFAULTS: EditorPreferences = { scale: 1, plain: false, tabLeaves: true };

/** Sizes that the reader can choose. */
const SCALES = [0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2] as const;

/** What was kept, as far as it makes sense; the rest as by default. */
function readPreferences(kept: string | null): EditorPreferences {
  try {
    const { scale, plain, tabLeaves } = JSON.parse(kept ?? '{}') as Record<string, unknown>;
    return {
      scale: SCALES.find((known) => known === scale) ?? DEFAULTS.scale,
      plain: plain === true,
      tabLeaves: tabLeaves !== false,
    };
  } catch {
    return DEFAULTS;
  }
}

const current = signal<EditorPreferences>(readPreferences(stored()));
export const preferences: { readonly value: EditorPreferences } = current;

/** Changes some of them, here and for the next visit. */
export function prefer(change: Partial<EditorPreferences>): void {
  const next = { ...current.value, ...change };
  // The editors measure their text areas when they hear of it.
  document.documentElement.style.setProperty('--play-code-scale', String(next.scale));
  current.value = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Without storage the choice lives as long as the page.
  }
}

/** The next size up or down; the same at either end. */
export function nextScale(scale: number, step: 1 | -1): number {
  const index = SCALES.findIndex((known) => known === scale);
  return SCALES[index + step] ?? scale;
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
