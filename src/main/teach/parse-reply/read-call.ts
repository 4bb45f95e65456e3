import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import type { Tool } from '../../../shared/domain/tools.ts';
import type { OutputValidator } from '../../lib/output-validity.ts';
import {
  isObject,
  type JsonObject,
  looseForm,
  pick,
  readConfidence,
  withoutNulls,
} from './fields.ts';
import { fitLists, fromNamedValues } from './loose-values.ts';
import type { AnswerReader, Reading, Repair } from './parsed-reply.ts';

const listNames = ['tool_calls', 'function_calls', 'calls'];
const wrapperNames = [
  'function_call',
  'tool_call',
  'call',
  'function',
  'output',
  'result',
  'answer',
];
const nameNames = ['name', 'tool', 'function', 'tool_name', 'function_name', 'action', 'intent'];
const argumentNames = [
  'arguments',
  'args',
  'parameters',
  'params',
  'input',
  'tool_input',
  'action_input',
  'slots',
  'entities',
  'values',
];
const noCallForms = new Set([
  '',
  'none',
  'null',
  'nocall',
  'nofunction',
  'notool',
  'nofunctioncall',
  'notoolcall',
]);
const noCallText =
  /^(?:no (?:function |tool )?calls?(?: (?:is |are )?(?:needed|required|necessary))?|none(?: of the (?:functions|tools).*)?|null|n\/a|no (?:suitable|relevant|appropriate|matching|applicable|available) (?:function|tool).*|none of the (?:given |provided |available )?(?:functions|tools) .*)$/is;

/** A call as a model wrote it, before it is checked against the tools. */
interface RawCall {
  readonly name: string;
  readonly arguments: Json;
  readonly repairs: readonly Repair[];
}

/** Reads one call {"name", "arguments"} in any of the usual shapes, or null for "no call". */
export function createCallReader(tools: readonly Tool[], validate: OutputValidator): AnswerReader {
  const toolNames = tools.map(({ name }) => name);
  const byLooseForm = Map.groupBy(toolNames, looseForm);

  function toCalls(value: Json): RawCall[] | { problem: string } {
    if (value === null) return [];
    if (typeof value === 'string')
      return noCallForms.has(looseForm(value)) ? [] : { problem: 'there is no call in it' };
    if (Array.isArray(value)) {
      const parts = value.map(toCalls);
      const wrong = parts.find((part) => !Array.isArray(part));
      return wrong ?? parts.filter((part) => Array.isArray(part)).flat();
    }
    return isObject(value) ? objectToCalls(value) : { problem: 'there is no call in it' };
  }

  function objectToCalls(object: JsonObject): RawCall[] | { problem: string } {
    const list = pick(object, listNames);
    if (list !== undefined) return toCalls(list);
    const name = pick(object, nameNames);
    if (name === null || (typeof name === 'string' && noCallForms.has(looseForm(name)))) return [];
    if (typeof name === 'string') {
      const isNamed = typeof object.name === 'string';
      return [toCall(name, pick(object, argumentNames) ?? {}, isNamed ? [] : ['key'])];
    }
    const wrapped = pick(object, wrapperNames);
    if (wrapped !== undefined) return toCalls(wrapped);
    const keys = Object.keys(object);
    const onlyKey = keys.length === 1 ? keys[0]! : '';
    if (byLooseForm.has(looseForm(onlyKey)) && isObject(object[onlyKey]))
      return [toCall(onlyKey, object[onlyKey], ['key'])];
    return { problem: 'there is no name of a tool' };
  }

  function toCall(name: string, given: Json, repairs: readonly Repair[]): RawCall {
    const matches = byLooseForm.get(looseForm(name)) ?? [];
    const isExact = toolNames.includes(name) || matches.length !== 1;
    const parsed = typeof given === 'string' ? parseArguments(given) : undefined;
    const paired = fromNamedValues(given);
    return {
      name: isExact ? name : matches[0]!,
      arguments: parsed ?? paired ?? given ?? {},
      repairs: [
        ...repairs,
        ...(isExact ? [] : (['form'] as const)),
        ...(parsed === undefined ? [] : (['string-arguments'] as const)),
        ...(paired === undefined ? [] : (['pairs'] as const)),
      ],
    };
  }

  function check(call: RawCall): Reading {
    const output = { name: call.name, arguments: call.arguments };
    const [problem] = validate(output);
    if (problem === undefined) return { output, repairs: call.repairs };
    const tool = tools.find(({ name }) => name === call.name);
    const lean = withoutNulls(call.arguments);
    const fitted = isObject(lean) ? fitLists(lean, tool?.parameters) : lean;
    const attempts: readonly [Json, Repair][] = [
      [lean, 'nulls'],
      [fitted, 'lists'],
    ];
    for (const [values, repair] of attempts) {
      const repaired = { name: call.name, arguments: values };
      if (validate(repaired).length === 0)
        return { output: repaired, repairs: [...call.repairs, repair] };
    }
    return { problem };
  }

  return {
    fromJson(value, { isCutOff }) {
      if (isCutOff) return { problem: 'the reply was cut off' };
      const calls = toCalls(value);
      if (!Array.isArray(calls)) return calls;
      const distinct = new Map(
        calls.map((call) => [canonicalJson({ name: call.name, arguments: call.arguments }), call]),
      );
      if (distinct.size > 1) return { problem: 'there is more than one call' };
      const [call] = distinct.values();
      const confidence = isObject(value) ? readConfidence(value) : null;
      const reading = call ? check(call) : { output: null };
      return 'output' in reading ? { ...reading, confidence } : reading;
    },
    fromText(text) {
      const words = text.replace(/^[\s"'`*]+|[\s"'`*.!]+$/g, '');
      return noCallText.test(words) ? { output: null, repairs: ['bare'] } : undefined;
    },
  };
}

function parseArguments(text: string): Json | undefined {
  if (text.trim() === '') return {};
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
