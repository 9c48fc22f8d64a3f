import { useEffect, useState } from 'preact/hooks';
import type { Exchange } from '../gateway/exchange.ts';
import type { ClientSays } from '../gateway/client-words.ts';
import { fetchJson } from './fetch-json.ts';
import type { ClientWords } from '../schema/client-words.ts';

const NAMES: Readonly<Record<ClientSays['client'], string>> = {
  curl: 'curl',
  requests: 'Python requests',
  node: 'Node fetch',
};

interface OtherClientsProps {
  readonly exchange: Exchange;
}

type Answer = { readonly says: readonly ClientSays[] } | { readonly problem: string };

/** What curl, Python requests and Node's fetch print when the same bytes arrive: browsers hide most of it. */
export function OtherClients({ exchange }: OtherClientsProps) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let asked = true;
    void answerFor(exchange).then((next) => {
      if (asked) setAnswer(next);
    });
    return () => {
      asked = false;
    };
  }, [exchange, tries]);

  if (answer === null) return <p class="play-note">Loading what other clients say…</p>;
  if ('problem' in answer) {
    return (
      <p class="play-note">
        {answer.problem}{' '}
        <button type="button" class="play-link" onClick={() => setTries(tries + 1)}>
          Try again
        </button>
      </p>
    );
  }
  const { program, client } = exchange;
  return (
    <>
      {answer.says.length > 0 ? null : (
        <p class="play-note">
          {client.error === 'aborted'
            ? 'The program itself gave up on this request, so other clients would have gone on waiting.'
            : 'What other clients say to these bytes has not been recorded.'}
        </p>
      )}
      <dl class="play-says">
        {program ? <Says name="Your program was told" text={program.error} /> : null}
        {answer.says.map(({ client: id, version, text, limit }) => (
          <Says
            key={id}
            name={`${NAMES[id]} says`}
            note={limit === undefined ? version : `${version}, with ${limit}`}
            text={text}
          />
        ))}
      </dl>
    </>
  );
}

interface SaysProps {
  readonly name: string;
  readonly note?: string;
  readonly text: string;
}

const Says = ({ name, note, text }: SaysProps) => (
  <div>
    <dt>
      {name} {note === undefined ? null : <span class="play-note">{note}</span>}
    </dt>
    <dd>{text}</dd>
  </div>
);

async function answerFor(exchange: Exchange): Promise<Answer> {
  try {
    const [{ clientWordsFor }, words] = await Promise.all([
      import('../gateway/client-words.ts'),
      fetchJson<ClientWords>('/data/client-words.json', 'What other clients say'),
    ]);
    return { says: clientWordsFor(exchange, words) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'What other clients say could not be loaded.' };
  }
}
