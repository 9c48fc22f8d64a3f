import type { Doctor } from './store.ts';
import { takeFile } from './take-file.ts';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** What works anywhere in the doctor: files that are dropped, and Ctrl or Cmd with Enter. */
export function listen(place: HTMLElement, doctor: Doctor): void {
  const mark = (over: boolean): void => {
    place.querySelector('.doctor-input')?.toggleAttribute('data-over', over);
  };
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    doctor.diagnose();
  });
  place.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  place.addEventListener('dragleave', () => mark(false));
  place.addEventListener('drop', (event) => {
    mark(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    takeFile(doctor, event.dataTransfer?.files[0]);
  });
}
