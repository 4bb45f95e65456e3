import { execFileSync } from 'node:child_process';
import { env as transformersEnv } from '@huggingface/transformers';
import { expect, test } from 'vitest';
import { configureTransformers } from '../../../src/main/gate/lockdown.ts';

const lockdown = new URL('../../../src/main/gate/lockdown.ts', import.meta.url).href;

test('the environment is cleaned before anything else loads', () => {
  const hostile = {
    HTTPS_PROXY: 'http://p',
    https_proxy: 'http://p',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    OPENAI_BASE_URL: 'http://p',
    OPENAI_LOG: 'debug',
    OPENAI_API_KEY: 'kept',
    ORT_DISABLE_TELEMETRY: '0',
  };
  const script = `await import(${JSON.stringify(lockdown)}); console.log(JSON.stringify(process.env))`;
  const output = execFileSync(
    process.execPath,
    ['--no-warnings', '--input-type=module', '-e', script],
    {
      env: { PATH: process.env.PATH, ...hostile },
      encoding: 'utf8',
    },
  );
  const { PATH: _, ...left } = JSON.parse(output) as Record<string, string>;
  expect(left).toMatchObject({
    ORT_DISABLE_TELEMETRY: '1',
    OPENAI_API_KEY: 'kept',
    HF_HUB_OFFLINE: '1',
  });
  expect(Object.keys(left).sort()).toEqual([
    'HF_HUB_OFFLINE',
    'OPENAI_API_KEY',
    'ORT_DISABLE_TELEMETRY',
  ]);
});

test('transformers.js fetches nothing', () => {
  expect(transformersEnv.allowRemoteModels).toBe(true);
  configureTransformers(transformersEnv);
  expect(transformersEnv.allowRemoteModels).toBe(false);
});
