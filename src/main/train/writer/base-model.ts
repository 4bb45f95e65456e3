import { AppError } from '../../../shared/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import { type Decoder, readDecoder } from '../backbones/decoder/decoder.ts';
import { verifyDecoder } from '../backbones/decoder/verify-decoder.ts';
import { assertBelongs } from '../backbones/imported/model-folder.ts';
import { type BaseFolder, readBaseFolder } from './base-folder.ts';
import { createWriterTokenizer, listMarks, type WriterTokenizer } from './text-tokenizer.ts';

/** A causal language model of the user's, ready to be given adapters. */
export interface BaseModel {
  readonly folder: BaseFolder;
  readonly decoder: Decoder;
  readonly tokenizer: WriterTokenizer;
  readonly marks: readonly string[];
  /** Tokens that end an output; the first is the one that outputs are taught to end with. */
  readonly stopIds: readonly [number, ...number[]];
  /** The most tokens of a prompt and its output together. */
  readonly maxLength: number;
  readonly sha256: string;
}

/** Longer rows take too much memory for a machine that also does other things. */
const LONGEST = 512;
/** The file, its arrays turned, and sessions that run it while it is read. */
const COPIES_WHILE_READING = 4;

/**
 * Reads a causal language model from its folder and compares it with the original.
 * @throws AppError `file.missing`, `file.malformed`, `onnx.malformed`, `onnx.unsafe`, `onnx.unsupported`, `train.memory`
 */
export async function loadBaseModel(
  path: string,
  availableBytes: number = process.availableMemory(),
): Promise<BaseModel> {
  const folder = readBaseFolder(path);
  const neededBytes = COPIES_WHILE_READING * folder.model.length;
  if (neededBytes > availableBytes)
    throw new AppError(
      'train.memory',
      `Reading this base model needs about ${toMegabytes(neededBytes)} MB of memory, and ${toMegabytes(availableBytes)} MB are free. Nothing was started. Close other programs, or take a smaller model.`,
      { details: { neededBytes, availableBytes } },
    );
  const decoder = await readDecoder(folder.model);
  if (decoder.adaptable.length === 0)
    throw new AppError(
      'onnx.unsupported',
      'The base model has no matrix that adapters could stand beside. Use a plain fp32 export of it.',
    );
  assertBelongs(folder.tokenizer, decoder.embeddings.dims[0]!); // [V, D]
  await verifyDecoder(decoder, folder.model);
  const marks = listMarks(folder.tokenizer);
  const tokenizer = createWriterTokenizer(folder, marks);
  return {
    folder,
    decoder,
    tokenizer,
    marks,
    stopIds: stopIdsOf(folder, tokenizer, decoder.embeddings.dims[0]!),
    maxLength: Math.min(folder.places ?? LONGEST, LONGEST),
    sha256: sha256(folder.model),
  };
}

function stopIdsOf(
  { endToken, endIds }: BaseFolder,
  { idOf }: WriterTokenizer,
  vocabulary: number,
): readonly [number, ...number[]] {
  const told = endToken === '' ? undefined : idOf(endToken);
  const [first, ...others] = new Set([...(told === undefined ? [] : [told]), ...endIds]);
  if (first === undefined || [first, ...others].some((id) => id < 0 || id >= vocabulary))
    throw new AppError(
      'file.malformed',
      'The base model does not say which token ends a text ("eos_token" in tokenizer_config.json, "eos_token_id" in config.json). Copy its whole folder again.',
    );
  return [first, ...others];
}

const toMegabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20).toLocaleString('en');
