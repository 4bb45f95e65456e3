import type { PhraseRule } from './signal.ts';

/** Marks of chat templates and of prompts, conversations to go on with, floods; on a text in lower case. */
export const structureRules: readonly PhraseRule[] = [
  {
    kind: 'role-mark',
    weight: 0.9,
    needs: ['<|', '[inst', '[/inst', '<<', '<start_of', '<end_of', 'inst'],
    pattern:
      /<\|(?:im_(?:start|end|sep)|system|user|assistant|end(?:oftext|ofprompt|_of_text)?|start_header_id|end_header_id|eot_id|begin_of_text|channel|message)\|>|\[\/?inst\]|<<\/?sys>>|<(?:start|end)_of_turn>|<\/?(?:s|bos|eos)>\s*\[?inst/,
  },
  {
    kind: 'role-mark',
    weight: 0.65,
    needs: ['<', '](#', ']:', '{{'],
    pattern:
      /<\/?(?:system|assistant|human|developer|instructions?|system_?prompt|prompt|user_?(?:input|query)|context|tool_(?:call|result)s?|function_calls?)(?: mode)?>|\[(?:system|assistant|developer)\](?:\(#\w+\)|:)|\{\{#?(?:system|user|assistant)/,
  },
  {
    kind: 'role-mark',
    weight: 0.7,
    needs: ['#', '\n', 'assistant', 'system'],
    pattern:
      /(?:^|\n)\s*#{2,}\s*(?:system|instructions?|new instructions?|response|human|assistant|user|input|prompt)\s*:?\s*(?:\n|$)|\n\s*(?:human|assistant|ai) ?: ?\S|(?:^|\n)\s*(?:assistant|system (?:prompt|message|note|instruction)|developer message)\s*:/,
  },
  { kind: 'role-mark', weight: 0.4, needs: ['system'], pattern: /(?:^|\n)\s*\[?system\]?\s*:/ },
  {
    kind: 'role-mark',
    weight: 0.75,
    needs: ['---', '===', '***', '___', '###', '```'],
    pattern:
      /(?<![-=*_#])[-=*_#]{3,}\s{0,4}(?:end|begin|start)(?: of)?(?: the)? (?:system|user|prompt|instructions?|context|document|input|conversation|data)\b|```\s*(?:system|prompt)\b/,
  },
  {
    kind: 'transcript',
    weight: 0.55,
    needs: ['q: ', 'user: '],
    pattern:
      /\bq: [^\n]{2,300}?\ba: [^\n]{1,600}?\bq: |\buser: [^\n]{1,300}\n\s*(?:bot|assistant|ai): /,
  },
  {
    kind: 'encoded',
    weight: 0.65,
    needs: ['ay'],
    // Pig Latin
    pattern:
      /(?:(?<![a-z])[a-z]{2,20}(?<!(?:mon|tues|wednes|thurs|fri|satur|sun|to)d)ay[ ,?!.]{1,3}){4,40}[a-z]{2,20}ay/,
  },
  { kind: 'flood', weight: 0.7, needs: [' '], pattern: /(?<!\S)(\S{1,30})(?:\s+\1){14}(?!\S)/ },
];
