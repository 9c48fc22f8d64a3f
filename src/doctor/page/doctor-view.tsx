import { InputView } from './input-view.tsx';
import { ResultView } from './result-view.tsx';
import type { Doctor } from './store.ts';

/** The whole page but its words. It is built as HTML and comes to life when the reader reaches for it. */
export function DoctorView({ doctor }: { readonly doctor: Doctor }) {
  const working = doctor.state.value === 'working';
  return (
    <section class="doctor not-content" aria-label="Doctor" data-state={doctor.state.value}>
      <InputView doctor={doctor} />
      <p class="doctor-examples" data-needs-script>
        <span>No evidence at hand? Try</span>
        {doctor.data.examples.map(({ label, text }) => (
          <button
            key={label}
            type="button"
            onClick={() => {
              doctor.replace(text, '');
              doctor.diagnose();
            }}
          >
            {label}
          </button>
        ))}
      </p>
      <div class="doctor-status">
        <p role="status">{doctor.status.value}</p>
        {working ? <progress aria-label="Progress" max={1} value={doctor.progress.value} /> : null}
      </div>
      {doctor.examined.value === null ? null : <ResultView doctor={doctor} examined={doctor.examined.value} />}
    </section>
  );
}
