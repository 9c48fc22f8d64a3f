import { hydrate } from 'preact';
import type { DoctorData } from './doctor-data.ts';
import { DoctorView } from './doctor-view.tsx';
import { readDraft } from './draft.ts';
import { listen } from './listen.ts';
import { examineInWorker } from './run-worker.ts';
import { carriesEvidence, openEvidence } from './share-link.ts';
import { createDoctor, type Doctor } from './store.ts';

/** Brings the built page to life, with what the reader typed meanwhile, left here before, or got as a link. */
export async function wake(element: HTMLElement): Promise<void> {
  const mount = element.querySelector<HTMLElement>('.doctor-mount');
  const json = element.querySelector('script[type="application/json"]')?.textContent;
  if (!mount || !json) return;
  const typed = mount.querySelector('textarea')?.value ?? '';
  const hide = mount.querySelector<HTMLInputElement>('input[type=checkbox]')?.checked ?? false;
  const doctor = createDoctor(JSON.parse(json) as DoctorData, examineInWorker);
  hydrate(<DoctorView doctor={doctor} />, mount);
  listen(mount, doctor);
  const draft = readDraft();
  if (typed !== '') doctor.write(typed);
  else if (draft !== null) doctor.restore(draft);
  if (hide) doctor.setHidePlaces(true);
  await openLink(doctor);
  addEventListener('hashchange', () => void openLink(doctor));
}

/** Diagnoses what the page's address carries. */
async function openLink(doctor: Doctor): Promise<void> {
  if (!carriesEvidence(location.hash)) return;
  const opened = await openEvidence(location.hash);
  if (!opened.ok) {
    doctor.status.value = opened.sentence;
    return;
  }
  if (opened.text !== doctor.text.peek()) doctor.replace(opened.text, '');
  doctor.diagnose();
}
