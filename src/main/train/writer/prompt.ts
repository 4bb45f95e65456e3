import { Template } from '@huggingface/jinja';
import { AppError } from '../../../shared/errors.ts';
import type { BaseFolder } from './base-folder.ts';
import type { WriterTokenizer } from './text-tokenizer.ts';

/** Tokens around each text: what a model reads before it writes is before + text + after. */
export interface Prompt {
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** How it came about, for the card. */
  readonly kind: 'chat template' | 'plain';
}

/** Longer instructions cost more at each text than they are worth to a model that learns from rows. Units: tokens. */
const LONGEST_INSTRUCTIONS = 96;
const LONGEST_TEMPLATE = 65_536;

/** Two texts that nobody writes, to see where a template puts them. */
const probes = ['stillroom-text-0b5e', 'stillroom "text"\n<second>'] as const;

/**
 * What stands around a text: a talk by the model's own template, the task's instructions as its system message, or plain
 * lines for a model that was not taught to talk.
 * @throws AppError `file.malformed` for a template that does more than to put a text in its place
 */
export function createPrompt(
  folder: Pick<BaseFolder, 'chatTemplate' | 'beginToken' | 'endToken'>,
  tokenizer: WriterTokenizer,
  instructions: string,
): Prompt {
  const told = instructions.trim();
  const short = tokenizer.encode(told).length <= LONGEST_INSTRUCTIONS ? told : '';
  if (folder.chatTemplate === undefined) {
    const lead = short === '' ? '' : `${short}\n\n`;
    return {
      before: [...tokenizer.before, ...tokenizer.encode(lead)],
      after: tokenizer.encode('\n\n'),
      kind: 'plain',
    };
  }
  const [before, after] = splitTemplate(folder, folder.chatTemplate, short);
  return {
    before: tokenizer.encodeWithMarks(before),
    after: tokenizer.encodeWithMarks(after),
    kind: 'chat template',
  };
}

function splitTemplate(
  { beginToken, endToken }: Pick<BaseFolder, 'beginToken' | 'endToken'>,
  template: string,
  instructions: string,
): readonly [string, string] {
  if (template.length > LONGEST_TEMPLATE || /\brange\s*\(/u.test(template))
    throw refused('it is longer than any that we know, or counts by itself');
  const [first, second] = probes.map((text) => {
    const messages = [
      ...(instructions === '' ? [] : [{ role: 'system', content: instructions }]),
      { role: 'user', content: text },
    ];
    try {
      return new Template(template).render({
        messages,
        add_generation_prompt: true,
        bos_token: beginToken,
        eos_token: endToken,
      });
    } catch (cause) {
      throw refused((cause as Error).message, cause);
    }
  });
  const [before, after, more] = first!.split(probes[0]); // one for each probe
  if (after === undefined || more !== undefined || second !== `${before}${probes[1]}${after}`)
    throw refused('it does not put a message in one place as it is');
  return [before!, after];
}

function refused(why: string, cause?: unknown): AppError {
  return new AppError(
    'file.malformed',
    `The base model's chat template cannot be used: ${why}. Take the folder of another export, or remove "chat_template" from its tokenizer_config.json to go without.`,
    { cause },
  );
}
