/** Time for the pointer to get from a word to its meaning, in ms. */
const WAY_MS = 300;
/** Room around the meaning, in px: to its word, and to the edges of the window. */
const GAP = 4;
const EDGE = 16;

const termAt = (place: EventTarget | null): Element | null =>
  place instanceof Element ? place.closest('a.term') : null;

/**
 * Shows the meaning of a word of the glossary beside it: when the pointer comes to the word or the keyboard does, and at
 * the first tap, where the second one follows the link. It stays while the pointer is on the word or on the meaning, and
 * goes with Escape.
 */
export function showMeanings(): void {
  // Without popovers the words are links, as they are without a script.
  if (!('popover' in HTMLElement.prototype)) return;
  const meaning = document.createElement('div');
  Object.assign(meaning, { id: 'term-meaning', className: 'term-meaning', role: 'tooltip', popover: 'manual' });
  let shown: Element | null = null;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  const stay = (): void => {
    clearTimeout(leaving);
    leaving = undefined;
  };
  const hide = (): void => {
    stay();
    shown?.removeAttribute('aria-describedby');
    shown = null;
    if (meaning.isConnected) meaning.hidePopover();
  };
  const show = (word: Element): void => {
    stay();
    if (word === shown) return;
    hide();
    shown = word;
    meaning.textContent = word.getAttribute('aria-description');
    // In the main part, where a reader of landmarks finds it. It is drawn above everything, wherever it stands.
    word.closest('main')?.append(meaning);
    meaning.showPopover();
    place(meaning, word);
    word.setAttribute('aria-describedby', meaning.id);
  };

  document.addEventListener('pointerover', ({ target, pointerType }) => {
    if (pointerType === 'touch') return;
    const word = termAt(target);
    if (word) show(word);
    else if (target === meaning) stay();
    else if (shown && shown !== document.activeElement) leaving ??= setTimeout(hide, WAY_MS);
  });
  document.addEventListener('focusin', ({ target }) => {
    const word = termAt(target);
    if (word) show(word);
  });
  document.addEventListener('focusout', ({ target }) => {
    if (shown && termAt(target) === shown && !meaning.matches(':hover')) hide();
  });
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && hide(), true);
  const placeAgain = (): void => {
    if (shown) place(meaning, shown);
  };
  addEventListener('resize', placeAgain);
  // The browser may scroll to a word after it gave it the focus, and what stands above it may grow.
  document.addEventListener('scrollend', placeAgain);
  new ResizeObserver(placeAgain).observe(document.body);

  /** The word that a finger touches while its meaning is not shown. */
  let touched: Element | null = null;
  document.addEventListener('pointerdown', ({ target, pointerType }) => {
    const word = termAt(target);
    touched = pointerType === 'touch' && word !== shown ? word : null;
    if (!word && target !== meaning) hide();
  });
  document.addEventListener('click', (event) => {
    if (!touched || termAt(event.target) !== touched) return;
    event.preventDefault();
    show(touched);
    touched = null;
  });
}

/** Puts the meaning under its word, or above it where there is no room, and never over the edge of the window. */
function place(meaning: HTMLElement, word: Element): void {
  // A word that breaks has a box for each line.
  const boxes = word.getClientRects();
  const [first, last] = [boxes[0], boxes[boxes.length - 1]];
  if (!first || !last) return;
  const { offsetHeight: height, offsetWidth: width } = meaning;
  const left = Math.max(EDGE, Math.min(first.left, document.documentElement.clientWidth - width - EDGE));
  const below = last.bottom + GAP;
  const top = below + height > innerHeight && first.top > height + GAP ? first.top - GAP - height : below;
  // Moved, not laid out anew: nothing shifts.
  meaning.style.translate = `${left + scrollX}px ${top + scrollY}px`;
}
