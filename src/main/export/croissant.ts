import type { Json } from '../../shared/domain/json.ts';
import { counted } from '../lib/counted.ts';
import type { Column } from './column.ts';
import type { Description, ExportedFile } from './describe.ts';
import { hubSplits, toSpdx } from './hub.ts';

type Node = { readonly [key: string]: Json };

/** @see https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html, appendix 1 */
const context: Node = {
  '@language': 'en',
  '@vocab': 'http://schema.org/',
  sc: 'http://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  dct: 'http://purl.org/dc/terms/',
  annotation: 'cr:annotation',
  arrayShape: 'cr:arrayShape',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  containedIn: 'cr:containedIn',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  excludes: 'cr:excludes',
  extract: 'cr:extract',
  field: 'cr:field',
  fileProperty: 'cr:fileProperty',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isArray: 'cr:isArray',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  readLines: 'cr:readLines',
  sdVersion: 'cr:sdVersion',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
  unArchive: 'cr:unArchive',
  value: 'cr:value',
};

/**
 * What a data set is, for machines: its files with hashes, its records with their types, its splits, and what is
 * known for its responsible use.
 * @see https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html (Croissant 1.1)
 * @see https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html (Croissant RAI 1.0)
 */
export function croissant(described: Description): Node {
  const { task, project, createdAtMs, files, columns } = described;
  const classes = columns.find((column) => column.classes)?.classes;
  return {
    '@context': context,
    '@type': 'sc:Dataset',
    name: task.name,
    description: task.instructions || `Rows of a ${task.kind} task.`,
    conformsTo: ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'],
    license: toLicences(described),
    // Nothing is published yet: the page of the data set is the card beside this file.
    url: 'README.md',
    creator: { '@type': 'sc:Organization', name: `Whoever keeps the project ${project}` },
    datePublished: new Date(createdAtMs).toISOString().slice(0, 10),
    version: '1.0.0',
    isLiveDataset: false,
    keywords: ['stillroom', task.kind],
    ...responsibleUse(described),
    distribution: files.map(toFileObject),
    recordSet: [
      splitRecords(files),
      ...(classes ? [labelRecords(classes)] : []),
      ...files.map((file) => rowRecords(file, columns)),
    ],
  };
}

function toLicences({ licences }: Description): string[] {
  return licences.map((licence) => {
    if (licence === null) return 'No licence was stated.';
    const name = toSpdx(licence);
    return name ? `https://spdx.org/licenses/${name}` : licence;
  });
}

function responsibleUse(described: Description): Node {
  const { rows, labelledBy, teachers, reviewed, redactedRows, privateRows, sources, synthetic } =
    described;
  const made = Object.values(synthetic).reduce((total, count) => total + count, 0);
  const authors = Object.entries(labelledBy).map(([author, count]) => `${count} by ${author}`);
  return {
    'rai:dataCollection': `${counted(rows, 'row')} of ${counted(sources.length, 'imported file')}, ${made} of them made from others by augmentation; manifest.json lists files and grants.`,
    'rai:dataAnnotationProtocol': `Labels: ${authors.join(', ')}. ${counted(reviewed.rows, 'row')} decided by a person, of ${reviewed.people} in all.`,
    ...(teachers.length > 0 && { 'rai:machineAnnotationTools': [...teachers] }),
    'rai:personalSensitiveInformation': `${counted(redactedRows, 'row')} pseudonymised; detectors miss some. ${privateRows === 0 ? 'A permission that holds covers every row.' : `${counted(privateRows, 'row')} private, or with a permission that has ended: not to be passed on.`}`,
    'rai:dataLimitations':
      'The rows of one project for one task; the test split is for measuring only.',
    'rai:dataUseCases': 'Training and measuring models for the task that the description tells.',
  };
}

function toFileObject({ path, bytes, sha256 }: ExportedFile): Node {
  return {
    '@type': 'cr:FileObject',
    '@id': path,
    name: path,
    contentUrl: path,
    contentSize: `${bytes} B`,
    encodingFormat: 'application/x-parquet',
    sha256,
  };
}

const meanings: Readonly<Record<string, string>> = {
  train: 'cr:TrainingSplit',
  validation: 'cr:ValidationSplit',
  test: 'cr:TestSplit',
};

function splitRecords(files: readonly ExportedFile[]): Node {
  const names = files.map(({ split }) => hubSplits[split]);
  const hasMeanings = names.every((name) => name in meanings);
  return {
    '@type': 'cr:RecordSet',
    '@id': 'splits',
    name: 'splits',
    dataType: 'cr:Split',
    key: { '@id': 'splits/name' },
    field: [
      toField('splits/name', 'The name of the split.', 'sc:Text'),
      ...(hasMeanings ? [toField('splits/url', 'What it is for.', 'cr:Split')] : []),
    ],
    data: names.map((name) => ({
      'splits/name': name,
      ...(hasMeanings && { 'splits/url': meanings[name]! }),
    })),
  };
}

function labelRecords(classes: readonly string[]): Node {
  return {
    '@type': 'cr:RecordSet',
    '@id': 'labels',
    name: 'labels',
    dataType: 'sc:Enumeration',
    key: { '@id': 'labels/number' },
    field: [
      toField('labels/number', 'The number that stands for the label.', 'sc:Integer'),
      toField('labels/name', 'The label.', 'sc:Text'),
    ],
    data: classes.map((name, number) => ({ 'labels/number': number, 'labels/name': name })),
  };
}

function rowRecords({ split, path }: ExportedFile, columns: readonly Column[]): Node {
  const records = hubSplits[split];
  return {
    '@type': 'cr:RecordSet',
    '@id': records,
    name: records,
    key: { '@id': `${records}/id` },
    field: [
      {
        ...toField(`${records}/split`, 'The split that the row is of.', 'sc:Text'),
        value: records,
        references: { '@id': 'splits/name' },
      },
      ...columns.map(({ name, description, classes }) => ({
        ...toField(
          `${records}/${name}`,
          description,
          classes
            ? ['sc:Integer', 'cr:Label']
            : name === 'output'
              ? ['sc:Text', 'cr:Label']
              : 'sc:Text',
        ),
        ...(classes && { references: { '@id': 'labels/number' } }),
        source: { fileObject: { '@id': path }, extract: { column: name } },
      })),
    ],
  };
}

function toField(id: string, description: string, dataType: string | readonly string[]): Node {
  return {
    '@type': 'cr:Field',
    '@id': id,
    name: id.slice(id.indexOf('/') + 1),
    description,
    dataType,
  };
}
