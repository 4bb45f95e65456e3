import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { z } from 'zod';
import { sha256 } from '../../src/main/lib/hash.ts';

const reference = z.strictObject({ '@id': z.string() });
const many = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item)]);
/** Words of the vocabularies; anything else has to be declared in the context. */
const dataType = many(
  z.enum(['sc:Text', 'sc:Integer', 'sc:Enumeration', 'cr:Label', 'cr:Split', 'sc:URL']),
);
const fieldSchema = z.strictObject({
  '@type': z.literal('cr:Field'),
  '@id': z.string(),
  name: z.string(),
  description: z.string().min(1),
  dataType,
  value: z.string().optional(),
  references: reference.optional(),
  source: z
    .strictObject({ fileObject: reference, extract: z.strictObject({ column: z.string() }) })
    .optional(),
});
const recordSetSchema = z.strictObject({
  '@type': z.literal('cr:RecordSet'),
  '@id': z.string(),
  name: z.string(),
  dataType: dataType.optional(),
  key: reference,
  field: z.array(fieldSchema).min(1),
  data: z.array(z.record(z.string(), z.union([z.string(), z.number()]))).optional(),
});
/** Croissant 1.1: what a data set must say, and of what else only what is known to these readers. */
const datasetSchema = z.strictObject({
  '@context': z.record(z.string(), z.unknown()),
  '@type': z.literal('sc:Dataset'),
  name: z.string().min(1),
  description: z.string().min(1),
  conformsTo: z.array(z.url()),
  license: z.array(z.string()).min(1),
  url: z.string(),
  creator: z.strictObject({ '@type': z.enum(['sc:Organization', 'sc:Person']), name: z.string() }),
  datePublished: z.iso.date(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  isLiveDataset: z.boolean(),
  keywords: z.array(z.string()),
  'rai:dataCollection': z.string(),
  'rai:dataAnnotationProtocol': z.string(),
  'rai:machineAnnotationTools': z.array(z.string()).optional(),
  'rai:personalSensitiveInformation': z.string(),
  'rai:dataLimitations': z.string(),
  'rai:dataUseCases': z.string(),
  distribution: z
    .array(
      z.strictObject({
        '@type': z.literal('cr:FileObject'),
        '@id': z.string(),
        name: z.string(),
        contentUrl: z.string(),
        contentSize: z.string().regex(/^\d+ B$/),
        encodingFormat: z.literal('application/x-parquet'),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1),
  recordSet: z.array(recordSetSchema).min(1),
});
type Records = readonly Readonly<Record<string, unknown>>[];

/**
 * Reads a data set by its Croissant metadata alone, strictly: unknown keys, words that the context does not declare,
 * ids that are twice there, references to nothing, hashes, sizes and columns that do not hold, and values of another
 * type than was said all throw. Gives the records of each record set.
 */
export async function readCroissant(folder: string): Promise<{
  readonly dataset: z.infer<typeof datasetSchema>;
  readonly records: Readonly<Record<string, Records>>;
}> {
  const dataset = datasetSchema.parse(
    JSON.parse(readFileSync(join(folder, 'croissant.json'), 'utf8')),
  );
  assertDeclared(dataset);
  const ids = collectIds(dataset);
  const files = new Map(
    dataset.distribution.map((file) => {
      const bytes = readFileSync(join(folder, file.contentUrl));
      if (sha256(bytes) !== file.sha256) throw new Error(`${file['@id']} has another hash`);
      if (`${bytes.length} B` !== file.contentSize) throw new Error(`${file['@id']}: other size`);
      return [file['@id'], new Uint8Array(bytes).buffer] as const;
    }),
  );
  const records: Record<string, Records> = {};
  for (const set of dataset.recordSet) {
    const owned = set.field.map((field) => field['@id']);
    if (!owned.includes(set.key['@id'])) throw new Error(`${set['@id']}: key is no field of it`);
    for (const field of set.field)
      if (field.references && !ids.has(field.references['@id']))
        throw new Error(`${field['@id']} refers to nothing`);
    records[set['@id']] = set.data ? readInline(set, owned) : await readRows(set, files);
    const keys = records[set['@id']]!.map((row) => row[set.key['@id']]);
    if (new Set(keys).size !== keys.length) throw new Error(`${set['@id']}: key is not unique`);
  }
  for (const set of dataset.recordSet)
    for (const { '@id': id, references } of set.field) {
      if (!references) continue;
      const target = references['@id'];
      const known = new Set(records[target.split('/')[0]!]!.map((row) => row[target]));
      for (const row of records[set['@id']]!)
        if (!known.has(row[id])) throw new Error(`${id}: ${String(row[id])} is not in ${target}`);
    }
  return { dataset, records };
}

const schemaOrg = new Set([
  'name',
  'description',
  'license',
  'url',
  'creator',
  'datePublished',
  'version',
  'keywords',
  'distribution',
  'contentUrl',
  'contentSize',
  'encodingFormat',
  'sha256',
]);

/** Each key is a word of schema.org, or the context says of which vocabulary it is. */
function assertDeclared({ '@context': context, ...dataset }: z.infer<typeof datasetSchema>): void {
  const check = (node: unknown, isData: boolean): void => {
    if (Array.isArray(node)) for (const item of node) check(item, isData);
    else if (typeof node === 'object' && node !== null)
      for (const [key, value] of Object.entries(node)) {
        const prefix = key.includes(':') ? key.split(':')[0]! : key;
        if (!isData && !key.startsWith('@') && !schemaOrg.has(key) && !(prefix in context))
          throw new Error(`"${key}" is not declared`);
        check(value, isData || key === 'data');
      }
  };
  check(dataset, false);
}

function collectIds({ distribution, recordSet }: z.infer<typeof datasetSchema>): Set<string> {
  const all = [
    ...distribution.map((file) => file['@id']),
    ...recordSet.flatMap((set) => [set['@id'], ...set.field.map((field) => field['@id'])]),
  ];
  const ids = new Set(all);
  if (ids.size !== all.length) throw new Error('an id is there twice');
  return ids;
}

function readInline({ data }: z.infer<typeof recordSetSchema>, owned: readonly string[]): Records {
  for (const row of data!)
    if (Object.keys(row).sort().join() !== [...owned].sort().join())
      throw new Error(`a record has other fields than ${owned.join(', ')}`);
  return data!;
}

async function readRows(
  { field: fields }: z.infer<typeof recordSetSchema>,
  files: ReadonlyMap<string, ArrayBuffer>,
): Promise<Records> {
  const columns = new Map<string, readonly unknown[]>();
  for (const field of fields) {
    const { source } = field;
    if (!source) continue;
    const file = files.get(source.fileObject['@id']);
    if (!file) throw new Error(`${field['@id']}: there is no such file`);
    const { column } = source.extract;
    const { schema } = await parquetMetadataAsync(file);
    const element = schema.find(({ name }) => name === column);
    if (!element) throw new Error(`${field['@id']}: there is no column ${column}`);
    const isNumber = [field.dataType].flat().includes('sc:Integer');
    if (isNumber !== (element.type === 'INT64'))
      throw new Error(`${column} is ${String(element.type)}`);
    const rows = await parquetReadObjects({ file, columns: [column] });
    columns.set(
      field['@id'],
      rows.map((row) => (isNumber ? Number(row[column]) : row[column])),
    );
  }
  const [first] = columns.values();
  return first!.map((_, i) =>
    Object.fromEntries(
      fields.map(({ '@id': id, value }) => [id, value ?? columns.get(id)?.[i] ?? null]),
    ),
  );
}
