import type { Signal } from '@preact/signals';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * What makes an element take a file that is dropped on it.
 * @param over true while one is held over it
 */
export const fileDrop = (over: Signal<boolean>, take: (file: File | undefined) => void) => ({
  onDragOver: (event: DragEvent): void => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    over.value = true;
  },
  onDragLeave: (event: DragEvent): void => {
    const to = event.relatedTarget;
    if (!(to instanceof Node && event.currentTarget instanceof Node && event.currentTarget.contains(to)))
      over.value = false;
  },
  onDrop: (event: DragEvent): void => {
    over.value = false;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  },
});
