import type { Estimate } from '../../../shared/domain/metrics.ts';
import type { StudentParts } from '../students/student.ts';
import type { StudentFacts } from './student-json.ts';
import { isWriter, tellBase, tellWriterConfidence, writerEnd, writerTask } from './tell-writer.ts';

/** MODEL_CARD.md: what the student is, what it was made from, how good it is, and what it must not be used for. */
export function toModelCard(facts: StudentFacts, { files, parameters }: StudentParts): string {
  const { task, metrics, training, tables = [] } = facts;
  const highStakes = Array.isArray(task.highStakes) ? task.highStakes : [];
  const rows = Object.entries(metrics.validation).map(
    ([name, value]) => `| ${name} | ${describe(value)} |`,
  );
  return `# ${String(task.name)}

A ${facts.kind} student made by Stillroom on ${facts.createdAt.slice(0, 10)}. ${tellTask(facts)}

${String(task.instructions ?? '')}

## How good

Measured on ${metrics.rows} rows held out of its training (95 % intervals). ${tellEnd(facts)} Labels of these rows come
from the project and may be wrong themselves; the holdout's figures are in the project's evaluation.

| measure | value |
|---|---|
${rows.join('\n') || '| none | too few rows to hold any out |'}

${
  metrics.int8AccuracyDifference === null
    ? files['model.int8.onnx']
      ? 'The int8 variant was not compared.'
      : 'It has no int8 variant.'
    : `\`model.int8.onnx\` (weights in 8 bits) differs in the share of right answers on rows held out by ${signed(metrics.int8AccuracyDifference * 100)} points.`
} ${
    facts.model === 'model.int8.onnx'
      ? 'That is close enough on rows enough, and it is quicker: it is the one that answers.'
      : 'The one that answers is `model.onnx`.'
  }
${tellCalibration(facts)}
${tellReplies(facts)}
## Made from

${Object.entries(training)
  .map(([name, value]) => `- ${name}: ${JSON.stringify(value)}`)
  .join('\n')}
${tellEncoder(facts)}${tellBase(facts)}- fingerprint of the data: \`${facts.dataFingerprint}\`
- licences of the data: ${facts.licences.join('; ') || 'none stated'}
- parameters: ${parameters.toLocaleString('en')}

## Limits

It knows only texts like those it was trained on. ${
    highStakes.length > 0
      ? `It must not decide alone about: ${highStakes.map((label) => `\`${String(label)}\``).join(', ')}. `
      : ''
  }Without \`router.json\` nothing says which answers may be used unseen. It holds no training text, yet a model tells
things about its data: keep it as confidential as the data.

## Use

${tables.map((line) => `It needs a table that is not in this folder: ${line}.\n\n`).join('')}\`run/\` has the whole of it in JavaScript and Python, without Stillroom. Files: ${Object.keys(
    files,
  )
    .sort()
    .map((path) => `\`${path}\``)
    .join(', ')}.
`;
}

/** A line about the pretrained encoder, where the student has one. */
function tellEncoder({ preprocessing }: StudentFacts): string {
  const { encoder, encoderUse = 'fine-tuned', encoderLicence, encoderSha256 } = preprocessing;
  if (encoder === undefined) return '';
  return `- pretrained encoder, ${encoderUse}: ${encoder}; licence: ${encoderLicence}; SHA-256 \`${encoderSha256}\`\n`;
}

function tellEnd({ wasEndedEarly, wasKeptAsMeasured, training }: StudentFacts): string {
  if (wasKeptAsMeasured) return writerEnd;
  if (!wasEndedEarly)
    return `The student in this folder was then trained anew on all training rows, so these figures are of a student with
less data.`;
  const { endedAfterEpoch, plannedEpochs } = training;
  const where =
    endedAfterEpoch === undefined
      ? 'The training was stopped by a person before the last step, on all rows'
      : `The training was stopped by a person at epoch ${endedAfterEpoch} of ${plannedEpochs}`;
  return `${where}: the student in this folder is the very
one that was measured, and has not learned from those rows.`;
}

function describe({ value, low, high }: Estimate): string {
  return `${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

function tellTask(facts: StudentFacts): string {
  const { task, classes } = facts;
  if (isWriter(facts)) return writerTask;
  switch (task.kind) {
    case 'extract':
      return 'It reads an object of a fixed shape from a text; `student.json` has the schema.';
    case 'tools':
      return `It names the one of ${classes.length} functions that a text asks for, with its arguments, or none.`;
    case 'rewrite':
      return `It replies to a text in one of ${classes.length} wordings, with values that it reads in the text; where none fits it
says nothing, and a person answers. It makes up no words and no facts.`;
    default: {
      const none =
        typeof task.noAnswerLabel === 'string' ? `, \`${task.noAnswerLabel}\` among them` : '';
      return `It sorts a text into one of ${classes.length} labels${none}.`;
    }
  }
}

/** The wordings themselves, values in brackets, and how many of the rows they cover. */
function tellReplies({ replies }: StudentFacts): string {
  if (!replies) return '';
  const { rows, following, types } = replies;
  return `
## What it says

${following} of the ${rows} replies of its training rows follow one of these types; the others taught it to leave a text to a
person. The words of each type are those of one row. The types were found in all training rows, those held out for the
figures above among them.

| type | rows | approved by a person | wording |
|---|---|---|---|
${types.map(({ name, wording, rows: own, approvedRows }) => `| ${name} | ${own} | ${approvedRows} | ${wording.replace(/\|/g, '\\|').replace(/\s+/g, ' ')} |`).join('\n')}
`;
}

function tellCalibration(facts: StudentFacts): string {
  const { calibration, replies } = facts;
  if (calibration.method === 'none') return tellWriterConfidence(facts);
  if (calibration.method === 'temperature')
    return `Confidence is softmax(scores / ${calibration.temperature.toFixed(4)}); the temperature was fitted on the scores of
${calibration.rows} rows by students that had not seen them.`;
  return `Confidence is of the whole output: a logistic function of its parts' probabilities (${calibration.of}), fitted on
${calibration.rows} rows by students that had not seen them. An output with a hole has confidence 0.
${
  replies
    ? 'A reply without all of its values is marked as such: `missing` names them, and in the text they stand in brackets.'
    : `Every output fits its schema: where the text does not give what is required, a value that says nothing stands there, and
\`missing\` names the field.`
}`;
}
