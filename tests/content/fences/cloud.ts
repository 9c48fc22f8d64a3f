import { parseAllDocuments } from 'yaml';
import { findProgram } from '../../../tools/recorder/find-program.ts';
import { commandValidators } from './commands.ts';
import { commandsIn } from './shell-words.ts';
import { complaint, runProgram, sample, workFile, type FenceText, type Validator } from './validator.ts';

/** Settings of cloud providers: their own command-line programs know every option without an account or a network. */

const isShell = ({ lang }: FenceText): boolean => ['sh', 'bash'].includes(lang);
const uses = (program: string, { code }: FenceText): boolean => commandsIn(code).some(([first]) => first === program);

/** Bash looks at the whole fence, then `check` at each command of the program. */
const commandsOf = (
  program: string,
  accepts: string,
  check: (words: readonly string[]) => Promise<string>,
  rest: Pick<Validator, 'good' | 'mistakes'>,
): Validator => ({
  accepts,
  // Without the program, bash alone looks at its commands.
  covers: (fence) => isShell(fence) && findProgram(program) !== null && uses(program, fence),
  missing: () => (findProgram(program) === null ? `${program} is not installed.` : null),
  problem: async (fence) => {
    const commands = commandsIn(fence.code).filter(([first]) => first === program);
    const said = await Promise.all([...commandValidators.map((shell) => shell.problem(fence)), ...commands.map(check)]);
    return said.filter((problem) => problem !== '').join('\n');
  },
  ...rest,
});

/** What the AWS CLI says about words that it does not know. The rest of its output is about an answer that it invents. */
const AWS_COMPLAINT =
  /^(?:aws: error: .*|Error parsing parameter .*|(?:Unknown parameter in|Missing required parameter in|Invalid type for parameter) .*)$/gm;

const aws = commandsOf(
  'aws',
  'the AWS CLI knows every option',
  async (words) => {
    const [command = 'aws', ...args] = words;
    const env = { ...process.env, AWS_DEFAULT_REGION: 'eu-central-1', AWS_PAGER: '' };
    const { stderr } = await runProgram(command, [...args, '--generate-cli-skeleton', 'output'], { env });
    // Commands that are no plain call of an API have no skeleton, and files that a fence names are the reader's.
    if (/Unknown options:.*--generate-cli-skeleton|Unable to load paramfile/.test(stderr)) return '';
    const unknown = /^Unknown options: .*$/m.exec(stderr)?.[0];
    return [...(unknown === undefined ? [] : [unknown]), ...(stderr.match(AWS_COMPLAINT) ?? [])].join('\n');
  },
  {
    good: [
      sample(
        'sh',
        'aws elbv2 modify-target-group-attributes --target-group-arn "$GROUP" \\\n  --attributes Key=deregistration_delay.timeout_seconds,Value=30',
      ),
      sample('sh', "aws logs filter-log-events --log-group-name orders --query 'events[-5:].message'"),
    ],
    mistakes: [
      {
        ...sample('sh', 'aws elbv2 describe-target-health --target-grup-arn "$GROUP"'),
        says: /target-group-arn|--target-grup-arn/,
      },
      {
        ...sample(
          'sh',
          "aws apigatewayv2 update-stage --api-id a1 --stage-name prod --access-log-settings 'DestinationArn=x,Formatt=y'",
        ),
        says: /Formatt/,
      },
    ],
  },
);

const quoted = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

const gcloud = commandsOf(
  'gcloud',
  'gcloud knows every option',
  async (words) => {
    const command = `--command-string=${words.map(quoted).join(' ')}`;
    const { stdout, stderr } = await runProgram('gcloud', ['meta', 'lint-gcloud-commands', command]);
    const verdict = /"success": (true|false)/.exec(stdout)?.[1];
    if (verdict === undefined) return stderr.trim() || 'gcloud says nothing.';
    return verdict === 'true' ? '' : (/"error_message": "((?:[^"\\]|\\.)*)"/.exec(stdout)?.[1] ?? 'refused');
  },
  {
    good: [sample('sh', 'gcloud compute backend-services update orders --global --timeout=60s')],
    mistakes: [
      { ...sample('sh', 'gcloud compute backend-services update orders --global --timeut=60s'), says: /--timeut/ },
      { ...sample('sh', 'gcloud compute backend-services update orders --global --timeout=soon'), says: /duration/ },
    ],
  },
);

/** A template of CloudFormation: every resource has the properties that AWS publishes, with values that fit. */
const cloudFormation: Validator = {
  accepts: 'cfn-lint finds nothing',
  covers: ({ lang, code }) => ['yaml', 'yml'].includes(lang) && /^\s+Type: ['"]?AWS::/m.test(code),
  missing: () => (findProgram('cfn-lint') === null ? 'cfn-lint is not installed.' : null),
  problem: async ({ code }) => {
    const [error] = parseAllDocuments(code)[0]?.errors ?? [];
    if (error) return error.message;
    // Only mistakes count: advice about style has other numbers.
    const args = ['--ignore-checks', 'W', 'I', '--regions', 'eu-central-1', '--template', workFile('page.yaml', code)];
    return complaint(await runProgram(findProgram('cfn-lint') ?? 'cfn-lint', args));
  },
  good: [
    sample(
      'yaml',
      'Resources:\n  Orders:\n    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n    Properties:\n      Port: 8000\n      Protocol: HTTP\n      VpcId: vpc-0a1b2c3d\n      HealthCheckPath: /healthz\n',
    ),
  ],
  mistakes: [
    {
      ...sample(
        'yaml',
        'Resources:\n  Orders:\n    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n    Properties:\n      Port: 8000\n      HealthCheckPth: /healthz\n',
      ),
      says: /HealthCheckPth/,
    },
  ],
};

/** Commands and templates of cloud providers. */
export const cloudValidators: readonly Validator[] = [aws, gcloud, cloudFormation];
