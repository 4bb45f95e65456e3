import type { Prediction } from '../../../shared/domain/prediction.ts';
import type { ReplyTemplate } from '../../../shared/domain/reply.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import { isFinishing, type Work } from '../../lib/work.ts';
import type { Store } from '../../store/store.ts';
import type { CheckpointFolder } from '../checkpoint.ts';
import { withEarlyEnd } from '../early-end.ts';
import { dealFolds } from '../folds.ts';
import { readPrograms } from '../read-programs.ts';
import { gatherReplies } from '../replies/gather-replies.ts';
import type { Trained, TrainRequest } from '../trained.ts';
import { withStage } from '../with-stage.ts';
import { mergeAdapters } from './adapters.ts';
import { type BaseModel, loadBaseModel } from './base-model.ts';
import { createDrafter } from './draft.ts';
import { fitAdapters } from './fit-adapters.ts';
import { createGenerator, type Generator } from './generate.ts';
import { learnHouseFacts } from './house-facts.ts';
import { measurePerplexity } from './perplexity.ts';
import { createPrompt, type Prompt } from './prompt.ts';
import { type GatheredTexts, gatherTexts, toWriterExamples, type WriterRow } from './rows.ts';
import { withChanges } from './settings.ts';
import { encodeWriterFile, WRITER_FILE, type WriterFile } from './writer-file.ts';

const FEWEST_ROWS = 20;
const HELD_OUT_FOLDS = 10;
/** More than these cost minutes and hardly change what is measured. */
const MOST_HELD_OUT = 200;
const MOST_DRAFTED = 50;
/** An output may be this much longer than the longest that was learnt. */
const SPARE_LENGTH = 1.5;
/** The exported model adds in another order than the trainer, and a perplexity is an exponential. */
const LARGEST_DIFFERENCE = 0.02;

/**
 * Trains a writer: adapters beside the matrices of the user's causal language model, merged into it. The figures are of
 * rows held out, which also say when to stop; the student that is kept is the one that was measured.
 * @throws AppError `app.usage`, `file.missing`, `file.malformed`, `onnx.unsupported`, `train.data`, `train.memory`,
 * `app.cancelled`
 */
