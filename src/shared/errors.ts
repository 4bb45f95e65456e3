/** How an error ends a command: a failure, bad input, a gate's refusal, or the user's own cancelling. */
export type ErrorKind = 'failed' | 'input' | 'refused' | 'cancelled';

/** Every error code of the product and how it ends. To add one: one line here. */
const errorKinds = {
  'app.cancelled': 'cancelled',
  'app.bug': 'failed',
  'app.usage': 'input',
  'app.unsupported': 'input',
  'app.engine': 'failed',
  'app.busy': 'refused',
  'app.readonly': 'refused',
  'app.locked': 'refused',
  'file.missing': 'input',
  'file.malformed': 'input',
  'file.exists': 'input',
  'file.write': 'failed',
  'disk.full': 'failed',
  'store.missing': 'input',
  'store.exists': 'input',
  'store.foreign': 'input',
  'store.newer': 'input',
  'store.locked': 'refused',
  'store.key': 'input',
  'store.corrupt': 'failed',
  'task.invalid': 'input',
  'collect.mapping': 'input',
  'lookup.invalid': 'input',
  'gate.refused': 'refused',
  'gate.offline': 'refused',
  'gate.mismatch': 'refused',
  'gate.ledger': 'failed',
  'teach.provider': 'failed',
  'teach.budget': 'refused',
  'teach.price': 'input',
  'curate.unknown': 'input',
  'augment.unknown': 'input',
  'augment.data': 'input',
  'review.invalid': 'input',
  'split.invalid': 'input',
  'seal.refused': 'refused',
  'onnx.malformed': 'input',
  'onnx.unsafe': 'refused',
  'onnx.unsupported': 'input',
  'onnx.shape': 'failed',
  'train.data': 'input',
  'train.diverged': 'failed',
  'train.memory': 'refused',
  'train.provider': 'refused',
  'student.malformed': 'input',
  'evaluate.data': 'input',
  'route.data': 'input',
  'export.refused': 'refused',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorKinds;

/** An expected failure: the message says what happened, what state the data is in, and what to do. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  get kind(): ErrorKind {
    return errorKinds[this.code];
  }
}

/** Throws the cancellation error when the signal has fired; call between steps of long work. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('app.cancelled', 'Cancelled. Finished work was kept.');
}
