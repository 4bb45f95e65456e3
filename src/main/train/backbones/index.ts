import type { Backbone, BackboneKind } from './backbone.ts';
import { huggingFace } from './hugging-face/hugging-face.ts';
import { useLite } from './use-lite/use-lite.ts';

/** Every kind of pretrained encoder. To add one: its folder and one line here. */
export const backbones: readonly BackboneKind[] = [useLite, huggingFace];

/** The encoder in a folder, or without one the bundled encoder. @throws AppError as the kinds of backbone do */
export function loadBackbone(folder: string | undefined): Promise<Backbone> {
  return folder === undefined ? useLite.load({}) : huggingFace.load({ folder });
}
