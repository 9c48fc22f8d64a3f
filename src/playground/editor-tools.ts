/** What the editor's buttons do; each button has it as its value. */
export type EditorCommand = 'find' | 'format' | 'smaller' | 'larger' | 'plain';

const BUTTONS: readonly (readonly [command: EditorCommand, text: string, attributes?: string])[] = [
  ['find', 'Find'],
  ['format', 'Format'],
  ['smaller', 'A−', 'aria-label="A−, smaller code"'],
  ['larger', 'A+', 'aria-label="A+, larger code"'],
  ['plain', 'Plain editor', 'aria-pressed="false"'],
];

/** The buttons as the built page has them. One of them is a stop for Tab; the arrow keys go from one to the other. */
export const toolsHtml = BUTTONS.map(
  ([command, text, attributes = ''], index) =>
    `<button type="button" value="${command}" tabindex="${index === 0 ? 0 : -1}" ${attributes}>${text}</button>`,
).join('');

/** The command of the button that an event came from; null when it came from none. */
export function commandOf(target: EventTarget | null): EditorCommand | null {
  const button = target instanceof Element ? target.closest('button') : null;
  return BUTTONS.find(([command]) => command === button?.value)?.[0] ?? null;
}

/** Lets the arrow keys, Home and End go from button to button, as in every toolbar. */
export function followArrows(toolbar: HTMLElement, signal: AbortSignal): void {
  toolbar.addEventListener(
    'keydown',
    (event) => {
      const buttons = [...toolbar.querySelectorAll('button')];
      const here = buttons.findIndex((button) => button === document.activeElement);
      const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 }[event.key];
      const target = next === undefined || here < 0 ? undefined : buttons.at(next % buttons.length);
      if (!target) return;
      event.preventDefault();
      for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
      target.focus();
    },
    { signal },
  );
}
