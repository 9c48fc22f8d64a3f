import type { Doctor } from './store.ts';

/** Reads a file at once: whoever opens or drops one wants to know. */
export function takeFile(doctor: Pick<Doctor, 'attach' | 'diagnose'>, file: File | undefined): void {
  if (file === undefined) return;
  doctor.attach({ name: file.name, size: file.size, source: file });
  doctor.diagnose();
}