export async function trainWriter(
  store: Store,
  task: Task,
  request: TrainRequest,
  checkpoints: CheckpointFolder,
  work: Work,
): Promise<Trained> {
  const { baseFolder, seed, threads, provider } = request;
  if (baseFolder === undefined)
    throw new AppError(
      'app.usage',
      'A writer is a language model of yours that learns from your rows, and none was given. Give its folder: --base FOLDER (config.json, tokenizer.json, tokenizer_config.json, onnx/model.onnx in fp32).',
    );
  const settings = withChanges(request.writerSettings);
  work.report({ done: 0, total: null, message: 'Reading the base model' });
  const base = await loadBaseModel(baseFolder);
  const prompt = createPrompt(base.folder, base.tokenizer, task.instructions);
  const gathered = gatherTexts(store, base, prompt, request.doubts);
  assertTrainable(gathered, base);
  const { learned, heldOut } = holdOut(gathered.rows, seed);
  const dataFingerprint = fingerprint(base, prompt, gathered.rows);
  const key = sha256(JSON.stringify([dataFingerprint, seed, settings])).slice(0, 16);

  let ended: Trained['endedEarly'];
  const { arrays, curve } = await fitAdapters(
    base.decoder,
    toWriterExamples(learned),
    toWriterExamples(heldOut),
    {
      settings,
      seed,
      threads,
      provider,
      checkpoint: checkpoints.of(`${key}-writer`),
      message: 'Training the writer',
    },
    withEarlyEnd(work, (at) => {
      ended = at;
    }),
  );
  const model = base.decoder.withAdded(mergeAdapters(base.decoder, settings, arrays));
  const { templates } = await gatherReplies(store, withStage(work, 'Finding types of reply'));
  const file = toWriterFile(base, prompt, learned, { instructions: task.instructions, templates });

  const options = { ...base.decoder, threads };
  const before = await withGenerator(base.folder.model, options, (generator) =>
    measurePerplexity(generator, heldOut, withStage(work, 'Measuring the base model')),
  );
  const measured = await withGenerator(model, options, async (generator) => {
    const after = await measurePerplexity(generator, heldOut, work);
    assertSame(after, curve);
    return { after, drafts: await draftAll(generator, base, file, heldOut, work) };
  });
  const answered = {
    gold: heldOut.slice(0, measured.drafts.length).map(({ output }) => output),
    predictions: measured.drafts,
    inputs: heldOut.slice(0, measured.drafts.length).map(({ input }) => input),
    classes: [],
    replies: templates,
  };
  const validation = request.measure(answered);
  return {
    kind: 'writer',
    parts: {
      preprocessing: {
        kind: 'prompt',
        prompt: prompt.kind,
        base: base.folder.name,
        baseSha256: base.sha256,
        adapters: `rank ${settings.rank}, alpha ${settings.alpha}, beside ${base.decoder.adaptable.length} matrices, merged`,
      },
      files: {
        'model.onnx': model,
        ...base.folder.tokenizerFiles,
        [WRITER_FILE]: encodeWriterFile(file),
        ...readPrograms(['run/predict.mjs', 'run/predict.py'], import.meta.url),
      },
      parameters: countParameters(base),
    },
    facts: {
      classes: [],
      model: 'model.onnx',
      calibration: {
        method: 'none',
        of: 'exp of the mean of ln p over the tokens that were written',
      },
      outlier: { unseenWeight: 0 },
      wasKeptAsMeasured: true,
    },
    figures: {
      perplexityBefore: before,
      perplexity: measured.after,
      drafted: measured.drafts.length,
    },
    validation,
    validationRows: measured.drafts.length,
    int8AccuracyDifference: null,
    compared: [{ kind: 'writer', validation }],
    shortcuts: tellShortcuts(gathered, heldOut, measured, before, base),
    rows: learned.length,
    ...(ended && { endedEarly: ended }),
    excluded: gathered.excluded,
    relabelled: 0,
    downWeighted: gathered.downWeighted,
    selfTrained: 0,
    unconfirmedHighStakes: 0,
    usedExampleIds: gathered.rows.map(({ exampleId }) => exampleId),
    dataFingerprint,
  };
}

function assertTrainable({ rows, tooLong }: GatheredTexts, { maxLength }: BaseModel): void {
  if (rows.length >= FEWEST_ROWS) return;
  const long =
    tooLong > 0 ? ` ${tooLong} more are longer than ${maxLength} tokens, prompt included.` : '';
  throw new AppError(
    'train.data',
    `There are ${rows.length} rows with an output to learn from, and a writer needs ${FEWEST_ROWS}.${long} Import outputs, ask a teacher with "teach", or review some rows.`,
  );
}

/** A tenth of the groups is held out, of no more rows than are worth it. */
function holdOut(
  rows: readonly WriterRow[],
  seed: number,
): { readonly learned: readonly WriterRow[]; readonly heldOut: readonly WriterRow[] } {
  const folds = Math.max(HELD_OUT_FOLDS, Math.ceil(rows.length / MOST_HELD_OUT));
  const foldOf = dealFolds(
    rows.map(() => 0),
    rows.map(({ group }) => group),
    folds,
    seed,
  );
  const [learned, heldOut] = [1, 0].map((isLearned) =>
    rows.filter((_, row) => (foldOf[row] === 0 ? 0 : 1) === isLearned),
  );
  return { learned: learned!, heldOut: heldOut! }; // a pair
}

/** SHA-256 over what was learned from: the base model, what stands around texts, ids, contents, outputs, weights. */
function fingerprint(
  { sha256: baseSha256 }: BaseModel,
  prompt: Prompt,
  rows: readonly WriterRow[],
): string {
  const lines = rows.map(({ exampleId, contentHash, output, weight }) =>
    JSON.stringify([exampleId, contentHash, output, weight]),
  );
  return sha256([JSON.stringify([baseSha256, prompt]), ...lines].join('\n'));
}

