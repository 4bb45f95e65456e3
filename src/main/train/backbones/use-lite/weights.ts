import { AppError } from '../../../../shared/errors.ts';
import { type PackageFile, readPackageFile } from './package-files.ts';

/** The part of TF.js' `model.json` that says where each weight lies in the shards, in order and without gaps. */
interface WeightsManifest {
  readonly weightsManifest: readonly {
    readonly paths: readonly PackageFile[];
    readonly weights: readonly {
      readonly name: string;
      readonly shape: readonly number[];
      readonly dtype: 'float32' | 'int32';
    }[];
  }[];
}

const bytesPerValue = 4;

/** Reads the encoder's float32 weights by their TF.js name; all of them share one buffer. @throws AppError `file.missing`, `file.malformed` */
export function readUseLiteWeights(): ReadonlyMap<string, Float32Array> {
  // Safe: readPackageFile has compared the file's hash with the one whose shape this is.
  const { weightsManifest } = JSON.parse(
    Buffer.from(readPackageFile('model.json')).toString('utf8'),
  ) as WeightsManifest;
  const shards = weightsManifest.flatMap(({ paths }) => paths.map((path) => readPackageFile(path)));
  const bytes = new Uint8Array(shards.reduce((sum, shard) => sum + shard.length, 0));
  let filled = 0;
  for (const shard of shards) {
    bytes.set(shard, filled);
    filled += shard.length;
  }
  const weights = new Map<string, Float32Array>();
  let offset = 0;
  for (const { name, shape, dtype } of weightsManifest.flatMap((group) => group.weights)) {
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (dtype === 'float32') weights.set(name, new Float32Array(bytes.buffer, offset, size));
    offset += size * bytesPerValue;
  }
  if (offset !== bytes.length)
    throw new AppError('file.malformed', 'The bundled encoder has weights without a name.');
  return weights;
}
