/** Variables that would make a library send, log or reroute what it handles. */
const removed = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'NODE_USE_ENV_PROXY',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'OPENAI_BASE_URL',
  'OPENAI_CUSTOM_HEADERS',
  'OPENAI_LOG',
  'OPENAI_ORG_ID',
  'OPENAI_PROJECT_ID',
  'HF_ENDPOINT',
  'HF_TOKEN',
];

/**
 * Runs on import, which every entry point does first: native libraries read the environment when they load.
 * onnxruntime-node sends usage data unless ORT_DISABLE_TELEMETRY is 1 by then.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
process.env.HF_HUB_OFFLINE = '1';
for (const name of Object.keys(process.env))
  if (removed.includes(name.toUpperCase())) delete process.env[name];

/** The part of transformers.js's `env` that decides what it may fetch. */
export interface TransformersEnv {
  allowRemoteModels: boolean;
  allowLocalModels: boolean;
  useBrowserCache: boolean;
}

/** Keeps transformers.js to files on this computer; its own default asks a hub. */
export function configureTransformers(env: TransformersEnv): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
}
