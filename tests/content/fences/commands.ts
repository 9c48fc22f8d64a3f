import { knownOptions, programsWithOptions } from './command-options.ts';
import { commandsIn } from './shell-words.ts';
import { complaint, runProgram, sample, type Validator } from './validator.ts';

const isShell = (lang: string): boolean => ['sh', 'bash'].includes(lang);

/** Commands: bash can parse them, and every option of the programs that we can ask exists. */
const shell: Validator = {
  accepts: 'bash can parse it, and its options exist',
  covers: ({ lang }) => isShell(lang),
  missing: () => null,
  problem: async ({ code }) => {
    const parsed = await runProgram('bash', ['-n'], { input: code });
    if (parsed.stderr !== '') return parsed.stderr;
    const problems = await Promise.all(commandsIn(code).map(optionProblems));
    return problems.flat().join('\n');
  },
  good: [
    sample(
      'sh',
      "curl -sS -o /dev/null -w '%{http_code} %{time_total}\\n' \\\n  --max-time 5 https://api.example.com/",
    ),
    sample('bash', 'for i in 1 2 3; do curl -si --resolve api.example.com:443:127.0.0.1 "$URL" | head -1; done'),
    sample('sh', "ss -ltnp | grep ':8000'\ncurl -sd '{\"a\": 1}' -XPOST -H'Accept: */*' http://localhost:8000/"),
  ],
  mistakes: [
    { ...sample('sh', "curl 'https://api.example.com"), says: /unexpected EOF/ },
    { ...sample('sh', 'curl --max-tiem 5 https://api.example.com/'), says: /curl has no option --max-tiem/ },
    { ...sample('sh', 'echo "$(curl -s -¢ x)"'), says: /curl has no option -¢/ },
    { ...sample('sh', "curl -w '%{http_kode}' https://api.example.com/"), says: /unknown --write-out variable/ },
  ],
};

async function optionProblems(words: readonly string[]): Promise<string[]> {
  const program = programsWithOptions.find(({ command }) => command.every((part, index) => words[index] === part));
  if (!program) return [];
  const known = await knownOptions(program);
  // Where the program is not installed there is nobody to ask.
  if (known === null) return [];
  const problems: string[] = [];
  const rest = words.slice(program.command.length);
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    const { unknown, takesNext, values } = known.read(word, rest[index + 1]);
    problems.push(...unknown.map((option) => `${program.command.join(' ')} has no option ${option}`));
    if (takesNext) index += 1;
    for (const [option, value] of values) {
      if (program.command[0] === 'curl' && ['-w', '--write-out'].includes(option))
        problems.push(...(await writeOutProblem(value)));
    }
  }
  return problems;
}

/** curl itself knows its variables; a file that is empty is enough to print them. */
async function writeOutProblem(format: string): Promise<string[]> {
  if (/^@|\$/.test(format)) return [];
  const said = await runProgram('curl', ['-s', '-o', '/dev/null', '-w', format, 'file:///dev/null']);
  return /unknown --write-out variable/.test(said.stderr) ? [complaint({ ...said, status: 1 })] : [];
}

export const commandValidators: readonly Validator[] = [shell];
