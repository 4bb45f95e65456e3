import { AppError } from '../../../../shared/errors.ts';
import { sha256 } from '../../../lib/hash.ts';
import { scanModel } from '../../../onnx/scan.ts';
import { type Backbone, defineBackbone } from '../backbone.ts';
import { typesOf } from '../imported/compile-nodes.ts';
import { cutEmbedding } from '../imported/cut-embedding.ts';
import { fuse, keepLive } from '../imported/fuse.ts';
import { readImportedModel } from '../imported/imported-model.ts';
import { assertBelongs } from '../imported/model-folder.ts';
import { raiseOpset } from '../imported/raise-opset.ts';
import { refuseQuantised } from '../imported/refuse-quantised.ts';
import { trace } from '../imported/trace.ts';
import { padTexts } from '../token-batch.ts';
import { readEncoderFolder } from './folder.ts';
import { createEncoderForward, tokenVectorsOf } from './forward.ts';
import { probe } from './probe.ts';
import { toStudentFiles } from './student-files.ts';
import { createLibraryTokenizer } from './tokenizer.ts';
import { verifyImport } from './verify.ts';

const longest = 512;
/** 3e-4 times this is 5e-5, as for BERT and its kin (Devlin et al. 2019, appendix A.3). */
const LEARNING_RATE_SCALE = 1 / 6;
/** Two shapes that share no size: what differs between them depends on the batch. */
const probeShapes = [
  { batch: 2, length: 5 },
  { batch: 3, length: 7 },
];

/**
 * An encoder in a Hugging Face folder: `onnx/model.onnx` in fp32, `tokenizer.json`, `config.json`. It is read into
 * the compiler's operators and compared with the original before it is used.
 * @throws AppError `file.missing`, `file.malformed`, `onnx.malformed`, `onnx.unsafe`, `onnx.unsupported`
 */
export const huggingFace = defineBackbone({
  id: 'folder',
  title: 'Encoder in a Hugging Face folder',
  needsFolder: true,
  async load({ folder: path }) {
    if (path === undefined)
      throw new AppError('app.usage', 'This backbone needs the folder of an encoder.');
    const folder = readEncoderFolder(path);
    const summary = scanModel(folder.model);
    refuseQuantised(summary);
    const original = summary.model;
    const padId = folder.config.pad_token_id ?? 0;
    const whole = raiseOpset(readImportedModel(original));

    const values = [...new Set(original.graph?.nodes.flatMap(({ outputs }) => outputs))];
    const runs = await probe(
      original,
      values.filter((name) => name !== ''),
      probeShapes.map(({ batch, length }) =>
        padTexts(
          Array.from({ length: batch }, () => new Int32Array(length).fill(padId + 1)),
          length,
        ),
      ),
      padId,
    );
    const types = typesOf(runs);
    const output = tokenVectorsOf(whole, types);
    const ranks = new Map([...types].map(([name, { shape }]) => [name, shape.length]));
    const encoder = cutEmbedding(fuse(keepLive({ ...whole, outputs: [output] }), ranks));
    assertBelongs(folder.tokenizer, encoder.embeddings.dims[0]!); // [V, E]
    const traced = trace(encoder, new Map([...types].map(([name, { type }]) => [name, type])));
    const width = types.get(output)?.shape[2];
    if (typeof width !== 'number')
      throw new AppError('onnx.unsupported', 'The width of the encoder’s token vectors varies.');

    // Two positions of RoBERTa's table stand for padding.
    const positions =
      (folder.config.max_position_embeddings ?? longest) - (padId > 0 ? padId + 1 : 0);
    const maxLength = Math.min(
      positions,
      folder.tokenizerConfig.model_max_length ?? longest,
      longest,
    );
    const backbone: Backbone = {
      id: 'folder',
      sentenceWidth: width,
      tokenWidth: width,
      maxLength,
      learningRateScale: LEARNING_RATE_SCALE,
      tokenizer: {
        ...createLibraryTokenizer(folder, maxLength),
        files: () => toStudentFiles(folder, maxLength),
      },
      embeddings: encoder.embeddings,
      parameters: traced.parameters,
      buildForward: createEncoderForward({
        original,
        encoder,
        traced,
        types,
        padId,
        pooling: folder.pooling,
      }),
      provenance: { name: folder.name, licence: 'as the encoder’s', sha256: sha256(folder.model) },
    };
    await verifyImport(backbone, original, output, padId);
    return backbone;
  },
});
