import { render } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Answer } from '../sandbox/protocol.ts';
import css from './ask-line.css?inline';

let styled = false;

/**
 * Asks the reader of a playground for a line, below its console, and gives the field the focus. The field stays until it is
 * taken away, so that the next question finds it: a reader who answers several keeps the place.
 * @param id of the playground
 * @returns takes the field away
 */
export function showQuestion(id: string, prompt: string, onAnswer: (answer: Answer) => void): () => void {
  const playground = document.querySelector(`play-ground[data-id="${CSS.escape(id)}"]`);
  const log = playground?.querySelector<HTMLElement>('.play-console');
  if (!playground || !log) return () => undefined;
  if (!styled) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
    styled = true;
  }
  const before = log.nextElementSibling;
  const place = before?.matches('.play-ask-place') ? before : document.createElement('div');
  place.className = 'play-ask-place';
  log.after(place);
  const draw = (asks: boolean): void => {
    const { activeElement } = document;
    const wanted = activeElement === document.body || playground.contains(activeElement);
    render(
      <AskLine
        prompt={prompt}
        asks={asks}
        takesFocus={asks && wanted}
        onAnswer={(answer) => {
          draw(false);
          onAnswer(answer);
        }}
      />,
      place,
    );
  };
  draw(true);
  requestAnimationFrame(() => log.scrollTo({ top: log.scrollHeight }));
  return () => {
    // The focus stays near what the reader did last.
    if (place.contains(document.activeElement)) log.focus({ preventScroll: true });
    render(null, place);
    place.remove();
  };
}

interface AskLineProps {
  readonly prompt: string;
  /** False from the answer to the next question. */
  readonly asks: boolean;
  readonly takesFocus: boolean;
  readonly onAnswer: (answer: Answer) => void;
}

function AskLine({ prompt, asks, takesFocus, onAnswer }: AskLineProps) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  const answer = (given: Answer): void => {
    if (!asks || !field.current) return;
    field.current.value = '';
    onAnswer(given);
  };
  return (
    <form
      class="play-ask"
      onSubmit={(event) => {
        event.preventDefault();
        answer({ kind: 'line', text: field.current?.value ?? '' });
      }}
    >
      <label>
        <span>{prompt || 'Input for the program'}</span>
        <input ref={field} autocomplete="off" autocapitalize="off" spellcheck={false} readOnly={!asks} />
      </label>
      <button aria-disabled={asks ? undefined : true}>Send</button>
      <button
        type="button"
        aria-label="End of input"
        title="Nothing more comes, as after Ctrl+D in a terminal"
        aria-disabled={asks ? undefined : true}
        onClick={() => answer({ kind: 'end' })}
      >
        End<span> of input</span>
      </button>
    </form>
  );
}
