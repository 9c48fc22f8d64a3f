import { Component, Fragment, type JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows that are drawn and measured together. */
const PAGE = 50;

type Draw<T> = (item: T, index: number) => JSX.Element;

interface LongListProps<T> {
  readonly items: readonly T[];
  /** What a page of rows is wrapped in. */
  readonly tag: 'div' | 'tbody';
  /** px that a row takes, as a guess until it has been drawn. */
  readonly rowHeight: number;
  /** Index of the item that is drawn also when it is out of sight: the one that has the focus, or would get it. */
  readonly kept?: number;
  readonly draw: Draw<T>;
}

/**
 * Draws only the part of a long list that is in sight, and a page before and after it; the room of the others is kept.
 * The rows scroll in the nearest `.play-rows`. A reader who has scrolled to the end stays there while rows are added.
 */
export function LongList<T>({ items, tag, rowHeight, kept, draw }: LongListProps<T>) {
  const heights = useRef<number[]>([]);
  const drawn = useRef(new Map<number, HTMLElement>());
  const following = useRef(false);
  const boxOf = (): HTMLElement | null => drawn.current.values().next().value?.closest('.play-rows') ?? null;
  const [{ first, last }, show] = useState({ first: 0, last: 1 });
  const pages = Math.ceil(items.length / PAGE);
  const heightOf = (page: number): number =>
    heights.current[page] ?? rowHeight * Math.min(PAGE, items.length - page * PAGE);
  const heightBetween = (from: number, to: number): number => {
    let sum = 0;
    for (let page = from; page < to; page++) sum += heightOf(page);
    return sum;
  };

  const place = (): void => {
    const box = boxOf();
    if (!box) return;
    const { scrollTop, clientHeight, scrollHeight } = box;
    following.current = scrollTop > 0 && scrollTop + clientHeight > scrollHeight - 4;
    let [page, top] = [0, 0];
    while (page < pages - 1 && top + heightOf(page) <= scrollTop) top += heightOf(page++);
    const start = page;
    while (page < pages - 1 && top < scrollTop + clientHeight) top += heightOf(page++);
    const next = { first: Math.max(0, start - 1), last: Math.min(pages - 1, page + 1) };
    show((now) => (now.first === next.first && now.last === next.last ? now : next));
  };
  const latest = useRef(place);
  latest.current = place;

  useEffect(() => {
    const box = boxOf();
    const gone = new AbortController();
    box?.addEventListener('scroll', () => latest.current(), { passive: true, signal: gone.signal });
    box?.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'End' || event.target !== box) return;
        // Rows that are drawn on the way may be higher than the room that was kept for them.
        event.preventDefault();
        following.current = true;
        box.scrollTop = box.scrollHeight;
      },
      gone,
    );
    return () => gone.abort();
  }, []);
  useLayoutEffect(() => {
    for (const [page, element] of drawn.current) heights.current[page] = element.getBoundingClientRect().height;
    const box = boxOf();
    if (following.current && box) box.scrollTop = box.scrollHeight;
    place();
  });

  const end = Math.min(last, pages - 1);
  const inSight = Array.from({ length: Math.max(0, end - first + 1) }, (_, index) => first + index);
  const shown = [...new Set(kept === undefined ? inSight : [...inSight, Math.floor(kept / PAGE)])].sort(
    (a, b) => a - b,
  );
  return (
    <>
      {shown.map((page, index) => (
        <Fragment key={page}>
          <Room tag={tag} height={heightBetween((shown[index - 1] ?? -1) + 1, page)} />
          <Page
            tag={tag}
            items={items.slice(page * PAGE, (page + 1) * PAGE)}
            start={page * PAGE}
            draw={draw}
            measure={(element) => {
              if (element) drawn.current.set(page, element);
              else drawn.current.delete(page);
            }}
          />
        </Fragment>
      ))}
      <Room tag={tag} height={heightBetween((shown.at(-1) ?? -1) + 1, pages)} />
    </>
  );
}

interface PageProps<T> extends Pick<LongListProps<T>, 'items' | 'tag' | 'draw'> {
  /** Index of the first item. */
  readonly start: number;
  readonly measure: (element: HTMLElement | null) => void;
}

/** Draws itself anew only when its items or the way to draw them have changed. */
class Page<T> extends Component<PageProps<T>> {
  override shouldComponentUpdate({ items, draw }: PageProps<T>): boolean {
    const { props } = this;
    return (
      draw !== props.draw || items.length !== props.items.length || items.some((item, at) => item !== props.items[at])
    );
  }

  override render({ tag: Tag, items, start, draw, measure }: PageProps<T>): JSX.Element {
    return <Tag ref={measure}>{items.map((item, index) => draw(item, start + index))}</Tag>;
  }
}

/** Keeps the room of pages that are not drawn. */
function Room({ tag, height }: { readonly tag: 'div' | 'tbody'; readonly height: number }) {
  if (height === 0) return null;
  const style = `height:${height}px`;
  if (tag === 'div') return <div style={style} />;
  return (
    <tbody aria-hidden>
      <tr style={style} />
    </tbody>
  );
}
