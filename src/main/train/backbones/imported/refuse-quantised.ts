import { AppError } from '../../../../shared/errors.ts';
import type { ModelSummary } from '../../../onnx/scan.ts';

/** Rounded weights have no gradient worth the name. @throws AppError `onnx.unsupported` */
export function refuseQuantised({ operators }: ModelSummary): void {
  const operator = operators.find((type) => /Quantize|QLinear|Integer$|NBits$/u.test(type));
  if (operator)
    throw new AppError(
      'onnx.unsupported',
      `The model is quantised (${operator}) and cannot be trained. Use its fp32 file, onnx/model.onnx.`,
    );
}
