import { once } from 'node:events';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/index.ts';
import type { Result } from '../../../src/shared/contract/result.ts';

/** A page seen through Chromium's debugging port. */
export interface DebuggedPage {
  /** The value of an expression in the page; promises are awaited. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** Calls the engine as the page's own code does. */
  ask<Name extends MethodName>(method: Name, input: MethodInput<Name>): Promise<MethodOutput<Name>>;
}

interface Answer {
  readonly id: number;
  readonly result: {
    readonly result: { readonly value: unknown };
    readonly exceptionDetails?: { readonly text: string };
  };
}

export async function attach(address: string): Promise<DebuggedPage> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    waiting.get(answer.id)?.(answer);
  });
  let nextId = 1;

  async function evaluate<Value>(expression: string): Promise<Value> {
    const id = nextId++;
    const params = { expression, awaitPromise: true, returnByValue: true };
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    const { result } = await answered;
    if (result.exceptionDetails) throw new Error(result.exceptionDetails.text);
    return result.result.value as Value;
  }

  return {
    evaluate,
    async ask<Name extends MethodName>(method: Name, input: MethodInput<Name>) {
      const call = `stillroom.call(${JSON.stringify(method)}, ${JSON.stringify(input)})`;
      const result = await evaluate<Result<MethodOutput<Name>>>(call);
      if (!result.ok) throw new Error(result.error.message);
      return result.value;
    },
  };
}
