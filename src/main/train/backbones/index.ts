import type { BackboneKind } from './backbone.ts';
import { huggingFace } from './hugging-face/hugging-face.ts';
import { useLite } from './use-lite/use-lite.ts';

/** Every kind of pretrained encoder. To add one: its folder and one line here. */
export const backbones: readonly BackboneKind[] = [useLite, huggingFace];
