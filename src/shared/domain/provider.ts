/** What computes a training: the processor, or the graphics card by way of WebGPU. */
export const providers = ['cpu', 'webgpu'] as const;
export type Provider = (typeof providers)[number];
