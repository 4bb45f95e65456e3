import type { Json } from '../../../shared/domain/json.ts';
import { isObject, type JsonObject, looseForm, pick, readConfidence } from './fields.ts';
import type { AnswerReader, Reading, Repair } from './parsed-reply.ts';

const labelNames = ['label'];
/** "The label is X", "Answer: X", and nothing after it in the same breath. */
const stated =
  /\b(?:label|intent|category|class|classification|answer)\b[*_`]*\s*(?:is|:|=|would be)\s*[:*_`"'“]*([^\n.,;:!?"“”`*]+)/gi;
const quoted = /[`"“*]{1,2}([^`"“”*\n]{1,200})[`"”*]{1,2}/g;
const decoration = /^[\s"'`“”*_.:-]+|[\s"'`“”*.!:,;-]+$/g;

/** Reads one of the labels. Two different ones, or one that is not in the list, are no answer. */
export function createLabelReader(labels: readonly string[]): AnswerReader {
  const byLooseForm = Map.groupBy(labels, looseForm);

  function toLabel(text: string): { label: string; repairs: Repair[] } | undefined {
    if (labels.includes(text)) return { label: text, repairs: [] };
    const form = looseForm(text);
    const matches = form === '' ? [] : (byLooseForm.get(form) ?? []);
    return matches.length === 1 ? { label: matches[0]!, repairs: ['form'] } : undefined;
  }

  function readValue(value: Json | undefined): Reading {
    if (typeof value === 'string') {
      const found = toLabel(value);
      if (!found) return { problem: `"${shorten(value)}" is not one of the labels` };
      return { output: found.label, repairs: found.repairs };
    }
    if (!Array.isArray(value)) return { problem: 'there is no label' };
    const readings = value.map(readValue);
    const answers = new Set(readings.map((each) => ('output' in each ? each.output : undefined)));
    const first = readings[0];
    if (answers.size !== 1 || !first || !('output' in first))
      return { problem: value.length > 1 ? 'there is more than one label' : 'there is no label' };
    return { ...first, repairs: [...(first.repairs ?? []), 'array'] };
  }

  function readScores(object: JsonObject): Reading | undefined {
    const entries = Object.entries(object);
    if (
      entries.length < 2 ||
      !entries.every(([key, value]) => toLabel(key) && typeof value === 'number')
    )
      return undefined;
    // Every value was found to be a number.
    const ranked = (entries as [string, number][]).sort((a, b) => b[1] - a[1]);
    if (ranked[0]![1] === ranked[1]![1]) return { problem: 'two labels have the same score' };
    const [key, score] = ranked[0]!;
    const confidence = score >= 0 && score <= 1 ? score : null;
    return { output: toLabel(key)!.label, confidence, repairs: ['scores'] };
  }

  /** No key "label": whatever else names exactly one label. */
  function readOtherKeys(object: JsonObject): Reading {
    const readings = Object.values(object).map((value) =>
      isObject(value) ? fromObject(value) : readValue(value),
    );
    const answers = readings.filter((each) => 'output' in each);
    const outputs = new Set(answers.map((each) => each.output));
    if (
      outputs.size > 1 ||
      readings.some((each) => 'problem' in each && /more than one/.test(each.problem))
    )
      return { problem: 'there is more than one label' };
    const [answer] = answers;
    if (!answer) return { problem: 'none of the fields holds one of the labels' };
    return { ...answer, repairs: [...(answer.repairs ?? []), 'key'] };
  }

  function fromObject(object: JsonObject): Reading {
    const value = pick(object, labelNames);
    const reading =
      value === undefined || isObject(value)
        ? (readScores(isObject(value) ? value : object) ?? readOtherKeys(object))
        : readValue(value);
    return 'output' in reading
      ? { ...reading, confidence: readConfidence(object) ?? reading.confidence ?? null }
      : reading;
  }

  return {
    fromJson(value, { isCutOff, source }) {
      const reading = isObject(value) ? fromObject(value) : readValue(value);
      if (!isCutOff || !('output' in reading)) return reading;
      // The cut may be in the middle of a longer label, or before a second one.
      const isWhole = !reading.repairs?.includes('array') && isClosed(source, value);
      return isWhole ? reading : { problem: 'the reply was cut off' };
    },
    fromText(text) {
      const bare = toLabel(text.replace(decoration, ''));
      if (bare) return { output: bare.label, repairs: ['bare', ...bare.repairs] };
      const marked = [...text.matchAll(stated), ...text.matchAll(quoted)].flatMap((match) => {
        const found = toLabel(match[1]!.replace(decoration, ''));
        return found ? [found.label] : [];
      });
      const distinct = [...new Set(marked)];
      if (distinct.length > 1) return { problem: 'there is more than one label' };
      return distinct[0] === undefined ? undefined : { output: distinct[0], repairs: ['prose'] };
    },
  };
}

/** Whether every text of a value stands in the source with its closing quote. */
function isClosed(source: string, value: Json): boolean {
  if (typeof value === 'string')
    return source.includes(JSON.stringify(value)) || source.includes(`'${value}'`);
  if (Array.isArray(value)) return value.every((part) => isClosed(source, part));
  return isObject(value) ? Object.values(value).every((part) => isClosed(source, part)) : true;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