function toWriterFile(
  { stopIds, maxLength, marks, decoder: { cache, tokenInputs } }: BaseModel,
  { before, after }: Prompt,
  rows: readonly WriterRow[],
  {
    instructions,
    templates,
  }: { readonly instructions: string; readonly templates: readonly ReplyTemplate[] },
): WriterFile {
  const longest = rows.reduce(
    (most, { ids, saidFrom }) => Math.max(most, ids.length - saidFrom),
    1,
  );
  return {
    formatVersion: 1,
    before: [...before],
    after: [...after],
    stopIds: [...stopIds],
    mostTokens: Math.ceil(SPARE_LENGTH * longest),
    maxLength,
    marks: [...marks],
    cache: { ...cache, inputs: [...cache.inputs], outputs: [...cache.outputs] },
    tokenInputs: { ...tokenInputs, names: [...tokenInputs.names] },
    house: { ...toLists(learnHouseFacts(rows)), instructions },
    replies: templates.map(({ name, parts }) => ({ name, parts: [...parts] })),
  };
}

const toLists = ({ constant, words }: ReturnType<typeof learnHouseFacts>) => ({
  constant: [...constant],
  words: [...words],
});

async function withGenerator<T>(
  model: Uint8Array,
  options: Parameters<typeof createGenerator>[1],
  use: (generator: Generator) => Promise<T>,
): Promise<T> {
  const generator = await createGenerator(model, options);
  try {
    return await use(generator);
  } finally {
    await generator.close();
  }
}

/** Proves that the merged model is the one that was trained. */
function assertSame(
  perplexity: number,
  curve: readonly { readonly validationLoss?: number }[],
): void {
  const losses = curve.flatMap(({ validationLoss }) => validationLoss ?? []);
  if (losses.length === 0) return; // asked to finish before an epoch was over
  const trained = Math.exp(Math.min(...losses));
  if (!(Math.abs(perplexity / trained - 1) <= LARGEST_DIFFERENCE))
    throw new AppError(
      'train.diverged',
      `The exported model has a perplexity of ${perplexity.toFixed(3)} where the trained one had ${trained.toFixed(3)}, so nothing was kept. Please report this.`,
    );
}

async function draftAll(
  generator: Generator,
  { tokenizer }: BaseModel,
  file: WriterFile,
  rows: readonly WriterRow[],
  work: Work,
): Promise<readonly Prediction[]> {
  const drafter = createDrafter(generator, tokenizer, file);
  const sample = rows.slice(0, MOST_DRAFTED);
  const drafts: Prediction[] = [];
  for (const { input } of sample) {
    work.signal.throwIfAborted();
    if (isFinishing(work) && drafts.length > 0) break;
    drafts.push(await drafter.draft(input));
    work.report({
      done: drafts.length,
      total: sample.length,
      message: 'Writing drafts for rows held out',
    });
  }
  return drafts;
}

function tellShortcuts(
  { tooLong }: GatheredTexts,
  heldOut: readonly WriterRow[],
  { after, drafts }: { readonly after: number; readonly drafts: readonly Prediction[] },
  before: number,
  { maxLength, folder }: BaseModel,
): readonly string[] {
  const refused = drafts.filter(({ output }) => output === '').length;
  return [
    `On ${heldOut.length} rows held out the perplexity of the outputs fell from ${before.toFixed(2)} (${folder.name}) to ${after.toFixed(2)}.`,
    `Of ${drafts.length} drafts for rows held out, ${refused} ${refused === 1 ? 'was' : 'were'} refused: without an end, or with a fact that the text does not give.`,
    ...(tooLong > 0
      ? [`${tooLong} rows of more than ${maxLength} tokens, prompt included, were left out.`]
      : []),
    'Answers of a writer are drafts: each goes to a person, since nothing can say that free text is right.',
  ];
}

function countParameters({ decoder: { embeddings, products, head } }: BaseModel): number {
  const arrays = [embeddings, ...products.values(), head.weight];
  return arrays.reduce((sum, { data }) => sum + data.length, 0);
}
