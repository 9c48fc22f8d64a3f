import Ajv from 'ajv';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import schemas from 'har-schema';

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addMetaSchema(draft6);
ajv.addFormat('date-time', (text: string) => new Date(text).toISOString() === text);
ajv.addFormat('ipv4', true);
ajv.addFormat('ipv6', true);
ajv.addFormat('uri', (text: string) => URL.canParse(text));
ajv.addFormat('regex', true);
for (const schema of Object.values(schemas)) ajv.addSchema(schema);

/** What the schema of HAR 1.2 objects to in an archive, one line a place. */
export function harObjections(har: unknown): string[] {
  const isHar = ajv.getSchema('har.json#');
  if (!isHar) throw new Error('har-schema has no har.json');
  void isHar(har);
  return (isHar.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
