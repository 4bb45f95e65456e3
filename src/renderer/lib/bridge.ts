import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/index.ts';
import type { WireError } from '../../shared/contract/result.ts';
import type { Bridge } from '../../shared/contract/wire.ts';

declare global {
  interface Window {
    /** Put there, frozen, by the preload. */
    readonly stillroom: Bridge;
  }
}

export type { MethodInput as Input, MethodName, MethodOutput as Output };

/** A call that the engine or the desktop answered with an error. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor({ code, message, details }: WireError) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** What calls are checked with; the first picture of the window does without. */
export const contract = () => import('./contract.ts');

/** Asks the engine; the input is checked here first. @throws CallError */
export async function call<Name extends MethodName>(
  name: Name,
  input: MethodInput<Name>,
): Promise<MethodOutput<Name>> {
  const { methods } = await contract();
  const parsed = methods[name].input.safeParse(input);
  if (!parsed.success)
    throw new CallError({
      code: 'app.usage',
      message: parsed.error.issues
        .map(({ path, message }) => `${path.join('.') || 'Input'}: ${message}`)
        .join('. '),
      details: {},
    });
  // The engine answers each method with the type that the contract names for it.
  return (await callRaw(name, parsed.data)) as MethodOutput<Name>;
}

/** Asks by name alone; for the desktop's own methods. @throws CallError */
export async function callRaw(name: string, input: unknown): Promise<unknown> {
  const result = await window.stillroom.call(name, input);
  if (!result.ok) throw new CallError(result.error);
  return result.value;
}
