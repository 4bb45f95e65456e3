/**
 * A few words of WebAssembly, enough for loops over float32 in groups of four. Code is a list of bytes; an
 * operation takes the code of its operands and puts itself after them, so that nested calls read like a formula.
 * @see https://webassembly.github.io/spec/core/binary
 */
export type Code = readonly number[];

/** Types of values. */
export const i32 = 0x7f;
export const f32 = 0x7d;
export const f64 = 0x7c;
export const v128 = 0x7b;

const SIMD = 0xfd;
/** An operation of the vector set, whose number is written as LEB128. */
const simd = (opcode: number) => [SIMD, ...leb(opcode)];
const operation =
  (...opcode: number[]) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), ...opcode];

export const add = operation(...simd(0xe4));
export const sub = operation(...simd(0xe5));
export const mul = operation(...simd(0xe6));
export const div = operation(...simd(0xe7));
export const sqrt = operation(...simd(0xe3));
/** One float32 in all four lanes. */
export const splat = operation(...simd(0x13));
/** The lower two lanes as double precision. */
export const promoteLow = operation(...simd(0x5f));
export const addDoubles = operation(...simd(0xf0));
export const mulDoubles = operation(...simd(0xf2));
export const lowDouble = operation(...simd(0x21), 0);
export const highDouble = operation(...simd(0x21), 1);
export const addDouble = operation(0xa0);
export const addInts = operation(0x6a);
export const isBelow = operation(0x49);

/** The upper two lanes moved to the lower places. */
export const upperHalf = (x: Code): Code => [
  ...x,
  ...x,
  ...simd(0x0d),
  ...[8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15],
];

export const get = (local: number): Code => [0x20, ...leb(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...leb(local)];
export const number = (value: number): Code => [0x41, ...leb(value)];
/** Sixteen bytes at an address, known to be a multiple of 16. */
export const load = (address: Code): Code => [...address, ...simd(0x00), 4, 0];
export const store = (address: Code, value: Code): Code => [
  ...address,
  ...value,
  ...simd(0x0b),
  4,
  0,
];
/** Runs the body, then again as long as the condition holds. */
export const repeatWhile = (body: Code, condition: Code): Code => [
  ...[0x03, 0x40],
  ...body,
  ...condition,
  ...[0x0d, 0],
  0x0b,
];

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  readonly locals: readonly number[];
  readonly body: Code;
}

/** A module of exported functions on one imported memory (`env.memory`). */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const memoryImport = [...text('env'), ...text('memory'), 0x02, 0x00, 0x01];
  const types = functions.map((f) => [0x60, ...vector(f.parameters), ...vector(f.results)]);
  const exported = functions.map((f, i) => [...text(f.name), 0x00, ...leb(i)]);
  const bodies = functions.map((f) => {
    const code = [...list(f.locals.map((type) => [1, type])), ...f.body, 0x0b];
    return [...leb(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
    ...section(1, types),
    ...section(2, [memoryImport]),
    ...section(
      3,
      functions.map((_, i) => leb(i)),
    ),
    ...section(7, exported),
    ...section(10, bodies),
  ]);
}

function section(id: number, items: readonly Code[]): Code {
  const content = list(items);
  return [id, ...leb(content.length), ...content];
}

function list(items: readonly Code[]): Code {
  return [...leb(items.length), ...items.flat()];
}

function vector(bytes: readonly number[]): Code {
  return [...leb(bytes.length), ...bytes];
}

function text(name: string): Code {
  return vector([...Buffer.from(name, 'utf8')]);
}

/** LEB128, seven bits a byte; numbers here are small and positive, below 64 where they are signed. */
function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}
