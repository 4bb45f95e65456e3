import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeModel } from '../../../../src/main/onnx/protobuf/decode.ts';
import { encodeModel } from '../../../../src/main/onnx/protobuf/encode.ts';
import type { Draft } from '../../../../src/main/onnx/protobuf/schema.ts';
import { loadBaseModel } from '../../../../src/main/train/writer/base-model.ts';
import { makeDecoder } from '../../../fixtures/decoders/make-decoder.ts';
import {
  type DecoderFolderOptions,
  vocabularySize,
  writeDecoderFolder,
} from '../../../fixtures/decoders/write-folder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'stillroom-base-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const model = makeDecoder({ vocabulary: vocabularySize });
let folders = 0;
const folderOf = (bytes: Uint8Array = model, options?: DecoderFolderOptions) =>
  writeDecoderFolder(join(scratch, String(folders++)), bytes, options);

/** The model with its graph changed. */
function changed(change: (graph: Draft<'Graph'>) => Draft<'Graph'>): Uint8Array {
  const decoded = decodeModel(model);
  return encodeModel({ ...decoded, graph: change(decoded.graph!) });
}

describe('a language model’s folder', () => {
  it('is read, with what ends a text and how long one may be', async () => {
    const base = await loadBaseModel(folderOf());
    expect(base.folder.name).toBe('example/tiny-writer');
    expect(base.stopIds).toEqual([2, 0]);
    expect(base.maxLength).toBe(192);
    expect(base.decoder.adaptable).toHaveLength(14);
    expect(Object.keys(base.folder.tokenizerFiles)).toEqual([
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
  });

  it('of a path on somebody’s disk is called by its own name', async () => {
    const folder = folderOf(model, { config: { _name_or_path: join(scratch, 'private/model') } });
    expect((await loadBaseModel(folder)).folder.name).toBe(folder.split('/').at(-1));
  });
});

describe('what is refused, before anything is trained', () => {
  const without = (name: string) => {
    const folder = folderOf();
    rmSync(join(folder, name));
    return folder;
  };

  it.each([
    ['no model', () => without('onnx/model.onnx'), /no onnx\/model\.onnx/u],
    ['no tokenizer', () => without('tokenizer.json'), /no tokenizer\.json/u],
    [
      'no configuration of it',
      () => without('tokenizer_config.json'),
      /no tokenizer_config\.json/u,
    ],
    [
      'one that is not JSON',
      () => {
        const folder = folderOf();
        writeFileSync(join(folder, 'config.json'), '{');
        return folder;
      },
      /config\.json is not what/u,
    ],
    [
      'nothing that ends a text',
      () => {
        const folder = folderOf(model, {
          config: { eos_token_id: null },
          tokenizerConfig: { eos_token: null },
        });
        rmSync(join(folder, 'generation_config.json'));
        return folder;
      },
      /which token ends a text/u,
    ],
    [
      'an end beyond the vocabulary',
      () => folderOf(model, { config: { eos_token_id: 100_000 } }),
      /which token ends a text/u,
    ],
    [
      'a tokenizer of another model',
      () => folderOf(makeDecoder({ vocabulary: 96 })),
      /do not belong together/u,
    ],
    [
      'no past',
      () =>
        folderOf(
          changed((graph) => ({
            ...graph,
            outputs: (graph.outputs ?? []).filter(({ name }) => name === 'logits'),
          })),
        ),
      /does not keep the keys and values/u,
    ],
    [
      'an input that nobody knows',
      () =>
        folderOf(
          changed((graph) => ({
            ...graph,
            inputs: [...(graph.inputs ?? []), { ...graph.inputs![0]!, name: 'pixel_values' }],
          })),
        ),
      /pixel_values/u,
    ],
    [
      'weights in another file',
      () =>
        folderOf(
          changed(({ initialisers = [], ...graph }) => ({
            ...graph,
            initialisers: initialisers.map((tensor, i) =>
              i === 3
                ? {
                    ...tensor,
                    rawData: undefined as never,
                    dataLocation: 1,
                    externalData: [{ key: 'location', value: '/etc/passwd' }],
                  }
                : tensor,
            ),
          })),
        ),
      /lies in another file/u,
    ],
    [
      'weights that are no numbers',
      () => {
        const bytes = new Uint8Array(readFileSync(join(folderOf(), 'onnx/model.onnx')));
        const { graph } = decodeModel(bytes);
        const raw = graph!.initialisers.find(({ name }) => name === 'lm_head.MatMul.weight')!
          .rawData!;
        raw.fill(255, 0, 4); // a view of the bytes
        return folderOf(bytes);
      },
      /not numbers/u,
    ],
    ['a file that is no model', () => folderOf(new Uint8Array(100)), /not a valid ONNX model/u],
  ])('%s', async (_, make, message) => {
    await expect(loadBaseModel(make())).rejects.toThrow(message);
  });

  it('one that would not fit into memory, with the figures', async () => {
    await expect(loadBaseModel(folderOf(), 1_000)).rejects.toMatchObject({ code: 'train.memory' });
  });
});
